/** Compares what the kernel writes with its scalar twin's output over random blocks. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Dialect } from '../../src/csv/dialect.js';
import { COMMA } from '../../src/csv/dialect.js';
import type { Kernel } from '../../src/kernel/load-kernel.js';
import { LONG, ODD, REQUOTE, SHORT, STRAY, TRIM } from '../../src/kernel/record-flags.js';
import {
  countTrims,
  emitRecords,
  PASS,
  type Piece,
  STOP,
} from '../../src/kernel/scalar/emit-records.js';
import { indexRecords, type RecordIndex } from '../../src/kernel/scalar/index-records.js';
import { blocks, DIALECTS, NOTHING } from './index-suite.js';

const SOURCE = 1024;
const FIELD_ENDS = 1 << 16;
const RECORD_FIELDS = 1 << 17;
const ACTS = 3 << 16;
const FLAGS = ACTS + (1 << 15);
const PIECES = 4 << 16;
const MADE = 5 << 16;
const OUT = 8 << 16;
const MADE_PIECE = 0xffffffff;
/** What `emitRecords` must leave alone behind its limit. */
const GUARD = 0xa5;
const LONGEST_RECORD = 4096;
/** Records that are not written as they stand. */
const MENDS = TRIM | REQUOTE | SHORT | LONG | STRAY;

interface Case {
  readonly bytes: Uint8Array;
  readonly dialect: Dialect;
  readonly index: RecordIndex;
  readonly acts: readonly number[];
  readonly pieces: readonly Piece[];
  readonly trims: boolean;
}

function place(kernel: Kernel, { bytes, index, acts, pieces }: Case): void {
  const { buffer } = kernel.memory;
  const all = Buffer.from(buffer);
  all.set(bytes, SOURCE);
  all.fill('"\n,\r', SOURCE + bytes.length, SOURCE + bytes.length + 64);
  new Uint32Array(buffer, FIELD_ENDS).set(index.fieldEnds);
  new Uint32Array(buffer, RECORD_FIELDS).set(index.recordFields);
  all.set(acts, ACTS);
  all.set(index.flags, FLAGS);
  const words = new Uint32Array(buffer);
  let free = MADE + 1024;
  let madeCount = 0;
  pieces.forEach((piece, k) => {
    if ('first' in piece) {
      words.set([piece.first, piece.last], PIECES / 4 + 2 * k);
      return;
    }
    words.set([MADE_PIECE, madeCount], PIECES / 4 + 2 * k);
    const joined = Buffer.concat(piece.made);
    all.set(joined, free);
    const ends = (free + joined.length + 64 + 3) & ~3;
    words.set([free, ends], MADE / 4 + 2 * madeCount++);
    let end = 0;
    words.set([0, ...piece.made.map((cell) => (end += cell.length))], ends / 4);
    free = ends + 4 * (piece.made.length + 1) + 64;
  });
}

/** Everything the kernel writes, in rooms of `roomBytes`. */
function kernelEmit(kernel: Kernel, one: Case, roomBytes: number, isWhole: boolean) {
  place(kernel, one);
  const { exports, memory } = kernel;
  const { dialect, index, pieces, bytes } = one;
  const count = index.recordFields.length;
  const isOneColumn = pieces.length === 1 && ('made' in pieces[0]! || isSingle(pieces[0]!));
  const crOnly = dialect.recordEnd === 'cr' ? 1 : 0;
  const parts: Buffer[] = [];
  let requotedFields = 0;
  let next = 0;
  for (;;) {
    const limit = OUT + roomBytes;
    Buffer.from(memory.buffer, limit, 64).fill(GUARD);
    const from = next;
    const [lists, range] = [[FIELD_ENDS, RECORD_FIELDS] as const, [from, count, ACTS] as const];
    next = isWhole
      ? exports.emitWhole(SOURCE, bytes.length, ...lists, ...range, OUT, limit)
      : exports.emitRecords(
          ...([SOURCE, ...lists, FLAGS, one.trims ? TRIM : 0, crOnly] as const),
          ...([dialect.delimiter, dialect.quote, ...range, PIECES, pieces.length] as const),
          ...([MADE, isOneColumn ? 1 : 0, OUT, limit] as const),
        );
    if (!isWhole) requotedFields += exports.requotedFields.value;
    const end = exports.emittedEnd.value;
    expect(end).toBeLessThanOrEqual(limit);
    expect([...Buffer.from(memory.buffer, limit, 64)].every((byte) => byte === GUARD)).toBe(true);
    parts.push(Buffer.from(Buffer.from(memory.buffer, OUT, end - OUT)));
    if (next === count || one.acts[next] === STOP) break;
    expect(next).toBeGreaterThan(from);
  }
  return { written: Uint8Array.from(Buffer.concat(parts)), next, requotedFields };
}

