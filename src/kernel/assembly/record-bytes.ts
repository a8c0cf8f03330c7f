/**
 * Loops over the bytes that say something of each record of a block, sixteen records at a time.
 * Twins: `kernel/scalar/record-bytes.ts`.
 */
import { BLANK } from '../record-flags';

const LANES: i32 = 16;

/**
 * Writes the first fate of each of the `count` records: `blank` where its flags say BLANK, else 0.
 *
 * @param flags of each record; `fates` takes a byte for each.
 * @returns all flags that any record has.
 */
export function writeFates(flags: usize, count: i32, blank: i32, fates: usize): i32 {
  const blanks = i8x16.splat(<i8>BLANK);
  const wanted = i8x16.splat(<i8>blank);
  let seen = i8x16.splat(0);
  let at = 0;
  for (; at + LANES <= count; at += LANES) {
    const lanes = v128.load(flags + at);
    seen = v128.or(seen, lanes);
    const isBlank = i8x16.eq(v128.and(lanes, blanks), blanks);
    v128.store(fates + at, v128.and(isBlank, wanted));
  }
  const halves = i64x2.extract_lane(seen, 0) | i64x2.extract_lane(seen, 1);
  let all = <u64>halves;
  all |= all >> 32;
  all |= all >> 16;
  all |= all >> 8;
  for (; at < count; at++) {
    const flag = <i32>load<u8>(flags + at);
    all |= flag;
    store<u8>(fates + at, (flag & BLANK) != 0 ? <u8>blank : 0);
  }
  return <i32>(all & 0xff);
}

/**
 * Writes the numbers of the records whose byte is 0, ascending.
 *
 * @param rows room for `count` + 1 u32.
 * @returns how many there are.
 */
export function selectZeros(bytes: usize, count: i32, rows: usize): i32 {
  assert((rows & 3) == 0, 'lists of u32 are aligned');
  const iota = i32x4(0, 1, 2, 3);
  let to = rows;
  let at = 0;
  for (; at + LANES <= count; at += LANES) {
    const lanes = v128.load(bytes + at);
    if (v128.any_true(lanes)) {
      for (let i = 0; i < LANES; i++) {
        store<u32>(to, at + i);
        to += <usize>(load<u8>(bytes + at + i) == 0) << 2;
      }
    } else {
      const first = i32x4.add(i32x4.splat(at), iota);
      v128.store(to, first);
      v128.store(to, i32x4.add(first, i32x4.splat(4)), 16);
      v128.store(to, i32x4.add(first, i32x4.splat(8)), 32);
      v128.store(to, i32x4.add(first, i32x4.splat(12)), 48);
      to += 64;
    }
  }
  for (; at < count; at++) {
    store<u32>(to, at);
    to += <usize>(load<u8>(bytes + at) == 0) << 2;
  }
  return <i32>((to - rows) >> 2);
}
