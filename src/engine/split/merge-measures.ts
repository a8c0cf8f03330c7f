/**
 * Adds up what spans answered, one after the other in their order, so that no more is held than the
 * sum.
 */
import { assert } from '../../base/assert.js';
import { type AggregateState, mergeAggregate } from '../expression/aggregates.js';
import type { GroupedSum } from '../expression/grouped-aggregates.js';
import { expressionCompiler } from '../expression/load-compiler.js';
import { isGrouped, type PassState } from '../pass-aggregates.js';
import { profiler } from '../profile/load-profiler.js';
import type { KeyStream } from '../settled.js';
import { mergeMoments } from '../statistics/exact-sum.js';
import { type IntervalCounts, mergeIntervals } from '../statistics/interval-counts.js';
import { mergeTails } from '../statistics/tails.js';
import { addFields } from '../tally.js';
import { loadedValueTools } from '../values/load-values.js';
import { TAIL_LIMIT } from './limits.js';
import type {
  ColumnHead,
  ColumnMeasures,
  ColumnRequest,
  MeasureRequest,
  Measures,
  MedianRequest,
} from './measures.js';

/** A sum that grows. */
export interface MeasuresSum {
  /** Adds the answer of the next span. */
  add(part: Measures): void;
  /** Of at least one answer. */
  total(): Measures;
}

export function sumMeasures(request: MeasureRequest): MeasuresSum {
  if (request.kind === 'columns') return sumColumns(request.columns);
  if (request.kind === 'keys') return sumKeys(request.partCount);
  if (request.kind === 'where' || request.kind === 'derive') return sumAggregates(request.medians);
  let sum: Measures | null = null;
  return {
    add(part) {
      sum = sum === null ? part : addPart(sum, part, request);
    },
    total() {
      assert(sum !== null, 'a sum is of at least one answer');
      return sum;
    },
  };
}

/** The sum of both. */
function addPart(sum: Measures, part: Measures, request: MeasureRequest): Measures {
  if (sum.kind === 'profile' && part.kind === 'profile' && request.kind === 'profile') {
    const table = profiler().mergeTables(sum.table, part.table, request.limits);
    return { kind: 'profile', table };
  }
  if (sum.kind === 'heads' && part.kind === 'heads') {
    return { kind: 'heads', heads: sum.heads.map((head, i) => mergeHeads(head, part.heads[i]!)) };
  }
  if (sum.kind === 'values' && part.kind === 'values') {
    const { mergeEvidences } = loadedValueTools();
    return { kind: 'values', evidence: mergeEvidences(sum.evidence, part.evidence) };
  }
  assert(sum.kind === 'beyond' && part.kind === 'beyond', 'answers of one kind are added');
  return {
    kind: 'beyond',
    rowCount: sum.rowCount + part.rowCount,
    rowsBeyond: sum.rowsBeyond + part.rowsBeyond,
    valuesBeyond: sum.valuesBeyond.map((count, i) => count + part.valuesBeyond[i]!),
  };
}

function mergeHeads(a: ColumnHead, b: ColumnHead): ColumnHead {
  const values = new Float64Array(a.values.length + b.values.length);
  const notations = new Uint8Array(values.length);
  values.set(a.values);
  values.set(b.values, a.values.length);
  notations.set(a.notations);
  notations.set(b.notations, a.values.length);
  return { values, notations };
}

/** What is kept of the values of medians is joined at the end, all at once. */
function sumAggregates(medians: readonly MedianRequest[]): MeasuresSum {
  let sum: Extract<Measures, { kind: 'aggregates' }> | null = null;
  let grouped: readonly (GroupedSum | null)[] = [];
  const intervals = medians.map((): (readonly IntervalCounts[])[] => []);
  return {
    add(part) {
      assert(part.kind === 'aggregates', 'answers of one kind are added');
      part.medians.forEach((counts, i) => {
        intervals[i]!.push(counts);
      });
      if (sum === null) {
        sum = part;
        grouped = part.states.map(beginGroups);
        return;
      }
      const { states, counts } = sum;
      states.forEach((state, i) => {
        const other = part.states[i]!;
        if (isGrouped(other)) grouped[i]!.add(other);
        else mergeAggregate(state as AggregateState, other);
      });
      counts.forEach((one, i) => {
        addFields(one, part.counts[i]!);
      });
    },
    total() {
      assert(sum !== null, 'a sum is of at least one answer');
      const joined = medians.map(({ mostKept }, i) => mergeIntervals(intervals[i]!, mostKept));
      const states = sum.states.map((state, i) => grouped[i]?.total() ?? state);
      return { ...sum, states, medians: joined };
    },
  };
}

function sumKeys(partCount: number): MeasuresSum {
  const streams: KeyStream[] = [];
  const partBytes = new Float64Array(partCount);
  return {
    add(part) {
      assert(part.kind === 'keys', 'answers of one kind are added');
      streams.push(...part.streams);
      part.partBytes.forEach((bytes, i) => {
        partBytes[i]! += bytes;
      });
    },
    total: () => ({ kind: 'keys', streams, partBytes }),
  };
}

function beginGroups(state: PassState): GroupedSum | null {
  if (!isGrouped(state)) return null;
  const sum = expressionCompiler().sumGrouped(state);
  sum.add(state);
  return sum;
}

/** What is kept of values is joined at the end, all at once. */
function sumColumns(requests: readonly ColumnRequest[]): MeasuresSum {
  const sums = requests.map((): ColumnMeasures | null => null);
  const intervals = requests.map((): (readonly IntervalCounts[])[] => []);
  return {
    add(part) {
      assert(part.kind === 'columns', 'answers of one kind are added');
      part.columns.forEach((column, i) => {
        intervals[i]!.push(column.intervals);
        const sum = sums[i]!;
        sums[i] = sum === null ? { ...column, intervals: [] } : addColumn(sum, column);
      });
    },
    total: () => ({
      kind: 'columns',
      columns: requests.map(({ mostKept }, i) => ({
        ...sums[i]!,
        intervals: mergeIntervals(intervals[i]!, mostKept),
      })),
    }),
  };
}

/** All but the intervals. */
function addColumn(sum: ColumnMeasures, part: ColumnMeasures): ColumnMeasures {
  const { moments } = sum;
  if (moments !== null) mergeMoments(moments, part.moments!);
  return {
    valueCount: sum.valueCount + part.valueCount,
    textCount: sum.textCount + part.textCount,
    leadingTextCount: sum.leadingTextCount + (sum.valueCount === 0 ? part.leadingTextCount : 0),
    intervals: [],
    tails: sum.tails === null ? null : mergeTails(sum.tails, part.tails!, TAIL_LIMIT),
    moments,
  };
}
