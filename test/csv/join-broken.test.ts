import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createByteText } from '../../src/csv/byte-text.js';
import { createJoiner } from '../../src/csv/join-broken.js';
import { rewriteRecord } from '../../src/csv/rewrite-record.js';

const COMMAS = {
  delimiter: Buffer.from(','),
  quote: Buffer.from('"'),
  escape: null,
  recordEnd: 'lf',
  comment: 0x23,
} as const;

function join(text: string): { readonly text: string; readonly joined: number } {
  const bytes = Buffer.from(text);
  const out = createByteText(1);
  const joiner = createJoiner(1, 'lf');
  const record = { fieldCount: 0, isOpen: false };
  let joined = 0;
  for (let position = 0; position < bytes.length; ) {
    const start = out.length;
    position = rewriteRecord(bytes, position, COMMAS, true, 1 << 20, out, record);
    if (joiner.take(out, { start, fieldCount: record.fieldCount })) joined++;
  }
  return { text: Buffer.from(out.room.subarray(0, out.length)).toString(), joined };
}

describe('createJoiner', () => {
  test.each([
    ['two pieces', 'a,b,c\n1,x\ny,2\n', 'a,b,c\n1,"x\ny",2\n'],
    ['several pieces', 'a,b,c\n1,x\ny\nz,2\n', 'a,b,c\n1,"x\ny\nz",2\n'],
    ['pieces with an empty line between', 'a,b,c\n1,x\n\ny,2\n', 'a,b,c\n1,"x\n\ny",2\n'],
    ['a first cell', 'a,b,c\nx\ny,1,2\n', 'a,b,c\nx\ny,1,2\n'],
    ['a last cell, of which nobody knows that it goes on', 'a,b\n1,x\ny\n', 'a,b\n1,x\ny\n'],
    ['quoted pieces', 'a,b,c\n1,"x, x"\n"y ""y""",2\n', 'a,b,c\n1,"x, x\ny ""y""",2\n'],
    ['pieces that fit by chance', 'a,b,c\n1,x\n2,y\nz,3\n', 'a,b,c\n1,"x\n2",y\nz,3\n'],
    ['a short record before pieces', 'a,b,c,d\n1,x\n2,y\nz,3,4\n', 'a,b,c,d\n1,x\n2,"y\nz",3,4\n'],
    ['an empty line that is left', 'a,b,c\n1,x\n\n7,y,\ny\nz,2\n', 'a,b,c\n1,x\n\n7,y,\ny\nz,2\n'],
    ['a short record before a whole one', 'a,b,c\n1,x\n1,2,3\ny,2\n', 'a,b,c\n1,x\n1,2,3\ny,2\n'],
    ['pieces around a comment', 'a,b,c\n1,x\n#\ny,2\n', 'a,b,c\n1,x\n#\ny,2\n'],
    ['empty lines before a piece', 'a,b,c\n\n1,x\ny,2\n', 'a,b,c\n\n1,"x\ny",2\n'],
  ])('reads %s', (_, text, expected) => {
    expect(join(text).text).toBe(expected);
  });

  test('leaves pieces that are no record after a hundred', () => {
    const text = `a,b,c\n1,x\n${'\n'.repeat(200)}y,2\n`;
    expect(join(text)).toEqual({ text, joined: 0 });
  });

  test('makes whole what line ends have broken in inner cells', () => {
    const line = fc.array(fc.constantFrom('x', ' ', 'é', ';'), { minLength: 1, maxLength: 3 });
    const cell = fc.array(line, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), (rows) => {
        const cells = rows.map((lines) => lines.map((parts) => parts.join('')));
        const broken = cells.map((lines) => `1,${lines.join('\n')},2\n`);
        const whole = cells.map((lines) =>
          lines.length === 1 ? `1,${lines[0]},2\n` : `1,"${lines.join('\n')}",2\n`,
        );
        expect(join(`a,b,c\n${broken.join('')}`)).toEqual({
          text: `a,b,c\n${whole.join('')}`,
          joined: cells.filter(({ length }) => length > 1).length,
        });
      }),
      { seed: 20261122, numRuns: 1000 },
    );
  });
});
