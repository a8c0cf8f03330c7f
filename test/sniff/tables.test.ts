/** Where the table is found to begin and end, and how many rows of it are header. */

import { describe, expect, test } from 'vitest';
import type { Sniffed, SniffGiven } from '../../src/sniff/sniff-plain.js';
import { sniffEnds, sniffText } from './sniff-text.js';

/** What is found, in lines of the text: 1-based; `to` is the first line of the footer. */
interface Found {
  readonly from?: number;
  readonly header?: number;
  readonly to?: number | null;
  readonly delimiter?: string;
}

type Case = readonly [name: string, lines: string, expected: Found, given?: Partial<SniffGiven>];

/** In the cases `/` ends a line, so that a table fits on one. */
function toText(lines: string): string {
  return `${lines.replaceAll(' / ', '\n')}\n`;
}

function toFound(text: string, sniffed: Sniffed): Found {
  const before = Buffer.from(text).subarray(0, sniffed.start.offsetBytes).toString();
  expect(before.split('\n').length).toBe(sniffed.start.line);
  const footer = sniffed.footerStart;
  const to =
    footer === null ? null : Buffer.from(text).subarray(0, footer).toString().split('\n').length;
  return { from: sniffed.start.line, header: sniffed.headerRows, to, delimiter: sniffed.delimiter };
}

const BODY = 'id,name,qty,price / 1,Ann,5,2.5 / 2,Bob,6,3.5 / 3,Cy,7,1.5';

const starts: readonly Case[] = [
  ['a title', `Sales report / ${BODY}`, { from: 2 }],
  ['a title and a blank line', `Sales report /  / ${BODY}`, { from: 3 }],
  ['a title padded by Excel', `Sales report,,, / ,,, / ${BODY}`, { from: 3 }],
  ['key and value lines', `Report: Sales / Date: 2024-01-01 / By: Ann /  / ${BODY}`, { from: 5 }],
  ['key and value cells', `Report,Sales / Date,2024-01-01 / By,Ann / ${BODY}`, { from: 4 }],
  ['padded key and value cells', `Report,Sales,, / Date,2024-01-01,, / ${BODY}`, { from: 3 }],
  ['more preamble than table', `A: 1 / B: 2 / C: 3 / D: 4 / E: 5 / F: 6 / ${BODY}`, { from: 7 }],
  ['a quoted title with a comma', `"Sales, all of them" / ${BODY}`, { from: 2 }],
  ['a quoted title with a newline', `"Sales\nof 2024" /  / ${BODY}`, { from: 4 }],
  ['a short table', 'Sales report 2024 /  / name,city,land / Ann,Rome,Italy', { from: 3 }],
  [
    'an all-text table',
    'List of people: / name,city,land / Ann,Rome,Italy / Bob,Oslo,Norway',
    { from: 2 },
  ],
  [
    'a table of semicolons',
    'Bericht, erstellt 2024 / a;b;c / 1;2;3 / 2;3;4',
    { from: 2, delimiter: ';' },
  ],
  ['hash comments', `# made by x, y / # 2024 / ${BODY}`, { from: 3 }],
  ['slash comments', `// made by x / ${BODY}`, { from: 2 }],
  ['percent comments', `% made by x / ${BODY}`, { from: 2 }],
  ['dash comments', `-- made by x / ${BODY}`, { from: 2 }],
  ['semicolon comments', `; made by x / ; and y / ${BODY}`, { from: 3 }],
  [
    'semicolon comments over semicolons',
    '; made by x / a;b;c / 1;2;3 / 2;3;4',
    { from: 2, delimiter: ';' },
  ],
  [
    'names below other comments',
    '# made by x / # on,a,b / 2024-01-01,1,2 / 2024-01-02,3,4',
    { from: 2 },
  ],
  [
    'pairs over three columns',
    'Rows,57 / By,Ann /  / on,name,qty / 2024-01-01,a,5 / 2024-01-02,b,6',
    { from: 4 },
  ],
  [
    'pairs over three columns, not apart',
    'Rows:,57 / By:,Ann / on,name,qty / 2024-01-01,a,5 / 2024-01-02,b,6 / 2024-01-03,c,7',
    { from: 3 },
  ],
  [
    'a title with a comma over three columns',
    'All figures, preliminary / on,name,qty / 2024-01-01,a,5 / 2024-01-02,b,6 / 2024-01-03,c,7',
    { from: 2 },
  ],
  [
    'a title over groups of years',
    'Report of sales /  / ,2022,,2023, / shop,min,max,low,top / a,1,2,3,4 / b,2,3,4,5 / c,1,1,1,1',
    { from: 3, header: 2 },
  ],
  ['comments and a title', `# x / Sales report / ${BODY}`, { from: 3 }],
  ['a comment with a quote', `# made by "x / # it's / ${BODY}`, { from: 3 }],
  ['a comment of three words', '# made,by,x y / Name,City,Land / Ann,Rome,Italy', { from: 2 }],
  ['a comment above small words', '# made,by,me / name,city,land / Ann,Rome,Italy', { from: 2 }],
  ['comments that are given', `!a,b / !c / ${BODY}`, { from: 3 }, { comment: '!' }],
  [
    'a title over no header',
    'Values measured /  / 1,2.5,3 / 2,3.5,4 / 3,4.5,5 / 4,5.5,9',
    { from: 3, header: 0 },
  ],
  [
    'two columns, set apart',
    'Populations /  / city,people / Rome,5 / Oslo,6 / Bern,7',
    { from: 3 },
  ],
  [
    'years below a title',
    'Population by year / land,2019,2020,2021 / A,1,2,3 / B,3,4,5 / C,5,5,6',
    { from: 2 },
  ],
  [
    'a title over group headings',
    'Report of sales /  / ,Q1,,Q2, / shop,min,max,low,top / a,1,2,3,4 / b,2,3,4,5 / c,1,1,1,1',
    { from: 3, header: 2 },
  ],
];

