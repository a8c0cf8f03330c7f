/**
 * The property that short and long runs share: an expression evaluated a block at a time has the
 * values and counts of its closures.
 */
import { expect } from 'vitest';
import { CsvcleanError } from '../../../../src/base/error.js';
import {
  type AggregateState,
  addToAggregate,
  aggregateValue,
  createAggregate,
  mergeAggregate,
} from '../../../../src/engine/expression/aggregates.js';
import type {
  CompiledAggregate,
  CompiledExpression,
} from '../../../../src/engine/expression/compile-expression.js';
import { type GroupSlots, groupKeyOf } from '../../../../src/engine/expression/group-key.js';
import {
  createGrouped,
  groupedValue,
  sumGrouped,
} from '../../../../src/engine/expression/grouped-aggregates.js';
import {
  type AggregateValue,
  valueOfKey,
} from '../../../../src/engine/expression/grouped-value.js';
import type { ExpressionCounts, Value } from '../../../../src/engine/expression/tree.js';
import {
  compileVector,
  type VectorAggregate,
} from '../../../../src/engine/expression/vector/compile-vector.js';
import { createScratch, type Scratch } from '../../../../src/engine/expression/vector/scratch.js';
import {
  NUMBER,
  type Selection,
  selectAll,
} from '../../../../src/engine/expression/vector/vectors.js';
import { createRandom } from '../../outliers/distributions.js';
import { compileFor, noCounts } from '../evaluate-one.js';
import { type CellBlock, createCellBlock, type Keys, rowsOf, valueAt } from './cell-block.js';
import { type Draw, type NamedColumn, randomSource } from './random-source.js';

/** Input columns; the rest are derived. */
const INPUTS: readonly NamedColumn[] = ['a', 'b', 'c', 't'].map((name) => ({
  name,
  type: 'cell',
}));

const CELLS = {
  number: ['0', '-0', '1', '1.0', '2', '-3.5', '12', '1e3', '0.1', '007', '.5', '+4', '500'],
  extreme: [
    ...['1e308', '-1.7e308', '1e-320', '-0.0', '12345678901234567890.123', '9007199254740993'],
    ...['0.1000000000000000055511151231257827', '1e154'],
  ],
  missing: ['', 'NA', 'n/a', '-', '#DIV/0!', 'null'],
  text: [
    ...['abc', 'ABC', 'Z', 'é', '😀', '\uff01', 'true', '1,5', '0x1', '1e400', 'na', '1 2'],
    ...['2024-02-29', '2023-02-29', '2025-03-09 14:05:30.5', '1969-12-31T23:59+01'],
  ],
} as const;
type Flavour = readonly (keyof typeof CELLS)[];
const FLAVOURS: readonly Flavour[] = [
  ['number'],
  ['number', 'number', 'number', 'number', 'missing'],
  ['number', 'number', 'extreme', 'missing', 'text'],
  ['text', 'text', 'text', 'missing', 'number'],
  ['number', 'text', 'missing', 'extreme'],
  ['missing'],
];

/** Both ways through one expression of a table. */
interface Pair {
  readonly rows: readonly Value[][];
  readonly blocks: readonly { readonly block: CellBlock; readonly selection: Selection }[];
  readonly scratch: Scratch;
  readonly draw: Draw;
}

/** @param runs how many tables; each has up to five expressions. */
export function checkVectors(seed: number, runs: number, longest: number): void {
  let compiledCount = 0;
  let refusedCount = 0;
  const scratch = createScratch();
  for (let run = 0; run < runs; run++) {
    const random = createRandom(seed * 1_000_003 + run);
    const draw: Draw = (count) => Math.floor(random() * count);
    const columns = [...INPUTS];
    const pair = randomPair(draw, scratch, longest);
    for (let i = 0; i < 5; i++) {
      const type = (['number', 'text', 'boolean', 'cell', 'any'] as const)[draw(5)]!;
      const source = randomSource(type, columns, draw, 1 + draw(4));
      const compiled = compileOrRefuse(source, columns);
      if (compiled === null) {
        refusedCount++;
        continue;
      }
      compiledCount++;
      try {
        checkExpression(compiled, columns.length, pair);
      } catch (error) {
        throw new Error(`seed ${seed}, table ${run}, expression ${source}`, { cause: error });
      }
      columns.push({ name: `d${i}`, type: compiled.type });
    }
  }
  expect(refusedCount).toBeLessThan(compiledCount / 2);
}

