/**
 * One run, from options to finished outputs: find, check, plan, execute, commit, clean up. The
 * control plane: it never touches a cell. What is wrong with the run throws before any work; what
 * is wrong with an input is its result.
 */
import { setImmediate } from 'node:timers/promises';
import { type PlainError, toPlainError } from '../base/error.js';
import { testPoint } from '../base/test-point.js';
import { loadForRules } from '../engine/load-for-rules.js';
import { hasKeys } from '../engine/plan-keys.js';
import { checkRules } from '../engine/plan-table.js';
import type { Executor } from '../executor/executor.js';
import { type Options, writesNothing } from '../options/options.js';
import { tempPathIn } from '../store/temp-name.js';
import { removeTemps } from '../task/run-input.js';
import type { InputResult, RunSettings, TaskInput } from '../task/task.js';
import { buildResult } from './build-result.js';
import { checkColumns } from './check-columns.js';
import { checkOutputs } from './check-outputs.js';
import { refuseTogether } from './clean-together.js';
import { commitOutput, type TargetState, targetStateOf } from './commit-output.js';
import { createExecutor, totalBytes } from './create-executor.js';
import { findInputs } from './find-inputs.js';
import type { FileResult, JobResult, JobTiming, OnEvent } from './job-result.js';
import { isNoted } from './journal.js';
import { checkOf } from './list-changes.js';
import { type PlannedInput, planOutputs } from './plan-outputs.js';
import { asPart, NO_PIPES, toTaskInput } from './plan-tasks.js';
import { type BaselineInput, runBaseline } from './run-baseline.js';
import { runInputs } from './run-inputs.js';
import { settingsByInput } from './settings-by-input.js';
import { settingsOf } from './settings-of-options.js';
import { createPumps, type JobStreams, type Pumps, refuseStreams } from './stream-pumps.js';
import { watchProgress } from './watch-progress.js';
import { closeWorkspace, openWorkspace, peekJournal, type Workspace } from './workspace.js';

/** One run while it is under way. */
interface Job {
  readonly options: Options;
  readonly settings: RunSettings;
  readonly planned: readonly PlannedInput[];
  readonly workspace: Workspace;
  /** Inputs that are to be cleaned; others were refused. */
  readonly tasks: ReadonlyMap<number, TaskInput>;
  readonly targets: ReadonlyMap<number, TargetState>;
  readonly files: (FileResult | null)[];
  /** Results of the inputs whose output has its name. */
  readonly cleaned: Map<number, InputResult>;
  readonly onEvent: OnEvent;
  readonly pumps: Pumps;
  /** What went wrong with the run as a whole. */
  readonly problems: PlainError[];
}

/**
 * Cleans everything `options` name.
 * @param signal ends the run: nothing half-written stays, and the result says what was done.
 * @param streams where `-` reads and writes; null: nowhere.
 * @throws CsvcleanError for wrong usage, before any work.
 */
export async function runJob(
  options: Options,
  onEvent: OnEvent = () => {},
  signal: AbortSignal = new AbortController().signal,
  streams: JobStreams | null = null,
): Promise<JobResult> {
  const known = peekJournal(options);
  const found = await findInputs(options, (path) => known !== null && isNoted(known, path));
  const { all: settings, indexes } = await settingsByInput(found, options);
  const planned = planOutputs(found, options, indexes);
  refuseStreams(planned, options, streams);
  // With rules for some inputs, those for all the others need not be any input's.
  const checked = options.files.length === 0 ? settings : [settingsOf(options), ...settings];
  // Whether a stream is cleaned as it comes follows from its rules.
  const hasStream = planned.some(({ isStream }) => isStream);
  if (hasStream) await checkAll(checked);
  // Threads take their time to start, so they do while the rest is checked and planned.
  const executor = await createExecutor(settings, options, planned);
  try {
    if (!hasStream) await checkAll(checked);
    if (options.outlierScope === 'all') refuseTogether(settings.map(({ rules }) => rules));
    await checkColumns(planned, settings);
    return await runPlanned(options, settings, planned, executor, onEvent, signal, streams);
  } finally {
    await executor.close();
  }
}

/** What needs no header, of the rules. */
async function checkAll(settings: RunSettings): Promise<void> {
  for (const { rules } of settings) {
    await loadForRules(rules);
    checkRules(rules);
  }
}

