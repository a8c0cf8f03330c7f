/** The first index of `from` … `to` − 1 where `holds`, which holds for all after it; else `to`. */
export function firstIndex(from: number, to: number, holds: (index: number) => boolean): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The first index of ascending values, none of them NaN, where one is `value` or above. */
export function firstAtLeast(ascending: Float64Array, value: number): number {
  // As `firstIndex`, without a call a step: it is asked for every value of a column.
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! >= value) high = middle;
    else low = middle + 1;
  }
  return low;
}
