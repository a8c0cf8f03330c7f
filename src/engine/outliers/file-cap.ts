/**
 * Shares of a file or column past which a person must be told. Counts only; knows no rule and no
 * column.
 */

/** Share of a file's rows that `auto` may set aside. */
export const FILE_CAP_SHARE = 0.01;
/** Share of a column's values past which a method or column named by the user gets a warning. */
export const NAMED_WARN_SHARE = 0.005;

/**
 * Whether so many rows would go that nothing should: more than `FILE_CAP_SHARE` of them, and more
 * than one.
 */
export function exceedsFileCap(outlierRows: number, totalRows: number): boolean {
  return outlierRows > 1 && outlierRows / totalRows > FILE_CAP_SHARE;
}
