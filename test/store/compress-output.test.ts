/** Outputs compressed here are read by gzip(1), Python, zstd(1) and Node's own zlib. */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { compressOutput } from '../../src/store/compress-output.js';
import type { Compression } from '../../src/store/compression.js';
import { markOfFile } from '../../src/store/digest.js';
import {
  COMPRESSIONS,
  expandFile,
  failureOf,
  HAS_ZSTD,
  hasCommand,
  tableText,
} from '../support/archives.js';
import { type CallName, recordCalls, withFault } from '../support/fail-calls.js';
import { tempFolder } from '../support/temp-folder.js';

const TEXT = tableText(20_000);

/** A folder with a finished file `a`, to be compressed into `b`. */
function prepare(text = TEXT): { readonly from: string; readonly to: string; folder: string } {
  const folder = tempFolder();
  writeFileSync(join(folder, 'a'), text);
  return { folder, from: join(folder, 'a'), to: join(folder, 'b') };
}

function read(command: string, args: readonly string[], path: string): string {
  return execFileSync(command, [...args, path], { encoding: 'utf8', maxBuffer: 2 ** 28 });
}

describe.each(COMPRESSIONS)('compressOutput to %s', (compression) => {
  test.each(['', 'a\n', TEXT])('holds what it was given, with its mark', async (text) => {
    const { from, to } = prepare(text);
    const mark = await compressOutput(from, to, compression, false);
    expect(mark).toEqual(markOfFile(to));
    expect((await expandFile(to, compression)).toString()).toBe(text);
    expect(readFileSync(from, 'utf8')).toBe(text);
  });

  test('is much smaller', async () => {
    const { from, to } = prepare();
    const { sizeBytes } = await compressOutput(from, to, compression, false);
    expect(sizeBytes).toBeLessThan(TEXT.length / 2.2);
  });

  test('gives the same bytes for the same content, whatever its name and time', async () => {
    const { folder, from, to } = prepare();
    await compressOutput(from, to, compression, false);
    const other = join(folder, 'another name');
    writeFileSync(other, TEXT);
    utimesSync(other, 1, 1);
    await compressOutput(other, join(folder, 'c'), compression, true);
    expect(readFileSync(join(folder, 'c')).equals(readFileSync(to))).toBe(true);
  });

  test('waits for the disk and gives permissions only if told to', async () => {
    const { folder, from, to } = prepare();
    const calls = await recordCalls(() => compressOutput(from, to, compression, false));
    expect(calls.map(({ call }) => call)).not.toContain('fsyncSync');
    const path = join(folder, 'c');
    const durable = await recordCalls(() => compressOutput(from, path, compression, true, 0o640));
    expect(durable.slice(-4, -1)).toEqual(
      ['fchmodSync', 'fsyncSync', 'closeSync'].map((call) => ({ call, path })),
    );
    expect(statSync(path).mode & 0o777).toBe(0o640);
  });

  test('leaves nothing, whichever call fails', async () => {
    const { folder, from, to } = prepare();
    const faults: readonly (readonly [CallName, string, number])[] = [
      ['openSync', 'EMFILE', 2],
      ['mkdirSync', 'ENOSPC', 1],
      ['readSync', 'EIO', 2],
      ['writeSync', 'ENOSPC', 1],
      ['fchmodSync', 'EPERM', 1],
      ['fsyncSync', 'EIO', 1],
      ['closeSync', 'EIO', 1],
    ];
    for (const [call, code, most] of faults) {
      for (let nth = 1; nth <= most; nth++) {
        const { value, hasFailed } = await withFault({ call, nth, code }, () =>
          failureOf(compressOutput(from, to, compression, true, 0o600)),
        );
        expect(hasFailed, call).toBe(true);
        expect(value, call).toMatch(/^CANNOT_(READ|WRITE) cannot /);
        expect(readdirSync(folder), call).toEqual(['a']);
      }
    }
    expect(openPaths().filter((path) => path.startsWith(folder))).toEqual([]);
  });

  test('keeps a file that is there, and refuses', async () => {
    const { from, to } = prepare();
    writeFileSync(to, 'old');
    expect(await failureOf(compressOutput(from, to, compression, false))).toBe(
      'CANNOT_WRITE cannot write: a file is in the way',
    );
    expect(readFileSync(to, 'utf8')).toBe('old');
  });

  test('says that there is nothing to compress', async () => {
    const { folder, to } = prepare();
    const failure = await failureOf(compressOutput(join(folder, 'no'), to, compression, false));
    expect(failure).toBe('CANNOT_READ cannot read: no such file or folder');
    expect(existsSync(to)).toBe(false);
  });
});

/** What this process has open; nothing where the system does not tell. */
function openPaths(): readonly string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return 'closed meanwhile';
    }
  });
}

test('gzip has neither time nor name nor system in its header', async () => {
  const { from, to } = prepare('a\n');
  await compressOutput(from, to, 'gz', false);
  expect([...readFileSync(to).subarray(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
});

test('gzip is read by others', async () => {
  const { from, folder } = prepare();
  const to = join(folder, 'b.gz');
  await compressOutput(from, to, 'gz', false);
  expect(gunzipSync(readFileSync(to)).toString()).toBe(TEXT);
  if (hasCommand('gzip')) expect(read('gzip', ['-dc'], to)).toBe(TEXT);
  if (hasCommand('python3')) {
    const program = 'import gzip, sys; sys.stdout.buffer.write(gzip.open(sys.argv[1]).read())';
    expect(read('python3', ['-c', program], to)).toBe(TEXT);
  }
});

test.runIf(HAS_ZSTD && hasCommand('zstd'))(
  'Zstandard is read by zstd(1), with checksum',
  async () => {
    const { from, to } = prepare();
    await compressOutput(from, to, 'zst', false);
    expect(read('zstd', ['-dc'], to)).toBe(TEXT);
    expect(read('zstd', ['-q', '-lv'], to)).toMatch(/XXH64/);
  },
);

test.skipIf(HAS_ZSTD)(
  'Zstandard is refused by a Node without it, before any file is made',
  async () => {
    const { from, to } = prepare();
    expect(await failureOf(compressOutput(from, to, 'zst', false))).toMatch(/^COMPRESSION Node /);
    expect(existsSync(to)).toBe(false);
  },
);

test('many at once do not disturb each other', async () => {
  const { folder } = prepare();
  const jobs = Array.from({ length: 12 }, (_, i): [string, Compression] => [
    join(folder, `${i}`),
    i % 2 === 0 ? 'gz' : 'br',
  ]);
  for (const [path] of jobs) writeFileSync(path, tableText(500 * (Number(path.at(-1)) + 1)));
  await Promise.all(jobs.map(([path, kind]) => compressOutput(path, `${path}.c`, kind, false)));
  for (const [path, kind] of jobs) {
    expect((await expandFile(`${path}.c`, kind)).equals(readFileSync(path))).toBe(true);
  }
});
