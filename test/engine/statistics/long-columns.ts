/**
 * Seeded columns that several passes have a hard time with, and how they arrive: in spans, through
 * one array after the other. Knows no statistic.
 */
import type { Random } from '../outliers/distributions.js';

/** The value at a place of a column of `n`. */
type Draw = (random: Random, place: number, n: number) => number;

/** Divides the strides of most tests, so that a sample meets few phases of the period. */
const PERIOD = 8;

const DRAWS: Readonly<Record<string, Draw>> = {
  uniform: (random) => random(),
  'any sign and size': (random) => (random() - 0.5) * 10 ** Math.floor(random() * 600 - 300),
  'log-normal, two decimals': (random) =>
    Math.round(100 * Math.exp(4 * (random() + random() + random() - 1.5))) / 100,
  ascending: (_random, place) => place / 7,
  descending: (_random, place, n) => (n - place) / 7,
  'up and down again': (_random, place, n) => Math.min(place, n - place),
  'rows of equal values, ascending': (_random, place) => Math.floor(place / 50),
  constant: () => 42.5,
  'all -0': () => -0,
  'both zeros': (random) => (random() < 0.5 ? -0 : 0),
  'zeros of both signs among others': (random) =>
    [-0, 0, random() - 0.5][Math.floor(random() * 3)]!,
  'two values': (random) => (random() < 0.5 ? -1.5 : 0.1),
  'seven values': (random) => Math.floor(random() * 7) * 1.1,
  'two values that differ in the last bit': (random) => (random() < 0.9 ? 0.1 : 0.1 + 2 ** -56),
  'one value and a few others': (random) => (random() < 0.95 ? 7 : random() * 14),
  'a period of whole numbers': (_random, place) => place % PERIOD,
  'a period of magnitudes': (random, place) => 10 ** (place % PERIOD) * (1 + random()),
  'a period of other order': (random, place) => ((place * 3) % PERIOD) + random() / 1000,
  'subnormals and both zeros': (random) => Math.floor(random() * 100 - 50) * 5e-324,
  'the ends of the doubles': (random) => (random() < 0.5 ? -1 : 1) * Number.MAX_VALUE * random(),
  'both ends exactly': (random) => (random() < 0.5 ? -1 : 1) * Number.MAX_VALUE,
  'a few far out': (random) => (random() < 0.01 ? 1e300 * random() : 20 + random()),
  'half of it noise, then ascending': (random, place, n) => (place < n / 2 ? random() * n : place),
};
export const COLUMNS = Object.keys(DRAWS);

export function drawLongColumn(name: string, n: number, random: Random): Float64Array {
  return Float64Array.from({ length: n }, (_, place) => DRAWS[name]!(random, place, n));
}

/** Consecutive parts of up to all values; some may be empty. */
export function cutIntoSpans(values: Float64Array, random: Random): readonly Float64Array[] {
  const spans: Float64Array[] = [];
  const longest = 1 + Math.floor(random() * values.length);
  for (let start = 0; start < values.length; start += spans.at(-1)!.length) {
    spans.push(values.subarray(start, start + Math.floor(random() * (longest + 1))));
  }
  return spans;
}

/** Hands values on in one array that is used again and again, with others behind them. */
export function feed(
  values: Float64Array,
  random: Random,
  add: (values: Float64Array, count: number) => void,
): void {
  const room = new Float64Array(1 + Math.floor(random() * 700));
  for (let start = 0; start < values.length; start += room.length) {
    room.fill(-1e308);
    const some = values.subarray(start, start + room.length);
    room.set(some);
    add(room, some.length);
  }
}
