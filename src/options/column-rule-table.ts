/**
 * The rules that `columns` takes for one column: how each is read, and what it is for. What a value
 * means is the engine's business; shapes are refused here.
 */
import { parseNumber } from '../csv/parse-number.js';
import type {
  ColumnRules,
  DateFormat,
  Fill,
  NumberConvention,
  Replacement,
} from '../engine/column-rules.js';
import { anyOf, type JsonSchema, mapOf, oneOrMore, recordOf, TEXT_SCHEMA } from './json-schema.js';
import { entriesOf, listOf, readEntries } from './parse-lists.js';
import {
  badValue,
  type Parse,
  parseChoice,
  parseFilledText,
  parseSwitch,
  parseText,
  reader,
} from './parse-values.js';

/** The rules that the engine obeys. Any other is refused. Whoever builds one adds it here. */
export const BUILT_COLUMN_RULES: ReadonlySet<keyof ColumnRules> = new Set([
  ...(['nulls', 'numbers', 'booleans', 'dates', 'fill', 'unicode', 'squeeze'] as const),
  ...(['mojibake', 'case', 'replace'] as const),
  ...(['required', 'unique', 'type', 'min', 'max', 'pattern', 'allowed', 'onInvalid'] as const),
]);

interface RuleSpec<T> {
  readonly help: string;
  readonly parse: Parse<T>;
}

const parseAutoOff = parseChoice(['auto', 'off']);

/** Two words, or else what `parse` reads. */
function autoOffOr<T>(parse: Parse<T>): Parse<'auto' | 'off' | T> {
  return reader(anyOf(parseAutoOff.schema, parse.schema), (given, flag) =>
    given === 'auto' || given === 'off' ? given : parse(given, flag),
  );
}

export const parseTokens: Parse<readonly string[]> = reader(oneOrMore(TEXT_SCHEMA), (given, flag) =>
  // The library may give numbers: of a recipe, they come as they are written.
  listOf(given).map((one) => (typeof one === 'number' ? String(one) : parseText(one, flag))),
);

/** With no value allowed, every row would go. */
const parseAllowed: Parse<readonly string[]> = reader(
  anyOf(TEXT_SCHEMA, { type: 'array', items: TEXT_SCHEMA, minItems: 1 }),
  (given, flag) => {
    const texts = parseTokens(given, flag);
    if (texts.length === 0) throw badValue(flag, given, 'at least one text');
    return texts;
  },
);

const CONVENTION_SCHEMA = anyOf(
  { type: 'string', pattern: '^1[^0-9+eE-]?234[.,]5$' },
  { enum: [1234.5] },
  recordOf(
    new Map<string, JsonSchema>([
      ['decimal', { enum: ['.', ','] }],
      ['thousands', anyOf({ type: 'null' }, { type: 'string', minLength: 1, maxLength: 1 })],
    ]),
    ['decimal'],
  ),
);

const CONVENTION = 'auto, off, or a convention such as 1.234,5';
/** A number in the convention: `1.234,5`, `1 234.5`, `1234,5`. */
const WRITTEN = /^1([^\d+eE\r\n-]?)234([.,])5$/u;

export const parseConvention: Parse<NumberConvention> = reader(CONVENTION_SCHEMA, (given, flag) => {
  const [, group, mark] = WRITTEN.exec(String(given)) ?? [];
  if (mark !== undefined && group !== mark) {
    return { decimal: mark as '.' | ',', thousands: group === '' ? null : group! };
  }
  const fields = readEntries(given, flag, ['decimal', 'thousands'], CONVENTION);
  const decimal = fields.get('decimal');
  if (decimal !== '.' && decimal !== ',') throw badValue(flag, given, CONVENTION);
  const thousands = fields.get('thousands') ?? null;
  if (thousands === null) return { decimal, thousands };
  const isGroup = typeof thousands === 'string' && /^[^\d+\-eE\r\n]$/u.test(thousands);
  if (!isGroup || thousands === decimal) throw badValue(flag, given, CONVENTION);
  return { decimal, thousands };
});

const DATE_SCHEMA = anyOf(TEXT_SCHEMA, recordOf(new Map([['format', TEXT_SCHEMA]]), ['format']));

