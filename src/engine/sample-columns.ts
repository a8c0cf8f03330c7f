/**
 * Gathers from rows what the outlier rule judges a column by. Keeps every numeric value: slow and
 * large, but the quartiles are exact and obviously right.
 */
import { type MemoryBudget, reserve } from '../base/memory-budget.js';
import { isMissing } from '../csv/missing.js';
import { parseNumber } from '../csv/parse-number.js';
import { MISSING, NUMBER } from '../kernel/cell-kinds.js';
import { kindOfNumber } from '../kernel/scalar/number-kind.js';
import type { Column } from './columns.js';
import type { Numbers, Selection } from './expression/vector/vectors.js';
import { type ColumnSample, NOTATION_LIMIT } from './outliers/column-sample.js';

/** A sample that still grows. */
export interface GrowingSample {
  readonly column: Column;
  missingCount: number;
  textCount: number;
  valueCount: number;
  values: Float64Array;
  groups: Int32Array;
  readonly notations: number[];
  /** What it took from the budget. */
  reservedBytes: number;
}

const FIRST_ROOM = 1024;
const BYTES_PER_VALUE = 12;

export function createSample(column: Column, budget: MemoryBudget): GrowingSample {
  reserve(budget, FIRST_ROOM * BYTES_PER_VALUE, valuesOf(column));
  return {
    column,
    missingCount: 0,
    textCount: 0,
    valueCount: 0,
    values: new Float64Array(FIRST_ROOM),
    groups: new Int32Array(FIRST_ROOM),
    notations: [],
    reservedBytes: FIRST_ROOM * BYTES_PER_VALUE,
  };
}

function valuesOf(column: Column): string {
  return `the values of column "${column.name}"`;
}

/** Adds the cell of one row. */
export function addToSample(
  sample: GrowingSample,
  text: string,
  group: number,
  budget: MemoryBudget,
): void {
  if (isMissing(text)) {
    sample.missingCount++;
    return;
  }
  const value = parseNumber(text);
  if (Number.isNaN(value)) {
    sample.textCount++;
    return;
  }
  makeRoom(sample, 1, budget);
  if (sample.valueCount < NOTATION_LIMIT) sample.notations.push(kindOfNumber(text));
  sample.groups[sample.valueCount] = group;
  sample.values[sample.valueCount++] = value;
}

/**
 * Adds the cells of the selected rows, read as numbers.
 *
 * @param groups group number of each row, or null when rows are not grouped.
 */
export function addAllToSample(
  sample: GrowingSample,
  { values, kinds }: Numbers,
  { rows, count }: Selection,
  groups: Int32Array | null,
  budget: MemoryBudget,
): void {
  makeRoom(sample, count, budget);
  const before = sample.valueCount;
  let valueCount = before;
  let missingCount = 0;
  for (let k = 0; k < count; k++) {
    const row = rows[k]!;
    const kind = kinds[row]!;
    if (kind < NUMBER) {
      if (kind === MISSING) missingCount++;
      continue;
    }
    if (valueCount < NOTATION_LIMIT) sample.notations.push(kind);
    if (groups !== null) sample.groups[valueCount] = groups[row]!;
    sample.values[valueCount++] = values[row]!;
  }
  sample.valueCount = valueCount;
  sample.missingCount += missingCount;
  sample.textCount += count - missingCount - (valueCount - before);
}

function makeRoom(sample: GrowingSample, count: number, budget: MemoryBudget): void {
  const needed = sample.valueCount + count;
  if (needed <= sample.values.length) return;
  const room = Math.max(needed, sample.values.length * 2);
  const moreBytes = (room - sample.values.length) * BYTES_PER_VALUE;
  reserve(budget, moreBytes, valuesOf(sample.column));
  sample.reservedBytes += moreBytes;
  const values = new Float64Array(room);
  values.set(sample.values);
  sample.values = values;
  const groups = new Int32Array(room);
  groups.set(sample.groups);
  sample.groups = groups;
}

/** The finished sample. @param groupCount 0 when rows are not grouped. */
export function finishSample(sample: GrowingSample, groupCount: number): ColumnSample {
  return {
    name: sample.column.name,
    missingCount: sample.missingCount,
    textCount: sample.textCount,
    values: sample.values.subarray(0, sample.valueCount),
    notations: Uint8Array.from(sample.notations),
    groups: groupCount === 0 ? null : sample.groups.subarray(0, sample.valueCount),
    groupCount: Math.max(1, groupCount),
  };
}
