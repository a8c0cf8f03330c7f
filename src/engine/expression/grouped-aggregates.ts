/**
 * Aggregates by groups, the same for any order and any split: groups are numbered as they come, and
 * what is kept of each lies side by side in arrays. Plain data that survives a structured clone.
 * Twin: a state of `aggregates` for each group.
 */

import { meanOf, stdOf, sumOf } from '../statistics/exact-sum.js';
import {
  addGroupedValues,
  createGroupedMoments,
  createMomentsReader,
  type GroupedMoments,
  growMoments,
  mergeGroupedMoments,
  momentsBytes,
} from '../statistics/grouped-moments.js';
import { orderValues } from '../statistics/ordered-values.js';
import { quantileType7 } from '../statistics/quantile.js';
import type { AggregateName } from './check-calls.js';
import type { GroupedValue } from './grouped-value.js';

/** What is kept of the values seen, of all groups; arrays have room to grow. */
export interface GroupedState {
  readonly name: AggregateName;
  /** By number; never more than one beyond `mostGroups`, which stands for all others. */
  keys: readonly string[];
  readonly mostGroups: number;
  readonly kept: Kept;
}

type Kept =
  /** Of `min` and `max`: the value, NaN where there is none; of `count`: how many. */
  | { readonly kind: 'single'; readonly empty: number; values: Float64Array }
  | { readonly kind: 'moments'; readonly moments: GroupedMoments }
  /** Of `median`: all values, the group of each beside it. */
  | { readonly kind: 'all'; groups: Uint32Array; values: Float64Array; count: number };

const LEAST_ROOM = 16;

/** Without a group. */
export function createGrouped(name: AggregateName, mostGroups: number): GroupedState {
  return { name, keys: [], mostGroups, kept: createKept(name) };
}

function createKept(name: AggregateName): Kept {
  switch (name) {
    case 'min':
    case 'max':
      return { kind: 'single', empty: Number.NaN, values: new Float64Array(0) };
    case 'count':
      return { kind: 'single', empty: 0, values: new Float64Array(0) };
    case 'median':
      return { kind: 'all', groups: new Uint32Array(0), values: new Float64Array(0), count: 0 };
    default:
      return { kind: 'moments', moments: createGroupedMoments({ squares: name === 'std' }) };
  }
}

/** What its arrays take, in bytes. */
export function groupedBytes({ kept }: GroupedState): number {
  if (kept.kind === 'moments') return momentsBytes(kept.moments);
  return kept.values.byteLength + (kept.kind === 'all' ? kept.groups.byteLength : 0);
}

/**
 * Adds the first `count` of `values` in, each into the group whose number stands beside it; of
 * `count` any values do.
 *
 * @param keys of all groups so far, those of before among them.
 */
export function addToGroups(
  state: GroupedState,
  keys: readonly string[],
  groups: Uint32Array,
  values: Float64Array,
  count: number,
): void {
  state.keys = keys;
  const { kept, name } = state;
  makeRoom(kept, keys.length, count);
  switch (kept.kind) {
    case 'single':
      if (name === 'count') countEach(kept.values, groups, count);
      else keepExtremes(kept.values, groups, values, count, name === 'min');
      return;
    case 'moments':
      addGroupedValues(kept.moments, groups, values, count);
      return;
    case 'all':
      kept.groups.set(groups.subarray(0, count), kept.count);
      kept.values.set(values.subarray(0, count), kept.count);
      kept.count += count;
      return;
  }
}

/** Loops of their own: see the fast engine. */
function countEach(counts: Float64Array, groups: Uint32Array, count: number): void {
  for (let i = 0; i < count; i++) {
    const group = groups[i]!;
    counts[group] = counts[group]! + 1;
  }
}

function keepExtremes(
  extremes: Float64Array,
  groups: Uint32Array,
  values: Float64Array,
  count: number,
  isLeast: boolean,
): void {
  for (let i = 0; i < count; i++) {
    const group = groups[i]!;
    // Adding 0 makes −0 a 0, so that the order of the two cannot show.
    const value = values[i]! + 0;
    extremes[group] = moreExtreme(extremes[group]!, value, isLeast);
  }
}

/** Adds up states of one aggregate, whose groups are numbered in other ways. */
export interface GroupedSum {
  add(part: GroupedState): void;
  total(): GroupedState;
}

