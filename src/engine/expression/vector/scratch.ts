/**
 * Arrays for what is in between, lent like a stack and kept from block to block, so that nothing is
 * allocated for a row. All are as long as the largest block so far.
 */
import { assert } from '../../../base/assert.js';
import type { Value } from '../tree.js';
import type { Numbers } from './vectors.js';

interface Stack<T> {
  readonly items: T[];
  used: number;
}

/** One for each thread is enough, whatever the number of expressions. */
export interface Scratch {
  capacity: number;
  readonly numbers: Stack<Numbers>;
  readonly bytes: Stack<Uint8Array>;
  readonly rows: Stack<Uint32Array>;
  readonly values: Stack<Value[]>;
}

/** How many arrays of each stack were lent at a moment. */
export type Mark = readonly [numbers: number, bytes: number, rows: number, values: number];

export function createScratch(): Scratch {
  return {
    capacity: 0,
    numbers: emptyStack(),
    bytes: emptyStack(),
    rows: emptyStack(),
    values: emptyStack(),
  };
}

/** Makes room for blocks of `rowCount` rows. None may be lent when more is needed than before. */
export function growScratch(scratch: Scratch, rowCount: number): void {
  if (rowCount <= scratch.capacity) return;
  for (const stack of [scratch.numbers, scratch.bytes, scratch.rows, scratch.values]) {
    assert(stack.used === 0, 'scratch arrays grow only between evaluations');
    stack.items.length = 0;
  }
  scratch.capacity = rowCount;
}

/** All arrays that are taken from now on may be given back by `release`. */
export function mark({ numbers, bytes, rows, values }: Scratch): Mark {
  return [numbers.used, bytes.used, rows.used, values.used];
}

/** Takes back what was lent since `mark`; who still holds it must not look at it again. */
export function release(scratch: Scratch, [numbers, bytes, rows, values]: Mark): void {
  scratch.numbers.used = numbers;
  scratch.bytes.used = bytes;
  scratch.rows.used = rows;
  scratch.values.used = values;
}

export function takeNumbers({ numbers, capacity }: Scratch): Numbers {
  return take(numbers, () => createNumbers(capacity));
}

export function takeBytes({ bytes, capacity }: Scratch): Uint8Array {
  return take(bytes, () => new Uint8Array(capacity));
}

export function takeRows({ rows, capacity }: Scratch): Uint32Array {
  return take(rows, () => new Uint32Array(capacity));
}

export function takeValues({ values, capacity }: Scratch): Value[] {
  return take(values, () => createValues(capacity));
}

export function createNumbers(rowCount: number): Numbers {
  return { values: new Float64Array(rowCount), kinds: new Uint8Array(rowCount) };
}

export function createValues(rowCount: number): Value[] {
  return new Array<Value>(rowCount).fill(null);
}

function emptyStack<T>(): Stack<T> {
  return { items: [], used: 0 };
}

function take<T>(stack: Stack<T>, create: () => T): T {
  const at = stack.used++;
  if (at === stack.items.length) stack.items.push(create());
  return stack.items[at]!;
}
