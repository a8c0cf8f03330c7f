/**
 * Walks over the frames of Zstandard data (RFC 8878, section 3.1) by the lengths they state; it
 * refuses to know what is in them. Node's own stream alone will not do: that of Node 22 takes data
 * that break off for whole, and that of Node 24 still drops what follows a frame in the same piece.
 */

/** What is wrong with the frames, and where. */
export class BrokenFrames extends Error {
  readonly isCut: boolean;
  readonly byteOffset: number;

  constructor(message: string, byteOffset: number, isCut: boolean) {
    super(message);
    this.name = 'BrokenFrames';
    this.byteOffset = byteOffset;
    this.isCut = isCut;
  }
}

const MAGIC = 0xfd2fb528;
/** The lowest four bits are free. */
const SKIPPABLE_MAGIC = 0x184d2a50;
const CHECKSUM_BYTES = 4;
const BLOCK_HEADER_BYTES = 3;
const RUN_LENGTH_BLOCK = 1;
const RESERVED_BLOCK = 3;

/** One walk: the part it is in, and how much of that is still to come. */
interface Walk {
  /** The `content` is what is passed over: the rest of a frame's header, or that of a block. */
  part: 'magic' | 'skippable size' | 'descriptor' | 'block header' | 'content' | 'last content';
  leftBytes: number;
  /** The part's bytes so far as a number, the first the lowest, if they are read: up to 4. */
  value: number;
  valueBytes: number;
  hasChecksum: boolean;
  /** Of the input, over all pieces. */
  offsetBytes: number;
}

/**
 * The same bytes, cut also where a frame ends.
 * @throws BrokenFrames when they break off inside a frame, or when something else follows one.
 */
export function* splitFrames(
  pieces: Iterable<Uint8Array>,
): Generator<Uint8Array, undefined, undefined> {
  const walk: Walk = {
    part: 'magic',
    leftBytes: 4,
    value: 0,
    valueBytes: 0,
    hasChecksum: false,
    offsetBytes: 0,
  };
  for (const piece of pieces) {
    let at = 0;
    while (at < piece.length) {
      const length = stepToEnd(walk, piece, at);
      yield piece.subarray(at, at + length);
      at += length;
    }
  }
  const isBetween = walk.part === 'magic' && walk.valueBytes === 0;
  if (!isBetween) throw new BrokenFrames('breaks off', walk.offsetBytes, true);
}

/** Walks to the end of the frame or of the piece. @returns how far that is. */
function stepToEnd(walk: Walk, piece: Uint8Array, start: number): number {
  let at = start;
  while (at < piece.length) {
    const taken = Math.min(walk.leftBytes, piece.length - at);
    if (isRead(walk)) {
      for (let i = 0; i < taken; i++) {
        walk.value += piece[at + i]! * 2 ** (8 * walk.valueBytes++);
      }
    }
    at += taken;
    walk.leftBytes -= taken;
    walk.offsetBytes += taken;
    if (walk.leftBytes === 0 && enterNext(walk)) break;
  }
  return at - start;
}

function isRead(walk: Walk): boolean {
  return walk.part !== 'content' && walk.part !== 'last content';
}

/** Goes on to the next part that has bytes. @returns whether a frame ended. */
function enterNext(walk: Walk): boolean {
  const { part, value } = walk;
  walk.value = 0;
  walk.valueBytes = 0;
  switch (part) {
    case 'magic':
      enterFrame(walk, value);
      return false;
    case 'skippable size':
      return enterLast(walk, value);
    case 'descriptor':
      walk.hasChecksum = (value & 4) !== 0;
      enter(walk, 'content', headerBytes(value));
      return false;
    case 'block header':
      return enterBlock(walk, value);
    case 'content':
      enter(walk, 'block header', BLOCK_HEADER_BYTES);
      return false;
    case 'last content':
      enter(walk, 'magic', 4);
      return true;
  }
}

function enter(walk: Walk, part: Walk['part'], leftBytes: number): void {
  walk.part = part;
  walk.leftBytes = leftBytes;
}

/** The last part of a frame, which may be empty. @returns whether it is. */
function enterLast(walk: Walk, leftBytes: number): boolean {
  if (leftBytes > 0) enter(walk, 'last content', leftBytes);
  else enter(walk, 'magic', 4);
  return leftBytes === 0;
}

function enterFrame(walk: Walk, magic: number): void {
  if (magic === MAGIC) enter(walk, 'descriptor', 1);
  else if (magic - (magic % 16) === SKIPPABLE_MAGIC) enter(walk, 'skippable size', 4);
  else throw new BrokenFrames('no frame begins here', walk.offsetBytes - 4, false);
}

/** What follows the descriptor up to the first block: window, dictionary, size of the content. */
function headerBytes(descriptor: number): number {
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3]!;
  const sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6]!;
  return (isSingleSegment ? 0 : 1) + dictionaryBytes + sizeBytes;
}

/** @returns whether the frame ends with the header of this block. */
function enterBlock(walk: Walk, header: number): boolean {
  const isLast = (header & 1) !== 0;
  const type = (header >> 1) & 3;
  if (type === RESERVED_BLOCK) {
    throw new BrokenFrames(
      'a block of no known type',
      walk.offsetBytes - BLOCK_HEADER_BYTES,
      false,
    );
  }
  const contentBytes = type === RUN_LENGTH_BLOCK ? 1 : header >> 3;
  if (isLast) return enterLast(walk, contentBytes + (walk.hasChecksum ? CHECKSUM_BYTES : 0));
  if (contentBytes > 0) enter(walk, 'content', contentBytes);
  else enter(walk, 'block header', BLOCK_HEADER_BYTES);
  return false;
}
