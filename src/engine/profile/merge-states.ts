/** Adds up what is known of parts of a column, or of columns of one name; in any order. */
import { parseNumber } from '../../csv/parse-number.js';
import type {
  CellCount,
  ColumnState,
  CountedNumbers,
  KindCount,
  ManyValues,
  PackedValues,
  RejectedCount,
  TableState,
} from './column-state.js';
import { joinRegisters } from './estimate-distinct.js';
import type { ProfileLimits } from './limits.js';
import { addMoments, mergeNumbers } from './merge-numbers.js';
import { sumValues } from './sum-values.js';
import {
  addNew,
  createValueTable,
  findValue,
  packTable,
  poolBytes,
  type ValueTable,
} from './value-table.js';

/** Of records of one table. */
export function mergeTables(a: TableState, b: TableState, limits: ProfileLimits): TableState {
  return {
    rows: a.rows + b.rows,
    blank: a.blank + b.blank,
    rejected: mergeRejected(a.rejected, b.rejected),
    columns: a.columns.map((column, i) => mergeColumns([column, b.columns[i]!], limits)),
  };
}

export function mergeRejected(
  a: readonly RejectedCount[],
  b: readonly RejectedCount[],
): readonly RejectedCount[] {
  const merged = new Map(a.map((one) => [one.rule, one]));
  for (const one of b) {
    const known = merged.get(one.rule);
    const line = Math.min(one.line, known?.line ?? one.line);
    merged.set(one.rule, { rule: one.rule, count: one.count + (known?.count ?? 0), line });
  }
  return [...merged.values()];
}

/** @param parts at least one. */
export function mergeColumns(parts: readonly ColumnState[], limits: ProfileLimits): ColumnState {
  const values = joinValues(parts, limits);
  const sum = (of: (part: ColumnState) => number): number =>
    parts.reduce((total, part) => total + of(part), 0);
  return {
    empty: sum(({ empty }) => empty),
    tokens: mergeTokens(parts.flatMap(({ tokens }) => tokens)),
    kinds: mergeKinds(parts.flatMap(({ kinds }) => kinds)),
    spaced: parts.map(({ spaced }) => spaced).reduce(addCells),
    shortest: Math.min(...parts.map(({ shortest }) => shortest)),
    longest: Math.max(...parts.map(({ longest }) => longest)),
    firstDate: parts.map(({ firstDate }) => firstDate).reduce(least),
    lastDate: parts.map(({ lastDate }) => lastDate).reduce(greatest),
    values,
    many: values === null ? mergeMany(parts, limits) : null,
  };
}

function mergeTokens(tokens: ColumnState['tokens']): ColumnState['tokens'] {
  const counts = new Map<string, number>();
  for (const { token, count } of tokens) counts.set(token, count + (counts.get(token) ?? 0));
  return [...counts].map(([token, count]) => ({ token, count }));
}

function addCells(a: CellCount | null, b: CellCount | null): CellCount | null {
  if (a === null || b === null) return a ?? b;
  return { ...first(a, b), count: a.count + b.count };
}

/** Whichever stands before the other: by input, then by line. */
function first<T extends CellCount>(a: T, b: T): T {
  return b.input < a.input || (b.input === a.input && b.line < a.line) ? b : a;
}

function mergeKinds(kinds: readonly KindCount[]): readonly KindCount[] {
  const merged = new Map<KindCount['kind'], KindCount>();
  for (const one of kinds) {
    const known = merged.get(one.kind);
    const count = one.count + (known?.count ?? 0);
    merged.set(one.kind, known === undefined ? one : { ...first(known, one), count });
  }
  return [...merged.values()];
}

function least(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

function greatest(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}

/** All values of all parts; null where one has too many, or all together. */
function joinValues(
  parts: readonly ColumnState[],
  { distinct, distinctBytes }: ProfileLimits,
): PackedValues | null {
  if (parts.some(({ values }) => values === null)) return null;
  if (parts.length === 1) return parts[0]!.values;
  const table = createValueTable();
  for (const { values } of parts) {
    addPacked(table, values!);
    if (table.size > distinct || poolBytes(table) > distinctBytes) return null;
  }
  const packed = packTable(table, null);
  const moments = parts.flatMap(({ values }) => values!.numbers?.moments ?? []);
  if (moments.length === 0) return packed;
  return { ...packed, numbers: { ...numbersIn(packed), moments: addMoments(moments) } };
}

function numbersIn(packed: PackedValues): CountedNumbers {
  const parsed = packedTexts(packed).map(parseNumber);
  const isNumber = (_: unknown, i: number): boolean => !Number.isNaN(parsed[i]!);
  return {
    values: Float64Array.from(parsed.filter(isNumber)),
    counts: packed.counts.filter(isNumber),
  };
}

/** Hashing reads words behind the last text. */
const PADDING = 16;

function addPacked(table: ValueTable, { counts, ends, pool }: PackedValues): void {
  const padded = new Uint8Array(pool.length + PADDING);
  padded.set(pool);
  const view = new DataView(padded.buffer);
  let start = 0;
  for (let i = 0; i < counts.length; i++) {
    const length = ends[i]! - start;
    const known = findValue(table, view, start, length);
    if (known < 0) addNew(table, view, start, length, counts[i]!);
    else table.counts[known] = table.counts[known]! + counts[i]!;
    start = ends[i]!;
  }
}

function mergeMany(parts: readonly ColumnState[], limits: ProfileLimits): ManyValues {
  const all = parts.map(({ values, many }) => many ?? sumValues(values!, limits));
  const registers = all[0]!.registers.slice();
  for (const one of all) joinRegisters(registers, one.registers);
  const numbers = all.flatMap((one) => (one.numbers === null ? [] : [one.numbers]));
  return { registers, numbers: numbers.length === 0 ? null : mergeNumbers(numbers, limits) };
}

/** The same as part of what is told of all inputs. @param input its place among them. */
export function placeIn(state: ColumnState, input: number): ColumnState {
  return {
    ...state,
    kinds: state.kinds.map((one) => ({ ...one, input })),
    spaced: state.spaced === null ? null : { ...state.spaced, input },
  };
}

/** The values, as texts. */
export function packedTexts({
  ends,
  pool,
}: Pick<PackedValues, 'ends' | 'pool'>): readonly string[] {
  const text = Buffer.from(pool.buffer, pool.byteOffset, pool.byteLength);
  const texts: string[] = [];
  let start = 0;
  for (const end of ends) {
    texts.push(text.toString('utf8', start, end));
    start = end;
  }
  return texts;
}
