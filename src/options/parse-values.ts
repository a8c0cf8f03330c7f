/**
 * From the text of an option to its value. Every refusal names the flag, what was found and what is
 * wanted.
 */
import { CsvcleanError } from '../base/error.js';
import { suggest } from '../base/suggest.js';
import { decodeField } from '../csv/decode-field.js';
import { isOneByte, RFC4180 } from '../csv/dialect.js';
import { parseNumber } from '../csv/parse-number.js';
import { createScannedRecord, scanRecord } from '../csv/scan-fields.js';
import { isUnsupportedEncoding, knownEncodings, resolveEncoding } from '../encoding/names.js';
import type { OutlierMethod, Rename } from '../engine/rules.js';
import type { ExpandLimits } from '../store/expand-input.js';
import type { ColumnLimit, OutlierOption, RejectLimit } from './options.js';

/** Turns what was given for `flag` into a value. @throws CsvcleanError USAGE. */
export type Parse<T> = (given: unknown, flag: string) => T;

/** The refusal of a value: `--workers many: expected a whole number from 0 to 1024`. */
export function badValue(flag: string, given: unknown, wanted: string): CsvcleanError {
  return new CsvcleanError('USAGE', `${flag} ${shown(given)}: expected ${wanted}`, {
    remedy: 'See csvclean --help.',
  });
}

function shown(given: unknown): string {
  if (given === '') return '""';
  if (typeof given === 'number') return String(given);
  return typeof given === 'string' ? given : (JSON.stringify(given) ?? String(given));
}

export const parseText: Parse<string> = (given, flag) => {
  if (typeof given !== 'string') throw badValue(flag, given, 'a text');
  return given;
};

export const parseFilledText: Parse<string> = (given, flag) => {
  const text = parseText(given, flag);
  if (text === '') throw badValue(flag, text, 'a text that is not empty');
  return text;
};

export const parseSwitch: Parse<boolean> = (given, flag) => {
  if (typeof given !== 'boolean') throw badValue(flag, given, 'true or false');
  return given;
};

/**
 * A whole number in a range, both ends included.
 * @param orElse what else the flag takes, for the refusal.
 */
export function parseCount(low: number, high: number, orElse = ''): Parse<number> {
  return (given, flag) => {
    const count = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : given;
    if (typeof count !== 'number' || !Number.isInteger(count) || count < low || count > high) {
      throw badValue(flag, given, `${orElse}a whole number from ${low} to ${high}`);
    }
    return count;
  };
}

export const parsePositive: Parse<number> = (given, flag) => {
  const number = typeof given === 'string' ? parseNumber(given) : given;
  if (typeof number !== 'number' || !(number > 0) || number === Infinity) {
    throw badValue(flag, given, 'a number above 0');
  }
  return number;
};

const UNITS = new Map([
  ['', 1],
  ['b', 1],
  ['k', 2 ** 10],
  ['m', 2 ** 20],
  ['g', 2 ** 30],
]);

/** A size in bytes: `500`, `64k`, `16MB`, `2GiB`; units are powers of 1,024. */
export function parseSize(lowBytes: number, highBytes: number): Parse<number> {
  return (given, flag) => {
    const wanted = `a size from ${formatSize(lowBytes)} to ${formatSize(highBytes)}, such as 16MB`;
    let bytes = given;
    if (typeof given === 'string') {
      const match = /^(\d+(?:\.\d+)?)\s*([kmg]?)(?:i?b)?$/i.exec(given.trim());
      if (match === null) throw badValue(flag, given, wanted);
      bytes = Math.floor(Number(match[1]) * UNITS.get(match[2]!.toLowerCase())!);
    }
    if (typeof bytes !== 'number' || !(bytes >= lowBytes && bytes <= highBytes)) {
      throw badValue(flag, given, wanted);
    }
    return bytes;
  };
}

/** A size such as `10GB`, or a ratio such as `200x`; the other is then not limited. */
export const parseExpandLimits: Parse<ExpandLimits> = (given, flag) => {
  const ratio = typeof given === 'string' ? /^(\d+(?:\.\d+)?)x$/i.exec(given.trim()) : null;
  if (ratio === null) {
    const maxBytes = parseSize(1, Number.MAX_SAFE_INTEGER)(given, flag);
    return { maxBytes, maxRatio: Number.POSITIVE_INFINITY };
  }
  return { maxBytes: Number.POSITIVE_INFINITY, maxRatio: Number(ratio[1]) };
};

