/** Days, times and zones as numbers, and their ISO 8601 texts. Knows no formats. */

/** What a text says of a day and, maybe, of a time. */
export interface Moment {
  readonly year: number;
  /** 1 – 12. */
  readonly month: number;
  readonly day: number;
  /** `T10:30:00.5+01:00`, or '' for a day alone. */
  readonly time: string;
}

/** Two-digit years: 00 – 68 are of this century, 69 – 99 of the last one, as in POSIX. */
export function fullYear(twoDigits: number): number {
  return twoDigits + (twoDigits <= 68 ? 2000 : 1900);
}

export function toIso({ year, month, day, time }: Moment): string {
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}${time}`;
}

export function pad(value: number | string, width: number): string {
  return String(value).padStart(width, '0');
}

/** `10:30`, `7:05:09.25 PM +0100`: hour, minute, second, fraction, half of the day, zone. */
const TIME =
  /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?: ?([ap])\.?m\.?)?(?: ?(z|utc|gmt|[+-]\d{2}(?::?\d{2})?))?$/i;

/** A time of day as ISO has it, with the `T` before it; null when it is none. */
export function isoTime(text: string): string | null {
  const match = TIME.exec(text);
  if (match === null) return null;
  const [, hours, minutes, seconds, fraction, half, zone] = match;
  return composeTime(Number(hours), minutes!, seconds, fraction, half, zone);
}

/** @param half `a` or `p` of a twelve-hour clock. */
export function composeTime(
  hours: number,
  minutes: string,
  seconds: string | undefined,
  fraction: string | undefined,
  half: string | undefined,
  zone: string | undefined,
): string | null {
  if (half !== undefined && (hours < 1 || hours > 12)) return null;
  const isAfternoon = half?.toLowerCase() === 'p';
  const hour = half === undefined ? hours : (hours % 12) + (isAfternoon ? 12 : 0);
  if (hour > 23 || Number(minutes) > 59 || Number(seconds ?? 0) > 59) return null;
  const offset = zone === undefined ? '' : isoZone(zone);
  if (offset === null) return null;
  const rest = seconds === undefined ? '' : `:${seconds}${fraction === undefined ? '' : '.'}`;
  return `T${pad(hour, 2)}:${minutes}${rest}${fraction ?? ''}${offset}`;
}

function isoZone(zone: string): string | null {
  if (/^[zug]/i.test(zone)) return 'Z';
  const [hours, minutes] = [zone.slice(1, 3), zone.slice(-2)];
  const rest = zone.length === 3 ? '00' : minutes;
  return Number(hours) > 14 || Number(rest) > 59 ? null : `${zone[0]}${hours}:${rest}`;
}
