/**
 * Gathers from rows what the outlier rule judges a column by. Keeps every numeric value: large,
 * but the quartiles are exact and obviously right.
 */
import { type MemoryBudget, release, reserve } from '../base/memory-budget.js';
import { isMissing } from '../csv/missing.js';
import { parseNumber } from '../csv/parse-number.js';
import { MISSING, NUMBER } from '../kernel/cell-kinds.js';
import { kindOfNumber } from '../kernel/scalar/number-kind.js';
import type { Column } from './columns.js';
import type { Numbers, Selection } from './expression/vector/vectors.js';
import { type ColumnSample, NOTATION_LIMIT, TEXT_LIMIT } from './outliers/column-sample.js';

/** A sample that still grows. */
export interface GrowingSample {
  readonly column: Column;
  textCount: number;
  /** As soon as so many texts stand before the first number, the column is text. */
  readonly textLimit: number;
  valueCount: number;
  /** Longer than `valueCount`, like the two below. */
  values: Float64Array;
  /** Null as long as every value is of group 0. */
  groups: Int32Array | null;
  /** Of the first `NOTATION_LIMIT` values. */
  notations: Uint8Array;
  /** What it took from the budget. */
  reservedBytes: number;
}

const FIRST_ROOM = 1024;
const BYTES_PER_VALUE = 8;
const BYTES_PER_GROUP = 4;

/** @param isNamed the user named the column, so that all of it is looked at. */
export function createSample(
  column: Column,
  budget: MemoryBudget,
  isNamed: boolean,
): GrowingSample {
  const sample: GrowingSample = {
    column,
    textCount: 0,
    textLimit: isNamed ? Number.POSITIVE_INFINITY : TEXT_LIMIT,
    valueCount: 0,
    values: new Float64Array(0),
    groups: null,
    notations: new Uint8Array(0),
    reservedBytes: 0,
  };
  grow(sample, FIRST_ROOM, budget);
  return sample;
}

/** Whether nothing more can change what the column is. */
export function isText({ valueCount, textCount, textLimit }: GrowingSample): boolean {
  return valueCount === 0 && textCount >= textLimit;
}

/** Adds the cell of one row. @param group 0 when rows are not grouped. */
export function addToSample(
  sample: GrowingSample,
  text: string,
  group: number,
  budget: MemoryBudget,
): void {
  if (isText(sample) || isMissing(text)) return;
  const value = parseNumber(text);
  if (Number.isNaN(value)) {
    sample.textCount++;
    return;
  }
  makeRoom(sample, 1, 0, budget);
  if (group !== 0) groupsOf(sample, budget)[sample.valueCount] = group;
  if (sample.valueCount < NOTATION_LIMIT) {
    sample.notations[sample.valueCount] = kindOfNumber(text);
  }
  sample.values[sample.valueCount++] = value;
}

/**
 * Adds the cells of the selected rows, read as numbers.
 *
 * @param groups group number of each row, or null when rows are not grouped.
 * @param expectedCount about how many values there will be in all, or 0: room is made for so many
 *   at once, where the budget holds them.
 */
export function addAllToSample(
  sample: GrowingSample,
  numbers: Numbers,
  selection: Selection,
  groups: Int32Array | null,
  budget: MemoryBudget,
  expectedCount = 0,
): void {
  if (sample.valueCount === 0 && beginsWithTexts(sample, numbers.kinds, selection)) return;
  makeRoom(sample, selection.count, expectedCount, budget);
  const before = sample.valueCount;
  if (groups !== null) {
    addGroups(groupsOf(sample, budget), before, numbers.kinds, selection, groups);
  }
  if (before < NOTATION_LIMIT) addNotations(sample.notations, before, numbers.kinds, selection);
  const { end, missingCount } = addValues(sample.values, before, numbers, selection);
  sample.valueCount = end;
  sample.textCount += selection.count - missingCount - (end - before);
}

/** Whether the sample, without a number so far, turns out to be text here; counts up to there. */
function beginsWithTexts(
  sample: GrowingSample,
  kinds: Uint8Array,
  { rows, count }: Selection,
): boolean {
  let textCount = sample.textCount;
  for (let k = 0; k < count && textCount < sample.textLimit; k++) {
    const kind = kinds[rows[k]!]!;
    if (kind >= NUMBER) return false;
    if (kind !== MISSING) textCount++;
  }
  if (textCount < sample.textLimit) return false;
  sample.textCount = textCount;
  return true;
}

/** Writes the numbers to `to` from `at` on. @returns where they end there. */
function addValues(
  to: Float64Array,
  at: number,
  { values, kinds }: Numbers,
  selection: Selection,
): { end: number; missingCount: number } {
  const { rows, count } = selection;
  if (count > 0 && areNeighbouringNumbers(kinds, selection)) {
    to.set(values.subarray(rows[0]!, rows[0]! + count), at);
    return { end: at + count, missingCount: 0 };
  }
  let end = at;
  let missingCount = 0;
  for (let k = 0; k < count; k++) {
    const row = rows[k]!;
    const kind = kinds[row]!;
    if (kind >= NUMBER) to[end++] = values[row]!;
    else if (kind === MISSING) missingCount++;
  }
  return { end, missingCount };
}

/** Whether the selected rows lie side by side and all have numbers, which are copied at once. */
function areNeighbouringNumbers(kinds: Uint8Array, { rows, count }: Selection): boolean {
  const first = rows[0]!;
  for (let k = 0; k < count; k++) {
    if (rows[k] !== first + k || kinds[first + k]! < NUMBER) return false;
  }
  return true;
}

