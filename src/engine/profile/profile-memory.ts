/**
 * The profiling kernel's memory: a table of powers at the bottom, above it whatever one table of a
 * file needs, given out upwards and taken back all at once. Addresses stay true when it grows,
 * arrays over it do not: see `viewsOf`.
 */
import { CsvcleanError } from '../../base/error.js';
import { POWER_TABLE_BYTES, writePowerTable } from '../../kernel/power-table.js';
import {
  loadProfilerKernel,
  type ProfilerKernel,
} from '../../kernel/profiler/load-profiler-kernel.js';
import {
  BIN_BYTES,
  EXPONENT_COUNT,
  SQUARE_LIMBS,
  SUM_LIMBS,
} from '../../kernel/profiler/sum-layout.js';

export interface ProfileMemory {
  readonly kernel: ProfilerKernel;
  /** Where the table of powers lies. */
  readonly powers: number;
  /** A double that nobody asks for. */
  readonly scratch: number;
  /** Zeros for sums, and where these are written. */
  readonly bins: number;
  readonly limbs: number;
  /** The first free address, and what it is before anything is given out. */
  used: number;
  readonly bottom: number;
  views: MemoryViews | null;
}

/** All of the memory. */
interface MemoryViews {
  readonly bytes: Buffer;
  readonly words: Uint32Array;
  readonly doubles: Float64Array;
}

const PAGE_BYTES = 1 << 16;
const FIRST_PAGES = 64;
/** All that 32-bit addresses reach. */
const MAX_PAGES = 1 << 16;
const ALIGNMENT = 16;
/** The kernel reads whole steps, so this much lies behind everything. */
const PADDING_BYTES = 128;
/** Nothing lies at address 0. */
const BOTTOM = 64;

export function createProfileMemory(module: WebAssembly.Module): ProfileMemory {
  const memory = new WebAssembly.Memory({ initial: FIRST_PAGES, maximum: MAX_PAGES });
  const kernel = loadProfilerKernel(module, memory);
  writePowerTable(memory.buffer, BOTTOM);
  const scratch = align(BOTTOM + POWER_TABLE_BYTES);
  const bins = scratch + ALIGNMENT;
  const limbs = bins + EXPONENT_COUNT * BIN_BYTES;
  const bottom = align(limbs + (SUM_LIMBS + SQUARE_LIMBS) * 8);
  const places = { powers: BOTTOM, scratch, bins, limbs, bottom };
  return { kernel, ...places, used: bottom, views: null };
}

function align(address: number): number {
  return Math.ceil(address / ALIGNMENT) * ALIGNMENT;
}

/** Not to be kept: they move when the memory grows. */
export function viewsOf(memory: ProfileMemory): MemoryViews {
  const { buffer } = memory.kernel.memory;
  if (memory.views !== null && memory.views.words.buffer === buffer) return memory.views;
  memory.views = {
    bytes: Buffer.from(buffer),
    words: new Uint32Array(buffer),
    doubles: new Float64Array(buffer),
  };
  return memory.views;
}

/**
 * The address of `bytes` bytes, a multiple of 16, in which anything may stand.
 * @throws CsvcleanError OUT_OF_MEMORY beyond what the system has.
 */
export function takeRoom(memory: ProfileMemory, bytes: number): number {
  const address = memory.used;
  const used = address + align(bytes);
  const missing = used + PADDING_BYTES - memory.kernel.memory.buffer.byteLength;
  if (missing > 0) grow(memory.kernel.memory, Math.ceil(missing / PAGE_BYTES));
  memory.used = used;
  return address;
}

function grow(memory: WebAssembly.Memory, pages: number): void {
  try {
    memory.grow(pages);
  } catch {
    throw new CsvcleanError('OUT_OF_MEMORY', 'profiling it needs more memory than there is', {
      remedy: 'Use fewer workers, or a machine with more memory.',
    });
  }
}

/** The same, all 0. */
export function takeZeros(memory: ProfileMemory, bytes: number): number {
  const address = takeRoom(memory, bytes);
  viewsOf(memory).bytes.fill(0, address, address + bytes);
  return address;
}

/** Takes everything back. */
export function freeAll(memory: ProfileMemory): void {
  memory.used = memory.bottom;
}

/** Limbs of Σx and Σx² of the numbers that the kernel listed of a column of a block. */
export function sumListed(memory: ProfileMemory, count: number) {
  memory.kernel.exports.sumListed(count, memory.bins, memory.limbs);
  return limbsOf(memory);
}

/** The same of `count` numbers that lie at `values`, each as often as is said at `times`. */
export function sumCounted(memory: ProfileMemory, values: number, times: number, count: number) {
  memory.kernel.exports.sumCounted(values, times, count, memory.bins, memory.limbs);
  return limbsOf(memory);
}

function limbsOf(memory: ProfileMemory) {
  const { limbs } = memory;
  const { doubles } = viewsOf(memory);
  const start = limbs >>> 3;
  const middle = start + SUM_LIMBS;
  return {
    sums: doubles.subarray(start, middle),
    squares: doubles.subarray(middle, middle + SQUARE_LIMBS),
  };
}
