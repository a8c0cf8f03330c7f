/**
 * What tells groups of rows apart: the texts of some columns as they would be written, where a
 * missing value, of which there may be several tokens, is an empty one. Knows no aggregates.
 */
import { isMissing } from '../../csv/missing.js';
import { type Slot, toCell, type Value } from './tree.js';

/** The columns of `by`; at least one. */
export type GroupSlots = readonly Slot[];

/** The key of a row; equal ones are of one group. */
export function groupKeyOf(row: readonly Value[], by: GroupSlots): string {
  return keyOfTexts(by.map((slot) => keyText(row[slot.index]!, slot)));
}

/** The key of these texts, one for each column of a `by`. */
export function keyOfTexts(texts: readonly string[]): string {
  return JSON.stringify(texts);
}

/** What a value of a column is in a key. */
export function keyText(value: Value, { type }: Slot): string {
  const text = toCell(value);
  return type === 'cell' && isMissing(text) ? '' : text;
}
