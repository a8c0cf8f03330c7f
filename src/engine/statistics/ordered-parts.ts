/**
 * The values of a long column that lies in several pieces, by their rank, without joining them:
 * they are counted in buckets, and the few buckets that are asked for are fetched and put in order.
 * Knows numbers only. Twin: `sortAll`.
 */
import { assert } from '../../base/assert.js';
import { firstIndex } from './first-index.js';
import { type OrderedValues, orderValues } from './ordered-values.js';
import {
  type Bucket,
  countBuckets,
  fetchBuckets,
  MOST_FETCHED,
  numberOf,
  scaleOf,
} from './value-buckets.js';

/** Values by their rank, and ranks by any value. */
export interface OrderedParts extends OrderedValues {
  /** Fetches together what the counts of these will be asked of. */
  fetchAround(values: readonly number[]): void;
  /** How many values are less than `x`: none than NaN. */
  countBelow(x: number): number;
  /** How many are greater. */
  countAbove(x: number): number;
}

/** So many values of each end are fetched with the first that are asked for. */
const END_LENGTH = 8;

/**
 * `parts` in order, of at least one value; they are not changed, must not change as long as the
 * order is used, and are all finite.
 *
 * @param soon ranks that will be asked for: what lies around them, and at both ends, is fetched
 *   together.
 */
export function orderParts(
  parts: readonly Float64Array[],
  soon: readonly number[] = [],
): OrderedParts {
  const scale = scaleOf(parts);
  const buckets = countBuckets(parts, scale);
  const { start, count } = buckets.at(-1)!;
  const length = start + count;
  const ordered = new Map<Bucket, OrderedValues>();
  const open = (wanted: readonly Bucket[]): void => {
    const closed = [...new Set(wanted)].filter((one) => !ordered.has(one)).slice(0, MOST_FETCHED);
    const fetched = fetchBuckets(parts, scale, closed);
    closed.forEach((bucket, i) => {
      ordered.set(bucket, orderValues(fetched[i]!, ranksWithin(bucket, soon)));
    });
  };
  const orderOf = (bucket: Bucket): OrderedValues => {
    open([bucket]);
    return ordered.get(bucket)!;
  };
  const within = (rank: number): Bucket => {
    assert(rank >= 0 && rank < length, 'a rank lies below the length');
    return buckets[firstIndex(0, buckets.length - 1, (at) => buckets[at + 1]!.start > rank)]!;
  };
  /** The first bucket that may hold `x`, or something greater, if there is one. */
  const bucketFrom = (x: number): readonly Bucket[] => {
    const number = numberOf(x, scale);
    const at = firstIndex(0, buckets.length, (i) => buckets[i]!.number >= number);
    return buckets.slice(at, at + 1);
  };
  /** How many values are left from the first on that holds: one not less than `x`, or greater. */
  const countFrom = (x: number, holds: (value: number) => boolean): number => {
    const [bucket] = bucketFrom(x);
    if (bucket === undefined || Number.isNaN(x)) return 0;
    if (bucket.number > numberOf(x, scale)) return length - bucket.start;
    const order = orderOf(bucket);
    return length - bucket.start - firstIndex(0, bucket.count, (at) => holds(order.at(at)));
  };
  const ends = buckets.filter(({ start: first, count: many }) => {
    return first < END_LENGTH || first + many > length - END_LENGTH;
  });
  open([...ends, ...soon.map(within)]);
  return {
    ...ofBuckets(length, within, orderOf),
    fetchAround: (values) => open(values.flatMap(bucketFrom)),
    countBelow: (x) => (Number.isNaN(x) ? 0 : length - countFrom(x, (value) => value >= x)),
    countAbove: (x) => countFrom(x, (value) => value > x),
  };
}

function ranksWithin({ start, count }: Bucket, ranks: readonly number[]): readonly number[] {
  return ranks.map((rank) => rank - start).filter((rank) => rank >= 0 && rank < count);
}

/** All values by those of each bucket; equal ones share a bucket. */
function ofBuckets(
  length: number,
  within: (rank: number) => Bucket,
  orderOf: (bucket: Bucket) => OrderedValues,
): OrderedValues {
  return {
    length,
    at: (rank) => {
      const bucket = within(rank);
      return orderOf(bucket).at(rank - bucket.start);
    },
    runStart: (rank) => {
      const bucket = within(rank);
      return orderOf(bucket).runStart(rank - bucket.start) + bucket.start;
    },
    runEnd: (rank) => {
      const bucket = within(rank);
      return orderOf(bucket).runEnd(rank - bucket.start) + bucket.start;
    },
  };
}
