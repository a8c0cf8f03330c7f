/** Frames put together by hand, after RFC 8878: this needs no Node that has Zstandard. */
import { describe, expect, test } from 'vitest';
import { splitFrames } from '../../src/store/zstd-frames.js';

const MAGIC = [0x28, 0xb5, 0x2f, 0xfd];
const RAW = 0;
const RUN_LENGTH = 1;
const COMPRESSED = 2;
const RESERVED = 3;

function numberBytes(value: number, length: number): number[] {
  return Array.from({ length }, (_, i) => Math.floor(value / 2 ** (8 * i)) % 256);
}

function block(type: number, size: number, isLast: boolean): number[] {
  const content = new Array<number>(type === RUN_LENGTH ? 1 : size).fill(0xfd);
  return [...numberBytes((size << 3) | (type << 1) | Number(isLast), 3), ...content];
}

/** A frame of `blocks`, with as much in its header as the descriptor states. */
function frame(descriptor: number, headerBytes: number, blocks: readonly number[]): number[] {
  const header = new Array<number>(headerBytes).fill(0x28);
  const checksum = new Array<number>((descriptor & 4) === 0 ? 0 : 4).fill(0xb5);
  return [...MAGIC, descriptor, ...header, ...blocks, ...checksum];
}

function skippable(size: number): number[] {
  return [0x53, 0x2a, 0x4d, 0x18, ...numberBytes(size, 4), ...new Array<number>(size).fill(1)];
}

const FRAMES: readonly (readonly number[])[] = [
  frame(0x00, 1, block(RAW, 0, true)),
  frame(0x20, 1, block(COMPRESSED, 5, true)),
  frame(0x04, 1, [...block(RAW, 7, false), ...block(RUN_LENGTH, 2 ** 17, true)]),
  frame(0x43, 1 + 4 + 2, [...block(RAW, 0, false), ...block(COMPRESSED, 300, true)]),
  frame(0xa2, 2 + 4, block(RUN_LENGTH, 9, true)),
  frame(0xc5, 1 + 1 + 8, block(RAW, 0, true)),
  skippable(0),
  skippable(270),
  frame(0x64, 2, block(COMPRESSED, 1, true)),
];
const ALL = Uint8Array.from(FRAMES.flat());
const ENDS = FRAMES.map((_, i) => FRAMES.slice(0, i + 1).flat().length);

function* cut(bytes: Uint8Array, length: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

describe('splitFrames', () => {
  test.each([1, 2, 3, 5, 8, 13, 100, 10_000])(
    'cuts pieces of %s where frames end, too',
    (length) => {
      const pieces = [...splitFrames(cut(ALL, length))];
      expect(Buffer.concat(pieces)).toEqual(Buffer.from(ALL));
      const found = new Set<number>();
      let end = 0;
      for (const piece of pieces) {
        expect(piece.length).toBeGreaterThan(0);
        end += piece.length;
        found.add(end);
      }
      const expected = new Set(ENDS);
      for (let at = length; at < ALL.length; at += length) expected.add(at);
      expect([...found].sort((a, b) => a - b)).toEqual([...expected].sort((a, b) => a - b));
    },
  );

  test('finds each cut, but those between frames', () => {
    for (let length = 0; length < ALL.length; length++) {
      const walk = (): unknown => [...splitFrames([ALL.subarray(0, length)])];
      if (length === 0 || ENDS.includes(length)) walk();
      else
        expect(walk).toThrow(
          expect.objectContaining({ message: 'breaks off', byteOffset: length, isCut: true }),
        );
    }
  });

  test('finds what is no frame behind one', () => {
    const end = ENDS[0]!;
    const bytes = Uint8Array.from([...FRAMES[0]!, 0, 0, 0, 0, 0]);
    for (const length of [1, 4, 100]) {
      expect(() => [...splitFrames(cut(bytes, length))]).toThrow(
        expect.objectContaining({ message: 'no frame begins here', byteOffset: end, isCut: false }),
      );
    }
  });

  test('finds a block of a type that there is not', () => {
    const bytes = Uint8Array.from(frame(0, 1, block(RESERVED, 1, true)));
    expect(() => [...splitFrames([bytes])]).toThrow(
      expect.objectContaining({ message: 'a block of no known type', byteOffset: 6 }),
    );
  });
});
