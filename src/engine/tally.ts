/**
 * Counts what becomes of rows and cells while a table is cleaned, with a few examples of each rule.
 * Counting happens where a thing happens; the sums are checked against each other at the end.
 */
import { assert } from '../base/assert.js';
import type { Reject, RejectRule, RepairCounts, RowCounts, Sample, Warning } from './engine.js';
import { mergeValueCounts, type ValueCounts } from './values/value-counts.js';

/** What was counted, as plain data. */
export interface TallyCounts {
  readonly rows: RowCounts;
  readonly repairs: RepairCounts;
  readonly rejectedByRule: Map<RejectRule, number>;
  readonly samples: Sample[];
  readonly warnings: Warning[];
  /** Values that broke a rule, by the rule's place in the schema; as long as it must be. */
  readonly violations: number[];
  naCells: number;
  outlierValues: number;
  /** By the place of a column among those with rules for their values; as long as needed. */
  readonly values: ValueCounts[];
}

export interface Tally extends TallyCounts {
  readonly sampleCounts: Map<string, number>;
  /** Examples kept per rule. */
  readonly samplesPerRule: number;
  /** Where rejects go. */
  readonly onReject: (reject: Reject) => void;
}

const SAMPLES_PER_RULE = 3;
/** Longer texts are cut in examples, in UTF-16 units. */
const SAMPLE_LENGTH = 120;

export function createTally(onReject: (reject: Reject) => void, wantsSamples = true): Tally {
  return {
    rows: { in: 0, kept: 0, blank: 0, filtered: 0, duplicate: 0, outlier: 0, rejected: 0 },
    repairs: {
      paddedRows: 0,
      shortenedRows: 0,
      strayRows: 0,
      joinedRows: 0,
      trimmedCells: 0,
      requotedFields: 0,
      escapedCells: 0,
    },
    rejectedByRule: new Map(),
    samples: [],
    warnings: [],
    violations: [],
    sampleCounts: new Map(),
    samplesPerRule: wantsSamples ? SAMPLES_PER_RULE : 0,
    naCells: 0,
    outlierValues: 0,
    values: [],
    onReject,
  };
}

/** What `tally` counted, without what it counts with. */
export function countsOf(tally: Tally): TallyCounts {
  const { rows, repairs, rejectedByRule, samples, warnings, violations, values } = tally;
  const { naCells, outlierValues } = tally;
  const found = { rows, repairs, rejectedByRule, samples, warnings, violations, values };
  return { ...found, naCells, outlierValues };
}

/** Adds what was counted in records that come behind those of `into`; examples as far as wanted. */
export function mergeCounts(into: Tally, from: TallyCounts): void {
  addFields(into.rows, from.rows);
  addFields(into.repairs, from.repairs);
  into.naCells += from.naCells;
  into.outlierValues += from.outlierValues;
  into.warnings.push(...from.warnings);
  mergeValueCounts(into.values, from.values);
  from.violations.forEach((count, place) => {
    into.violations[place] = (into.violations[place] ?? 0) + count;
  });
  for (const [rule, count] of from.rejectedByRule) {
    into.rejectedByRule.set(rule, (into.rejectedByRule.get(rule) ?? 0) + count);
  }
  for (const sample of from.samples) {
    if (missingSamples(into, sample.rule) > 0) addSample(into, sample);
  }
}

/** Adds each number of `from` to that of the same name. */
export function addFields<T extends { [K in keyof T]: number }>(into: T, from: T): void {
  for (const name of Object.keys(from) as (keyof T)[]) {
    into[name] = (into[name] + from[name]) as T[keyof T];
  }
}

/** Counts a rejected record and hands it on. */
export function tallyRejected(tally: Tally, reject: Reject): void {
  tally.rows.rejected++;
  countReject(tally, reject);
}

/** Counts a record that a rule took out and hands it on. */
export function tallyTakenOut(tally: Tally, reject: Reject): void {
  tally.rows.outlier++;
  countReject(tally, reject);
}

/** Counts a record that another one makes superfluous and hands it on. */
export function tallyDuplicate(tally: Tally, reject: Reject): void {
  tally.rows.duplicate++;
  countReject(tally, reject);
}

function countReject(tally: Tally, reject: Reject): void {
  tally.rejectedByRule.set(reject.rule, (tally.rejectedByRule.get(reject.rule) ?? 0) + 1);
  tallySample(tally, reject.rule, reject.line, () => [reject.record, reject.message]);
  tally.onReject(reject);
}

/** How many examples of a rule are still wanted. */
export function missingSamples(tally: Tally, rule: string): number {
  return tally.samplesPerRule - (tally.sampleCounts.get(rule) ?? 0);
}

/**
 * Keeps the first few examples of a rule; `texts` gives before and after, and runs only for those.
 */
export function tallySample(
  tally: Tally,
  rule: string,
  line: number,
  texts: () => readonly [before: string, after: string],
): void {
  if (missingSamples(tally, rule) <= 0) return;
  const [before, after] = texts();
  addSample(tally, { rule, line, before: shorten(before), after: shorten(after) });
}

function addSample(tally: Tally, sample: Sample): void {
  tally.sampleCounts.set(sample.rule, (tally.sampleCounts.get(sample.rule) ?? 0) + 1);
  tally.samples.push(sample);
}

function shorten(text: string): string {
  return text.length <= SAMPLE_LENGTH ? text : `${text.slice(0, SAMPLE_LENGTH - 1)}…`;
}

/**
 * The first promise: every row in is kept or counted under one reason. A breach is a fault of ours.
 */
export function assertBalance(rows: RowCounts): void {
  const { kept, blank, filtered, duplicate, outlier, rejected } = rows;
  const accounted = kept + blank + filtered + duplicate + outlier + rejected;
  assert(rows.in === accounted, `${rows.in} rows in, but ${accounted} accounted for`);
}