function compileOrRefuse(
  source: string,
  columns: readonly NamedColumn[],
): CompiledExpression | null {
  try {
    return compileFor(
      source,
      columns.map(({ name, type }) => [name, type] as const),
    );
  } catch (error) {
    if (error instanceof CsvcleanError) return null;
    throw error;
  }
}

/** A table in blocks, with some rows of each selected; `rows` are the selected ones. */
function randomPair(draw: Draw, scratch: Scratch, longest: number): Pair {
  const flavours = INPUTS.map(() => FLAVOURS[draw(FLAVOURS.length)]!);
  const blocks: { block: CellBlock; selection: Selection }[] = [];
  const rows: Value[][] = [];
  const blockCount = draw(4);
  const keys: Keys = new Map();
  for (let b = 0; b <= blockCount; b++) {
    const sizes = [0, 1, 2, 5, 20, 63, 64, 65, 1 + draw(longest)];
    const cells = Array.from({ length: sizes[draw(sizes.length)]! }, () =>
      flavours.map((flavour) => randomCell(flavour, draw)),
    );
    const block = createCellBlock(cells, keys);
    const selection = randomSelection(cells.length, draw);
    blocks.push({ block, selection });
    for (const row of rowsOf(selection, cells.length)) rows.push([...cells[row]!]);
  }
  return { rows, blocks, scratch, draw };
}

function randomCell(flavour: Flavour, draw: Draw): string {
  const texts = CELLS[flavour[draw(flavour.length)]!];
  return texts[draw(texts.length)]!;
}

function randomSelection(rowCount: number, draw: Draw): Selection {
  const kind = draw(4);
  if (kind < 2) return selectAll(rowCount);
  const share = kind === 2 ? 2 : 1 + draw(20);
  const rows = [...selectAll(rowCount).rows].filter(() => draw(share) === 0);
  const count = rows.length;
  // What stands behind the count is nobody's business.
  return { rows: Uint32Array.from([...rows, 0, 99]), count };
}

/** Holds `source` over these rows of the input columns to its closures. */
export function checkRows(source: string, cells: readonly (readonly string[])[]): void {
  const compiled = compileFor(
    source,
    INPUTS.map(({ name, type }) => [name, type] as const),
  );
  const pair: Pair = {
    rows: cells.map((row) => [...row]),
    blocks: [{ block: createCellBlock(cells), selection: selectAll(cells.length) }],
    scratch: createScratch(),
    draw: () => 0,
  };
  checkExpression(compiled, INPUTS.length, pair);
}

/** Aggregates, values and counts of one expression; then it stands as a column of the table. */
function checkExpression(compiled: CompiledExpression, slot: number, pair: Pair): void {
  const { rows, blocks, scratch, draw } = pair;
  const vector = compileVector(compiled, INPUTS.length, draw(2) === 0 ? scratch : undefined);
  const settled = checkAggregates(compiled, vector, pair);
  const expectedCounts = noCounts();
  const expected = rows.map((row) => compiled.evaluate(row, settled, expectedCounts));
  const counts = noCounts();
  const keptCounts = noCounts();
  let at = 0;
  for (const { block, selection } of blocks) {
    if (compiled.type === 'boolean') {
      checkKept(vector, block, selection, settled, keptCounts, expected.slice(at));
    }
    const result = vector.evaluate(block, selection, settled, counts);
    expect(result.type).toBe(
      compiled.type === 'number' || compiled.type === 'boolean' ? compiled.type : 'value',
    );
    if (result.type === 'number') expect(result.kinds).not.toContain(NUMBER - 1);
    for (const row of rowsOf(selection, block.rowCount)) {
      const value = valueAt(result, row);
      if (!Object.is(value, expected[at])) {
        throw new Error(`row ${at} is ${shown(value)}, not ${shown(expected[at])}`);
      }
      rows[at++]![slot] = value!;
    }
    block.derive(slot, result, selection);
  }
  expect(counts).toEqual(expectedCounts);
  if (compiled.type === 'boolean') expect(keptCounts).toEqual(expectedCounts);
  const { numbers, bytes, rows: lentRows, values } = scratch;
  expect([numbers, bytes, lentRows, values].map(({ used }) => used)).toEqual([0, 0, 0, 0]);
}

