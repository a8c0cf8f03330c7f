/**
 * The values of a column by their rank. Only what is asked for is ever sorted: quartiles and tails
 * lie in a few of 65,536 buckets, so most of a column is only dealt out once. Knows numbers only.
 */
import { assert } from '../../base/assert.js';

/** Values in ascending order, -0 as 0; indexes are ranks, 0 the smallest. */
export interface OrderedValues {
  readonly length: number;
  at(index: number): number;
  /** The first index that holds the same value as `index`. */
  runStart(index: number): number;
  /** The first index behind the last one that holds the same value as `index`. */
  runEnd(index: number): number;
}

/** Shorter columns are sorted at once. */
const FEW_VALUES = 16_384;
const DIGIT_BITS = 16;
const DIGIT_COUNT = 64 / DIGIT_BITS;
const BUCKETS = 1 << DIGIT_BITS;

/** `values` in order; they are copied, and all finite. */
export function orderValues(values: Float64Array): OrderedValues {
  return values.length <= FEW_VALUES ? sortAll(values) : dealOut(withoutNegativeZero(values), 0);
}

/** The same by one sort of everything: the twin. */
export function sortAll(values: Float64Array): OrderedValues {
  return ofSorted(withoutNegativeZero(values).sort());
}

/** Adding 0 turns -0 into 0 and changes nothing else. */
function withoutNegativeZero(values: Float64Array): Float64Array {
  const copy = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) copy[i] = values[i]! + 0;
  return copy;
}

function ofSorted(sorted: Float64Array): OrderedValues {
  return {
    length: sorted.length,
    at: (index) => sorted[index]!,
    runStart: (index) => firstIndex(0, index, (i) => sorted[i]! >= sorted[index]!),
    runEnd: (index) => firstIndex(index, sorted.length, (i) => sorted[i]! > sorted[index]!),
  };
}

/** The first index of `from` … `to` − 1 where `holds`, which holds for all after it; else `to`. */
function firstIndex(from: number, to: number, holds: (index: number) => boolean): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Deals `values` out by 16 bits of a key that has their order: of the double's bits the complement
 * where it is negative, else the sign bit set. A bucket is put in order when it is first looked at,
 * a large one by its next 16 bits.
 *
 * @param values all the same in the digits before `digit`, 0 – 3 from the most significant.
 */
function dealOut(values: Float64Array, digit: number): OrderedValues {
  const { dealt, starts } = distribute(values, digit);
  const inOrder = new Map<number, OrderedValues>();
  const bucketOf = (index: number): number =>
    firstIndex(0, BUCKETS, (bucket) => starts[bucket + 1]! > index);
  const open = (bucket: number): OrderedValues => {
    let ordered = inOrder.get(bucket);
    if (ordered === undefined) {
      const inside = dealt.subarray(starts[bucket]!, starts[bucket + 1]!);
      ordered = orderBucket(inside, digit);
      inOrder.set(bucket, ordered);
    }
    return ordered;
  };
  const within = (index: number, ask: (ordered: OrderedValues, at: number) => number) => {
    assert(index >= 0 && index < values.length, 'a rank lies below the length');
    const bucket = bucketOf(index);
    return ask(open(bucket), index - starts[bucket]!);
  };
  return {
    length: values.length,
    at: (index) => within(index, (ordered, at) => ordered.at(at)),
    // Equal values share a bucket.
    runStart: (index) => within(index, (ordered, at) => index - at + ordered.runStart(at)),
    runEnd: (index) => within(index, (ordered, at) => index - at + ordered.runEnd(at)),
  };
}

/** Orders the values of one bucket of `digit`; may change `values`. */
function orderBucket(values: Float64Array, digit: number): OrderedValues {
  if (digit === DIGIT_COUNT - 1 || areAllSame(values)) return ofSorted(values);
  return values.length <= FEW_VALUES ? ofSorted(values.sort()) : dealOut(values, digit + 1);
}

function areAllSame(values: Float64Array): boolean {
  const first = values[0];
  for (let i = 1; i < values.length; i++) {
    if (values[i] !== first) return false;
  }
  return true;
}

/** @returns the values by bucket, and where each bucket starts, with one entry more at the end. */
function distribute(values: Float64Array, digit: number) {
  const digits = digitsOf(values, digit);
  const starts = new Uint32Array(BUCKETS + 1);
  for (let i = 0; i < digits.length; i++) starts[digits[i]! + 1]!++;
  for (let bucket = 1; bucket <= BUCKETS; bucket++) starts[bucket]! += starts[bucket - 1]!;
  const next = starts.slice();
  const dealt = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) dealt[next[digits[i]!]!++] = values[i]!;
  return { dealt, starts };
}

const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Sixteen bits of the ordered key of each value. */
function digitsOf(values: Float64Array, digit: number): Uint16Array {
  const quarters = new Uint16Array(values.buffer, values.byteOffset, values.length * DIGIT_COUNT);
  const top = isLittleEndian ? DIGIT_COUNT - 1 : 0;
  const wanted = isLittleEndian ? DIGIT_COUNT - 1 - digit : digit;
  const positive = digit === 0 ? 0x8000 : 0;
  const digits = new Uint16Array(values.length);
  for (let i = 0, at = 0; i < values.length; i++, at += DIGIT_COUNT) {
    const flip = quarters[at + top]! >= 0x8000 ? 0xffff : positive;
    digits[i] = quarters[at + wanted]! ^ flip;
  }
  return digits;
}
