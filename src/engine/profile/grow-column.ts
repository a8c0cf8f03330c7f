/**
 * A column while its cells are looked at: first all its different values, and when they are too
 * many, sums of what comes. What it ends as depends neither on the order of the cells nor on how
 * they are cut into parts.
 */
import { cutText } from '../../base/cut-text.js';
import { isMissing } from '../../csv/missing.js';
import { parseNumber } from '../../csv/parse-number.js';
import type { ColumnState, KindCount, ManyValues, PackedValues } from './column-state.js';
import { sortsByTime } from './date-format.js';
import { createRegisters, register } from './estimate-distinct.js';
import {
  addCounted,
  createHeldRoom,
  finishNumbers,
  type GrowingNumbers,
  growNumbers,
  type HeldRoom,
} from './grow-numbers.js';
import { hashLong, hashWords, highWord, lowWord, rehash } from './hash-bytes.js';
import { ISO_KINDS, isoKindAt } from './iso-date.js';
import { EXAMPLE_LENGTH, type ProfileLimits } from './limits.js';
import { kindOfValue, type ValueKind } from './value-kind.js';
import {
  addNew,
  createValueTable,
  poolBytes,
  startOf,
  textOf,
  type ValueTable,
} from './value-table.js';

/** A kind of value, as far as it was met. */
interface GrowingKind {
  count: number;
  line: number;
  example: string;
}

export interface GrowingMany {
  readonly registers: Uint8Array;
  numbers: GrowingNumbers | null;
}

export interface GrowingColumn {
  readonly limits: ProfileLimits;
  /** For the numbers of all columns of its table. */
  readonly room: HeldRoom;
  empty: number;
  readonly tokens: Map<string, number>;
  readonly kinds: Map<ValueKind, GrowingKind>;
  spaced: GrowingKind | null;
  shortest: number;
  longest: number;
  firstDate: string | null;
  lastDate: string | null;
  /** All different values so far and the kind of each, tokens included; null: too many. */
  values: ValueTable | null;
  valueKinds: (ValueKind | null)[];
  /** So many of them are values, and so many bytes those of tokens. */
  distinct: number;
  tokenBytes: number;
  many: GrowingMany | null;
}

export function growColumn(limits: ProfileLimits, room: HeldRoom): GrowingColumn {
  return {
    ...{ limits, room },
    empty: 0,
    tokens: new Map(),
    kinds: new Map(),
    spaced: null,
    ...{ shortest: Number.POSITIVE_INFINITY, longest: 0, firstDate: null, lastDate: null },
    values: createValueTable(),
    ...{ valueKinds: [], distinct: 0, tokenBytes: 0, many: null },
  };
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export function decode(bytes: Uint8Array, start: number, end: number): string {
  return decoder.decode(bytes.subarray(start, end));
}

/** What dates of ISO 8601 have at least, and their first sign. */
const LEAST_ISO = 10;
const MINUS = 0x2d;

/** As `kindOfValue`, sooner for dates. */
function kindAt(view: DataView, start: number, length: number, text: string): ValueKind {
  if (length < LEAST_ISO || view.getUint8(start + 4) !== MINUS) return kindOfValue(text);
  const bytes = new Uint8Array(view.buffer, view.byteOffset + start, length);
  return ISO_KINDS[isoKindAt(bytes, 0, length)] ?? kindOfValue(text);
}

/**
 * Adds a value that is not in the table, met `count` times. Where that makes too many, the column
 * goes on without.
 *
 * @param lineOf asked for the line of the cell, where it is the first of its kind.
 */
export function enterValue(
  column: GrowingColumn,
  view: DataView,
  start: number,
  length: number,
  text: string,
  lineOf: () => number,
  count = 1,
): void {
  const values = column.values!;
  const kind = isMissing(text) ? null : kindAt(view, start, length, text);
  addNew(values, view, start, length, count);
  column.valueKinds.push(kind);
  if (kind === null) {
    column.tokenBytes += length;
    return;
  }
  column.distinct++;
  if (!column.kinds.has(kind)) noteKind(column, kind, 0, lineOf(), text);
  noteText(column, kind, text);
  const { distinct, distinctBytes } = column.limits;
  const bytes = poolBytes(values) - column.tokenBytes;
  if (column.distinct > distinct || bytes > distinctBytes) leaveTable(column);
}

/** Counts cells of a kind in. @param line of one of them, and `text` its value. */
export function noteKind(
  { kinds }: GrowingColumn,
  kind: ValueKind,
  count: number,
  line: number,
  text: string,
): void {
  const known = kinds.get(kind);
  if (known === undefined) kinds.set(kind, { count, line, example: cutText(text, EXAMPLE_LENGTH) });
  else {
    known.count += count;
    if (line < known.line) Object.assign(known, { line, example: cutText(text, EXAMPLE_LENGTH) });
  }
}

/** Counts cells that trimming changes. @param line of one of them. */
export function noteSpaced(column: GrowingColumn, line: number, text: string): void {
  column.spaced ??= { count: 0, line, example: cutText(text, EXAMPLE_LENGTH) };
  column.spaced.count++;
  if (line < column.spaced.line)
    Object.assign(column.spaced, { line, example: cutText(text, EXAMPLE_LENGTH) });
}

/** What of a value does not count how often it is met. */
export function noteText(column: GrowingColumn, kind: ValueKind, text: string): void {
  noteLength(column, lengthOf(text));
  if (!kind.startsWith('date ') || !sortsByTime(kind.slice(5))) return;
  if (column.firstDate === null || text < column.firstDate) column.firstDate = text;
  if (column.lastDate === null || text > column.lastDate) column.lastDate = text;
}

/** In characters, as a person counts code points. */
function lengthOf(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0xd800 && code < 0xdc00) length--;
  }
  return length;
}

