/** Where the cells of a column stand in the bytes of a block, as far as these say it plainly. */
import { ODD, STRAY, TRIM } from '../../kernel/record-flags.js';
import { areMoved, type Block, startOfRecord, viewsOf } from './block.js';

/** In the bytes of the block, quotes among them; empty where the record lacks the cell. */
export interface CellPlace {
  start: number;
  end: number;
}

/**
 * `find` puts the place of a record's cell into `at`, and says whether it stands there plainly:
 * otherwise, and once the memory has grown, its text must be read.
 */
export function cellFinder(block: Block, column: number) {
  const views = viewsOf(block);
  const { recordFields, fieldEnds } = views;
  const at: CellPlace = { start: 0, end: 0 };
  const find = (record: number): boolean => {
    if ((block.flags[record]! & (ODD | STRAY | TRIM)) !== 0) return false;
    if (areMoved(block, views)) return false;
    const field = (record === 0 ? 0 : recordFields[record - 1]!) + column;
    if (field >= recordFields[record]!) {
      at.start = at.end = 0;
      return true;
    }
    at.start = column === 0 ? startOfRecord(block, record) : fieldEnds[field - 1]! + 1;
    at.end = fieldEnds[field]!;
    return true;
  };
  return { find, at };
}
