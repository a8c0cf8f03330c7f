/**
 * Finds the runs that are one value, many times over: they need no fetching, however long they are.
 */
import { DIGITS, type Digit, markRun, quartersOf, type Run, slots } from './digit-runs.js';
import { halvesOf } from './double-halves.js';

/** So many values are compared at once before a look at what was found. */
const STRETCH = 1024;
/** The pass goes on while this share of the values may be spared the fetching. */
const WORTHY_SHARE = 1 / 8;

/** What the runs in question hold, by their slot. */
interface Seen {
  /** The halves of the first value seen; before, of a value that no column holds. */
  readonly firsts: Float64Array;
  readonly words: Int32Array;
}

/**
 * The one value of each of `runs`, cut by one digit; NaN when there is another, or -0 beside 0, or
 * when so few values are in question that fetching them costs less. One pass, which ends early
 * where the runs were seen to hold several values.
 */
export function findOneValues(values: Float64Array, runs: readonly Run[]): Float64Array {
  const firsts = new Float64Array(runs.length + 1).fill(Number.NaN);
  let openCount = runs.reduce((sum, { count }) => sum + count, 0);
  if (openCount === 0) return firsts.subarray(1);
  const seen: Seen = { firsts, words: halvesOf(firsts) };
  const digit = DIGITS[runs[0]!.span.digit]!;
  runs.forEach((run, i) => {
    markRun(run, i + 1);
  });
  const words = halvesOf(values);
  const quarters = quartersOf(values);
  const least = values.length * WORTHY_SHARE;
  for (let from = 0; openCount >= least && from < values.length; from += STRETCH) {
    const to = Math.min(values.length, from + STRETCH);
    if (agree(words, quarters, from, to, digit, seen)) continue;
    for (const slot of lookCloser(values, quarters, from, to, digit, seen)) {
      markRun(runs[slot - 1]!, 0);
      openCount -= runs[slot - 1]!.count;
    }
  }
  for (const run of runs) markRun(run, 0);
  if (openCount < least) firsts.fill(Number.NaN);
  // Adding 0 turns -0 into 0 and changes nothing else.
  return firsts.subarray(1).map((value) => value + 0);
}

/** Whether all marked values are what was seen first. Without branches: they would be missed. */
function agree(
  words: Int32Array,
  quarters: Uint16Array,
  from: number,
  to: number,
  { quarter, shift, mask }: Digit,
  { words: firsts }: Seen,
): boolean {
  let other = 0;
  for (let i = from; i < to; i++) {
    const slot = slots[(quarters[4 * i + quarter]! >>> shift) & mask]!;
    const difference =
      (words[2 * i]! ^ firsts[2 * slot]!) | (words[2 * i + 1]! ^ firsts[2 * slot + 1]!);
    // The sign bit is set where neither is 0.
    other |= (difference | -difference) & -slot;
  }
  return other >= 0;
}

/** Notes first values. @returns the slots that hold a second one; their first becomes NaN. */
function lookCloser(
  values: Float64Array,
  quarters: Uint16Array,
  from: number,
  to: number,
  { quarter, shift, mask }: Digit,
  { firsts }: Seen,
): ReadonlySet<number> {
  const others = new Set<number>();
  for (let i = from; i < to; i++) {
    const slot = slots[(quarters[4 * i + quarter]! >>> shift) & mask]!;
    if (slot === 0 || others.has(slot) || Object.is(values[i], firsts[slot])) continue;
    if (Number.isNaN(firsts[slot]!)) {
      firsts[slot] = values[i]!;
    } else {
      others.add(slot);
      firsts[slot] = Number.NaN;
    }
  }
  return others;
}