export const parseDateFormat: Parse<DateFormat> = reader(DATE_SCHEMA, (given, flag) => {
  const said = entriesOf(given)?.find(([key]) => key === 'format')?.[1] ?? given;
  const format = parseFilledText(said, flag);
  const isCount = /^(?:excel|unix|unixms)$/i.test(format);
  const isPattern = /YY/.test(format) && /M/.test(format) && /D/.test(format);
  const hasAll = isCount || isPattern || /%[yY]/.test(format);
  if (!hasAll) throw badValue(flag, given, 'auto, off, or a format such as DD.MM.YYYY');
  return { format };
});

const DOWN_SCHEMA = recordOf(new Map([['down', { const: true }]]), ['down']);

const parseFill: Parse<Fill> = reader(anyOf(TEXT_SCHEMA, DOWN_SCHEMA), (given, flag) => {
  if (typeof given === 'string') return { kind: 'text', text: given };
  const down = readEntries(given, flag, ['down'], 'a text, or { down: true }').get('down');
  if (down !== true && down !== 'true') throw badValue(flag, given, 'a text, or { down: true }');
  return { kind: 'down' };
});

const parseReplacements: Parse<readonly Replacement[]> = reader(
  mapOf(TEXT_SCHEMA),
  (given, flag) => {
    const entries = entriesOf(given);
    if (entries === null) throw badValue(flag, given, 'a map from one text to another');
    return entries.map(([from, to]) => ({ from, to: parseText(to, `${flag}.${from}`) }));
  },
);

const LIMIT = 'a number, or a date such as 2024-12-31';
const DATE = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?$/;

const parseLimit: Parse<number | string> = reader(
  anyOf({ type: 'number' }, { type: 'string', pattern: '^[0-9+.-]' }),
  (given, flag) => {
    if (typeof given === 'string' && DATE.test(given)) return given;
    const number = typeof given === 'string' ? parseNumber(given) : given;
    if (typeof number !== 'number' || !Number.isFinite(number)) throw badValue(flag, given, LIMIT);
    return number;
  },
);

const parsePattern: Parse<string> = reader({ ...TEXT_SCHEMA, minLength: 1 }, (given, flag) => {
  const text = parseFilledText(given, flag);
  try {
    new RegExp(text, 'u');
  } catch {
    throw badValue(flag, text, 'a regular expression');
  }
  return text;
});

export const COLUMN_RULE_TABLE: {
  readonly [K in keyof ColumnRules]-?: RuleSpec<NonNullable<ColumnRules[K]>>;
} = {
  nulls: {
    help: 'which cells are missing: auto, off, or a list of texts',
    parse: autoOffOr(parseTokens),
  },
  numbers: {
    help: 'auto, off, or how they are written: 1.234,5',
    parse: autoOffOr(parseConvention),
  },
  booleans: { help: 'auto or off', parse: parseAutoOff },
  dates: {
    help: 'auto, off, or how they are written: DD.MM.YYYY',
    parse: autoOffOr(parseDateFormat),
  },
  fill: {
    help: 'what missing cells become: a text, or { down: true } for the value above',
    parse: parseFill,
  },
  unicode: { help: 'nfc, nfkc or off', parse: parseChoice(['nfc', 'nfkc', 'off']) },
  squeeze: { help: 'runs of blanks become one', parse: parseSwitch },
  mojibake: { help: 'mends text that was decoded wrongly: auto or off', parse: parseAutoOff },
  case: { help: 'lower, upper or title', parse: parseChoice(['lower', 'upper', 'title']) },
  replace: { help: 'whole cells: a map from one text to another', parse: parseReplacements },
  required: { help: 'no cell may be missing', parse: parseSwitch },
  unique: { help: 'no value may come twice', parse: parseSwitch },
  type: {
    help: 'what every value must be: integer, number, boolean, date or text',
    parse: parseChoice(['integer', 'number', 'boolean', 'date', 'text']),
  },
  min: { help: 'the least value: a number, or a date such as 2024-12-31', parse: parseLimit },
  max: { help: 'the greatest value', parse: parseLimit },
  pattern: { help: 'a regular expression that every value matches', parse: parsePattern },
  allowed: { help: 'the only values there may be', parse: parseAllowed },
  onInvalid: {
    help: 'what becomes of a row or value that breaks a rule: reject, null or fail',
    parse: parseChoice(['reject', 'null', 'fail']),
  },
};
