/** Compares two files byte for byte. */
import { closeQuietly, fileSystem } from './file-system.js';
import { storeError } from './store-error.js';

const ROOM_BYTES = 1 << 20;

/** @throws CsvcleanError CANNOT_READ. */
export function filesAreEqual(first: string, second: string): boolean {
  const fds: number[] = [];
  let path = first;
  try {
    fds.push(fileSystem.openSync(first, 'r'));
    path = second;
    fds.push(fileSystem.openSync(second, 'r'));
    const a = Buffer.alloc(ROOM_BYTES);
    const b = Buffer.alloc(ROOM_BYTES);
    for (;;) {
      const lengthA = readFull(fds[0]!, a);
      const lengthB = readFull(fds[1]!, b);
      if (lengthA !== lengthB || !a.subarray(0, lengthA).equals(b.subarray(0, lengthB))) {
        return false;
      }
      if (lengthA < ROOM_BYTES) return true;
    }
  } catch (error) {
    throw storeError('CANNOT_READ', error, path);
  } finally {
    for (const fd of fds) closeQuietly(fd);
  }
}

function readFull(fd: number, room: Buffer): number {
  let length = 0;
  while (length < room.length) {
    const read = fileSystem.readSync(fd, room, length, room.length - length, null);
    if (read === 0) break;
    length += read;
  }
  return length;
}
