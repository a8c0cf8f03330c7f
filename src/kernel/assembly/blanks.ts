/**
 * What trimming takes away: space, tab, U+00A0, U+FEFF, U+3000 and U+2000 – 200A, as UTF-8. Twin:
 * `engine/trim-text`.
 */

/** Whether a wide space begins at `at`, with bytes of well-formed UTF-8. */
export function startsWideSpace(at: usize): bool {
  const a = load<u8>(at);
  const b = load<u8>(at, 1);
  const c = load<u8>(at, 2);
  if (a == 0xc2) return b == 0xa0;
  return isWideSpace(a, b, c);
}

/** Whether the bytes before `at` are one of the wide spaces. */
export function endsWideSpace(at: usize): bool {
  const c = load<u8>(at - 1);
  const b = load<u8>(at - 2);
  if (b == 0xc2 && c == 0xa0) return true;
  return isWideSpace(load<u8>(at - 3), b, c);
}

/** The wide spaces of three bytes. */
function isWideSpace(a: u8, b: u8, c: u8): bool {
  if (a == 0xe2) return b == 0x80 && c >= 0x80 && c <= 0x8a;
  if (a == 0xe3) return b == 0x80 && c == 0x80;
  return a == 0xef && b == 0xbb && c == 0xbf;
}

/** The first address from `start` on that is no blank; `end` when there is none. */
export function skipBlanks(start: usize, end: usize): usize {
  while (start < end) {
    const byte = <i32>load<u8>(start);
    if (byte == 0x20 || byte == 0x09) start++;
    else if (byte < 0x80 || !startsWideSpace(start)) break;
    else start += byte == 0xc2 ? 2 : 3;
  }
  return start;
}

/** Behind the last byte before `end` that is no blank; `start` when there is none. */
export function dropBlanks(start: usize, end: usize): usize {
  while (end > start) {
    const byte = <i32>load<u8>(end - 1);
    if (byte == 0x20 || byte == 0x09) end--;
    else if (byte < 0x80 || !endsWideSpace(end)) break;
    else end -= <i32>load<u8>(end - 2) == 0xc2 ? 2 : 3;
  }
  return end;
}