function kernelTrims(kernel: Kernel, one: Case): number {
  place(kernel, one);
  const { dialect, index } = one;
  return kernel.exports.countTrims(
    ...([SOURCE, index.recordFields.length, FIELD_ENDS, RECORD_FIELDS, FLAGS, ACTS] as const),
    ...([dialect.quote, dialect.recordEnd === 'cr' ? 1 : 0] as const),
  );
}

function isSingle(piece: { readonly first: number; readonly last: number }): boolean {
  return piece.first === piece.last;
}

const cells = fc.array(fc.constantFrom('', '1.5', 'true', 'x'.repeat(40), '"a,b"'), {
  minLength: 8,
  maxLength: 8,
});

/** One to four pieces over `width` columns. */
function piecesOf(width: number, count: number) {
  const range = fc
    .tuple(fc.nat(width - 1), fc.nat(width - 1))
    .map(([a, b]) => ({ first: Math.min(a, b), last: Math.max(a, b) }));
  const made = cells.map((texts) => ({
    made: Array.from({ length: count }, (_, r) => Buffer.from(texts[r % 8]!)),
  }));
  const whole = fc.constant({ first: 0, last: width - 1 });
  return fc.array(fc.oneof(whole, range, made), { minLength: 1, maxLength: 4 });
}

export function checkEmit(kernel: Kernel, seed: number, numRuns: number): void {
  const property = fc.property(
    blocks,
    fc.constantFrom(...DIALECTS),
    fc.integer({ min: 1, max: 4 }),
    fc.array(fc.constantFrom(0, 0, 0, PASS, STOP), { minLength: 1, maxLength: 30 }),
    fc.constantFrom(LONGEST_RECORD, 40_000),
    fc.gen(),
    fc.boolean(),
    (bytes, dialect, width, draws, roomBytes, gen, trims) => {
      const index = indexRecords(
        bytes,
        true,
        dialect,
        width,
        LONGEST_RECORD,
        LONGEST_RECORD,
        NOTHING,
      );
      const acts = index.flags.map((flag, r) => {
        const act = draws[r % draws.length]!;
        return (flag & ODD) !== 0 && act === 0 ? PASS : act;
      });
      const count = index.recordFields.length;
      const pieces = gen(piecesOf, width, count);
      const one: Case = { bytes, dialect, index, acts, pieces, trims };
      const twin = emitRecords(bytes, index, dialect, 0, count, acts, pieces, trims);
      expect(kernelEmit(kernel, one, roomBytes, false)).toEqual(twin);
      expect(kernelTrims(kernel, one)).toBe(countTrims(bytes, index, dialect, acts));
      if (width === 1 || dialect.delimiter !== COMMA || dialect.recordEnd === 'cr') return;
      if (index.flags.some((flag) => (flag & MENDS) !== 0)) return;
      const whole: Piece[] = [{ first: 0, last: width - 1 }];
      const twinOfWhole = emitRecords(bytes, index, dialect, 0, count, acts, whole, trims);
      expect(kernelEmit(kernel, { ...one, pieces: whole }, roomBytes, true)).toEqual(twinOfWhole);
    },
  );
  fc.assert(property, { seed, numRuns });
}
