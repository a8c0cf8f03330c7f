/**
 * Aggregates over all rows, the same for any order and any split: values are added in one at a
 * time, states are merged, and the value is asked for at the end. Plain data that survives a
 * structured clone. Knows no rows.
 */
import { assert } from '../../base/assert.js';
import {
  addValue,
  addValues,
  createMoments,
  type Moments,
  meanOf,
  mergeMoments,
  stdOf,
  sumOf,
} from '../statistics/exact-sum.js';
import { orderValues } from '../statistics/ordered-values.js';
import { quantileType7 } from '../statistics/quantile.js';
import type { AggregateName } from './check-calls.js';

/**
 * What is kept of the values seen. `values` of a median has room to grow; `count` says how many are
 * in it.
 */
export type AggregateState =
  | { readonly name: 'min' | 'max'; value: number | null }
  | { readonly name: 'sum' | 'mean' | 'std'; readonly moments: Moments }
  | { readonly name: 'median'; values: Float64Array; count: number }
  | { readonly name: 'count'; count: number };

/** Of no rows yet. */
export function createAggregate(name: AggregateName): AggregateState {
  switch (name) {
    case 'min':
    case 'max':
      return { name, value: null };
    case 'sum':
    case 'mean':
    case 'std':
      return { name, moments: createMoments({ squares: name === 'std' }) };
    case 'median':
      return { name, values: new Float64Array(16), count: 0 };
    case 'count':
      return { name, count: 0 };
  }
}

/** Adds the value of one row in; null is passed over. */
export function addToAggregate(state: AggregateState, value: number | null): void {
  if (value === null) return;
  switch (state.name) {
    case 'min':
    case 'max':
      state.value = moreExtreme(state.name, state.value, value);
      return;
    case 'sum':
    case 'mean':
    case 'std':
      addValue(state.moments, value);
      return;
    case 'median':
      makeRoom(state, state.count + 1);
      state.values[state.count++] = value;
      return;
    case 'count':
      state.count++;
      return;
  }
}

/** Adds the first `count` of `values` in, as `addToAggregate` does one by one. */
export function addAllToAggregate(
  state: Extract<AggregateState, { moments: Moments } | { values: Float64Array }>,
  values: Float64Array,
  count: number,
): void {
  switch (state.name) {
    case 'sum':
    case 'mean':
    case 'std':
      addValues(state.moments, values, count);
      return;
    case 'median':
      makeRoom(state, state.count + count);
      state.values.set(values.subarray(0, count), state.count);
      state.count += count;
      return;
  }
}

/** Adds all values of `from`, an aggregate of the same name, into `into`. */
export function mergeAggregate(into: AggregateState, from: AggregateState): void {
  assert(into.name === from.name, 'aggregates of one name are merged');
  if ('moments' in into && 'moments' in from) {
    mergeMoments(into.moments, from.moments);
  } else if ('values' in into && 'values' in from) {
    makeRoom(into, into.count + from.count);
    into.values.set(from.values.subarray(0, from.count), into.count);
    into.count += from.count;
  } else if ('value' in into && 'value' in from) {
    addToAggregate(into, from.value);
  } else if (into.name === 'count' && from.name === 'count') {
    into.count += from.count;
  }
}

/**
 * The value over all rows added; null, missing, when it is none or not finite: `sum`, `mean`,
 * `min`, `max` and `median` (type 7) of no value, `std` (n − 1) of fewer than two. `count` of none
 * is 0.
 */
export function aggregateValue(state: AggregateState): number | null {
  const value = unboundedValue(state);
  return value !== null && Number.isFinite(value) ? value : null;
}

function unboundedValue(state: AggregateState): number | null {
  switch (state.name) {
    case 'min':
    case 'max':
      return state.value;
    case 'sum':
      return state.moments.count === 0 ? null : sumOf(state.moments);
    case 'mean':
      return meanOf(state.moments);
    case 'std':
      return stdOf(state.moments);
    case 'median':
      return state.count === 0
        ? null
        : quantileType7(orderValues(state.values.subarray(0, state.count)), 0.5);
    case 'count':
      return state.count;
  }
}

function moreExtreme(name: 'min' | 'max', before: number | null, value: number): number {
  // Adding 0 makes −0 a 0, so that the order of the two cannot show.
  const positive = value + 0;
  if (before === null) return positive;
  return name === 'min' ? Math.min(before, positive) : Math.max(before, positive);
}

function makeRoom(state: { values: Float64Array; readonly count: number }, needed: number): void {
  if (needed <= state.values.length) return;
  const larger = new Float64Array(Math.max(needed, 2 * state.values.length));
  larger.set(state.values.subarray(0, state.count));
  state.values = larger;
}
