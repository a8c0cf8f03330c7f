/**
 * Decompresses an input. All of it is whole, or it is an error: gzip (RFC 1952) and Zstandard
 * (RFC 8878) say where the data end and mostly bring a checksum; Brotli (RFC 7932) has none, so a
 * changed byte may pass there as other content, but no end that is missing.
 */
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { CsvcleanError } from '../base/error.js';
import { formatCount } from '../base/format-count.js';
import {
  type Codec,
  type Compression,
  compressionOfBytes,
  FORMAT_NAMES,
  requireCompression,
  zstdCodec,
} from './compression.js';
import { assertUnchanged, type InputFile, readInput } from './input-file.js';
import { piecesOf, runCodec } from './run-codec.js';
import { BrokenFrames, splitFrames } from './zstd-frames.js';

/** How far an input may expand. */
export interface ExpandLimits {
  readonly maxBytes: number;
  /** Times the compressed bytes read so far. */
  readonly maxRatio: number;
}

/** Below this any ratio passes: small files may be very regular. */
const RATIO_FREE_BYTES = 16 << 20;

const READ_BYTES = 1 << 16;
/** Most that comes out at once: gzip at 500 MB/s, where in 64 KiB it has 370 and in 1 MiB 520. */
const EXPANDED_BYTES = 1 << 18;

/**
 * Gives what `input` holds to `sink`, up to 256 KiB at once; `sink` may keep it. The input stays
 * open. Several gzip members or Zstandard frames are one content, and zeros behind the last member
 * are padding, as for gzip(1).
 * @throws CsvcleanError CORRUPT_ARCHIVE when it is not whole or something else follows, TOO_LARGE
 *   beyond the limits, COMPRESSION when this Node cannot read it, CANNOT_READ, CHANGED_WHILE_READ;
 *   and what `sink` throws.
 */
export async function expandInput(
  input: InputFile,
  compression: Compression,
  limits: ExpandLimits,
  sink: (bytes: Uint8Array) => void,
): Promise<void> {
  requireCompression(compression);
  const codec = createExpander(compression);
  let readBytes = 0;
  let expandedBytes = 0;
  const pieces = (function* (): Generator<Uint8Array, undefined, undefined> {
    for (const piece of piecesOf(input, READ_BYTES)) {
      if (readBytes === 0) refuseOther(input, compression, piece);
      readBytes += piece.length;
      yield piece;
    }
    if (readBytes === 0) throw corrupt(input, 'the file is empty', ENTIRE);
  })();
  const take = (bytes: Uint8Array): void => {
    expandedBytes += bytes.length;
    refuseTooLarge(input, limits, readBytes, expandedBytes);
    sink(bytes);
  };
  try {
    const failure = await runCodec(
      codec,
      compression === 'zst' ? splitFrames(pieces) : pieces,
      take,
    );
    if (failure !== null) {
      throw asExpandError(input, compression, failure, readBytes, codec.bytesWritten);
    }
  } catch (error) {
    throw error instanceof BrokenFrames ? asFramesError(input, error) : error;
  }
  refuseRest(input, compression, codec.bytesWritten);
}

function createExpander(compression: Compression): Codec {
  const options = { chunkSize: EXPANDED_BYTES };
  switch (compression) {
    case 'gz':
      return createGunzip(options);
    case 'br':
      return createBrotliDecompress(options);
    case 'zst':
      return zstdCodec('createZstdDecompress')(options);
  }
}

function refuseTooLarge(
  input: InputFile,
  { maxBytes, maxRatio }: ExpandLimits,
  readBytes: number,
  expandedBytes: number,
): void {
  const what =
    expandedBytes > maxBytes
      ? `${formatCount(maxBytes)} bytes`
      : expandedBytes > RATIO_FREE_BYTES && expandedBytes > maxRatio * readBytes
        ? `${formatCount(maxRatio)} times its compressed bytes`
        : null;
  if (what === null) return;
  throw new CsvcleanError('TOO_LARGE', `decompressed it takes more than ${what}`, {
    path: input.path,
    remedy: 'If you trust the file, raise --max-decompressed.',
  });
}

