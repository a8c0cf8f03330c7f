/** What must be found in any well-formed table, and in one with a damaged row. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sniffText } from './sniff-text.js';

const SEED = Number(process.env.SEED ?? 20_260_301);
const RUNS = 300;

const WORDS = 'amber birch cedar dune ember fjord grove heath iris jade knoll larch'.split(' ');
const NAMES = 'station region reading comment operator quality remark branch'.split(' ');

const word = fc.constantFrom(...WORDS);
const text = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
/** Text that must be quoted in most dialects. */
const awkward = fc.oneof(
  { weight: 4, arbitrary: text },
  { weight: 1, arbitrary: fc.tuple(text, text).map(([a, b]) => `${a}, ${b}`) },
  { weight: 1, arbitrary: fc.tuple(text, text).map(([a, b]) => `${a}; ${b}`) },
  { weight: 1, arbitrary: fc.tuple(text, text).map(([a, b]) => `${a}\n${b}`) },
);
const number = fc.oneof(
  fc.integer({ min: 0, max: 99_999 }).map(String),
  fc.integer({ min: 0, max: 99_999 }).map((n) => (n / 100).toFixed(2)),
);
const date = fc.integer({ min: 10, max: 28 }).map((day) => `2024-03-${day}`);

interface Table {
  readonly rows: readonly (readonly string[])[];
}

/** A header of words over a numeric, a text and further columns, in any order. */
const table: fc.Arbitrary<Table> = fc
  .record({
    more: fc.array(fc.constantFrom(number, awkward, date), { minLength: 1, maxLength: 4 }),
    names: fc.shuffledSubarray(NAMES, { minLength: NAMES.length }),
    isNumberFirst: fc.boolean(),
  })
  .chain(({ more, names, isNumberFirst }) => {
    const columns = isNumberFirst ? [number, text, ...more] : [text, number, ...more];
    return fc
      .array(fc.tuple(...columns), { minLength: 5, maxLength: 25 })
      .map((rows) => ({ rows: [names.slice(0, columns.length), ...rows] }));
  });

const dialect = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|', '^', '~', '||', ';;', '::'),
  quote: fc.constantFrom('"', "'"),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  isQuotedAlways: fc.boolean(),
});

function writeTable(
  { rows }: Table,
  { delimiter, quote, lineEnd, isQuotedAlways }: ReturnType<typeof dialectOf>,
): string[] {
  const write = (cell: string): string => {
    const value = cell.replaceAll('\n', lineEnd);
    const mustQuote = cell.includes(delimiter) || cell.includes('\n') || cell.includes(quote);
    return mustQuote || isQuotedAlways
      ? quote + value.replaceAll(quote, quote + quote) + quote
      : value;
  };
  return rows.map((row) => row.map(write).join(delimiter) + lineEnd);
}

function dialectOf(value: typeof dialect extends fc.Arbitrary<infer T> ? T : never) {
  return value;
}

describe(`any table of at least 5 rows and 3 columns, seed ${SEED}`, () => {
  test('sniffDialect finds its dialect and no preamble', () => {
    fc.assert(
      fc.property(table, dialect, (values, written) => {
        const records = writeTable(values, written);
        const sniffed = sniffText(records.join(''));
        expect(sniffed.delimiter).toBe(written.delimiter);
        const quotes = records.join('').split(written.quote).length - 1;
        if (quotes >= 4) expect(sniffed.quote).toBe(written.quote);
        expect(sniffed).toMatchObject({
          escape: null,
          recordEnd: written.lineEnd === '\r' ? 'cr' : 'lf',
          start: { offsetBytes: 0, line: 1 },
          headerRows: 1,
          footerStart: null,
          isCertain: true,
        });
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  test('sniffDialect finds its delimiter in spite of one damaged row', () => {
    const damage = fc.record({
      kind: fc.constantFrom(
        'delimiter dropped',
        'delimiter added',
        'quote at start',
        'quote inside',
      ),
      row: fc.nat(),
      at: fc.nat(),
    });
    fc.assert(
      fc.property(table, dialect, damage, (values, given, { kind, row, at }) => {
        // A few apostrophes and a damaged row could be anything.
        const isQuotedAlways = given.isQuotedAlways || given.quote === "'";
        const written = { ...given, isQuotedAlways };
        const records = writeTable(values, written);
        const index = 1 + (row % (records.length - 1));
        const cells = records[index]!.split(written.delimiter);
        const place = at % cells.length;
        if (kind === 'delimiter dropped' && place > 0) {
          cells.splice(place - 1, 2, cells[place - 1]! + cells[place]!);
        } else if (kind === 'delimiter added') cells.splice(place, 0, 'x');
        else if (kind === 'quote at start') cells[place] = written.quote + cells[place];
        else cells[place] = `${cells[place]![0] ?? ''}${written.quote}${cells[place]!.slice(1)}`;
        records[index] = cells.join(written.delimiter);
        const sniffed = sniffText(records.join(''));
        expect(sniffed).toMatchObject({
          delimiter: written.delimiter,
          start: { offsetBytes: 0, line: 1 },
          headerRows: 1,
        });
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });
});
