/**
 * `csvclean profile`: one pass over all inputs on all workers, and as many more as exact ranks of
 * long columns take. Writes nothing that stays; the result is the same for any number of workers.
 */
import { CsvcleanError } from '../base/error.js';
import { limitsOfPart, type ProfileLimits, profileLimits } from '../engine/profile/limits.js';
import { loadProfiler } from '../engine/profile/load-profiler.js';
import { beginTable, countTable, type SplitRun } from '../engine/split/table-steps.js';
import type { Options } from '../options/options.js';
import { parseOptions } from '../options/parse-options.js';
import { readProfilerFile } from '../store/kernel-file.js';
import { loadKernelModule } from '../task/choose-engine.js';
import type { InputResult, TaskInput, TaskSettings } from '../task/task.js';
import { failSplit, type OpenedInput, runSteps } from './clean-split.js';
import { type FoundInput, findInputs } from './find-inputs.js';
import type { OnEvent } from './job-result.js';
import {
  type Member,
  MemberFailure,
  measureMember,
  type Prepared,
  prepareMember,
  replaceFailed,
} from './members.js';
import { findDrift } from './profile-drift.js';
import type { ProfileResult } from './profile-result.js';
import { describeProfiles, type Measured } from './profile-tables.js';
import { type Looking, withWorkers } from './profile-workers.js';
import { isLarge } from './run-inputs.js';
import { settingsOf } from './settings-of-options.js';
import { type ProgressWatch, watchProgress } from './watch-progress.js';

/**
 * In the order of the inputs.
 * @param signal ends it; then there is no result.
 * @param onEvent is told of the first pass: how far it is, and when it starts.
 * @returns null when it was ended.
 * @throws CsvcleanError for wrong usage: a stream among the inputs, or none at all.
 */
export async function profileInputs(
  options: Options,
  signal: AbortSignal = new AbortController().signal,
  onEvent: OnEvent = () => {},
): Promise<ProfileResult | null> {
  refuseWithoutKernel(options);
  const found = await findInputs(options, () => false);
  refuseStreams(found);
  await loadProfiler(readProfilerFile);
  return withWorkers(found, options, profileSettings, signal, async (looking) => {
    const startMs = performance.now();
    const profiles = await watchAll(looking, options.spanSize, onEvent);
    if (profiles === null) return null;
    const timing = { wallMs: performance.now() - startMs, workers: looking.executor.workerCount };
    return { ...profiles, drift: findDrift(profiles.files), timing };
  });
}

function refuseWithoutKernel({ engine }: Options): void {
  if (engine === 'fast' && loadKernelModule() !== null) return;
  throw new CsvcleanError('USAGE', 'csvclean profile needs WebAssembly SIMD, and the fast engine', {
    remedy: 'Leave --engine out, or use another CPU.',
  });
}

function refuseStreams(found: readonly FoundInput[]): void {
  const stream = found.find(({ isStream }) => isStream);
  if (stream === undefined) return;
  throw new CsvcleanError('USAGE', `${stream.name} is a stream, which comes only once`, {
    remedy: 'Write it to a file first.',
  });
}

/** What says how files are read and columns are called; of nothing else a profile is told. */
const READING = [
  ...(['delimiter', 'quote', 'escape', 'encoding', 'encodingErrors', 'sniff'] as const),
  ...(['headers', 'headerRows', 'skipLines', 'comment', 'ragged', 'keepBlank', 'trim'] as const),
  ...(['maxField', 'maxColumns', 'maxMemory', 'maxDecompressed', 'engine'] as const),
  ...(['cleanNames', 'case', 'rename'] as const),
];

function profileSettings(options: Options): TaskSettings {
  const plain = parseOptions({ inputs: options.inputs, outliers: 'off' });
  return { ...settingsOf({ ...plain, ...readingOptions(options) }), profiles: true };
}

/** Of the options, those that a profile heeds. */
export function readingOptions(options: Options): Partial<Options> {
  return Object.fromEntries(READING.map((key) => [key, options[key]]));
}