const noStarts: readonly Case[] = [
  ['blank lines alone', ` /  / ${BODY}`, {}],
  ['a marked header', '#id,name,qty / 1,Ann,5 / 2,Bob,6 / 3,Cy,7', {}],
  ['a header behind a mark and a space', '# id,name,qty / 1,Ann,5 / 2,Bob,6 / 3,Cy,7', {}],
  ['numbered rows', '#1,Ann,5 / #2,Bob,6 / #3,Cy,7 / #4,Di,8', {}],
  ['an empty first name', ';a;b / x;1;2 / y;3;4 / z;5;6', { delimiter: ';' }],
  ['an empty first name of two', ';a / x;1 / y;3 / z;5', { delimiter: ';' }],
  ['empty names', ';a;;b / x;1;p;2 / y;3;q;4 / z;5;r;6', { delimiter: ';' }],
  ['an empty first name over empty values', ';a;b / x;; / y;3;4 / z;5;6', { delimiter: ';' }],
  ['a marked header of texts', '# name,city,land / Ann,Rome,Italy / Bob,Oslo,Norway', {}],
  ['two names over three values', 'name,note / Ann,5,x / Bob,6,y / Cy,7,z / Di,8,w', {}],
  ['two names over remarks', 'id,qty / x,none,few / y,1,2 / z,3,4 / w,5,6', {}],
  ['a header without the first name', 'a,b,c / x,1,2,3 / y,2,3,4 / z,3,4,5', {}],
  ['a header of one name', 'id,,, / 1,2,3,x / 2,3,4,y / 3,4,5,z', {}],
  ['sparse first rows', 'id,a,b,c / 1,,, / 2,,, / 3,x,y,z / 4,x,y,z', {}],
  ['a title over two columns', 'Title / a,b / 1,2', {}],
  ['two columns with a short row', 'name,note / Ann / Bob,x / Cy,y / Di,z', {}],
  ['a header and long rows', 'name,note / Ann,x,y,z,w / Bob,x,y,z,w / Cy,x,y,z,w', {}],
  [
    'group headings',
    ',Q1,,Q2, / shop,min,max,low,top / a,1,2,3,4 / b,2,3,4,5 / c,1,1,1,1',
    { header: 2 },
  ],
];

