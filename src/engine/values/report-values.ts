/** What is told of the values of a table. Pure. */
import { CsvcleanError } from '../../base/error.js';
import type { ColumnRules } from '../column-rules.js';
import type { ValueColumn } from './plan-values.js';
import { CHANGE_BITS, countsAt, FIT, MISFIT, type ValueCounts } from './value-counts.js';
import type { ColumnVerdict, ValueFinding } from './verdict.js';

/** The steps in the order of their bits; `value` is told by the kind of the column. */
const STEPS = [
  ...(['mojibake', 'unicode', 'squeeze', 'replace', 'nulls', 'value', 'case', 'fill'] as const),
];

export type ValueRule = Exclude<(typeof STEPS)[number], 'value'> | 'numbers' | 'dates' | 'booleans';

/** A column with rules for its values. */
export interface ColumnValueReport {
  readonly column: string;
  /** How many cells each rule changed; only those that changed some. */
  readonly changed: readonly { readonly rule: ValueRule; readonly cells: number }[];
  /** Values that do not fit the format that was named, and stay, go or are blanked. */
  readonly misfits: number;
  /** How it was read, or why it was left. */
  readonly findings: readonly ValueFinding[];
}

/** The name of the rule that a step's bit stands for. */
export function ruleOfBit(bit: number, kind: 'numbers' | 'dates' | 'booleans' | null): ValueRule {
  const step = STEPS[bit]!;
  return step === 'value' ? kind! : step;
}

/** What a column's values are converted as. */
export function kindOfColumn(
  { numbers, dates }: ColumnRules,
  verdict: ColumnVerdict | undefined,
): 'numbers' | 'dates' | 'booleans' | null {
  if (typeof dates === 'object') return 'dates';
  if (typeof numbers === 'object') return 'numbers';
  return verdict?.type?.kind ?? null;
}

/** Of the columns with something to tell. */
export function reportValues(
  columns: readonly ValueColumn[],
  verdicts: readonly ColumnVerdict[],
  counts: ValueCounts[],
): readonly ColumnValueReport[] {
  const reports = columns.map(({ column, rules }, place): ColumnValueReport => {
    const { cells } = countsAt(counts, place);
    const kind = kindOfColumn(rules, verdicts[place]);
    const changed = cells.slice(0, CHANGE_BITS).flatMap((count, bit) => {
      return count === 0 ? [] : [{ rule: ruleOfBit(bit, kind), cells: count }];
    });
    const misfits = cells[placeOf(MISFIT)]!;
    return { column: column.name, changed, misfits, findings: verdicts[place]?.findings ?? [] };
  });
  return reports.filter(
    ({ changed, misfits, findings }) => changed.length + misfits + findings.length > 0,
  );
}

/**
 * @throws CsvcleanError NO_VALUE_FITS where a format was named that no value of its column fits: it
 *   is the wrong one.
 */
export function refuseUnfit(columns: readonly ValueColumn[], counts: ValueCounts[]): void {
  columns.forEach(({ column, rules }, place) => {
    const { cells, firstMisfit } = countsAt(counts, place);
    if (firstMisfit === null || cells[placeOf(FIT)]! > 0) return;
    const { dates, numbers } = rules;
    const format = typeof dates === 'object' ? `dates "${dates.format}"` : 'numbers';
    const shown =
      typeof numbers === 'object' && typeof dates !== 'object' ? `${format} as named` : format;
    const { value, line } = firstMisfit;
    throw new CsvcleanError('NO_VALUE_FITS', `${shown}: no value fits, such as "${value}"`, {
      line,
      column: column.name,
      remedy: 'Name the format that its values have, or leave it out to have it found (auto).',
    });
  });
}

function placeOf(bit: number): number {
  return Math.log2(bit);
}
