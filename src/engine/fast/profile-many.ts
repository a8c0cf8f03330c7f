/**
 * Sums of the cells of a column that has too many different values to hold them: each cell is
 * looked at for itself, by its bytes as far as that will do.
 */
import { isMissing } from '../../csv/missing.js';
import { parseNumber } from '../../csv/parse-number.js';
import { INTEGER, MISSING, NUMBER } from '../../kernel/cell-kinds.js';
import type { Numbers } from '../expression/vector/vectors.js';
import {
  decode,
  type GrowingColumn,
  noteKind,
  noteLength,
  noteText,
  numbersOf,
  registerAt,
} from '../profile/grow-column.js';
import { addNumbers } from '../profile/grow-numbers.js';
import { ISO_KINDS, isoKindAt } from '../profile/iso-date.js';
import {
  isNumeric,
  kindOfValue,
  LEAST_LONG_INTEGER,
  type ValueKind,
} from '../profile/value-kind.js';
import { type Block, lineAt, startOfRecord } from './block.js';

/** Cells of a column: where they are in some bytes, and of which records; `count` of them. */
export interface Cells {
  count: number;
  starts: Uint32Array;
  ends: Uint32Array;
  rows: Uint32Array;
  /** 16 bytes behind each cell can be read. */
  bytes: Uint8Array;
  view: DataView;
}

export function createCells(): Cells {
  const none = new Uint32Array(0);
  const bytes = new Uint8Array(0);
  const view = new DataView(bytes.buffer);
  return { count: 0, starts: none, ends: none, rows: none, bytes, view };
}

/** Makes room for the places of `count` cells. */
export function makeRoom(cells: Cells, count: number): void {
  if (cells.starts.length >= count) return;
  cells.starts = new Uint32Array(2 * count);
  cells.ends = new Uint32Array(2 * count);
  cells.rows = new Uint32Array(2 * count);
}

/** Room for the numbers of a block. */
let scratch = new Float64Array(0);

const TEXT_KIND = ISO_KINDS.length;
/** Kinds that are told without a text. Behind the dates and texts as the kernel numbers them. */
const KINDS: readonly ValueKind[] = [
  ...ISO_KINDS,
  ...(['text', 'number', 'integer', 'leading_zero', 'long_integer'] as const),
];
const FIRST_NUMBER = TEXT_KIND + 1;
const LONG_INTEGER = KINDS.length - 1;

/** What a block adds to a column: by kind how many cells, and which is the first. */
const counts = new Uint32Array(KINDS.length);
const firsts = new Uint32Array(KINDS.length);

/** Adds the cells from `from` on. */
export function sumCells(
  column: GrowingColumn,
  block: Block,
  { kinds, values }: Numbers,
  cells: Cells,
  from: number,
): void {
  const { bytes, starts, ends, rows, count } = cells;
  counts.fill(0);
  hashCells(column, kinds, cells, from);
  for (let i = from; i < count; i++) {
    const kind = kinds[rows[i]!]!;
    if (kind >= NUMBER) {
      const isLong = kind === INTEGER && Math.abs(values[rows[i]!]!) >= LEAST_LONG_INTEGER;
      countCell(isLong ? LONG_INTEGER : FIRST_NUMBER + kind - NUMBER, i);
      noteLength(column, ends[i]! - starts[i]!);
    } else if (kind === MISSING) addToken(column, decode(bytes, starts[i]!, ends[i]!));
    else sumTextCell(column, block, cells, i);
  }
  sumNumbers(column, kinds, values, cells, from);
  tellKinds(column, block, cells);
  if (counts.subarray(0, TEXT_KIND).some((found) => found > 0)) sumDates(column, cells, from);
}

function countCell(kind: number, i: number): void {
  if (counts[kind] === 0) firsts[kind] = i;
  counts[kind] = counts[kind]! + 1;
}

/** This loop stands alone: see the fast engine. */
function hashCells(
  { many }: GrowingColumn,
  kinds: Uint8Array,
  { view, starts, ends, rows, count }: Cells,
  from: number,
): void {
  const { registers } = many!;
  for (let i = from; i < count; i++) {
    if (kinds[rows[i]!] === MISSING) continue;
    registerAt(registers, view, starts[i]!, ends[i]! - starts[i]!);
  }
}

function addToken({ tokens }: GrowingColumn, token: string): void {
  tokens.set(token, (tokens.get(token) ?? 0) + 1);
}

