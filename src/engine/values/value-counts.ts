/** How many cells of a column each step changed. Plain data that adds up. */
import type { Example } from './evidence.js';

/** What is told of one column; `cells` by the place of the step's bit. */
export interface ValueCounts {
  readonly cells: number[];
  /** The first value that does not fit a format that was named. */
  firstMisfit: Example | null;
}

/** Steps that change a cell, as the bits of `convert-cell`, and what else is known of one. */
export const CHANGE_BITS = 8;
export const CHANGES = (1 << CHANGE_BITS) - 1;
/** Of a cell that is converted by its bytes: it stays as it is. */
export const UNCHANGED = -2;
/** The step that reads a value, among the changes. */
export const CONVERTED = 1 << 5;
/** The step that fills an empty cell. */
export const FILLED = 1 << 7;
/** A format was named, and the value does not fit; or it does. */
export const MISFIT = 1 << 8;
export const FIT = 1 << 9;
/** How many bits there are in all. */
export const STEP_BITS = 10;

/** The counts of the column at `place` among those with rules, made where there are none. */
export function countsAt(all: ValueCounts[], place: number): ValueCounts {
  while (all.length <= place) {
    all.push({ cells: Array.from({ length: STEP_BITS }, () => 0), firstMisfit: null });
  }
  return all[place]!;
}

/** Counts `times` cells with these bits. */
export function countSteps({ cells }: ValueCounts, steps: number, times = 1): void {
  for (let bit = 0; bit < STEP_BITS; bit++) if ((steps & (1 << bit)) !== 0) cells[bit]! += times;
}

/** Notes a value that does not fit, if none stands before it. */
export function noteMisfit(counts: ValueCounts, line: number, value: string): void {
  if (counts.firstMisfit === null || line < counts.firstMisfit.line) {
    counts.firstMisfit = { line, value };
  }
}

export function mergeValueCounts(into: ValueCounts[], from: readonly ValueCounts[]): void {
  from.forEach(({ cells, firstMisfit }, place) => {
    const counts = countsAt(into, place);
    cells.forEach((count, bit) => {
      counts.cells[bit]! += count;
    });
    counts.firstMisfit ??= firstMisfit;
  });
}