const headers: readonly Case[] = [
  ['names', BODY, {}],
  ['none over numbers', '1,5,a / 2,6,b / 3,7,c / 4,8,d', { header: 0 }],
  ['none over dates', '2024-01-01,5 / 2024-01-02,6 / 2024-01-03,7 / 2024-01-04,8', { header: 0 }],
  [
    'none, with gaps',
    'Ann,5,,x / Bob,6,1.5,y / Cy,7,2.5,z / Di,8,3.5,w / Ed,9,4.5,v',
    { header: 1 },
  ],
  ['none, with a gap', 'Ann,5,7,,x / Bob,6,8,1.5,y / Cy,7,9,2.5,z / Di,8,1,3.5,w', { header: 0 }],
  ['three records', '1,5,a / 2,6,b / 3,7,c', {}],
  ['one column of values only', 'Ann,5 / Bob,6 / Cy,7 / Di,8', {}],
  ['years', 'land,2019,2020,2021 / A,11,12,13 / B,14,15,16 / C,17,18,19', {}],
  ['years alone', '2019,2020,2021 / 11,12,13 / 14,15,16 / 17,18,19', {}],
  [
    'years that are values',
    'Ann,1950,1999 / Bob,1951,1998 / Cy,1952,1997 / Di,1953,2001',
    { header: 0 },
  ],
  ['the columns numbers', '0,1,2,3 / 5,6,7,8 / 4,3,9,1 / 5,5,1,0', {}],
  ['dates over numbers', 'shop,2024-01-01,2024-01-02 / a,1,2 / b,3,4 / c,5,6', {}],
  ['sizes', 'shoe,36,37,38 / a,5,6,7 / b,4,3,2 / c,9,8,8 / d,2,2,3', {}],
  ['sizes among which a record begins', 'a,5,6,7 / b,4,3,2 / c,9,8,8 / d,2,2,3', { header: 0 }],
  ['numbers that rise in each record', 'a,1,2,3 / b,2,3,4 / c,5,6,7 / d,8,9,10', { header: 0 }],
  ['wavelengths', 'id,400,410,420 / a,0.1,0.2,0.3 / b,0.2,0.3,0.4 / c,0.3,0.4,0.5', {}],
  [
    'percentiles',
    'of;10;25;75 / a;1,5;2,5;3,5 / b;1,6;2,6;3,6 / c;1,7;2,7;3,7 / d;1,8;2,8;3,8',
    { delimiter: ';' },
  ],
  [
    'months',
    'of;01.2024;02.2024 / a;1,5;2,5 / b;1,6;2,6 / c;1,7;2,7 / d;1,8;2,8',
    { delimiter: ';' },
  ],
  [
    'years over years',
    'land,2020,2021,2022 / A,1950,1960,1970 / B,1990,2010,2030 / C,1940,1941,1939 / D,2001,2002,1999',
    {},
  ],
  [
    'none, one value and a text that recurs',
    'Oslo,,7.5 / Rome,2,8.5 / Oslo,3,9.5 / Oslo,4,1.5',
    { header: 0 },
  ],
  ['a year and a text that recurs', 'x,,2020 / y,2,8.5 / x,3,9.5 / x,4,1.5', {}],
  ['one value and a text that recurs once', 'Oslo,,7.5 / Rome,2,8.5 / Oslo,3,9.5 / Bern,4,1.5', {}],
  [
    'groups of years',
    'Shop,2022,,2023, / ,in,out,in,out / a,1,2,3,4 / b,2,3,4,5 / c,3,4,5,6',
    { header: 2 },
  ],
  [
    'groups of years, no first',
    ',2022,,2023, / Shop,in,out,in,out / a,1,2,3,4 / b,2,3,4,5 / c,3,4,5,6',
    { header: 2 },
  ],
  [
    'repeated years',
    'Shop,2022,2022,2023,2023 / name,in,out,in,out / a,1,2,3,4 / b,2,3,4,5 / c,3,4,5,6',
    { header: 2 },
  ],
  ['years with a gap over values', 'Shop,2022,,2023 / a,1,2,3 / b,2,3,4 / c,3,4,5 / d,1,1,1', {}],
  [
    'units over a record with gaps',
    'id,qty,note,paid / ,pcs,,EUR / 1,,x, / 2,5,y,6 / 3,6,z,7 / 4,7,w,8',
    { header: 2 },
  ],
  [
    'repeated units',
    'id,qty,paid,due / ,units,EUR,EUR / 1,4,2,2 / 2,5,2,6 / 3,6,2,7',
    { header: 2 },
  ],
  ['a name over one of two', 'id,7,8 / 2,3,4 / 3,4,5 / 4,5,6', {}],
  ['all text', 'Ann,Rome,x / Bob,Oslo,y / Cy,Bern,z / Di,Riga,w', {}],
  ['units', 'id,mass,speed / ,(kg),[m/s] / 1,5,6 / 2,7,8 / 3,9,1', { header: 2 }],
  [
    'bare units',
    'at,price,share / ,USD,% / 2024-01-01,5,6 / 2024-01-02,7,8 / 2024-01-03,9,1',
    { header: 2 },
  ],
  [
    'names on two rows',
    'Total,Net,Gross / count,price,value / 1,5,6 / 2,7,8 / 3,9,1',
    { header: 2 },
  ],
  [
    'groups, names and units',
    ',Wind,,Rain / at,low,top,sum / ,m/s,m/s,mm / 2024-01-01,1,2,3 / 2024-01-02,2,3,4 / 2024-01-03,3,4,5',
    { header: 3 },
  ],
  [
    'repeated groups',
    'Shop,Q1,Q1,Q2,Q2 / name,in,out,in,out / a,1,2,3,4 / b,2,3,4,5 / c,3,4,5,6',
    { header: 2 },
  ],
  ['a first row without values', 'id,a,b / x,n/a,n/a / y,1,2 / z,3,4 / w,5,6', {}],
  ['a first row of remarks', 'id,a,b / x,unknown,missing / y,1,2 / z,3,4 / w,5,6', {}],
  ['a first row of one remark', 'id,a,b / x,closed,closed / y,1,2 / z,3,4 / w,5,6', {}],
  [
    'a text that recurs',
    'id,a,b / x,few,many / y,1,2 / z,3,4 / w,few,6 / v,2,2 / u,3,3 / t,3,3 / s,3,3',
    {},
  ],
  ['an index without a name, remarks first', ',a,b / x,closed,closed / y,1,2 / z,3,4 / w,5,6', {}],
  ['degrees', 'at,t / ,°C / 1,5 / 2,6 / 3,4', { header: 2 }],
  ['one column of values, text first', 'name,age / Ann,old / Bob,5 / Cy,6 / Di,7', {}],
  ['too few rows below two', 'id,mass / ,(kg) / 1,5 / 2,6', {}],
];

