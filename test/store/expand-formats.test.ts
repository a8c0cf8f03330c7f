/**
 * What each format has of its own: members and frames, padding, checksums; in files by this Node,
 * gzip(1), Python and zstd(1).
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Compression } from '../../src/store/compression.js';
import { expandInput } from '../../src/store/expand-input.js';
import { closeInput, openInput } from '../../src/store/input-file.js';
import {
  compressSync,
  expandBytes,
  expandFile,
  failureOf,
  HAS_ZSTD,
  hasCommand,
  LONG_TEXT,
  TEXT,
  tableText,
} from '../support/archives.js';
import { tempFolder } from '../support/temp-folder.js';

const EMPTY = Buffer.alloc(0);
const MIB = 1 << 20;

function piped(command: string, args: readonly string[], bytes: Uint8Array): Buffer {
  return execFileSync(command, args, { input: bytes, maxBuffer: 2 ** 28 });
}

/** Every bit of some bytes, one bit of the others: each file gives the same content or an error. */
async function flipBits(
  whole: Buffer,
  content: Buffer,
  compression: Compression,
  isThorough: (byteOffset: number) => boolean,
): Promise<{ readonly same: number[]; readonly failed: number }> {
  const path = join(tempFolder(), 'x');
  const same: number[] = [];
  let failed = 0;
  for (let byteOffset = 0; byteOffset < whole.length; byteOffset++) {
    const bits = isThorough(byteOffset) ? [0, 1, 2, 3, 4, 5, 6, 7] : [byteOffset % 8];
    for (const bit of bits) {
      const bytes = Buffer.from(whole);
      bytes[byteOffset]! ^= 1 << bit;
      writeFileSync(path, bytes);
      try {
        const expanded = await expandFile(path, compression);
        expect(expanded.equals(content), `byte ${byteOffset}, bit ${bit}`).toBe(true);
        same.push(byteOffset);
      } catch (error) {
        // A header may then ask for a dictionary, or for a large window.
        const code = expect.stringMatching(/^(CORRUPT_ARCHIVE|COMPRESSION)$/);
        expect(error, `byte ${byteOffset}, bit ${bit}`).toMatchObject({ code });
        failed++;
      }
    }
  }
  return { same, failed };
}

