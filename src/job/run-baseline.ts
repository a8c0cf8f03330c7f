/**
 * Runs the job a second time on one worker and compares the bytes: the speed-up measured, not
 * estimated.
 */

import { filesAreEqual } from '../store/compare-files.js';
import { finishedTemp } from '../task/compress-temp.js';
import { removeTemps } from '../task/run-input.js';
import type { InputResult, TaskInput } from '../task/task.js';
import type { BaselineResult } from './job-result.js';
import type { PlannedInput } from './plan-outputs.js';
import type { RunContext } from './run-context.js';
import { runInputs } from './run-inputs.js';

/** An input that was cleaned, and where the second run may write. */
export interface BaselineInput {
  readonly planned: PlannedInput;
  readonly task: TaskInput;
  readonly first: InputResult;
}

/** @param wallMs how long the first run took. */
export async function runBaseline(
  inputs: readonly BaselineInput[],
  context: Omit<RunContext, 'onAdvance'>,
  wallMs: number,
): Promise<BaselineResult> {
  const byIndex = new Map(inputs.map((input) => [input.task.index, input]));
  const startMs = performance.now();
  const results: InputResult[] = [];
  const tasks = inputs.map(({ task }) => task);
  for await (const result of runInputs(tasks, { ...context, onAdvance: () => {} })) {
    results.push(result);
  }
  const baselineMs = performance.now() - startMs;
  const differing = results
    .filter((result) => !isSame(byIndex.get(result.index)!, result))
    .map((result) => byIndex.get(result.index)!.planned.name);
  for (const { task } of inputs) removeTemps(task);
  return { wallMs: baselineMs, speedUp: baselineMs / wallMs, differing: differing.sort() };
}

function isSame(input: BaselineInput, second: InputResult): boolean {
  const { planned, task, first } = input;
  if (second.error !== null) return false;
  if (!filesAreEqual(planned.outputPath!, finishedTemp(task)!)) return false;
  if ((first.rejects === null) !== (second.rejects === null)) return false;
  if (planned.rejectsPath === null || second.rejects === null) return true;
  return filesAreEqual(planned.rejectsPath, task.rejectsTemp!);
}
