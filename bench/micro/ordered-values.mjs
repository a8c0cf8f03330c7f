/**
 * What it costs to order a column as the gap rule asks for it: quartiles, and the tails. Beside it
 * one sort of everything, and the build of an older state where a path to its `dist` is given.
 *
 *   npm run build && node bench/micro/ordered-values.mjs [older dist]
 */
import { pathToFileURL } from 'node:url';
import { maxOutliersOf, spacingCountOf } from '../../dist/engine/outliers/gap-rule.js';
import * as now from '../../dist/engine/statistics/ordered-values.js';
import { quartilesOf } from '../../dist/engine/statistics/quantile.js';

const olderDist = process.argv[2];
const older =
  olderDist === undefined
    ? null
    : await import(pathToFileURL(`${olderDist}/engine/statistics/ordered-values.js`).href);

let state = 20261121;
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};
const cents = (value) => Math.round(value * 100) / 100;
const SHAPES = {
  'money, log-normal': () => cents(Math.exp(3 + (random() + random() + random() - 1.5) * 2)),
  'money, a third 0': () => (random() < 0.33 ? 0 : cents(20 * random())),
  'both signs': () => random() + random() + random() - 1.5,
  'counts 0 - 9': () => Math.floor(random() * 10),
  'ids, random': () => Math.floor(random() * 1e9),
  'times of a day, ms': () => 1.7e12 + Math.floor(random() * 86_400_000),
};

const ranksLikeGapRule = (n) => {
  const last = Math.min(n - 1, maxOutliersOf(n) + spacingCountOf(n) + 1);
  return [0, last, ...[0.25, 0.5, 0.75].map((p) => Math.floor(p * (n - 1))), n - 1 - last, n - 1];
};

/** What `judgeColumn` asks a column by the gap rule, where no value is far out. */
function askLikeGapRule(ordered) {
  const n = ordered.length;
  let sum = quartilesOf(ordered).iqr;
  for (let i = 0, seen = 0; i < n && seen < 10; i = ordered.runEnd(i)) seen++;
  const last = maxOutliersOf(n) + spacingCountOf(n) + 1;
  for (let rank = 0; rank < last; rank++) sum += ordered.at(rank) + ordered.at(n - 1 - rank);
  return sum;
}

const ways = {
  ...(older === null ? {} : { older: (values) => older.orderValues(values) }),
  now: (values) => now.orderValues(values, ranksLikeGapRule(values.length)),
  sort: (values) => now.sortAll(values),
};
const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];

console.log(
  'microseconds a column, medians'.padEnd(34),
  ...Object.keys(ways).map((w) => w.padStart(9)),
);
for (const size of [100, 1000, 6000, 16_000, 300_000]) {
  for (const [name, draw] of Object.entries(SHAPES)) {
    // A short column that comes again is learned by heart by the processor, and sorted in no time.
    const columns = Array.from({ length: Math.max(3, Math.min(600, Math.ceil(6e5 / size))) }, () =>
      Float64Array.from({ length: size }, draw),
    );
    const rounds = Math.max(9, columns.length);
    const times = Object.fromEntries(Object.keys(ways).map((way) => [way, []]));
    for (let round = 0; round < rounds; round++) {
      for (const [way, order] of Object.entries(ways)) {
        const values = columns[round % columns.length];
        const before = process.hrtime.bigint();
        askLikeGapRule(order(values));
        times[way].push(Number(process.hrtime.bigint() - before) / 1000);
      }
    }
    const cells = Object.values(times).map((list) => median(list).toFixed(1).padStart(9));
    console.log(String(size).padStart(7), name.padEnd(26), ...cells);
  }
}