/** Something else under the name of a compressed file, told by its first bytes. */
function refuseOther(input: InputFile, compression: Compression, first: Uint8Array): void {
  // What is shorter than a signature may be the beginning of one: cut, not other.
  if (compression === 'br' || first.length < (compression === 'gz' ? 2 : 4)) return;
  if (compressionOfBytes(first) === compression) return;
  throw corrupt(
    input,
    `the file does not begin as ${FORMAT_NAMES[compression]} data do`,
    'Check its name: is it compressed at all, or in another way?',
  );
}

/**
 * Bytes behind the end of the data, of which Node says nothing. Zeros after gzip members are
 * padding, to the full block of a tape.
 */
function refuseRest(input: InputFile, compression: Compression, endBytes: number): void {
  const room = new Uint8Array(READ_BYTES);
  let offsetBytes = endBytes;
  for (;;) {
    const length = readInput(input, room, offsetBytes);
    if (length === 0) return;
    const isPadding = compression === 'gz' && room.subarray(0, length).every((byte) => byte === 0);
    if (!isPadding) {
      const what = `the ${FORMAT_NAMES[compression]} data end at byte ${endBytes}`;
      throw corrupt(input, `${what}, and something else follows`, ENTIRE);
    }
    offsetBytes += length;
  }
}

const ENTIRE = 'Get the file again, and check that it is all of it and nothing else.';

function corrupt(input: InputFile, message: string, remedy: string): CsvcleanError {
  // What changes while it is read looks broken, too.
  assertUnchanged(input);
  return new CsvcleanError('CORRUPT_ARCHIVE', message, { path: input.path, remedy });
}

/** What the codec says, in words. */
function asExpandError(
  input: InputFile,
  compression: Compression,
  error: Error,
  readBytes: number,
  goodBytes: number,
): CsvcleanError {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const data = `the ${FORMAT_NAMES[compression]} data`;
  if (/MEM_ERROR|memory_allocation|ERROR_ALLOC/.test(code)) {
    return new CsvcleanError('OUT_OF_MEMORY', 'decompressing it needs more memory than there is', {
      path: input.path,
      remedy: 'Use fewer workers, or a machine with more memory.',
    });
  }
  if (code === 'ZSTD_error_dictionary_wrong') {
    return notForNode(input, 'it was compressed with a dictionary');
  }
  if (code === 'ZSTD_error_frameParameter_windowTooLarge') {
    return notForNode(input, 'it was compressed with a window of more than 128 MiB');
  }
  if (code === 'Z_BUF_ERROR') {
    return corrupt(input, `${data} break off at byte ${readBytes}, the end of the file`, ENTIRE);
  }
  // The first header was seen to be one.
  if (error.message === 'incorrect header check') {
    const what = `${data} end near byte ${goodBytes}, and something else follows`;
    return corrupt(input, what, ENTIRE);
  }
  const what = `${data} are broken near byte ${goodBytes}: ${error.message}`;
  return corrupt(input, what, ENTIRE);
}

/** Whole for all we know, but not for the codec as Node sets it up. */
function notForNode(input: InputFile, message: string): CsvcleanError {
  return new CsvcleanError('COMPRESSION', message, {
    path: input.path,
    remedy: 'Unpack it first, with zstd.',
  });
}

function asFramesError(input: InputFile, error: BrokenFrames): CsvcleanError {
  const { isCut, byteOffset, message } = error;
  const what = isCut
    ? `break off at byte ${byteOffset}, the end of the file`
    : `are broken at byte ${byteOffset}: ${message}`;
  return corrupt(input, `the ${FORMAT_NAMES.zst} data ${what}`, ENTIRE);
}
