/**
 * The compressions of whole files that are read and written: gzip (RFC 1952), Brotli (RFC 7932) and
 * Zstandard (RFC 8878); how they are told, and which of them this Node has.
 */
import type { Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { CsvcleanError } from '../base/error.js';

export type Compression = 'gz' | 'br' | 'zst';

/** As they are called in messages. */
export const FORMAT_NAMES: Readonly<Record<Compression, string>> = {
  gz: 'gzip',
  br: 'Brotli',
  zst: 'Zstandard',
};

/** A name that is nothing but an ending has none: it is a hidden file's. */
const ENDING = /(?<=[^/\\])\.(gz|br|zst)$/i;

/** By the ending of a name, in any case. */
export function compressionOf(name: string): Compression | null {
  const match = ENDING.exec(name);
  return match === null ? null : (match[1]!.toLowerCase() as Compression);
}

/** The name without its ending, if that names a compression. */
export function withoutCompression(name: string): string {
  return name.replace(ENDING, '');
}

/** By the first four bytes of a file. Brotli has no signature. */
export function compressionOfBytes(first: Uint8Array): 'gz' | 'zst' | null {
  const [a, b, c, d] = first;
  if (a === 0x1f && b === 0x8b) return 'gz';
  if (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) return 'zst';
  // A frame to be skipped may be the first: pzstd writes one.
  const isSkippable = a! >> 4 === 0x5 && b === 0x2a && c === 0x4d && d === 0x18;
  return isSkippable ? 'zst' : null;
}

/** A stream of `node:zlib`. */
export interface Codec extends Transform {
  /** How much of what was written to it it has worked off. */
  readonly bytesWritten: number;
}

/** The options that the three have in common, and one of Zstandard. */
export interface CodecOptions {
  readonly chunkSize: number;
  readonly params?: Readonly<Record<number, number | boolean>>;
  readonly pledgedSrcSize?: number;
}

/** @throws CsvcleanError COMPRESSION when this Node cannot read and write it. */
export function requireCompression(compression: Compression): void {
  if (compression === 'zst') zstdCodec('createZstdDecompress');
}

/**
 * What makes a stream for Zstandard. Looked for by name: the oldest Node that we run on lacks it.
 * @throws CsvcleanError COMPRESSION.
 */
export function zstdCodec(
  name: 'createZstdCompress' | 'createZstdDecompress',
): (options: CodecOptions) => Codec {
  const make: unknown = Reflect.get(zlib, name);
  if (typeof make === 'function') return make as (options: CodecOptions) => Codec;
  throw new CsvcleanError('COMPRESSION', `Node ${process.versions.node} has no Zstandard`, {
    remedy: 'Unpack it first (zstd -d FILE), or use Node 22.15 or later (of Node 23: 23.8).',
  });
}

/** One of Zstandard's numbered parameters. */
export function zstdParameter(name: 'ZSTD_c_checksumFlag'): number {
  return Reflect.get(zlib.constants, name) as number;
}