/** A condition keeps the rows for which it is true, and marks the other selected ones. */
function checkKept(
  vector: ReturnType<typeof compileVector>,
  block: CellBlock,
  { rows, count }: Selection,
  settled: readonly AggregateValue[],
  counts: ExpressionCounts,
  expected: readonly Value[],
): void {
  const selected = [...rows.subarray(0, count)];
  const own = { rows: rows.slice(), count };
  const marks = new Uint8Array(block.rowCount);
  const kept = vector.keepTrue(block, own, settled, counts, marks, 7);
  const wanted = selected.filter((_, k) => expected[k] === true);
  expect([...own.rows.subarray(0, kept)]).toEqual(wanted);
  const others = new Set(selected.filter((row) => !wanted.includes(row)));
  expect([...marks]).toEqual(Array.from(marks, (_, row) => (others.has(row) ? 7 : 0)));
}

/** One state over all blocks, or one for each and merged. */
function checkAggregates(
  compiled: CompiledExpression,
  vector: ReturnType<typeof compileVector>,
  { rows, blocks, draw }: Pair,
): AggregateValue[] {
  return compiled.aggregates.map((aggregate, i) => {
    if (aggregate.by !== null) {
      return checkGroups(aggregate, aggregate.by, vector.aggregates[i]!, { rows, blocks, draw });
    }
    const expectedCounts: ExpressionCounts = noCounts();
    const expected = createAggregate(aggregate.name);
    for (const row of rows) addToAggregate(expected, aggregate.evaluate(row, expectedCounts));
    const counts = noCounts();
    const isMerged = draw(2) === 0;
    const whole = createAggregate(aggregate.name);
    for (const { block, selection } of blocks) {
      const state: AggregateState = isMerged ? createAggregate(aggregate.name) : whole;
      vector.aggregates[i]!.add(state, block, selection, counts);
      if (isMerged) mergeAggregate(whole, state);
    }
    const value = aggregateValue(whole);
    if (!Object.is(value, aggregateValue(expected))) {
      throw new Error(`${aggregate.name} is ${value}, not ${aggregateValue(expected)}`);
    }
    expect(counts).toEqual(expectedCounts);
    return value;
  });
}

/** One state for each group by its key, against arrays of all; whole, or one for each block. */
function checkGroups(
  { name, evaluate }: CompiledAggregate,
  by: GroupSlots,
  vector: VectorAggregate,
  { rows, blocks, draw }: Pick<Pair, 'rows' | 'blocks' | 'draw'>,
): AggregateValue {
  const expectedCounts = noCounts();
  const expected = new Map<string, AggregateState>();
  for (const row of rows) {
    const key = groupKeyOf(row, by);
    if (!expected.has(key)) expected.set(key, createAggregate(name));
    addToAggregate(expected.get(key)!, evaluate(row, expectedCounts));
  }
  const counts = noCounts();
  const whole = createGrouped(name, 1000);
  const sum = sumGrouped(whole);
  const isMerged = draw(2) === 0;
  for (const { block, selection } of blocks) {
    const state = isMerged ? createGrouped(name, 1000) : whole;
    vector.add(state, block, selection, counts);
    if (isMerged) sum.add(structuredClone(state));
  }
  const settled = groupedValue(isMerged ? sum.total() : whole);
  for (const [key, state] of expected) {
    const value = valueOfKey(settled, key);
    if (!Object.is(value, aggregateValue(state))) {
      throw new Error(`${name} of ${key} is ${value}, not ${aggregateValue(state)}`);
    }
  }
  expect(new Set(settled.keys)).toEqual(new Set(expected.keys()));
  expect(settled.keys).toHaveLength(expected.size);
  expect(counts).toEqual(expectedCounts);
  return settled;
}

function shown(value: Value | undefined): string {
  return Object.is(value, -0) ? '-0' : JSON.stringify(value ?? String(value));
}
