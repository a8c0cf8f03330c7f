/**
 * Random expressions as two things at once: the source that the engine compiles, and a closure that
 * says what it means, by the definitions alone. Aggregates are computed in plain loops and whole
 * fractions.
 */
import { exactMean, exactSum, exactVariance, type Fraction } from '../statistics/sum-oracle.js';

export type NaiveValue = string | number | boolean | null;

/** The cells and derived values of a row by key. */
export type NaiveRow = ReadonlyMap<string, NaiveValue>;

/** What an expression gives for a row among all rows. */
export type Meaning<T extends NaiveValue = NaiveValue> = (
  row: NaiveRow,
  all: readonly NaiveRow[],
) => T;

export interface Written<T extends NaiveValue = NaiveValue> {
  readonly source: string;
  readonly mean: Meaning<T>;
}

/** A column that an expression may name. */
export interface Reference {
  readonly source: string;
  readonly key: string;
  readonly type: 'cell' | 'number' | 'boolean' | 'text';
}

/** The next of a list of draws, below `count`. */
export type Draw = (count: number) => number;

const MISSING = new Set([
  '',
  'NA',
  'N/A',
  'n/a',
  'NaN',
  'nan',
  'NULL',
  'null',
  'None',
  '-',
  '#N/A',
]);

export function isMissingText(text: string): boolean {
  return MISSING.has(text);
}

/** The number that a cell spells, or null. */
export function numberIn(text: string): number | null {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)) return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}

function asNumber(value: NaiveValue): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? numberIn(value) : null;
}

function finite(x: number): number | null {
  return Number.isFinite(x) ? x : null;
}

const OPERATIONS: readonly (readonly [string, (a: number, b: number) => number | null])[] = [
  ['+', (a, b) => finite(a + b)],
  ['-', (a, b) => finite(a - b)],
  ['*', (a, b) => finite(a * b)],
  ['/', (a, b) => (b === 0 ? null : finite(a / b))],
  ['%', (a, b) => (b === 0 ? null : finite(a % b))],
];

const COMPARISONS: readonly (readonly [string, (order: number) => boolean])[] = [
  ['<', (order) => order < 0],
  ['<=', (order) => order <= 0],
  ['>', (order) => order > 0],
  ['>=', (order) => order >= 0],
  ['==', (order) => order === 0],
  ['!=', (order) => order !== 0],
];

const AGGREGATES: readonly (readonly [string, (values: readonly number[]) => number | null])[] = [
  ['sum', (values) => (values.length === 0 ? null : nearest(exactSum(values)))],
  ['max', (values) => (values.length === 0 ? null : Math.max(...values))],
  ['min', (values) => (values.length === 0 ? null : Math.min(...values))],
  ['mean', (values) => (values.length === 0 ? null : nearest(exactMean(values)))],
  ['median', (values) => (values.length === 0 ? null : quantile(values, 0.5))],
  ['std', (values) => (values.length < 2 ? null : Math.sqrt(nearest(exactVariance(values))))],
  ['count', (values) => values.length],
];

/**
 * The double nearest to a fraction of usual size: far more digits than a double holds, then rounded
 * once.
 */
export function nearest({ numerator, denominator }: Fraction): number {
  const size = (numerator < 0n ? -numerator : numerator) << 400n;
  const isInexact = size % denominator === 0n ? 0n : 1n;
  const rounded = Number((size / denominator) * 2n + isInexact) / 2 ** 401;
  return numerator < 0n ? -rounded : rounded;
}

/** Type 7: a + (b − a)·g at (n − 1)·p. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * p;
  const low = Math.floor(at);
  const a = sorted[low]!;
  const b = sorted[Math.min(low + 1, sorted.length - 1)]!;
  return a + (b - a) * (at - low);
}

/** A number from cells and columns of numbers, with aggregates where `depth` leaves room. */
export function writeNumber(
  draw: Draw,
  references: readonly Reference[],
  depth: number,
  canAggregate = true,
): Written<number | null> {
  const kind = draw(depth > 0 ? 8 : 3);
  if (kind < 2) {
    const usable = references.filter(({ type }) => type === 'cell' || type === 'number');
    const reference = usable[draw(Math.max(1, usable.length))];
    if (reference !== undefined) {
      const { source, key } = reference;
      return { source, mean: (row) => asNumber(row.get(key)!) };
    }
  }
  if (kind <= 2) {
    const literal = [2, 0.5, 10, 1e-9, 0, 3.75][draw(6)]!;
    return { source: String(literal), mean: () => literal };
  }
  if (kind <= 4 && canAggregate) return writeAggregate(draw, references, depth - 1);
  if (kind === 5) {
    const condition = writeCondition(draw, references, depth - 1, canAggregate);
    const yes = writeNumber(draw, references, depth - 1, canAggregate);
    const no = writeNumber(draw, references, depth - 1, canAggregate);
    return {
      source: `if(${condition.source}, (${yes.source}) + 0, (${no.source}) + 0)`,
      mean: (row, all) => (condition.mean(row, all) === true ? yes : no).mean(row, all),
    };
  }
  const [operator, calculate] = OPERATIONS[draw(OPERATIONS.length)]!;
  const left = writeNumber(draw, references, depth - 1, canAggregate);
  const right = writeNumber(draw, references, depth - 1, canAggregate);
  return {
    source: `(${left.source}) ${operator} (${right.source})`,
    mean: (row, all) => {
      const a = left.mean(row, all);
      const b = right.mean(row, all);
      return a === null || b === null ? null : calculate(a, b);
    },
  };
}

