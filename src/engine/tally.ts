/**
 * Counts what becomes of rows and cells while a table is cleaned, with a few examples of each rule.
 * Counting happens where a thing happens; the sums are checked against each other at the end.
 */
import { assert } from '../base/assert.js';
import type { Reject, RejectRule, RepairCounts, RowCounts, Sample, Warning } from './engine.js';

export interface Tally {
  readonly rows: RowCounts;
  readonly repairs: RepairCounts;
  readonly rejectedByRule: Map<RejectRule, number>;
  readonly samples: Sample[];
  readonly warnings: Warning[];
  readonly sampleCounts: Map<string, number>;
  /** Examples kept per rule. */
  readonly samplesPerRule: number;
  naCells: number;
  outlierValues: number;
  /** Where rejects go. */
  readonly onReject: (reject: Reject) => void;
}

const SAMPLES_PER_RULE = 3;
/** Longer texts are cut in examples, in UTF-16 units. */
const SAMPLE_LENGTH = 120;

export function createTally(onReject: (reject: Reject) => void, wantsSamples = true): Tally {
  return {
    rows: { in: 0, kept: 0, blank: 0, filtered: 0, duplicate: 0, outlier: 0, rejected: 0 },
    repairs: { paddedRows: 0, shortenedRows: 0, trimmedCells: 0, requotedFields: 0 },
    rejectedByRule: new Map(),
    samples: [],
    warnings: [],
    sampleCounts: new Map(),
    samplesPerRule: wantsSamples ? SAMPLES_PER_RULE : 0,
    naCells: 0,
    outlierValues: 0,
    onReject,
  };
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
  const count = tally.sampleCounts.get(rule) ?? 0;
  if (count >= tally.samplesPerRule) return;
  tally.sampleCounts.set(rule, count + 1);
  const [before, after] = texts();
  tally.samples.push({ rule, line, before: shorten(before), after: shorten(after) });
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
