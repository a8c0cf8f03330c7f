/**
 * How shapes that were learned lie in a kernel's memory: the bytes of a text with every digit a 0,
 * zeros behind them. The one list of it, read by TypeScript and AssemblyScript alike.
 */

/** How many bytes, and what else the shape is told apart by: bits from 256 on. */
export const SHAPE_LENGTH = 32;
/** What was learned of it; 0: the slot is free. */
export const SHAPE_KIND = 36;
export const SHAPE_BYTES = 48;
/** In a table of so many, each where its hash says. */
export const SHAPE_SLOTS = 64;
/** Longer texts have none. */
export const LONGEST_SHAPE = 32;
