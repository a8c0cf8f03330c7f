/** Says on which lines records start. Twin: `kernel/scalar/list-lines.ts`. */
import { countBytes } from './count-bytes';
import { recordStart } from './record-start';

/**
 * Writes a u32 for each record to `lines`: how many line ends stand before it in the block, those
 * inside quotes too.
 *
 * @param source the block; readable for 64 bytes beyond its end.
 * @param fieldEnds with `recordFields` the lists of `indexRecords`.
 * @param lineEnd the byte that ends lines: LF, or CR where that ends records.
 */
export function listLines(
  source: usize,
  records: i32,
  fieldEnds: usize,
  recordFields: usize,
  lineEnd: i32,
  crOnly: bool,
  lines: usize,
): void {
  let count: u32 = 0;
  for (let r = 0; r < records; r++) {
    const start = recordStart(source, fieldEnds, recordFields, r, crOnly);
    const fieldsEnd = load<u32>(recordFields + (<usize>r << 2));
    const end = load<u32>(fieldEnds + (<usize>(fieldsEnd - 1) << 2));
    store<u32>(lines + (<usize>r << 2), count);
    // With the one that ends it.
    count += <u32>countBytes(source + start, <i32>(end - start), lineEnd) + 1;
  }
}