function sumTextCell(
  column: GrowingColumn,
  block: Block,
  { bytes, starts, ends, rows }: Cells,
  i: number,
): void {
  const start = starts[i]!;
  const end = ends[i]!;
  const iso = isoKindAt(bytes, start, end - start);
  if (iso >= 0) {
    countCell(iso, i);
    noteLength(column, end - start);
  } else if (isPlainText(bytes, start, end)) {
    countCell(TEXT_KIND, i);
    const isExtreme = end - start > column.longest || end - start < 4 * column.shortest;
    if (isExtreme) noteLength(column, countCharacters(bytes, start, end));
  } else {
    const text = decode(bytes, start, end);
    const kind = kindOfValue(text);
    noteText(column, kind, text);
    if (kind === 'text') countCell(TEXT_KIND, i);
    else noteKind(column, kind, 1, lineOf(block, rows[i]!), text);
  }
}

const LONGEST_WORD = 5;

/** Whether the bytes tell already that the value is text, as `kindOfValue` would say. */
function isPlainText(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start]!;
  const last = bytes[end - 1]!;
  const isDigit = last >= 0x30 && last <= 0x39;
  if (first >= 0x80) return !isDigit && last !== 0x29;
  const letter = first | 0x20;
  if (letter < 0x61 || letter > 0x7a || end - start <= LONGEST_WORD) return false;
  // Times may end in AM, PM or Z.
  return !isDigit && last !== 0x6d && last !== 0x4d && last !== 0x5a;
}

function countCharacters(bytes: Uint8Array, start: number, end: number): number {
  let characters = 0;
  for (let at = start; at < end; at++) if ((bytes[at]! & 0xc0) !== 0x80) characters++;
  return characters;
}

function sumNumbers(
  column: GrowingColumn,
  kinds: Uint8Array,
  values: Float64Array,
  { rows, count }: Cells,
  from: number,
): void {
  if (scratch.length < count) scratch = new Float64Array(2 * count);
  const numbers = scratch;
  let numberCount = 0;
  for (let i = from; i < count; i++) {
    const row = rows[i]!;
    if (kinds[row]! >= NUMBER) numbers[numberCount++] = values[row]!;
  }
  if (numberCount > 0) addNumbers(numbersOf(column.many!, column.room), numbers, numberCount);
}

function tellKinds(
  column: GrowingColumn,
  block: Block,
  { bytes, starts, ends, rows }: Cells,
): void {
  KINDS.forEach((kind, at) => {
    if (counts[at] === 0) return;
    const first = firsts[at]!;
    const text = decode(bytes, starts[first]!, ends[first]!);
    noteKind(column, kind, counts[at]!, lineOf(block, rows[first]!), text);
  });
}

/** The first and last of the dates that are told by their bytes. */
function sumDates(
  column: GrowingColumn,
  { bytes, starts, ends, count }: Cells,
  from: number,
): void {
  let least = -1;
  let greatest = -1;
  for (let i = from; i < count; i++) {
    if (isoKindAt(bytes, starts[i]!, ends[i]! - starts[i]!) < 0) continue;
    if (least < 0) {
      least = i;
      greatest = i;
    } else if (compare(bytes, starts, ends, i, least) < 0) least = i;
    else if (compare(bytes, starts, ends, i, greatest) > 0) greatest = i;
  }
  for (const i of [least, greatest]) {
    noteText(column, ISO_KINDS[0]!, decode(bytes, starts[i]!, ends[i]!));
  }
}

/** The order of two cells as texts. */
function compare(
  bytes: Uint8Array,
  starts: Uint32Array,
  ends: Uint32Array,
  a: number,
  b: number,
): number {
  const aStart = starts[a]!;
  const bStart = starts[b]!;
  const aLength = ends[a]! - aStart;
  const bLength = ends[b]! - bStart;
  const length = Math.min(aLength, bLength);
  for (let at = 0; at < length; at++) {
    const difference = bytes[aStart + at]! - bytes[bStart + at]!;
    if (difference !== 0) return difference;
  }
  return aLength - bLength;
}

/** Adds one cell by itself. @param view of its text, which is trimmed and not empty. */
export function sumText(
  column: GrowingColumn,
  view: DataView,
  length: number,
  text: string,
  line: number,
): void {
  if (isMissing(text)) {
    addToken(column, text);
    return;
  }
  const many = column.many!;
  const kind = kindOfValue(text);
  registerAt(many.registers, view, 0, length);
  noteKind(column, kind, 1, line, text);
  noteText(column, kind, text);
  if (!isNumeric(kind)) return;
  addNumbers(numbersOf(many, column.room), Float64Array.of(parseNumber(text)), 1);
}

export function lineOf(block: Block, record: number): number {
  return lineAt(block, startOfRecord(block, record));
}
