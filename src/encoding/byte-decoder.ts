/**
 * What every decoder of an encoding is: bytes in, UTF-8 out, with the places named that could not
 * be decoded. What becomes of such a place is decided by whoever made the decoder.
 */

/** One piece of a file as UTF-8. */
export interface Decoded {
  readonly bytes: Uint8Array;
  /** How many places were written as substitutes, or as they are. */
  readonly undecodable: number;
  readonly first: FirstUndecodable | null;
}

/** The first such place of a piece. */
export interface FirstUndecodable {
  /** Where it stands in the decoded bytes. */
  readonly decodedOffset: number;
  /** Where it stands in the piece, in bytes; negative when it began in an earlier one. */
  readonly sourceOffset: number;
}

/** Fed with a file's bytes in order; what a piece cuts off is held until the next. */
export interface ByteDecoder {
  /**
   * `piece` may be used again after the call. The result is never cut inside a character, and
   * valid until the next call.
   */
  decode(piece: Uint8Array): Decoded;
  /** After the last piece: what is still held is undecodable. */
  end(): Decoded;
}

/** Nothing at all. */
export const NOTHING_DECODED: Decoded = { bytes: new Uint8Array(0), undecodable: 0, first: null };

/** `held` and then `piece`, without a copy where nothing is held. */
export function joinHeld(held: Uint8Array, piece: Uint8Array): Uint8Array {
  if (held.length === 0) return piece;
  const joined = new Uint8Array(held.length + piece.length);
  joined.set(held);
  joined.set(piece, held.length);
  return joined;
}

/** `decoded` with its places counted from `heldBytes` later: what was held came before. */
function countFromPiece(decoded: Decoded, heldBytes: number): Decoded {
  const { first } = decoded;
  if (first === null || heldBytes === 0) return decoded;
  return { ...decoded, first: { ...first, sourceOffset: first.sourceOffset - heldBytes } };
}

/**
 * A decoder that keeps back, of each piece, as many bytes as `heldLength` says, and gives
 * `decodeWhole` what begins and ends between characters, or is the last.
 */
export function createHolding(
  heldLength: (bytes: Uint8Array) => number,
  decodeWhole: (bytes: Uint8Array) => Decoded,
): ByteDecoder {
  let held = new Uint8Array(0);
  return {
    decode(piece) {
      const heldBytes = held.length;
      const joined = joinHeld(held, piece);
      const length = joined.length - heldLength(joined);
      const decoded = decodeWhole(joined.subarray(0, length));
      held = joined.slice(length);
      return countFromPiece(decoded, heldBytes);
    },
    end() {
      const decoded = decodeWhole(held);
      const heldBytes = held.length;
      held = new Uint8Array(0);
      return countFromPiece(decoded, heldBytes);
    },
  };
}
