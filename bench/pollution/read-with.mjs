/**
 * Readers with one face: each is given a folder and names of files in it, and gives a map from name
 * to `{ names, rows, error, isHung, isTold }`. `names` is null where the tool says that there is no
 * header; `isTold` says that it reported something (rejects, warnings) about the file.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';

const LONGEST_MS = 5000;
const PYTHON = fileURLToPath(new URL('../.rivals/venv/bin/python', import.meta.url));
const CSV_PARSE = new URL('../../node_modules/csv-parse/package.json', import.meta.url);
const SCRIPT = fileURLToPath(new URL('read_with.py', import.meta.url));

export const READERS = {
  csvclean: readWithCsvclean,
  'csv-parse': readWithCsvParse,
  'csv-parse-auto': (folder, names) => readWithCsvParse(folder, names, { delimiter_auto: true }),
  ...Object.fromEntries(
    ['sniffer', 'duckdb', 'duckdb-lenient', 'pandas'].map((tool) => [
      tool,
      (folder, names) => readWithPython(tool, folder, names),
    ]),
  ),
};

/** The tools that are here. */
export function installedTools() {
  const hasPython = existsSync(PYTHON);
  return Object.keys(READERS).filter((tool) => tool.startsWith('csv') || hasPython);
}

/** Of the rivals; csvclean is what the sources are. */
export function toolVersions() {
  const { version } = JSON.parse(readFileSync(CSV_PARSE));
  const code =
    'import json, platform as p, duckdb as d, pandas as a; ' +
    'print(json.dumps({"python": p.python_version(), "duckdb": d.__version__, "pandas": a.__version__}))';
  const python = existsSync(PYTHON) ? spawnSync(PYTHON, ['-c', code], { encoding: 'utf8' }) : null;
  return { 'csv-parse': version, ...(python?.status === 0 ? JSON.parse(python.stdout) : {}) };
}

/** The code under test is the build. */
async function readWithCsvclean(folder) {
  const { cleanFiles } = await import('../../dist/bundle/index.js');
  const outDir = mkdtempSync(join(tmpdir(), 'csvclean-pollution-'));
  try {
    const { files } = await cleanFiles({
      inputs: [folder],
      ...{ outDir, outliers: 'off', cleanNames: false, trim: false, timeout: LONGEST_MS / 1000 },
    });
    return new Map(files.map((file) => [nameOf(file.input), answerOf(file)]));
  } finally {
    rmSync(outDir, { recursive: true });
  }
}

function nameOf(path) {
  return path.replace(/^.*\//, '').replace(/\.csv$/, '');
}

function answerOf({ output, rejects, dialect, report, error }) {
  if (error !== null) return failed(error.message, /TIME/.test(error.code));
  const records = parse(readFileSync(output), { relax_column_count: true });
  const hasHeader = dialect.headerRows > 0;
  return {
    names: hasHeader ? (records[0] ?? []) : null,
    rows: hasHeader ? records.slice(1) : records,
    ...{ error: null, isHung: false, dialect },
    isTold: rejects !== null || report.warnings.length > 0,
    rejected: rejects === null ? [] : parse(readFileSync(rejects), { columns: true }),
  };
}

function failed(error, isHung) {
  return { names: null, rows: [], error, isHung, isTold: true };
}

/** Its own search for the delimiter knows neither quotes nor letters beyond ASCII. */
function readWithCsvParse(folder, names, search = {}) {
  const options = {
    ...{ bom: true, skip_empty_lines: true, relax_column_count: true, relax_quotes: true },
    ...search,
  };
  return new Map(names.map((name) => [name, timed(() => parseFile(folder, name, options))]));
}

function parseFile(folder, name, options) {
  const [first = [], ...rows] = parse(readFileSync(join(folder, `${name}.csv`)), options);
  return { names: first, rows, error: null, isHung: false, isTold: false };
}

function timed(read) {
  const start = performance.now();
  try {
    const answer = read();
    return performance.now() - start > LONGEST_MS ? failed('took too long', true) : answer;
  } catch (error) {
    return failed(error.message, false);
  }
}

/** One process for all files: importing a library takes longer than reading a file. */
async function readWithPython(tool, folder, names) {
  const child = spawn(PYTHON, [SCRIPT, tool, folder], { stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin.on('error', () => {});
  child.stdin.end(`${names.join('\n')}\n`);
  const answers = new Map();
  for await (const line of createInterface({ input: child.stdout })) {
    const { name, ...answer } = JSON.parse(line);
    answers.set(name, { ...answer, isTold: answer.error !== null });
  }
  for (const name of names) {
    if (!answers.has(name)) answers.set(name, failed('the process ended', false));
  }
  return answers;
}
