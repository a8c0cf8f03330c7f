/**
 * Ordered values of which only some ranks are known: those of both tails, and a few between. What
 * several passes over a column too long to be held find out. Knows numbers only.
 */
import { assert } from '../../base/assert.js';
import { firstIndex } from './first-index.js';
import type { OrderedValues } from './ordered-values.js';
import type { Tail, TailsRecord } from './tails.js';

/**
 * `count` values, of which a rank is known when it lies in a tail, or, for `at` alone, when it is
 * one of `values`. To ask for another is a fault.
 *
 * @param values by rank, from 0; none is -0.
 * @param tails of all values.
 */
export function orderKnown(
  count: number,
  values: ReadonlyMap<number, number>,
  tails: TailsRecord,
): OrderedValues {
  const lowest = startsOf(tails.lowest.counts);
  const highest = startsOf(tails.highest.counts);
  const lowEnd = lowest.at(-1)!;
  const highStart = count - highest.at(-1)!;
  assert(lowEnd <= count && highStart >= 0, 'tails are no longer than their column');
  const runAt = (index: number): Run | null => {
    assert(index >= 0 && index < count, 'a rank lies below the length');
    if (index < lowEnd) return runIn(tails.lowest, lowest, index);
    if (index < highStart) return null;
    const mirrored = runIn(tails.highest, highest, count - 1 - index);
    return { ...mirrored, start: count - mirrored.end, end: count - mirrored.start };
  };
  const knownRun = (index: number): Run => {
    const run = runAt(index);
    assert(run !== null, 'only runs of the tails are known');
    return run;
  };
  return {
    length: count,
    at: (index) => {
      const value = runAt(index)?.value ?? values.get(index);
      assert(value !== undefined, 'only the ranks that were searched for are known');
      return value;
    },
    runStart: (index) => knownRun(index).start,
    runEnd: (index) => knownRun(index).end,
  };
}

/** Equal values: the first rank, and the first behind them. */
interface Run {
  readonly value: number;
  readonly start: number;
  readonly end: number;
}

/** How many values lie before each entry, counted from the outermost; last, how many there are. */
function startsOf(counts: Float64Array): Float64Array {
  const starts = new Float64Array(counts.length + 1);
  for (let i = 0; i < counts.length; i++) starts[i + 1] = starts[i]! + counts[i]!;
  return starts;
}

/** The entry that holds `rank`, which lies in the tail; ranks count from the outermost value. */
function runIn({ values }: Tail, starts: Float64Array, rank: number): Run {
  const entry = firstIndex(0, values.length, (index) => starts[index + 1]! > rank);
  return { value: values[entry]!, start: starts[entry]!, end: starts[entry + 1]! };
}