describe('expandInput of gzip', () => {
  const small = Buffer.from(tableText(12));

  test('never gives other content for a flipped bit, and the same only by what means nothing', async () => {
    const members = [gzipSync(small), gzipSync(small)];
    const whole = Buffer.concat(members);
    const second = members[0]!.length;
    const content = Buffer.concat([small, small]);
    const isFrame = (at: number): boolean =>
      at % second < 12 || at % second > second - 10 || at % 23 === 0;
    const { same, failed } = await flipBits(whole, content, 'gz', isFrame);
    expect(failed).toBeGreaterThan(400);
    // Flags (text or not), time, level, system; behind the last block a few bits of a byte.
    const free = same.filter((at) => at % second < 3 || at % second > 9);
    expect(free.filter((at) => at % second < second - 9)).toEqual([]);
    expect(same.filter((at) => at % second > second - 9)).toEqual([]);
  });

  test('reads what gzip(1) and Python write', async () => {
    if (hasCommand('gzip')) {
      expect((await expandBytes(piped('gzip', ['-c'], TEXT), 'gz')).equals(TEXT)).toBe(true);
      const folder = tempFolder();
      writeFileSync(join(folder, 'named.csv'), LONG_TEXT);
      execFileSync('gzip', ['-9', join(folder, 'named.csv')]);
      expect((await expandFile(join(folder, 'named.csv.gz'), 'gz')).equals(LONG_TEXT)).toBe(true);
    }
    if (hasCommand('python3')) {
      const program =
        'import gzip, sys; f = gzip.GzipFile("a name", "wb", 1, sys.stdout.buffer, 12345)\n' +
        'f.write(sys.stdin.buffer.read()); f.close()';
      const archive = piped('python3', ['-c', program], LONG_TEXT);
      expect((await expandBytes(archive, 'gz')).equals(LONG_TEXT)).toBe(true);
    }
  });

  test('reads all members, wherever a piece ends', async () => {
    const parts: Buffer[] = [];
    const contents: Buffer[] = [];
    for (let i = 0; i < 300; i++) {
      const content = i % 3 === 0 ? EMPTY : TEXT.subarray(0, i * 200);
      parts.push(gzipSync(content));
      contents.push(content);
    }
    const archive = Buffer.concat(parts);
    expect(archive.length).toBeGreaterThan(10 * 65_536);
    expect((await expandBytes(archive, 'gz')).equals(Buffer.concat(contents))).toBe(true);
  });

  test('reads a second member that begins 0 to 20 bytes before a piece ends', async () => {
    for (let before = 0; before <= 20; before++) {
      const first = paddedMember(65_536 - before);
      const archive = Buffer.concat([first, gzipSync(small)]);
      expect((await expandBytes(archive, 'gz')).equals(small), `${before}`).toBe(true);
      const cut = archive.subarray(0, first.length + 5);
      expect(await failureOf(expandBytes(cut, 'gz'))).toContain('break off');
      const padded = Buffer.concat([first, Buffer.alloc(30)]);
      expect(await expandBytes(padded, 'gz')).toHaveLength(0);
      const followed = Buffer.concat([first, Buffer.alloc(30), gzipSync(small)]);
      expect(await failureOf(expandBytes(followed, 'gz'))).toBe(
        `CORRUPT_ARCHIVE the gzip data end at byte ${first.length}, and something else follows`,
      );
      const broken = Buffer.from(archive);
      broken[first.length] = 0;
      expect(await failureOf(expandBytes(broken, 'gz'))).toContain('something else follows');
      const garbage = Buffer.concat([first, Buffer.from('garbage')]);
      expect(await failureOf(expandBytes(garbage, 'gz'))).toMatch(
        /^CORRUPT_ARCHIVE the gzip data end near byte \d+, and something else follows$/,
      );
    }
  });

  test('takes zeros behind the last member for padding', async () => {
    for (const zeros of [1, 511, 10_240, 200_000]) {
      const archive = Buffer.concat([gzipSync(TEXT), Buffer.alloc(zeros)]);
      expect((await expandBytes(archive, 'gz')).equals(TEXT)).toBe(true);
    }
  });

  test('reads members of no content', async () => {
    const nothing = gzipSync(EMPTY);
    expect(await expandBytes(Buffer.concat(Array(500).fill(nothing)), 'gz')).toHaveLength(0);
  });

  test('says near which byte data are broken', async () => {
    const whole = compressSync('gz', Buffer.concat(Array(4).fill(LONG_TEXT)));
    const at = whole.length - 50_000;
    whole.fill(0xff, at, at + 100);
    const failure = await failureOf(expandBytes(whole, 'gz'));
    const near = Number(
      /^CORRUPT_ARCHIVE the gzip data are broken near byte (\d+): /.exec(failure)?.[1],
    );
    expect(near).toBeGreaterThan(at - 2 * 65_536);
    expect(near).toBeLessThan(at + 65_536);
  });

  test('stops a bomb early, in bounded memory', async () => {
    // 10 MB of zeros in 10 kB, a thousand times: 10 GB.
    const member = gzipSync(Buffer.alloc(10_000_000), { level: 9 });
    const path = join(tempFolder(), 'bomb.gz');
    writeFileSync(path, Buffer.concat(Array<Buffer>(1000).fill(member)));
    for (const [limits, most] of [
      [{ maxBytes: Infinity, maxRatio: 200 }, 100e6],
      [{ maxBytes: 300e6, maxRatio: Infinity }, 300e6],
    ] as const) {
      let expanded = 0;
      let memory = 0;
      const before = process.memoryUsage.rss();
      const started = performance.now();
      const input = openInput(path);
      const done = expandInput(input, 'gz', limits, (bytes) => {
        expanded += bytes.length;
        memory = Math.max(memory, process.memoryUsage.rss() - before);
      });
      expect(await failureOf(done)).toMatch(/^TOO_LARGE /);
      closeInput(input);
      expect(expanded).toBeLessThanOrEqual(most);
      expect(expanded).toBeGreaterThanOrEqual(16 * MIB);
      expect(memory).toBeLessThan(128 * MIB);
      expect(performance.now() - started).toBeLessThan(10_000);
    }
  });
});

/** A whole member of no content, `length` bytes long, by a comment in its header. */
function paddedMember(length: number): Buffer {
  const plain = gzipSync(EMPTY);
  plain[3] = 0x10;
  const comment = Buffer.alloc(length - plain.length, 'c');
  comment[comment.length - 1] = 0;
  return Buffer.concat([plain.subarray(0, 10), comment, plain.subarray(10)]);
}

