/**
 * The evidence of one column for all that it may be: numbers, dates, truths; and the texts in it
 * that stand for no value. One cell at a time; who reads the cells is not known here.
 */
import { isMissing } from '../../csv/missing.js';
import {
  ISO_DAY,
  ISO_FRACTION,
  ISO_FRACTION_ZULU,
  ISO_MINUTES,
  ISO_SECONDS,
  ISO_T_FRACTION,
  ISO_T_FRACTION_ZULU,
  ISO_T_MINUTES,
  ISO_T_SECONDS,
  ISO_T_ZULU,
  ISO_ZULU,
} from '../../kernel/profiler/text-kinds.js';
import type { BitKind } from './bits.js';
import { DATES, dateBits } from './date-text.js';
import {
  addBits,
  addUnit,
  createEvidence,
  type Evidence,
  type Example,
  isClosed,
  mergeEvidence,
  tells,
} from './evidence.js';
import { LEAST_IDENTIFIER } from './most-digits.js';
import {
  COMMA,
  FORMATTED,
  HAS_UNIT,
  NUMERALS,
  numeralBits,
  PLAIN_INTEGER,
  PLAIN_NUMBER,
  unitOf,
} from './numeral.js';
import { quickDateBits, quickNumeralBits, quickTruthBits, UNSURE } from './quick-bits.js';
import { TRUTHS, truthBits } from './truth-words.js';

export type ValueKind = 'numbers' | 'dates' | 'booleans';

interface KindOfValues extends BitKind {
  readonly bits: (text: string) => number;
}

export const VALUE_KINDS: { readonly [K in ValueKind]: KindOfValues } = {
  numbers: { ...NUMERALS, bits: numeralBits },
  dates: { ...DATES, bits: dateBits },
  booleans: { ...TRUTHS, bits: truthBits },
};

/** Null for what is not asked. Plain data. */
export interface ColumnEvidence {
  readonly numbers: Evidence | null;
  readonly dates: Evidence | null;
  readonly booleans: Evidence | null;
  /** The first cell that stands for no value, if there is one. */
  token: Example | null;
}

export function createColumnEvidence(kinds: readonly ValueKind[]): ColumnEvidence {
  const of = (kind: ValueKind): Evidence | null =>
    kinds.includes(kind) ? createEvidence(VALUE_KINDS[kind]) : null;
  return { numbers: of('numbers'), dates: of('dates'), booleans: of('booleans'), token: null };
}

/**
 * Adds a cell's text, as it stands when values are converted.
 * @param nulls the texts that the user says are no values.
 * @param lineOf the cell's line, asked for only where it is noted.
 */
export function addToEvidence(
  evidence: ColumnEvidence,
  text: string,
  nulls: ReadonlySet<string>,
  lineOf: () => number,
): void {
  if (isMissing(text) || nulls.has(text)) {
    if (text !== '') evidence.token ??= { line: lineOf(), value: text };
    return;
  }
  addToKind(evidence.numbers, VALUE_KINDS.numbers, text, lineOf);
  addToKind(evidence.dates, VALUE_KINDS.dates, text, lineOf);
  addToKind(evidence.booleans, VALUE_KINDS.booleans, text, lineOf);
}

function addToKind(
  evidence: Evidence | null,
  kind: KindOfValues,
  text: string,
  lineOf: () => number,
): void {
  if (evidence === null || isClosed(evidence, kind)) return;
  const bits = kind.bits(text);
  if (tells(evidence, bits, kind)) addBits(evidence, bits, kind, lineOf(), text);
  if ((bits & HAS_UNIT) !== 0 && kind === VALUE_KINDS.numbers && evidence.units.length < 2) {
    addUnit(evidence, unitOf(text), lineOf, text);
  }
}

/** Both together; the cells of `later` come behind those of `earlier`. */
export function mergeColumnEvidence(
  earlier: ColumnEvidence,
  later: ColumnEvidence,
): ColumnEvidence {
  const merge = (a: Evidence | null, b: Evidence | null): Evidence | null =>
    a === null || b === null ? (a ?? b) : mergeEvidence(a, b);
  return {
    numbers: merge(earlier.numbers, later.numbers),
    dates: merge(earlier.dates, later.dates),
    booleans: merge(earlier.booleans, later.booleans),
    token: earlier.token ?? later.token,
  };
}

/** Whether no cell can tell more. */
export function isAllClosed({ numbers, dates, booleans }: ColumnEvidence): boolean {
  return isDone(numbers, 'numbers') && isDone(dates, 'dates') && isDone(booleans, 'booleans');
}

