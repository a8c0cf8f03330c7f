/** Compressed files for tests, and what comes out of them. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as zlib from 'node:zlib';
import { CsvcleanError } from '../../src/base/error.js';
import type { Compression } from '../../src/store/compression.js';
import { type ExpandLimits, expandInput } from '../../src/store/expand-input.js';
import { closeInput, openInput } from '../../src/store/input-file.js';
import { withFolder } from './temp-folder.js';

type CompressSync = (bytes: Uint8Array, options?: object) => Buffer;

/** Whether this Node has Zstandard. */
export const HAS_ZSTD = 'zstdCompressSync' in zlib;

/** What this Node can read and write. */
export const COMPRESSIONS: readonly Compression[] = HAS_ZSTD ? ['gz', 'br', 'zst'] : ['gz', 'br'];

/** Compressed by Node itself, Zstandard with a checksum as zstd(1) does. */
export function compressSync(compression: Compression, bytes: Uint8Array): Buffer {
  const { constants } = zlib;
  if (compression === 'gz') return zlib.gzipSync(bytes);
  if (compression === 'br') {
    return zlib.brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
  }
  const compress = Reflect.get(zlib, 'zstdCompressSync') as CompressSync;
  const checksumFlag = Reflect.get(constants, 'ZSTD_c_checksumFlag') as number;
  return compress(bytes, { params: { [checksumFlag]: 1 } });
}

export const UNLIMITED: ExpandLimits = { maxBytes: Infinity, maxRatio: Infinity };

/** All that comes out of the file at `path`. */
export async function expandFile(
  path: string,
  compression: Compression,
  limits = UNLIMITED,
): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  const input = openInput(path);
  try {
    await expandInput(input, compression, limits, (bytes) => parts.push(bytes));
  } finally {
    closeInput(input);
  }
  return Buffer.concat(parts);
}

/** All that comes out of a file of these bytes. */
export async function expandBytes(
  bytes: Uint8Array,
  compression: Compression,
  limits = UNLIMITED,
): Promise<Buffer> {
  return withFolder(async (folder) => {
    const path = join(folder, 'x');
    writeFileSync(path, bytes);
    return expandFile(path, compression, limits);
  });
}

/** The error that `work` ends with, as `CODE message`. */
export async function failureOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof CsvcleanError) return `${error.code} ${error.message}`;
    throw error;
  }
  return 'no error';
}

/** Lines that repeat as those of a table do, and no more: the same for the same count. */
export function tableText(rows: number): string {
  let state = 1;
  let text = 'id,name,value\n';
  for (let i = 0; i < rows; i++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    text += `${i},"name ${state % 977}",${(state / 2 ** 20).toFixed(3)}\n`;
  }
  return text;
}

export const TEXT = Buffer.from(tableText(2_000));
/** Compressed longer than what is read at once. */
export const LONG_TEXT = Buffer.from(tableText(12_000));

/** Whether the system has a command. */
export function hasCommand(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;
}
