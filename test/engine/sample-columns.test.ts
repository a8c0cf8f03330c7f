import { expect, test } from 'vitest';
import { createMemoryBudget } from '../../src/base/memory-budget.js';
import {
  addAllToSample,
  addToSample,
  createSample,
  finishSample,
  freeSample,
} from '../../src/engine/sample-columns.js';
import { INTEGER, MISSING, NUMBER, TEXT } from '../../src/kernel/cell-kinds.js';
import { createRandom } from './outliers/distributions.js';

const column = { name: 'fare', index: 0 } as Parameters<typeof createSample>[0];
const TEXTS = ['', 'x', '1.5', '7'];
const KINDS = Uint8Array.of(MISSING, TEXT, NUMBER, INTEGER);
const VALUES = [Number.NaN, Number.NaN, 1.5, 7];

test.each([
  [0, 0, 0],
  [0, 5000, 0],
  [0.1, 9000, 0],
  [0.1, 0, 3],
  [0, 200_000, 3],
])(
  'rows at once equal rows one by one: holes %d, expected %d, groups %d',
  (holes, expected, groupCount) => {
    const random = createRandom(5);
    const budget = createMemoryBudget(1e8);
    const atOnce = createSample(column, budget, false);
    const oneByOne = createSample(column, budget, false);
    for (let block = 0; block < 20; block++) {
      const picks = Array.from({ length: 4000 }, () =>
        random() < holes ? Math.floor(random() * 2) : 2 + Math.floor(random() * 2),
      );
      const rows = Uint32Array.from(picks.keys()).filter(() => block % 3 !== 0 || random() < 0.9);
      const groups = Int32Array.from(picks, () => Math.floor(random() * groupCount));
      const numbers = {
        values: Float64Array.from(picks, (pick) => VALUES[pick]!),
        kinds: Uint8Array.from(picks, (pick) => KINDS[pick]!),
      };
      const selection = { rows, count: rows.length };
      const perRow = groupCount === 0 ? null : groups;
      addAllToSample(atOnce, numbers, selection, perRow, budget, expected);
      for (const row of rows) {
        addToSample(oneByOne, TEXTS[picks[row]!]!, perRow?.[row] ?? 0, budget);
      }
    }
    expect(finishSample(atOnce, groupCount)).toEqual(finishSample(oneByOne, groupCount));
    freeSample(atOnce, budget);
    freeSample(oneByOne, budget);
    expect(budget.reservedBytes).toBe(0);
  },
);

test('a budget too small for the room expected still holds what comes', () => {
  const budget = createMemoryBudget(100_000);
  const sample = createSample(column, budget, false);
  const numbers = { values: new Float64Array(3000), kinds: new Uint8Array(3000).fill(NUMBER) };
  const rows = Uint32Array.from({ length: 3000 }, (_, i) => i);
  addAllToSample(sample, numbers, { rows, count: 3000 }, null, budget, 1_000_000);
  expect(finishSample(sample, 0).values.length).toBe(3000);
  expect(() => {
    for (let i = 0; i < 4; i++)
      addAllToSample(sample, numbers, { rows, count: 3000 }, null, budget);
  }).toThrow('the values of column "fare"');
});

test.each([
  [999, 1, false],
  [1000, 1, true],
  [1001, 1, true],
  [1000, 0, true],
  [999, 0, false],
])('%d texts before %d numbers: text is %s, at once and one by one', (texts, numbers, isText) => {
  const budget = createMemoryBudget(1e8);
  const atOnce = createSample(column, budget, false);
  const oneByOne = createSample(column, budget, false);
  // A missing cell is neither.
  const picks = [0, ...new Array<number>(texts).fill(1), 0, ...new Array<number>(numbers).fill(3)];
  for (let from = 0; from < picks.length; from += 300) {
    const block = picks.slice(from, from + 300);
    const rows = Uint32Array.from(block.keys());
    const values = Float64Array.from(block, (pick) => VALUES[pick]!);
    const kinds = Uint8Array.from(block, (pick) => KINDS[pick]!);
    addAllToSample(atOnce, { values, kinds }, { rows, count: rows.length }, null, budget);
    for (const pick of block) addToSample(oneByOne, TEXTS[pick]!, 0, budget);
  }
  const sample = finishSample(atOnce, 0);
  expect(sample).toEqual(finishSample(oneByOne, 0));
  expect(sample).toMatchObject({ isText, textCount: Math.min(texts, 1000) });
  expect(sample.values.length).toBe(isText ? 0 : numbers);
});

test('a named column is looked at to its end', () => {
  const budget = createMemoryBudget(1e8);
  const sample = createSample(column, budget, true);
  for (let i = 0; i < 5000; i++) addToSample(sample, 'x', 0, budget);
  addToSample(sample, '7', 0, budget);
  expect(finishSample(sample, 0)).toMatchObject({ isText: false, textCount: 5000 });
});
