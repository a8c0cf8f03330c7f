/** Compares the kernel's index with its scalar twin's over random blocks. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { type Dialect, NO_QUOTE } from '../../src/csv/dialect.js';
import type { Kernel } from '../../src/kernel/load-kernel.js';
import { ODD, REQUOTE, STRAY, TOKEN, TRIM } from '../../src/kernel/record-flags.js';
import { recordLead } from '../../src/kernel/record-lead.js';
import { indexRecords, type RecordIndex } from '../../src/kernel/scalar/index-records.js';

/** Where a test block lies, with room before and after it. */
const SOURCE = 1024;
const FIELD_ENDS = 1 << 16;
const RECORD_FIELDS = 1 << 17;
const FLAGS = 3 << 16;
export const NOTHING = new Uint8Array(0);
/** What lies around the block must not matter: bytes that mean something everywhere. */
const SURROUNDINGS = '"\n",\r ';

export const DIALECTS: readonly Dialect[] = [
  { delimiter: 0x2c, quote: 0x22, recordEnd: 'lf' },
  { delimiter: 0x3b, quote: 0x22, recordEnd: 'lf' },
  { delimiter: 0x09, quote: NO_QUOTE, recordEnd: 'lf' },
  { delimiter: 0x2c, quote: 0x27, recordEnd: 'lf' },
  { delimiter: 0x2c, quote: 0x22, recordEnd: 'cr' },
  { delimiter: 0x3b, quote: NO_QUOTE, recordEnd: 'cr' },
];

/** The kernel's index of `bytes`. */
export function kernelIndex(
  kernel: Kernel,
  bytes: Uint8Array,
  isLast: boolean,
  dialect: Dialect,
  width: number,
  longest: number,
  longestQuoted: number,
  lead: Uint8Array = NOTHING,
): RecordIndex {
  const { memory, exports } = kernel;
  const around = Buffer.from(memory.buffer, 0, FIELD_ENDS);
  around.fill(SURROUNDINGS);
  around.set(bytes, SOURCE);
  const { delimiter, quote } = dialect;
  const first = recordLead(lead);
  const records = exports.indexRecords(
    SOURCE,
    bytes.length,
    isLast ? 1 : 0,
    delimiter,
    quote,
    dialect.recordEnd === 'cr' ? 1 : 0,
    width,
    longest,
    longestQuoted,
    ...([first.low, first.high, first.maskLow, first.maskHigh] as const),
    FIELD_ENDS,
    RECORD_FIELDS,
    FLAGS,
  );
  const { buffer } = memory;
  return {
    fieldEnds: [...new Uint32Array(buffer, FIELD_ENDS, exports.fieldCount.value)],
    recordFields: [...new Uint32Array(buffer, RECORD_FIELDS, records)],
    flags: [...new Uint8Array(buffer, FLAGS, records)],
    consumedBytes: exports.consumedBytes.value,
  };
}

/**
 * The same fields and records; odd, or with a token, wherever the twin says so. The kernel may say
 * it of more: then a record is only looked at for nothing. Of an odd one it need not tell the rest.
 */
export function expectSameIndex(kernel: RecordIndex, twin: RecordIndex): void {
  expect(kernel.fieldEnds).toEqual(twin.fieldEnds);
  expect(kernel.recordFields).toEqual(twin.recordFields);
  expect(kernel.consumedBytes).toBe(twin.consumedBytes);
  const asTwin = (flag: number, i: number): number => {
    const told = TOKEN | TRIM | REQUOTE | STRAY;
    const isOdd = (flag & ODD) !== 0;
    const surplus = (isOdd ? ODD | told : TOKEN | TRIM | REQUOTE) & ~twin.flags[i]!;
    return (isOdd ? flag | told : flag) & ~surplus;
  };
  expect(kernel.flags.map(asTwin)).toEqual(twin.flags);
}

const PIECES = [
  ...['a', '7', 'long words', 'é', '漢', ',', ',', ',', ';', '\t', '\n', '\n', '\r\n', '\r', '\r'],
  ...['"', '"', '""', '"x"', '"a,b"', '"\n"', "'", "'q'", ' ', '  ', ' a', 'b '],
  ...['NA', '-', '#N/A', 'null', '"NA"', '-5', ',,', '"",""', '\n"",\n'],
  ...['\u00a0', '\u3000', '\u2003', '\ufeff', 'à', '\u2010', '\0'],
];

/**
 * Records put together from what matters, moved along by 0 – 130 bytes so that it meets every edge.
 */
export const blocks = fc
  .tuple(fc.nat(130), fc.array(fc.constantFrom(...PIECES), { maxLength: 120 }))
  .map(([shift, pieces]) => Buffer.from('x'.repeat(shift) + pieces.join('')));

export function checkIndex(kernel: Kernel, seed: number, numRuns: number): void {
  const property = fc.property(
    blocks,
    fc.boolean(),
    fc.constantFrom(...DIALECTS),
    fc.integer({ min: 1, max: 6 }),
    fc.constantFrom(10, 1 << 24),
    fc.constantFrom(3, 1 << 24, 1 << 24),
    fc.constantFrom('', '', 'a', 'x', 'xxxxxxxx', 'a,', '7,long w', '"x"').map(Buffer.from),
    (bytes, isLast, dialect, width, longest, longestQuoted, lead) => {
      const limits = [dialect, width, longest, longestQuoted, lead] as const;
      const twin = indexRecords(bytes, isLast, ...limits);
      expectSameIndex(kernelIndex(kernel, bytes, isLast, ...limits), twin);
    },
  );
  fc.assert(property, { seed, numRuns });
}
