/** Cuts bytes into pieces, so that a test can ask whether the cuts matter. */

/** `bytes` in pieces of the given lengths, some of them empty, as long as there are bytes. */
export function cutRandomly(bytes: Uint8Array, lengths: Iterator<number>): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let at = 0;
  let emptyInRow = 0;
  while (at < bytes.length) {
    const asked = lengths.next().value as number;
    emptyInRow = asked === 0 ? emptyInRow + 1 : 0;
    const length = emptyInRow > 2 ? 1 : asked;
    // A copy: whoever is fed must not rely on the bytes after the call.
    pieces.push(bytes.slice(at, at + length));
    at += length;
  }
  return pieces;
}
