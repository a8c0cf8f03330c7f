/**
 * Inputs that are judged together (`--outlier-scope all`): all are measured before any is cleaned,
 * each then against the common fences and aggregates.
 */

import { CsvcleanError } from '../base/error.js';
import { SAMPLE_LIMITS } from '../engine/split/limits.js';
import type { Measures } from '../engine/split/measures.js';
import { settleTogether, type TableAsk } from '../engine/split/settle-together.js';
import {
  cleanTable,
  countTable,
  measureTable,
  type SplitRun,
} from '../engine/split/table-steps.js';
import { removeQuietly } from '../store/output-file.js';
import { loadKernelModule } from '../task/choose-engine.js';
import { isOtherEncoding, tryEncodings } from '../task/make-readable.js';
import { removeTemps } from '../task/run-input.js';
import type { InputResult, TaskInput } from '../task/task.js';
import { asTheyCome } from './as-they-come.js';
import {
  beginSplit,
  cleanWhole,
  failSplit,
  finishSplit,
  type OpenedInput,
  openSplit,
  runSteps,
} from './clean-split.js';
import type { RunContext } from './run-context.js';
import type { SplitInput } from './run-steps.js';
import { spoolFirst } from './spool-first.js';

/** An input that takes part. */
interface Member {
  readonly split: OpenedInput;
  readonly run: SplitRun;
  /** What is known of the file it came from, for `--in-place`. */
  readonly origin: Pick<InputResult, 'identity'> | null;
}

/** A member that failed, and why. */
class MemberFailure extends Error {
  readonly member: Member;
  readonly error: unknown;

  constructor(member: Member, error: unknown) {
    super('an input failed');
    this.member = member;
    this.error = error;
  }
}

/** @throws CsvcleanError USAGE where no input can be measured span by span. */
export function refuseTogether(): void {
  if (loadKernelModule() !== null) return;
  throw new CsvcleanError('USAGE', '--outlier-scope all needs WebAssembly SIMD', {
    remedy: 'Join the files first, or use another CPU.',
  });
}

/** What an input is before all are measured: a member, or cleaned or failed already. */
type Prepared = Member | InputResult | null;

/**
 * The result of each input; ends early when the executor is closed. An input that fails is left
 * out, and the others are measured again without it.
 */
export async function* cleanTogether(
  inputs: readonly TaskInput[],
  context: RunContext,
): AsyncGenerator<InputResult> {
  try {
    const prepared = await Promise.all(inputs.map((input) => prepare(input, context)));
    if (prepared.includes(null)) return;
    const members: Member[] = [];
    for (const one of prepared as readonly (Member | InputResult)[]) {
      if ('run' in one) members.push(one);
      else yield one;
    }
    for (;;) {
      const failure = await settle(members);
      if (failure === null) break;
      const instead = await replaceFailed(failure);
      if (instead === null) return;
      const isMember = 'run' in instead;
      if (!isMember) yield instead;
      members.splice(members.indexOf(failure.member), 1, ...(isMember ? [instead] : []));
    }
    yield* asTheyCome(members.map(clean));
  } finally {
    for (const { spoolTemp } of inputs) if (spoolTemp !== null) removeQuietly(spoolTemp);
  }
}

async function prepare(input: TaskInput, context: RunContext): Promise<Prepared> {
  const { executor, settings, spanBytes, onAdvance } = context;
  const order = 0;
  const spooled = await spoolFirst(input, executor, order);
  if (spooled === null) return null;
  if (spooled.kind === 'failed') return spooled.result;
  const begun = beginSplit(spooled.input, {
    ...{ executor, settings, spanBytes, order },
    mode: spooled.origin?.mode ?? null,
    onAdvance: (doneBytes) => onAdvance(input.index, doneBytes),
  });
  const attempt = (isOther: boolean) => openMember(begun, spooled.origin, isOther);
  try {
    return await tryEncodings(settings, attempt, () => removeTemps(begun.input));
  } catch (error) {
    return failSplit(begun, error);
  }
}

async function openMember(
  begun: SplitInput,
  origin: Member['origin'],
  isOther: boolean,
): Promise<Prepared> {
  const split = await openSplit(begun, isOther);
  // Nothing in it could be judged.
  if (split === null) return cleanWhole(begun);
  return { split, run: await runSteps(split, countTable(split.table)), origin };
}

/** Takes what failed for something else than UTF-8, where that may be; else it has failed. */
async function replaceFailed({ member, error }: MemberFailure): Promise<Prepared> {
  const { split, origin } = member;
  const isOther = split.opened.isRewritten || split.opened.layout.rejectsBadBytes;
  if (isOther || !isOtherEncoding(error, split.context.settings)) return failSplit(split, error);
  removeTemps(split.input);
  try {
    return await openMember(split, origin, true);
  } catch (again) {
    return failSplit(split, again);
  }
}

/** Settles what all share. @returns the first member that failed, or null. */
async function settle(members: readonly Member[]): Promise<MemberFailure | null> {
  if (members.length === 0) return null;
  const byRun = new Map(members.map((member) => [member.run, member]));
  const passes = settleTogether([...byRun.keys()], SAMPLE_LIMITS);
  const measure = async ({ run, ask }: TableAsk): Promise<Measures | MemberFailure> => {
    const member = byRun.get(run)!;
    try {
      return await runSteps(member.split, measureTable(run, ask));
    } catch (error) {
      return new MemberFailure(member, error);
    }
  };
  let asks = passes.next();
  while (asks.done !== true) {
    const answers = await Promise.all(asks.value.map(measure));
    const failure = answers.find((answer) => answer instanceof MemberFailure);
    if (failure !== undefined) return failure as MemberFailure;
    asks = passes.next(answers as readonly Measures[]);
  }
  return null;
}

async function clean({ split, run, origin }: Member): Promise<readonly InputResult[] | null> {
  try {
    const report = await runSteps(split, cleanTable(run));
    const result = await finishSplit(split, report);
    return [origin === null ? result : { ...result, ...origin }];
  } catch (error) {
    const result = failSplit(split, error);
    return result === null ? null : [result];
  }
}
