/** From the rules of columns to checks of their cells. Loaded late: most jobs have none. */
import { CsvcleanError } from '../../base/error.js';
import { isMissing } from '../../csv/missing.js';
import { formatNumber, parseNumber } from '../../csv/parse-number.js';
import type { ColumnRules, NamedRules } from '../column-rules.js';
import type { Column } from '../columns.js';
import { isIsoDate } from '../iso-date.js';
import { createMatcher, MAX_MATCHED_LENGTH } from './match-pattern.js';
import type { NumberScreen, SchemaCheck, SchemaPlan, SchemaRule } from './schema.js';

/** More allowed values are not listed in a message. */
const SHOWN_VALUES = 8;

/**
 * Refuses what needs no header to be seen: patterns that are not read, and rules that exclude each
 * other.
 * @throws CsvcleanError USAGE.
 */
export function checkSchemaRules(named: readonly NamedRules[]): void {
  for (const { column, rules } of named) {
    listChecks(rules);
    const { onInvalid, required, unique, type, min, max } = rules;
    const emptied = required === true ? 'required' : unique === true ? 'unique' : null;
    if (onInvalid === 'null' && emptied !== null) {
      throw refused(column, `${emptied} and onInvalid: null exclude each other`);
    }
    const isSplit = min !== undefined && max !== undefined && typeof min !== typeof max;
    if (isSplit) throw refused(column, 'min and max are both numbers, or both dates');
    for (const limit of [min, max]) {
      if (typeof limit === 'string' && !isIsoDate(limit)) {
        throw refused(column, `there is no day ${limit}`);
      }
      if (limit !== undefined && !mayLimit(limit, type)) {
        throw refused(column, `type ${type} and the limit ${limit} exclude each other`);
      }
    }
    if (min !== undefined && max !== undefined && min > max) {
      throw refused(column, `min ${min} is above max ${max}`);
    }
  }
}

function refused(column: string, what: string): CsvcleanError {
  return new CsvcleanError('USAGE', `columns.${column}: ${what}`, {
    remedy: 'Change one of them.',
  });
}

/** Whether a value of the type may be within a limit. */
function mayLimit(limit: number | string, type: ColumnRules['type']): boolean {
  if (type === undefined || type === 'text') return true;
  return typeof limit === 'string' ? type === 'date' : type === 'integer' || type === 'number';
}

type Complaint = SchemaCheck['complaint'];

/** The rules that look at a cell by itself. */
function listChecks(rules: ColumnRules): readonly (readonly [rule: SchemaRule, Complaint])[] {
  const checks: (readonly [SchemaRule, Complaint])[] = [];
  const ofValues = (rule: SchemaRule, complaint: Complaint): void => {
    checks.push([rule, (text) => (isMissing(text) ? null : complaint(text))]);
  };
  if (rules.required === true) {
    checks.push(['required', (text) => (isMissing(text) ? 'is missing' : null)]);
  }
  if (rules.type !== undefined && rules.type !== 'text') ofValues('type', typeCheck(rules.type));
  if (rules.min !== undefined) ofValues('min', limitCheck(rules.min, 'below the minimum', -1));
  if (rules.max !== undefined) ofValues('max', limitCheck(rules.max, 'above the maximum', 1));
  if (rules.pattern !== undefined) ofValues('pattern', patternCheck(rules.pattern));
  if (rules.allowed !== undefined) ofValues('allowed', allowedCheck(rules.allowed));
  return checks;
}

const TYPES: Readonly<
  Record<'integer' | 'number' | 'boolean' | 'date', readonly [string, RegExp]>
> = {
  integer: ['no whole number', /^[+-]?\d+$/],
  number: ['no number', /./],
  boolean: ['neither true nor false', /^(?:true|false)$/i],
  date: ['no date as 2024-12-31', /./],
};

