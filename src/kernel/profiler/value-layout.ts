/**
 * How a column of a profile and its different values lie in the profiling kernel's memory. The one
 * list of it, read by TypeScript and AssemblyScript alike; offsets and sizes in bytes.
 */

/** Of a column; words of 32 bits. The slots of its table, and how many they are less 1. */
export const SLOTS = 0;
export const SLOT_MASK = 4;
/** Its values in the order in which they came, how many there are, and how many have room. */
export const ENTRIES = 8;
export const SIZE = 12;
export const ENTRY_ROOM = 16;
/** Their bytes one behind the other, how many there are, and how many have room. */
export const POOL = 20;
export const POOL_USED = 24;
export const POOL_ROOM = 28;
/** HyperLogLog registers once the table is left; 0 before. */
export const REGISTERS = 32;
/** In characters, of values that are looked at one by one. */
export const SHORTEST = 36;
export const LONGEST = 40;
/** What the last blocks added; who reads them makes them 0. Cells without a character. */
export const EMPTY = 44;
/** Cells with blanks around them, and the record of the first. */
export const SPACED = 48;
export const FIRST_SPACED = 52;
/** How many numbers, and how many records that the kernel is unsure about, were listed. */
export const NUMBER_COUNT = 56;
export const UNSURE_COUNT = 60;
/** Where the least and the greatest date stand, and how long they are; 0: there is none. */
export const LEAST_DATE = 64;
export const LEAST_LENGTH = 68;
export const GREATEST_DATE = 72;
export const GREATEST_LENGTH = 76;
/** By kind: how many cells, and the record of the first. */
export const KIND_COUNTS = 80;
export const KIND_FIRSTS = 292;
/** Shapes that were learned once the table is left, see `kernel/key-table-layout`; 0 before. */
export const SHAPES = 504;
export const COLUMN_BYTES = 512;

/** A slot: the hash of a value, and its number plus 1; 0: free. */
export const SLOT_BYTES = 8;

/** Of a value: its first eight bytes, zeros behind a shorter one. */
export const FIRST_BYTES = 0;
/** Where its bytes begin, counted from the pool, and how many they are. */
export const TEXT_START = 8;
export const TEXT_LENGTH = 12;
/** How often it was met, a double. */
export const TIMES = 16;
/** The record that it came with, and its kind. */
export const RECORD = 24;
export const KIND = 28;
export const ENTRY_BYTES = 32;

/** Readable behind every text. */
export const TEXT_PADDING = 32;
