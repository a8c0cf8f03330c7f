/** Compares the cells that the kernel finds in a column with texts in a map. */
import { expect } from 'vitest';
import type { Dialect } from '../../src/csv/dialect.js';
import { CELL_SLOTS, KEY_BYTES, LONGEST_KEY } from '../../src/kernel/key-table-layout.js';
import type { Kernel } from '../../src/kernel/load-kernel.js';
import { indexRecords } from '../../src/kernel/scalar/index-records.js';
import { NOTHING } from './index-suite.js';
import { createDice, type Dice } from './random.js';
import { rawCell } from './raw-cell.js';
import { SURROUNDINGS } from './read-suite.js';

const FIELD_ENDS = 1 << 16;
const RECORD_FIELDS = 2 << 16;
const FLAGS = 3 << 16;
const ROWS = 4 << 16;
const NUMBERS = 5 << 16;
const SOURCE = 6 << 16;
const TABLE = 7 << 16;

const RECORDS = 60;

/** Alike at both ends, and of all lengths around those that are known. */
function randomText({ integer, pick }: Dice): string {
  const inside = 'x'.repeat(pick([0, 1, 7, 8, 15, 16, 17, 30, 31, 32, 33]));
  return pick([
    `a${inside}${integer(0, 9)}`,
    inside,
    `é${inside}`,
    `"${inside}"`,
    `"${inside},"`,
    '',
  ]);
}

/** @returns how many cells were found. */
export function checkFind(kernel: Kernel, seed: number, numRuns: number): number {
  const dice = createDice(seed);
  const { integer, pick } = dice;
  const { exports, memory } = kernel;
  const all = Buffer.from(memory.buffer);
  let foundCount = 0;
  for (let run = 0; run < numRuns; run++) {
    const lineEnd = pick(['\n', '\r\n', '\r']);
    const width = integer(1, 3);
    const column = integer(0, width - 1);
    const records = Array.from({ length: RECORDS }, () =>
      Array.from({ length: pick([width, width, width, 1]) }, (_, i) =>
        i === column ? randomText(dice) : pick(['', 'x', '"q"']),
      ).join(','),
    );
    const bytes = Buffer.from(records.join(lineEnd) + pick(['', lineEnd]));
    const recordEnd = lineEnd === '\r' ? 'cr' : 'lf';
    const dialect: Dialect = { delimiter: 0x2c, quote: 0x22, recordEnd };
    const index = indexRecords(bytes, true, dialect, width, 1 << 20, 1 << 20, NOTHING);
    all.fill(SURROUNDINGS[run % SURROUNDINGS.length]!, SOURCE - 64, SOURCE + bytes.length + 64);
    all.set(bytes, SOURCE);
    new Uint32Array(memory.buffer, FIELD_ENDS).set(index.fieldEnds);
    new Uint32Array(memory.buffer, RECORD_FIELDS).set(index.recordFields);
    all.set(index.flags, FLAGS);
    all.fill(0, TABLE, TABLE + CELL_SLOTS * KEY_BYTES);
    const rows = index.flags.map((_, r) => r).filter(() => pick([true, true, false]));
    new Uint32Array(memory.buffer, ROWS).set(rows);
    const numbers = new Uint32Array(memory.buffer, NUMBERS, RECORDS + 1).fill(0);
    const known = new Map<string, number>();
    for (let k = 0; k < rows.length; ) {
      const end = exports.findCells(
        ...([
          SOURCE,
          FIELD_ENDS,
          RECORD_FIELDS,
          FLAGS,
          column,
          recordEnd === 'cr' ? 1 : 0,
        ] as const),
        ...([ROWS, k, rows.length, TABLE, NUMBERS] as const),
      );
      for (; k < end; k++, foundCount++) {
        const raw = rawCell(bytes, dialect, index, column, rows[k]!);
        expect(numbers[k], raw ?? 'none').toBe(known.get(raw!));
      }
      if (k === rows.length) break;
      const raw = rawCell(bytes, dialect, index, column, rows[k]!);
      if (raw !== null && Buffer.byteLength(raw) <= LONGEST_KEY) {
        // So few that none loses its slot.
        expect(known.has(raw), raw).toBe(false);
        known.set(raw, known.size + 1);
        const at = SOURCE + bytes.length + 128;
        exports.enterCell(TABLE, at, all.write(raw, at), known.size);
      }
      k++;
    }
  }
  return foundCount;
}
