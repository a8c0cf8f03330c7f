/**
 * Drives a compressing or decompressing stream. One piece is given at a time and worked off before
 * the next, so memory is bounded, and when what came out is taken is the same in each run.
 */
import type { Codec } from './compression.js';
import { type InputFile, readInput } from './input-file.js';

/**
 * Gives `pieces` to `codec`, and what it makes of them to `take`. Each piece may lie in the room of
 * the one before. Ends `codec` in any case.
 * @returns the codec's own error, or null when it came to its end, which may be before the last
 *   piece. What `pieces` or `take` throw is thrown.
 */
export function runCodec(
  codec: Codec,
  pieces: Iterator<Uint8Array>,
  take: (bytes: Uint8Array) => void,
): Promise<Error | null> {
  return new Promise<Error | null>((resolve, reject) => {
    const attempt = (work: () => void): void => {
      if (codec.destroyed) return;
      try {
        work();
      } catch (error) {
        reject(error);
        codec.destroy();
      }
    };
    const giveNext = (): void => {
      const { done, value } = pieces.next();
      if (done === true) codec.end();
      // Called with an error it was told by its event.
      else codec.write(value, () => attempt(giveNext));
    };
    codec.on('data', (bytes: Uint8Array) => attempt(() => take(bytes)));
    codec.on('error', resolve);
    codec.on('end', () => {
      resolve(null);
      codec.destroy();
    });
    attempt(giveNext);
  });
}

/** An input in pieces from its start, each in the same room. @throws CsvcleanError CANNOT_READ. */
export function* piecesOf(
  input: InputFile,
  roomBytes: number,
): Generator<Uint8Array, undefined, undefined> {
  const room = new Uint8Array(roomBytes);
  let offsetBytes = 0;
  for (;;) {
    const length = readInput(input, room, offsetBytes);
    if (length === 0) return;
    offsetBytes += length;
    yield room.subarray(0, length);
  }
}
