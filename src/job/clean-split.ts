/**
 * One large input on all workers: drives the steps of `engine/split` over its spans, and makes one
 * result of theirs. Holds no cells; the parts of the output are written by the workers.
 */
import type { PlainError } from '../base/error.js';
import type { TableReport } from '../engine/engine.js';
import { countPasses, planTable } from '../engine/plan-table.js';
import { cleanInSpans, type Step } from '../engine/split/clean-in-spans.js';
import { SAMPLE_LIMITS } from '../engine/split/limits.js';
import { planSpans } from '../engine/split/span.js';
import type { SpanWork } from '../engine/split/span-engine.js';
import type { Executor } from '../executor/executor.js';
import { type ContentMark, EMPTY_MARK, joinMarks } from '../store/digest.js';
import { assertStillThere } from '../store/input-file.js';
import { createEmpty, finishParts, removeQuietly } from '../store/output-file.js';
import { placedError } from '../task/placed-error.js';
import { removeTemps } from '../task/run-input.js';
import { breakLedger, createLedger, viewLedger } from '../task/span-ledger.js';
import type {
  InputResult,
  OpenedTable,
  SpanResult,
  SpanStep,
  StepValues,
  TaskInput,
  TaskSettings,
} from '../task/task.js';

/** What a run gives to each of its large inputs. */
export interface SplitContext {
  readonly executor: Executor;
  readonly settings: TaskSettings;
  readonly spanBytes: number;
  /** Place of the input in the queue. */
  readonly order: number;
  /** Told how far the input has come, in bytes of its size. */
  readonly onAdvance: (doneBytes: number) => void;
}

/** The input cannot be cleaned any further: it failed (null: the executor was closed). */
class SplitEnd extends Error {
  readonly failure: PlainError | null;

  constructor(failure: PlainError | null) {
    super(failure?.message);
    this.failure = failure;
  }
}

type OpenedSplit = NonNullable<StepValues['open']>;

/** The marks of all parts so far. */
interface Parts {
  output: ContentMark;
  rejects: ContentMark;
}

/** What was used so far. */
interface Usage {
  readonly workers: Set<string>;
  readonly startMs: number;
  busyMs: number;
  cpuMs: number | null;
}

/** @returns null when the executor was closed before there was a result. */
export async function cleanSplit(
  input: TaskInput,
  context: SplitContext,
): Promise<InputResult | null> {
  const usage: Usage = { workers: new Set(), startMs: performance.now(), busyMs: 0, cpuMs: 0 };
  try {
    let opened: StepValues['open'] = null;
    await runSteps(input, context, usage, [{ kind: 'open' }], (value) => {
      opened = value as StepValues['open'];
      return null;
    });
    if (opened === null) return await cleanWhole(input, context);
    return await cleanOpened(input, opened, context, usage);
  } catch (error) {
    if (error instanceof SplitEnd && error.failure === null) return null;
    // Nobody is at it any more; the others may need the room.
    removeTemps(input);
    const failure = error instanceof SplitEnd ? error.failure : placedError(error, input.name);
    const nothing = { report: null, output: null, identity: null, rejects: null };
    return { index: input.index, ...nothing, error: failure, ...told(usage), spanCount: 1 };
  }
}

async function cleanWhole(
  input: TaskInput,
  { executor, order }: SplitContext,
): Promise<InputResult | null> {
  const results = await executor.submit({ kind: 'pack', inputs: [input] }, order);
  return results === null ? null : results[0]!;
}

