/** What holds for any bytes: no throw, no long wait, and one reading of quotes with the engine. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createScannedRecord, scanRecord } from '../../src/csv/scan-fields.js';
import { scanTextRecord } from '../../src/sniff/scan-text.js';
import { sniffEnds, sniffText } from './sniff-text.js';

const SEED = 20_260_303;
const SIZE = 1 << 16;

const hostile = fc
  .array(fc.constantFrom(...'""\'\',,;;\t|:^~ \r\n\n\\#-1a.é%(=[', 'sep=;\n', '::', ', "'), {
    maxLength: 60,
  })
  .map((parts) => parts.join(''));

describe('sniffDialect', () => {
  test('finds places inside the file, whatever it holds', () => {
    fc.assert(
      fc.property(hostile, fc.nat(60), fc.nat(60), (text, headBytes, tailBytes) => {
        const length = Buffer.from(text).length;
        const samples = [
          sniffText(text),
          sniffEnds(text, Math.min(headBytes, length), Math.min(tailBytes, length)),
        ];
        for (const sniffed of samples) {
          const { start, footerStart, confidence } = sniffed;
          expect(start.offsetBytes).toBeGreaterThanOrEqual(0);
          expect(start.offsetBytes).toBeLessThanOrEqual(length);
          if (footerStart !== null) expect(footerStart).toBeGreaterThan(start.offsetBytes);
          expect(confidence).toBeGreaterThanOrEqual(0);
          expect(confidence).toBeLessThanOrEqual(1);
        }
      }),
      { seed: SEED, numRuns: 2000 },
    );
  });

  test.each([
    '"',
    '"\n',
    '"a\n',
    "'",
    ',',
    ';\n',
    ',;\t| :^~||;;::',
    '"a",',
    `"a",'b';"c"|'d'\t"e" "f":"g"^"h"~`,
    '\\"',
    '"\\",',
    '((((',
    '1,',
    '#a\n',
    '\r\r\n',
    'a, "b", ',
    '1 Jan ',
    'a@b.',
  ])('takes bounded time for nothing but %j', (part) => {
    const text = part.repeat(Math.ceil(SIZE / part.length)).slice(0, SIZE);
    const begin = performance.now();
    sniffText(text);
    sniffText(`${text.slice(1)}\n`);
    // Some milliseconds; quadratic time would be seconds.
    expect(performance.now() - begin).toBeLessThan(1000);
  });
});

describe('scanTextRecord', () => {
  test('reads as scanRecord does where both can', () => {
    fc.assert(
      fc.property(hostile, fc.constantFrom('lf' as const, 'cr' as const), (text, recordEnd) => {
        const bytes = Buffer.from(text);
        const latin1 = bytes.toString('latin1');
        const single = { delimiter: 0x2c, quote: 0x22, recordEnd };
        const dialect = { delimiter: ',', quote: '"', escape: null, recordEnd };
        for (let position = 0; position < bytes.length; ) {
          const expected = createScannedRecord();
          const found = createScannedRecord();
          scanRecord(bytes, position, single, true, expected, bytes.length);
          scanTextRecord(latin1, position, dialect, found);
          expect(found).toEqual(expected);
          position = expected.nextStart;
        }
      }),
      { seed: SEED, numRuns: 2000 },
    );
  });
});
