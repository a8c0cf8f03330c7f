/** Divides keys by their hashes: the obviously right twin of `kernel/assembly/lay-out-keys.ts`. */

/** A row that is told apart from others by its key. */
export interface KeyRow {
  readonly key: Uint8Array;
  readonly hash: number;
  readonly line: number;
}

const TWO_TO_32 = 2 ** 32;

/** The bytes of each part: its rows in their order, keys filled up with zeros. */
export function layOutParts(rows: readonly KeyRow[], partCount: number): readonly Buffer[] {
  const parts = Array.from({ length: partCount }, (): Buffer[] => []);
  for (const { key, hash, line } of rows) {
    const head = Buffer.from(Uint32Array.of(hash, key.length, line).buffer);
    const filled = Buffer.alloc(Math.ceil(key.length / 4) * 4);
    filled.set(key);
    parts[Math.floor((hash * partCount) / TWO_TO_32)]!.push(head, filled);
  }
  return parts.map((rowsOfPart) => Buffer.concat(rowsOfPart));
}