describe('expandInput of Brotli', () => {
  test('gives something, or an error, for a flipped bit: the format has no checksum', async () => {
    const whole = compressSync('br', Buffer.from(tableText(20)));
    let failed = 0;
    for (let at = 0; at < whole.length; at += 3) {
      const bytes = Buffer.from(whole);
      bytes[at]! ^= 1 << (at % 8);
      const failure = await failureOf(expandBytes(bytes, 'br'));
      expect(failure).toMatch(/^(no error|CORRUPT_ARCHIVE .+)$/);
      if (failure !== 'no error') failed++;
    }
    expect(failed).toBeGreaterThan(0);
  });

  test('takes no zeros for padding, and no second stream for more content', async () => {
    const whole = compressSync('br', TEXT);
    for (const rest of [Buffer.alloc(1), Buffer.alloc(100_000), whole]) {
      expect(await failureOf(expandBytes(Buffer.concat([whole, rest]), 'br'))).toBe(
        `CORRUPT_ARCHIVE the Brotli data end at byte ${whole.length}, and something else follows`,
      );
    }
  });
});

describe.skipIf(HAS_ZSTD)('expandInput of Zstandard', () => {
  test('is refused, for this Node has none', async () => {
    expect(await failureOf(expandBytes(TEXT, 'zst'))).toBe(
      `COMPRESSION Node ${process.versions.node} has no Zstandard`,
    );
  });
});

describe.runIf(HAS_ZSTD)('expandInput of Zstandard', () => {
  const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);

  test('reads all frames, and over those to be skipped', async () => {
    const parts: Buffer[] = [skippable];
    const contents: Buffer[] = [];
    for (let i = 0; i < 300; i++) {
      const content = i % 3 === 0 ? EMPTY : TEXT.subarray(0, i * 200);
      parts.push(compressSync('zst', content));
      if (i % 7 === 0) parts.push(skippable);
      contents.push(content);
    }
    const expanded = await expandBytes(Buffer.concat(parts), 'zst');
    expect(expanded.equals(Buffer.concat(contents))).toBe(true);
  });

  test('never gives other content for a flipped bit', async () => {
    const content = Buffer.from(tableText(20));
    const frame = compressSync('zst', content);
    const whole = Buffer.concat([frame, frame]);
    const twice = Buffer.concat([content, content]);
    const isFrame = (at: number): boolean =>
      at % frame.length < 12 || at % frame.length > frame.length - 6;
    const { failed } = await flipBits(whole, twice, 'zst', isFrame);
    expect(failed).toBeGreaterThan(300);
  });

  test('says where something else follows', async () => {
    const whole = compressSync('zst', TEXT);
    const archive = Buffer.concat([whole, Buffer.alloc(100)]);
    expect(await failureOf(expandBytes(archive, 'zst'))).toBe(
      `CORRUPT_ARCHIVE the Zstandard data are broken at byte ${whole.length}: no frame begins here`,
    );
  });

  test('says what Node cannot read though it is whole', async () => {
    const magic = [0x28, 0xb5, 0x2f, 0xfd];
    const block = [1, 0, 0];
    const withDictionary = Buffer.from([...magic, 0x01, 0x58, 7, ...block]);
    expect(await failureOf(expandBytes(withDictionary, 'zst'))).toBe(
      'COMPRESSION it was compressed with a dictionary',
    );
    const withWindow = Buffer.from([...magic, 0x00, 0xa8, ...block]);
    expect(await failureOf(expandBytes(withWindow, 'zst'))).toBe(
      'COMPRESSION it was compressed with a window of more than 128 MiB',
    );
  });

  test.runIf(hasCommand('zstd'))('reads what zstd(1) writes', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'a.csv'), LONG_TEXT);
    for (const args of [['-3'], ['-19'], ['--long=27'], ['--no-check'], ['-B65536', '-T4']]) {
      const path = join(folder, `a${args.join('')}.zst`);
      execFileSync('zstd', ['-q', '-f', ...args, join(folder, 'a.csv'), '-o', path]);
      expect((await expandFile(path, 'zst')).equals(LONG_TEXT), args.join(' ')).toBe(true);
    }
  });
});
