/** Adds up what is known of parts of a column, or of columns of one name; in any order. */

import { mergeMoments } from '../statistics/exact-sum.js';
import { mergeTails } from '../statistics/tails.js';
import type {
  CellCount,
  ColumnState,
  KindCount,
  ManyValues,
  NumberState,
  PackedValues,
  RejectedCount,
  TableState,
} from './column-state.js';
import { joinRegisters } from './estimate-distinct.js';
import { finishMany, packTable, sumsOf } from './grow-column.js';
import type { ProfileLimits } from './limits.js';
import { addNew, createValueTable, findValue, poolBytes, type ValueTable } from './value-table.js';

/** Of records of one table. */
export function mergeTables(a: TableState, b: TableState, limits: ProfileLimits): TableState {
  return {
    rows: a.rows + b.rows,
    blank: a.blank + b.blank,
    rejected: mergeRejected(a.rejected, b.rejected),
    columns: a.columns.map((column, i) => mergeColumns(column, b.columns[i]!, limits)),
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

export function mergeColumns(a: ColumnState, b: ColumnState, limits: ProfileLimits): ColumnState {
  const joined = a.values !== null && b.values !== null ? joinValues(a.values, b.values) : null;
  const isHeld = joined !== null && holds(joined, limits);
  return {
    empty: a.empty + b.empty,
    tokens: mergeTokens(a, b),
    kinds: mergeKinds(a.kinds, b.kinds),
    spaced:
      a.spaced === null || b.spaced === null
        ? (a.spaced ?? b.spaced)
        : { ...first(a.spaced, b.spaced), count: a.spaced.count + b.spaced.count },
    shortest: Math.min(a.shortest, b.shortest),
    longest: Math.max(a.longest, b.longest),
    firstDate: least(a.firstDate, b.firstDate),
    lastDate: greatest(a.lastDate, b.lastDate),
    values: isHeld ? packTable(joined) : null,
    many: isHeld ? null : mergeMany(manyOf(a, limits), manyOf(b, limits), limits),
  };
}

function mergeTokens(a: ColumnState, b: ColumnState): ColumnState['tokens'] {
  const counts = new Map(a.tokens.map(({ token, count }) => [token, count]));
  for (const { token, count } of b.tokens) counts.set(token, count + (counts.get(token) ?? 0));
  return [...counts].map(([token, count]) => ({ token, count }));
}

/** Whichever stands before the other: by input, then by line. */
function first<T extends CellCount>(a: T, b: T): T {
  return b.input < a.input || (b.input === a.input && b.line < a.line) ? b : a;
}

function mergeKinds(a: readonly KindCount[], b: readonly KindCount[]): readonly KindCount[] {
  const merged = new Map(a.map((one) => [one.kind, one]));
  for (const one of b) {
    const known = merged.get(one.kind);
    if (known === undefined) merged.set(one.kind, one);
    else merged.set(one.kind, { ...first(known, one), count: known.count + one.count });
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

/** The table that the values were packed from. */
export function unpackValues(packed: PackedValues): ValueTable {
  const table = createValueTable();
  addPacked(table, packed);
  return table;
}

function joinValues(a: PackedValues, b: PackedValues): ValueTable {
  const table = unpackValues(a);
  addPacked(table, b);
  return table;
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

function holds(table: ValueTable, { distinct, distinctBytes }: ProfileLimits): boolean {
  return table.size <= distinct && poolBytes(table) <= distinctBytes;
}

/** The sums of a column, whether or not it came with all of its values. */
function manyOf({ values, many }: ColumnState, limits: ProfileLimits): ManyValues {
  if (values === null) return many!;
  const table = unpackValues(values);
  return finishMany(sumsOf(table, () => false, limits));
}

function mergeMany(a: ManyValues, b: ManyValues, limits: ProfileLimits): ManyValues {
  const registers = a.registers.slice();
  joinRegisters(registers, b.registers);
  const hasBoth = a.numbers !== null && b.numbers !== null;
  const numbers = hasBoth ? mergeNumbers(a.numbers, b.numbers, limits) : (a.numbers ?? b.numbers);
  return { registers, numbers };
}

function mergeNumbers(a: NumberState, b: NumberState, limits: ProfileLimits): NumberState {
  const moments = structuredClone(a.moments);
  mergeMoments(moments, b.moments);
  return {
    moments,
    tails: mergeTails(a.tails, b.tails, limits.tail),
    sample: joinSamples(a, b, limits.sample),
  };
}

/** Values of both in the same proportion, so that the sample is like the whole. */
function joinSamples(a: NumberState, b: NumberState, limit: number): Float64Array {
  const total = a.moments.count + b.moments.count;
  const apart = Math.max(
    ...[a, b].map(({ moments, sample }) => moments.count / sample.length),
    total / limit,
  );
  const parts = [a, b].map(({ moments, sample }) => thin(sample, Math.ceil(moments.count / apart)));
  const joined = new Float64Array(parts[0]!.length + parts[1]!.length);
  joined.set(parts[0]!);
  joined.set(parts[1]!, parts[0]!.length);
  return joined;
}

/** So many of the values, evenly apart. */
function thin(values: Float64Array, count: number): Float64Array {
  if (count >= values.length) return values;
  const thinned = new Float64Array(count);
  for (let i = 0; i < count; i++) thinned[i] = values[Math.floor((i * values.length) / count)]!;
  return thinned;
}

/** The same as part of what is told of all inputs. @param input its place among them. */
export function placeIn(state: ColumnState, input: number): ColumnState {
  return {
    ...state,
    kinds: state.kinds.map((one) => ({ ...one, input })),
    spaced: state.spaced === null ? null : { ...state.spaced, input },
  };
}

/** Of no cell. */
export const NO_CELLS: ColumnState = {
  ...{ empty: 0, tokens: [], kinds: [], spaced: null },
  ...{ shortest: Number.POSITIVE_INFINITY, longest: 0, firstDate: null, lastDate: null },
  values: { counts: new Float64Array(0), ends: new Uint32Array(0), pool: new Uint8Array(0) },
  many: null,
};

/** The values, as texts. */
export function packedTexts({ ends, pool }: PackedValues): readonly string[] {
  const text = Buffer.from(pool.buffer, pool.byteOffset, pool.byteLength);
  const texts: string[] = [];
  let start = 0;
  for (const end of ends) {
    texts.push(text.toString('utf8', start, end));
    start = end;
  }
  return texts;
}
