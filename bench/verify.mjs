/**
 * Compares what a tool wrote with what csvclean wrote, cell by cell. Equal are
 *   - the same text, however it is quoted;
 *   - in `normalized_value`, two doubles at most one unit in the last place apart (counted);
 *   - in any other column, two texts of exactly the same double, as 12.40 and 12.4 (counted).
 * Everything else is a difference; the first one of a file is told in words.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readRecords, show, splitRecord } from './records.mjs';

const COMPUTED_COLUMN = 'normalized_value';
const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/;

/**
 * Compares the files `names` of two folders. `difference` is null where all are equal; `rewritten`
 * counts the cells with the same number in another text, by column.
 */
export function compareFolders(expectedFolder, actualFolder, names) {
  const found = { files: 0, rows: 0, rewritten: {}, lastPlaceCells: 0, difference: null };
  for (const name of names) {
    const difference = compareFiles(join(expectedFolder, name), join(actualFolder, name), found);
    found.files += 1;
    if (difference !== null) {
      found.difference = `${name}: ${difference}`;
      break;
    }
  }
  return found;
}

/** The first difference of two files in words, or null. Adds what it saw to `found`. */
function compareFiles(expectedPath, actualPath, found) {
  if (!existsSync(actualPath)) return 'missing';
  const expected = readRecords(expectedPath);
  const actual = readRecords(actualPath);
  const header = expected.next().value ?? '';
  try {
    const actualHeader = actual.next().value ?? '';
    const columns = splitRecord(header);
    if (columns.join() !== splitRecord(actualHeader).join()) {
      return `header ${show(actualHeader)} instead of ${show(header)}`;
    }
    return compareRows(expected, actual, columns, found);
  } catch (error) {
    return error.message;
  } finally {
    expected.return();
    actual.return();
  }
}

function compareRows(expected, actual, columns, found) {
  for (let row = 1; ; row += 1) {
    const wanted = expected.next();
    const given = actual.next();
    if (wanted.done && given.done) return null;
    if (given.done) return `only ${row - 1} rows`;
    if (wanted.done) return `more than ${row - 1} rows`;
    found.rows += 1;
    if (wanted.value === given.value) continue;
    const difference = compareRecords(wanted.value, given.value, columns, found);
    if (difference !== null) return `row ${row}, ${difference}`;
  }
}

function compareRecords(wantedRecord, givenRecord, columns, found) {
  const wanted = splitRecord(wantedRecord);
  const given = splitRecord(givenRecord);
  if (wanted.length !== given.length) return `${given.length} cells instead of ${wanted.length}`;
  for (let i = 0; i < wanted.length; i += 1) {
    if (wanted[i] === given[i]) continue;
    const column = columns[i] ?? `cell ${i + 1}`;
    if (!isSameNumber(wanted[i], given[i], column, found)) {
      return `${column}: ${show(given[i])} instead of ${show(wanted[i])}`;
    }
  }
  return null;
}

function isSameNumber(wantedText, givenText, column, found) {
  if (!NUMBER.test(wantedText) || !NUMBER.test(givenText)) return false;
  const wanted = Number(wantedText);
  const given = Number(givenText);
  if (wanted === given) {
    found.rewritten[column] = (found.rewritten[column] ?? 0) + 1;
    return true;
  }
  if (column !== COMPUTED_COLUMN || !isOneStepApart(wanted, given)) return false;
  found.lastPlaceCells += 1;
  return true;
}

/** Whether two doubles are neighbours. */
export function isOneStepApart(left, right) {
  const bits = new BigInt64Array(new Float64Array([left, right]).buffer);
  const distance = bits[0] - bits[1];
  return Math.sign(left) === Math.sign(right) && (distance === 1n || distance === -1n);
}
