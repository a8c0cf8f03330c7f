/** From the lists of `indexRecords` to where a record starts. Knows line ends, not fields. */

const LF: i32 = 0x0a;

/** Where record number `record` starts, an offset from `source`. */
// @ts-ignore: decorator
@inline
export function recordStart(source: usize, fieldEnds: usize, recordFields: usize, record: i32, crOnly: bool): u32 {
  if (record == 0) return 0;
  const fieldsEnd = load<u32>(recordFields + (<usize>(record - 1) << 2));
  return skipLineEnd(source, load<u32>(fieldEnds + (<usize>(fieldsEnd - 1) << 2)), crOnly);
}

/**
 * The offset behind the line end at `end`: one byte, or two when it is a CRLF. At the end of the
 * input, where there is none, it is beyond the end and must not be used.
 */
// @ts-ignore: decorator
@inline
export function skipLineEnd(source: usize, end: u32, crOnly: bool): u32 {
  return crOnly || <i32>load<u8>(source + end) == LF ? end + 1 : end + 2;
}

/** Where field number `field` starts, of those of all records: column `column` of `record`. */
// @ts-ignore: decorator
@inline
export function fieldStart(
  source: usize,
  fieldEnds: usize,
  recordFields: usize,
  record: i32,
  field: i32,
  column: i32,
  crOnly: bool,
): u32 {
  if (column == 0) return recordStart(source, fieldEnds, recordFields, record, crOnly);
  return load<u32>(fieldEnds + (<usize>field << 2) - 4) + 1;
}
