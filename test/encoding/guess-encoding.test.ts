/** Tables in many languages and encodings, whole and short: which encoding is named for them. */
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { type EncodingGuess, guessEncoding } from '../../src/encoding/guess-encoding.js';
import { CELLS, tableOf } from './sample-tables.js';

function guess(text: string, encoding: string): EncodingGuess {
  return guessEncoding(iconv.encode(text, encoding as 'utf8'));
}

/** Languages in the encodings that their files have. */
const WHOLE: readonly (readonly [language: string, ...encodings: string[]])[] = [
  ['German', 'windows-1252', 'macintosh', 'cp850'],
  ['French', 'windows-1252', 'macintosh', 'cp850'],
  ['Spanish', 'windows-1252', 'macintosh', 'cp850'],
  ['Portuguese', 'windows-1252', 'macintosh', 'cp850'],
  ['Swedish', 'windows-1252', 'macintosh', 'cp850'],
  ['Polish', 'windows-1250', 'iso-8859-2', 'cp852'],
  ['Czech', 'windows-1250', 'iso-8859-2', 'cp852'],
  ['Hungarian', 'windows-1250', 'cp852'],
  ['Romanian', 'windows-1250'],
  ['Lithuanian', 'windows-1257'],
  ['Russian', 'windows-1251', 'koi8-r', 'iso-8859-5', 'cp866', 'mac-cyrillic'],
  ['Ukrainian', 'windows-1251', 'koi8-u'],
  ['Greek', 'windows-1253', 'cp737'],
  ['Turkish', 'windows-1254', 'cp857'],
  ['Hebrew', 'windows-1255', 'cp862'],
  ['Arabic', 'windows-1256', 'iso-8859-6'],
  ['Thai', 'windows-874'],
  ['Japanese', 'shift_jis', 'euc-jp'],
  ['Korean', 'euc-kr'],
  ['Simplified', 'gb18030'],
  ['Traditional', 'big5'],
];
const PAIRS = WHOLE.flatMap(([language, ...encodings]) =>
  encodings.map((encoding) => [language, encoding] as const),
);

