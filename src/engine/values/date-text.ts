/**
 * Dates as people write them: which formats a text fits, and the ISO date it stands for in one of
 * them. Day and month by number fit two formats unless one is above 12; which it is, the column
 * must say. Knows nothing of columns.
 */

import { isDay } from '../../base/calendar.js';
import { type BitKind, NOTHING } from './bits.js';
import { fullYear, isoTime, type Moment, toIso } from './calendar.js';
import { monthOf } from './month-names.js';

/** Orders of day, month and year, for each separator; the year has four digits, or two. */
type Order = 'dmy' | 'mdy' | 'ymd';

interface Format {
  readonly bit: number;
  /** Between numbers; null: the month is a name. */
  readonly separator: '/' | '.' | '-' | null;
  readonly order: Order;
  readonly yearDigits: 2 | 4;
  /** As a pattern, for people. */
  readonly name: string;
}

function numeric(separator: '/' | '.' | '-', first: number): readonly Format[] {
  const make = (at: number, order: Order, yearDigits: 2 | 4): Format => {
    const year = 'Y'.repeat(yearDigits);
    const parts = { dmy: ['DD', 'MM', year], mdy: ['MM', 'DD', year], ymd: [year, 'MM', 'DD'] };
    const name = parts[order].join(separator);
    return { bit: 1 << (first + at), separator, order, yearDigits, name };
  };
  return [
    make(0, 'dmy', 4),
    make(1, 'mdy', 4),
    make(2, 'ymd', 4),
    make(3, 'dmy', 2),
    make(4, 'mdy', 2),
    make(5, 'ymd', 2),
  ];
}

function named(at: number, order: Order, yearDigits: 2 | 4, name: string): Format {
  return { bit: 1 << at, separator: null, order, yearDigits, name };
}

export const FORMATS: readonly Format[] = [
  ...numeric('/', 0),
  ...numeric('.', 6),
  ...numeric('-', 12),
  named(18, 'dmy', 4, 'D MMM YYYY'),
  named(19, 'mdy', 4, 'MMM D YYYY'),
  named(20, 'ymd', 4, 'YYYY MMM D'),
  named(21, 'dmy', 2, 'D MMM YY'),
  named(22, 'mdy', 2, 'MMM D YY'),
];

/** Days alone in the whole column, or days with a time. */
export const DAY_ALONE = 1 << 23;
export const WITH_TIME = 1 << 24;
/** The text is not ISO 8601 yet. */
export const FORMATTED = 1 << 25;
/** There is a value. */
export const VALUE = 1 << 26;

export const ISO_BIT = FORMATS.find(({ name }) => name === 'YYYY-MM-DD')!.bit;

export const DATES: BitKind = {
  readings: FORMATS.reduce((all, { bit }) => all | bit, 0),
  dimensions: [DAY_ALONE | WITH_TIME],
  features: FORMATTED | VALUE,
};

const LONGEST_DATE = 60;
const SHORTEST_DATE = 6;
const NUMERIC = /^(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})(?:(?: |, |T)(.+))?$/;
const DAY_FIRST =
  /^(\d{1,2})(?:\.|st|nd|rd|th|er|º)?[ -]?(?:de )?(\p{L}+\.?)[ -]?(?:de )?,? ?'?(\d{4}|\d{2})(?:(?: |, |T)(.+))?$/iu;
const MONTH_FIRST =
  /^(\p{L}+\.?)[ -](\d{1,2})(?:st|nd|rd|th)?(?:, ?|[ -])(\d{4}|\d{2})(?:(?: |, )(.+))?$/iu;
const YEAR_FIRST = /^(\d{4})[ -](\p{L}+\.?)[ -](\d{1,2})(?:(?: |, )(.+))?$/u;
/** What is ISO 8601 in all ways but for a blank in place of the `T`. */
const ISO =
  /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/;

/** A text in parts, in the order in which they stand; null when it is no date of any format. */
interface Parts {
  /** Month 0: one of the numbers. */
  readonly month: number;
  readonly separator: string | null;
  readonly order: Order | null;
  readonly numbers: readonly string[];
  /** As ISO has it. */
  readonly time: string;
}

/** The bits of a text that is neither missing nor a token; `NOTHING` when it is no date. */
export function dateBits(text: string): number {
  const parts = takeApart(text);
  if (parts === null) return NOTHING;
  let bits = 0;
  for (const format of FORMATS) if (momentOf(parts, format) !== null) bits |= format.bit;
  if (bits === 0) return NOTHING;
  return (
    bits | (parts.time === '' ? DAY_ALONE : WITH_TIME) | (ISO.test(text) ? 0 : FORMATTED) | VALUE
  );
}

/** The ISO date of a text in the format with this bit; null when it does not fit. */
export function isoDate(text: string, formatBit: number): string | null {
  const format = FORMATS.find(({ bit }) => bit === formatBit)!;
  const parts = takeApart(text);
  const moment = parts === null ? null : momentOf(parts, format);
  return moment === null ? null : toIso(moment);
}

function takeApart(text: string): Parts | null {
  if (text.length < SHORTEST_DATE || text.length > LONGEST_DATE) return null;
  const numeric = NUMERIC.exec(text);
  if (numeric !== null) {
    const [, first, separator, second, third, time] = numeric;
    return withTime(time, {
      ...{ month: 0, separator: separator!, order: null },
      numbers: [first!, second!, third!],
    });
  }
  const [order, match] = namedMatch(text);
  if (match === null) return null;
  const texts = match.slice(1, 4) as string[];
  const month = monthOf(texts.find((one) => /\p{L}/u.test(one))!);
  if (month === 0) return null;
  const numbers = texts.filter((one) => !/\p{L}/u.test(one));
  return withTime(match[4], { month, separator: null, order, numbers });
}

function namedMatch(text: string): readonly [Order, RegExpExecArray | null] {
  const first = text.charCodeAt(0);
  if (first < 0x30 || first > 0x39) return ['mdy', MONTH_FIRST.exec(text)];
  const yearFirst = YEAR_FIRST.exec(text);
  return yearFirst === null ? ['dmy', DAY_FIRST.exec(text)] : ['ymd', yearFirst];
}

function withTime(time: string | undefined, parts: Omit<Parts, 'time'>): Parts | null {
  const iso = time === undefined ? '' : isoTime(time);
  return iso === null ? null : { ...parts, time: iso };
}

function momentOf(parts: Parts, format: Format): Moment | null {
  const { separator, order, numbers, time, month } = parts;
  if (separator !== format.separator) return null;
  if (month > 0 && order !== format.order) return null;
  const [a, b, c] = numbers;
  const [year, monthText, day] =
    month > 0
      ? format.order === 'ymd'
        ? [a!, '', b!]
        : [b!, '', a!]
      : { dmy: [c!, b!, a!], mdy: [c!, a!, b!], ymd: [a!, b!, c!] }[format.order];
  if (year!.length !== format.yearDigits || day!.length > 2 || monthText!.length > 2) return null;
  const moment = {
    year: format.yearDigits === 2 ? fullYear(Number(year)) : Number(year),
    month: month > 0 ? month : Number(monthText),
    day: Number(day),
    time,
  };
  return isDay(moment.year, moment.month, moment.day) ? moment : null;
}
