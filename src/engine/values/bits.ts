/**
 * What a cell says about how its column is written, in one integer: a bit for each reading that the
 * cell fits, and one for each feature that it has. Evidence ands the first and ors the second, so
 * that it depends neither on order nor on how a file is cut. The lists of bits are of each kind.
 */

/** The readings of a kind that a column may have, and what its cells may show besides. */
export interface BitKind {
  /** At least one of these must be left, or the column is of another kind. */
  readonly readings: number;
  /** Readings along other lines: of each of these, at least one must be left too. */
  readonly dimensions: readonly number[];
  readonly features: number;
}

/** Fits nothing: a text. */
export const NOTHING = 0;

/** The places of the bits that are set. */
export function bitsOf(mask: number): readonly number[] {
  const places: number[] = [];
  for (let place = 0; place < 31; place++) if ((mask & (1 << place)) !== 0) places.push(place);
  return places;
}
