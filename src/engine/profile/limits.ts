/** How much a profile holds of a column, whatever the size of its file. All of it is told of. */

import { TAIL_LIMIT } from '../split/limits.js';

/** So many different values of a column are counted one by one; of more, how many is estimated. */
export const DISTINCT_LIMIT = 10_000;
/** The same of all columns of a table together: wide ones get less each. */
const DISTINCT_IN_ALL = 1_000_000;
const LEAST_DISTINCT = 100;
/** So many bytes the different values of a column may take together. */
export const DISTINCT_BYTES = 1 << 20;

/** Values that are kept to find quartiles by: no result shows how many. */
const SAMPLE_LIMIT = 1 << 14;
const SAMPLE_IN_ALL = 1 << 22;
const LEAST_SAMPLE = 64;
/** Different values of each end of a column; where these do not tell, another pass does. */
const TAILS_IN_ALL = 1 << 20;
const LEAST_TAIL = 8;

/** So many numbers of long columns are held, of all tables together; of more, passes tell. */
const HELD_IN_ALL = 1 << 24;
/** The same of values with their counts, which tables of different values become. */
const HELD_PAIRS = 1 << 16;
const HELD_PAIRS_IN_ALL = 1 << 20;

/** Longer examples are cut, in UTF-16 units. */
export const EXAMPLE_LENGTH = 60;
/** The most frequent values that are told. */
export const TOP_COUNT = 10;

/** What a pass may hold of each column. */
export interface ProfileLimits {
  readonly distinct: number;
  readonly distinctBytes: number;
  /** About how many values of a column are kept to find ranks by. */
  readonly sample: number;
  /** So many different values of each end are held. */
  readonly tail: number;
  /** So many numbers of all long columns of a table, or of a span of it, are held. */
  readonly held: number;
  /** So many values with counts of a column. */
  readonly heldPairs: number;
}

/**
 * @param columnCount of the table, or of all tables by name.
 * @param tableCount how many tables are held at once.
 */
export function profileLimits(columnCount: number, tableCount: number): ProfileLimits {
  const share = (all: number, parts: number): number => Math.floor(all / Math.max(1, parts));
  const held = columnCount * tableCount;
  return {
    distinct: Math.max(
      LEAST_DISTINCT,
      Math.min(DISTINCT_LIMIT, share(DISTINCT_IN_ALL, columnCount)),
    ),
    distinctBytes: DISTINCT_BYTES,
    sample: Math.max(LEAST_SAMPLE, Math.min(SAMPLE_LIMIT, share(SAMPLE_IN_ALL, held))),
    tail: Math.max(LEAST_TAIL, Math.min(TAIL_LIMIT, share(TAILS_IN_ALL, held))),
    held: HELD_IN_ALL,
    heldPairs: Math.min(HELD_PAIRS, share(HELD_PAIRS_IN_ALL, columnCount)),
  };
}

/**
 * The limits for a part of what is profiled: it holds no more than its share. No result depends on
 * what is held.
 *
 * @param bytes of the part, and `allBytes` of everything.
 */
export function limitsOfPart(
  limits: ProfileLimits,
  bytes: number,
  allBytes: number,
): ProfileLimits {
  return { ...limits, held: Math.floor((limits.held * bytes) / Math.max(1, allBytes)) };
}
