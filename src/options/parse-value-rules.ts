/**
 * Rules for values as flags and keys of the whole table: `auto`, `off` or what is meant, for all
 * columns or, as `COLUMN=…`, for one. Given several times, or as a list.
 */
import type { ColumnRules } from '../engine/column-rules.js';
import { parseConvention, parseDateFormat, parseTokens } from './column-rule-table.js';
import { anyOf, type JsonSchema, oneOrMore, recordOf, TEXT_SCHEMA } from './json-schema.js';
import type { ValueSetting } from './options.js';
import { entriesOf, listOf, splitRecord } from './parse-lists.js';
import { badValue, type Parse, parseFilledText, reader } from './parse-values.js';

type Mode = 'auto' | 'off';
type Settings<K extends keyof ColumnRules> = readonly ValueSetting<NonNullable<ColumnRules[K]>>[];

/** One setting as it is printed, or as a text of `schema`. */
function schemaOf(schema: JsonSchema, value: JsonSchema): JsonSchema {
  const fields = new Map<string, JsonSchema>([
    ['column', anyOf({ type: 'null' }, TEXT_SCHEMA)],
    ['value', anyOf({ enum: ['auto', 'off'] }, value)],
  ]);
  return oneOrMore(anyOf(schema, recordOf(fields, ['column', 'value'])));
}

/**
 * @param parse what a column takes besides `auto` and `off`.
 * @param split what a text is to `parse`; null: not without a column.
 */
function settings<T>(
  schema: JsonSchema,
  parse: Parse<T>,
  split: (text: string, column: string | null) => unknown,
  wanted: string,
): Parse<readonly ValueSetting<Mode | T>[]> {
  return reader(schemaOf(schema, parse.schema), (given, flag) =>
    listOf(given).map((one) => {
      const fields = entriesOf(one);
      if (fields !== null) return readFields(new Map(fields), parse, flag, wanted);
      const text = parseFilledText(typeof one === 'number' ? String(one) : one, flag);
      const at = text.indexOf('=');
      if (at === 0) throw badValue(flag, text, 'a column before the equals sign');
      const column = at < 0 ? null : text.slice(0, at);
      const rest = text.slice(at + 1);
      if (rest === 'auto' || rest === 'off') return { column, value: rest };
      const value = split(rest, column);
      if (value === null) throw badValue(flag, text, wanted);
      return { column, value: parse(value, column === null ? flag : `${flag} ${column}=`) };
    }),
  );
}

/** A setting that was read before, as it is printed. */
function readFields<T>(
  fields: ReadonlyMap<string, unknown>,
  parse: Parse<T>,
  flag: string,
  wanted: string,
): ValueSetting<Mode | T> {
  const column = fields.get('column');
  const value = fields.get('value');
  const isKnown = fields.size === 2 && (column === null || typeof column === 'string');
  if (!isKnown || value === undefined) throw badValue(flag, fields, wanted);
  return { column, value: value === 'auto' || value === 'off' ? value : parse(value, flag) };
}

/** `auto`, `off`, texts with commas between, or `COLUMN=` and one of these. */
export const parseNulls: Parse<Settings<'nulls'>> = settings(
  TEXT_SCHEMA,
  parseTokens,
  (text) => splitRecord(text),
  'auto, off, or texts such as -999,NA',
);

const MODE = '^([^=]+=)?(auto|off)$';

export const parseNumberSettings: Parse<Settings<'numbers'>> = settings(
  { type: 'string', pattern: `${MODE}|^[^=]+=1[^0-9+eE-]?234[.,]5$` },
  parseConvention,
  (text, column) => (column === null ? null : text),
  "auto, off, or COLUMN=CONVENTION such as 'price=1.234,5'",
);

export const parseDateSettings: Parse<Settings<'dates'>> = settings(
  { type: 'string', pattern: `${MODE}|^[^=]+=.` },
  parseDateFormat,
  (text, column) => (column === null ? null : text),
  'auto, off, or COLUMN=FORMAT such as due=DD.MM.YYYY',
);
