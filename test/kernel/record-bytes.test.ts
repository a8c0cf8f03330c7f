/** The loops over a byte for each record against their twins, at every length around a step. */
import { describe, expect, test } from 'vitest';
import { selectZeros, writeFates } from '../../src/kernel/scalar/record-bytes.js';
import { BUILDS, builtKernel } from './built-kernel.js';
import { mulberry32 } from './random.js';

const seed = Number(process.env.SEED ?? 20261130);
console.log(`record bytes: SEED=${seed}`);

const FROM = 1024;
const TO = 8192;
/** How many of a hundred bytes are not 0. */
const SHARES = [0, 1, 10, 50, 100];
const CASES = SHARES.flatMap((share) =>
  Array.from({ length: 131 }, (_, count) => ({ share, count })),
);

describe.each(BUILDS)('%s', (build) => {
  const { exports, memory } = builtKernel(build);

  function load(share: number, count: number): Uint8Array {
    const random = mulberry32(seed + share * 1000 + count);
    const bytes = new Uint8Array(memory.buffer, FROM, count + 1);
    for (let i = 0; i <= count; i++) bytes[i] = random() * 100 < share ? 1 + random() * 255 : 0;
    return bytes.slice(0, count);
  }

  test('gives blank records their fate, and says which flags there are', () => {
    for (const { share, count } of CASES) {
      const flags = load(share, count);
      for (const blank of [0, 1]) {
        const fates = new Uint8Array(count);
        const all = writeFates(flags, blank, fates);
        new Uint8Array(memory.buffer, TO, count + 1).fill(77);
        expect(exports.writeFates(FROM, count, blank, TO)).toBe(all);
        expect([...new Uint8Array(memory.buffer, TO, count + 1)]).toEqual([...fates, 77]);
      }
    }
  });

  test('selects the records whose byte is 0', () => {
    for (const { share, count } of CASES) {
      const places = selectZeros(load(share, count));
      expect(exports.selectZeros(FROM, count, TO)).toBe(places.length);
      expect(new Uint32Array(memory.buffer, TO, places.length)).toEqual(places);
    }
  });
});
