#!/usr/bin/env node
/**
 * Times csvclean on files in which every row is damaged, beside a clean one of the same size: time
 * must grow with the size, not with the damage. Checks the rows that each report counts first.
 */
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { describeMachine, describeSources } from './machine.mjs';
import { measure } from './measure.mjs';
import { median } from './statistics.mjs';

const PROGRAM = fileURLToPath(new URL('../bin/csvclean.js', import.meta.url));
const RESULTS = fileURLToPath(new URL('results', import.meta.url));
const HEADER = 'id,value,note,day\n';
const PIECE_LENGTH = 1 << 20;

const OPTIONS = {
  megabytes: { type: 'string', default: '100' },
  runs: { type: 'string', default: '5' },
  folder: { type: 'string', default: fileURLToPath(new URL('.data/hostile', import.meta.url)) },
  save: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
};

const USAGE = `node bench/hostile.mjs [options]      (after npm run build)

  --megabytes N   size of each file (default: 100)
  --runs N        rounds; each runs every file once (default: 5)
  --folder DIR    where the files go (default: bench/.data/hostile)
  --save          keep the figures in bench/results`;

const cells = (i) => [
  i,
  `${((i * 7) % 7000) + 0.5}`,
  `some text here ${i % 100_000}`,
  `2024-01-${10 + (i % 19)}`,
  'x',
  'y',
];
const row = (i) => `${cells(i).slice(0, 4).join(',')}\n`;

/** By name: the text of line i, how many make a row, and what comes before them. */
const FILES = {
  clean: { row },
  'clean, rows of 8 bytes': { row: (i) => `${i % 10},${(i + 3) % 10},2,3\n` },
  'one quote that nobody closes': { lead: '0,1,"open,2024-01-01\n', row },
  'a stray quote in every row': { row: (i) => `${i},7.5,"open ${i},2024-01-02\n` },
  'nothing but quotes, 1,000 a line': { row: () => `${'"'.repeat(1000)}\n` },
  'nothing but quotes, 999 a line': { row: () => `${'"'.repeat(999)}\n`, linesPerRow: 2 },
  'nothing but delimiters, 1,000 a line': { row: () => `${','.repeat(1000)}\n` },
  'ragged, 1 to 6 of 4 cells': {
    row: (i) =>
      `${cells(i)
        .slice(0, 1 + ((i * 5) % 6))
        .join(',')}\n`,
  },
  'ragged, 1 to 9 of 4 cells of a digit': {
    row: (i) => `${Array.from({ length: 1 + (i % 9) }, (_, k) => k).join(',')}\n`,
  },
};

await main();

async function main() {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) return console.log(USAGE);
  const bytes = Number(values.megabytes) * 1e6;
  mkdirSync(values.folder, { recursive: true });
  const files = Object.entries(FILES).map(([name, file], i) => {
    const path = join(values.folder, `${i}.csv`);
    const rows = writeRows(path, file, bytes);
    return { name, path, rows, runs: [] };
  });
  for (const file of files) checkRows(file);
  for (let round = 0; round < Number(values.runs); round++) {
    for (const file of files) file.runs.push(await time(file.path));
  }
  print(files);
  if (values.save) save(files, bytes);
}

/** @returns how many rows the file has. */
function writeRows(path, { lead = '', row: textOf, linesPerRow = 1 }, bytes) {
  const fd = openSync(path, 'w');
  let rows = lead === '' ? 0 : 1;
  let size = 0;
  let text = HEADER + lead;
  for (let i = 0; size + text.length < bytes; i++) {
    text += textOf(i);
    rows++;
    if (text.length < PIECE_LENGTH) continue;
    size += writeSync(fd, text);
    text = '';
  }
  writeSync(fd, text);
  closeSync(fd);
  return Math.ceil(rows / linesPerRow);
}

/** @throws Error where a report does not account for every row. */
function checkRows({ name, path, rows }) {
  const folder = mkdtempSync(join(tmpdir(), 'csvclean-hostile-'));
  try {
    const args = [PROGRAM, path, '--out-dir', folder, '--json', '--workers', '1'];
    const { stdout, status } = spawnSync(process.execPath, args, { maxBuffer: 1 << 26 });
    const { rows: found } = JSON.parse(stdout).totals;
    const { in: rowsIn, ...outcomes } = found;
    const sum = Object.values(outcomes).reduce((total, count) => total + count, 0);
    const isRight = status === 0 && rowsIn === rows && sum === rows;
    if (!isRight) throw new Error(`${name}: ${rows} rows were written: ${stdout}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function time(path) {
  const folder = mkdtempSync(join(tmpdir(), 'csvclean-hostile-'));
  try {
    const args = [PROGRAM, path, '--out-dir', folder, '--quiet', '--workers', '1'];
    const told = await measure([process.execPath, ...args], { cwd: folder, timeoutSeconds: 600 });
    if (told.failure !== null) throw new Error(`${path}: ${told.failure}`);
    return told;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function print(files) {
  console.log('| file | rows | s | times a clean one | MB |\n| --- | --: | --: | --: | --: |');
  for (const { name, rows, runs } of files) {
    const seconds = median(runs.map((run) => run.wallSeconds));
    const ratios = runs.map((run, i) => run.wallSeconds / files[0].runs[i].wallSeconds);
    const memory = Math.max(...runs.map((run) => run.peakBytes)) / 1e6;
    console.log(
      `| ${name} | ${rows} | ${seconds.toFixed(2)} | ${median(ratios).toFixed(2)} | ${memory.toFixed(0)} |`,
    );
  }
}

function save(files, bytes) {
  const date = new Date().toISOString();
  const figures = {
    format: 1,
    ...{ date, sources: describeSources(), machine: describeMachine(), bytes },
    files: files.map(({ name, rows, path, runs }) => ({
      name,
      rows,
      bytes: statSync(path).size,
      runs,
    })),
  };
  if (!existsSync(RESULTS)) mkdirSync(RESULTS, { recursive: true });
  const path = join(RESULTS, `hostile-${date.slice(0, 19).replaceAll(':', '-')}.json`);
  writeFileSync(path, `${JSON.stringify(figures, null, 1)}\n`);
  console.error(path);
}