/** `16777216` → `16MB`. */
export function formatSize(bytes: number): string {
  for (const [unit, size] of [
    ['GB', 2 ** 30],
    ['MB', 2 ** 20],
    ['KB', 2 ** 10],
  ] as const) {
    if (bytes >= size && bytes % size === 0) return `${bytes / size}${unit}`;
  }
  return String(bytes);
}

/** One of a few words. */
export function parseChoice<T extends string>(words: readonly T[]): Parse<T> {
  return (given, flag) => {
    const word = words.find((one) => one === given);
    if (word === undefined) throw badValue(flag, given, `one of ${words.join(', ')}`);
    return word;
  };
}

export const parseWorkers: Parse<number | 'auto'> = (given, flag) =>
  given === 'auto' ? 'auto' : parseCount(0, 1024, 'auto or ')(given, flag);

const NAMED_CHARACTERS = new Map([
  ['\\t', '\t'],
  ['tab', '\t'],
  ['comma', ','],
  ['semicolon', ';'],
  ['pipe', '|'],
  ['space', ' '],
]);

/** One or more characters; `\t` and `tab` are the tab. */
export const parseDelimiter: Parse<string> = (given, flag) => {
  const text = parseFilledText(given, flag);
  const delimiter = NAMED_CHARACTERS.get(text) ?? text;
  if (/["\r\n]/.test(delimiter)) throw badValue(flag, given, 'no quote and no line end');
  return delimiter;
};

/** One character of ASCII. */
export const parseOutDelimiter: Parse<string> = (given, flag) => {
  const delimiter = parseDelimiter(given, flag);
  if (!isOneByte(delimiter)) throw badValue(flag, given, 'one character of ASCII');
  return delimiter;
};

/** One sign of ASCII: no record of a table begins with it. */
export const parseComment: Parse<string> = (given, flag) => {
  const text = parseFilledText(given, flag);
  if (!/^[!#$%&*/;<=>?@^_`|~-]$/.test(text)) throw badValue(flag, given, 'a sign such as # or ;');
  return text;
};

/** One character, or `none`. */
export const parseQuote: Parse<string | null> = (given, flag) => {
  if (given === 'none' || given === null) return null;
  const text = parseFilledText(given, flag);
  if ([...text].length !== 1 || /[\r\n]/.test(text))
    throw badValue(flag, given, 'one character or none');
  return text;
};

/** The canonical name of an encoding. */
export const parseEncoding: Parse<string> = (given, flag) => {
  const text = parseFilledText(given, flag);
  const name = resolveEncoding(text);
  if (name !== null) return name;
  if (isUnsupportedEncoding(text)) throw badValue(flag, given, 'an encoding that is supported');
  const near = suggest(text, knownEncodings);
  throw badValue(
    flag,
    given,
    near === null ? 'an encoding, such as windows-1252' : `an encoding; did you mean ${near}?`,
  );
};

/** Columns as one CSV record, repeated or not: `a,b`, `"last, first",b`. */
export const parseColumns: Parse<readonly string[]> = (given, flag) => {
  const texts = Array.isArray(given) ? given : [given];
  const columns = texts.flatMap((text) => {
    const filled = parseFilledText(text, flag);
    // A list handed in by the library is names already; a single text is a list to split.
    return Array.isArray(given) && !isFromCommandLine(given) ? [filled] : splitRecord(filled);
  });
  if (columns.includes(''))
    throw badValue(flag, texts.join(','), 'column names, none of them empty');
  return columns;
};

const FROM_COMMAND_LINE = Symbol('repeated option');

/** Marks the texts of a repeated option: each is a list, where the library gives names. */
export function markRepeated(texts: readonly string[]): readonly string[] {
  return Object.assign([...texts], { [FROM_COMMAND_LINE]: true });
}

function isFromCommandLine(given: readonly unknown[]): boolean {
  return FROM_COMMAND_LINE in given;
}

function splitRecord(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  const record = createScannedRecord();
  scanRecord(bytes, 0, RFC4180, true, record, bytes.length);
  return Array.from({ length: record.fieldCount }, (_, i) =>
    decodeField(bytes, record, i, RFC4180).trim(),
  );
}

export const parseTexts: Parse<readonly string[]> = (given, flag) =>
  (Array.isArray(given) ? given : [given]).map((text) => parseFilledText(text, flag));

/** `old=new`, repeated. */
export const parseRenames: Parse<readonly Rename[]> = (given, flag) =>
  (Array.isArray(given) ? given : [given]).map((one: unknown) => {
    if (isRecord(one)) {
      const { from, to } = one;
      if (typeof from === 'string' && typeof to === 'string' && to !== '') return { from, to };
      throw badValue(flag, one, 'OLD=NEW');
    }
    const text = parseText(one, flag);
    const at = text.indexOf('=');
    if (at < 1 || at === text.length - 1) throw badValue(flag, text, 'OLD=NEW');
    return { from: text.slice(0, at), to: text.slice(at + 1) };
  });

/** `column=number`, repeated. */
export const parseLimits: Parse<readonly ColumnLimit[]> = (given, flag) =>
  (Array.isArray(given) ? given : [given]).map((one: unknown) => {
    if (isRecord(one)) {
      const { column, limit } = one;
      const isLimit = typeof limit === 'number' && Number.isFinite(limit);
      if (typeof column === 'string' && isLimit) return { column, limit };
      throw badValue(flag, one, 'COLUMN=NUMBER');
    }
    const text = parseText(one, flag);
    const at = text.lastIndexOf('=');
    const limit = parseNumber(text.slice(at + 1));
    if (at < 1 || Number.isNaN(limit)) throw badValue(flag, text, 'COLUMN=NUMBER');
    return { column: text.slice(0, at), limit };
  });

function isRecord(given: unknown): given is Record<string, unknown> {
  return typeof given === 'object' && given !== null;
}

/** `100` records or `5%` of the rows. */
export const parseRejectLimit: Parse<RejectLimit> = (given, flag) => {
  const wanted = 'a whole number, or a percentage from 0% to 100%';
  const text = typeof given === 'number' ? String(given) : parseText(given, flag);
  if (/^\d+$/.test(text)) return { kind: 'count', limit: Number(text) };
  const percent = text.endsWith('%') ? parseNumber(text.slice(0, -1)) : Number.NaN;
  if (!(percent >= 0 && percent <= 100)) throw badValue(flag, given, wanted);
  return { kind: 'percent', limit: percent };
};

const OUTLIER_FORMS = 'auto, off, gap, iqr[:K], mad[:C], zscore[:Z] or percentile:LOW,HIGH';

/** Tukey's outer fence; `iqr:1.5` is the inner one. */
const DEFAULT_IQR_FACTOR = 3;
/** Iglewicz & Hoaglin 1993. */
const DEFAULT_MAD_CUTOFF = 3.5;
const DEFAULT_Z_CUTOFF = 3;

export const parseOutliers: Parse<OutlierOption> = (given, flag) => {
  const text = parseText(given, flag);
  const [kind, ...rest] = text.split(':');
  const argument = rest.length === 0 ? null : rest.join(':');
  const method = outlierMethod(kind!, argument);
  if (method === null) throw badValue(flag, text, OUTLIER_FORMS);
  return { method, isAuto: kind === 'auto' };
};

function outlierMethod(kind: string, argument: string | null): OutlierMethod | null {
  const factor = (byDefault: number): number =>
    argument === null ? byDefault : parseNumber(argument);
  switch (kind) {
    case 'auto':
    case 'gap':
      return argument === null ? { kind: 'gap' } : null;
    case 'off':
      return argument === null ? { kind: 'off' } : null;
    case 'iqr': {
      const k = factor(DEFAULT_IQR_FACTOR);
      return k > 0 ? { kind, k } : null;
    }
    case 'mad':
    case 'zscore': {
      const cutoff = factor(kind === 'mad' ? DEFAULT_MAD_CUTOFF : DEFAULT_Z_CUTOFF);
      return cutoff > 0 ? { kind, cutoff } : null;
    }
    case 'percentile': {
      const [low, high, extra] = (argument ?? '').split(',').map(parseNumber);
      if (low === undefined || high === undefined || extra !== undefined) return null;
      return low >= 0 && high <= 100 && low < high ? { kind, low, high } : null;
    }
    default:
      return null;
  }
}
