/**
 * A block of cells for the tests of vectors: the slow source that says what others have to. Hands
 * out arrays in which everything that means nothing is something misleading.
 */
import { expect } from 'vitest';
import { isMissing } from '../../../../src/csv/missing.js';
import { parseNumber } from '../../../../src/csv/parse-number.js';
import { groupKeyOf } from '../../../../src/engine/expression/group-key.js';
import type { Value } from '../../../../src/engine/expression/tree.js';
import type { CellSource } from '../../../../src/engine/expression/vector/cell-source.js';
import {
  MISSING,
  NUMBER,
  type Numbers,
  OTHER,
  type Selection,
  type Vector,
} from '../../../../src/engine/expression/vector/vectors.js';

const MISLEADING = [Number.NaN, 0, Number.POSITIVE_INFINITY, -1e308, 7];

export interface CellBlock extends CellSource {
  /** Sets the vector of a derived column; wrong in every row that is not selected. */
  derive(slot: number, vector: Vector, selection: Selection): void;
}

/** The keys of groups so far, by the columns that they are of; shared by the blocks of a table. */
export type Keys = Map<string, string[]>;

/** @param rows input cells by row and slot, trimmed. */
export function createCellBlock(
  rows: readonly (readonly string[])[],
  keys: Keys = new Map(),
): CellBlock {
  const width = rows[0]?.length ?? 0;
  const columns = Array.from({ length: width }, (_, slot) => numbersIn(rows, slot));
  const vectors = new Map<number, Vector>();
  const textOf = (row: number, slot: number): string | null => {
    const text = rows[row]![slot]!;
    return isMissing(text) ? null : text;
  };
  return {
    rowCount: rows.length,
    numbers: (slot) => columns[slot]?.read() ?? { values: new Float64Array(), kinds: NO_BYTES },
    texts(slot, selection, out) {
      for (const row of rowsOf(selection, rows.length)) out[row] = textOf(row, slot);
    },
    derived: (slot) => vectors.get(slot)!,
    groups(by, selection) {
      const name = JSON.stringify(by);
      const known = keys.get(name) ?? [];
      keys.set(name, known);
      const numbers = new Uint32Array(rows.length).fill(0xffffffff);
      for (const row of rowsOf(selection, rows.length)) {
        const values: Value[] = [...rows[row]!];
        for (const { index } of by) {
          if (index >= width) values[index] = valueAt(vectors.get(index)!, row)!;
        }
        const key = groupKeyOf(values, by);
        if (!known.includes(key)) known.push(key);
        numbers[row] = known.indexOf(key);
      }
      return { numbers, keys: known };
    },
    derive(slot, vector, selection) {
      vectors.set(slot, misleadingCopy(vector, selection, rows.length));
    },
  };
}

const NO_BYTES = new Uint8Array();

/** Asserts each time that nobody wrote into what was handed out. */
function numbersIn(rows: readonly (readonly string[])[], slot: number) {
  const room = rows.length + (slot % 2);
  const numbers: Numbers = { values: new Float64Array(room), kinds: new Uint8Array(room) };
  rows.forEach((cells, row) => {
    const text = cells[slot]!;
    const number = parseNumber(text);
    const isNumber = !Number.isNaN(number);
    numbers.values[row] = isNumber ? number : MISLEADING[row % MISLEADING.length]!;
    numbers.kinds[row] = isMissing(text) ? MISSING : isNumber ? NUMBER + (row % 3) : OTHER;
  });
  const before = structuredClone(numbers);
  return {
    read(): Numbers {
      expect(numbers).toEqual(before);
      return numbers;
    },
  };
}

/** The selected rows, after a look at the selection itself. */
export function rowsOf({ rows, count }: Selection, rowCount: number): Uint32Array {
  const selected = rows.subarray(0, count);
  expect(selected).toHaveLength(count);
  let before = -1;
  for (const row of selected) {
    if (row <= before || row >= rowCount) throw new Error(`row ${row} after ${before}`);
    before = row;
  }
  return selected;
}

function misleadingCopy(vector: Vector, selection: Selection, rowCount: number): Vector {
  const copy = structuredClone(vector);
  const selected = new Set(rowsOf(selection, rowCount));
  for (let row = 0; row < rowCount; row++) {
    if (selected.has(row)) continue;
    if (copy.type === 'number') {
      copy.values[row] = MISLEADING[row % MISLEADING.length]!;
      copy.kinds[row] = row % 2 === 0 ? NUMBER : MISSING;
    } else if (copy.type === 'boolean') {
      copy.truths[row] = row % 3;
    } else {
      (copy.values as Value[])[row] = row % 2 === 0 ? 'misleading' : null;
    }
  }
  return copy;
}

/** The value of a row in a vector. */
export function valueAt(vector: Vector, row: number): Value | undefined {
  switch (vector.type) {
    case 'number':
      return vector.kinds[row] === MISSING ? null : vector.values[row];
    case 'boolean':
      return [null, false, true][vector.truths[row]!];
    case 'value':
      return vector.values[row];
  }
}
