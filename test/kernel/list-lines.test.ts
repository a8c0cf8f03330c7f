/** The lines of records against their twin, over random blocks. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineEndByte } from '../../src/csv/dialect.js';
import { createScannedRecord, scanRecord } from '../../src/csv/scan-fields.js';
import { indexRecords } from '../../src/kernel/scalar/index-records.js';
import { linesBefore } from '../../src/kernel/scalar/list-lines.js';
import { BUILDS, builtKernel } from './built-kernel.js';
import { blocks, DIALECTS, NOTHING } from './index-suite.js';

const seed = Number(process.env.SEED ?? 20261130);
console.log(`lines: SEED=${seed}`);

const SOURCE = 1024;
const FIELD_ENDS = 1 << 16;
const RECORD_FIELDS = 2 << 16;
const LINES = 3 << 16;
const LONGEST = 4096;

const CELLS = ['x', '', 'long '.repeat(20), '"a\nb"', '"\r\n\r\n"', '"q"",\r"', "'\n'"];
const records = fc.array(fc.array(fc.constantFrom(...CELLS), { maxLength: 4 }), { maxLength: 20 });
/** Records with line ends inside quotes, as they are usual, or any. */
const texts = fc.oneof(
  blocks,
  fc
    .tuple(records, fc.constantFrom('\n', '\r\n', '\r'))
    .map(([rows, end]) => Buffer.from(rows.map((cells) => cells.join(',') + end).join(''))),
);

test.each(BUILDS)('%s lists the lines of records as its twin does', (build) => {
  const { exports, memory } = builtKernel(build);
  let [total, several] = [0, 0];
  const property = fc.property(texts, fc.constantFrom(...DIALECTS), (bytes, dialect) => {
    const index = indexRecords(bytes, true, dialect, 3, LONGEST, LONGEST, NOTHING);
    const count = index.recordFields.length;
    const record = createScannedRecord();
    const starts: number[] = [];
    for (let r = 0, start = 0; r < count; r++, start = record.nextStart) {
      starts.push(start);
      scanRecord(bytes, start, dialect, true, record, LONGEST);
    }
    new Uint8Array(memory.buffer).set(bytes, SOURCE);
    new Uint32Array(memory.buffer, FIELD_ENDS).set(index.fieldEnds);
    new Uint32Array(memory.buffer, RECORD_FIELDS).set(index.recordFields);
    const lineEnd = lineEndByte(dialect.recordEnd);
    const isCr = dialect.recordEnd === 'cr' ? 1 : 0;
    exports.listLines(SOURCE, count, FIELD_ENDS, RECORD_FIELDS, lineEnd, isCr, LINES);
    const found = [...new Uint32Array(memory.buffer, LINES, count)];
    expect(found).toEqual(linesBefore(bytes, starts, lineEnd));
    total += count;
    several += found.filter((line, r) => line > (found[r - 1] ?? -1) + 1).length;
  });
  fc.assert(property, { seed, numRuns: 1000 });
  expect(several).toBeGreaterThan(10);
  expect(total).toBeGreaterThan(several);
});
