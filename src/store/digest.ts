/**
 * CRC-32 (ISO-HDLC) of bytes: cheap, and joinable from parts. Tells accident from identity, not
 * malice.
 */
import { crc32 } from 'node:zlib';
import { closeQuietly, fileSystem } from './file-system.js';
import { storeError } from './store-error.js';

/** A file's content in short. */
export interface ContentMark {
  readonly sizeBytes: number;
  /** CRC-32, unsigned. */
  readonly digest: number;
}

export const EMPTY_MARK: ContentMark = { sizeBytes: 0, digest: 0 };

/** The mark of what was marked before, with `bytes` appended. */
export function extendMark(mark: ContentMark, bytes: Uint8Array): ContentMark {
  return {
    sizeBytes: mark.sizeBytes + bytes.length,
    digest: crc32(bytes, mark.digest),
  };
}

/**
 * The mark of two neighbouring pieces as one. By the rule of zlib's `crc32_combine`: the checksum
 * of the first, moved on by as many zero bytes as the second is long, plus that of the second.
 */
export function joinMarks(first: ContentMark, second: ContentMark): ContentMark {
  const moved = multiply(powerOfX(8 * second.sizeBytes), first.digest);
  return {
    sizeBytes: first.sizeBytes + second.sizeBytes,
    digest: (moved ^ second.digest) >>> 0,
  };
}

/** CRC-32's polynomial, without its highest term; the least power stands in the highest bit. */
const POLYNOMIAL = 0xedb88320;
const ONE = 0x80000000;
/** x to the power of 1. */
const X = 0x40000000;

/** The product of two polynomials over GF(2), modulo CRC-32's. */
function multiply(a: number, b: number): number {
  let product = 0;
  let factor = b;
  for (let bit = ONE; bit !== 0; bit >>>= 1) {
    if ((a & bit) !== 0) product ^= factor;
    factor = (factor & 1) === 0 ? factor >>> 1 : (factor >>> 1) ^ POLYNOMIAL;
  }
  return product >>> 0;
}

/** x to the power of `exponent`, a whole number of any size, by repeated squaring. */
function powerOfX(exponent: number): number {
  let power = ONE;
  let square = X;
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) power = multiply(power, square);
    square = multiply(square, square);
  }
  return power;
}

const ROOM_BYTES = 1 << 20;

/** Reads a whole file for its mark. @throws CsvcleanError CANNOT_READ. */
export function markOfFile(path: string): ContentMark {
  let fd: number | null = null;
  try {
    fd = fileSystem.openSync(path, 'r');
    const room = new Uint8Array(ROOM_BYTES);
    let mark = EMPTY_MARK;
    for (;;) {
      const length = fileSystem.readSync(fd, room, 0, room.length, null);
      if (length === 0) return mark;
      mark = extendMark(mark, room.subarray(0, length));
    }
  } catch (error) {
    throw storeError('CANNOT_READ', error, path);
  } finally {
    if (fd !== null) closeQuietly(fd);
  }
}
