/**
 * Compresses a finished output into another file. The same content gives the same bytes with the
 * same Node: nothing of the time, the name or the system goes in.
 */
import { constants, createBrotliCompress, createGzip } from 'node:zlib';
import {
  type Codec,
  type Compression,
  requireCompression,
  zstdCodec,
  zstdParameter,
} from './compression.js';
import type { ContentMark } from './digest.js';
import { closeInput, type InputFile, openInput } from './input-file.js';
import { createOutput, discardOutput, finishOutput, writeOutput } from './output-file.js';
import { piecesOf, runCodec } from './run-codec.js';

const ROOM_BYTES = 1 << 18;

/** As gzip(1) without a level. */
const GZIP_LEVEL = 6;
/** On a table a quarter smaller than gzip's, as fast; one less is nearly as large as gzip's. */
const BROTLI_QUALITY = 5;
/** The hint has 32 bits. */
const LARGEST_HINT_BYTES = 2 ** 32 - 1;

/**
 * Compresses the file at `fromPath` into a new one at `toPath`, which must not exist; when it fails
 * none is left.
 * @param isDurable waits until the disk has it.
 * @param mode permission bits to give it, or null for the default ones.
 * @returns the mark of the compressed file.
 * @throws CsvcleanError CANNOT_READ, CANNOT_WRITE, or COMPRESSION when this Node cannot.
 */
export async function compressOutput(
  fromPath: string,
  toPath: string,
  compression: Compression,
  isDurable: boolean,
  mode: number | null = null,
): Promise<ContentMark> {
  requireCompression(compression);
  const input = openInput(fromPath);
  try {
    return await compressInput(input, toPath, compression, isDurable, mode);
  } finally {
    closeInput(input);
  }
}

async function compressInput(
  input: InputFile,
  toPath: string,
  compression: Compression,
  isDurable: boolean,
  mode: number | null,
): Promise<ContentMark> {
  const output = createOutput(toPath);
  try {
    const codec = createCompressor(compression, input.identity.sizeBytes);
    const failure = await runCodec(codec, piecesOf(input, ROOM_BYTES), (bytes) => {
      if (compression === 'gz' && output.mark.sizeBytes === 0) forgetSystem(bytes);
      writeOutput(output, bytes);
    });
    if (failure !== null) throw failure;
    finishOutput(output, isDurable, mode);
    return output.mark;
  } catch (error) {
    discardOutput(output);
    throw error;
  }
}

function createCompressor(compression: Compression, sizeBytes: number): Codec {
  switch (compression) {
    case 'gz':
      return createGzip({ chunkSize: ROOM_BYTES, level: GZIP_LEVEL });
    case 'br':
      return createBrotliCompress({
        chunkSize: ROOM_BYTES,
        params: {
          [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
          [constants.BROTLI_PARAM_SIZE_HINT]: Math.min(sizeBytes, LARGEST_HINT_BYTES),
        },
      });
    case 'zst':
      // As zstd(1): its default level, with a checksum and the size of the content.
      return zstdCodec('createZstdCompress')({
        chunkSize: ROOM_BYTES,
        params: { [zstdParameter('ZSTD_c_checksumFlag')]: 1 },
        pledgedSrcSize: sizeBytes,
      });
  }
}

/** RFC 1952, section 2.3: the tenth byte of the header names the system; 255 stands for none. */
const SYSTEM_OFFSET = 9;
const UNKNOWN_SYSTEM = 255;

function forgetSystem(header: Uint8Array): void {
  header[SYSTEM_OFFSET] = UNKNOWN_SYSTEM;
}
