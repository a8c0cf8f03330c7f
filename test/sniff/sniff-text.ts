/** Sniffs a text as a file would be: whole, or with its start and end only. */

import { sniffDialect } from '../../src/sniff/sniff.js';
import type { Sniffed, SniffGiven } from '../../src/sniff/sniff-plain.js';

export const NOTHING_GIVEN: SniffGiven = {
  delimiter: null,
  quote: undefined,
  escape: undefined,
  headerRows: 'auto',
  skipLines: 'auto',
  comment: null,
  likelyDelimiter: ',',
};

const NO_TAIL = { tail: new Uint8Array(), tailOffsetBytes: 0 };

export function sniffText(text: string | Uint8Array, given: Partial<SniffGiven> = {}): Sniffed {
  const head = typeof text === 'string' ? Buffer.from(text, 'utf8') : text;
  return sniffDialect({ head, isWhole: true, ...NO_TAIL }, { ...NOTHING_GIVEN, ...given });
}

/** @param headBytes how much of the start is seen; `tailBytes`, how much of the end. */
export function sniffEnds(
  text: string,
  headBytes: number,
  tailBytes: number,
  given: Partial<SniffGiven> = {},
): Sniffed {
  const bytes = Buffer.from(text, 'utf8');
  const tailOffsetBytes = bytes.length - tailBytes;
  const sample = {
    head: bytes.subarray(0, headBytes),
    isWhole: false,
    tail: bytes.subarray(tailOffsetBytes),
    tailOffsetBytes,
  };
  return sniffDialect(sample, { ...NOTHING_GIVEN, ...given });
}
