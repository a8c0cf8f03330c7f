/**
 * Inputs that are measured together before any of them is done with: opened, counted, and asked
 * again as something else where they turn out not to be UTF-8.
 */
import type { Measures } from '../engine/split/measures.js';
import type { Ask } from '../engine/split/passes.js';
import { measureTable, type SplitRun } from '../engine/split/table-steps.js';
import { isOtherEncoding, tryEncodings } from '../task/make-readable.js';
import { removeTemps } from '../task/run-input.js';
import type { InputResult, TaskInput } from '../task/task.js';
import {
  beginSplit,
  cleanWhole,
  failSplit,
  type OpenedInput,
  openSplit,
  runSteps,
} from './clean-split.js';
import type { RunContext } from './run-context.js';
import type { SplitInput } from './run-steps.js';
import { spoolFirst } from './spool-first.js';

/** An input that takes part. */
export interface Member {
  readonly split: OpenedInput;
  readonly run: SplitRun;
  /** What is known of the file it came from, for `--in-place`. */
  readonly origin: Pick<InputResult, 'identity'> | null;
  /** What must be known of its spans before they are measured. */
  readonly enter: Enter;
}

type Enter = (split: OpenedInput) => Promise<SplitRun>;

/** A member that failed, and why. */
export class MemberFailure extends Error {
  readonly member: Member;
  readonly error: unknown;

  constructor(member: Member, error: unknown) {
    super('an input failed');
    this.member = member;
    this.error = error;
  }
}

/** What an input is before all are measured: a member, or cleaned or failed already. */
export type Prepared = Member | InputResult | null;

/** @returns null when the executor was closed. */
export async function prepareMember(
  input: TaskInput,
  context: Omit<RunContext, 'isTogether'>,
  enter: Enter,
): Promise<Prepared> {
  const { executor, spanBytes, onAdvance } = context;
  const settings = context.settings[input.settingsIndex]!;
  const order = 0;
  const spooled = await spoolFirst(input, executor, order);
  if (spooled === null) return null;
  if (spooled.kind === 'failed') return spooled.result;
  const begun = beginSplit(spooled.input, {
    ...{ executor, settings, spanBytes, order },
    mode: spooled.origin?.mode ?? null,
    onAdvance: (doneBytes) => onAdvance(input.index, doneBytes),
  });
  const attempt = (isOther: boolean) => openMember(begun, spooled.origin, isOther, enter);
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
  enter: Enter,
): Promise<Prepared> {
  const split = await openSplit(begun, isOther);
  // Nothing in it could be judged.
  if (split === null) return cleanWhole(begun);
  return { split, run: await enter(split), origin, enter };
}

/** Takes what failed for something else than UTF-8, where that may be; else it has failed. */
export async function replaceFailed({ member, error }: MemberFailure): Promise<Prepared> {
  const { split, origin, enter } = member;
  const isOther = split.opened.isRewritten || split.opened.layout.rejectsBadBytes;
  if (isOther || !isOtherEncoding(error, split.context.settings)) return failSplit(split, error);
  removeTemps(split.input);
  try {
    return await openMember(split, origin, true, enter);
  } catch (again) {
    return failSplit(split, again);
  }
}

/** One pass over a member. */
export async function measureMember(member: Member, ask: Ask): Promise<Measures | MemberFailure> {
  try {
    return await runSteps(member.split, measureTable(member.run, ask));
  } catch (error) {
    return new MemberFailure(member, error);
  }
}