const footers: readonly Case[] = [
  ['a source', `${BODY} / Source: the shop`, { to: 5 }],
  ['a source below a blank line', `${BODY} /  / Source: the shop`, { to: 6 }],
  ['a padded source', `${BODY} / Source: the shop,,,`, { to: 5 }],
  ['a source with commas', `${BODY} / "Source: the shop, and others"`, { to: 5 }],
  ['a starred remark', `${BODY} / * provisional`, { to: 5 }],
  ['several notes', `${BODY} /  / Notes: / first one / and the second`, { to: 6 }],
  ['a count', `${BODY} / Total rows: 3`, { to: 5 }],
  ['totals that add up', `${BODY} / Total,,18,7.5`, { to: 5 }],
  ['totals and a note', `${BODY} / Total,,18,7.5 /  / * provisional`, { to: 5 }],
  [
    'German totals',
    'Ort;Name;Wert / Bonn;A;5 / Kiel;B;6 / Ulm;C;7 / Summe;;18',
    { to: 5, delimiter: ';' },
  ],
  ['totals that do not add up, texts empty', `${BODY} / Grand Total,,99,9`, { to: 5 }],
  ['Japanese totals', `${BODY} / 合計,,18,7.5`, { to: 5 }],
  ['Russian totals', `${BODY} / ИТОГО:,,18,7.5`, { to: 5 }],
  ['averages below totals', `${BODY} / Total,,18,7.5 / Average,,6,2.5`, { to: 5 }],
  ['averages above totals', `${BODY} / Mean,,6,2.5 / Total,,18,7.5`, { to: 5 }],
  ['a database count', `${BODY} / 3 rows selected.`, { to: 5 }],
  ['a database count in brackets', `${BODY} / (3 rows)`, { to: 5 }],
];

