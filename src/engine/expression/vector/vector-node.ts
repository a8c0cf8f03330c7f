/**
 * A piece of an expression that is evaluated for many rows at once, and how one way to read it
 * follows from another. Knows no operators and no columns.
 *
 * Every `write` fills the selected rows of `out` and leaves the others alone: `if` has each of its
 * branches write its own rows of one array. It adds to the counts what the closure of the same
 * piece adds for those rows.
 */
import { assert } from '../../../base/assert.js';
import type { AggregateValue } from '../grouped-value.js';
import type { ExpressionCounts, Value } from '../tree.js';
import { numberOf, type Typed } from '../typed.js';
import type { CellSource, RowGroups } from './cell-source.js';
import { mark, release, type Scratch, takeBytes, takeNumbers, takeValues } from './scratch.js';
import { MISSING, NUMBER, type Numbers, OTHER, type Selection, TRUE } from './vectors.js';

/** What one evaluation of an expression is over. */
export interface Run {
  readonly source: CellSource;
  readonly aggregateValues: readonly AggregateValue[];
  /** Of the rows, by each `by` of the expression. */
  readonly groups: readonly RowGroups[];
  readonly counts: ExpressionCounts;
  readonly scratch: Scratch;
}

export type Write<T> = (run: Run, selection: Selection, out: T) => void;

/** The three ways to read a piece. Of one evaluation only one is called, and once. */
export interface Writers {
  /**
   * As numbers. A value that is none is `OTHER`: who needs a number counts it, since `if` and
   * `coalesce` only pass it on.
   */
  readonly writeNumbers: Write<Numbers>;
  /** As a condition; only of booleans and `null`. */
  readonly writeTruths: Write<Uint8Array>;
  /** As what it is. */
  readonly writeValues: Write<Value[]>;
}

export interface VectorNode extends Writers {
  readonly type: Typed['type'];
  /** Of a piece with the same value in every row: that value, counted for `rowCount` rows. */
  readonly readScalar?: (run: Run, rowCount: number) => Value;
  /** Of a column whose numbers lie ready. */
  readonly ready?: ReadyNumbers;
  /** Of an input column: where it stands. */
  readonly cell?: CellColumn;
  /** Of a condition that is settled row by row: the same as `keepTrue` of its truths, at once. */
  readonly keep?: Keep;
}

/** Leaves the rows for which a condition holds in `rows`, and writes `mark` for the others. */
export type Keep = (run: Run, selection: Selection, marks: Uint8Array, mark: number) => number;

export interface ReadyNumbers {
  /** The numbers themselves instead of a copy; counts nothing. */
  read(run: Run): Numbers;
  /** True where a missing value is to be counted as a missing operand. */
  readonly isOperand: boolean;
}

export interface CellColumn {
  readonly slot: number;
  /** True where a missing cell is counted as a missing operand. */
  readonly isOperand: boolean;
}

/**
 * Numbers by row; with the mask 0 instead of −1 the first stands for all rows. Who loops over them
 * tallies the rows in `lost`, then calls `countLost`.
 */
export interface NumberOperand extends Numbers {
  readonly mask: number;
  /** How many rows had no number, by kind: `MISSING` or `OTHER`. */
  readonly lost: Uint32Array;
  /** True where missing values are not counted yet. */
  readonly countsMissing: boolean;
}

/** Values by row; with the mask 0 instead of −1 the first stands for all rows. */
export interface ValueOperand {
  readonly values: readonly Value[];
  readonly mask: number;
}

/**
 * `node` as numbers, without a copy where that can be; else in `room`, or in scratch arrays.
 * Missing values are counted, but for those that `countLost` counts.
 */
export function numbersOf(
  node: VectorNode,
  run: Run,
  selection: Selection,
  room?: Numbers,
): NumberOperand {
  const lost = new Uint32Array(NUMBER);
  if (node.readScalar !== undefined) {
    const value = node.readScalar(run, selection.count);
    const number = numberOf(value);
    const { values, kinds } = takeNumbers(run.scratch);
    values[0] = number ?? 0;
    kinds[0] = kindOf(value, number);
    return { values, kinds, mask: 0, lost, countsMissing: false };
  }
  if (node.ready !== undefined) {
    const { values, kinds } = node.ready.read(run);
    return { values, kinds, mask: -1, lost, countsMissing: node.ready.isOperand };
  }
  const { values, kinds } = room ?? takeNumbers(run.scratch);
  node.writeNumbers(run, selection, { values, kinds });
  return { values, kinds, mask: -1, lost, countsMissing: false };
}