/** Writes how the numbers are written to `to` from `at` on, as far as it goes. */
function addNotations(
  to: Uint8Array,
  at: number,
  kinds: Uint8Array,
  { rows, count }: Selection,
): void {
  let end = at;
  for (let k = 0; k < count && end < to.length; k++) {
    const kind = kinds[rows[k]!]!;
    if (kind >= NUMBER) to[end++] = kind;
  }
}

/** Writes the groups of the numbers to `to` from `at` on. */
function addGroups(
  to: Int32Array,
  at: number,
  kinds: Uint8Array,
  { rows, count }: Selection,
  groups: Int32Array,
): void {
  let end = at;
  for (let k = 0; k < count; k++) {
    const row = rows[k]!;
    if (kinds[row]! >= NUMBER) to[end++] = groups[row]!;
  }
}

/**
 * Room for `count` more values; when there is none, for `expectedCount` or twice as many, or as
 * much as a spare array has.
 */
function makeRoom(
  sample: GrowingSample,
  count: number,
  expectedCount: number,
  budget: MemoryBudget,
): void {
  const needed = sample.valueCount + count;
  if (needed <= sample.values.length) return;
  const wanted = Math.max(needed, expectedCount > 0 ? expectedCount : sample.values.length * 2);
  const room = roomOfSpare(wanted) ?? roundUp(wanted);
  const roomBytes = room * (BYTES_PER_VALUE + BYTES_PER_GROUP) + NOTATION_LIMIT;
  const holds = budget.reservedBytes + roomBytes <= budget.limitBytes;
  grow(sample, holds ? room : needed, budget);
}

function grow(sample: GrowingSample, room: number, budget: MemoryBudget): void {
  const { values, notations, groups } = sample;
  const notationRoom = Math.min(room, NOTATION_LIMIT);
  take(
    sample,
    (room - values.length) * BYTES_PER_VALUE +
      (notationRoom - notations.length) +
      (groups === null ? 0 : (room - groups.length) * BYTES_PER_GROUP),
    budget,
  );
  sample.values = takeSpare(room) ?? new Float64Array(room);
  sample.values.set(values.subarray(0, sample.valueCount));
  keepSpare(values);
  if (notationRoom > notations.length) {
    sample.notations = new Uint8Array(notationRoom);
    sample.notations.set(notations);
  }
  if (groups !== null) {
    sample.groups = new Int32Array(room);
    sample.groups.set(groups);
  }
}

/** Gives back what the sample took. No value of it, or of its finished form, may be used after. */
export function freeSample(sample: GrowingSample, budget: MemoryBudget): void {
  release(budget, sample.reservedBytes);
  sample.reservedBytes = 0;
  keepSpare(sample.values);
  sample.values = new Float64Array(0);
}

/**
 * Arrays of samples that are done, for those of the next file: the system takes longer to give and
 * clear new memory than we to fill it. In use they count as reserved; idle ones are few.
 */
const spares: Float64Array[] = [];
const SPARE_LIMIT_BYTES = 1 << 25;
const LEAST_SPARE = 1 << 12;

function keepSpare(values: Float64Array): void {
  if (values.length < LEAST_SPARE || values.byteLength > SPARE_LIMIT_BYTES) return;
  spares.push(values);
  let heldBytes = spares.reduce((sum, { byteLength }) => sum + byteLength, 0);
  while (heldBytes > SPARE_LIMIT_BYTES) heldBytes -= spares.shift()!.byteLength;
}

/** By an eighth at most, so that files of about one length take arrays of one length. */
function roundUp(count: number): number {
  const step = 2 ** Math.max(0, Math.floor(Math.log2(count)) - 3);
  return Math.ceil(count / step) * step;
}

/** The length of the shortest spare array that holds `count` values; null when none does. */
function roomOfSpare(count: number): number | null {
  const lengths = spares.map(({ length }) => length).filter((length) => length >= count);
  return lengths.length === 0 ? null : Math.min(...lengths);
}

function takeSpare(length: number): Float64Array | null {
  const at = spares.findIndex((spare) => spare.length === length);
  return at < 0 ? null : spares.splice(at, 1)[0]!;
}

/** The groups of the values, made where they were all 0 so far. */
function groupsOf(sample: GrowingSample, budget: MemoryBudget): Int32Array {
  if (sample.groups === null) {
    take(sample, sample.values.length * BYTES_PER_GROUP, budget);
    sample.groups = new Int32Array(sample.values.length);
  }
  return sample.groups;
}

function take(sample: GrowingSample, bytes: number, budget: MemoryBudget): void {
  reserve(budget, bytes, `the values of column "${sample.column.name}"`);
  sample.reservedBytes += bytes;
}

/** The finished sample. @param groupCount 0 when rows are not grouped. */
export function finishSample(sample: GrowingSample, groupCount: number): ColumnSample {
  const { valueCount, groups } = sample;
  return {
    name: sample.column.name,
    textCount: sample.textCount,
    isText: isText(sample),
    values: sample.values.subarray(0, valueCount),
    notations: sample.notations.subarray(0, valueCount),
    groups:
      groupCount === 0 ? null : (groups?.subarray(0, valueCount) ?? new Int32Array(valueCount)),
    groupCount: Math.max(1, groupCount),
  };
}
