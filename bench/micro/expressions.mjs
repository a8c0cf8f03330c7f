/**
 * What an expression costs a row: its closures against its loops over blocks, in nanoseconds, as
 * medians of interleaved rounds. Closures have every cell as a text in memory and parse its number
 * themselves. Blocks have parsed numbers in memory, and make a text anew from its bytes. Reading
 * and writing are in neither.
 *
 *   npm run build && node bench/micro/expressions.mjs
 */

import { isMissing } from '../../dist/csv/missing.js';
import { parseNumber } from '../../dist/csv/parse-number.js';
import {
  addToAggregate,
  aggregateValue,
  createAggregate,
} from '../../dist/engine/expression/aggregates.js';
import { compileExpression } from '../../dist/engine/expression/compile-expression.js';
import { parseExpression } from '../../dist/engine/expression/syntax.js';
import { compileVector } from '../../dist/engine/expression/vector/compile-vector.js';
import { selectAll } from '../../dist/engine/expression/vector/vectors.js';

const ROWS = 8192;
const ROUNDS = 31;
/** Rounds before those that count, until everything is compiled. */
const WARM_ROUNDS = 30;
const REPEATS = 8;
const NAMES = ['value', 'fare', 'city'];
const CITIES = ['Berlin', 'Hamburg', 'München', 'Köln', 'Paris', 'Rom', 'Wien', 'Genève'];

const SOURCES = [
  'value <= 500',
  'value / (max(value) + 1e-9)',
  "if(value > 10 and fare < 5, 'a', 'b')",
  "city == 'Berlin'",
  'value + fare * 2 - 1',
  'log(value) > 3 or is_missing(fare)',
  'round(value / 3, 2)',
  'coalesce(value, 0)',
];

let state = 1;
const random = () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
};
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const rows = Array.from({ length: ROWS }, () => [
  random() < 0.01 ? '' : Math.exp(3.6 + 1.1 * normal()).toFixed(2),
  Math.exp(2.6 + 0.6 * normal()).toFixed(2),
  CITIES[Math.floor(random() * CITIES.length)],
]);

const bytes = NAMES.map((_, slot) => rows.map((row) => Buffer.from(row[slot])));
const parsed = NAMES.map((_, slot) => {
  const numbers = rows.map((row) => parseNumber(row[slot]));
  return {
    values: Float64Array.from(numbers),
    kinds: Uint8Array.from(rows, (row, i) =>
      isMissing(row[slot]) ? 0 : Number.isNaN(numbers[i]) ? 1 : 2,
    ),
  };
});
const source = {
  rowCount: ROWS,
  numbers: (slot) => parsed[slot],
  texts(slot, selection, out) {
    for (let k = 0; k < selection.count; k++) {
      const row = selection.rows[k];
      const text = bytes[slot][row].latin1Slice();
      out[row] = isMissing(text) ? null : text;
    }
  },
  derived: () => undefined,
};
const noCounts = () => ({ textCells: 0, missingOperands: 0, divisionsByZero: 0, notFinite: 0 });
const median = (times) => times.slice(WARM_ROUNDS).sort((a, b) => a - b)[ROUNDS >> 1];

function nanosecondsARow(work) {
  const start = process.hrtime.bigint();
  for (let i = 0; i < REPEATS; i++) work();
  return Number(process.hrtime.bigint() - start) / (REPEATS * ROWS);
}

const all = selectAll(ROWS);
for (const text of SOURCES) {
  const compiled = compileExpression(parseExpression(text), (name) => ({
    index: NAMES.indexOf(name),
    type: 'cell',
  }));
  const vector = compileVector(compiled, NAMES.length);
  const settled = compiled.aggregates.map((aggregate) => {
    const aggregated = createAggregate(aggregate.name);
    for (const row of rows) addToAggregate(aggregated, aggregate.evaluate(row, noCounts()));
    return aggregateValue(aggregated);
  });
  const counts = noCounts();
  const ways = {
    closures() {
      for (const row of rows) compiled.evaluate(row, settled, counts);
    },
    vectors: () => vector.evaluate(source, all, settled, counts),
  };
  const times = Object.keys(ways).map(() => []);
  for (let round = 0; round < WARM_ROUNDS + ROUNDS; round++) {
    Object.values(ways).forEach((way, i) => {
      times[i].push(nanosecondsARow(way));
    });
  }
  const figures = Object.keys(ways).map((name, i) => `${name} ${median(times[i]).toFixed(1)}`);
  console.log(text.padEnd(40), figures.join('  '));
}

/** Aggregates apart: a row of `add` against the closure and `addToAggregate`. */
for (const name of ['max', 'count', 'median', 'sum']) {
  const compiled = compileExpression(parseExpression(`${name}(value)`), () => ({
    index: 0,
    type: 'cell',
  }));
  const vector = compileVector(compiled, 1);
  const counts = noCounts();
  const times = [[], []];
  for (let round = 0; round < WARM_ROUNDS + ROUNDS; round++) {
    const byRow = createAggregate(name);
    times[0].push(
      nanosecondsARow(() => {
        for (const row of rows) addToAggregate(byRow, compiled.aggregates[0].evaluate(row, counts));
      }),
    );
    const byBlock = createAggregate(name);
    times[1].push(nanosecondsARow(() => vector.aggregates[0].add(byBlock, source, all, counts)));
  }
  const [closures, vectors] = times.map((one) => median(one).toFixed(1));
  console.log(`${name}(value)`.padEnd(40), `closures ${closures}  vectors ${vectors}`);
}
