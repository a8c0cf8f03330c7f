/**
 * Tells a header whose names are numbers, years or months from a record: names follow one another,
 * and differ from the values below them.
 */

import { parseNumber } from '../csv/parse-number.js';
import { familyOf, typeOf } from './cell-type.js';
import { type ColumnKind, columnsWhere, isNumberColumn } from './column-kinds.js';
import { isYear } from './find-table-start.js';
import type { Row } from './read-rows.js';

/** Two numbers rise as often as not. */
const FEWEST_IN_SERIES = 3;

/**
 * Years or months over values that are none, the columns' own numbers from 0, or a series beside a
 * name over texts.
 */
export function readsAsNumberedHeader(
  [first, ...below]: readonly Row[],
  kinds: readonly ColumnKind[],
  typed: readonly number[],
): boolean {
  const cells = typed.map((column) => first!.cells[column]!).filter((cell) => cell !== '');
  const values = below.flatMap((row) => typed.map((column) => row.cells[column]!));
  for (const isKind of [isYear, isMonth]) {
    const alike = values.filter(isKind).length;
    if (cells.every(isKind) && alike < values.length / 2) return true;
  }
  const isCounted =
    typed.length > 2 && typed.every((column, i) => first!.cells[column] === String(i));
  return isCounted || readsAsSeries(first!, below, kinds);
}

/** `01.2024`, a number by its looks. */
function isMonth(text: string): boolean {
  return /^(?:0?[1-9]|1[0-2])[./-](?:19|20)\d\d$/.test(text);
}

/** Rising numbers in all columns of numbers, and a name that is no value over each of texts. */
function readsAsSeries(first: Row, below: readonly Row[], kinds: readonly ColumnKind[]): boolean {
  const numeric = columnsWhere(kinds, isNumberColumn);
  const others = columnsWhere(kinds, ({ values }, i) => values > 0 && !numeric.includes(i));
  const names = others.filter((column) => isNameOver(first, below, column));
  if (numeric.length < FEWEST_IN_SERIES || names.length === 0 || names.length < others.length) {
    return false;
  }
  const series = numbersIn(first, numeric);
  if (!isRising(series)) return false;
  const values = below.map((row) => numbersIn(row, numeric));
  const outside = series.map((number, i) =>
    sideOf(
      number,
      values.map((row) => row[i]!),
    ),
  );
  const out = outside.filter((side) => side !== 0).length;
  const step = stepOf(series);
  const sameBelow = values.filter((row) => stepOf(row) === step).length;
  // One step from name to name, as no record has it; or counts far from all measurements.
  const isStepped = step !== null && 2 * sameBelow < values.length;
  const areYears = numeric.every((column) => isYear(first.cells[column]!));
  const fewestOut = areYears ? series.length / 2 : series.length;
  if (isStepped && out >= fewestOut) return true;
  const areWhole = series.every(Number.isInteger);
  const filled = values.flat().filter((number) => !Number.isNaN(number));
  const fractions = filled.filter((number) => !Number.isInteger(number)).length;
  const areApart = out === series.length && new Set(outside).size === 1;
  return areWhole && areApart && 2 * fractions > filled.length;
}

function isNameOver(first: Row, below: readonly Row[], column: number): boolean {
  const name = first.cells[column]!;
  const isText = name !== '' && familyOf(typeOf(name)) === 'text';
  return isText && !below.some(({ cells }) => cells[column] === name);
}

function numbersIn(row: Row, columns: readonly number[]): number[] {
  // A decimal comma at most: these are compared, not kept.
  return columns.map((column) => parseNumber(row.cells[column]!.replace(',', '.')));
}

function isRising(numbers: readonly number[]): boolean {
  return numbers.every((number, i) => (i === 0 ? !Number.isNaN(number) : number > numbers[i - 1]!));
}

/** null: it is not the same throughout. */
function stepOf(numbers: readonly number[]): number | null {
  // Without what is left over when decimals are subtracted.
  const steps = numbers.slice(1).map((number, i) => Number((number - numbers[i]!).toPrecision(9)));
  return steps.every((step) => step === steps[0]) ? steps[0]! : null;
}

/** −1 below all of the values, 1 above all, 0 among them. */
function sideOf(number: number, values: readonly number[]): -1 | 0 | 1 {
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.every((value) => value < number)) return 1;
  return known.every((value) => value > number) ? -1 : 0;
}
