/**
 * What an aggregate is once it is settled: a number for all rows, or one for each group. Plain data
 * that survives a structured clone.
 */

/** One number, or null where it is missing; or those of the groups. */
export type AggregateValue = number | null | GroupedValue;

/** The value of each group, by the key of its rows. */
export interface GroupedValue {
  /** Each once. */
  readonly keys: readonly string[];
  /** As many; NaN is missing. */
  readonly values: Float64Array;
}

const places = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

/** The place of each key. Made once for each array. */
export function placesOf(keys: readonly string[]): ReadonlyMap<string, number> {
  let known = places.get(keys);
  if (known === undefined) {
    known = new Map(keys.map((key, place) => [key, place] as const));
    places.set(keys, known);
  }
  return known;
}

/** Null where it is missing, or there is no such group. */
export function valueOfKey({ keys, values }: GroupedValue, key: string): number | null {
  const value = values[placesOf(keys).get(key) ?? values.length];
  return value === undefined || Number.isNaN(value) ? null : value;
}
