/**
 * The values of one row by the rules of their columns, and what is counted of it. What becomes of a
 * cell is `convert-cell`'s; how a block has its cells converted beforehand is not known here.
 */
import { CsvcleanError } from '../../base/error.js';
import { type Tally, tallyRejected, tallySample } from '../tally.js';
import type { CellConverter } from '../values/convert-cell.js';
import { ruleOfBit } from '../values/report-values.js';
import {
  CHANGE_BITS,
  CHANGES,
  countSteps,
  countsAt,
  FILLED,
  FIT,
  MISFIT,
  noteMisfit,
} from '../values/value-counts.js';
import { type Row, recordText } from './read-row.js';

/** What becomes of the cell of a column. */
export interface CellChange {
  readonly converter: CellConverter;
  /** As it was, trimmed. */
  readonly before: string;
  readonly text: string;
  /** The bits of `value-counts`. */
  readonly steps: number;
}

/** The last value of each column that is filled from above, by its index. */
export type Carry = Map<number, string>;

/** Converts the cells of a row. @returns whether it stays; what does not is counted as rejected. */
export function convertRow(
  row: Row,
  converters: readonly CellConverter[],
  carry: Carry,
  tally: Tally,
): boolean {
  const changes = converters.map((converter): CellChange => {
    const before = row.cells[converter.valueColumn.column.index] as string;
    const { text, steps } = converter.convert(before);
    return { converter, before, text, steps };
  });
  if (rejectMisfits(row, changes, tally)) return false;
  const filled = changes.map((change) => fillDown(change, carry));
  applyChanges(row, filled, tally);
  return true;
}

/** The change with the value above, where the cell is empty and the rules say so. */
export function fillDown<T extends Pick<CellChange, 'converter' | 'before' | 'text' | 'steps'>>(
  change: T,
  carry: Carry,
): T {
  const { rules, column } = change.converter.valueColumn;
  if (rules.fill?.kind !== 'down') return change;
  if (change.text !== '') {
    carry.set(column.index, change.text);
    return change;
  }
  const above = carry.get(column.index) ?? '';
  if (above === '') return change;
  const isChanged = above !== change.before;
  const steps = isChanged ? change.steps | FILLED : change.steps & ~CHANGES;
  return { ...change, text: above, steps };
}

/**
 * Counts the row as rejected where a value does not fit and the rules say so.
 * @throws CsvcleanError INVALID_VALUE where they say that the file fails.
 */
export function rejectMisfits(row: Row, changes: readonly CellChange[], tally: Tally): boolean {
  const misfits = changes.filter(({ steps }) => (steps & MISFIT) !== 0);
  if (misfits.length === 0) return false;
  const { line, offsetBytes } = row.walked;
  const failing = misfits.find(({ converter }) => ruleOf(converter) === 'fail');
  if (failing !== undefined) {
    throw new CsvcleanError('INVALID_VALUE', describe(failing), {
      line,
      byteOffset: offsetBytes,
      column: failing.converter.valueColumn.column.name,
      remedy: 'Mend it, or leave out onInvalid: fail.',
    });
  }
  const rejected = misfits.filter(({ converter }) => ruleOf(converter) === 'reject');
  if (rejected.length === 0) return false;
  for (const { converter, before } of misfits) tallyMisfit(converter, before, line, tally);
  tallyRejected(tally, {
    line,
    byteOffset: offsetBytes,
    rule: 'invalid_value',
    column: rejected[0]!.converter.valueColumn.column.name,
    value: rejected[0]!.before,
    message: rejected.map(describe).join('; '),
    record: recordText(row.walked),
  });
  return true;
}

function ruleOf({ valueColumn }: CellConverter) {
  return valueColumn.rules.onInvalid;
}

function describe({ converter, before }: CellChange): string {
  const { column, rules } = converter.valueColumn;
  const format = typeof rules.dates === 'object' ? rules.dates.format : 'the named convention';
  return `${column.name} "${before}" does not fit ${format}`;
}

/** Writes the changes into the row, and counts them. */
export function applyChanges(row: Row, changes: readonly CellChange[], tally: Tally): void {
  const { line } = row.walked;
  for (const { converter, before, text, steps } of changes) {
    if (steps === 0) continue;
    const { index, name } = converter.valueColumn.column;
    if ((steps & MISFIT) !== 0) tallyMisfit(converter, before, line, tally);
    countSteps(countsAt(tally.values, converter.place), steps & (CHANGES | FIT));
    if ((steps & CHANGES) === 0) continue;
    row.cells[index] = text;
    row.edited[index] = true;
    for (let bit = 0; bit < CHANGE_BITS; bit++) {
      if ((steps & (1 << bit)) === 0) continue;
      tallySample(tally, ruleOfBit(bit, converter.kind), line, () => [before, text], name);
    }
  }
}

function tallyMisfit(converter: CellConverter, value: string, line: number, tally: Tally): void {
  const counts = countsAt(tally.values, converter.place);
  countSteps(counts, MISFIT);
  noteMisfit(counts, line, value);
}
