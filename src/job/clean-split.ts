/**
 * One large input on all workers: drives the steps of `engine/split` over its spans, and makes one
 * result of theirs. Holds no cells; the parts of the output are written by the workers.
 */
import type { PlainError } from '../base/error.js';
import type { TableReport } from '../engine/engine.js';
import { countPasses, planTable } from '../engine/plan-table.js';
import { cleanInSpans, type Step, type StepResults } from '../engine/split/clean-in-spans.js';
import { SAMPLE_LIMITS } from '../engine/split/limits.js';
import { planSpans, type Span } from '../engine/split/span.js';
import type { Executor } from '../executor/executor.js';
import { type ContentMark, EMPTY_MARK, joinMarks } from '../store/digest.js';
import { assertStillThere } from '../store/input-file.js';
import { createEmpty, finishParts, removeQuietly } from '../store/output-file.js';
import { placedError } from '../task/placed-error.js';
import { removeTemps } from '../task/run-input.js';
import { breakLedger, createLedger, viewLedger } from '../task/span-ledger.js';
import type {
  CleanedPart,
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
    const [opened] = (await runSteps(input, context, usage, [{ kind: 'open' }])) as [
      StepValues['open'],
    ];
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
  let stepsDone = 0;
  let parts: readonly CleanedPart[] = [];
  let now = steps.next();
  while (now.done !== true) {
    const onSpan = (spansDone: number): void => {
      const share = (stepsDone + spansDone / spans.length) / stepCount;
      context.onAdvance(Math.min(share, 1) * sizeBytes);
    };
    const results = await runStep(input, table, now.value, context, usage, onSpan);
    if (now.value.kind === 'clean') parts = results as readonly CleanedPart[];
    stepsDone++;
    now = steps.next(results);
  }
  assertStillThere(input.path, identity);
  const { isDurable, isInPlace } = settings;
  if (input.outputTemp !== null) finishParts(input.outputTemp, isDurable, isInPlace ? mode : null);
  const rejects = finishRejects(input, markOf(parts, 'rejects'), isDurable);
  const output = input.outputTemp === null ? null : markOf(parts, 'output');
  const report: TableReport = now.value;
  const { index } = input;
  const spanCount = spans.length;
  return { index, report, error: null, output, identity, rejects, ...told(usage), spanCount };
}

/** The mark of all parts as one. */
function markOf(parts: readonly CleanedPart[], which: 'output' | 'rejects'): ContentMark {
  return parts.map((part) => part[which]).reduce(joinMarks, EMPTY_MARK);
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
  context: SplitContext,
  usage: Usage,
  onSpan: (done: number) => void,
): Promise<StepResults> {
  const run = (steps: readonly SpanStep[], onFailure?: () => void): Promise<unknown[]> =>
    runSteps(input, context, usage, steps, onSpan, onFailure);
  switch (step.kind) {
    case 'count':
      return (await run(
        step.spans.map((span: Span) => ({ kind: 'count', table, span })),
      )) as StepValues['count'][];
    case 'measure': {
      const { settled, request } = step;
      return (await run(
        step.work.map((work) => ({ kind: 'measure', table, work, settled, request })),
      )) as StepValues['measure'][];
    }
    case 'clean': {
      const { settled, work: all } = step;
      const first = { ...table.header.dataStart, outputBytes: 0, rejectsBytes: 0 };
      const ledger = createLedger(all.length, first);
      return (await run(
        all.map((work) => ({ kind: 'clean', table, work, settled, ledger })),
        () => breakLedger(viewLedger(ledger)),
      )) as StepValues['clean'][];
    }
  }
}

/** So many steps wait for each worker, so that none is ever idle. */
const WAITING_PER_WORKER = 2;

/**
 * Runs steps in their order, some at a time; ends at the first that fails. Of several failures the
 * one of the first step counts, whichever came first.
 *
 * @returns what the steps gave, in their order.
 */
async function runSteps(
  input: TaskInput,
  { executor, order }: SplitContext,
  usage: Usage,
  steps: readonly SpanStep[],
  onDone: (done: number) => void = () => {},
  onFailure: () => void = () => {},
): Promise<unknown[]> {
  const results: (SpanResult | null)[] = [];
  let next = 0;
  let done = 0;
  let isOver = false;
  const runOn = async (): Promise<void> => {
    while (next < steps.length && !isOver) {
      const at = next++;
      const step = steps[at]!;
      const result = await executor.submit({ kind: 'span', input, step }, order);
      results[at] = result;
      if (result === null || result.error !== null) {
        isOver = true;
        onFailure();
      }
      if (result !== null) addUsage(usage, result);
      onDone(++done);
    }
  };
  const lanes = Math.min(steps.length, executor.workerCount * WAITING_PER_WORKER);
  await Promise.all(Array.from({ length: lanes }, runOn));
  if (isOver) {
    const failure = results.find((result) => result?.error != null)?.error ?? null;
    throw new SplitEnd(results.includes(null) ? null : failure);
  }
  return results.map((result) => result!.value);
}

function addUsage(usage: Usage, { worker, wallMs, cpuMs }: SpanResult): void {
  usage.workers.add(worker);
  usage.busyMs += wallMs;
  usage.cpuMs = usage.cpuMs === null || cpuMs === null ? null : usage.cpuMs + cpuMs;
}