describe('guessEncoding', () => {
  test.each(PAIRS)('knows a %s table in %s', (language, encoding) => {
    const cells = CELLS[language]!;
    expect(cells.length).toBeGreaterThanOrEqual(20);
    for (const text of [tableOf(cells), tableOf(cells, ';'), cells.join('\n')]) {
      const { encoding: found, confidence, reason } = guess(text, encoding);
      expect(found).toBe(encoding);
      expect(confidence).toBeGreaterThan(0.6);
      expect(confidence).toBeLessThan(1);
      expect(reason).toMatch(/^its letters fit, \d\d % sure$/);
    }
  });

  test.each(PAIRS)('knows it in capitals and in small letters: %s in %s', (language, encoding) => {
    const text = tableOf(CELLS[language]!);
    expect(guess(text.toUpperCase(), encoding).encoding).toBe(encoding);
    expect(guess(text.toLowerCase(), encoding).encoding).toBe(encoding);
  });

  test.each([
    ['iso-8859-1', 'German', 'windows-1252'],
    ['iso-8859-1', 'Spanish', 'windows-1252'],
    ['iso-8859-15', 'Swedish', 'windows-1252'],
    ['iso-8859-7', 'Greek', 'windows-1253'],
    ['iso-8859-8', 'Hebrew', 'windows-1255'],
    ['iso-8859-9', 'Turkish', 'windows-1254'],
    ['iso-8859-13', 'Lithuanian', 'windows-1257'],
    ['iso-8859-2', 'Hungarian', 'windows-1250'],
    ['tis-620', 'Thai', 'windows-874'],
    ['gbk', 'Simplified', 'gb18030'],
  ])(
    'names, for what %s and its superset read alike, the superset',
    (encoding, language, superset) => {
      const text = tableOf(CELLS[language]!);
      const bytes = iconv.encode(text, encoding as 'utf8');
      const found = guessEncoding(bytes).encoding;
      expect(found).toBe(superset);
      const read = (name: string): string => iconv.decode(bytes, name as 'utf8');
      expect(read(found)).toBe(read(encoding));
    },
  );

  test.each([
    'café',
    'id,name\n1,café\n',
    'Zürich',
    'São Paulo',
    'Malmö',
    'Peña',
    'José',
    'Ærø',
    'Île',
    'É',
    'ß',
    'ñ',
    'MÜNCHEN',
    '10 €',
    '100 €,200 €\n5 €,6 €\n',
    '£5',
    '20 °C',
    '5 µg,6 µm',
    'm²',
    '±5',
    '½ lb',
    '“quoted”',
    'it’s',
    '10–20 %',
    '© 2024',
    'no\u00a0break',
    'Côte d’Ivoire',
    'Réunion,Curaçao,Türkiye\n',
  ])('takes the few letters of %j for windows-1252', (text) => {
    expect(guess(text, 'windows-1252').encoding).toBe('windows-1252');
  });

  test.each(['German', 'French', 'Spanish', 'Portuguese', 'Swedish'])(
    'takes any few rows in %s for windows-1252',
    (language) => {
      const cells = CELLS[language]!;
      for (let from = 0; from < cells.length; from++) {
        for (const count of [1, 2, 4]) {
          const text = tableOf(cells.slice(from, from + count));
          const bytes = iconv.encode(text, 'windows-1252');
          const found = guessEncoding(bytes).encoding;
          // Another encoding would do where it reads the same.
          if (found !== 'utf-8') expect(iconv.decode(bytes, found as 'utf8')).toBe(text);
        }
      }
    },
  );

  test.each(
    PAIRS.filter(([, encoding]) =>
      /^(windows-125[0134]|koi8-r|shift_jis|euc-|gb|big5)/.test(encoding),
    ),
  )('knows most of any eight rows: %s in %s', (language, encoding) => {
    const cells = CELLS[language]!;
    let right = 0;
    let all = 0;
    for (let from = 0; from + 8 <= cells.length; from++) {
      const text = tableOf(cells.slice(from, from + 8));
      const bytes = iconv.encode(text, encoding as 'utf8');
      all += 1;
      if (iconv.decode(bytes, guessEncoding(bytes).encoding as 'utf8') === text) right += 1;
    }
    expect(right / all).toBeGreaterThanOrEqual(0.8);
  });

  test('takes noise for windows-1252, and says that nothing fits', () => {
    let state = 7;
    const noise = Uint8Array.from({ length: 4_000 }, () => {
      state = (state * 1_103_515_245 + 12_345) & 0x7fff_ffff;
      return (state >> 16) & 0xff;
    });
    const { encoding, confidence, reason } = guessEncoding(noise);
    expect(encoding).toBe('windows-1252');
    expect(confidence).toBeLessThan(0.6);
    expect(reason).toContain('no encoding fits well');
  });

  test('names UTF-8 for ASCII, and for UTF-8 with some other bytes', () => {
    expect(guessEncoding(Buffer.from('a,b\n1,2\n')).encoding).toBe('utf-8');
    expect(guessEncoding(new Uint8Array(0)).encoding).toBe('utf-8');
    const mixed = Buffer.concat([Buffer.from(tableOf(CELLS.German!)), Buffer.from([0xe9, 0x0a])]);
    expect(guessEncoding(mixed).encoding).toBe('utf-8');
  });

  test.each([
    'ﾊﾞﾝｺﾞｳ,ﾅﾏｴ,ｷﾝｶﾞｸ\n1,ﾔﾏﾀﾞ ﾀﾛｳ,1200\n2,ｽｽﾞｷ ﾊﾅｺ,3400\n3,ﾀﾅｶ ｲﾁﾛｳ,560\n4,ｻﾄｳ ｼﾞﾛｳ,780\n',
    '番号,氏名,金額\n1,ﾔﾏﾀﾞ ﾀﾛｳ,1200\n2,ｽｽﾞｷ ﾊﾅｺ,3400\n3,ﾀﾅｶ ｲﾁﾛｳ,560\n',
    'ﾐﾂｲｽﾐﾄﾓ,ﾎﾝﾃﾝ\nﾐｽﾞﾎ,ｼﾝｼﾞﾕｸ\nﾕｳﾁﾖ,ｼﾌﾞﾔ\nﾘｿﾅ,ｳﾒﾀﾞ\n',
  ])('knows half-width kana in Shift-JIS: %j', (text) => {
    expect(guess(text, 'shift_jis').encoding).toBe('shift_jis');
  });

  test('names UTF-8 where nothing else fits and more is valid than is not', () => {
    const text = 'Ä°zmir,Łódź,Plzeň\nZürich,Kraków,Î\n';
    const mixed = Buffer.concat([
      Buffer.from(text),
      Buffer.from('\xe7\xe7a,\xff\xf0x,\xf3,\n', 'latin1'),
    ]);
    expect(guessEncoding(mixed).encoding).toBe('utf-8');
    const cut = Buffer.from('a,b\n1,2\n3,\xc3', 'latin1');
    expect(guessEncoding(cut).encoding).toBe('windows-1252');
  });

  test('counts a value of many rows once', () => {
    const rows = `${'Müller;Zürich\n'.repeat(2_000)}Łódź;Dąbrowski\nWiśniewski;Gdańsk\n`;
    expect(guess(tableOf(CELLS.Polish!) + rows, 'windows-1250').encoding).toBe('windows-1250');
  });

  test('is done with a full sample in well below a second', () => {
    const text = Array.from({ length: 200 }, (_, i) =>
      tableOf(CELLS.Japanese!.map((cell) => `${cell}${i}${cell.length * i}`)),
    ).join('');
    const sample = iconv.encode(text, 'shift_jis').subarray(0, 64 * 1024);
    const started = performance.now();
    expect(guessEncoding(sample.subarray(0, sample.lastIndexOf(10))).encoding).toBe('shift_jis');
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
