/**
 * Measures one set: every tool that was asked for at every job and number of workers, in turn, over
 * and over. A first round, not counted, warms the page cache and is checked: a tool whose output is
 * not csvclean's is told apart and not timed.
 */
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { measure, settle } from './measure.mjs';
import { csvcleanTool, ENVIRONMENT, isMeasured, PROJECT } from './tools.mjs';
import { compareFolders } from './verify.mjs';

/** Up to here every file of an output is compared, beyond only some. */
const CHECK_ALL_BYTES = 150e6;
const CHECKED_OF_LARGE = 3;

/** Gives the set with all runs as plain data; `tell` is handed a line now and then. */
export async function measureSection(set, options, tell) {
  const source = join(options.data, set);
  const files = listInputs(source, set, options.data);
  const inputBytes = files.reduce((sum, name) => sum + statSync(join(source, name)).size, 0);
  const entries = planEntries(set, options);
  const bench = { set, source, files, inputBytes, options, tell };
  await checkRound(entries, bench);
  for (let round = 1; round <= options.runs; round += 1) await countedRound(round, entries, bench);
  return {
    ...{ set, fileCount: files.length, inputBytes },
    entries: entries.map(({ tool, ...plain }) => ({ name: tool.name, kind: tool.kind, ...plain })),
  };
}

function listInputs(source, set, data) {
  try {
    const files = readdirSync(source).filter((name) => name.endsWith('.csv'));
    if (files.length > 0) return files.sort();
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  const script = set.startsWith('shapes/') ? 'gen-shapes.mjs' : 'gen.mjs';
  throw new Error(`no set ${set} in ${data}; write it with: node bench/${script} ${data}`);
}

/** csvclean first: the others are compared with what it writes. */
function planEntries(set, options) {
  const jobs = options.jobs ?? [set.startsWith('shapes/') ? 'rewrite' : 'seed', 'default'];
  const own = [null, ...options.beside].flatMap((folder) =>
    options.csvcleanFlags.map((flags) => csvcleanTool(flags, folder)),
  );
  const tools = [...own, ...options.peers];
  const versions = new Map(tools.map((tool) => [tool, tool.version()]));
  const entryOf = (tool, job, workers) => {
    const version = versions.get(tool);
    const problem = version === null ? 'not installed' : null;
    return { tool, version, job, workers, problem, check: null, outputBytes: 0, runs: [] };
  };
  return jobs.flatMap((job) => {
    const measured = tools.filter((tool) => isMeasured(tool, set, job));
    return options.workers.flatMap((workers) =>
      measured.map((tool) => entryOf(tool, job, workers)),
    );
  });
}

async function checkRound(entries, bench) {
  const references = new Map();
  for (const entry of entries) {
    if (entry.problem !== null) {
      bench.tell(`${titleOf(entry, bench)}: LEFT OUT, ${entry.problem}`);
      continue;
    }
    const target = join(bench.options.out, `check-${entries.indexOf(entry)}`);
    const run = await runOnce(entry, target, bench);
    entry.problem = run.failure === null ? null : `failed: ${tidy(run.failure, bench)}`;
    entry.outputBytes = run.outputBytes;
    if (entry.problem === null && entry.tool.kind !== 'limit') {
      if (entry.tool.kind === 'csvclean' && !references.has(entry.job))
        references.set(entry.job, target);
      else checkOutput(entry, references.get(entry.job), target, bench);
    }
    if (references.get(entry.job) !== target) rmSync(target, { recursive: true, force: true });
    const verdict = entry.problem === null ? 'ok' : `LEFT OUT, ${entry.problem}`;
    bench.tell(`${titleOf(entry, bench)}: ${run.wallSeconds.toFixed(2)} s, ${verdict}`);
  }
  for (const folder of references.values()) rmSync(folder, { recursive: true, force: true });
}

function checkOutput(entry, reference, target, { files, inputBytes, options }) {
  if (reference === undefined) {
    entry.problem = 'not compared: csvclean did not do it';
    return;
  }
  const every = inputBytes <= CHECK_ALL_BYTES ? files.length : CHECKED_OF_LARGE;
  const names = spreadOut(files, options.checkFiles ?? every).map((name) => `cleaned_${name}`);
  entry.check = compareFolders(reference, target, names);
  if (entry.check.difference !== null) entry.problem = `differs: ${entry.check.difference}`;
}

/** `count` of the names, from the first to the last. */
function spreadOut(names, count) {
  if (count >= names.length) return names;
  if (count === 1) return names.slice(0, 1);
  const step = (names.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, i) => names[Math.round(i * step)]);
}

async function countedRound(round, entries, bench) {
  for (const entry of entries) {
    if (entry.problem !== null) continue;
    const target = join(bench.options.out, 'timed');
    const { failure, outputBytes, ...figures } = await runOnce(entry, target, bench);
    rmSync(target, { recursive: true, force: true });
    if (failure !== null) entry.problem = `failed: ${tidy(failure, bench)}`;
    else if (outputBytes !== entry.outputBytes)
      entry.problem = `wrote ${outputBytes} bytes in round ${round}, ${entry.outputBytes} before`;
    entry.runs.push({ round, ...figures });
    const cpu = `${figures.cpuSeconds.toFixed(2)} CPU s`;
    const said = entry.problem === null ? cpu : `LEFT OUT, ${entry.problem}`;
    const where = `round ${round}: ${titleOf(entry, bench)}`;
    bench.tell(`${where}: ${figures.wallSeconds.toFixed(2)} s, ${said}`);
  }
}

/** Into an empty folder, on a machine that has written what was to be written. */
async function runOnce(entry, target, { set, source, options }) {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  await settle(options.waitSeconds);
  const asked = { set, source, target, workers: entry.workers, job: entry.job };
  const pinned = options.isPinned ? ['taskset', '-c', `0-${entry.workers - 1}`] : [];
  const figures = await measure([...pinned, ...entry.tool.command(asked)], {
    ...{ cwd: PROJECT, env: ENVIRONMENT },
    timeoutSeconds: options.timeoutSeconds,
  });
  return { ...figures, outputBytes: bytesBelow(target) };
}

/** Of the CSV files: a journal has times in it. */
function bytesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.csv'))
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

/** A message for the results: no folder of this machine. */
function tidy(message, { source, options }) {
  return message.replaceAll(source, 'SRC').replaceAll(options.out, 'OUT').replaceAll(PROJECT, '.');
}

function titleOf({ tool, job, workers }, { set }) {
  return `${set} ${job} ×${workers} ${tool.name}`;
}
