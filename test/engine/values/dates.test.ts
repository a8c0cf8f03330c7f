/** Which columns are read as dates, and what their cells become. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateReader } from '../../../src/engine/values/date-pattern.js';
import { judgeCells } from './judge-cells.js';

const DATES = { dates: 'auto' } as const;

describe('dates auto', () => {
  const converted: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['DD.MM.YYYY', ['05.03.2024', '17.3.2024'], ['2024-03-05', '2024-03-17']],
    ['MM/DD/YYYY', ['03/05/2024', '3/17/2024'], ['2024-03-05', '2024-03-17']],
    ['DD/MM/YY', ['05/03/24', '31/12/69'], ['2024-03-05', '1969-12-31']],
    ['YYYY/MM/DD', ['2024/03/05', '2024/3/7'], ['2024-03-05', '2024-03-07']],
    ['YYYY-MM-DD', ['2024-3-5', '2024-12-31'], ['2024-03-05', '2024-12-31']],
    ['DD-MM-YYYY', ['05-03-2024', '31-01-2024'], ['2024-03-05', '2024-01-31']],
    [
      'D MMM YYYY',
      ['5 Jan 2024', '17 December 2023', '1st May 2024'],
      ['2024-01-05', '2023-12-17', '2024-05-01'],
    ],
    ['D MMM YYYY', ['5. Januar 2024', '17. Mär. 2024'], ['2024-01-05', '2024-03-17']],
    ['D MMM YYYY', ['5 de enero de 2024', '1 dic 2023'], ['2024-01-05', '2023-12-01']],
    ['D MMM YYYY', ['1er août 2024', '5 févr. 2024'], ['2024-08-01', '2024-02-05']],
    ['D MMM YY', ['05-Jan-24', '17-DEC-99'], ['2024-01-05', '1999-12-17']],
    ['MMM D YYYY', ['Jan 5, 2024', 'December 17 2023'], ['2024-01-05', '2023-12-17']],
    ['YYYY MMM D', ['2024 Jan 5', '2023-Dec-17'], ['2024-01-05', '2023-12-17']],
    [
      'DD.MM.YYYY',
      ['31.12.2024 7:05', '01.02.2024 17:30:05'],
      ['2024-12-31T07:05', '2024-02-01T17:30:05'],
    ],
    [
      'MM/DD/YYYY',
      ['12/31/2024 12:00 AM', '01/02/2024 1:30:05.250 pm'],
      ['2024-12-31T00:00', '2024-01-02T13:30:05.250'],
    ],
    [
      'YYYY/MM/DD',
      ['2024/01/02 10:00 +0100', '2024/01/02T10:00Z', '2024/01/02 10:00 UTC'],
      ['2024-01-02T10:00+01:00', '2024-01-02T10:00Z', '2024-01-02T10:00Z'],
    ],
  ];
  test.each(converted)('%s: %j', (format, cells, wanted) => {
    const { told, cells: found } = judgeCells(cells, DATES);
    expect(found).toEqual(wanted);
    expect(told).toEqual([`dates ${format}`]);
    expect(judgeCells(found, DATES).cells).toEqual(found);
  });

  const left: readonly (readonly [string, readonly string[]])[] = [
    ['ambiguous', ['01/02/2024', '03/04/2024']],
    ['ambiguous', ['01.02.2024', '12.12.2024']],
    ['ambiguous', ['10-11-12', '01-02-03']],
    ['mixed', ['31/12/2024', '12/31/2024']],
    ['mixed', ['31.12.2024', '2024-12-31']],
    ['mixed', ['31.12.2024', '31.12.24']],
    ['mixed', ['31.12.2024', '30.12.2024 10:00']],
    ['text', ['31.12.2024', '30.02.2024']],
    ['text', ['31.12.2024', 'open']],
    ['text', ['31.12.2024', '20241231']],
    ['text', ['5 Jan 2024', '5 Foo 2024']],
    ['text', ['31.12.2024 10:00', '31.12.2024 25:00']],
  ];
  test.each(left)('is left, %s: %j', (reason, cells) => {
    const { told, cells: found } = judgeCells(cells, DATES);
    expect([found, told]).toEqual([cells, [`dates ${reason}`]]);
  });

  const silent: readonly (readonly string[])[] = [
    ['2024-12-31', '2024-01-01'],
    ['2024-12-31T10:00:00', '2024-12-31 11:00:00.5+02:00'],
    ['45000', '45001'],
    ['1.2.3', '1.2.4'],
    ['2024', '2025'],
  ];
  test.each(silent.map((cells) => [cells]))('has nothing to do with %j', (cells) => {
    const { told, cells: found } = judgeCells(cells, DATES);
    expect([found, told]).toEqual([cells, []]);
  });

  test('names the two flags where day and month may be either', () => {
    const [finding] = judgeCells(['01/02/2024'], DATES, 'due').verdict.findings;
    expect(finding).toMatchObject({
      detail: 'all values fit DD/MM/YYYY and MM/DD/YYYY',
      remedy: "--dates 'due=DD/MM/YYYY' or --dates 'due=MM/DD/YYYY'",
      example: { line: 2, value: '01/02/2024' },
    });
  });

  test('gives back every day of a calendar, whatever it was written as', () => {
    const days = fc.date({
      min: new Date('0100-01-01'),
      max: new Date('9999-12-31'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(days, (date) => {
        const iso = date.toISOString().slice(0, 10);
        const [year, month, day] = iso.split('-');
        const proof = [`31.12.${year}`, `12/31/${year}`, `${year}/12/31`];
        const texts = [
          `${day}.${month}.${year}`,
          `${month}/${day}/${year}`,
          `${year}/${month}/${day}`,
        ];
        texts.forEach((text, i) => {
          expect(judgeCells([proof[i]!, text], DATES).cells[1]).toBe(iso);
        });
      }),
      { seed: 20261130, numRuns: 300 },
    );
  });
});

describe('a format that is named', () => {
  test.each([
    ['DD.MM.YYYY', '1.2.2024', '2024-02-01'],
    ['DD.MM.YYYY', '30.02.2024', null],
    ['DD.MM.YYYY', '01/02/2024', null],
    ['MM/DD/YY HH:mm', '12/31/24 7:05', '2024-12-31T07:05'],
    ['YYYYMMDD', '20241231', '2024-12-31'],
    ['YYYYMMDD', '2024123', null],
    ['DDMMYYYY', '31122024', '2024-12-31'],
    ['D MMM YYYY', '5 Mai 2024', '2024-05-05'],
    ['%d.%m.%Y', '31.12.2024', '2024-12-31'],
    ['%Y-%m-%d %I:%M %p', '2024-12-31 12:30 AM', '2024-12-31T00:30'],
    ['YYYY-MM-DD[T]HH:mm:ssZ', '2024-12-31T10:00:00+0100', '2024-12-31T10:00:00+01:00'],
    ['[am] D.M.YYYY', 'am 5.6.2024', '2024-06-05'],
    ['excel', '45000', '2023-03-15'],
    ['excel', '45000.5', '2023-03-15T12:00:00'],
    ['excel', '60', null],
    ['unix', '1700000000', '2023-11-14T22:13:20Z'],
    ['unixms', '1700000000123', '2023-11-14T22:13:20.123Z'],
  ])('%s reads %s as %s', (format, text, iso) => {
    expect(dateReader(format)(text)).toBe(iso);
  });

  test.each(['DD.MM', 'YYYY', 'hello', 'DD.MM.YYYY DD', 'YYYY-MM-DD mm'])(
    '%s is refused',
    (format) => {
      expect(() => dateReader(format)).toThrow(/names no day, month and year/);
    },
  );
});