function isDone(evidence: Evidence | null, kind: ValueKind): boolean {
  return evidence === null || isClosed(evidence, VALUE_KINDS[kind]);
}

/**
 * Whether a plain number tells nothing new, so that its text need not be looked at.
 * @param isInteger it is written without a point or exponent, and without a leading zero.
 */
export function passesNumber(
  { numbers, dates, booleans }: ColumnEvidence,
  isInteger: boolean,
  value: number,
): boolean {
  if (!isDone(dates, 'dates') || !isDone(booleans, 'booleans')) return false;
  if (numbers === null || Math.abs(value) >= LEAST_IDENTIFIER) return false;
  if (!isInteger && (numbers.alive & COMMA) !== 0) return false;
  return !tells(numbers, isInteger ? PLAIN_INTEGER : PLAIN_NUMBER, VALUE_KINDS.numbers);
}

/** The one thing that a column may still be; null while it may be several, or none. */
export function onlyKind({ numbers, dates, booleans }: ColumnEvidence): ValueKind | null {
  const isNumbers = !isDone(numbers, 'numbers');
  const isDates = !isDone(dates, 'dates');
  const isTruths = !isDone(booleans, 'booleans');
  if (Number(isNumbers) + Number(isDates) + Number(isTruths) !== 1) return null;
  return isNumbers ? 'numbers' : isDates ? 'dates' : 'booleans';
}

/** Whether it may be numbers only, and some are not plain. */
export function isFormatted(evidence: ColumnEvidence): boolean {
  return onlyKind(evidence) === 'numbers' && (evidence.numbers!.seen & FORMATTED) !== 0;
}

/** Whether the cell of these bytes is known to tell nothing new. */
export type BytesScreen = (bytes: Uint8Array, start: number, end: number) => boolean;

const QUICK_BITS = { numbers: quickNumeralBits, dates: quickDateBits, booleans: quickTruthBits };

/**
 * Whether a cell that is no plain number tells nothing new about a column that may be of one kind
 * only, as its bytes show; where they do not, its text must be looked at. Null while it may be of
 * several kinds, or of none.
 */
export function bytesScreen(evidence: ColumnEvidence): BytesScreen | null {
  const kind = onlyKind(evidence);
  if (kind === null) return null;
  const known = evidence[kind]!;
  const quickBits = QUICK_BITS[kind];
  const bitKind = VALUE_KINDS[kind];
  return (bytes, start, end) => {
    const bits = quickBits(bytes, start, end);
    return bits !== UNSURE && !tells(known, bits, bitKind);
  };
}

/** How dates are written that the kernel knows, by their kind. */
const ISO_DATES: readonly (readonly [kind: number, bits: number])[] = [
  [ISO_DAY, dateBits('2001-02-03')],
  [ISO_T_MINUTES, dateBits('2001-02-03T04:05')],
  [ISO_MINUTES, dateBits('2001-02-03 04:05')],
  [ISO_T_SECONDS, dateBits('2001-02-03T04:05:06')],
  [ISO_SECONDS, dateBits('2001-02-03 04:05:06')],
  [ISO_T_ZULU, dateBits('2001-02-03T04:05:06Z')],
  [ISO_ZULU, dateBits('2001-02-03 04:05:06Z')],
  [ISO_T_FRACTION, dateBits('2001-02-03T04:05:06.7')],
  [ISO_FRACTION, dateBits('2001-02-03 04:05:06.7')],
  [ISO_T_FRACTION_ZULU, dateBits('2001-02-03T04:05:06.7Z')],
  [ISO_FRACTION_ZULU, dateBits('2001-02-03 04:05:06.7Z')],
];

/** Bit k is set where a date of the kind k tells nothing new. */
export function passedDates(evidence: ColumnEvidence): number {
  if (onlyKind(evidence) !== 'dates') return 0;
  return ISO_DATES.reduce((passed, [kind, bits]) => {
    return tells(evidence.dates!, bits, DATES) ? passed : passed | (1 << kind);
  }, 0);
}

/** Whether the kinds of cells may tell which of them tell nothing new. */
export function tellsByKind(evidence: ColumnEvidence): boolean {
  const only = onlyKind(evidence);
  return evidence.token !== null || only === null || only === 'numbers';
}

/** Whether no plain number below `LEAST_IDENTIFIER` tells more. */
export function areNumbersKnown(evidence: ColumnEvidence): boolean {
  return passesNumber(evidence, false, 0) && passesNumber(evidence, true, 0);
}
