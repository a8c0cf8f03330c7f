/**
 * Numbers as people write them: which conventions a text fits, and the plain numeral it stands for,
 * made of the same digits and never by way of a double. Knows nothing of columns.
 */
import { parseNumber } from '../../csv/parse-number.js';
import type { NumberConvention } from '../column-rules.js';
import { type BitKind, NOTHING } from './bits.js';
import { LEAST_IDENTIFIER, MOST_DIGITS } from './most-digits.js';
import { unitAt, unitBefore } from './units.js';

/** Conventions: the mark before the fraction, and what stands between groups of three digits. */
export const POINT_COMMA = 1 << 0;
export const POINT_SPACE = 1 << 1;
export const POINT_APOSTROPHE = 1 << 2;
/** `12,34,567.5`: groups of two before the last one. */
export const POINT_INDIAN = 1 << 3;
export const COMMA_POINT = 1 << 4;
export const COMMA_SPACE = 1 << 5;
export const COMMA_APOSTROPHE = 1 << 6;
/** Percentages are so in the whole column, or not at all. */
export const NO_PERCENT = 1 << 7;
export const PERCENT = 1 << 8;
/** The text is not the plain numeral yet. */
export const FORMATTED = 1 << 9;
/** A point and a comma before the fraction make two numbers of it. */
export const DIFFERS = 1 << 10;
export const IN_PARENTHESES = 1 << 11;
export const BARE = 1 << 12;
export const HAS_UNIT = 1 << 13;

export const POINT = POINT_COMMA | POINT_SPACE | POINT_APOSTROPHE | POINT_INDIAN;
export const COMMA = COMMA_POINT | COMMA_SPACE | COMMA_APOSTROPHE;

export const NUMERALS: BitKind = {
  readings: POINT | COMMA,
  dimensions: [NO_PERCENT | PERCENT],
  features: FORMATTED | DIFFERS | IN_PARENTHESES | BARE | HAS_UNIT,
};

/** What a plain number says: a numeral as `parseNumber` reads it, with a point. */
export const PLAIN_NUMBER = POINT | NO_PERCENT | BARE;
/** The same without a point. */
export const PLAIN_INTEGER = POINT | COMMA | NO_PERCENT | BARE;

/** A text taken apart: sign, unit and percent sign are off. */
interface Parts {
  readonly isNegative: boolean;
  readonly body: string;
  readonly unit: string;
  readonly isPercent: boolean;
  readonly isInParentheses: boolean;
}

