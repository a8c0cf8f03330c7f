/** Column names: what each rule makes of a header, and the laws that hold for any strings. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldToAscii } from '../../src/engine/ascii-fold.js';
import { cleanColumnNames, makeUnique, toSnakeWords } from '../../src/engine/column-names.js';
import type { NameCase } from '../../src/engine/rules.js';

const CASES: readonly NameCase[] = [
  'snake',
  'camel',
  'pascal',
  'kebab',
  'const',
  'lower',
  'preserve',
];

const seed = Number(process.env.SEED ?? 20_250_301);

function snake(name: string): string {
  return cleanColumnNames([name], 'snake')[0]!;
}

describe('cleanColumnNames in snake case', () => {
  test.each([
    [' Vendor Name ', 'vendor_name'],
    ['\u00a0\ufeff\u3000Vendor\tName\r\n', 'vendor_name'],
    ['Amount (EUR)', 'amount_eur'],
    ['a -- b..c__d', 'a_b_c_d'],
    ['Q1 Sales (€)', 'q1_sales'],
    ['PM2.5', 'pm2_5'],
  ])('puts one underscore where %j has other characters', (name, expected) => {
    expect(snake(name)).toBe(expected);
  });

  test.each([
    ['VendorID', 'vendor_id'],
    ['VendorIDs', 'vendor_ids'],
    ['vendorIDsList', 'vendor_ids_list'],
    ['HTTPStatus', 'http_status'],
    ['tripDistanceKM', 'trip_distance_km'],
    ['PULocationID', 'pu_location_id'],
    ['tpep_pickup_datetime', 'tpep_pickup_datetime'],
    ['CO2Emissions', 'co2_emissions'],
    ['utf8ID', 'utf8_id'],
    ['TOTAL', 'total'],
    ['ÉtatCivil', 'etat_civil'],
    ['ИмяКлиента', 'имя_клиента'],
  ])('splits %j where a word begins', (name, expected) => {
    expect(snake(name)).toBe(expected);
  });

  test.each([
    ['SO2', 'so2'],
    ['H2O', 'h2o'],
    ['Energy kWh', 'energy_kwh'],
    ['pH', 'ph'],
    ['Volume (mL)', 'volume_ml'],
    ['PhD', 'phd'],
  ])('leaves units and formulas whole in %j', (name, expected) => {
    expect(snake(name)).toBe(expected);
  });

  test.each([
    ['Größe', 'grosse'],
    ['Straße', 'strasse'],
    ['STRAẞE', 'strasse'],
    ['Ærø', 'aero'],
    ['ÆRØ', 'aero'],
    ['Łódź', 'lodz'],
    ['Đặng', 'dang'],
    ['Þór', 'thor'],
    ['cœur', 'coeur'],
    ['İstanbul ılık', 'istanbul_ilik'],
    ['e\u0301te\u0301', 'ete'],
    ['Ｎａｍｅ', 'name'],
    ['ﬁnal m²', 'final_m2'],
  ])('writes %j in ASCII', (name, expected) => {
    expect(snake(name)).toBe(expected);
  });

  test.each([
    ['Имя', 'имя'],
    ['Йод', 'йод'],
    ['名前', '名前'],
    ['हिन्दी', 'हिन्दी'],
    ['Имя 2', 'имя_2'],
    ['Цена (USD)', 'цена_usd'],
    ['Μέσος όρος', 'μέσος_όρος'],
  ])('keeps the letters of %j that have no ASCII spelling', (name, expected) => {
    expect(snake(name)).toBe(expected);
  });

  test.each([
    ['tip %', 'tip_percent'],
    ['%growth', 'percent_growth'],
    ['＃ of trips', 'number_of_trips'],
    ['R&D', 'r_and_d'],
    ['\u00b5g/m³', 'ug_m3'],
    ['\u03bcg/m³', 'ug_m3'],
    ['5 ㎍', 'x5_ug'],
  ])('spells out the symbols of %j', (name, expected) => {
    expect(snake(name)).toBe(expected);
  });

  test.each([
    ["driver's", 'drivers'],
    ['driver\u2019s', 'drivers'],
    ["DRIVER's ID", 'drivers_id'],
    ['Um\u00adsatz', 'umsatz'],
    ['na\u200bme', 'name'],
  ])('lets apostrophes and unseen characters vanish from %j', (name, expected) => {
    expect(snake(name)).toBe(expected);
  });

  test.each([
    ['2019 Sales', 'x2019_sales'],
    ['1st', 'x1st'],
    ['100%', 'x100_percent'],
    ['_2', 'x2'],
  ])('puts an x before the leading digit of %j', (name, expected) => {
    expect(snake(name)).toBe(expected);
  });

  test('names a column by its place, from 1, when no letter or digit is left', () => {
    expect(cleanColumnNames(['', 'a', ' € ', '\ud800'], 'snake')).toEqual([
      'column_1',
      'a',
      'column_3',
      'column_4',
    ]);
  });

  test('takes names of object members for plain data', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'constructor'];
    expect(cleanColumnNames(names, 'snake')).toEqual([
      'proto',
      'constructor',
      'to_string',
      'has_own_property',
      'constructor_2',
    ]);
  });

  test('makes equal names distinct after cleaning them', () => {
    expect(cleanColumnNames(['Fare', ' fare ', 'FARE', 'fare 2'], 'snake')).toEqual([
      'fare',
      'fare_3',
      'fare_4',
      'fare_2',
    ]);
  });

  test('gives an empty header no names', () => {
    expect(cleanColumnNames([], 'snake')).toEqual([]);
  });
});

describe('cleanColumnNames in every case', () => {
  test.each([
    ['snake', 'vendor_id_grosse_percent'],
    ['camel', 'vendorIdGrossePercent'],
    ['pascal', 'VendorIdGrossePercent'],
    ['kebab', 'vendor-id-grosse-percent'],
    ['const', 'VENDOR_ID_GROSSE_PERCENT'],
    ['lower', 'vendorid_grosse_percent'],
    ['preserve', 'VendorID_Grosse_percent'],
  ] as const)('joins the words for %s', (nameCase, expected) => {
    expect(cleanColumnNames([' VendorID (Größe %)'], nameCase)).toEqual([expected]);
  });

  test.each([
    ['snake', ['x2019_sales', 'column_2']],
    ['camel', ['x2019Sales', 'column2']],
    ['pascal', ['X2019Sales', 'Column2']],
    ['kebab', ['x2019-sales', 'column-2']],
    ['const', ['X2019_SALES', 'COLUMN_2']],
    ['lower', ['x2019_sales', 'column_2']],
    ['preserve', ['x2019_Sales', 'column_2']],
  ] as const)('writes leading digits and missing names for %s', (nameCase, expected) => {
    expect(cleanColumnNames(['2019 Sales', '??'], nameCase)).toEqual(expected);
  });

  test('takes very long names, lone surrogates and control characters', () => {
    const long = 'aB9\u0301 \ud800\u0000Ж%'.repeat(1_200);
    for (const nameCase of CASES) {
      const [name] = cleanColumnNames([long, '\udfff'], nameCase);
      expect(name).toMatch(/^[\p{L}\p{M}\p{N}_-]+$/u);
    }
  });
});

describe('makeUnique', () => {
  test('passes over names that another column has by itself', () => {
    expect(makeUnique(['a', 'a', 'a_2'])).toEqual(['a', 'a_3', 'a_2']);
    expect(makeUnique(['a_2', 'a', 'a', 'a_2'])).toEqual(['a_2', 'a', 'a_3', 'a_2_2']);
  });

  test('leaves distinct names alone, whatever they are', () => {
    const names = ['', ' ', '__proto__', 'A', 'a'];
    expect(makeUnique(names)).toEqual(names);
  });

  test('numbers 16,384 equal names in order', () => {
    const names = makeUnique(new Array<string>(16_384).fill('n'));
    expect(names.slice(0, 3)).toEqual(['n', 'n_2', 'n_3']);
    expect(names.at(-1)).toBe('n_16384');
  });
});

describe('toSnakeWords', () => {
  test('gives the words of a name in lower case, and none without letters or digits', () => {
    expect(toSnakeWords(' PULocationID #2')).toEqual(['pu', 'location', 'id', 'number', '2']);
    expect(toSnakeWords('--')).toEqual([]);
  });
});

describe('foldToAscii', () => {
  test('leaves ASCII as it is, control characters included', () => {
    const ascii = String.fromCharCode(...Array.from({ length: 128 }, (_, code) => code));
    expect(foldToAscii(ascii)).toBe(ascii);
  });

  test('writes a capital of two letters as its neighbours are written', () => {
    expect(foldToAscii('Æro ÆRO Æ')).toBe('Aero AERO AE');
  });
});

describe(`names of any strings (SEED=${seed})`, () => {
  const anyName = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.string({
      unit: fc.constantFrom(...'aBcDEF12 _%#&\u03bcΜαЖй\u0301ßÆ\u200d\ud800名-'),
      maxLength: 16,
    }),
    fc.constantFrom('a', 'A', 'a_2', 'a 2', 'x1', '1', 'column_2', '', '__proto__'),
  );
  const anyHeader = fc.array(anyName, { maxLength: 8 });

  test('cleanColumnNames gives distinct names of letters, digits and one separator', () => {
    fc.assert(
      fc.property(anyHeader, fc.constantFrom(...CASES), (header, nameCase) => {
        const names = cleanColumnNames(header, nameCase);
        expect(names).toHaveLength(header.length);
        expect(new Set(names).size).toBe(names.length);
        for (const name of names) {
          expect(name).toMatch(/^[\p{L}\p{M}\p{N}]+([_-][\p{L}\p{M}\p{N}]+)*$/u);
          expect(name).not.toMatch(/^\p{N}/u);
          expect(name).toBe(name.normalize('NFC'));
        }
        expect(cleanColumnNames(header, nameCase)).toEqual(names);
      }),
      { seed, numRuns: 3_000 },
    );
  });

  test('cleanColumnNames leaves its own snake case names alone', () => {
    fc.assert(
      fc.property(anyHeader, (header) => {
        const names = cleanColumnNames(header, 'snake');
        expect(cleanColumnNames(names, 'snake')).toEqual(names);
        for (const name of names) expect(name).toBe(name.toLowerCase());
      }),
      { seed, numRuns: 3_000 },
    );
  });

  test('cleanColumnNames leaves its own names alone in every case that keeps words apart', () => {
    const cases = fc.constantFrom<NameCase>('snake', 'kebab', 'const', 'lower', 'preserve');
    fc.assert(
      fc.property(anyHeader, cases, (header, nameCase) => {
        const names = cleanColumnNames(header, nameCase);
        expect(cleanColumnNames(names, nameCase)).toEqual(names);
      }),
      { seed, numRuns: 3_000 },
    );
  });

  test.each([
    ['kebab', ['a', 'a-2', 'unit-price', 'unit-price-2']],
    ['camel', ['a', 'a2', 'unitPrice', 'unitPrice2']],
    ['pascal', ['A', 'A2', 'UnitPrice', 'UnitPrice2']],
    ['const', ['A', 'A_2', 'UNIT_PRICE', 'UNIT_PRICE_2']],
  ] as const)('cleanColumnNames numbers equal names as %s joins words', (nameCase, wanted) => {
    const names = cleanColumnNames(['a', 'a', 'Unit price', 'unit price'], nameCase);
    expect(names).toEqual(wanted);
    expect(cleanColumnNames(names, nameCase)).toEqual(names);
  });

  test('cleanColumnNames leaves its own names alone for each letter there is', () => {
    const letter = /[\p{L}\p{N}\p{M}]/u;
    const header: string[] = [];
    // One context a letter keeps this short; the planes above hold only rare ideographs.
    for (let code = 0x80; code < 0x2_0000; code += 1) {
      const char = String.fromCodePoint(code);
      if (letter.test(char)) header.push(`${char}\u0301A${char}b${char}`);
    }
    const names = cleanColumnNames(header, 'snake');
    expect(cleanColumnNames(names, 'snake')).toEqual(names);
  });

  test('makeUnique keeps the first of equal names, and changes nothing twice', () => {
    const names = fc.array(fc.constantFrom('a', 'a_2', 'a_2_2', 'a_3', 'b', ''), { maxLength: 12 });
    fc.assert(
      fc.property(names, (given) => {
        const unique = makeUnique(given);
        expect(new Set(unique).size).toBe(given.length);
        for (const [index, name] of given.entries()) {
          if (given.indexOf(name) === index) expect(unique[index]).toBe(name);
        }
        expect(makeUnique(unique)).toEqual(unique);
      }),
      { seed, numRuns: 1_000 },
    );
  });
});