async function runPlanned(
  options: Options,
  settings: RunSettings,
  planned: readonly PlannedInput[],
  executor: Executor,
  onEvent: OnEvent,
  signal: AbortSignal,
  streams: JobStreams | null,
): Promise<JobResult> {
  const workspace = openWorkspace(planned, options);
  let problem: PlainError | null = null;
  let streamProblem: PlainError | null = null;
  const problems: PlainError[] = [];
  let files: readonly FileResult[];
  let timing: JobTiming;
  testPoint('run-start');
  try {
    const refused = checkOutputs(planned, options, workspace.journal);
    const pumps = createPumps(streams);
    const begun = createJob(options, settings, planned, workspace, refused, onEvent, pumps);
    const job: Job = { ...begun, problems };
    try {
      timing = await execute(job, executor, signal, streams);
    } finally {
      streamProblem = await pumps.stop(signal.aborted);
    }
    files = job.files.map((file, index) => file ?? skipped(planned[index]!, signal));
  } finally {
    testPoint('run-end');
    problem = closeWorkspace(workspace);
  }
  const found = [problem, streamProblem].filter((one) => one !== null);
  return buildResult(files, timing, [...found, ...problems], options, signal.aborted);
}

function comparesRows(settings: RunSettings, { settingsIndex }: PlannedInput): boolean {
  return hasKeys(settings[settingsIndex]!.rules);
}

function createJob(
  options: Options,
  settings: RunSettings,
  planned: readonly PlannedInput[],
  workspace: Workspace,
  refused: ReadonlyMap<number, PlainError>,
  onEvent: OnEvent,
  pumps: Pumps,
): Omit<Job, 'problems'> {
  const wanted = planned.filter((input) => !refused.has(input.index));
  const isJoined = joinsOutputs(options);
  const tasks = wanted.map((input) => {
    const pipes = pumps.connect(input, writesNothing(options) || isJoined);
    const task = toTaskInput(
      ...([input, tempPathIn, workspace.scratch] as const),
      ...([pipes, comparesRows(settings, input)] as const),
    );
    return isJoined ? asPart(task, input, tempPathIn, workspace.scratch) : task;
  });
  const files = planned.map((input) => {
    const error = refused.get(input.index);
    return error === undefined ? null : failed(input, error);
  });
  return {
    options,
    settings,
    planned,
    workspace,
    tasks: new Map(tasks.map((task) => [task.index, task])),
    targets: new Map(wanted.map((input) => [input.index, targetStateOf(input)])),
    files,
    cleaned: new Map(),
    onEvent,
    pumps,
  };
}

/** Runs the tasks and commits each result as it comes. */
async function execute(
  job: Job,
  executor: Executor,
  signal: AbortSignal,
  streams: JobStreams | null,
): Promise<JobTiming> {
  const { options, onEvent } = job;
  const inputs = [...job.tasks.values()];
  const bytes = totalBytes(inputs);
  onEvent({ kind: 'start', files: inputs.length, bytes, workers: executor.workerCount });
  for (const file of job.files) if (file !== null) onEvent({ kind: 'file', file });
  const progress = watchProgress(executor, job.planned, onEvent);
  const startMs = performance.now();
  let wallMs = 0;
  let isStopped = false;
  const stop = (): void => {
    isStopped = true;
    void executor.close();
  };
  signal.addEventListener('abort', stop, { once: true });
  const run = runInputs(inputs, {
    ...{ executor, settings: job.settings, spanBytes: options.spanSize },
    isTogether: options.outlierScope === 'all',
    onAdvance: progress.advanced,
  });
  const isRefused = job.files.some((file) => file !== null);
  if (signal.aborted || (isRefused && options.failFast)) stop();
  try {
    for await (const result of run) {
      // Many results may have come at once: a signal has its turn between two commits.
      await setImmediate();
      if (isStopped) break;
      const file = settle(job, result);
      progress.finished(result.index);
      onEvent({ kind: 'file', file });
      if (file.status === 'failed' && options.failFast) stop();
    }
    // After the last one too: threads that end at once would else be heard of first.
    await setImmediate();
    if (joinsOutputs(options) && !isStopped) await joinAll(job, signal, streams);
    wallMs = performance.now() - startMs;
  } finally {
    progress.stop();
    signal.removeEventListener('abort', stop);
    await executor.close();
    for (const [index, task] of job.tasks) {
      if (!job.cleaned.has(index) || joinsOutputs(options)) removeTemps(task);
    }
  }
  return timingOf(job, wallMs, executor.workerCount, signal);
}

/** Whether what was cleaned becomes one file in the end. */
function joinsOutputs(options: Options): boolean {
  return options.concat !== null && !writesNothing(options);
}

/** Makes one output of all; what fails here is a failure of the run. */
async function joinAll(job: Job, signal: AbortSignal, streams: JobStreams | null): Promise<void> {
  const { options, planned, tasks, targets, cleaned, workspace } = job;
  if (planned.length === 0) return;
  const { concatOutputs, refuseIncomplete, withJoined } = await import('./concat-outputs.js');
  const parts = planned.flatMap((input) => {
    const result = cleaned.get(input.index);
    if (result === undefined) return [];
    const { index } = input;
    return [{ planned: input, task: tasks.get(index)!, result, target: targets.get(index)! }];
  });
  try {
    refuseIncomplete(planned.length - parts.length, planned.length);
    const stdout = streams?.stdout ?? null;
    const joined = await concatOutputs(parts, options, workspace.journal, stdout, signal);
    joined.forEach((part, i) => {
      const { planned: input, result } = parts[i]!;
      job.files[input.index] = cleanedFile(job, input, withJoined(result, part), true);
    });
  } catch (error) {
    job.problems.push(toPlainError(error));
  }
}

