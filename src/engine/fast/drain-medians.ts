/** Counts the values of medians block by block, instead of keeping all of them. */
import type { PassState } from '../pass-aggregates.js';
import type { MedianRequest } from '../split/measures.js';
import {
  addToIntervals,
  createIntervalCounter,
  finishIntervals,
  type IntervalCounts,
} from '../statistics/interval-counts.js';

/** Told the states after each block. */
export interface MedianDrain {
  take(states: readonly PassState[]): void;
  /** In the order of the requests. */
  finish(): readonly (readonly IntervalCounts[])[];
}

export function createMedianDrain(requests: readonly MedianRequest[]): MedianDrain {
  const counters = requests.map(({ intervals, mostKept }) =>
    createIntervalCounter(intervals, mostKept),
  );
  return {
    take(states) {
      requests.forEach(({ at }, i) => {
        const state = states[at]!;
        if ('values' in state) addToIntervals(counters[i]!, state.values, state.count);
      });
      for (const state of states) if ('values' in state) state.count = 0;
    },
    finish: () => counters.map(finishIntervals),
  };
}
