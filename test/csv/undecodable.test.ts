/** What is written for undecodable bytes: never UTF-8, and read back. */
import { isUtf8 } from 'node:buffer';
import { expect, test } from 'vitest';
import { markOf, markOfSurrogate, undecodableAt } from '../../src/csv/undecodable.js';

test('each byte from 0x80 is read back', () => {
  for (let byte = 0x80; byte <= 0xff; byte++) {
    const mark = markOf(byte);
    expect(isUtf8(mark)).toBe(false);
    expect(undecodableAt(Uint8Array.of(0x61, ...mark), 1)).toEqual({ byte, length: 3 });
    expect(undecodableAt(mark.subarray(0, 2), 0)).toBeNull();
    expect(undecodableAt(mark, 1)).toBeNull();
  }
});

test('nothing else is taken for a byte', () => {
  expect([...markOf(0x61)]).toEqual([0xff]);
  for (let unit = 0xd800; unit <= 0xdfff; unit++) {
    const mark = markOfSurrogate(unit);
    expect(isUtf8(mark)).toBe(false);
    expect(undecodableAt(mark, 0)).toBeNull();
  }
  expect(undecodableAt(Buffer.from('\ud7ff\uffff'), 0)).toBeNull();
});
