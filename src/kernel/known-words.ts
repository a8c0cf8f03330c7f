/**
 * How words that are known lie in the kernel's memory. The one list of it, read by TypeScript and
 * AssemblyScript alike.
 */

/** Longer cells are none. */
export const MOST_WORD_BYTES = 8;
/** A word is its bytes, zeros behind them, and its length, a u32. */
export const WORD_BYTES = 16;
export const WORD_LENGTH = 8;