type Profiles = Omit<ProfileResult, 'drift' | 'timing'>;

/** Profiles all, and tells how far that is. */
async function watchAll(
  looking: Looking,
  spanSize: number,
  onEvent: OnEvent,
): Promise<Profiles | null> {
  const { inputs, executor } = looking;
  const bytes = inputs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  onEvent({ kind: 'start', files: inputs.length, bytes, workers: executor.workerCount });
  const progress = watchProgress(executor, inputs, onEvent);
  try {
    return await profileAll(looking, spanSize, progress);
  } finally {
    progress.stop();
  }
}

/** @returns null when the executor was closed. */
async function profileAll(
  { inputs, executor, settings }: Looking,
  spanSize: number,
  progress: ProgressWatch,
): Promise<Profiles | null> {
  const prepare = (input: TaskInput): Promise<Prepared> => {
    // One that is not cut is looked at once less.
    const spanBytes = isLarge(input, settings[0]!, spanSize) ? spanSize : Number.POSITIVE_INFINITY;
    const context = { executor, settings, spanBytes, onAdvance: progress.advanced };
    return prepareMember(input, context, enter);
  };
  const prepared = await Promise.all(inputs.map(prepare));
  if (prepared.includes(null)) return null;
  const known = prepared as (Member | InputResult)[];
  for (;;) {
    const profiles = await measureAll(inputs, known, progress);
    if (!(profiles instanceof MemberFailure)) return profiles;
    // Read once, and not a second time: all is told without it.
    const { member, error } = profiles;
    const failed = failSplit(member.split, error);
    if (failed === null) return null;
    known[member.split.input.index] = failed;
  }
}

async function measureAll(
  inputs: readonly TaskInput[],
  known: readonly (Member | InputResult)[],
  progress: ProgressWatch,
): Promise<Profiles | MemberFailure | null> {
  const limits = limitsOf(known);
  const tables = describeProfiles(inputs, limits);
  const allBytes = known.reduce((sum, one) => sum + bytesOf(one), 0);
  const measure = async (one: Member | InputResult, at: number): Promise<boolean> => {
    const share = limitsOfPart(limits, bytesOf(one), allBytes);
    const measured = 'run' in one ? await profileMember(one, share) : one;
    if (measured !== null) tables.add(at, measured);
    progress.finished(at);
    return measured !== null;
  };
  const all = await Promise.all(known.map(measure));
  return all.includes(false) ? null : tables.finish();
}

/** The first pass tells lines, so that those before each span are counted. */
function enter(split: OpenedInput): Promise<SplitRun> {
  const isCut = split.table.spans.length > 1;
  return isCut
    ? runSteps(split, countTable(split.table))
    : Promise.resolve(beginTable(split.table));
}

function bytesOf(one: Member | InputResult): number {
  return 'run' in one ? one.run.table.sizeBytes : 0;
}

/** For all tables together, so that what is told of all does not depend on which came first. */
function limitsOf(prepared: readonly (Member | InputResult)[]): ProfileLimits {
  const names = new Set<string>();
  let tableCount = 0;
  for (const one of prepared) {
    if (!('run' in one)) continue;
    tableCount++;
    for (const { name } of one.run.table.plan.columns) names.add(name);
  }
  return profileLimits(names.size, tableCount);
}

/** The first pass over one input. @returns null when the executor was closed. */
async function profileMember(
  member: Member,
  limits: ProfileLimits,
): Promise<Measured | InputResult | null> {
  const { spans } = member.run.table;
  const request = { kind: 'profile' as const, limits: limitsOfPart(limits, 1, spans.length) };
  const ask = { request, firstSpan: 0, lastSpan: spans.length - 1 };
  const answer = await measureMember(member, ask);
  if (answer instanceof MemberFailure) {
    const instead = await replaceFailed(answer);
    return instead !== null && 'run' in instead ? profileMember(instead, limits) : instead;
  }
  if (answer.kind !== 'profile') throw new Error('a profile was asked for');
  return { member, table: answer.table };
}
