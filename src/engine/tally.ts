/**
 * Counts what becomes of rows and cells while a table is cleaned, with a few examples of each rule.
 * Counting happens where a thing happens; the sums are checked against each other at the end.
 */
import { assert } from '../base/assert.js';
import { cutText } from '../base/cut-text.js';
import type { Reject, RejectRule, RepairCounts, RowCounts, Sample, Warning } from './engine.js';
import { mergeValueCounts, type ValueCounts } from './values/value-counts.js';

/** What was counted, as plain data. */
export interface TallyCounts {
  readonly rows: RowCounts;
  readonly repairs: RepairCounts;
  readonly rejectedByRule: Map<RejectRule, number>;
  readonly samples: Sample[];
  /** Of each example: how many there were of its rule before it, kept or not. */
  readonly sampleOffers: number[];
  /** Of each rule: how many examples there were, as far as that matters. */
  readonly offers: Map<string, number>;
  readonly warnings: Warning[];
  /** Values that broke a rule, by the rule's place in the schema; as long as it must be. */
  readonly violations: number[];
  naCells: number;
  outlierValues: number;
  /** By the place of a column among those with rules for their values; as long as needed. */
  readonly values: ValueCounts[];
}

export interface Tally extends TallyCounts {
  /** By rule and column. */
  readonly sampleCounts: Map<string, number>;
  readonly wantsSamples: boolean;
  /** Where rejects go. */
  readonly onReject: (reject: Reject) => void;
}

/** Examples kept of a rule about rows, and of a rule about cells in each column. */
const SAMPLES_PER_RULE = 3;
const SAMPLES_PER_COLUMN = 2;
/**
 * Examples that are looked at of a rule about cells: whether one comes from another column shows
 * only then, and each costs the fast engine a look at a row by itself.
 */
const MOST_OFFERS = 64;
/** Rules about cells. */
const CELL_RULES: ReadonlySet<string> = new Set([
  ...['trim', 'requote', 'derive', 'outlier', 'bound', 'mojibake', 'unicode', 'squeeze', 'replace'],
  ...['nulls', 'numbers', 'dates', 'booleans', 'case', 'fill'],
]);
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
    sampleOffers: [],
    offers: new Map(),
    warnings: [],
    violations: [],
    sampleCounts: new Map(),
    wantsSamples,
    naCells: 0,
    outlierValues: 0,
    values: [],
    onReject,
  };
}

/** What `tally` counted, without what it counts with. */
export function countsOf(tally: Tally): TallyCounts {
  const { sampleCounts: _, wantsSamples: __, onReject: ___, ...counts } = tally;
  return counts;
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
  from.samples.forEach((sample, i) => {
    const offer = (into.offers.get(sample.rule) ?? 0) + from.sampleOffers[i]!;
    if (isWanted(into, sample, offer)) addSample(into, sample, offer);
  });
  for (const [rule, count] of from.offers) {
    into.offers.set(rule, (into.offers.get(rule) ?? 0) + count);
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
  const { rule, line, column } = reject;
  tallySample(tally, rule, line, () => [reject.record, reject.message], column);
  tally.onReject(reject);
}

/** How many examples of a rule are still looked at. */
export function missingSamples({ wantsSamples, offers }: Tally, rule: string): number {
  const most = CELL_RULES.has(rule) ? MOST_OFFERS : SAMPLES_PER_RULE;
  return wantsSamples ? most - (offers.get(rule) ?? 0) : 0;
}

/**
 * Keeps the first few examples of a rule, and of one about cells in each column; `texts` gives
 * before and after, and runs only for those.
 * @param column final name; '' where the rule is about whole rows.
 */
export function tallySample(
  tally: Tally,
  rule: string,
  line: number,
  texts: () => readonly [before: string, after: string],
  column = '',
): void {
  if (missingSamples(tally, rule) <= 0) return;
  const offer = tally.offers.get(rule) ?? 0;
  tally.offers.set(rule, offer + 1);
  const place = { rule, column: CELL_RULES.has(rule) ? column : '', line };
  if (!isWanted(tally, place, offer)) return;
  const [before, after] = texts();
  const cut = { before: cutText(before, SAMPLE_LENGTH), after: cutText(after, SAMPLE_LENGTH) };
  addSample(tally, { ...place, ...cut }, offer);
}

type SampleOf = Pick<Sample, 'rule' | 'column'>;

/** @param offer how many examples of the rule there were before it. */
function isWanted(tally: Tally, { rule, column }: SampleOf, offer: number): boolean {
  if (!CELL_RULES.has(rule)) return offer < SAMPLES_PER_RULE;
  const kept = tally.sampleCounts.get(keyOf({ rule, column })) ?? 0;
  return offer < MOST_OFFERS && kept < SAMPLES_PER_COLUMN;
}

function keyOf({ rule, column }: SampleOf): string {
  return `${rule} ${column}`;
}

function addSample(tally: Tally, sample: Sample, offer: number): void {
  const key = keyOf(sample);
  tally.sampleCounts.set(key, (tally.sampleCounts.get(key) ?? 0) + 1);
  tally.samples.push(sample);
  tally.sampleOffers.push(offer);
}

/**
 * The first promise: every row in is kept or counted under one reason. A breach is a fault of ours.
 */
export function assertBalance(rows: RowCounts): void {
  const { kept, blank, filtered, duplicate, outlier, rejected } = rows;
  const accounted = kept + blank + filtered + duplicate + outlier + rejected;
  assert(rows.in === accounted, `${rows.in} rows in, but ${accounted} accounted for`);
}
