/**
 * What a cell with a value is written as. Wider than `parseNumber`, since it names what a person
 * would call a number and a program would not: `1,5`, `12 %`, `3 kg`. Converts nothing.
 */
import { parseNumber } from '../../csv/parse-number.js';
import { INTEGER, LEADING_ZERO } from '../../kernel/cell-kinds.js';
import { kindOfNumber } from '../../kernel/scalar/number-kind.js';
import { dateFormatOf } from './date-format.js';

/** `date FORMAT` for dates and times, else a word. */
export type ValueKind =
  | 'integer'
  | 'number'
  /** `007`. */
  | 'leading_zero'
  /** An integer of more than 15 digits, which a double may not hold. */
  | 'long_integer'
  | 'boolean'
  | 'decimal_comma'
  /** `1,234,567.5`, `1 234`, `1'234`. */
  | 'grouped'
  /** `1,234`: grouped, or with a decimal comma. */
  | 'comma'
  | 'percent'
  | 'currency'
  | 'unit'
  | 'text'
  | `date ${string}`;

const ISO_DAY = 'date YYYY-MM-DD';
const YEAR_LAST = ['/', '.', '-'].flatMap((sign) =>
  ['??', 'DD MM', 'MM DD'].flatMap((order) => {
    const [first, second] = order === '??' ? ['??', '??'] : (order.split(' ') as [string, string]);
    return ['', ' HH:mm', ' HH:mm:ss'].map((time): ValueKind => {
      return `date ${first}${sign}${second}${sign}YYYY${time}`;
    });
  }),
);

/** Kinds by what the profiling kernel calls them (`kernel/profiler/text-kinds`). */
export const KERNEL_KINDS: readonly (ValueKind | null)[] = [
  null,
  ISO_DAY,
  ...['HH:mm', 'HH:mm:ss', 'HH:mm:ssZ', 'HH:mm:ss.SSS', 'HH:mm:ss.SSSZ'].flatMap(behindDay),
  ...['HH:mm:ss±hh:mm', 'HH:mm:ss.SSS±hh:mm'].flatMap(behindDay),
  ...YEAR_LAST,
  'text',
  'decimal_comma',
  'grouped',
  'percent',
  'currency',
  'unit',
  'number',
  'integer',
  'leading_zero',
  'long_integer',
];

function behindDay(time: string): readonly ValueKind[] {
  return [`${ISO_DAY}T${time}`, `${ISO_DAY} ${time}`];
}

const LONGEST_LOOKED = 64;
/** Integers of less are exact in any program. */
export const LEAST_LONG_INTEGER = 1e15;

const BOOLEAN = /^(?:true|false|yes|no|[yntf]|on|off)$/i;
const DECIMAL_COMMA = /^[+-]?(?:\d+|\d{1,3}(?:[. '\u00a0\u202f]\d{3})+),\d+$/;
const ONE_COMMA = /^[+-]?[1-9]\d{0,2},\d{3}$/;
const GROUPED =
  /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$|^[+-]?\d{1,3}(?:[ '\u00a0\u202f]\d{3})+(?:\.\d+)?$/;
const NUMERAL = String.raw`\d+(?:[.,]\d+)*`;
const PERCENT = new RegExp(`^[+-]?${NUMERAL} ?%$`);
const SIGN = '(?:[$€£¥₹]|(?:USD|EUR|GBP|CHF|JPY|CAD|AUD|INR)(?= ?\\d|$))';
const CURRENCY = new RegExp(
  `^\\(?[+-]?(?:${SIGN} ?[+-]?${NUMERAL}|${NUMERAL} ?${SIGN})\\)?$|^\\(${NUMERAL}\\)$`,
);
const UNITS =
  'km|m|cm|mm|mi|ft|in|kg|g|mg|lb|lbs|oz|t|l|ml|°c|°f|°|s|ms|min|h|hr|hrs|d|days|b|kb|mb|gb|tb|' +
  'w|kw|kwh|mwh|v|a|hz|khz|mhz|ghz|mph|km/h|m/s|pa|hpa|kpa|bar|psi|ppm|m²|m³|km²|µg|μg';
const UNIT = new RegExp(`^[+-]?${NUMERAL} ?(${UNITS})$`, 'i');

/** @param text trimmed, and not missing. */
export function kindOfValue(text: string): ValueKind {
  if (text.length > LONGEST_LOOKED) return kindOfLong(text);
  const first = text.charCodeAt(0);
  // What begins with a letter is text, unless it is a word for a truth, a month or a currency.
  const isLetter = (first | 0x20) >= 0x61 && (first | 0x20) <= 0x7a;
  if (isLetter) return kindOfWord(text);
  const value = parseNumber(text);
  if (!Number.isNaN(value)) return kindOfNumeral(text, value);
  const format = dateFormatOf(text);
  if (format !== null) return `date ${format}`;
  if (ONE_COMMA.test(text)) return 'comma';
  if (DECIMAL_COMMA.test(text)) return 'decimal_comma';
  if (GROUPED.test(text)) return 'grouped';
  if (PERCENT.test(text)) return 'percent';
  if (CURRENCY.test(text)) return 'currency';
  return UNIT.test(text) ? 'unit' : 'text';
}

function kindOfLong(text: string): ValueKind {
  const value = parseNumber(text);
  return Number.isNaN(value) ? 'text' : kindOfNumeral(text, value);
}

/** @param value of `text`. */
function kindOfNumeral(text: string, value: number): ValueKind {
  return kindOfNumberKind(kindOfNumber(text), value);
}

/** @param kind `INTEGER`, `NUMBER` or `LEADING_ZERO` of `kernel/cell-kinds`. */
export function kindOfNumberKind(kind: number, value: number): ValueKind {
  if (kind === LEADING_ZERO) return 'leading_zero';
  if (kind !== INTEGER) return 'number';
  return Math.abs(value) >= LEAST_LONG_INTEGER ? 'long_integer' : 'integer';
}

function kindOfWord(text: string): ValueKind {
  if (text.length <= 5 && BOOLEAN.test(text)) return 'boolean';
  const last = text.charCodeAt(text.length - 1);
  if (last < 0x30 || last > 0x39) {
    const format = last === 0x6d || last === 0x4d || last === 0x5a ? dateFormatOf(text) : null;
    return format === null ? 'text' : `date ${format}`;
  }
  const format = dateFormatOf(text);
  if (format !== null) return `date ${format}`;
  return CURRENCY.test(text) ? 'currency' : 'text';
}

/** What the kinds of a column's values have in common. */
export type Family = 'number' | 'boolean' | 'date' | 'text';

/** A program reads it as a number. */
export function isNumeric(kind: ValueKind): boolean {
  return (
    kind === 'integer' || kind === 'number' || kind === 'leading_zero' || kind === 'long_integer'
  );
}

/** A person reads it as a number, a program does not. */
export function isFormattedNumber(kind: ValueKind): boolean {
  return (
    ['decimal_comma', 'grouped', 'comma', 'percent', 'currency', 'unit'] as readonly string[]
  ).includes(kind);
}

export function familyOf(kind: ValueKind): Family {
  if (isNumeric(kind)) return 'number';
  if (kind === 'boolean') return 'boolean';
  return kind.startsWith('date ') ? 'date' : 'text';
}

/** The unit of a value of kind `unit`, in lower case. */
export function unitOf(text: string): string | null {
  return UNIT.exec(text)?.[1]?.toLowerCase() ?? null;
}
