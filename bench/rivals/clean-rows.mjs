/**
 * The jobs over rows of strings, for the parsers in JavaScript. An adapter gives
 *   wholeFileBytes         files up to this size are parsed in one go, larger ones row by row,
 *                          whichever was faster for this parser
 *   parseAll(text)         all rows, the header first
 *   eachRow(path, onRow)   calls back with one row after another; gives a promise
 *   format(rows)           CSV text, quoted where needed
 */

import { closeSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { listFiles, runPool } from './thread-pool.mjs';

const LIMIT = 500;
const TINY = 1e-9;
const ROWS_PER_WRITE = 4096;
const NEEDS_QUOTES = /[",\n\r]/;

/** Loads a library from where `install-rivals.sh` puts it. */
export const requireRival = createRequire(new URL('../.rivals/package.json', import.meta.url));

/** Does the job of the command line, one file a task. */
export function runAdapter(url, adapter) {
  const planTasks = ([source, target]) =>
    listFiles(source).map((name) => ({
      from: join(source, name),
      to: join(target, `cleaned_${name}`),
    }));
  return runPool(url, planTasks, ({ from, to }, [, , , job]) => {
    const isSeed = job === 'seed';
    return statSync(from).size <= adapter.wholeFileBytes
      ? cleanWhole(adapter, from, to, isSeed)
      : cleanByRow(adapter, from, to, isSeed);
  });
}

/** Rows as CSV text, quoted where needed, for parsers that have no writer. */
export function formatRows(rows) {
  let text = '';
  for (const row of rows) {
    for (let i = 0; i < row.length; i += 1) {
      const cell = row[i];
      if (i > 0) text += ',';
      text += NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
    }
    text += '\n';
  }
  return text;
}

function cleanWhole(adapter, from, to, isSeed) {
  const rows = adapter.parseAll(readFileSync(from, 'utf8'));
  const header = rows[0].map(cleanName);
  const valueAt = isSeed ? header.indexOf('value') : -1;
  const kept = [header];
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 1; i < rows.length; i += 1) {
    const row = rows[i];
    if (!isKept(row, valueAt)) continue;
    if (isSeed) largest = Math.max(largest, +row[valueAt]);
    kept.push(row);
  }
  if (isSeed) {
    header.push('normalized_value');
    for (let i = 1; i < kept.length; i += 1) addShare(kept[i], valueAt, largest + TINY);
  }
  writeFileSync(to, adapter.format(kept));
}

/** Two passes in the seed job, for the largest value comes first. */
async function cleanByRow(adapter, from, to, isSeed) {
  const { header, valueAt, largest } = await measureRows(adapter, from, isSeed);
  const output = openSync(to, 'w');
  let waiting = [header];
  let isFirst = true;
  await adapter.eachRow(from, (row) => {
    if (isFirst) {
      isFirst = false;
      return;
    }
    if (!isKept(row, valueAt)) return;
    if (isSeed) addShare(row, valueAt, largest + TINY);
    waiting.push(row);
    if (waiting.length < ROWS_PER_WRITE) return;
    writeSync(output, adapter.format(waiting));
    waiting = [];
  });
  if (waiting.length > 0) writeSync(output, adapter.format(waiting));
  closeSync(output);
}

async function measureRows(adapter, from, isSeed) {
  let header = null;
  let valueAt = -1;
  let largest = Number.NEGATIVE_INFINITY;
  await adapter.eachRow(from, (row) => {
    if (header === null) {
      header = row.map(cleanName);
      valueAt = isSeed ? header.indexOf('value') : -1;
    } else if (isSeed && isKept(row, valueAt)) {
      largest = Math.max(largest, +row[valueAt]);
    }
  });
  if (isSeed) header.push('normalized_value');
  return { header, valueAt, largest };
}

/** A row with an empty value is left out by the filter; without one, a row of empty cells is. */
function isKept(row, valueAt) {
  if (valueAt >= 0) return row[valueAt] !== '' && +row[valueAt] <= LIMIT;
  for (let i = 0; i < row.length; i += 1) if (row[i] !== '') return true;
  return false;
}

function addShare(row, valueAt, divisor) {
  row.push(String(+row[valueAt] / divisor));
}

function cleanName(name) {
  return name.trim().toLowerCase().replaceAll(' ', '_');
}
