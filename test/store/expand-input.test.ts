/** What holds of every compression: what comes out is what went in, or there is an error. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { expandInput } from '../../src/store/expand-input.js';
import { closeInput, openInput } from '../../src/store/input-file.js';
import {
  COMPRESSIONS,
  compressSync,
  expandBytes,
  expandFile,
  failureOf,
  LONG_TEXT,
  TEXT,
  tableText,
  UNLIMITED,
} from '../support/archives.js';
import { withFault } from '../support/fail-calls.js';
import { tempFolder } from '../support/temp-folder.js';

const EMPTY = Buffer.alloc(0);
const MIB = 1 << 20;

function openDescriptors(): number {
  return process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0;
}

describe.each(COMPRESSIONS)('expandInput of %s', (compression) => {
  test.each([EMPTY, Buffer.from('a'), TEXT, LONG_TEXT])(
    'gives back what went in',
    async (bytes) => {
      const expanded = await expandBytes(compressSync(compression, bytes), compression);
      expect(expanded.equals(bytes)).toBe(true);
    },
  );

  test('gives back what fills the room of the output to the last byte, or nearly', async () => {
    for (const length of [MIB - 1, MIB, MIB + 1, 2 * MIB]) {
      const bytes = Buffer.alloc(length, tableText(3_000));
      const expanded = await expandBytes(compressSync(compression, bytes), compression);
      expect(expanded.equals(bytes), `${length}`).toBe(true);
    }
  });

  test('leaves the input open, and can do it again', async () => {
    const path = join(tempFolder(), 'x');
    writeFileSync(path, compressSync(compression, TEXT));
    const input = openInput(path);
    for (let i = 0; i < 2; i++) {
      const parts: Uint8Array[] = [];
      await expandInput(input, compression, UNLIMITED, (bytes) => parts.push(bytes));
      expect(Buffer.concat(parts).equals(TEXT)).toBe(true);
    }
    closeInput(input);
  });

  test('refuses a file of no bytes', async () => {
    expect(await failureOf(expandBytes(EMPTY, compression))).toBe(
      'CORRUPT_ARCHIVE the file is empty',
    );
  });

  test('refuses a file cut anywhere', async () => {
    const whole = compressSync(compression, LONG_TEXT);
    const lengths = [1, 2, 3, 4, 5, 11, whole.length - 1, whole.length - 5, whole.length - 9];
    for (let length = 1024; length < whole.length; length += 1024) lengths.push(length);
    expect(lengths.length).toBeGreaterThan(100);
    for (const length of lengths) {
      const failure = await failureOf(expandBytes(whole.subarray(0, length), compression));
      expect(failure).toMatch(/^CORRUPT_ARCHIVE the \w+ data break off at byte /);
      expect(failure).toContain(`at byte ${length}, the end of the file`);
    }
  });

  test('refuses other bytes behind the data', async () => {
    for (const bytes of [TEXT, LONG_TEXT]) {
      const whole = compressSync(compression, bytes);
      for (const rest of ['\n', '\r\n', 'garbage', '\0garbage', '\u001f', 'x'.repeat(70_000)]) {
        const archive = Buffer.concat([whole, Buffer.from(rest)]);
        const failure = await failureOf(expandBytes(archive, compression));
        expect(failure, JSON.stringify(rest)).toMatch(/^CORRUPT_ARCHIVE the \w+ data /);
      }
    }
  });

  test('refuses what is not compressed', async () => {
    const failure = await failureOf(expandBytes(TEXT, compression));
    expect(failure).toMatch(
      compression === 'br'
        ? /^CORRUPT_ARCHIVE the Brotli data are broken near byte 0: /
        : /^CORRUPT_ARCHIVE the file does not begin as (gzip|Zstandard) data do$/,
    );
  });

  test('gives up to the very limit', async () => {
    const archive = compressSync(compression, TEXT);
    const at = await expandBytes(archive, compression, { maxBytes: TEXT.length, maxRatio: 1000 });
    expect(at.equals(TEXT)).toBe(true);
    const limits = { maxBytes: TEXT.length - 1, maxRatio: 1000 };
    expect(await failureOf(expandBytes(archive, compression, limits))).toMatch(
      /^TOO_LARGE decompressed it takes more than \d\d,\d{3} bytes$/,
    );
  });

  test('gives up to the very ratio, and any ratio to 16 MiB', async () => {
    const free = compressSync(compression, Buffer.alloc(16 * MIB));
    expect(await expandBytes(free, compression, { maxBytes: Infinity, maxRatio: 1 })).toHaveLength(
      16 * MIB,
    );
    const archive = compressSync(compression, Buffer.alloc(16 * MIB + 1));
    const ratio = (16 * MIB + 1) / archive.length;
    const at = { maxBytes: Infinity, maxRatio: ratio * 1.000_001 };
    expect(await expandBytes(archive, compression, at)).toHaveLength(16 * MIB + 1);
    const below = { maxBytes: Infinity, maxRatio: Math.floor(ratio) };
    expect(await failureOf(expandBytes(archive, compression, below))).toMatch(
      /^TOO_LARGE decompressed it takes more than [\d,]+ times its compressed bytes$/,
    );
  });

  test('ends with what the sink throws, whatever it is, and calls it no more', async () => {
    const path = join(tempFolder(), 'x');
    writeFileSync(path, compressSync(compression, Buffer.concat(Array(8).fill(LONG_TEXT))));
    const before = openDescriptors();
    for (const thrown of [new Error('full'), 'text', null]) {
      for (const last of [1, 2, 4]) {
        const input = openInput(path);
        let calls = 0;
        const done = expandInput(input, compression, UNLIMITED, () => {
          if (++calls === last) throw thrown;
        });
        await expect(done.then(() => 'no error')).rejects.toBe(thrown);
        await new Promise((resolve) => setTimeout(resolve, 5));
        expect(calls).toBe(last);
        closeInput(input);
      }
    }
    expect(openDescriptors()).toBe(before);
  });

  test('says what cannot be read', async () => {
    const path = join(tempFolder(), 'x');
    writeFileSync(path, compressSync(compression, Buffer.concat(Array(4).fill(LONG_TEXT))));
    for (const nth of [1, 2, 4]) {
      const fault = { call: 'readSync', nth, code: 'EIO' } as const;
      const { value } = await withFault(fault, () => failureOf(expandFile(path, compression)));
      expect(value).toBe('CANNOT_READ cannot read: input/output error');
    }
  });

  test('says of a file that changes that it did', async () => {
    const path = join(tempFolder(), 'x');
    const whole = compressSync(compression, LONG_TEXT);
    writeFileSync(path, whole);
    const input = openInput(path);
    const done = expandInput(input, compression, UNLIMITED, () => {
      writeFileSync(path, whole.subarray(0, 70_000));
    });
    expect(await failureOf(done)).toBe('CHANGED_WHILE_READ the file changed while it was read');
    closeInput(input);
  });
});
