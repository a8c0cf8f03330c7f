/** Compares the columns that the kernel patches with its scalar twin's over random blocks. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Kernel } from '../../src/kernel/load-kernel.js';
import { ODD, TRIM } from '../../src/kernel/record-flags.js';
import { PASS, STOP, WRITE } from '../../src/kernel/scalar/emit-records.js';
import { indexRecords } from '../../src/kernel/scalar/index-records.js';
import { patchColumn } from '../../src/kernel/scalar/patch-column.js';
import { blocks, DIALECTS, NOTHING } from './index-suite.js';

const SOURCE = 1024;
const FIELD_ENDS = 1 << 16;
const RECORD_FIELDS = 1 << 17;
const ACTS = 3 << 16;
const FLAGS = ACTS + (1 << 15);
const CHANGED = 4 << 16;
const CELLS = 5 << 16;
const CELL_ENDS = 6 << 16;
const ENDS = 7 << 16;
const OUT = 8 << 16;
const LONGEST_RECORD = 4096;

const texts = fc.array(
  fc.constantFrom(null, null, '', '12.5', 'a,b', 'x"y', 'é\n', 'z'.repeat(40)),
  {
    minLength: 1,
    maxLength: 20,
  },
);

/** @returns how often a cell was quoted anew that was not changed. */
export function checkPatch(kernel: Kernel, seed: number, numRuns: number): number {
  let requoted = 0;
  const property = fc.property(
    blocks,
    fc.constantFrom(...DIALECTS),
    fc.integer({ min: 1, max: 4 }),
    fc.nat(3),
    fc.array(fc.constantFrom(WRITE, WRITE, WRITE, PASS, STOP), { minLength: 1, maxLength: 30 }),
    texts,
    fc.boolean(),
    (bytes, dialect, width, place, draws, given, trims) => {
      const column = place % width;
      const most = [LONGEST_RECORD, LONGEST_RECORD, NOTHING] as const;
      const index = indexRecords(bytes, true, dialect, width, ...most);
      const count = index.recordFields.length;
      const draw = <T>(list: readonly T[], i: number): T => list[i % list.length]!;
      // Odd records are never written by the kernel.
      const acts = index.flags.map((flags, i) => ((flags & ODD) === 0 ? draw(draws, i) : STOP));
      const cells = index.flags.map((_, i) => draw(given, i));
      const wanted = patchColumn(bytes, index, dialect, column, acts, cells, trims);
      const { exports, memory } = kernel;
      const all = Buffer.from(memory.buffer);
      all.set(bytes, SOURCE);
      all.fill('"\n,\r', SOURCE + bytes.length, SOURCE + bytes.length + 64);
      new Uint32Array(memory.buffer, FIELD_ENDS).set(index.fieldEnds);
      new Uint32Array(memory.buffer, RECORD_FIELDS).set(index.recordFields);
      all.set(acts, ACTS);
      all.set(index.flags, FLAGS);
      const ends: number[] = [];
      let at = 0;
      cells.forEach((text, i) => {
        all[CHANGED + i] = text === null ? 0 : 1;
        at += all.write(text ?? '', CELLS + at);
        ends.push(at);
        all.write('\n', CELLS + at++);
      });
      new Uint32Array(memory.buffer, CELL_ENDS).set(ends);
      const end = exports.patchColumn(
        ...([SOURCE, count, FIELD_ENDS, RECORD_FIELDS, FLAGS, trims ? TRIM : 0] as const),
        ...([dialect.quote, dialect.recordEnd === 'cr' ? 1 : 0, column, ACTS] as const),
        ...([CHANGED, CELLS, CELL_ENDS, OUT, ENDS] as const),
      );
      const made = new Uint32Array(memory.buffer, ENDS, count + 1);
      const found = wanted.cells.map((_, i) =>
        all.toString('utf8', OUT + made[i]!, OUT + made[i + 1]!),
      );
      expect(found).toEqual(wanted.cells.map((cell) => Buffer.from(cell).toString()));
      expect(end).toBe(OUT + made[count]!);
      expect(exports.patchRequoted.value).toBe(wanted.requotedFields);
      requoted += wanted.requotedFields;
    },
  );
  fc.assert(property, { seed, numRuns });
  return requoted;
}
