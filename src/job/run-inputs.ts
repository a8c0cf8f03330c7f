/**
 * Runs all inputs of a job: small ones in packs, large ones in spans, largest first, in one queue
 * that keeps every worker busy to the end.
 */

import { needsOneLook } from '../engine/plan-table.js';
import { removeQuietly } from '../store/output-file.js';
import { loadKernelModule } from '../task/choose-engine.js';
import { UTF8 } from '../task/find-encoding.js';
import { isPlainRequest } from '../task/resolve-dialect.js';
import type { InputResult, TaskInput, TaskSettings } from '../task/task.js';
import { asTheyCome } from './as-they-come.js';
import { cleanSplit } from './clean-split.js';
import { cleanTogether } from './clean-together.js';
import { planTasks } from './plan-tasks.js';
import type { RunContext } from './run-context.js';
import { spoolFirst } from './spool-first.js';

/** An input of fewer spans is cleaned whole: it is read once, and kept in memory. */
const LEAST_SPANS = 8;
/** What a compressed input likely expands to, times its size. */
export const LIKELY_RATIO = 4;

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
  const { executor, settings, spanBytes, isTogether } = context;
  if (isTogether) return cleanTogether(inputs, context);
  const of = (input: TaskInput): TaskSettings => settings[input.settingsIndex]!;
  const isOnce = ({ pipeIn, compression, sizeBytes }: TaskInput): boolean =>
    pipeIn !== null || (compression !== null && sizeBytes * LIKELY_RATIO > spanBytes);
  const once = inputs.filter(isOnce).sort((a, b) => b.sizeBytes - a.sizeBytes);
  const files = inputs.filter((input) => !isOnce(input));
  const large = files
    .filter((input) => input.compression === null && isLarge(input, of(input), spanBytes))
    .sort((a, b) => b.sizeBytes - a.sizeBytes || a.index - b.index);
  const small = files.filter((input) => !large.includes(input));
  return asTheyCome([
    ...large.map((input, order) => runLarge(input, order, context)),
    ...planTasks(small).map((task) => executor.submit(task, large.length)),
    // A worker that waits for a pipe is of no use to others: files go first.
    ...once.map((input) => runOnce(input, large.length + (input.pipeIn === null ? 0 : 1), context)),
  ]);
}

type Results = Promise<readonly InputResult[] | null>;

/** @param mode the permission bits of a file that it came from, where that is another one. */
async function runLarge(
  input: TaskInput,
  order: number,
  context: RunContext,
  mode: number | null = null,
): Results {
  const { executor, spanBytes } = context;
  const settings = context.settings[input.settingsIndex]!;
  const onAdvance = (doneBytes: number): void => context.onAdvance(input.index, doneBytes);
  const split = { executor, settings, spanBytes, order, mode, onAdvance };
  const result = await cleanSplit(input, split);
  return result === null ? null : [result];
}

/** As it comes, or else from a file that it is written to first. */
async function runOnce(input: TaskInput, order: number, context: RunContext): Results {
  const { executor, spanBytes } = context;
  const settings = context.settings[input.settingsIndex]!;
  if (input.pipeIn !== null && isStreamable(settings)) {
    return executor.submit({ kind: 'pack', inputs: [input] }, order);
  }
  const spooled = await spoolFirst(input, executor, order);
  if (spooled === null) return null;
  if (spooled.kind === 'failed') return [spooled.result];
  const { input: known, origin } = spooled;
  try {
    const results = isLarge(known, settings, spanBytes)
      ? await runLarge(known, order, context, origin?.mode ?? null)
      : await executor.submit({ kind: 'pack', inputs: [known] }, order);
    if (results === null || origin === null) return results;
    const { identity } = origin;
    return results.map((result) => (result.error === null ? { ...result, identity } : result));
  } finally {
    removeQuietly(input.spoolTemp!);
  }
}

/**
 * Whether one look at each record is enough, so that a stream is cleaned as it comes: nothing is
 * settled over all rows, and neither its dialect nor its encoding asks for a rewriting.
 */
export function isStreamable({ engine, rules, dialect, isCheck }: TaskSettings): boolean {
  const { encoding, encodingErrors } = dialect;
  const isUtf8 = (encoding === 'auto' || encoding === UTF8) && encodingErrors !== 'replace';
  const isPlain = isPlainRequest(dialect) && isUtf8 && rules.ragged !== 'join';
  // What is compared is read twice.
  const mayStream = engine === 'fast' && !isCheck && isPlain;
  return mayStream && loadKernelModule() !== null && needsOneLook(rules);
}
