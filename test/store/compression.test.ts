import { describe, expect, test } from 'vitest';
import {
  compressionOf,
  compressionOfBytes,
  requireCompression,
  withoutCompression,
} from '../../src/store/compression.js';
import { compressSync, HAS_ZSTD } from '../support/archives.js';

describe('a compression by name', () => {
  test.each([
    ['a.csv.gz', 'gz', 'a.csv'],
    ['A.CSV.GZ', 'gz', 'A.CSV'],
    ['folder.gz/a.csv.Br', 'br', 'folder.gz/a.csv'],
    ['a.zst', 'zst', 'a'],
    ['a.gz.gz', 'gz', 'a.gz'],
    ['a.csv', null, 'a.csv'],
    ['a.gz.csv', null, 'a.gz.csv'],
    ['agz', null, 'agz'],
    ['.gz', null, '.gz'],
    ['folder/.gz', null, 'folder/.gz'],
    ['folder\\.br', null, 'folder\\.br'],
    ['', null, ''],
  ])('of %s is %s', (name, compression, without) => {
    expect(compressionOf(name)).toBe(compression);
    expect(withoutCompression(name)).toBe(without);
  });
});

describe('a compression by first bytes', () => {
  test('is told of gzip and Zstandard, skippable frames too', () => {
    expect(compressionOfBytes(compressSync('gz', Buffer.from('x')))).toBe('gz');
    expect(compressionOfBytes(Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0))).toBe('zst');
    expect(compressionOfBytes(Uint8Array.of(0x50, 0x2a, 0x4d, 0x18))).toBe('zst');
    expect(compressionOfBytes(Uint8Array.of(0x5f, 0x2a, 0x4d, 0x18))).toBe('zst');
  });

  test('is not told of anything else', () => {
    const others = ['', '(', 'P*M', 'id,name\n', '\u001f', 'PK\u0003\u0004'];
    for (const text of others) expect(compressionOfBytes(Buffer.from(text))).toBe(null);
    expect(compressionOfBytes(compressSync('br', Buffer.from('id,name\n')))).toBe(null);
    expect(compressionOfBytes(Uint8Array.of(0x60, 0x2a, 0x4d, 0x18))).toBe(null);
  });
});

describe('requireCompression', () => {
  test('takes what every Node has', () => {
    requireCompression('gz');
    requireCompression('br');
  });

  test.runIf(HAS_ZSTD)('takes Zstandard where Node has it', () => {
    requireCompression('zst');
  });

  test.skipIf(HAS_ZSTD)('refuses Zstandard where Node has none', () => {
    expect(() => requireCompression('zst')).toThrow(
      expect.objectContaining({
        code: 'COMPRESSION',
        message: `Node ${process.versions.node} has no Zstandard`,
        remedy: 'Unpack it first (zstd -d FILE), or use Node 22.15 or later (of Node 23: 23.8).',
      }),
    );
  });
});