function writeAggregate(
  draw: Draw,
  references: readonly Reference[],
  depth: number,
): Written<number | null> {
  const [name, aggregate] = AGGREGATES[draw(AGGREGATES.length)]!;
  const groups = writeGroups(draw, references);
  if (name === 'count' && draw(2) === 0) {
    return {
      source: `count()${groups.source}`,
      mean: (row, all) => groups.among(row, all).length,
    };
  }
  const argument = writeNumber(draw, references, depth, false);
  // `+ 0` makes a number of a cell: `count` of a cell counts texts too.
  const known = new WeakMap<readonly NaiveRow[], { readonly value: number | null }>();
  const valueOver = (all: readonly NaiveRow[]): number | null => {
    let settled = known.get(all);
    if (settled === undefined) {
      const values = all.map((row) => argument.mean(row, all));
      const value = aggregate(values.filter((one) => one !== null));
      settled = { value: value === null ? null : finite(value) };
      known.set(all, settled);
    }
    return settled.value;
  };
  return {
    source: `${name}((${argument.source}) + 0)${groups.source}`,
    mean: (row, all) => valueOver(groups.among(row, all)),
  };
}

/** `by` some columns or none, and which rows are of the group of a row. */
function writeGroups(draw: Draw, references: readonly Reference[]) {
  const columns = references.filter(() => draw(3) === 0).slice(0, 2);
  const names = columns.map(({ source }) => source);
  if (names.length === 0 || draw(2) === 0) {
    return { source: '', among: (_: NaiveRow, all: readonly NaiveRow[]) => all };
  }
  const textOf = (row: NaiveRow, { key, type }: Reference): string => {
    const text = String(row.get(key) ?? '');
    return type === 'cell' && isMissingText(text) ? '' : text;
  };
  const known = new WeakMap<readonly NaiveRow[], (readonly NaiveRow[])[]>();
  const isLike = (a: NaiveRow, b: NaiveRow): boolean =>
    columns.every((column) => textOf(a, column) === textOf(b, column));
  const among = (row: NaiveRow, all: readonly NaiveRow[]): readonly NaiveRow[] => {
    const before = known.get(all) ?? [];
    known.set(all, before);
    let group = before.find(([first]) => isLike(first!, row));
    if (group === undefined) {
      group = all.filter((one) => isLike(one, row));
      before.push(group);
    }
    return group;
  };
  return { source: names.length === 1 ? ` by ${names[0]}` : ` by (${names.join(', ')})`, among };
}

/** A condition: comparisons, tests for missing, and three-valued logic over them. */
export function writeCondition(
  draw: Draw,
  references: readonly Reference[],
  depth: number,
  canAggregate = true,
): Written<boolean | null> {
  const kind = draw(depth > 0 ? 7 : 4);
  const cells = references.filter(({ type }) => type === 'cell');
  const cell = cells[draw(Math.max(1, cells.length))];
  if (kind === 3 && cell !== undefined) return writeCellTest(draw, cell);
  if (kind <= 3) return writeComparison(draw, references, depth, canAggregate);
  const left = writeCondition(draw, references, depth - 1, canAggregate);
  if (kind === 4) {
    const mean = (row: NaiveRow, all: readonly NaiveRow[]): boolean | null => {
      const value = left.mean(row, all);
      return value === null ? null : !value;
    };
    return { source: `not (${left.source})`, mean };
  }
  const right = writeCondition(draw, references, depth - 1, canAggregate);
  const decisive = kind === 5;
  return {
    source: `(${left.source}) ${decisive ? 'or' : 'and'} (${right.source})`,
    mean: (row, all) => {
      const both = [left.mean(row, all), right.mean(row, all)];
      if (both.includes(decisive)) return decisive;
      return both.includes(null) ? null : !decisive;
    },
  };
}

function writeCellTest(draw: Draw, { source, key }: Reference): Written<boolean | null> {
  if (draw(2) === 0) {
    return {
      source: `is_missing(${source})`,
      mean: (row) => isMissingText(String(row.get(key))),
    };
  }
  const [operator, holds] = COMPARISONS[draw(COMPARISONS.length)]!;
  const text = ['g', 'a', 'é', '漢', '0'][draw(5)]!;
  return {
    source: `${source} ${operator} '${text}'`,
    mean: (row) => {
      const own = String(row.get(key));
      if (isMissingText(own)) return null;
      return holds(Buffer.compare(Buffer.from(own), Buffer.from(text)));
    },
  };
}

function writeComparison(
  draw: Draw,
  references: readonly Reference[],
  depth: number,
  canAggregate: boolean,
): Written<boolean | null> {
  const [operator, holds] = COMPARISONS[draw(COMPARISONS.length)]!;
  const left = writeNumber(draw, references, depth, canAggregate);
  const right = writeNumber(draw, references, depth, canAggregate);
  return {
    source: `(${left.source}) + 0 ${operator} (${right.source})`,
    mean: (row, all) => {
      const a = left.mean(row, all);
      const b = right.mean(row, all);
      return a === null || b === null ? null : holds(a < b ? -1 : a > b ? 1 : 0);
    },
  };
}
