/** The benchmark's command line. */
import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { JOBS, PEERS } from './tools.mjs';

const BENCH = dirname(fileURLToPath(import.meta.url));

export const USAGE = `usage: npm run bench -- [options]

  --set S,M            sets below the data folder; shapes: all of its shapes (default: S,M)
  --job seed,default   ${JOBS.join(', ')} (default: seed,default; on shapes rewrite,default)
  --workers 1,2        each is measured, in turn (default: the CPUs at hand)
  --runs N             counted rounds, after one that is not (default: 5)
  --peers LIST         all, none or some of: ${PEERS.map(({ name }) => name).join(', ')}
  --csvclean-args TEXT more flags for csvclean, as '--engine reference'; given again, each is
                       measured, and '' is csvclean as it is
  --beside DIR         another checkout of csvclean, built, measured in turn with this one
  --check-files N      compare so many files of each output (default: all up to 150 MB, then 3)
  --data DIR           where gen.mjs wrote the sets (default: bench/.data)
  --out DIR            for outputs; its subfolders are emptied (default: bench/.out)
  --results DIR        where the figures of every run go (default: bench/results)
  --wait SECONDS       longest wait for a calm machine before each run (default: 5)
  --timeout SECONDS    longest time for one run (default: 600)
  --pin                let each tool have only as many cores as it has workers (taskset)
`;

const OPTIONS = {
  set: { type: 'string', default: 'S,M' },
  job: { type: 'string' },
  workers: { type: 'string', default: String(availableParallelism()) },
  runs: { type: 'string', default: '5' },
  peers: { type: 'string', default: 'all' },
  'csvclean-args': { type: 'string', multiple: true, default: [''] },
  beside: { type: 'string', multiple: true, default: [] },
  'check-files': { type: 'string' },
  data: { type: 'string', default: join(BENCH, '.data') },
  out: { type: 'string', default: join(BENCH, '.out') },
  results: { type: 'string', default: join(BENCH, 'results') },
  wait: { type: 'string', default: '5' },
  timeout: { type: 'string', default: '600' },
  pin: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
};

/** What is asked for; throws an error with one line of text where it makes no sense. */
export function readArguments(args) {
  const { values } = parseArgs({ args: withEquals(args), options: OPTIONS });
  return {
    help: values.help,
    sets: namesIn(values.set),
    jobs: values.job === undefined ? null : known(namesIn(values.job), JOBS, 'job'),
    workers: namesIn(values.workers).map((text) => positive(text, '--workers')),
    runs: positive(values.runs, '--runs'),
    peers: peersOf(values.peers),
    csvcleanFlags: values['csvclean-args'].map((text) => text.split(/\s+/).filter(Boolean)),
    beside: values.beside.map((folder) => resolve(folder)),
    checkFiles: values['check-files'] && positive(values['check-files'], '--check-files'),
    data: resolve(values.data),
    out: resolve(values.out),
    results: pathToFileURL(`${resolve(values.results)}/`),
    waitSeconds: Number(values.wait),
    timeoutSeconds: positive(values.timeout, '--timeout'),
    isPinned: values.pin,
  };
}

/** Flags for csvclean begin with a dash, which parseArgs takes only behind an equals sign. */
function withEquals(args) {
  const joined = [];
  for (let i = 0; i < args.length; i += 1) {
    const isPair = args[i] === '--csvclean-args' && i + 1 < args.length;
    joined.push(isPair ? `${args[i]}=${args[i + 1]}` : args[i]);
    if (isPair) i += 1;
  }
  return joined;
}

function namesIn(text) {
  return text.split(',').filter((name) => name !== '');
}

function peersOf(text) {
  const all = PEERS.map(({ name }) => name);
  if (text === 'all') return PEERS;
  const asked = text === 'none' ? [] : known(namesIn(text), all, 'peer');
  return PEERS.filter(({ name }) => asked.includes(name));
}

function known(names, all, kind) {
  const unknown = names.find((name) => !all.includes(name));
  if (unknown !== undefined) throw new Error(`no such ${kind}: ${unknown} (${all.join(', ')})`);
  return names;
}

function positive(text, flag) {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`${flag} ${text} is no count`);
  return number;
}