async function cleanOpened(
  input: TaskInput,
  opened: OpenedSplit,
  context: SplitContext,
  usage: Usage,
): Promise<InputResult> {
  const { settings } = context;
  const { mode, ...table } = opened;
  const { header, identity } = table;
  const { sizeBytes } = identity;
  const plan = planTable(header.names, settings.rules);
  const spans = planSpans(header.dataStart.offsetBytes, sizeBytes, context.spanBytes);
  const { wantsSamples } = settings;
  for (const path of [input.outputTemp, input.rejectsTemp]) if (path !== null) createEmpty(path);
  const steps = cleanInSpans({
    ...{ plan, header, sizeBytes, spans, wantsSamples },
    limits: SAMPLE_LIMITS,
  });
  const stepCount = 1 + countPasses(plan);
  const parts: Parts = { output: EMPTY_MARK, rejects: EMPTY_MARK };
  let stepsDone = 0;
  let now = steps.next();
  while (now.done !== true) {
    const onSpan = (spansDone: number): void => {
      const share = (stepsDone + spansDone / spans.length) / stepCount;
      context.onAdvance(Math.min(share, 1) * sizeBytes);
    };
    await runStep(input, table, now.value, parts, context, usage, onSpan);
    stepsDone++;
    now = steps.next();
  }
  assertStillThere(input.path, identity);
  const { isDurable, isInPlace } = settings;
  if (input.outputTemp !== null) finishParts(input.outputTemp, isDurable, isInPlace ? mode : null);
  const rejects = finishRejects(input, parts.rejects, isDurable);
  const output = input.outputTemp === null ? null : parts.output;
  const report: TableReport = now.value;
  const { index } = input;
  const spanCount = spans.length;
  return { index, report, error: null, output, identity, rejects, ...told(usage), spanCount };
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
  input: TaskInput,
  table: OpenedTable,
  step: Step,
  parts: Parts,
  context: SplitContext,
  usage: Usage,
  onSpan: (done: number) => void,
): Promise<void> {
  const run = (
    steps: readonly SpanStep[],
    take: (value: unknown) => SpanStep | null,
    onFailure?: () => void,
  ): Promise<void> => runSteps(input, context, usage, steps, take, onSpan, onFailure);
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
    case 'clean': {
      const { settled, work: all } = step;
      const first = { ...table.header.dataStart, outputBytes: 0, rejectsBytes: 0 };
      const ledger = createLedger(all.length, first);
      return run(
        all.map((work) => ({ kind: 'clean', table, work, settled, ledger })),
        (cleaned) => {
          const { output, rejects, ...rest } = cleaned as StepValues['clean'];
          parts.output = joinMarks(parts.output, output);
          parts.rejects = joinMarks(parts.rejects, rejects);
          return step.take(rest);
        },
        () => breakLedger(viewLedger(ledger)),
      );
    }
  }
}

/** So many steps wait for each worker, so that none is ever idle. */
const WAITING_PER_WORKER = 2;

/**
 * Runs steps in their order, some at a time; ends at the first that fails. Of several failures the
 * one of the first step counts, whichever came first.
 *
 * @param take is told what the steps gave, in their order; gives a step that must be run in its
 *   place, or null.
 */
async function runSteps(
  input: TaskInput,
  { executor, order }: SplitContext,
  usage: Usage,
  steps: readonly SpanStep[],
  take: (value: unknown) => SpanStep | null,
  onDone: (done: number) => void = () => {},
  onFailure: () => void = () => {},
): Promise<void> {
  /** Of steps that are not yet taken. */
  const results = new Map<number, SpanResult | null>();
  let next = 0;
  let taken = 0;
  let isOver = false;
  const submit = async (at: number, step: SpanStep): Promise<void> => {
    const result = await executor.submit({ kind: 'span', input, step }, order);
    results.set(at, result);
    if (result !== null) addUsage(usage, result);
    if (result !== null && result.error === null) return;
    isOver = true;
    onFailure();
  };
  const takeReady = async (): Promise<void> => {
    while (!isOver && results.has(taken)) {
      const again = take(results.get(taken)!.value);
      if (again !== null) {
        await submit(taken, again);
        continue;
      }
      results.delete(taken);
      onDone(++taken);
    }
  };
  let taking = Promise.resolve();
  const runOn = async (): Promise<void> => {
    while (next < steps.length && !isOver) {
      const at = next++;
      await submit(at, steps[at]!);
      taking = taking.then(takeReady);
      await taking;
    }
  };
  const lanes = Math.min(steps.length, executor.workerCount * WAITING_PER_WORKER);
  await Promise.all(Array.from({ length: lanes }, runOn));
  if (!isOver) return;
  const failures = [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
  const failure = failures.find((result) => result?.error != null)?.error ?? null;
  throw new SplitEnd(failures.includes(null) ? null : failure);
}

function addUsage(usage: Usage, { worker, wallMs, cpuMs }: SpanResult): void {
  usage.workers.add(worker);
  usage.busyMs += wallMs;
  usage.cpuMs = usage.cpuMs === null || cpuMs === null ? null : usage.cpuMs + cpuMs;
}
