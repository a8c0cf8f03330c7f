/**
 * Divides keys by their hashes, so that all of one part, or of neighbouring ones, lie side by side.
 * Twin: `kernel/scalar/lay-out-keys.ts`.
 */

/** What stands before each key: three u32. */
const HEAD_BYTES: usize = 12;

/**
 * Writes for each part and the end a u32, its offset from `to`; then the rows, part by part and in
 * each in their order, each with three u32 (hash, key's length, line) and its key, filled up with
 * anything to a multiple of four bytes. The part of a hash is told by its highest bits: the lowest
 * ones find it in a table.
 *
 * @param rows of each row four u32: where its key begins, the key's length, its hash, its line.
 * @param to a multiple of four; 16 bytes more than what is written are needed.
 * @returns the first address behind it.
 */
export function layOutKeys(rows: usize, count: i32, parts: u32, to: usize): usize {
  const until = rows + (<usize>count << 4);
  memory.fill(to, 0, <usize>(parts + 1) << 2);
  for (let row = rows; row < until; row += 16) {
    const slot = slotOf(load<u32>(row + 8), parts, to);
    store<u32>(slot, load<u32>(slot) + <u32>rowBytes(load<u32>(row + 4)));
  }
  let at = <u32>(parts + 1) << 2;
  for (let part: u32 = 0; part <= parts; part++) {
    const slot = to + (<usize>part << 2);
    const size = load<u32>(slot);
    store<u32>(slot, at);
    at += size;
  }
  for (let row = rows; row < until; row += 16) {
    const length = load<u32>(row + 4);
    const hash = load<u32>(row + 8);
    const slot = slotOf(hash, parts, to);
    const place = to + <usize>load<u32>(slot);
    store<u32>(slot, load<u32>(slot) + <u32>rowBytes(length));
    store<u32>(place, hash);
    store<u32>(place + 4, length);
    store<u32>(place + 8, load<u32>(row + 12));
    copyKey(load<u32>(row), place + HEAD_BYTES, length);
  }
  // Each part now tells where it ends, and so where the next one begins.
  for (let part = parts; part > 0; part--) {
    const slot = to + (<usize>part << 2);
    store<u32>(slot, load<u32>(slot - 4));
  }
  store<u32>(to, (parts + 1) << 2);
  return to + <usize>at;
}

// @ts-ignore: decorator
@inline
function rowBytes(length: u32): usize {
  return HEAD_BYTES + ((<usize>length + 3) & ~3);
}

// @ts-ignore: decorator
@inline
function slotOf(hash: u32, parts: u32, to: usize): usize {
  return to + (<usize>((<u64>hash * <u64>parts) >> 32) << 2);
}

/** What lies behind the key is written later, or by nobody: rows of other parts are not touched. */
// @ts-ignore: decorator
@inline
function copyKey(from: usize, to: usize, length: u32): void {
  let i: usize = 0;
  for (; i + 16 <= <usize>length; i += 16) v128.store(to + i, v128.load(from + i));
  for (; i + 4 <= <usize>length; i += 4) store<u32>(to + i, load<u32>(from + i));
  for (; i < <usize>length; i++) store<u8>(to + i, load<u8>(from + i));
}
