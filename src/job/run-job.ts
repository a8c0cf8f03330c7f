/**
 * One run, from options to finished outputs: find, check, plan, execute, commit, clean up. The
 * control plane: it never touches a cell. What is wrong with the run throws before any work; what
 * is wrong with an input is its result.
 */
import { setImmediate } from 'node:timers/promises';
import { type PlainError, toPlainError } from '../base/error.js';
import { testPoint } from '../base/test-point.js';
import { loadCompiler } from '../engine/expression/load-compiler.js';
import { checkRules } from '../engine/plan-table.js';
import { availableCpus } from '../executor/available-cpus.js';
import type { Executor } from '../executor/executor.js';
import { createInlineExecutor } from '../executor/inline.js';
import { planMemory } from '../executor/plan-memory.js';
import { type Options, writesNothing } from '../options/options.js';
import { tempPathIn } from '../store/temp-name.js';
import { removeTemps } from '../task/run-input.js';
import type { InputResult, RunSettings, TaskInput, TaskSettings } from '../task/task.js';
import { buildResult } from './build-result.js';
import { checkColumns } from './check-columns.js';
import { checkOutputs } from './check-outputs.js';
import { refuseTogether } from './clean-together.js';
import { commitOutput, type TargetState, targetStateOf } from './commit-output.js';
import { findInputs } from './find-inputs.js';
import type { FileResult, JobResult, JobTiming, OnEvent } from './job-result.js';
import { isNoted } from './journal.js';
import { checkOf } from './list-changes.js';
import { type PlannedInput, planOutputs } from './plan-outputs.js';
import { NO_PIPES, packInputs, toTaskInput } from './plan-tasks.js';
import { type BaselineInput, runBaseline } from './run-baseline.js';
import { isLarge, isStreamable, LIKELY_RATIO, runInputs } from './run-inputs.js';
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
  await checkAll([settingsOf(options)]);
  if (options.outlierScope === 'all') refuseTogether();
  const known = peekJournal(options);
  const found = await findInputs(options, (path) => known !== null && isNoted(known, path));
  const { all: settings, indexes } = await settingsByInput(found, options);
  if (options.files.length > 0) await checkAll(settings);
  const planned = planOutputs(found, options, indexes);
  refuseStreams(planned, options, streams);
  await checkColumns(planned, settings);
  // Threads take their time to start, so they do while the rest is planned.
  const executor = await createExecutor(settings, options, planned);
  try {
    return await runPlanned(options, settings, planned, executor, onEvent, signal, streams);
  } finally {
    await executor.close();
  }
}

