/**
 * What is measured: csvclean, its rivals, and limits that clean nothing. For each its jobs, its
 * version (null where it is not installed) and the command that does a job.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BENCH = dirname(fileURLToPath(import.meta.url));
export const PROJECT = dirname(BENCH);
const INSTALLED = join(BENCH, '.rivals');
const PYTHON = join(INSTALLED, 'venv', 'bin', 'python');

/** Rivals are looked for among what `install-rivals.sh` installed, then anywhere. */
export const ENVIRONMENT = {
  ...process.env,
  PATH: `${join(INSTALLED, 'bin')}:${process.env.PATH}`,
};

/** What csvclean is asked for in each job. */
const CSVCLEAN_JOBS = {
  seed: [
    ...['--outliers', 'off', '--where', 'value <= 500'],
    ...['--derive', 'normalized_value = value / (max(value) + 1e-9)'],
  ],
  default: [],
  rewrite: ['--outliers', 'off'],
};

export const JOBS = Object.keys(CSVCLEAN_JOBS);

/** What csvclean must be told about sets that are no plain CSV. */
const SET_FLAGS = { 'shapes/semicolon': ['--delimiter', ';'] };

/** Sets that ask for cleaning which the rivals' programs here do not do. */
const OWN_SETS = ['shapes/mess', 'shapes/semicolon'];

/** The default job needs csvclean's own rules: nobody else does it. */
const RIVAL_JOBS = ['seed', 'rewrite'];

/** Those that do the same work. All take SRC OUT WORKERS JOB. */
const RIVALS = [
  pythonRival('polars', 'polars', 'polars_query.py', 'text'),
  pythonRival('polars-typed', 'polars', 'polars_query.py', 'typed'),
  pythonRival('duckdb', 'duckdb', 'duckdb_copy.py'),
  pythonRival('pandas', 'pandas', 'pandas_pool.py'),
  shellRival('xan', ['xan', '--version'], 'xan.sh', RIVAL_JOBS),
  shellRival('miller', ['mlr', '--version'], 'miller.sh', RIVAL_JOBS),
  shellRival('mawk', ['mawk', '-W', 'version'], 'mawk.sh', ['seed']),
  shellRival('qsv', ['qsv', '--version'], 'qsv.sh', ['seed']),
  nodeRival('udsv', 'udsv', 'udsv.mjs'),
  nodeRival('csv-parse', 'csv-parse', 'csv-parse.mjs'),
  nodeRival('papaparse', 'papaparse', 'papaparse.mjs'),
];

/** What no cleaner can beat on the same machine: they clean nothing. */
const LIMITS = [
  limit('cp', ['cp', '--version'], ['sh', rivalPath('cp.sh')]),
  limit('node-copy', [process.execPath, '--version'], [process.execPath, rivalPath('copy.mjs')]),
  {
    ...limit('node -e 0', [process.execPath, '--version'], []),
    sets: ['ONE', 'XS'],
    command: () => [process.execPath, '-e', '0'],
  },
];

export const PEERS = [...RIVALS, ...LIMITS];

/** Whether a tool can do a job on a set, and tells something there. */
export function isMeasured(tool, set, job) {
  if (tool.sets !== undefined && !tool.sets.includes(set)) return false;
  if (tool.kind === 'rival' && OWN_SETS.includes(set)) return false;
  // One copy of the bytes is enough to hold both of csvclean's jobs against.
  return tool.jobs.includes(job) && !(tool.kind === 'limit' && job === 'default');
}

/**
 * csvclean, with more flags such as `--engine reference` when asked to compare two ways.
 * @param folder of another state of the project, built there; null: this one.
 */
export function csvcleanTool(extraFlags, folder = null) {
  const project = folder ?? PROJECT;
  const at =
    folder === null ? [] : ['at', firstLine(['git', '-C', folder, 'rev-parse', '--short', 'HEAD'])];
  return {
    name: ['csvclean', ...at, ...extraFlags].join(' '),
    kind: 'csvclean',
    jobs: JOBS,
    version: () => JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')).version,
    command: ({ set, source, target, workers, job }) => [
      ...[process.execPath, join(project, 'bin', 'csvclean.js'), join(source, '*.csv')],
      ...['--out-dir', target, '--prefix', 'cleaned_', '--workers', String(workers)],
      ...CSVCLEAN_JOBS[job],
      ...(SET_FLAGS[set] ?? []),
      ...extraFlags,
    ],
  };
}

function pythonRival(name, library, script, ...modes) {
  const program = `import importlib.metadata as m; print(m.version('${library}'))`;
  return {
    ...{ name, kind: 'rival', jobs: RIVAL_JOBS },
    version: () => (existsSync(PYTHON) ? firstLine([PYTHON, '-c', program]) : null),
    command: (asked) => [PYTHON, rivalPath(script), ...rivalArgs(asked), ...modes],
  };
}

function nodeRival(name, library, script) {
  const manifest = join(INSTALLED, 'node_modules', library, 'package.json');
  return {
    ...{ name, kind: 'rival', jobs: RIVAL_JOBS },
    version: () =>
      existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).version : null,
    command: (asked) => [process.execPath, rivalPath(script), ...rivalArgs(asked)],
  };
}

function shellRival(name, versionCommand, script, jobs) {
  return {
    ...{ name, kind: 'rival', jobs },
    version: () => firstLine(versionCommand),
    command: (asked) => ['sh', rivalPath(script), ...rivalArgs(asked)],
  };
}

function limit(name, versionCommand, command) {
  return {
    ...{ name, kind: 'limit', jobs: JOBS },
    version: () => firstLine(versionCommand),
    command: (asked) => [...command, ...rivalArgs(asked)],
  };
}

function rivalArgs({ source, target, workers, job }) {
  return [source, target, String(workers), job];
}

function rivalPath(name) {
  return join(BENCH, 'rivals', name);
}

/** The version in the first line that a program prints, or null where there is no such program. */
function firstLine([program, ...args]) {
  const ran = spawnSync(program, args, { encoding: 'utf8', env: ENVIRONMENT, input: '' });
  if (ran.error !== undefined || ran.status !== 0) return null;
  const line = `${ran.stdout}${ran.stderr}`.trim().split('\n', 1)[0];
  return /\d[\w.+-]*/.exec(line)?.[0] ?? line;
}
