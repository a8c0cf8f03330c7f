/**
 * Where a file in an encoding may be cut, so that its parts are decoded each by itself and give
 * what the whole gives. It reads nothing.
 */

/** After which units a character begins, whatever stands before and behind, broken or not. */
export interface CutRule {
  /** 1, 2 or 4. Units stand at multiples of it. */
  readonly unitBytes: number;
  /** Whether a character begins after the unit at `offset` of `bytes`. */
  endsCharacter(bytes: Uint8Array, offset: number): boolean;
}

/** Below these no byte is part of a longer character, in any encoding of bytes. */
export const LOWEST_TRAIL = 0x30;

/** Line ends, separators, spaces, quotes: text has one nearly everywhere. */
const BYTES: CutRule = {
  unitBytes: 1,
  endsCharacter: (bytes, offset) => bytes[offset]! < LOWEST_TRAIL,
};

const UTF32: CutRule = { unitBytes: 4, endsCharacter: () => true };

/** @param encoding a canonical name of `names.ts`, with its byte order. */
export function cutRuleOf(encoding: string): CutRule {
  if (encoding.startsWith('utf-32')) return UTF32;
  if (!encoding.startsWith('utf-16')) return BYTES;
  const high = encoding === 'utf-16le' ? 1 : 0;
  return {
    unitBytes: 2,
    // Only a lead surrogate goes on in the next unit.
    endsCharacter: (bytes, offset) => (bytes[offset + high]! & 0xfc) !== 0xd8,
  };
}
