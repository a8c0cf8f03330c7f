/**
 * Which format a date or time of day is written in, as text: `YYYY-MM-DD HH:mm:ss`. Days that do
 * not exist are no dates. Where day and month may be either, the format says `??`; what else stands
 * in the column may prove one order.
 */
import { isDay } from '../../base/calendar.js';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun'].concat([
  ...['jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
]);
const MONTH_NAMES = ['january', 'february', 'march', 'april', 'may', 'june'].concat([
  ...['july', 'august', 'september', 'october', 'november', 'december'],
]);

const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/;
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/;
const DAY_NAME = /^(\d{1,2})([- ])([a-z]{3,9})\.?,?\2(\d{4}|\d{2})(?!\d)/i;
const NAME_DAY = /^([a-z]{3,9})\.? (\d{1,2}), (\d{4})(?!\d)/i;
const CLOCK =
  /^(\d{1,2}):(\d{2})(?::(\d{2})([.,]\d{1,9})?)?( ?[ap]m)?( ?(?:z|[+-]\d{2}:?\d{2}))?$/i;

const LONGEST = 40;

/** The format of a trimmed text, or null when it is neither a date nor a time of day. */
export function dateFormatOf(text: string): string | null {
  if (text.length > LONGEST || text.length < 4) return null;
  const day = dayOf(text);
  if (day === null) return clockOf(text);
  const rest = text.slice(day.length);
  if (rest === '') return day.format;
  const gap = rest[0]!;
  if (gap !== 'T' && gap !== 't' && gap !== ' ') return null;
  const clock = clockOf(rest.slice(1));
  return clock === null ? null : `${day.format}${gap.toUpperCase()}${clock}`;
}

/** Whether a text is written as a date or a time of day, be it of a day that does not exist. */
export function mayBeDate(text: string): boolean {
  return [YEAR_FIRST, YEAR_LAST, DAY_NAME, NAME_DAY, CLOCK].some((format) => format.test(text));
}

interface Day {
  readonly format: string;
  /** How much of the text it is. */
  readonly length: number;
}

function dayOf(text: string): Day | null {
  const first = YEAR_FIRST.exec(text);
  if (first !== null) {
    const [all, year, sign, month, day] = first;
    if (!isDay(Number(year), Number(month), Number(day))) return null;
    return { format: `YYYY${sign}MM${sign}DD`, length: all.length };
  }
  const last = YEAR_LAST.exec(text);
  return last === null ? namedDay(text) : numberedDay(last);
}

function numberedDay([all, a, sign, b, year]: RegExpExecArray): Day | null {
  const years = 'Y'.repeat(year!.length);
  const whole = year!.length === 4 ? Number(year) : 2000 + Number(year);
  const isDayFirst = isDay(whole, Number(b), Number(a));
  const isMonthFirst = isDay(whole, Number(a), Number(b));
  if (!isDayFirst && !isMonthFirst) return null;
  let order = isDayFirst ? `DD${sign}MM` : `MM${sign}DD`;
  if (isDayFirst && isMonthFirst) order = `??${sign}??`;
  return { format: `${order}${sign}${years}`, length: all.length };
}

function namedDay(text: string): Day | null {
  const last = DAY_NAME.exec(text);
  if (last !== null) {
    const [all, day, sign, name, year] = last;
    const month = monthOf(name!);
    const whole = year!.length === 4 ? Number(year) : 2000 + Number(year);
    if (month === null || !isDay(whole, month.number, Number(day))) return null;
    const years = 'Y'.repeat(year!.length);
    return { format: `DD${sign}${month.format}${sign}${years}`, length: all.length };
  }
  const first = NAME_DAY.exec(text);
  if (first === null) return null;
  const [all, name, day, year] = first;
  const month = monthOf(name!);
  if (month === null || !isDay(Number(year), month.number, Number(day))) return null;
  return { format: `${month.format} DD, YYYY`, length: all.length };
}

function monthOf(name: string): { readonly number: number; readonly format: string } | null {
  const lower = name.toLowerCase();
  const short = MONTHS.indexOf(lower);
  if (short >= 0) return { number: short + 1, format: 'MMM' };
  const long = MONTH_NAMES.indexOf(lower);
  return long < 0 ? null : { number: long + 1, format: 'MMMM' };
}

function clockOf(text: string): string | null {
  const found = CLOCK.exec(text);
  if (found === null) return null;
  const [, hour, minute, second, fraction, half, zone] = found;
  const [leastHour, mostHour] = half === undefined ? [0, 23] : [1, 12];
  if (Number(hour) < leastHour || Number(hour) > mostHour) return null;
  if (Number(minute) > 59 || Number(second ?? 0) > 59) return null;
  const seconds = second === undefined ? '' : `:ss${fraction === undefined ? '' : '.SSS'}`;
  const halves = half === undefined ? '' : ' a';
  return `${half === undefined ? 'HH' : 'h'}:mm${seconds}${halves}${zoneFormat(zone)}`;
}

/** `Z` for UTC, `±hh:mm` for another offset. */
function zoneFormat(zone: string | undefined): string {
  if (zone === undefined) return '';
  return /z$/i.test(zone) ? 'Z' : '±hh:mm';
}

/** Whether texts of the format stand in the order of time when they are sorted as texts. */
export function sortsByTime(format: string): boolean {
  return /^YYYY-MM-DD([T ]HH:mm(:ss(\.SSS)?)?Z?)?$/.test(format);
}
