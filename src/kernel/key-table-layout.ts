/**
 * How tables of short keys lie in a kernel's memory: of each its bytes, zeros behind them, and what
 * is known of it. The one list of it, read by TypeScript and AssemblyScript alike.
 */

/** Longer texts are no keys. */
export const LONGEST_KEY = 32;
/** How many bytes, and what else the key is told apart by: bits from 256 on. */
export const KEY_MARK = 32;
/** What is known of it; 0: the slot is free. */
export const KEY_VALUE = 36;
export const KEY_BYTES = 48;
/** In how many slots shapes of texts stand, and cells that were converted: powers of two. */
export const SHAPE_SLOTS = 64;
export const CELL_SLOTS = 1024;
