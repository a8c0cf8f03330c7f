/**
 * One large input on all workers: drives the steps of `engine/split` over its spans, and makes one
 * result of theirs. Holds no cells; the parts of the output are written by the workers.
 */
import type { TableReport } from '../engine/engine.js';
import { planTable } from '../engine/plan-table.js';
import { cleanInSpans, countSteps } from '../engine/split/clean-in-spans.js';
import { SAMPLE_LIMITS } from '../engine/split/limits.js';
import { planSpans } from '../engine/split/span.js';
import type { SpanWork } from '../engine/split/span-engine.js';
import type { SplitTable, Step, Steps } from '../engine/split/table-steps.js';
import { type ContentMark, EMPTY_MARK, joinMarks } from '../store/digest.js';
import { assertStillThere } from '../store/input-file.js';
import { createEmpty, finishParts, removeQuietly } from '../store/output-file.js';
import { removeSpillFiles } from '../store/spill-files.js';
import { failedInput } from '../task/failed-input.js';
import { rulesFor, spillOf } from '../task/file-source.js';
import { removeReadable, tryEncodings } from '../task/make-readable.js';
import { placedError } from '../task/placed-error.js';
import { removeTemps } from '../task/run-input.js';
import { breakLedger, createLedger, viewLedger } from '../task/span-ledger.js';
import type { Difference, InputResult, SpanStep, StepValues, TaskInput } from '../task/task.js';
import { DECODED_SHARE, type OpenedText, openText } from './open-text.js';
import {
  runOne,
  runSpans,
  type SplitContext,
  SplitEnd,
  type SplitInput,
  type Usage,
} from './run-steps.js';

/** One that was looked at, and can be cleaned in spans. */
export interface OpenedInput extends SplitInput {
  readonly opened: OpenedText;
  readonly table: SplitTable;
  readonly parts: Parts;
  /** How much of the work was done before the first step, 0 to 1. */
  readonly shareBefore: number;
  stepsDone: number;
}

/** The marks of all parts so far, and where one first differs from the input. */
interface Parts {
  output: ContentMark;
  rejects: ContentMark;
  difference: Difference | null;
  taken: number;
}

export function beginSplit(input: TaskInput, context: SplitContext): SplitInput {
  const usage = { workers: new Set<string>(), startMs: performance.now(), busyMs: 0, cpuMs: 0 };
  return { input, context, usage };
}

/** @returns null when the executor was closed before there was a result. */
export async function cleanSplit(
  input: TaskInput,
  context: SplitContext,
): Promise<InputResult | null> {
  const begun = beginSplit(input, context);
  const attempt = async (isOther: boolean): Promise<InputResult | null> => {
    const opened = await openSplit(begun, isOther);
    if (opened === null) return cleanWhole(begun);
    const report = await runSteps(opened, cleanInSpans(opened.table, SAMPLE_LIMITS));
    return finishSplit(opened, report);
  };
  try {
    return await tryEncodings(context.settings, attempt, () => removeTemps(input));
  } catch (error) {
    return failSplit(begun, error);
  }
}

/**
 * Looks at the input.
 * @param isOther it was taken for UTF-8, and is not.
 * @returns null for one that must be cleaned whole.
 */
export async function openSplit(begun: SplitInput, isOther: boolean): Promise<OpenedInput | null> {
  const { input, context } = begun;
  const { settings, spanBytes } = context;
  const opened = await openText(begun, isOther);
  if (opened === null) return null;
  const { header, identity, hasHeader } = opened;
  const { sizeBytes } = identity;
  const plan = planTable(header.names, rulesFor(settings, { hasHeader }), header.lead);
  const spans = planSpans(header.dataStart.offsetBytes, sizeBytes, spanBytes);
  const { wantsSamples, arenaBytes: memoryBytes } = settings;
  for (const path of [input.outputTemp, input.rejectsTemp]) if (path !== null) createEmpty(path);
  const table = { plan, header, sizeBytes, spans, wantsSamples, memoryBytes };
  const parts = { output: EMPTY_MARK, rejects: EMPTY_MARK, difference: null, taken: 0 };
  const shareBefore = opened.path === input.decodedTemp ? DECODED_SHARE : 0;
  return { ...begun, opened, table, parts, shareBefore, stepsDone: 0 };
}

export async function cleanWhole({ input, context }: SplitInput): Promise<InputResult | null> {
  const { executor, order } = context;
  const results = await executor.submit({ kind: 'pack', inputs: [input] }, order);
  return results === null ? null : results[0]!;
}

/** Carries steps to the workers. @throws SplitEnd. */
export async function runSteps<T>(split: OpenedInput, steps: Steps<T>): Promise<T> {
  const { table, context, input } = split;
  const stepCount = countSteps(table.plan);
  let now = steps.next();
  while (now.done !== true) {
    await runStep(split, now.value, (stepShare) => {
      const share = (split.stepsDone + stepShare) / stepCount;
      const left = 1 - split.shareBefore;
      context.onAdvance((split.shareBefore + left * Math.min(share, 1)) * input.sizeBytes);
    });
    split.stepsDone++;
    now = steps.next();
  }
  return now.value;
}

