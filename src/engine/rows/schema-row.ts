/** Holds the cells of one row against the schema, and counts what breaks it. */
import { cutText } from '../../base/cut-text.js';
import { CsvcleanError } from '../../base/error.js';
import type {
  OnInvalid,
  SchemaCheck,
  SchemaColumn,
  SchemaPlan,
  UniqueColumn,
} from '../schema/schema.js';
import { type Tally, tallyRejected, tallySample } from '../tally.js';
import { type Row, recordText } from './read-row.js';

/** A cell that breaks a rule; the first one that it breaks. */
interface Violation {
  readonly of: SchemaColumn;
  readonly check: SchemaCheck;
  readonly value: string;
  readonly message: string;
}

/** Longer cells are cut in messages, in UTF-16 units. */
const SHOWN_LENGTH = 60;

/** @returns the first rule that a cell breaks, or null. */
export function brokenRule({ checks }: SchemaColumn, text: string): SchemaCheck | null {
  return checks.find(({ complaint }) => complaint(text) !== null) ?? null;
}

function violationsOf(row: Row, schema: SchemaPlan): readonly Violation[] {
  return schema.columns.flatMap((of) => {
    const value = row.cells[of.column.index] as string;
    const check = brokenRule(of, value);
    if (check === null) return [];
    const cell = value === '' ? '' : ` ${shown(value)}`;
    const what = check.complaint(value)!;
    return [{ of, check, value, message: `${of.column.name}${cell} ${what} (${check.rule})` }];
  });
}

function shown(value: string): string {
  return `"${cutText(value, SHOWN_LENGTH)}"`;
}

/** What becomes of a row: the strictest of what its violations ask for; null: it breaks none. */
export function standingBySchema(row: Row, schema: SchemaPlan): OnInvalid | null {
  const asked = violationsOf(row, schema).map(({ of }) => of.onInvalid);
  return (['fail', 'reject', 'null'] as const).find((one) => asked.includes(one)) ?? null;
}

/**
 * Empties cells, or counts the row as rejected.
 * @returns whether the row stays.
 * @throws CsvcleanError SCHEMA where a rule says that the file fails.
 */
export function applySchema(row: Row, schema: SchemaPlan, tally: Tally): boolean {
  if (schema.columns.length === 0) return true;
  const violations = violationsOf(row, schema);
  if (violations.length === 0) return true;
  const { line } = row.walked;
  const failing = violations.find(({ of }) => of.onInvalid === 'fail');
  if (failing !== undefined) throw schemaError(row, failing.of, failing.message);
  for (const { check } of violations) countViolation(tally, check.place);
  const rejected = violations.filter(({ of }) => of.onInvalid === 'reject');
  const [first] = rejected;
  if (first !== undefined) {
    const message = rejected.map((one) => one.message).join('; ');
    reject(row, tally, first.of, first.value, message);
    return false;
  }
  for (const { of, value, message } of violations) {
    row.cells[of.column.index] = '';
    row.edited[of.column.index] = true;
    tallySample(tally, 'schema', line, () => [value, `(empty: ${message})`]);
  }
  return true;
}

function countViolation(tally: Tally, place: number): void {
  while (tally.violations.length <= place) tally.violations.push(0);
  tally.violations[place]!++;
}

type Named = Pick<SchemaColumn, 'column'>;

function reject(row: Row, tally: Tally, { column }: Named, value: string, message: string): void {
  tallyRejected(tally, {
    line: row.walked.line,
    byteOffset: row.walked.offsetBytes,
    rule: 'schema',
    column: column.name,
    value,
    message,
    record: recordText(row.walked),
  });
}

function schemaError(row: Row, { column }: Named, message: string): CsvcleanError {
  return new CsvcleanError('SCHEMA', message, {
    line: row.walked.line,
    byteOffset: row.walked.offsetBytes,
    column: column.name,
    remedy: 'Mend the value, or set its rows aside with onInvalid: reject.',
  });
}

/**
 * A row whose value stands in an earlier row, too: counted as rejected.
 * @throws CsvcleanError SCHEMA where the rule says that the file fails.
 */
export function takeRepeated(row: Row, of: UniqueColumn, twinLine: number, tally: Tally): void {
  const value = row.cells[of.column.index] as string;
  const message = `${of.column.name} ${shown(value)} is the same in line ${twinLine} (unique)`;
  if (of.onInvalid === 'fail') throw schemaError(row, of, message);
  countViolation(tally, of.place);
  reject(row, tally, of, value, message);
}
