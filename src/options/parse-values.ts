/**
 * From the text of an option to its value. Every refusal names the flag or key, what was found and
 * what is wanted. Each reader carries the shape of what it takes, for editors.
 */
import { CsvcleanError } from '../base/error.js';
import { suggest } from '../base/suggest.js';
import { isOneByte } from '../csv/dialect.js';
import { parseNumber } from '../csv/parse-number.js';
import { isUnsupportedEncoding, knownEncodings, resolveEncoding } from '../encoding/names.js';
import type { ExpandLimits } from '../store/expand-input.js';
import { anyOf, type JsonSchema, TEXT_SCHEMA, textSchema } from './json-schema.js';
import type { RejectLimit } from './options.js';

/** Turns what was given for `flag` into a value. @throws CsvcleanError USAGE. */
type Read<T> = (given: unknown, flag: string) => T;

/** A reader, and the shape of what it takes. */
export interface Parse<T> extends Read<T> {
  readonly schema: JsonSchema;
}

export function reader<T>(schema: JsonSchema, read: Read<T>): Parse<T> {
  return Object.assign(read, { schema });
}

const HELP = 'See csvclean --help.';
const KEYS_HELP = 'See docs/recipes.md.';

/** The refusal of a value: `--workers many: expected a whole number from 0 to 1024`. */
export function badValue(flag: string, given: unknown, wanted: string): CsvcleanError {
  return new CsvcleanError('USAGE', `${flag} ${shown(given)}: expected ${wanted}`, {
    remedy: /^(--|CSVCLEAN_)/.test(flag) ? HELP : KEYS_HELP,
  });
}

function shown(given: unknown): string {
  if (given === '') return '""';
  if (given instanceof Map) return JSON.stringify(Object.fromEntries(given));
  if (typeof given === 'number') return String(given);
  return typeof given === 'string' ? given : (JSON.stringify(given) ?? String(given));
}

export const parseText: Parse<string> = reader(TEXT_SCHEMA, (given, flag) => {
  if (typeof given !== 'string') throw badValue(flag, given, 'a text');
  return given;
});

const FILLED_SCHEMA: JsonSchema = { ...TEXT_SCHEMA, minLength: 1 };

export const parseFilledText: Parse<string> = reader(FILLED_SCHEMA, (given, flag) => {
  const text = parseText(given, flag);
  if (text === '') throw badValue(flag, text, 'a text that is not empty');
  return text;
});

export const parseSwitch: Parse<boolean> = reader({ type: 'boolean' }, (given, flag) => {
  if (given === true || given === 'true') return true;
  if (given === false || given === 'false') return false;
  throw badValue(flag, given, 'true or false');
});

/**
 * A whole number in a range, both ends included.
 * @param orElse what else the flag takes, for the refusal.
 */
export function parseCount(low: number, high: number, orElse = ''): Parse<number> {
  const range = { minimum: low, maximum: high };
  const schema = { type: ['integer', 'string'], ...range, pattern: '^[0-9]+$' };
  return reader(schema, (given, flag) => {
    const count = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : given;
    if (typeof count !== 'number' || !Number.isInteger(count) || count < low || count > high) {
      throw badValue(flag, given, `${orElse}a whole number from ${low} to ${high}`);
    }
    return count;
  });
}

const POSITIVE_SCHEMA = { type: ['number', 'string'], exclusiveMinimum: 0, pattern: '^[0-9+.]' };

export const parsePositive: Parse<number> = reader(POSITIVE_SCHEMA, (given, flag) => {
  const number = typeof given === 'string' ? parseNumber(given) : given;
  if (typeof number !== 'number' || !(number > 0) || number === Infinity) {
    throw badValue(flag, given, 'a number above 0');
  }
  return number;
});

const UNITS = new Map([
  ['', 1],
  ['b', 1],
  ['k', 2 ** 10],
  ['m', 2 ** 20],
  ['g', 2 ** 30],
]);

const SIZE_PATTERN = '^\\s*[0-9]+(\\.[0-9]+)?\\s*[kKmMgG]?([iI]?[bB])?\\s*$';

/** A size in bytes: `500`, `64k`, `16MB`, `2GiB`; units are powers of 1,024. */
export function parseSize(lowBytes: number, highBytes: number): Parse<number> {
  const range = { minimum: lowBytes, maximum: highBytes };
  const schema = { type: ['number', 'string'], ...range, pattern: SIZE_PATTERN };
  return reader(schema, (given, flag) => {
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
  });
}

