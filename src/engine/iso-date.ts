/**
 * ISO 8601 dates as they stand in cells: `2025-03-09`, `2025-03-09 14:05`,
 * `2025-03-09T14:05:30.5Z`, `…+01:00`. Calendar arithmetic on whole numbers; no clock and no time
 * zone of the machine.
 */
import { isDay } from '../base/calendar.js';

/** Of one text at a time, so that nothing is made for a row. */
export interface IsoDate {
  year: number;
  /** 1 – 12. */
  month: number;
  /** 1 – 31. */
  day: number;
  hour: number;
  minute: number;
  /** With its fraction. */
  second: number;
  /** Minutes east of UTC; 0 where none is given. */
  offsetMinutes: number;
}

export function createIsoDate(): IsoDate {
  return { year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0, offsetMinutes: 0 };
}

const ZERO = 0x30;
const DASH = 0x2d;
const PLUS = 0x2b;
const COLON = 0x3a;
const POINT = 0x2e;
const SPACE = 0x20;
const UPPER_T = 0x54;
const UPPER_Z = 0x5a;

/** The number that `count` digits spell from `at` on, or NaN. */
function digitsAt(text: string, at: number, count: number): number {
  let number = 0;
  for (let i = at; i < at + count; i++) {
    const digit = text.charCodeAt(i) - ZERO;
    // Behind the end there is NaN, which is no digit either.
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}

/** Reads `text` into `date`. @returns whether it is a date that exists. */
export function readIsoDate(text: string, date: IsoDate): boolean {
  date.year = digitsAt(text, 0, 4);
  date.month = digitsAt(text, 5, 2);
  date.day = digitsAt(text, 8, 2);
  date.hour = 0;
  date.minute = 0;
  date.second = 0;
  date.offsetMinutes = 0;
  if (text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH) return false;
  if (!isDay(date.year, date.month, date.day)) return false;
  if (text.length === 10) return true;
  const between = text.charCodeAt(10);
  if (between !== UPPER_T && between !== SPACE) return false;
  return readTime(text, 11, date);
}

const scratch = createIsoDate();

/** Whether `text` is a date that exists, with or without a time of day. */
export function isIsoDate(text: string): boolean {
  return readIsoDate(text, scratch);
}

/** `14:05`, `14:05:30`, `14:05:30.25`, and a zone behind it. */
function readTime(text: string, start: number, date: IsoDate): boolean {
  date.hour = digitsAt(text, start, 2);
  date.minute = digitsAt(text, start + 3, 2);
  if (text.charCodeAt(start + 2) !== COLON) return false;
  if (!(date.hour <= 23 && date.minute <= 59)) return false;
  let at = start + 5;
  if (text.charCodeAt(at) === COLON) {
    date.second = digitsAt(text, at + 1, 2);
    if (!(date.second <= 59)) return false;
    at += 3;
    if (text.charCodeAt(at) === POINT) {
      const first = at + 1;
      for (at = first; !Number.isNaN(digitsAt(text, at, 1)); ) at++;
      if (at === first) return false;
      date.second = Number(text.slice(start + 6, at));
    }
  }
  return readZone(text, at, date);
}

/** Nothing, `Z`, `+01`, `+0130` or `+01:30`. */
function readZone(text: string, at: number, date: IsoDate): boolean {
  if (at === text.length) return true;
  const sign = text.charCodeAt(at);
  if (sign === UPPER_Z) return text.length === at + 1;
  if (sign !== PLUS && sign !== DASH) return false;
  const hours = digitsAt(text, at + 1, 2);
  const minutesAt = text.charCodeAt(at + 3) === COLON ? at + 4 : at + 3;
  const isWhole = text.length === at + 3;
  const minutes = isWhole ? 0 : digitsAt(text, minutesAt, 2);
  if (!(hours <= 14 && minutes <= 59) || (!isWhole && text.length !== minutesAt + 2)) return false;
  date.offsetMinutes = (sign === PLUS ? 1 : -1) * (hours * 60 + minutes);
  return true;
}

const DAYS_BEFORE_MARCH_1970 = 719_468;
const DAYS_IN_400_YEARS = 146_097;

/** Days since 1970-01-01 in the Gregorian calendar, counted in years that begin in March. */
export function daysOf({ year, month, day }: IsoDate): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const monthFromMarch = (month + 9) % 12;
  const dayOfYear = Math.floor((153 * monthFromMarch + 2) / 5) + day - 1;
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  const dayOfEra = yearOfEra * 365 + leapDays + dayOfYear;
  return era * DAYS_IN_400_YEARS + dayOfEra - DAYS_BEFORE_MARCH_1970;
}

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(date: IsoDate): number {
  // The first of January 1970 was a Thursday.
  return ((((daysOf(date) + 3) % 7) + 7) % 7) + 1;
}

/** Seconds since 1970-01-01T00:00Z. */
export function secondsOf(date: IsoDate): number {
  const { hour, minute, second, offsetMinutes } = date;
  return daysOf(date) * 86_400 + hour * 3600 + (minute - offsetMinutes) * 60 + second;
}
