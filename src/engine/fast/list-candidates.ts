/**
 * Which cells of a column its rules may change: told from first bytes, lengths and kinds, since
 * most cells are none of them and decoding each would cost more than all the rest.
 */
import { NUMBER } from '../../kernel/cell-kinds.js';
import { ODD, STRAY, TRIM } from '../../kernel/record-flags.js';
import type { CellConverter } from '../values/convert-cell.js';
import { takeRows } from './array-room.js';
import { type Block, KEPT, startOfRecord, viewsOf } from './block.js';
import { readNumbers } from './read-cells.js';

/** The records, in order; all others keep the cell as it is. */
export function listCandidates(block: Block, converter: CellConverter): Uint32Array {
  const rows = takeRows(block.arena.passing, block.recordCount + 1);
  const { index } = converter.valueColumn.column;
  switch (converter.screen) {
    case 'tokens':
      return rows.subarray(0, listTokens(block, index, screenOf(converter.tokens), rows));
    case 'texts': {
      const [numbers] = readNumbers(block, [index]);
      return rows.subarray(0, listTexts(block.fates, numbers!.kinds, rows));
    }
    case 'all':
      return rows.subarray(0, listAll(block.fates, rows));
  }
}

function listAll(fates: Uint8Array, rows: Uint32Array): number {
  let count = 0;
  for (let record = 0; record < fates.length; record++) {
    rows[count] = record;
    if (fates[record] === KEPT) count++;
  }
  return count;
}

function listTexts(fates: Uint8Array, kinds: Uint8Array, rows: Uint32Array): number {
  let count = 0;
  for (let record = 0; record < fates.length; record++) {
    rows[count] = record;
    if (kinds[record]! < NUMBER && fates[record] === KEPT) count++;
  }
  return count;
}

/** By first byte: 1 where some token begins with it; by length in bytes: the same, 0 for empty. */
interface TokenScreen {
  readonly firstBytes: Uint8Array;
  readonly lengths: Uint8Array;
}

const LONGEST_LISTED = 255;
const screens = new WeakMap<ReadonlySet<string>, TokenScreen>();

function screenOf(tokens: ReadonlySet<string>): TokenScreen {
  let screen = screens.get(tokens);
  if (screen === undefined) {
    screen = { firstBytes: new Uint8Array(256), lengths: new Uint8Array(LONGEST_LISTED + 1) };
    for (const token of tokens) {
      const bytes = Buffer.from(token);
      if (bytes.length > 0) screen.firstBytes[bytes[0]!] = 1;
      screen.lengths[Math.min(bytes.length, LONGEST_LISTED)] = 1;
    }
    screens.set(tokens, screen);
  }
  return screen;
}

/** Cells that may be a token, quoted or not; a missing cell is an empty one. */
function listTokens(
  block: Block,
  column: number,
  { firstBytes, lengths }: TokenScreen,
  rows: Uint32Array,
): number {
  const { fates, flags, recordCount } = block;
  const { bytes, recordFields, fieldEnds } = viewsOf(block);
  const { quote } = block.context.dialect;
  let count = 0;
  let first = 0;
  for (let record = 0; record < recordCount; record++) {
    const next = recordFields[record]!;
    const field = first + column;
    first = next;
    if (fates[record] !== KEPT) continue;
    if ((flags[record]! & (ODD | STRAY | TRIM)) !== 0) {
      rows[count++] = record;
      continue;
    }
    if (field >= next) {
      if (lengths[0] === 1) rows[count++] = record;
      continue;
    }
    const start = column === 0 ? startOfRecord(block, record) : fieldEnds[field - 1]! + 1;
    const length = fieldEnds[field]! - start;
    const byte = bytes[start]!;
    const isLength = lengths[Math.min(length, LONGEST_LISTED)] === 1;
    const isListed = length === 0 ? isLength : isLength && firstBytes[byte] === 1;
    if (isListed || (length > 0 && byte === quote)) rows[count++] = record;
  }
  return count;
}
