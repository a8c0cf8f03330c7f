/** Options that may be given several times, or as a list: columns, renames, limits, texts. */
import { decodeField } from '../csv/decode-field.js';
import { RFC4180 } from '../csv/dialect.js';
import { parseNumber } from '../csv/parse-number.js';
import { createScannedRecord, scanRecord } from '../csv/scan-fields.js';
import type { Rename } from '../engine/rules.js';
import {
  anyOf,
  type JsonSchema,
  mapOf,
  oneOrMore,
  recordOf,
  TEXT_SCHEMA,
  textSchema,
} from './json-schema.js';
import type { ColumnLimit } from './options.js';
import { badValue, type Parse, parseFilledText, parseText, reader } from './parse-values.js';

const TEXTS_SCHEMA = oneOrMore({ ...TEXT_SCHEMA, minLength: 1 });

/** Columns as one CSV record, repeated or not: `a,b`, `"last, first",b`. */
export const parseColumns: Parse<readonly string[]> = reader(TEXTS_SCHEMA, (given, flag) => {
  const texts = listOf(given);
  const columns = texts.flatMap((text) => {
    const filled = parseFilledText(text, flag);
    // A list from a recipe or the library is names already; a single text is a list to split.
    return Array.isArray(given) && !isFromCommandLine(given) ? [filled] : splitRecord(filled);
  });
  if (columns.includes(''))
    throw badValue(flag, texts.join(','), 'column names, none of them empty');
  return columns;
});

const FROM_COMMAND_LINE = Symbol('repeated option');

/** Marks the texts of a repeated option: each is a list, where the library gives names. */
export function markRepeated(texts: readonly string[]): readonly string[] {
  return Object.assign([...texts], { [FROM_COMMAND_LINE]: true });
}

function isFromCommandLine(given: readonly unknown[]): boolean {
  return FROM_COMMAND_LINE in given;
}

export function splitRecord(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  const record = createScannedRecord();
  scanRecord(bytes, 0, RFC4180, true, record, bytes.length);
  return Array.from({ length: record.fieldCount }, (_, i) =>
    decodeField(bytes, record, i, RFC4180).trim(),
  );
}

/** A list, or a single one as a list. */
export function listOf(given: unknown): readonly unknown[] {
  return Array.isArray(given) ? given : [given];
}

/** The keys and values of a map or a plain object; null for anything else. */
export function entriesOf(given: unknown): readonly (readonly [string, unknown])[] | null {
  if (given instanceof Map) return [...(given as Map<string, unknown>)];
  const isPlain = typeof given === 'object' && given !== null && !Array.isArray(given);
  return isPlain ? Object.entries(given) : null;
}

/**
 * The fields of a map that has no others than `keys`.
 * @param wanted what is expected, for the refusal.
 */
export function readEntries(
  given: unknown,
  flag: string,
  keys: readonly string[],
  wanted: string,
): ReadonlyMap<string, unknown> {
  const entries = entriesOf(given);
  if (entries === null || entries.some(([key]) => !keys.includes(key))) {
    throw badValue(flag, given, wanted);
  }
  return new Map(entries);
}

export const parseTexts: Parse<readonly string[]> = reader(TEXTS_SCHEMA, (given, flag) =>
  listOf(given).map((text) => parseFilledText(text, flag)),
);

const DERIVE_SCHEMA = anyOf(TEXTS_SCHEMA, mapOf(TEXT_SCHEMA));

/** `name = expression`, repeated; or a map from name to expression, in order. */
export const parseDerives: Parse<readonly string[]> = reader(DERIVE_SCHEMA, (given, flag) => {
  const entries = entriesOf(given);
  if (entries === null) return parseTexts(given, flag);
  return entries.map(([name, expression]) => {
    const quoted = /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)
      ? name
      : `\`${name.replaceAll('`', '``')}\``;
    return `${quoted} = ${parseFilledText(expression, `${flag}.${name}`)}`;
  });
});

const RENAME_SCHEMA = recordOf(
  new Map([
    ['from', TEXT_SCHEMA],
    ['to', { ...TEXT_SCHEMA, minLength: 1 }],
  ]),
  ['from', 'to'],
);
const RENAMES_SCHEMA = anyOf(
  oneOrMore(anyOf(textSchema('^[^=]+=.'), RENAME_SCHEMA)),
  mapOf({ ...TEXT_SCHEMA, minLength: 1 }),
);

/** `old=new`, repeated; or a map from old to new. */
export const parseRenames: Parse<readonly Rename[]> = reader(RENAMES_SCHEMA, (given, flag) => {
  const entries = isNamedMap(given, 'from') ? entriesOf(given) : null;
  if (entries !== null) {
    return entries.map(([from, to]) => ({ from, to: parseFilledText(to, `${flag}.${from}`) }));
  }
  return listOf(given).map((one: unknown) => {
    const fields = entriesOf(one);
    if (fields !== null) {
      const { from, to } = Object.fromEntries(fields);
      if (typeof from === 'string' && typeof to === 'string' && to !== '') return { from, to };
      throw badValue(flag, one, 'OLD=NEW');
    }
    const text = parseText(one, flag);
    const at = text.indexOf('=');
    if (at < 1 || at === text.length - 1) throw badValue(flag, text, 'OLD=NEW');
    return { from: text.slice(0, at), to: text.slice(at + 1) };
  });
});

const NUMBER_SCHEMA = { type: ['number', 'string'], pattern: '^[0-9+.-]' };
const LIMIT_SCHEMA = recordOf(
  new Map<string, JsonSchema>([
    ['column', TEXT_SCHEMA],
    ['limit', NUMBER_SCHEMA],
  ]),
  ['column', 'limit'],
);
const LIMITS_SCHEMA = anyOf(
  oneOrMore(anyOf(textSchema('^.+=[0-9+.-]'), LIMIT_SCHEMA)),
  mapOf(NUMBER_SCHEMA),
);

/** `column=number`, repeated; or a map from column to number. */
export const parseLimits: Parse<readonly ColumnLimit[]> = reader(LIMITS_SCHEMA, (given, flag) => {
  const entries = isNamedMap(given, 'column') ? entriesOf(given) : null;
  if (entries !== null) {
    return entries.map(([column, limit]) => {
      const number = numberOf(limit);
      if (!Number.isFinite(number)) throw badValue(`${flag}.${column}`, limit, 'a number');
      return { column, limit: number };
    });
  }
  return listOf(given).map((one: unknown) => {
    const fields = entriesOf(one);
    if (fields !== null) {
      const { column, limit } = Object.fromEntries(fields);
      const number = numberOf(limit);
      if (typeof column === 'string' && Number.isFinite(number)) return { column, limit: number };
      throw badValue(flag, one, 'COLUMN=NUMBER');
    }
    const text = parseText(one, flag);
    const at = text.lastIndexOf('=');
    const limit = parseNumber(text.slice(at + 1));
    if (at < 1 || Number.isNaN(limit)) throw badValue(flag, text, 'COLUMN=NUMBER');
    return { column: text.slice(0, at), limit };
  });
});

/** A number, or NaN. */
function numberOf(given: unknown): number {
  if (typeof given === 'string') return parseNumber(given);
  return typeof given === 'number' ? given : Number.NaN;
}

/** Whether it is a map from names, not a plain object that is one entry. */
function isNamedMap(given: unknown, entryKey: string): boolean {
  if (given instanceof Map) return true;
  const entries = entriesOf(given);
  return entries !== null && !entries.some(([key]) => key === entryKey);
}
