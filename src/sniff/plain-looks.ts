/**
 * What the quick look at a sample's records collects, and its limits: the one list of them, read by
 * TypeScript and AssemblyScript alike.
 */

/** Tables are wider, but then nobody waits for the full look. */
export const MOST_WIDTH = 128;
/** Records that are not blank, header included. */
export const FEWEST_RECORDS = 4;

/** What a cell begins with. */
export const EMPTY = 0;
export const LETTER = 1;
export const DIGIT = 2;
export const OTHER = 3;

/** Where in their memory they lie, in bytes, behind the digits. */
export const LETTERS_OFFSET = 2 * MOST_WIDTH;
export const SECOND_OFFSET = 4 * MOST_WIDTH;
export const LOOKS_BYTES = 5 * MOST_WIDTH;