/** What needs no header, of the rules. */
async function checkAll(settings: RunSettings): Promise<void> {
  for (const { rules } of settings) {
    await loadCompiler(rules);
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
  let files: readonly FileResult[];
  let timing: JobTiming;
  testPoint('run-start');
  try {
    const refused = checkOutputs(planned, options, workspace.journal);
    const pumps = createPumps(streams);
    const job = createJob(options, settings, planned, workspace, refused, onEvent, pumps);
    try {
      timing = await execute(job, executor, signal);
    } finally {
      streamProblem = await pumps.stop(signal.aborted);
    }
    files = job.files.map((file, index) => file ?? skipped(planned[index]!, signal));
  } finally {
    testPoint('run-end');
    problem = closeWorkspace(workspace);
  }
  const problems = [problem, streamProblem].filter((one) => one !== null);
  return buildResult(files, timing, problems, options, signal.aborted);
}

function dedups(settings: RunSettings, { settingsIndex }: PlannedInput): boolean {
  return settings[settingsIndex]!.rules.dedup !== null;
}

function createJob(
  options: Options,
  settings: RunSettings,
  planned: readonly PlannedInput[],
  workspace: Workspace,
  refused: ReadonlyMap<number, PlainError>,
  onEvent: OnEvent,
  pumps: Pumps,
): Job {
  const wanted = planned.filter((input) => !refused.has(input.index));
  const tasks = wanted.map((input) =>
    toTaskInput(
      ...([input, tempPathIn, workspace.scratch] as const),
      ...([pumps.connect(input, writesNothing(options)), dedups(settings, input)] as const),
    ),
  );
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
async function execute(job: Job, executor: Executor, signal: AbortSignal): Promise<JobTiming> {
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
    wallMs = performance.now() - startMs;
  } finally {
    progress.stop();
    signal.removeEventListener('abort', stop);
    await executor.close();
    for (const [index, task] of job.tasks) if (!job.cleaned.has(index)) removeTemps(task);
  }
  return timingOf(job, wallMs, executor.workerCount, signal);
}

/** Less is cleaned sooner than a thread starts, in bytes. */
const SMALL_JOB_BYTES = 8 * 2 ** 20;

function totalBytes(inputs: readonly { readonly sizeBytes: number }[]): number {
  return inputs.reduce((sum, input) => sum + input.sizeBytes, 0);
}

/** How much there is to clean, as far as that is known: compressed inputs are estimated. */
function likelyBytes(inputs: readonly PlannedInput[]): number {
  return inputs.reduce(
    (sum, { sizeBytes, compression }) =>
      sum + sizeBytes * (compression === null ? 1 : LIKELY_RATIO),
    0,
  );
}

/** How many tasks there can be at one time. */
function mostAtOnce(
  inputs: readonly PlannedInput[],
  settings: RunSettings,
  spanBytes: number,
): number {
  // A stream may be of any length.
  const of = (input: PlannedInput): TaskSettings => settings[input.settingsIndex]!;
  const isSpooled = inputs.some((input) => input.isStream && !isStreamable(of(input)));
  if (isSpooled) return Number.POSITIVE_INFINITY;
  const likely = inputs.map((input) => ({ ...input, sizeBytes: likelyBytes([input]) }));
  const large = likely.filter((input) => isLarge(input, of(input), spanBytes));
  return packInputs(inputs).length + Math.ceil(totalBytes(large) / spanBytes);
}

/** Threads, unless none were asked for, or the job is small and nobody asked for some. */
async function createExecutor(
  settings: RunSettings,
  options: Options,
  inputs: readonly PlannedInput[],
  workers = options.workers,
): Promise<Executor> {
  // Only a thread can be stopped when its time is over.
  // Only beside one can streams be read and written.
  const hasStream = inputs.some((input) => input.isStream || input.outputPath === null);
  const needsThread = options.timeout !== null || options.baseline || hasStream;
  const isSmall = workers === 'auto' && likelyBytes(inputs) <= SMALL_JOB_BYTES && !needsThread;
  if ((workers === 0 && !hasStream) || isSmall) return createInlineExecutor(settings);
  const wanted = workers === 'auto' ? availableCpus() : Math.max(1, workers);
  const { createThreadPool } = await import('../executor/thread-pool/thread-pool.js');
  return createThreadPool(settings, {
    workerCount: Math.max(1, Math.min(wanted, mostAtOnce(inputs, settings, options.spanSize))),
    heapMiB: planMemory(options.maxMemory).heapMiB,
    timeoutMs: options.timeout === null ? null : options.timeout * 1000,
  });
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
    if (!writesNothing(options)) {
      commitOutput(input, task, result, targets.get(input.index)!, workspace.journal, options);
    }
  } catch (error) {
    removeTemps(task);
    return failed(input, { ...toPlainError(error), path: input.name }, result);
  }
  job.cleaned.set(input.index, result);
  return {
    input: input.name,
    status: 'cleaned',
    output: writesNothing(options) || input.outputPath === null ? null : input.outputName,
    rejects: result.rejects === null ? null : input.rejectsName,
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
      : { check: checkOf(result, result.check, job.settings[task.settingsIndex]!) }),
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
      dedups(job.settings, job.planned[index]!),
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
