/** Profile against the naive one: the property that short and long runs share. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { createFastEngine } from '../../../src/engine/fast/fast-engine.js';
import type { ColumnProfile } from '../../../src/engine/profile/column-profile.js';
import type { TableState } from '../../../src/engine/profile/column-state.js';
import { describeColumn } from '../../../src/engine/profile/describe-column.js';
import type { ProfileLimits } from '../../../src/engine/profile/limits.js';
import { loadProfiler } from '../../../src/engine/profile/load-profiler.js';
import { settleProfiles } from '../../../src/engine/profile/settle-profiles.js';
import { settingsOf } from '../../../src/job/settings-of-options.js';
import { parseOptions } from '../../../src/options/parse-options.js';
import { readProfilerFile } from '../../../src/store/kernel-file.js';
import { builtModule } from '../../kernel/built-kernel.js';
import { naiveProfile } from './naive-profile.js';
import { openInSpans } from './profile-in-spans.js';
import { profileTable } from './random-profile-table.js';

await loadProfiler(readProfilerFile);

const { rules } = settingsOf(parseOptions({ inputs: ['x.csv'], outliers: 'off' }));

const knobs = fc.record({
  spanBytes: fc.oneof(fc.integer({ min: 20, max: 400 }), fc.constant(1 << 20)),
  blockBytes: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constant(1 << 19)),
  limits: fc.record({
    distinct: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constant(10_000)),
    distinctBytes: fc.oneof(fc.integer({ min: 1, max: 200 }), fc.constant(1 << 20)),
    sample: fc.integer({ min: 1, max: 8 }),
    tail: fc.oneof(fc.integer({ min: 3, max: 10 }), fc.constant(1000)),
    held: fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constant(1 << 20)),
    heldPairs: fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constant(1 << 16)),
  }),
});

/** How often each thing happened, so that a run that tests nothing shows. */
export type Seen = Map<string, number>;

export function checkProfile(seed: number, numRuns: number): Seen {
  const seen: Seen = new Map();
  const note = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1);
  fc.assert(
    fc.property(profileTable, knobs, ({ text, width }, { limits, ...sizes }) => {
      checkTable(text, width, limits, sizes, note);
    }),
    { seed, numRuns },
  );
  return seen;
}

const engine = createFastEngine(builtModule('kernel.wasm'));

/** One table against the naive profile. */
export function checkTable(
  text: string,
  width: number,
  limits: ProfileLimits,
  sizes: { readonly spanBytes: number; readonly blockBytes: number },
  note: (what: string) => void,
): void {
  const told = JSON.stringify({ limits, sizes, text: text.slice(0, 10_000) }, null, 1);
  const { plan, measure } = openInSpans(engine, Buffer.from(text), rules, sizes);
  const answer = measure({ kind: 'profile', limits });
  if (answer.kind !== 'profile') throw new Error('a profile was asked for');
  const columns = describeAll(plan.columns, answer.table, measure, note);
  const naive = naiveProfile(text, width);
  const { rows, blank, rejected } = answer.table;
  const tooMany = rejected.find(({ rule }) => rule === 'too_many_fields')?.count ?? 0;
  expect({ rows, blank, tooMany }, told).toEqual(naive.rows);
  columns.forEach((column, i) => {
    expectColumn(column, naive.columns[i]!, limits, told);
  });
}

function describeAll(
  names: readonly { readonly name: string; readonly original: string }[],
  { columns }: TableState,
  measure: ReturnType<typeof openInSpans>['measure'],
  note: (what: string) => void,
): readonly ColumnProfile[] {
  const open = columns.flatMap(({ many }, column) => {
    const { moments, guide } = many?.numbers ?? {};
    return moments && guide ? [{ places: [{ table: 0, column }], moments, guide }] : [];
  });
  const passes = settleProfiles(open, { perColumn: 5, inAll: 1 << 20 });
  let now = passes.next();
  while (now.done !== true) {
    note('a pass for ranks');
    const answers = now.value.map((request) => {
      const answer = measure({ kind: 'columns', columns: request.columns });
      if (answer.kind !== 'columns') throw new Error('columns were asked for');
      return answer.columns.map(({ intervals }) => intervals);
    });
    now = passes.next(answers);
  }
  const figures = [...(now.value as readonly NonNullable<ColumnProfile['numbers']>[])];
  return columns.map((state, i) => {
    note(state.values === null ? 'too many values' : 'all values');
    const isOpen = state.many?.numbers?.guide != null;
    if (state.many?.numbers?.held != null) note('numbers held');
    return describeColumn({ ...names[i]!, state }, isOpen ? figures.shift()! : null);
  });
}

type Naive = ReturnType<typeof naiveProfile>['columns'][number];

function expectColumn(
  column: ColumnProfile,
  naive: Naive,
  limits: { readonly distinct: number; readonly distinctBytes: number },
  told: string,
): void {
  const { missing, kinds, spaced, distinct, top, numbers } = column;
  expect(column.cells, told).toBe(naive.cells);
  expect(missing.empty, told).toBe(naive.empty);
  expect(new Map(missing.tokens.map((one) => [one.token, one.count])), told).toEqual(naive.tokens);
  const found = new Map(kinds.map(({ kind, count, line }) => [kind, { count, line }]));
  expect(found, told).toEqual(naive.kinds);
  const where = spaced === null ? null : { count: spaced.count, line: spaced.line };
  expect(where, told).toEqual(naive.spaced);
  expect(column.lengths, told).toEqual(naive.lengths);
  const bytes = [...naive.texts.keys()].reduce((sum, one) => sum + Buffer.byteLength(one), 0);
  const areFew = naive.texts.size <= limits.distinct && bytes <= limits.distinctBytes;
  expect(distinct.isExact, told).toBe(areFew);
  if (areFew) expect(distinct.count, told).toBe(naive.texts.size);
  else {
    const most = 3 + naive.texts.size / 25;
    expect(Math.abs(distinct.count - naive.texts.size), told).toBeLessThanOrEqual(most);
  }
  expect(top, told).toEqual(areFew ? topOf(naive.texts) : null);
  expectNumbers(numbers, naive.numbers, told);
}

function topOf(texts: ReadonlyMap<string, number>) {
  return [...texts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || Buffer.compare(Buffer.from(a.value), Buffer.from(b.value)))
    .slice(0, 10);
}

function expectNumbers(
  numbers: ColumnProfile['numbers'],
  naive: Naive['numbers'],
  told: string,
): void {
  if (numbers === null || naive === null) {
    expect(numbers, told).toEqual(naive);
    return;
  }
  const { mean, sd, ...exact } = naive;
  const { count, min, max, q1, median, q3, beyond } = numbers;
  expect({ count, min, max, q1, median, q3, beyond }, told).toEqual(exact);
  expect(Math.abs(numbers.mean - mean), told).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(mean)));
  if (sd === null) expect(numbers.sd, told).toBeNull();
  else expect(Math.abs(numbers.sd! - sd), told).toBeLessThanOrEqual(1e-9 * (1 + sd));
}