function typeCheck(type: keyof typeof TYPES): Complaint {
  const [what, shape] = TYPES[type];
  return (text) => {
    const isOne =
      type === 'number'
        ? !Number.isNaN(parseNumber(text))
        : type === 'date'
          ? isIsoDate(text)
          : shape.test(text);
    return isOne ? null : `is ${what}`;
  };
}

/** @param side 1: values above are wrong; −1: those below. */
function limitCheck(limit: number | string, where: string, side: 1 | -1): Complaint {
  const shown = typeof limit === 'number' ? formatNumber(limit) : limit;
  const complaint = `is ${where} of ${shown}`;
  if (typeof limit === 'string') {
    const moment = momentOf(limit, limit.length);
    return (text) => {
      if (!isIsoDate(text)) return TYPE_OF_DATE;
      // As precisely as the limit is given: a day ends with the day.
      return isBeyond(momentOf(text, limit.length), moment, side) ? complaint : null;
    };
  }
  return (text) => {
    const value = parseNumber(text);
    if (Number.isNaN(value)) return 'is no number';
    return isBeyond(value, limit, side) ? complaint : null;
  };
}

const MIDNIGHT = '0000-00-00 00:00:00.000000000';

/** So much of a date as sorts by time; a day alone begins at midnight. Zones are left out. */
function momentOf(text: string, length: number): string {
  const [day, time = ''] = text.split(/[T ]/);
  const moment = `${day} ${time.replace(/(?:Z|[+-].*)$/, '')}`;
  return (moment + MIDNIGHT.slice(moment.length)).slice(0, length);
}

const TYPE_OF_DATE = 'is no date as 2024-12-31';

function isBeyond<T extends number | string>(value: T, limit: T, side: 1 | -1): boolean {
  return side === 1 ? value > limit : value < limit;
}

function patternCheck(pattern: string): Complaint {
  const matches = createMatcher(pattern);
  return (text) => {
    if (matches(text)) return null;
    return text.length > MAX_MATCHED_LENGTH
      ? `has more than the ${MAX_MATCHED_LENGTH} characters that a pattern is sought in`
      : `does not match ${pattern}`;
  };
}

function allowedCheck(values: readonly string[]): Complaint {
  const allowed = new Set(values);
  const more = values.length - SHOWN_VALUES;
  const rest = more > 0 ? ` and ${more} more` : '';
  const complaint = `is none of ${values.slice(0, SHOWN_VALUES).join(', ')}${rest}`;
  return (text) => (allowed.has(text) ? null : complaint);
}

/** @param resolve the column that a name means. */
export function planSchema(
  named: readonly NamedRules[],
  resolve: (name: string) => Column,
): SchemaPlan {
  const places: { column: string; rule: SchemaRule }[] = [];
  const placeOf = (column: Column, rule: SchemaRule): number =>
    places.push({ column: column.name, rule }) - 1;
  const columns: SchemaPlan['columns'][number][] = [];
  const uniques: SchemaPlan['uniques'][number][] = [];
  for (const { column: name, rules } of named) {
    const column = resolve(name);
    const onInvalid = rules.onInvalid ?? 'reject';
    const checks = listChecks(rules).map(([rule, complaint]) => ({
      ...{ rule, complaint },
      place: placeOf(column, rule),
    }));
    if (checks.length > 0) columns.push({ column, onInvalid, checks, numbers: screenOf(rules) });
    if (rules.unique === true) {
      uniques.push({ column, onInvalid, place: placeOf(column, 'unique') });
    }
  }
  return { columns, uniques, places };
}

function screenOf(rules: ColumnRules): NumberScreen | null {
  const { type, min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = rules;
  const isOther = rules.pattern !== undefined || rules.allowed !== undefined;
  if (isOther || typeof min === 'string' || typeof max === 'string') return null;
  const isOfNumbers = type === 'number' || Number.isFinite(min) || Number.isFinite(max);
  if ((type !== undefined && type !== 'number') || !isOfNumbers) return null;
  return { isRequired: rules.required === true, min, max };
}
