/**
 * The kernel's memory as one arena: tables at the bottom, above them whatever one input needs,
 * given out upwards and taken back all at once. Addresses stay true when the memory grows; arrays
 * over it do not, so they are made anew with `bytesIn` and its like and never kept.
 */
import { CsvcleanError } from '../../base/error.js';
import { type MemoryBudget, release, reserve } from '../../base/memory-budget.js';
import { NA_TOKENS } from '../../csv/missing.js';
import { type Kernel, loadKernel } from '../../kernel/load-kernel.js';
import { POWER_TABLE_BYTES, writePowerTable } from '../../kernel/power-table.js';
import { tokenTableBytes, writeTokenTable } from '../../kernel/token-table.js';
import { type ArrayRoom, createArrayRoom } from './array-room.js';

export interface Arena {
  readonly kernel: Kernel;
  /** Where the table of powers lies. */
  readonly powers: number;
  /** Where the table of tokens for "no value" lies, and how many there are. */
  readonly tokens: number;
  readonly tokenCount: number;
  /** The first free address. */
  used: number;
  /** What is kept of a block outside the kernel's memory, as long as the block itself. */
  readonly kept: ArrayRoom;
  /** What one pass needs of one block. */
  readonly passing: ArrayRoom;
}

const PAGE_BYTES = 1 << 16;
/**
 * Few: the first growth detaches arrays, at which V8 gives up code that was compiled before. So it
 * should come with the first file, and not amid the work (128 cost 6 % on files of 25 MB).
 */
const FIRST_PAGES = 32;
/** All that 32-bit addresses reach. */
const MAX_PAGES = 1 << 16;
const ALIGNMENT = 16;
/** The kernel reads whole steps, so this much lies behind everything. */
const PADDING_BYTES = 128;
/** Nothing lies at address 0, and a few bytes before a block may be looked at. */
const BOTTOM = 64;

export function createArena(module: WebAssembly.Module): Arena {
  const memory = new WebAssembly.Memory({ initial: FIRST_PAGES, maximum: MAX_PAGES });
  const kernel = loadKernel(module, memory);
  const tokens = BOTTOM + POWER_TABLE_BYTES;
  writePowerTable(memory.buffer, BOTTOM);
  writeTokenTable(NA_TOKENS, memory.buffer, tokens);
  const kept = createArrayRoom();
  const passing = createArrayRoom();
  const used = align(tokens + tokenTableBytes(NA_TOKENS));
  return { kernel, powers: BOTTOM, tokens, tokenCount: NA_TOKENS.size, used, kept, passing };
}

function align(address: number): number {
  return Math.ceil(address / ALIGNMENT) * ALIGNMENT;
}

/** Makes sure that `bytes` above what is used are there, without giving them out. */
export function ensureRoom(arena: Arena, bytes: number): void {
  const { memory } = arena.kernel;
  const missing = arena.used + bytes + PADDING_BYTES - memory.buffer.byteLength;
  if (missing <= 0) return;
  try {
    memory.grow(Math.ceil(missing / PAGE_BYTES));
  } catch {
    throw new CsvcleanError('OUT_OF_MEMORY', 'cleaning it needs more memory than there is', {
      remedy: 'Use fewer workers, or a machine with more memory.',
    });
  }
}

/**
 * The address of `bytes` bytes, a multiple of 16, uninitialised.
 * @throws CsvcleanError OUT_OF_MEMORY beyond the budget or what the system has.
 */
export function allocate(
  arena: Arena,
  budget: MemoryBudget,
  bytes: number,
  purpose: string,
): number {
  const size = align(bytes);
  reserve(budget, size, purpose);
  ensureRoom(arena, size);
  const address = arena.used;
  arena.used += size;
  return address;
}

/** Takes back everything from `address` on. */
export function freeFrom(arena: Arena, budget: MemoryBudget, address: number): void {
  release(budget, arena.used - address);
  arena.used = address;
}

export function bytesIn(arena: Arena, address: number, length: number): Buffer {
  return Buffer.from(arena.kernel.memory.buffer, address, length);
}

export function doublesIn(arena: Arena, address: number, length: number): Float64Array {
  return new Float64Array(arena.kernel.memory.buffer, address, length);
}

export function wordsIn(arena: Arena, address: number, length: number): Uint32Array {
  return new Uint32Array(arena.kernel.memory.buffer, address, length);
}
