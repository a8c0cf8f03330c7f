/** The table of keys by their bytes, held to a Map of texts. */
import { expect, test } from 'vitest';
import {
  createKeyNumbers,
  enterNumber,
  keyNumbersBytes,
  numberKnown,
} from '../../../src/engine/fast/groups/key-numbers.js';
import { createRandom } from '../outliers/distributions.js';

const seed = Number(process.env.SEED ?? 20_261_130);

test.each([
  ['that spread', (text: string) => [...text].reduce((h, c) => h * 31 + c.charCodeAt(0), 7) >>> 0],
  ['that are all the same', () => 0xfffffff1],
  ['of which there are three', (text: string) => text.length % 3],
])('numbers keys as a Map does, with hashes %s', (_what, hashOf) => {
  const random = createRandom(seed);
  const table = createKeyNumbers();
  const known = new Map<string, number>();
  for (let block = 0; block < 20; block++) {
    const texts = Array.from({ length: 60 }, () => {
      const length = Math.floor(random() * 5);
      return Array.from({ length }, () => 'abc'[Math.floor(random() * 3)]).join('');
    });
    const memory = Buffer.from(texts.join(''));
    const ends = new Uint32Array(texts.length);
    texts.forEach((text, i) => {
      ends[i] = (i === 0 ? 0 : ends[i - 1]!) + text.length;
    });
    const starts = Uint32Array.from(ends, (end, i) => end - texts[i]!.length);
    const keys = { starts, ends, hashes: Uint32Array.from(texts, hashOf) };
    const rows = Uint32Array.from(texts, (_, i) => i).filter(() => random() < 0.8);
    const out = new Uint32Array(texts.length);
    for (let k = 0; ; k++) {
      k = numberKnown(table, memory, keys, rows, k, rows.length, out);
      if (k === rows.length) break;
      const text = texts[rows[k]!]!;
      expect(known.has(text)).toBe(false);
      const number = 1000 - known.size;
      known.set(text, number);
      out[rows[k]!] = number;
      enterNumber(table, Buffer.from(text), hashOf(text), number);
    }
    for (const row of rows) expect(out[row]).toBe(known.get(texts[row]!));
  }
  expect(table.count).toBe(known.size);
  expect(keyNumbersBytes(table)).toBeGreaterThan(0);
});
