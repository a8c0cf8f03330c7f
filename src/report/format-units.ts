/** Nouns, sizes and times for people. Pure. */
import { formatCount } from '../base/format-count.js';

/** `1 file`, `2 files`. */
export function formatNoun(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** Bytes in powers of 1,000, as rates are given: `512 B`, `80.0 KB`, `1.2 GB`. */
export function formatBytes(bytes: number): string {
  const units = ['KB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 'B';
  for (const next of units) {
    if (value < 1000) break;
    value /= 1000;
    unit = next;
  }
  return unit === 'B' ? `${bytes} B` : `${value.toFixed(1)} ${unit}`;
}

/** `12 ms`, `3.4 s`, `2 min 05 s`. */
export function formatTime(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** Time left, roughly: `9 s`, `2 min 05 s`. */
export function formatTimeLeft(ms: number): string {
  return ms < 59_500 ? `${Math.max(1, Math.round(ms / 1000))} s` : formatTime(ms);
}

/** A share of a whole: `97.2 %`; what is there but rounds to nothing is `< 0.1 %`. */
export function formatShare(part: number, whole: number): string {
  if (part === 0 || whole === 0) return '';
  const percent = (part / whole) * 100;
  return percent < 0.05 ? '< 0.1 %' : `${percent.toFixed(1)} %`;
}