export function sumGrouped({ name, mostGroups }: GroupedState): GroupedSum {
  const sum = createGrouped(name, mostGroups);
  const keys: string[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (key: string): number => {
    let number = numbers.get(key);
    if (number === undefined) {
      number = Math.min(keys.length, mostGroups);
      if (keys.length > mostGroups) return number;
      keys.push(key);
      numbers.set(key, number);
    }
    return number;
  };
  return {
    add(part) {
      const own = Uint32Array.from(part.keys, numberOf);
      sum.keys = keys;
      mergeKept(sum, part, own);
    },
    total: () => sum,
  };
}

function mergeKept(sum: GroupedState, part: GroupedState, numbers: Uint32Array): void {
  const [into, from] = [sum.kept, part.kept];
  if (into.kind === 'moments' && from.kind === 'moments') {
    growMoments(into.moments, sum.keys.length);
    growMoments(from.moments, part.keys.length);
    mergeGroupedMoments(into.moments, from.moments, numbers);
  } else if (into.kind === 'single' && from.kind === 'single') {
    makeRoom(into, sum.keys.length, 0);
    makeRoom(from, part.keys.length, 0);
    mergeSingles(sum.name, into.values, from.values, numbers);
  } else if (into.kind === 'all' && from.kind === 'all') {
    const groups = from.groups.map((group) => numbers[group]!);
    addToGroups(sum, sum.keys, groups, from.values, from.count);
  }
}

function mergeSingles(
  name: AggregateName,
  into: Float64Array,
  from: Float64Array,
  numbers: Uint32Array,
): void {
  numbers.forEach((number, group) => {
    const [before, value] = [into[number]!, from[group]!];
    if (name === 'count') into[number] = before + value;
    else if (!Number.isNaN(value)) into[number] = moreExtreme(before, value, name === 'min');
  });
}

/** Against NaN, which is none yet, nothing holds. */
function moreExtreme(before: number, value: number, isLeast: boolean): number {
  return (isLeast ? before <= value : before >= value) ? before : value;
}

function makeRoom(kept: Kept, groupCount: number, more: number): void {
  if (kept.kind === 'moments') {
    growMoments(kept.moments, groupCount);
    return;
  }
  const before = kept.values;
  const wanted = kept.kind === 'all' ? kept.count + more : groupCount;
  if (wanted <= before.length) return;
  const room = Math.max(LEAST_ROOM, wanted, 2 * before.length);
  kept.values = new Float64Array(room);
  kept.values.set(before);
  if (kept.kind === 'single') {
    kept.values.fill(kept.empty, before.length);
  } else {
    const { groups } = kept;
    kept.groups = new Uint32Array(room);
    kept.groups.set(groups);
  }
}

/** The value of each group, as that of an aggregate over its rows alone; missing ones are NaN. */
export function groupedValue({ name, keys, kept }: GroupedState): GroupedValue {
  const values = new Float64Array(keys.length).fill(Number.NaN);
  const read = groupReader(name, kept, keys.length);
  for (let group = 0; group < keys.length; group++) {
    const value = read(group) ?? Number.NaN;
    values[group] = Number.isFinite(value) ? value : Number.NaN;
  }
  return { keys, values };
}

function groupReader(name: AggregateName, kept: Kept, groupCount: number) {
  switch (kept.kind) {
    case 'single':
      return (group: number): number | null => kept.values[group] ?? kept.empty;
    case 'moments': {
      const read = createMomentsReader(kept.moments);
      return (group: number): number | null => {
        const moments = read(group);
        if (name === 'std') return stdOf(moments);
        if (name === 'mean') return meanOf(moments);
        return moments.count === 0 ? null : sumOf(moments);
      };
    }
    case 'all': {
      const { ends, values } = byGroup(kept, groupCount);
      return (group: number): number | null => {
        const own = values.subarray(group === 0 ? 0 : ends[group - 1]!, ends[group]!);
        return own.length === 0 ? null : quantileType7(orderValues(own), 0.5);
      };
    }
  }
}

/** All values, group by group, and where each group ends. */
function byGroup(kept: Extract<Kept, { kind: 'all' }>, groupCount: number) {
  const { groups, values, count } = kept;
  const ends = new Uint32Array(groupCount);
  for (let i = 0; i < count; i++) ends[groups[i]!]!++;
  for (let group = 1; group < groupCount; group++) ends[group]! += ends[group - 1]!;
  const places = new Uint32Array(groupCount);
  places.set(ends.subarray(0, Math.max(0, groupCount - 1)), Math.min(1, groupCount));
  const sorted = new Float64Array(count);
  for (let i = 0; i < count; i++) sorted[places[groups[i]!]!++] = values[i]!;
  return { ends, values: sorted };
}
