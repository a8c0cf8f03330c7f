/** Cells of a block that an outlier action has changed. */

/** Cells that are no longer what their bytes say: new texts by column and record. */
export type Edits = ReadonlyMap<number, ReadonlyMap<number, string>>;

export const NO_EDITS: Edits = new Map();
