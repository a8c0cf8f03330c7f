/**
 * Inputs that are judged together (`--outlier-scope all`): all are measured before any is cleaned,
 * each then against the common fences and aggregates.
 */

import { CsvcleanError } from '../base/error.js';
import { aggregatesAsked } from '../engine/plan-table.js';
import type { Rules } from '../engine/rules.js';
import { isGroupedMedian } from '../engine/split/clean-in-spans.js';
import { SAMPLE_LIMITS } from '../engine/split/limits.js';
import type { Measures } from '../engine/split/measures.js';
import { settleDuplicates } from '../engine/split/settle-duplicates.js';
import { joinTables, settleFilterOfAll, settleRowsOfAll } from '../engine/split/settle-together.js';
import { cleanTable, countTable, type SplitRun } from '../engine/split/table-steps.js';
import { removeQuietly } from '../store/output-file.js';
import { loadKernelModule } from '../task/choose-engine.js';
import type { InputResult, TaskInput } from '../task/task.js';
import { asTheyCome } from './as-they-come.js';
import { failSplit, finishSplit, type OpenedInput, runSteps } from './clean-split.js';
import {
  type Member,
  MemberFailure,
  measureMember,
  prepareMember,
  replaceFailed,
} from './members.js';
import type { RunContext } from './run-context.js';

/** @throws CsvcleanError USAGE where inputs cannot be measured span by span. */
export function refuseTogether(rules: readonly Rules[]): void {
  if (rules.some((one) => aggregatesAsked(one).some(isGroupedMedian))) {
    throw new CsvcleanError(
      'USAGE',
      '--outlier-scope all and a median by groups exclude each other',
      {
        remedy: 'Join the files first, with --concat, or take mean(x) by the groups.',
      },
    );
  }
  if (loadKernelModule() !== null) return;
  throw new CsvcleanError('USAGE', '--outlier-scope all needs WebAssembly SIMD', {
    remedy: 'Join the files first, or use another CPU.',
  });
}

/**
 * The result of each input; ends early when the executor is closed. An input that fails is left
 * out, and the others are measured again without it.
 */
export async function* cleanTogether(
  inputs: readonly TaskInput[],
  context: RunContext,
): AsyncGenerator<InputResult> {
  try {
    const prepared = await Promise.all(inputs.map((input) => prepareMember(input, context, enter)));
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

function enter(split: OpenedInput): Promise<SplitRun> {
  return runSteps(split, countTable(split.table));
}

/** Settles what all share. @returns the first member that failed, or null. */
async function settle(members: readonly Member[]): Promise<MemberFailure | null> {
  if (members.length === 0) return null;
  const byRun: ByRun = new Map(members.map((member) => [member.run, member]));
  const all = joinTables([...byRun.keys()], SAMPLE_LIMITS);
  return (
    (await answerAll(byRun, settleFilterOfAll(all))) ??
    (await settleEach(members)) ??
    (await answerAll(byRun, settleRowsOfAll(all)))
  );
}

type ByRun = ReadonlyMap<SplitRun, Member>;

/** Runs the passes over all. @returns the first member that failed, or null. */
async function answerAll(
  byRun: ByRun,
  passes: ReturnType<typeof settleRowsOfAll>,
): Promise<MemberFailure | null> {
  let asks = passes.next();
  while (asks.done !== true) {
    const answers = await Promise.all(
      asks.value.map(({ run, ask }) => measureMember(byRun.get(run)!, ask)),
    );
    const failure = answers.find((answer) => answer instanceof MemberFailure);
    if (failure !== undefined) return failure as MemberFailure;
    asks = passes.next(answers as readonly Measures[]);
  }
  return null;
}

/** Duplicates are looked for in each by itself. @returns the first member that failed, or null. */
async function settleEach(members: readonly Member[]): Promise<MemberFailure | null> {
  const ends = await Promise.all(
    members.map(async (member) => {
      try {
        await runSteps(member.split, settleDuplicates(member.run));
        return null;
      } catch (error) {
        return new MemberFailure(member, error);
      }
    }),
  );
  return ends.find((failure) => failure !== null) ?? null;
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
