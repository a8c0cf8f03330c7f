/**
 * Runs all inputs of a job: small ones in packs, large ones in spans, largest first, in one queue
 * that keeps every worker busy to the end.
 */

import { needsOneLook } from '../engine/plan-table.js';
import type { Executor } from '../executor/executor.js';
import { removeQuietly } from '../store/output-file.js';
import { loadKernelModule } from '../task/choose-engine.js';
import { isPlainRequest } from '../task/resolve-dialect.js';
import type { InputResult, StepValues, TaskInput, TaskSettings } from '../task/task.js';
import { asTheyCome } from './as-they-come.js';
import { cleanSplit } from './clean-split.js';
import { planTasks } from './plan-tasks.js';

export interface RunContext {
  readonly executor: Executor;
  readonly settings: TaskSettings;
  readonly spanBytes: number;
  /** Told how far a large input has come. */
  readonly onAdvance: (inputIndex: number, doneBytes: number) => void;
}

/** An input of fewer spans is cleaned whole: it is read once, and kept in memory. */
const LEAST_SPANS = 8;

/** Whether an input is cut into spans, if its rules allow it. Any answer gives the same output. */
export function isLarge(
  { sizeBytes }: Pick<TaskInput, 'sizeBytes'>,
  { engine }: Pick<TaskSettings, 'engine'>,
  spanBytes: number,
): boolean {
  return engine === 'fast' && sizeBytes > LEAST_SPANS * spanBytes;
}

/**
 * The result of each input, in the order in which they come; ends early when the executor is
 * closed.
 */
export function runInputs(
  inputs: readonly TaskInput[],
  context: RunContext,
): AsyncGenerator<InputResult> {
  const { executor, settings, spanBytes } = context;
  const streams = inputs.filter(({ pipeIn }) => pipeIn !== null);
  const files = inputs.filter(({ pipeIn }) => pipeIn === null);
  const large = files
    .filter((input) => isLarge(input, settings, spanBytes))
    .sort((a, b) => b.sizeBytes - a.sizeBytes || a.index - b.index);
  const small = files.filter((input) => !large.includes(input));
  return asTheyCome([
    ...large.map((input, order) => runLarge(input, order, context)),
    ...planTasks(small).map((task) => executor.submit(task, large.length)),
    // A worker that waits for bytes is of no use to others: files go first.
    ...streams.map((input) => runStream(input, large.length + 1, context)),
  ]);
}

type Results = Promise<readonly InputResult[] | null>;

async function runLarge(input: TaskInput, order: number, context: RunContext): Results {
  const { executor, settings, spanBytes } = context;
  const onAdvance = (doneBytes: number): void => context.onAdvance(input.index, doneBytes);
  const result = await cleanSplit(input, { executor, settings, spanBytes, order, onAdvance });
  return result === null ? null : [result];
}

/** As it comes, or else from a file that it is written to first. */
async function runStream(input: TaskInput, order: number, context: RunContext): Results {
  const { executor, settings, spanBytes } = context;
  if (isStreamable(settings)) return executor.submit({ kind: 'pack', inputs: [input] }, order);
  const spooled = await executor.submit({ kind: 'span', input, step: { kind: 'spool' } }, order);
  if (spooled === null) return null;
  const { value, error, worker, wallMs, cpuMs } = spooled;
  if (error !== null) {
    const nothing = { report: null, output: null, identity: null, rejects: null };
    const times = { worker, wallMs, busyMs: wallMs, cpuMs, spanCount: 1 };
    return [{ index: input.index, ...nothing, error, ...times }];
  }
  const spool = input.spoolTemp!;
  const sizeBytes = value as StepValues['spool'];
  const known = { ...input, path: spool, sizeBytes, pipeIn: null, spoolTemp: null };
  try {
    if (isLarge(known, settings, spanBytes)) return await runLarge(known, order, context);
    return await executor.submit({ kind: 'pack', inputs: [known] }, order);
  } finally {
    removeQuietly(spool);
  }
}

/**
 * Whether one look at each record is enough, so that a stream is cleaned as it comes: nothing is
 * settled over all rows, and its dialect needs no rewriting.
 */
export function isStreamable({ engine, rules, dialect }: TaskSettings): boolean {
  const isPlain = isPlainRequest(dialect);
  return engine === 'fast' && loadKernelModule() !== null && isPlain && needsOneLook(rules);
}
