/** What rows are told apart by: the columns of `--dedup`, and those of unique values. */
import type { Column } from './columns.js';
import type { DedupKeep, Rules } from './rules.js';
import type { SchemaPlan, UniqueColumn } from './schema/schema.js';

export interface DedupPlan {
  /** In their order in the input, each once. */
  readonly columns: readonly Column[];
  /** They are all there are. */
  readonly isWhole: boolean;
  readonly keep: DedupKeep;
  /** Where it is the column's schema that asks; missing cells are then equal to none. */
  readonly unique: UniqueColumn | null;
}

/** What of a table's plan compares rows. */
interface KeyRules {
  readonly dedup: DedupPlan | null;
  readonly schema: SchemaPlan;
}

/** All that rows are told apart by: `--dedup`, then the columns of unique values. */
export function keyPlans({ dedup, schema }: KeyRules): readonly DedupPlan[] {
  const uniques = schema.uniques.map(
    (unique): DedupPlan => ({ columns: [unique.column], isWhole: false, keep: 'first', unique }),
  );
  return dedup === null ? uniques : [dedup, ...uniques];
}

/** What `--dedup` compares; null: nothing. */
export function planDedup(
  columns: readonly Column[],
  byName: (name: string) => Column,
  { dedup }: Rules,
): DedupPlan | null {
  if (dedup === null) return null;
  const named = new Set(dedup.columns.map(byName));
  const isWhole = named.size === 0 || named.size === columns.length;
  const keys = isWhole ? columns : columns.filter((column) => named.has(column));
  return { columns: keys, isWhole, keep: dedup.keep, unique: null };
}

/** Whether rows are compared with each other. */
export function hasKeys({ dedup, columns }: Pick<Rules, 'dedup' | 'columns'>): boolean {
  return dedup !== null || columns.some(({ rules }) => rules.unique === true);
}