const noFooters: readonly Case[] = [
  ['none', BODY, {}],
  ['a short last row', `${BODY} / 4`, {}],
  ['a short last row of text', 'name,city,n / Ann,Rome,1 / Bob,Oslo,2 / Cy', {}],
  ['a sparse last row', `${BODY} / 4,,,`, {}],
  ['a sparse last row of text', 'name,city,n / Ann,Rome,1 / Bob,Oslo,2 / New York,,', {}],
  ['a total among others', 'shop,kind,n / a,x,1 / Total,,1 / b,y,2 / Total,,2', {}],
  ['a total with a text', `${BODY} / Total,all,19,8`, {}],
  ['a total that is no sum, without texts', 'land,a,b / A,1,2 / B,3,4 / Total,9,9', {}],
  ['a total that is the first row', 'land,a,b / Total,4,6 / A,1,2 / B,3,4', {}],
  ['a name that begins like one', `${BODY} / Summers,Ann,5,5`, {}],
  ['notes below two columns', 'a,b / 1,2 / 2,3 / 3,4 / Source: x', {}],
  ['a word of other languages that does not add up', `${BODY} / Всего,,99,9`, {}],
  ['averages alone', `${BODY} / Average,,6,2.5`, {}],
  ['a name like an average below totals', `${BODY} / Total,,18,7.5 / Mean,,3,1`, {}],
  ['a padded count', `${BODY} / 3 rows,,,`, {}],
];

describe.each([
  ['finds the table below', starts],
  ['leaves the start at', noStarts],
  ['finds the header:', headers],
  ['finds the footer:', footers],
  ['leaves the end as it is:', noFooters],
])('sniffDialect %s', (_, cases) => {
  for (const [name, lines, expected, given] of cases) {
    test(name, () => {
      const text = toText(lines);
      const found = toFound(text, sniffText(text, given));
      expect(found).toEqual({ from: 1, header: 1, to: null, delimiter: ',', ...expected });
    });
  }
});

describe('sniffDialect of the ends of a file', () => {
  const long = Array.from({ length: 3000 }, (_, i) => `${i},name ${i},${i % 7},2.5`).join('\n');

  test.each([
    ['a source', 'Source: the shop\n', true],
    ['totals with empty texts', 'Total,,9000,7500\n', true],
    ['nothing', '', false],
    ['a cut row', '77', false],
  ])('finds in the tail: %s', (_, end, isFooter) => {
    const text = `id,name,qty,price\n${long}\n${end}`;
    const sniffed = sniffEnds(text, 4096 * 4, 2000);
    expect(sniffed.footerStart).toBe(isFooter ? text.length - end.length : null);
    expect(sniffed.start.offsetBytes).toBe(0);
  });

  test('finds no totals when the head has some already', () => {
    const text = `id,name,qty,price\n1,a,2,3\nTotal,,2,3\n${long}\nTotal,,9000,7500\n`;
    expect(sniffEnds(text, 4096 * 4, 2000).footerStart).toBe(null);
  });

  test('finds no footer when the tail begins in a quoted text', () => {
    const prose = 'and so on, as was said before\n'.repeat(200);
    const text = `id,name,qty,price\n${long}\n1,"${prose}Source: me\n`;
    expect(sniffEnds(text, 4096 * 4, 2000).footerStart).toBe(null);
  });

  test('reads a head that is cut in a record', () => {
    const text = `id;name;qty;price\n${long.replaceAll(',', ';')}\n`;
    for (let headBytes = 100; headBytes < 160; headBytes++) {
      const sniffed = sniffEnds(text, headBytes, 0);
      expect(sniffed).toMatchObject({ delimiter: ';', headerRows: 1, footerStart: null });
    }
  });
});