/** Commits one result; what fails here is the file's failure. */
function settle(job: Job, result: InputResult): FileResult {
  const { index } = result;
  const input = job.planned[index]!;
  const task = job.tasks.get(index)!;
  const file = result.error === null ? commit(job, input, task, result) : undefined;
  job.files[index] = file ?? failed(input, result.error!, result);
  return job.files[index];
}

function commit(job: Job, input: PlannedInput, task: TaskInput, result: InputResult): FileResult {
  const { options, workspace, targets } = job;
  try {
    if (!writesNothing(options) && !joinsOutputs(options)) {
      commitOutput(input, task, result, targets.get(input.index)!, workspace.journal, options);
    }
  } catch (error) {
    removeTemps(task);
    return failed(input, { ...toPlainError(error), path: input.name }, result);
  }
  job.cleaned.set(input.index, result);
  return cleanedFile(job, input, result, !writesNothing(options) && !joinsOutputs(options));
}

/** @param isWritten what was made of it has its name. */
function cleanedFile(
  job: Job,
  input: PlannedInput,
  result: InputResult,
  isWritten: boolean,
): FileResult {
  const hasRejects = result.rejects !== null && (isWritten || !joinsOutputs(job.options));
  return {
    input: input.name,
    status: 'cleaned',
    output: isWritten && input.outputPath !== null ? input.outputName : null,
    rejects: hasRejects ? input.rejectsName : null,
    dialect: result.found,
    report: result.report,
    error: null,
    bytesIn: input.isStream ? job.pumps.bytesIn(input.index) : input.sizeBytes,
    bytesOut: result.output?.sizeBytes ?? 0,
    worker: result.worker,
    wallMs: result.wallMs,
    cpuMs: result.cpuMs,
    spans: result.spanCount,
    ...(result.check === null
      ? {}
      : { check: checkOf(result, result.check, job.settings[input.settingsIndex]!) }),
  };
}

function failed(input: PlannedInput, error: PlainError, result?: InputResult): FileResult {
  return {
    input: input.name,
    status: 'failed',
    output: null,
    rejects: null,
    dialect: null,
    report: null,
    error,
    bytesIn: input.sizeBytes,
    bytesOut: 0,
    worker: result?.worker ?? null,
    wallMs: result?.wallMs ?? 0,
    cpuMs: result?.cpuMs ?? null,
    spans: result?.spanCount ?? 1,
  };
}

function skipped(input: PlannedInput, signal: AbortSignal): FileResult {
  const error: PlainError = signal.aborted
    ? { code: 'ABORTED', message: 'not cleaned: the run was stopped', path: input.name }
    : {
        code: 'SKIPPED',
        message: 'not cleaned: --fail-fast stopped the run after another file failed',
        path: input.name,
      };
  return { ...failed(input, error), status: 'skipped' };
}

async function timingOf(
  job: Job,
  wallMs: number,
  workers: number,
  signal: AbortSignal,
): Promise<JobTiming> {
  const done = [...job.cleaned.values()];
  const isCpuKnown = done.every((result) => result.cpuMs !== null);
  const wantsBaseline = job.options.baseline && !signal.aborted && done.length > 0;
  return {
    wallMs,
    cpuMs: isCpuKnown ? done.reduce((sum, result) => sum + (result.cpuMs ?? 0), 0) : null,
    busyMs: done.reduce((sum, result) => sum + result.busyMs, 0),
    workers,
    baseline: wantsBaseline ? await measureBaseline(job, wallMs, signal) : null,
  };
}

async function measureBaseline(job: Job, wallMs: number, signal: AbortSignal) {
  job.onEvent({ kind: 'baseline' });
  const inputs: BaselineInput[] = [...job.cleaned].map(([index, first]) => ({
    planned: job.planned[index]!,
    task: toTaskInput(
      job.planned[index]!,
      tempPathIn,
      null,
      NO_PIPES,
      comparesRows(job.settings, job.planned[index]!),
    ),
    first,
  }));
  const executor = await createExecutor(job.settings, job.options, job.planned, 1);
  const stop = (): void => void executor.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const { settings, options } = job;
    const isTogether = options.outlierScope === 'all';
    const context = { executor, settings, spanBytes: options.spanSize, isTogether };
    return await runBaseline(inputs, context, wallMs);
  } finally {
    signal.removeEventListener('abort', stop);
    await executor.close();
    for (const { task } of inputs) removeTemps(task);
  }
}
