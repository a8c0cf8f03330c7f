/**
 * How exact sums lie in the profiling kernel's memory. The one list of it, read by TypeScript and
 * AssemblyScript alike.
 */

/** Limbs of Σx and of Σx², as `engine/statistics/exact-sum` counts them. */
export const SUM_LIMBS = 68;
export const SQUARE_LIMBS = 138;
/** For each exponent: four integers of 64 bits. */
export const BIN_BYTES = 32;
export const EXPONENT_COUNT = 2046;