/** Makes one result of all parts. */
export async function finishSplit(split: OpenedInput, report: TableReport): Promise<InputResult> {
  const { input, context, usage, opened, parts, table } = split;
  const { origin: identity, mode } = opened;
  assertStillThere(input.path, identity);
  removeReadable(input);
  if (input.spillTemp !== null) removeSpillFiles(input.spillTemp);
  const { isDurable, isInPlace } = context.settings;
  const newMode = isInPlace ? (context.mode ?? mode) : null;
  if (input.outputTemp !== null) finishParts(input.outputTemp, isDurable, newMode);
  const rejects = finishRejects(input, parts.rejects, isDurable);
  const output = await finishOutput(split, newMode);
  const { index } = input;
  const warnings = [...opened.warnings, ...report.warnings];
  const spanCount = table.spans.length;
  const { found, joinedRows } = opened;
  const repairs = { ...report.repairs, joinedRows };
  const all = { ...report, warnings, repairs };
  const { difference, taken } = parts;
  const check = context.settings.isCheck ? { difference, isWhole: taken === spanCount } : null;
  const what = { index, report: all, found, output, identity, rejects, check };
  return { ...what, error: null, ...told(usage), spanCount };
}

/** @returns null when it ended because the executor was closed. */
export function failSplit({ input, usage }: SplitInput, error: unknown): InputResult | null {
  const failure = error instanceof SplitEnd ? error.failure : placedError(error, input.name);
  if (failure === null) return null;
  // Nobody is at it any more; the others may need the room.
  removeTemps(input);
  return failedInput(input, failure, told(usage));
}

/** Compressed where that is asked for. */
async function finishOutput(
  { input, context, usage, parts }: OpenedInput,
  mode: number | null,
): Promise<ContentMark | null> {
  if (input.packedTemp === null) {
    return input.outputTemp === null && input.pipeOut === null ? null : parts.output;
  }
  const packed = await runOne({ input, context, usage }, { kind: 'compress', mode });
  return packed as StepValues['compress'];
}

/** No rejects, no file. */
function finishRejects(
  { rejectsTemp }: TaskInput,
  mark: ContentMark,
  isDurable: boolean,
): ContentMark | null {
  if (rejectsTemp === null) return null;
  if (mark.sizeBytes === 0) {
    removeQuietly(rejectsTemp);
    return null;
  }
  finishParts(rejectsTemp, isDurable, null);
  return mark;
}

function told({ workers, startMs, busyMs, cpuMs }: Usage) {
  const worker = [...workers].sort().join(', ');
  return { worker, wallMs: performance.now() - startMs, busyMs, cpuMs };
}

async function runStep(
  split: OpenedInput,
  step: Step,
  onAdvance: (share: number) => void,
): Promise<void> {
  const { opened, parts } = split;
  const { mode: _, origin: __, ...table } = opened;
  const run = (
    steps: readonly SpanStep[],
    take: (value: unknown) => SpanStep | 'enough' | null,
    onFailure?: () => void,
  ): Promise<void> => {
    const onDone = (done: number): void => onAdvance(done / steps.length);
    return runSpans(split, steps, take, onDone, onFailure);
  };
  switch (step.kind) {
    case 'count':
      return run(
        step.spans.map((span) => ({ kind: 'count', table, span })),
        (counts) => step.take(counts as StepValues['count']),
      );
    case 'measure': {
      const { settled, request } = step;
      const measure = (work: SpanWork): SpanStep => ({
        ...{ kind: 'measure', table, work, settled, request },
      });
      return run(step.work.map(measure), (measured) => {
        const again = step.take(measured as StepValues['measure']);
        return again === null ? null : measure(again);
      });
    }
    case 'merge': {
      const { requests } = step;
      await run(
        requests.map((request) => ({ kind: 'merge', request })),
        (count) => step.take(count as StepValues['merge']),
      );
      const { spill } = spillOf(split.input);
      for (const { stream } of requests[0]?.streams ?? []) spill!.drop(stream);
      return;
    }
    case 'clean': {
      const { settled, work: all } = step;
      const first = { ...table.header.dataStart, outputBytes: 0, rejectsBytes: 0 };
      const ledger = createLedger(all.length, first);
      return run(
        all.map((work) => ({ kind: 'clean', table, work, settled, ledger })),
        (cleaned) => {
          const { output, rejects, difference, ...rest } = cleaned as StepValues['clean'];
          parts.output = joinMarks(parts.output, output);
          parts.rejects = joinMarks(parts.rejects, rejects);
          parts.difference = difference;
          parts.taken++;
          return step.take(rest) ?? (difference === null ? null : 'enough');
        },
        () => breakLedger(viewLedger(ledger)),
      );
    }
  }
}
