/** How long lists will become, so that they need not grow on the way. */
import type { Block } from './block.js';
import type { Table } from './table.js';

/** How many rows a table will have had, with a little to spare, if it goes on as up to `block`. */
export function expectedRows(table: Table, block: Block, rowCount: number): number {
  const share = (block.offsetBytes + block.lengthBytes) / table.reader.source.sizeBytes;
  return Math.ceil((1.02 * rowCount) / share);
}
