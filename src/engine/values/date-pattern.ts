/**
 * Formats of dates that a user names: `DD.MM.YYYY HH:mm`, or as `strptime` has them. What a format
 * does not say is not read; nothing is guessed.
 */

import { isDay } from '../../base/calendar.js';
import { CsvcleanError } from '../../base/error.js';
import { composeTime, fullYear, pad, toIso } from './calendar.js';
import { monthOf } from './month-names.js';

/** The ISO date of a text that fits, or null. */
export type DateReader = (text: string) => string | null;

const PARTS: ReadonlyMap<string, string> = new Map([
  ['YYYY', '(?<year>\\d{4})'],
  ['YY', '(?<short>\\d{2})'],
  ['MMMM', '(?<name>\\p{L}+\\.?)'],
  ['MMM', '(?<name>\\p{L}+\\.?)'],
  ['MM', '(?<month>\\d{1,2})'],
  ['M', '(?<month>\\d{1,2})'],
  ['DD', '(?<day>\\d{1,2})'],
  ['D', '(?<day>\\d{1,2})'],
  ['HH', '(?<hour>\\d{1,2})'],
  ['H', '(?<hour>\\d{1,2})'],
  ['hh', '(?<hour>\\d{1,2})'],
  ['h', '(?<hour>\\d{1,2})'],
  ['mm', '(?<minute>\\d{2})'],
  ['ss', '(?<second>\\d{2})'],
  ['SSS', '(?<fraction>\\d{1,9})'],
  ['A', '(?<half>[ap])\\.?m\\.?'],
  ['a', '(?<half>[ap])\\.?m\\.?'],
  ['Z', '(?<zone>z|utc|gmt|[+-]\\d{2}(?::?\\d{2})?)'],
]);
const TOKEN =
  /\[[^\]]*\]|YYYY|YY|MMMM|MMM|MM|M|DD|D|HH|H|hh|h|mm|ss|SSS|A(?![a-z])|a(?![a-z])|Z|./gs;
const STRPTIME: ReadonlyMap<string, string> = new Map([
  ['%Y', 'YYYY'],
  ['%y', 'YY'],
  ['%m', 'MM'],
  ['%d', 'DD'],
  ['%e', 'D'],
  ['%b', 'MMM'],
  ['%B', 'MMMM'],
  ['%H', 'HH'],
  ['%I', 'hh'],
  ['%M', 'mm'],
  ['%S', 'ss'],
  ['%f', 'SSS'],
  ['%p', 'A'],
  ['%z', 'Z'],
  ['%%', '%'],
]);

/** Days since 1899-12-30, as spreadsheets count them; seconds or milliseconds since 1970. */
const COUNTS: ReadonlyMap<string, DateReader> = new Map([
  ['excel', readSerial],
  ['unix', (text) => readEpoch(text, 1000)],
  ['unixms', (text) => readEpoch(text, 1)],
]);

/** @throws CsvcleanError USAGE for a format without a day, a month and a year. */
export function dateReader(format: string): DateReader {
  const count = COUNTS.get(format.toLowerCase());
  if (count !== undefined) return count;
  const plain = format.includes('%')
    ? format.replace(/%[a-zA-Z%]/g, (part) => STRPTIME.get(part) ?? part)
    : format;
  const tokens = plain.match(TOKEN) ?? [];
  const used = tokens.flatMap((token) => /<(\w+)>/.exec(PARTS.get(token) ?? '')?.[1] ?? []);
  refuseIncomplete(format, used);
  const source = tokens.map((token, i) => {
    const part = PARTS.get(token);
    if (part === undefined) return escaped(token.replace(/^\[(.*)\]$/s, '$1'));
    // With nothing between them, numbers have all of their digits.
    const isBeside = [tokens[i - 1], tokens[i + 1]].some((one) => isNumber(one));
    return isBeside ? part.replace('{1,2}', '{2}') : part;
  });
  const pattern = new RegExp(`^${source.join('')}$`, 'iu');
  return (text) => readMatch(pattern.exec(text)?.groups);
}

function isNumber(token: string | undefined): boolean {
  return /\\d/.test(PARTS.get(token ?? '') ?? '');
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function refuseIncomplete(format: string, used: readonly string[]): void {
  const has = (...names: readonly string[]): boolean => names.some((name) => used.includes(name));
  const isWhole = has('year', 'short') && has('month', 'name') && has('day');
  if (isWhole && new Set(used).size === used.length && (has('hour') || !has('minute', 'half'))) {
    return;
  }
  throw new CsvcleanError('USAGE', `dates "${format}": it names no day, month and year`, {
    remedy: 'Write it as DD.MM.YYYY, MM/DD/YY HH:mm or D MMM YYYY; or excel, unix, unixms.',
  });
}

function readMatch(groups: Record<string, string | undefined> | undefined): string | null {
  if (groups === undefined) return null;
  const { year, short, month, name, day, hour, minute, second, fraction, half, zone } = groups;
  const time =
    hour === undefined
      ? ''
      : composeTime(Number(hour), minute ?? '00', second, fraction, half, zone);
  const moment = {
    year: year === undefined ? fullYear(Number(short)) : Number(year),
    month: name === undefined ? Number(month) : monthOf(name),
    day: Number(day),
    time: time ?? '',
  };
  if (time === null || !isDay(moment.year, moment.month, moment.day)) return null;
  return toIso(moment);
}

const MS_PER_DAY = 86_400_000;
const EPOCH_SERIAL = 25_569;
/** 9999-12-31, and what spreadsheets have of it. */
const LAST_SERIAL = 2_958_466;

function readSerial(text: string): string | null {
  if (!/^\d{1,7}(?:\.\d+)?$/.test(text)) return null;
  const serial = Number(text);
  // Before 1900-03-01 spreadsheets disagree about the day.
  if (serial < 61 || serial >= LAST_SERIAL) return null;
  const hasTime = text.includes('.');
  return isoOf(Math.round((serial - EPOCH_SERIAL) * MS_PER_DAY), hasTime, false);
}

function readEpoch(text: string, msPerUnit: number): string | null {
  if (!/^-?\d{1,14}(?:\.\d{1,6})?$/.test(text)) return null;
  return isoOf(Math.round(Number(text) * msPerUnit), true, true);
}

const LAST_MS = 253_402_300_800_000;
const FIRST_MS = -62_135_596_800_000;

function isoOf(ms: number, hasTime: boolean, isUtc: boolean): string | null {
  if (ms < FIRST_MS || ms >= LAST_MS) return null;
  const date = new Date(ms);
  const day = `${pad(date.getUTCFullYear(), 4)}-${date.toISOString().slice(5, 10)}`;
  if (!hasTime) return day;
  const time = date
    .toISOString()
    .slice(11, 23)
    .replace(/\.000$/, '');
  return `${day}T${time}${isUtc ? 'Z' : ''}`;
}
