/**
 * Tells what kind of value a cell holds, by its looks. Stricter on structure and wider on formats
 * than `parseNumber`: it only gathers evidence about a dialect, no value is ever converted by it.
 * Texts have one character a byte, so letters beyond ASCII are runs of characters above 0x7F.
 */

import { NA_TOKENS } from '../csv/missing.js';

export type CellType =
  | 'empty'
  | 'missing'
  | 'integer'
  | 'decimal'
  | 'percent'
  | 'currency'
  | 'date'
  | 'time'
  | 'datetime'
  | 'boolean'
  | 'email'
  | 'url'
  | 'id'
  | 'text';

/** What the types of one column may mix without contradiction. */
export type Family = 'none' | 'number' | 'moment' | 'boolean' | 'address' | 'id' | 'text';

const FAMILIES: Readonly<Record<CellType, Family>> = {
  empty: 'none',
  missing: 'none',
  integer: 'number',
  decimal: 'number',
  percent: 'number',
  currency: 'number',
  date: 'moment',
  time: 'moment',
  datetime: 'moment',
  boolean: 'boolean',
  email: 'address',
  url: 'address',
  id: 'id',
  text: 'text',
};

/** Longer cells are text or URLs; patterns are not tried on them. */
const LONGEST_TYPED = 64;
const LONGEST_URL = 2048;

const DECIMAL = String.raw`(?:\d+(?:\.\d*|,\d+)?|[.,]\d+)(?:[eE][+-]?\d+)?`;
const GROUPED_EN = String.raw`\d{1,3}(?:,\d{3})+(?:\.\d+)?`;
const GROUPED_EU = String.raw`\d{1,3}(?:\.\d{3})+(?:,\d+)?`;
// No-break space: one byte in windows-1252, two in UTF-8.
const GROUPED_SPACE = String.raw`\d{1,3}(?:(?: |'|\xc2?\xa0)\d{3})+(?:[.,]\d+)?`;
const NUMERAL = `(?:${DECIMAL}|${GROUPED_EN}|${GROUPED_EU}|${GROUPED_SPACE})`;
// Dollar, euro, pound, yen, rupee: in UTF-8 and in windows-1252.
const SYMBOL = String.raw`(?:\$|\xe2\x82[\xac\xb9]|\x80|\xc2?[\xa3\xa5]|[A-Z]{3}|US\$|kr\.?)`;

const INTEGER = /^[+-]?\d+$/;
const NUMBER = new RegExp(`^[+-]?${NUMERAL}$`);
const NEGATIVE = new RegExp(String.raw`^\((${NUMERAL})\)$`);
const PERCENT = new RegExp(`^[+-]?${NUMERAL} ?%$`);
const CURRENCY = new RegExp(`^\\(?[+-]?(?:${SYMBOL} ?[+-]?${NUMERAL}|${NUMERAL} ?${SYMBOL})\\)?$`);

const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}';
const DAY = [
  String.raw`\d{4}([-/.])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])`,
  String.raw`(?:0?[1-9]|[12]\d|3[01])([-/.])(?:0?[1-9]|[12]\d|3[01])\2(?:\d{4}|\d{2})`,
  String.raw`\d{1,2}[-. /]{1,2}${MONTH}(?:[-. /,]{1,2}\d{2,4})?`,
  String.raw`${MONTH} \d{1,2},? \d{4}`,
].join('|');
const CLOCK = String.raw`(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d(?:[.,]\d{1,9})?)?(?: ?[ap]\.?m\.?)?`;
const ZONE = String.raw`(?: ?(?:z|utc|gmt|[+-]\d{2}:?\d{2}|[+-]\d{2}))?`;
const PERIOD = String.raw`(?:\d{4}-(?:0[1-9]|1[0-2])|\d{4}[- ]?q[1-4]|${MONTH}[- ]\d{2,4})`;
const DATE = new RegExp(`^(?:${DAY}|${PERIOD})$`, 'i');
const TIME = new RegExp(`^${CLOCK}${ZONE}$`, 'i');
const DATETIME = new RegExp(`^(?:${DAY})(?:t|,? )${CLOCK}${ZONE}$`, 'i');

const BOOLEAN = /^(?:true|false|yes|no|[yntf]|ja|nein|oui|non|si)$/i;
const EMAIL = /^[^\s@,;|"]+@[^\s@,;|"]+\.[a-z]{2,}$/i;
const URL = /^(?:(?:https?|ftp):\/\/|www\.)[^\s,;|"]+$/i;
const UUID = /^\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i;
const HEX = /^(?=[^\d]*\d)(?=[^a-f]*[a-f])[0-9a-f]{8,64}$/i;
const IP_ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/** The type of `text`, already trimmed. Takes time in proportion to its length at most. */
export function typeOf(text: string): CellType {
  if (text === '') return 'empty';
  if (text.length > LONGEST_TYPED) {
    return text.length <= LONGEST_URL && URL.test(text) ? 'url' : 'text';
  }
  if (NA_TOKENS.has(text)) return 'missing';
  if (!/[0-9]/.test(text)) return typeOfDigitless(text);
  if (INTEGER.test(text)) return 'integer';
  if (NUMBER.test(text) || NEGATIVE.test(text)) return 'decimal';
  if (text.endsWith('%') && PERCENT.test(text)) return 'percent';
  return typeOfMixed(text);
}

/** Dates, addresses and ids: what holds digits and is no bare numeral. */
function typeOfMixed(text: string): CellType {
  if (DATE.test(text)) return 'date';
  if (TIME.test(text)) return 'time';
  if (DATETIME.test(text)) return 'datetime';
  if (CURRENCY.test(text)) return 'currency';
  if (IP_ADDRESS.test(text) || UUID.test(text) || HEX.test(text)) return 'id';
  if (EMAIL.test(text)) return 'email';
  return URL.test(text) ? 'url' : 'text';
}

function typeOfDigitless(text: string): CellType {
  if (BOOLEAN.test(text)) return 'boolean';
  if (text.includes('@')) return EMAIL.test(text) ? 'email' : 'text';
  return URL.test(text) ? 'url' : 'text';
}

/** Whether the text is a value of such a family. */
export function isTypedText(text: string): boolean {
  return isTypedFamily(familyOf(typeOf(text)));
}

export function familyOf(type: CellType): Family {
  return FAMILIES[type];
}

/** Whether the family says what a column holds; words and flags stand in headers too. */
export function isTypedFamily(family: Family): boolean {
  return family === 'number' || family === 'moment' || family === 'address' || family === 'id';
}