/** The kind of a value that is, or spells, `number`. */
export function kindOf(value: Value, number: number | null): number {
  if (number !== null) return NUMBER;
  return value === null ? MISSING : OTHER;
}

/** Counts what a loop over `operand` found to be no number. */
export function countLost(operand: NumberOperand, counts: ExpressionCounts): void {
  counts.textCells += operand.lost[OTHER]!;
  if (operand.countsMissing) counts.missingOperands += operand.lost[MISSING]!;
}

/** `node` as what it is, without writing a constant for every row. */
export function valuesOf(node: VectorNode, run: Run, selection: Selection): ValueOperand {
  if (node.readScalar !== undefined) {
    return { values: [node.readScalar(run, selection.count)], mask: 0 };
  }
  const values = takeValues(run.scratch);
  node.writeValues(run, selection, values);
  return { values, mask: -1 };
}

/**
 * The node of these writers. Each gives back the scratch arrays that it took, and none is called
 * for no rows.
 */
export function createNode(
  type: Typed['type'],
  writers: Writers,
  more: Pick<VectorNode, 'readScalar' | 'ready' | 'cell' | 'keep'> = {},
): VectorNode {
  return {
    type,
    writeNumbers: scoped(writers.writeNumbers),
    writeTruths: scoped(writers.writeTruths),
    writeValues: scoped(writers.writeValues),
    ...more,
  };
}

function scoped<T>(write: Write<T>): Write<T> {
  return (run, selection, out) => {
    if (selection.count === 0) return;
    const before = mark(run.scratch);
    write(run, selection, out);
    release(run.scratch, before);
  };
}

/** The writers of a piece that is always a number. */
export function numberWriters(writeNumbers: Write<Numbers>): Writers {
  const writeValues: Write<Value[]> = (run, selection, out) => {
    const room = takeNumbers(run.scratch);
    writeNumbers(run, selection, room);
    copyNumbersAsValues(room, selection, out);
  };
  return { writeNumbers, writeTruths: noTruths, writeValues };
}

/** The writers of a condition. */
export function truthWriters(writeTruths: Write<Uint8Array>): Writers {
  return {
    writeNumbers(run, selection, { kinds }) {
      writeTruths(run, selection, kinds);
      for (let k = 0; k < selection.count; k++) {
        const row = selection.rows[k]!;
        kinds[row] = kinds[row] === MISSING ? MISSING : OTHER;
      }
    },
    writeTruths,
    writeValues(run, selection, out) {
      const truths = takeBytes(run.scratch);
      writeTruths(run, selection, truths);
      for (let k = 0; k < selection.count; k++) {
        const row = selection.rows[k]!;
        out[row] = truths[row] === MISSING ? null : truths[row] === TRUE;
      }
    },
  };
}

/** The writers of texts, and of cells that may hold anything. */
export function valueWriters(writeValues: Write<Value[]>): Writers {
  const writeNumbers: Write<Numbers> = (run, selection, out) => {
    const values = takeValues(run.scratch);
    writeValues(run, selection, values);
    copyValuesAsNumbers(values, selection, out);
  };
  return { writeNumbers, writeTruths: noTruths, writeValues };
}

/** For what the compiler never takes as a condition. */
const noTruths: Write<Uint8Array> = () => assert(false, 'only booleans are conditions');

/** Numbers as values, null where they are missing. */
export function copyNumbersAsValues(from: Numbers, selection: Selection, out: Value[]): void {
  const { values, kinds } = from;
  const { rows, count } = selection;
  for (let k = 0; k < count; k++) {
    const row = rows[k]!;
    out[row] = kinds[row]! >= NUMBER ? values[row]! : null;
  }
}

/** Values as the numbers that they are or spell. */
export function copyValuesAsNumbers(
  from: readonly Value[],
  selection: Selection,
  out: Numbers,
): void {
  for (let k = 0; k < selection.count; k++) {
    const row = selection.rows[k]!;
    const value = from[row]!;
    const number = numberOf(value);
    out.kinds[row] = kindOf(value, number);
    out.values[row] = number ?? 0;
  }
}
