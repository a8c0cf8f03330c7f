/** Records with other columns: the same whatever pieces they come in. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FieldSource, rewriteColumns } from '../../src/csv/rewrite-columns.js';
import { formatRecord } from '../../src/csv/write-field.js';

const seed = Number(process.env.SEED ?? 20_261_130);

function rewritten(
  text: string,
  sources: readonly FieldSource[],
  width: number,
  pieceBytes: number,
): string {
  let out = '';
  const rewriter = rewriteColumns(sources, width, (bytes) => {
    out += Buffer.from(bytes).toString('utf8');
  });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    rewriter.write(bytes.subarray(at, at + pieceBytes));
  }
  rewriter.flush();
  return out;
}

const cell = fc.constantFrom(
  '',
  'a',
  'é😀',
  'x,y',
  'say "hi"',
  '"',
  'two\nlines',
  '\r\n',
  ' ',
  'NA',
);

test(`rewriteColumns gives what writing the cells anew would (SEED=${seed})`, () => {
  const tables = fc.integer({ min: 1, max: 4 }).chain((width) =>
    fc.record({
      width: fc.constant(width),
      rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 6 }),
      wanted: fc.array(fc.oneof(fc.nat(width - 1), fc.constantFrom('', 'src')), {
        minLength: 2,
        maxLength: 6,
      }),
      pieceBytes: fc.integer({ min: 1, max: 30 }),
    }),
  );
  fc.assert(
    fc.property(tables, ({ width, rows, wanted, pieceBytes }) => {
      const sources = wanted.map((one) => (typeof one === 'string' ? Buffer.from(one) : one));
      const expected = rows.map((row) =>
        formatRecord(wanted.map((one) => (typeof one === 'string' ? one : row[one]!))),
      );
      const text = rows.map(formatRecord).join('');
      expect(rewritten(text, sources, width, pieceBytes)).toBe(expected.join(''));
    }),
    { seed, numRuns: 500 },
  );
});

test('rewriteColumns takes cells larger than its room', () => {
  const long = 'x'.repeat(600_000);
  const text = `${long},1\n"${long}\n",2\n`;
  expect(rewritten(text, [1, 0, Buffer.from('s')], 2, 1 << 16)).toBe(
    `1,${long},s\n2,"${long}\n",s\n`,
  );
});
