/**
 * Cells that the input does not have, as bytes for the kernel to put between others: derived
 * columns and the flag of `--outlier-action flag`.
 */
import { formatField } from '../../csv/write-field.js';
import { toCell, type Value } from '../expression/tree.js';
import { NUMBER, TRUE, MISSING as UNKNOWN, type Vector } from '../expression/vector/vectors.js';
import { type Arena, bytesIn, doublesIn, ensureRoom, wordsIn } from './arena.js';

/** The most that a double takes in print, in bytes: −1.2345678901234567e−308. */
const LONGEST_NUMBER_BYTES = 25;
/** The kernel copies sixteen bytes at a time. */
const OVERSHOOT_BYTES = 16;

/** Addresses of a made column: its bytes, and where each cell begins and ends in them. */
export interface MadeCells {
  readonly bytes: number;
  readonly ends: number;
}

/** The value of a vector in one row. */
export function valueAt(vector: Vector, row: number): Value {
  switch (vector.type) {
    case 'number':
      return vector.kinds[row]! >= NUMBER ? vector.values[row]! : null;
    case 'boolean':
      return vector.truths[row] === UNKNOWN ? null : vector.truths[row] === TRUE;
    case 'value':
      return vector.values[row]!;
  }
}

/**
 * Writes the cells of the records with the act 0 above what is used of the arena; all others are
 * empty.
 *
 * @param at a free address, with everything behind it free.
 * @param acts address of the acts of `emitRecords`; `actBytes` the same as bytes.
 * @returns the column, and the first address behind it.
 */
export function makeCells(
  arena: Arena,
  at: number,
  vector: Vector,
  recordCount: number,
  acts: number,
  actBytes: Uint8Array,
): MadeCells & { readonly end: number } {
  return vector.type === 'number'
    ? printNumbers(arena, at, vector, recordCount, acts)
    : writeTexts(arena, at, vector, recordCount, actBytes);
}

function printNumbers(
  arena: Arena,
  at: number,
  vector: Extract<Vector, { type: 'number' }>,
  recordCount: number,
  acts: number,
): MadeCells & { readonly end: number } {
  const values = align(at);
  const kinds = values + recordCount * 8;
  const ends = align(kinds + recordCount);
  const bytes = align(ends + (recordCount + 1) * 4);
  const end = bytes + recordCount * LONGEST_NUMBER_BYTES + OVERSHOOT_BYTES;
  ensureRoom(arena, end - arena.used);
  doublesIn(arena, values, recordCount).set(vector.values.subarray(0, recordCount));
  bytesIn(arena, kinds, recordCount).set(vector.kinds.subarray(0, recordCount));
  const { exports } = arena.kernel;
  exports.printNumbers(values, kinds, acts, recordCount, bytes, ends, arena.powers);
  return { bytes, ends, end };
}

function writeTexts(
  arena: Arena,
  at: number,
  vector: Vector,
  recordCount: number,
  acts: Uint8Array,
): MadeCells & { readonly end: number } {
  const cells: Buffer[] = [];
  const known = new Map<string, Buffer>();
  for (let row = 0; row < recordCount; row++) {
    const text = acts[row] === 0 ? formatField(toCell(valueAt(vector, row))) : '';
    let cell = known.get(text);
    if (cell === undefined) {
      cell = Buffer.from(text);
      known.set(text, cell);
    }
    cells.push(cell);
  }
  const size = cells.reduce((sum, cell) => sum + cell.length, 0);
  const ends = align(at);
  const bytes = align(ends + (recordCount + 1) * 4);
  ensureRoom(arena, bytes + size + OVERSHOOT_BYTES - arena.used);
  const bounds = wordsIn(arena, ends, recordCount + 1);
  const room = bytesIn(arena, bytes, size);
  let length = 0;
  bounds[0] = 0;
  cells.forEach((cell, row) => {
    room.set(cell, length);
    length += cell.length;
    bounds[row + 1] = length;
  });
  return { bytes, ends, end: bytes + size + OVERSHOOT_BYTES };
}

function align(address: number): number {
  return Math.ceil(address / 16) * 16;
}