/** A size such as `10GB`, or a ratio such as `200x`; the other is then not limited. */
const parseAnySize = parseSize(1, Number.MAX_SAFE_INTEGER);
const RATIO_SCHEMA = { type: 'string', pattern: '^\\s*[0-9]+(\\.[0-9]+)?[xX]\\s*$' };
const EXPAND_SCHEMA = anyOf(parseAnySize.schema, RATIO_SCHEMA);

export const parseExpandLimits: Parse<ExpandLimits> = reader(EXPAND_SCHEMA, (given, flag) => {
  const ratio = typeof given === 'string' ? /^(\d+(?:\.\d+)?)x$/i.exec(given.trim()) : null;
  if (ratio === null) {
    return { maxBytes: parseAnySize(given, flag), maxRatio: Number.POSITIVE_INFINITY };
  }
  return { maxBytes: Number.POSITIVE_INFINITY, maxRatio: Number(ratio[1]) };
});

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

/** One of a few words; the word null without quotes is null in a recipe, and as good. */
export function parseChoice<T extends string>(words: readonly T[]): Parse<T> {
  const hasNull = words.some((one) => one === 'null');
  return reader({ enum: hasNull ? [...words, null] : words }, (given, flag) => {
    const said = hasNull && given === null ? 'null' : given;
    const word = words.find((one) => one === said);
    if (word === undefined) throw badValue(flag, given, `one of ${words.join(', ')}`);
    return word;
  });
}

const parseWorkerCount = parseCount(0, 1024, 'auto or ');

export const parseWorkers: Parse<number | 'auto'> = reader(
  anyOf({ const: 'auto' }, parseWorkerCount.schema),
  (given, flag) => (given === 'auto' ? 'auto' : parseWorkerCount(given, flag)),
);

const NAMED_CHARACTERS = new Map([
  ['\\t', '\t'],
  ['tab', '\t'],
  ['comma', ','],
  ['semicolon', ';'],
  ['pipe', '|'],
  ['space', ' '],
]);

/** One or more characters; `\t` and `tab` are the tab. */
export const parseDelimiter: Parse<string> = reader(FILLED_SCHEMA, (given, flag) => {
  const text = parseFilledText(given, flag);
  const delimiter = NAMED_CHARACTERS.get(text) ?? text;
  if (/["\r\n]/.test(delimiter)) throw badValue(flag, given, 'no quote and no line end');
  return delimiter;
});

/** One character of ASCII. */
export const parseOutDelimiter: Parse<string> = reader(FILLED_SCHEMA, (given, flag) => {
  const delimiter = parseDelimiter(given, flag);
  if (!isOneByte(delimiter)) throw badValue(flag, given, 'one character of ASCII');
  return delimiter;
});

const COMMENT = /^[!#$%&*/;<=>?@^_`|~-]$/;

/** One sign of ASCII: no record of a table begins with it. */
export const parseComment: Parse<string> = reader(textSchema(COMMENT.source), (given, flag) => {
  const text = parseFilledText(given, flag);
  if (!COMMENT.test(text)) throw badValue(flag, given, 'a sign such as # or ;');
  return text;
});

/** One character, or `none`. */
export const parseQuote: Parse<string | null> = reader(
  anyOf({ type: 'null' }, FILLED_SCHEMA),
  (given, flag) => {
    if (given === 'none' || given === null) return null;
    const text = parseFilledText(given, flag);
    if ([...text].length !== 1 || /[\r\n]/.test(text))
      throw badValue(flag, given, 'one character or none');
    return text;
  },
);

/** The canonical name of an encoding. */
export const parseEncoding: Parse<string> = reader(FILLED_SCHEMA, (given, flag) => {
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
});

const REJECT_LIMIT = '^([0-9]+|[0-9.eE+-]+%)$';

/** `100` records or `5%` of the rows. */
export const parseRejectLimit: Parse<RejectLimit> = reader(
  textSchema(REJECT_LIMIT),
  (given, flag) => {
    const wanted = 'a whole number, or a percentage from 0% to 100%';
    const text = typeof given === 'number' ? String(given) : parseText(given, flag);
    if (/^\d+$/.test(text)) return { kind: 'count', limit: Number(text) };
    const percent = text.endsWith('%') ? parseNumber(text.slice(0, -1)) : Number.NaN;
    if (!(percent >= 0 && percent <= 100)) throw badValue(flag, given, wanted);
    return { kind: 'percent', limit: percent };
  },
);
