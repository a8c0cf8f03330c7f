/** Cells known by their bytes: what is found is what was entered last for just these bytes. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  createKnownCells,
  enterKnown,
  findKnown,
  type KnownCell,
} from '../../../src/engine/fast/known-cells.js';

const seed = Number(process.env.SEED ?? 20_261_130);

/** Many of them alike at both ends, so that they meet in a slot. */
const cell = fc.oneof(
  fc.string({ maxLength: 45 }),
  fc.nat(99).map((n) => `ab${'x'.repeat(n % 7)}${n}${'y'.repeat(n % 5)}yz`),
);

test('finds a cell by all of its bytes, or none', () => {
  let found = 0;
  fc.assert(
    fc.property(fc.array(cell, { minLength: 50, maxLength: 200 }), (texts) => {
      const known = createKnownCells();
      for (const text of texts) {
        const bytes = Buffer.from(`"${text},`);
        const [start, end] = [1, bytes.length - 1];
        const before = findKnown(known, bytes, start, end);
        if (before !== null) {
          found++;
          expect(Buffer.from(before.bytes).toString()).toBe(text);
        }
        const entered: KnownCell = { bytes: Buffer.from(text), steps: 1, isToken: false };
        enterKnown(known, bytes, start, end, entered);
        const isShort = end - start <= 40;
        expect(findKnown(known, bytes, start, end)).toBe(isShort ? entered : null);
      }
    }),
    { seed, numRuns: 100 },
  );
  expect(found).toBeGreaterThan(500);
});
