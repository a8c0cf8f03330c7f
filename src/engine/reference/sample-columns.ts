/**
 * Gathers from rows what the outlier rule judges a column by. Keeps every numeric value: slow and
 * large, but the quartiles are exact and obviously right.
 */
import { type MemoryBudget, reserve } from '../../base/memory-budget.js';
import { isMissing } from '../../csv/missing.js';
import { parseNumber } from '../../csv/parse-number.js';
import type { Column } from '../columns.js';
import {
  type ColumnSample,
  INTEGER_TEXT,
  LEADING_ZERO,
  NOTATION_LIMIT,
} from '../outliers/column-sample.js';

/** A sample that still grows. */
export interface GrowingSample {
  readonly column: Column;
  missingCount: number;
  textCount: number;
  valueCount: number;
  values: Float64Array;
  groups: Int32Array;
  readonly notations: number[];
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
  if (sample.valueCount === sample.values.length) grow(sample, budget);
  sample.values[sample.valueCount] = value;
  sample.groups[sample.valueCount] = group;
  if (sample.valueCount < NOTATION_LIMIT) sample.notations.push(notationOf(text));
  sample.valueCount++;
}

function grow(sample: GrowingSample, budget: MemoryBudget): void {
  const room = sample.values.length * 2;
  reserve(budget, (room - sample.values.length) * BYTES_PER_VALUE, valuesOf(sample.column));
  const values = new Float64Array(room);
  values.set(sample.values);
  sample.values = values;
  const groups = new Int32Array(room);
  groups.set(sample.groups);
  sample.groups = groups;
}

function notationOf(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) return 0;
  return /^[+-]?0\d/.test(text) ? INTEGER_TEXT | LEADING_ZERO : INTEGER_TEXT;
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
