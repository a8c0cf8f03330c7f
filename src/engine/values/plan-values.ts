/**
 * Which columns of a table have rules for their values, and what must be known of a column before
 * its first cell is converted. Pure; the verdicts are `judge-values`'.
 */
import type { ColumnRules, NamedRules } from '../column-rules.js';
import type { Column } from '../columns.js';
import type { ValueKind } from './column-evidence.js';

/** A column whose values may change. */
export interface ValueColumn {
  readonly column: Column;
  /** Those of the table, and its own, which win. */
  readonly rules: ColumnRules;
  /** Texts that the user says are no values. */
  readonly nulls: ReadonlySet<string>;
  /** What it must be judged by; none: every cell is converted by itself. */
  readonly kinds: readonly ValueKind[];
}

const ALL_KINDS: readonly ValueKind[] = ['numbers', 'dates', 'booleans'];

/** @param find the column of a name that the header has. */
export function planValues(
  columns: readonly Column[],
  ofTable: ColumnRules,
  ofColumns: readonly NamedRules[],
  find: (name: string) => Column,
): readonly ValueColumn[] {
  if (!asksForValues(ofTable) && ofColumns.length === 0) return [];
  const own = new Map<Column, ColumnRules>();
  for (const { column, rules } of ofColumns) {
    const found = find(column);
    own.set(found, { ...own.get(found), ...rules });
  }
  return columns.flatMap((column) => {
    const rules = { ...ofTable, ...own.get(column) };
    if (!asksForValues(rules)) return [];
    const { nulls } = rules;
    const tokens = new Set(Array.isArray(nulls) ? (nulls as readonly string[]) : []);
    return [{ column, rules, nulls: tokens, kinds: kindsOf(rules) }];
  });
}

/** Whether there is a rule that changes values. */
function asksForValues(rules: ColumnRules): boolean {
  const { nulls, numbers, booleans, dates, unicode, mojibake } = rules;
  const modes = [nulls, numbers, booleans, dates, unicode, mojibake];
  if (modes.some((mode) => mode !== undefined && mode !== 'off')) return true;
  const { fill, squeeze, replace } = rules;
  return (
    fill !== undefined || squeeze === true || replace !== undefined || rules.case !== undefined
  );
}

/** Whether there is such a rule, for all columns or for some. */
export function asksForAny(ofTable: ColumnRules, ofColumns: readonly NamedRules[]): boolean {
  return asksForValues(ofTable) || ofColumns.some(({ rules }) => asksForValues(rules));
}

function kindsOf({ nulls, numbers, dates, booleans }: ColumnRules): readonly ValueKind[] {
  if (nulls === 'auto') return ALL_KINDS;
  const isAuto = {
    numbers: numbers === 'auto',
    dates: dates === 'auto',
    booleans: booleans === 'auto',
  };
  return ALL_KINDS.filter((kind) => isAuto[kind]);
}

/** Whether some rule must see the whole column first; for any header. */
export function needsEvidence(ofTable: ColumnRules, ofColumns: readonly NamedRules[]): boolean {
  return [ofTable, ...ofColumns.map(({ rules }) => rules)].some((one) => kindsOf(one).length > 0);
}
