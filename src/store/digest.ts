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