export function noteLength(column: GrowingColumn, length: number): void {
  if (length < column.shortest) column.shortest = length;
  if (length > column.longest) column.longest = length;
}

/** Goes on without the table: what it holds is counted into sums. */
function leaveTable(column: GrowingColumn): void {
  countTable(column);
  const { valueKinds, room } = column;
  const values = packTable(column.values!);
  column.many = sumsOf(values, room, (at) => valueKinds[at] === null);
  column.values = null;
  column.valueKinds = [];
}

/** Counts tokens and kinds by the values of the table. */
function countTable({ values, valueKinds, kinds, tokens }: GrowingColumn): void {
  valueKinds.forEach((kind, value) => {
    const count = values!.counts[value]!;
    if (kind !== null) kinds.get(kind)!.count += count;
    else tokens.set(textOf(values!, value), count);
  });
}

/** Hashing reads words behind the last text. */
const PADDING = 16;

/** @param isToken whether the one of that number is no value. */
function sumsOf(
  { counts, ends, pool }: PackedValues,
  room: HeldRoom,
  isToken: (at: number) => boolean,
): GrowingMany {
  const many: GrowingMany = { registers: createRegisters(), numbers: null };
  const bytes = Buffer.alloc(pool.length + PADDING);
  bytes.set(pool);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const values: number[] = [];
  const times: number[] = [];
  for (let at = 0, start = 0; at < ends.length; start = ends[at++]!) {
    if (isToken(at)) continue;
    const end = ends[at]!;
    registerAt(many.registers, view, start, end - start);
    const value = parseNumber(bytes.toString('utf8', start, end));
    if (Number.isNaN(value)) continue;
    values.push(value);
    times.push(counts[at]!);
  }
  if (values.length > 0) {
    addCounted(numbersOf(many, room), Float64Array.from(values), Float64Array.from(times));
  }
  return many;
}

/** The sums of a column that came with all of its values. */
export function sumValues(values: PackedValues, limits: ProfileLimits): ManyValues {
  return finishMany(sumsOf(values, createHeldRoom(limits), () => false));
}

export function registerAt(
  registers: Uint8Array,
  view: DataView,
  start: number,
  length: number,
): void {
  const hash =
    length > 8
      ? hashLong(view, start, length)
      : hashWords(lowWord(view, start, length), highWord(view, start, length), length);
  register(registers, hash, rehash(view, start, length));
}

/** Where numbers are counted in; made for the first. */
export function numbersOf(many: GrowingMany, room: HeldRoom): GrowingNumbers {
  many.numbers ??= growNumbers(room);
  return many.numbers;
}

/** What it has come to; nothing may follow. */
export function finishColumn(column: GrowingColumn): ColumnState {
  const { empty, tokens, kinds, spaced, many, values } = column;
  if (values !== null) countTable(column);
  const { shortest, longest, firstDate, lastDate } = column;
  return {
    empty,
    tokens: [...tokens].map(([token, count]) => ({ token, count })),
    kinds: [...kinds].map(([kind, counts]): KindCount => ({ kind, input: 0, ...counts })),
    spaced: spaced === null ? null : { ...spaced, input: 0 },
    ...{ shortest, longest, firstDate, lastDate },
    values: values === null ? null : packValues(values, column.valueKinds),
    many: many === null ? null : finishMany(many),
  };
}

function finishMany({ registers, numbers }: GrowingMany): ManyValues {
  return { registers, numbers: numbers === null ? null : finishNumbers(numbers) };
}

/** The values alone, without tokens. */
function packValues(table: ValueTable, kinds: readonly (ValueKind | null)[]): PackedValues {
  if (!kinds.includes(null)) return packTable(table);
  const only = createValueTable();
  kinds.forEach((kind, value) => {
    if (kind === null) return;
    const start = startOf(table, value);
    addNew(only, table.view, start, table.ends[value]! - start, table.counts[value]!);
  });
  return packTable(only);
}

export function packTable(table: ValueTable): PackedValues {
  const { size, counts, ends, pool } = table;
  return {
    counts: counts.slice(0, size),
    ends: ends.slice(0, size),
    pool: pool.slice(0, poolBytes(table)),
  };
}