/** The sign of mathematics. */
const MINUS = '\u2212';
const BLANKS = ' \u00a0\u202f\u2009';
const GROUPED_BY_SPACE = /^[1-9]\d{0,2}(?:[ \u00a0\u202f\u2009]\d{3})+$/;
const GROUPED_BY_APOSTROPHE = /^[1-9]\d{0,2}(?:['\u2019]\d{3})+$/;
const GROUPED_BY_COMMA = /^[1-9]\d{0,2}(?:,\d{3})+$/;
const GROUPED_BY_POINT = /^[1-9]\d{0,2}(?:\.\d{3})+$/;
const GROUPED_INDIAN = /^[1-9]\d?(?:,\d{2})*,\d{3}$/;
const DIGITS = /^\d+$/;
/** What is longer, and no plain number, is a text. */
export const LONGEST_NUMERAL = 60;

/** The bits of a text that is neither missing nor a token; `NOTHING` when it is no number. */
export function numeralBits(text: string): number {
  const value = parseNumber(text);
  if (!Number.isNaN(value)) return plainBits(text, value);
  const parts = takeApart(text);
  if (parts === null) return NOTHING;
  const { body, unit, isPercent, isInParentheses } = parts;
  const point = readingsOf(body, '.');
  const comma = readingsOf(body, ',');
  if ((point | comma) === 0) return NOTHING;
  if (/^\+.*\d[ \u00a0\u202f\u2009]\d/.test(text)) return NOTHING;
  const differs = point !== 0 && comma !== 0 && /[.,]/.test(body);
  return (
    point |
    comma |
    FORMATTED |
    (isPercent ? PERCENT : NO_PERCENT) |
    (differs ? DIFFERS : 0) |
    (isInParentheses ? IN_PARENTHESES : BARE) |
    (unit === '' ? 0 : HAS_UNIT)
  );
}

/**
 * Whether all texts with the same characters have the same bits, and the same unit: when digits
 * stand for digits, and the first of them is 0 in all or in none. Not where there is an exponent,
 * or so many digits that it may be an identifier.
 */
export function hasBitsOfShape(text: string): boolean {
  const digits = text.replace(/\D/g, '').length;
  return digits > 0 && digits <= MOST_DIGITS && !/\d[eE]/.test(text);
}

/** What stands before or behind the number, '' when nothing does; of a text with `HAS_UNIT`. */
export function unitOf(text: string): string {
  return takeApart(text)?.unit ?? '';
}

/** Whether what stands before and behind digits is a unit, and no more: no sign, no percent. */
export function isUnitAround(before: string, behind: string): boolean {
  const parts = takeApart(`${before}1${behind}`);
  if (parts === null || parts.body !== '1' || parts.unit === '') return false;
  return !parts.isNegative && !parts.isPercent && !parts.isInParentheses;
}

function plainBits(text: string, value: number): number {
  if (/^[+-]?0\d+$/.test(text) || Math.abs(value) >= LEAST_IDENTIFIER) return NOTHING;
  if (/^[+-]?\d+$/.test(text)) return PLAIN_INTEGER;
  const isGrouped = /^[+-]?[1-9]\d{0,2}\.\d{3}$/.test(text);
  return isGrouped ? PLAIN_NUMBER | COMMA_POINT | DIFFERS : PLAIN_NUMBER;
}

/** The conventions with this mark that the body fits. */
function readingsOf(body: string, decimal: '.' | ','): number {
  const at = body.lastIndexOf(decimal);
  const isOne = at >= 0 && body.indexOf(decimal) === at;
  const whole = isOne ? body.slice(0, at) : body;
  const rest = isOne ? body.slice(at + 1) : '';
  if (whole.replace(/\D/g, '').length > MOST_DIGITS) return 0;
  const fraction = decimal === ',' ? /^(?:\d*|\d+[eE][+-]?\d{1,3})$/ : /^\d*$/;
  if (isOne && (!fraction.test(rest) || (whole === '' && rest === ''))) return 0;
  if (whole === '' || (DIGITS.test(whole) && !/^0\d/.test(whole))) {
    return decimal === '.' ? POINT : COMMA;
  }
  // Digits in groups end in digits.
  if (isOne && /[eE]/.test(rest)) return 0;
  const isPoint = decimal === '.';
  return (
    (GROUPED_BY_SPACE.test(whole) ? (isPoint ? POINT_SPACE : COMMA_SPACE) : 0) |
    (GROUPED_BY_APOSTROPHE.test(whole) ? (isPoint ? POINT_APOSTROPHE : COMMA_APOSTROPHE) : 0) |
    (isPoint && GROUPED_BY_COMMA.test(whole) ? POINT_COMMA : 0) |
    (isPoint && GROUPED_INDIAN.test(whole) ? POINT_INDIAN : 0) |
    (!isPoint && GROUPED_BY_POINT.test(whole) ? COMMA_POINT : 0)
  );
}

/** A text while it is taken apart; what is between `start` and `end` is left. */
interface Taking {
  readonly text: string;
  start: number;
  end: number;
  sign: string;
  unit: string;
  isPercent: boolean;
  isOpen: boolean;
  isClosed: boolean;
}

/** Null when it cannot be a number. */
function takeApart(text: string): Parts | null {
  if (text.length > LONGEST_NUMERAL || !/\d/.test(text)) return null;
  const taking: Taking = {
    ...{ text, start: 0, end: text.length, sign: '', unit: '' },
    ...{ isPercent: false, isOpen: false, isClosed: false },
  };
  while (takeFront(taking));
  while (takeBack(taking));
  const { start, end, sign, unit, isPercent, isOpen, isClosed } = taking;
  const body = text.slice(start, end);
  if (isOpen !== isClosed || !/^[\d.,]/.test(body)) return null;
  if (isPercent && /[eE]/.test(body)) return null;
  const isNegative = isOpen || sign === '-' || sign === MINUS;
  return { isNegative, body, unit, isPercent, isInParentheses: isOpen };
}

/** Takes one thing from the front. @returns whether there was one. */
function takeFront(taking: Taking): boolean {
  const { text, start, end } = taking;
  if (start >= end) return false;
  const char = text[start]!;
  const isSign = char === '-' || char === '+' || char === MINUS;
  const unit = taking.unit === '' ? unitAt(text, start) : '';
  if (unit !== '') taking.unit = unit;
  else if (isSign && taking.sign === '' && !taking.isOpen) taking.sign = char;
  else if (char === '(' && taking.sign === '' && !taking.isOpen) taking.isOpen = true;
  else if (!BLANKS.includes(char)) return false;
  taking.start += Math.max(1, unit.length);
  return true;
}

/** Takes one thing from the back. */
function takeBack(taking: Taking): boolean {
  const { text, start, end } = taking;
  if (start >= end) return false;
  const char = text[end - 1]!;
  const unit = taking.unit === '' && !taking.isPercent ? unitBefore(text, end) : '';
  const isSign = char === '-' && end === text.length && /\d/.test(text[end - 2] ?? '');
  if (unit !== '') taking.unit = unit;
  else if (char === '%' && !taking.isPercent && taking.unit === '') taking.isPercent = true;
  else if (char === ')' && taking.isOpen && !taking.isClosed) taking.isClosed = true;
  else if (isSign && taking.sign === '' && !taking.isOpen) taking.sign = char;
  else if (!BLANKS.includes(char)) return false;
  taking.end -= Math.max(1, unit.length);
  return true;
}

/**
 * The plain numeral of a text that fits a convention with this mark, with the same digits:
 * `1.234,50 €` is `1234.50`, `12,5 %` is `0.125`. A text that is one already stays, but for a point
 * between groups.
 */
export function plainNumeral(text: string, decimal: '.' | ','): string {
  const isPlain = !Number.isNaN(parseNumber(text));
  if (isPlain && (decimal === '.' || (plainBitsOf(text) & COMMA_POINT) === 0)) return text;
  if (isPlain && /^[+-]?\d+$/.test(text)) return text;
  const parts = takeApart(text);
  if (parts === null) return text;
  const { body, isNegative, isPercent } = parts;
  const at = body.lastIndexOf(decimal);
  const isOne = at >= 0 && body.indexOf(decimal) === at;
  const whole = (isOne ? body.slice(0, at) : body).replace(/\D/g, '');
  const fraction = isOne ? body.slice(at + 1) : '';
  const [left, right] = isPercent ? shiftByTwo(whole, fraction) : [whole || '0', fraction];
  return `${isNegative ? '-' : ''}${left}${right === '' ? '' : `.${right}`}`;
}

function plainBitsOf(text: string): number {
  return plainBits(text, parseNumber(text));
}

/** Two digits from before the point to behind it. */
function shiftByTwo(whole: string, fraction: string): readonly [whole: string, fraction: string] {
  const digits = whole.padStart(3, '0');
  const left = digits.slice(0, -2).replace(/^0+(?=\d)/, '');
  return [left, digits.slice(-2) + fraction];
}

/** Whether `parseNumber` reads it as it stands. */
export function isPlainNumeral(text: string): boolean {
  return !Number.isNaN(parseNumber(text));
}

/** The plain numeral of a text in a convention that a user named; null when it does not fit. */
export function conventionNumeral(
  text: string,
  { decimal, thousands }: NumberConvention,
): string | null {
  const parts = takeApart(text);
  if (parts === null) return null;
  const { body } = parts;
  const at = body.lastIndexOf(decimal);
  const isOne = at >= 0 && body.indexOf(decimal) === at;
  const whole = isOne ? body.slice(0, at) : body;
  const fraction = isOne ? body.slice(at + 1) : '';
  if (isOne && !/^\d+$/.test(fraction)) return null;
  return isWhole(whole, thousands) ? plainNumeral(text, decimal) : null;
}

/** Digits, maybe in groups of three, or of two before the last three. */
function isWhole(text: string, thousands: string | null): boolean {
  if (/^\d*$/.test(text)) return true;
  if (thousands === null) return false;
  const isBlank = BLANKS.includes(thousands);
  const [first, ...rest] = isBlank ? text.split(/[ \u00a0\u202f\u2009]/) : text.split(thousands);
  const isHead = /^\d{1,3}$/.test(first!);
  const last = rest.at(-1) ?? '';
  return isHead && /^\d{3}$/.test(last) && rest.every((group) => /^\d{2,3}$/.test(group));
}
