/** The quick answer: given for plain tables only, and never another than the full one. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sniffDialect } from '../../src/sniff/sniff.js';
import { type SniffGiven, type SniffSample, sniffPlain } from '../../src/sniff/sniff-plain.js';
import { NOTHING_GIVEN } from './sniff-text.js';

function sampleOf(text: string) {
  return { head: Buffer.from(text), isWhole: true, tail: new Uint8Array(), tailOffsetBytes: 0 };
}

function isPlainTable(sample: SniffSample, given: SniffGiven): boolean {
  return sniffPlain(sample, given) !== null;
}

/** No file has such comments, so this changes nothing but that the quick look is left out. */
const NOT_QUICKLY = { ...NOTHING_GIVEN, comment: '\u0002' };

const ROWS = '1,Ann,5\n2,"Bob, jr",6\n3,Cy,7\n4,"a\nb",8\n5,Di,9\n';

describe('sniffPlain', () => {
  test.each([
    ['a table', `id,name,qty\n${ROWS}`],
    ['a table with a mark', `\ufeffid,name,qty\n${ROWS}`],
    ['a table in CRLF', `id,name,qty\n${ROWS}`.replaceAll('\n', '\r\n')],
    ['a table without a last line end', `id,name,qty\n${ROWS}6,Ed,7`],
    ['a table without a last cell', `id,name,qty\n${ROWS}6,Ed,`],
  ])('is true for %s', (_, text) => {
    expect(isPlainTable(sampleOf(text), NOTHING_GIVEN)).toBe(true);
    expect(sniffDialect(sampleOf(text), NOTHING_GIVEN)).toMatchObject({ confidence: 1 });
  });

  test.each([
    ['few records', 'id,name\n1,Ann\n2,Bob\n'],
    ['another delimiter', `id;name;qty\n${ROWS.replaceAll(',', ';')}`],
    ['another delimiter in a cell', `id,name,qty\n6,a;b,3\n${ROWS}`],
    ['a short row', `id,name,qty\n${ROWS}6,Ed\n`],
    ['a stray quote', `id,name,qty\n6,E"d,3\n${ROWS}`],
    ['backslashes before quotes', `id,name,qty\n6,"E\\"d",3\n${ROWS}`],
    ['apostrophes first', `id,name,qty\n6,'Ed',3\n${ROWS}`],
    ['a preamble', `Title\n\nid,name,qty\n${ROWS}`],
    ['a padded preamble', `Title,,\nid,name,qty\n${ROWS}`],
    ['comments', `#Title\nid,name,qty\n${ROWS}`],
    ['the sep line', `sep=,\nid,name,qty\n${ROWS}`],
    ['values in the header', ROWS],
    ['two header rows', `id,name,qty\n(m),,(kg)\n${ROWS}`],
    ['a second row of names', `id,name,qty\na,b,c\n${ROWS}`],
    ['totals', `id,name,qty\n${ROWS}Total,,35\n`],
    ['quoted totals', `id,name,qty\n${ROWS}"Total","","35"\n`],
    ['a padded note', `id,name,qty\n${ROWS}Source: x,,\n`],
    ['CR line ends', `id,name,qty\n${ROWS}`.replaceAll('\n', '\r')],
    ['one column', 'id\n1\n2\n3\n4\n'],
    ['nothing', ''],
  ])('is false for %s', (_, text) => {
    expect(isPlainTable(sampleOf(text), NOTHING_GIVEN)).toBe(false);
  });

  test('looks at the tail too', () => {
    const table = `id,name,qty\n${ROWS.repeat(400)}`;
    const ends = (tail: string) => ({
      head: Buffer.from(table),
      isWhole: false,
      tail: Buffer.from(`3,Cy,7\n3,Cy,7\n${tail}`),
      tailOffsetBytes: 100_000,
    });
    expect(isPlainTable(ends('3,Cy,7\n'), NOTHING_GIVEN)).toBe(true);
    expect(isPlainTable(ends('Source: x\n'), NOTHING_GIVEN)).toBe(false);
    expect(isPlainTable(ends('Total,,9\n'), NOTHING_GIVEN)).toBe(false);
  });

  test('says nothing that the full look does not', () => {
    const cell = fc.constantFrom('a', 'be', '5', '7.5', '2024-01-02', '', '"x, y"', 'Total', 'NA');
    const name = fc.constantFrom('id', 'name', 'qty', 'on', '"a, b"', '5', '');
    const texts = fc
      .integer({ min: 2, max: 4 })
      .chain((width) =>
        fc.tuple(
          fc.array(name, { minLength: width, maxLength: width }),
          fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 9 }),
        ),
      )
      .map(([header, rows]) => [header, ...rows].map((row) => `${row.join(',')}\n`).join(''));
    fc.assert(
      fc.property(texts, (text) => {
        const sample = sampleOf(text);
        if (!isPlainTable(sample, NOTHING_GIVEN)) return;
        const {
          confidence: _a,
          decisions: _b,
          isCertain: _c,
          ...quick
        } = sniffDialect(sample, NOTHING_GIVEN);
        expect(sniffDialect(sample, NOT_QUICKLY)).toMatchObject(quick);
      }),
      { seed: 20_260_302, numRuns: 3000 },
    );
  });
});
