/** Compares the columns that the kernel reads with its scalar twin's. */
import { expect } from 'vitest';
import type { Dialect } from '../../src/csv/dialect.js';
import { isMissing, NA_TOKENS } from '../../src/csv/missing.js';
import { SLOW } from '../../src/kernel/cell-kinds.js';
import type { Kernel } from '../../src/kernel/load-kernel.js';
import { writePowerTable } from '../../src/kernel/power-table.js';
import { ODD, TRIM } from '../../src/kernel/record-flags.js';
import { indexRecords, type RecordIndex } from '../../src/kernel/scalar/index-records.js';
import { type ColumnCells, readColumn } from '../../src/kernel/scalar/read-column.js';
import { writeTokenTable } from '../../src/kernel/token-table.js';
import { NOTHING } from './index-suite.js';
import { createDice } from './random.js';
import { randomCell } from './random-cells.js';

/** Where things lie, 64 KiB each and the block in what remains. */
const POWERS = 1 << 16;
const TOKENS = 2 << 16;
const FIELD_ENDS = 3 << 16;
const RECORD_FIELDS = 4 << 16;
const FLAGS = 5 << 16;
const VALUES = 6 << 16;
const KINDS = 7 << 16;
const FIRST_SOURCE = 8 << 16;

/** How far beyond a block the kernel may read. */
const READABLE = 64;

/** What lies around a block, in turn; it must not matter, though it goes on with what a cell is. */
export const SURROUNDINGS = ['9', '"', '.', 'e5', '\0'];

/** What the lists hold where nothing is written. */
const UNTOUCHED_VALUE = 0.123;
const UNTOUCHED_KIND = 99;

export type Reader = (
  bytes: Uint8Array,
  index: RecordIndex,
  column: number,
  dialect: Dialect,
  skip?: number,
) => ColumnCells;

/** Reads with the kernel, once it has its tables; blocks end where its memory does. */
export function createReader(kernel: Kernel): Reader {
  const { buffer } = kernel.memory;
  writePowerTable(buffer, POWERS);
  writeTokenTable(NA_TOKENS, buffer, TOKENS);
  let call = 0;
  return (bytes, index, column, dialect, skip = ODD) => {
    const source = buffer.byteLength - READABLE - bytes.length;
    expect(source).toBeGreaterThan(FIRST_SOURCE + READABLE);
    const around = Buffer.from(buffer, source - READABLE, bytes.length + 2 * READABLE);
    around.fill(SURROUNDINGS[call++ % SURROUNDINGS.length]!);
    around.set(bytes, READABLE);
    const records = index.recordFields.length;
    new Uint32Array(buffer, FIELD_ENDS).set(index.fieldEnds);
    new Uint32Array(buffer, RECORD_FIELDS).set(index.recordFields);
    new Uint8Array(buffer, FLAGS).set(index.flags);
    const cells = untouched(records);
    new Float64Array(buffer, VALUES).set(cells.values);
    new Uint8Array(buffer, KINDS).set(cells.kinds);
    kernel.exports.readColumn(
      source,
      records,
      FIELD_ENDS,
      RECORD_FIELDS,
      FLAGS,
      skip,
      TRIM,
      column,
      dialect.quote,
      dialect.recordEnd === 'cr' ? 1 : 0,
      POWERS,
      TOKENS,
      NA_TOKENS.size,
      VALUES,
      KINDS,
    );
    return {
      values: new Float64Array(buffer, VALUES, records).slice(),
      kinds: new Uint8Array(buffer, KINDS, records).slice(),
    };
  };
}

function untouched(records: number): ColumnCells {
  return {
    values: new Float64Array(records).fill(UNTOUCHED_VALUE),
    kinds: new Uint8Array(records).fill(UNTOUCHED_KIND),
  };
}

/**
 * Expects the kernel to read `column` of `bytes` as the twin does, but for cells that it calls
 * slow: those must be numerals, or what only overflow makes text.
 *
 * @returns how many cells were slow.
 */
export function expectSameColumn(
  read: Reader,
  bytes: Uint8Array,
  dialect: Dialect,
  width: number,
  column: number,
  skip: number = ODD,
): number {
  const index = indexRecords(bytes, true, dialect, width, 1 << 20, 1 << 20, NOTHING);
  const twin = untouched(index.recordFields.length);
  readColumn(bytes, index, skip, TRIM, column, dialect, isMissing, twin);
  const cells = read(bytes, index, column, dialect, skip);
  let slowCount = 0;
  cells.kinds.forEach((kind, i) => {
    const value = cells.values[i]!;
    if (kind === SLOW) {
      slowCount++;
      const record = recordText(bytes, index, i);
      // `expect` costs more than reading: only asked when there is something to say.
      if (!Number.isNaN(value) || !isNumeral(record, column, dialect)) expect.fail(record);
    } else if (kind !== twin.kinds[i] || !Object.is(value, twin.values[i])) {
      const wanted = { kind: twin.kinds[i], value: twin.values[i] };
      expect({ kind, value }, recordText(bytes, index, i)).toEqual(wanted);
    }
  });
  return slowCount;
}

function recordText(bytes: Uint8Array, { recordFields, fieldEnds }: RecordIndex, i: number) {
  const start = i === 0 ? 0 : fieldEnds[recordFields[i - 1]! - 1]!;
  return Buffer.from(bytes.subarray(start, fieldEnds[recordFields[i]! - 1]!))
    .toString()
    .trim();
}

/** Whether the cell of a plain record is a numeral, beyond the doubles or not. */
function isNumeral(record: string, column: number, { delimiter }: Dialect): boolean {
  const cell = record.split(String.fromCharCode(delimiter))[column]!.replaceAll('"', '').trim();
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(cell);
}

const CELLS_PER_BLOCK = 500;

/** Random cells in every column and with every line end. */
export function checkReader(read: Reader, seed: number, count: number): void {
  const dice = createDice(seed);
  for (let done = 0; done < count; done += CELLS_PER_BLOCK) {
    const lineEnd = dice.pick(['\n', '\r\n', '\r']);
    const width = dice.integer(1, 3);
    const column = dice.integer(0, width - 1);
    const records = Array.from({ length: CELLS_PER_BLOCK }, () =>
      Array.from({ length: width }, (_, i) =>
        i === column ? randomCell(dice) : dice.pick(['', 'x', '"q"', '7']),
      ).join(','),
    );
    const text = 'x'.repeat(dice.integer(0, 130)) + lineEnd + records.join(lineEnd);
    const dialect: Dialect = {
      delimiter: 0x2c,
      quote: 0x22,
      recordEnd: lineEnd === '\r' ? 'cr' : 'lf',
    };
    expectSameColumn(read, Buffer.from(text + dice.pick(['', lineEnd])), dialect, width, column);
  }
}
