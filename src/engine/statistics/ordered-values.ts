/**
 * The values of a column by their rank. Only what is asked for is ever sorted: one pass counts
 * what lies where, one more fetches the few values around the ranks that are asked for. Knows
 * numbers only.
 */
import { assert } from '../../base/assert.js';
import { cutIntoRuns, fetchRuns, type Run, type Span, spanWithin, WHOLE } from './digit-runs.js';
import { firstAtLeast, firstIndex } from './first-index.js';
import { findOneValues } from './one-values.js';

/** Values in ascending order, -0 as 0; indexes are ranks, 0 the smallest. */
export interface OrderedValues {
  readonly length: number;
  at(index: number): number;
  /** The first index that holds the same value as `index`. */
  runStart(index: number): number;
  /** The first index behind the last one that holds the same value as `index`. */
  runEnd(index: number): number;
}

/** So few are sorted at once. */
const FEW_VALUES = 1024;
/** A run is long, and asked whether it is one value, when no more runs of its length fit. */
const MOST_LONG_RUNS = 64;

/**
 * `values` in order; they are not changed, must not change as long as the order is used, and are
 * all finite.
 *
 * @param soon ranks that will be asked for: what lies around them is fetched together.
 */
export function orderValues(values: Float64Array, soon: readonly number[] = []): OrderedValues {
  return orderWithin(values, WHOLE, soon);
}

/** The same by one sort of everything: the twin. */
export function sortAll(values: Float64Array): OrderedValues {
  const sorted = values.slice().sort();
  return {
    length: sorted.length,
    // Adding 0 turns -0 into 0 and changes nothing else.
    at: (index) => sorted[index]! + 0,
    runStart: (index) => firstAtLeast(sorted, sorted[index]!),
    runEnd: (index) => firstIndex(index, sorted.length, (i) => sorted[i]! > sorted[index]!),
  };
}

/** @param span where the values lie; null where nothing tells them apart but a sort. */
function orderWithin(
  values: Float64Array,
  span: Span | null,
  soon: readonly number[],
): OrderedValues {
  if (span === null || values.length <= FEW_VALUES) return sortAll(values);
  const runs = cutIntoRuns(values, span);
  const ordered = orderOneValues(values, runs);
  if (runs.length > 1) return ofRuns(values, runs, ordered, soon);
  return ordered[0] ?? orderWithin(values, spanWithin(runs[0]!), soon);
}

/**
 * Values by the run that holds them.
 *
 * @param ordered the values of each run; null where they are yet to be fetched, which is done when
 *   a rank among them is first asked for.
 */
function ofRuns(
  values: Float64Array,
  runs: readonly Run[],
  ordered: (OrderedValues | null)[],
  soon: readonly number[],
): OrderedValues {
  const runOf = (index: number): number =>
    firstIndex(0, runs.length - 1, (at) => runs[at + 1]!.start > index);
  const open = (wanted: readonly number[]): void => {
    const fetched = fetchRuns(
      values,
      wanted.map((at) => runs[at]!),
    );
    wanted.forEach((at, i) => {
      const run = runs[at]!;
      const inside = soon.map((rank) => rank - run.start);
      const soonInside = inside.filter((rank) => rank >= 0 && rank < run.count);
      ordered[at] = orderWithin(fetched[i]!, spanWithin(run), soonInside);
    });
  };
  let start = 0;
  let end = 0;
  let last: OrderedValues | null = null;
  const within = (index: number): OrderedValues => {
    if (last !== null && index >= start && index < end) return last;
    assert(index >= 0 && index < values.length, 'a rank lies below the length');
    const at = runOf(index);
    if (ordered[at] === null) open([at]);
    start = runs[at]!.start;
    end = start + runs[at]!.count;
    last = ordered[at]!;
    return last;
  };
  // Who asks for a long row of equal values asks for what comes behind it next.
  const wanted = soon.map(runOf).flatMap((at) => (ordered[at] === null ? [at] : [at + 1]));
  open([...new Set(wanted)].filter((at) => at < runs.length && ordered[at] === null));
  return {
    length: values.length,
    at: (index) => within(index).at(index - start),
    // Equal values share a run.
    runStart: (index) => within(index).runStart(index - start) + start,
    runEnd: (index) => within(index).runEnd(index - start) + start,
  };
}

/** Runs that are one value need no fetching; the others are null yet. */
function orderOneValues(values: Float64Array, runs: readonly Run[]): (OrderedValues | null)[] {
  const ordered = new Array<OrderedValues | null>(runs.length).fill(null);
  const long = runs.filter(
    ({ span, count }) =>
      span.firstPlace === span.lastPlace && count * MOST_LONG_RUNS >= values.length,
  );
  const oneValues = findOneValues(values, long);
  long.forEach((run, i) => {
    const value = oneValues[i]!;
    if (!Number.isNaN(value)) ordered[runs.indexOf(run)] = ofOneValue(value, run.count);
  });
  return ordered;
}

function ofOneValue(value: number, length: number): OrderedValues {
  return { length, at: () => value, runStart: () => 0, runEnd: () => length };
}
