/** Truths, tokens, and what mends texts. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mendMojibake, squeezeBlanks, toTitle } from '../../../src/engine/values/mend-text.js';
import { judgeCells } from './judge-cells.js';

describe('booleans auto', () => {
  test.each([
    [
      ['yes', 'No', 'YES'],
      ['true', 'false', 'true'],
    ],
    [
      ['ja', 'nein'],
      ['true', 'false'],
    ],
    [
      ['Y', 'n'],
      ['true', 'false'],
    ],
    [
      ['oui', 'non', ''],
      ['true', 'false', ''],
    ],
    [
      ['sí', 'no'],
      ['true', 'false'],
    ],
    [
      ['no', 'NO'],
      ['false', 'false'],
    ],
    [
      ['True', 'FALSE', 'true'],
      ['true', 'false', 'true'],
    ],
  ])('%j', (cells, wanted) => {
    expect(judgeCells(cells, { booleans: 'auto' }).cells).toEqual(wanted);
  });

  test.each([
    [['N', 'N'], ['booleans one_sided']],
    [['yes', 'N'], ['booleans mixed']],
    [['ja', 'nein', 'vielleicht'], ['booleans text']],
    [['0', '1'], []],
    [['true', 'false'], []],
  ])('%j stay', (cells, wanted) => {
    const { cells: found, told } = judgeCells(cells, { booleans: 'auto' });
    expect([found, told]).toEqual([cells, wanted]);
  });
});

describe('nulls', () => {
  test.each([
    [
      ['1', 'NA', '2.5'],
      ['1', '', '2.5'],
    ],
    [
      ['1,234', 'n/a'],
      ['1,234', ''],
    ],
    [
      ['2024-01-01', '-'],
      ['2024-01-01', ''],
    ],
    [
      ['yes', 'null', 'no'],
      ['yes', '', 'no'],
    ],
    [
      ['North', 'NA'],
      ['North', 'NA'],
    ],
    [
      ['007', 'NA'],
      ['007', 'NA'],
    ],
    [
      ['NA', 'NA'],
      ['NA', 'NA'],
    ],
  ])('auto: %j', (cells, wanted) => {
    expect(judgeCells(cells, { nulls: 'auto' }).cells).toEqual(wanted);
  });

  test('texts that are named go in any column, and count as no value', () => {
    const rules = { nulls: ['-999', 'x'], dates: 'auto' } as const;
    expect(judgeCells(['31.12.2024', '-999', 'x', '-999.0'], rules).cells).toEqual([
      '31.12.2024',
      '',
      '',
      '-999.0',
    ]);
    expect(judgeCells(['31.12.2024', '-999', 'x'], rules).cells).toEqual(['2024-12-31', '', '']);
  });
});

describe('texts', () => {
  test.each([
    ['MÃ¼nchen', 'München'],
    ['cafÃ© â€“ ouvert', 'café – ouvert'],
    ['MÃƒÂ¼nchen', 'München'],
    ['â‚¬ 5', '€ 5'],
    ['München', 'München'],
    ['Ãœber München', 'Ãœber München'],
    ['Ã', 'Ã'],
    ['漢 Ã¼', '漢 Ã¼'],
    ['plain', 'plain'],
  ])('mojibake: %s is %s', (text, wanted) => {
    expect(mendMojibake(text)).toBe(wanted);
  });

  test('what was once read wrongly comes back, and what was not stays', () => {
    const latin = fc.string({ unit: fc.constantFrom(...'aZ äöüßéèñç') });
    fc.assert(
      fc.property(latin, (text) => {
        const broken = new TextDecoder('windows-1252').decode(Buffer.from(text));
        expect(mendMojibake(broken)).toBe(text);
        expect(mendMojibake(text)).toBe(text);
      }),
      { seed: 20261130, numRuns: 500 },
    );
  });

  test('runs of blanks are one space; line ends stay', () => {
    expect(squeezeBlanks('a  b\t\tc\u00a0 d\n\ne f')).toBe('a b c d\n\ne f');
  });

  test('title case', () => {
    expect(toTitle("o'NEILL and ÉMILE-zoé 2nd")).toBe("O'neill And Émile-Zoé 2nd");
  });

  test('steps come in their order: mended, replaced, blanked, read, filled', () => {
    const rules = {
      squeeze: true,
      replace: [{ from: 'twelve point five', to: '12,5' }],
      nulls: ['none'],
      numbers: 'auto',
      fill: { kind: 'text', text: '0' },
    } as const;
    expect(judgeCells(['twelve  point five', 'none', '', '1,25'], rules).cells).toEqual([
      '12.5',
      '0',
      '0',
      '1.25',
    ]);
  });
});
