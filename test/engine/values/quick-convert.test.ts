/** Cells that are converted by their bytes, held to those that are converted as texts. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dateBits, FORMATS, isoDate } from '../../../src/engine/values/date-text.js';
import { COMMA, numeralBits, POINT, plainNumeral } from '../../../src/engine/values/numeral.js';
import { quickConvert } from '../../../src/engine/values/quick-convert.js';
import { UNCHANGED } from '../../../src/engine/values/value-counts.js';
import type { TypeVerdict } from '../../../src/engine/values/verdict.js';

/** The text that bytes were made to; null where it is left to the text. */
function convert(type: TypeVerdict, text: string): string | null {
  const bytes = Buffer.from(`9${text},7`);
  const to = Buffer.alloc(200, 'x');
  const next = quickConvert(type)?.(bytes, 1, 1 + Buffer.byteLength(text), to, 3) ?? -1;
  if (next === UNCHANGED) return text;
  return next < 0 ? null : to.toString('utf8', 3, next);
}

const numeral = fc
  .tuple(
    fc.constantFrom('', '-', '+', '€ ', 'EUR', '-$', '( ', '€\u00a0'),
    fc.nat(2_000_000).map(String),
    fc.constantFrom(',', '.', ' ', "'", ''),
    fc.constantFrom(',', '.', ''),
    fc.stringMatching(/^\d{0,5}$/),
    fc.constantFrom('', '', ' €', '%', ' %', '-', ')', 'zł', ' kr.', '.'),
  )
  .map(([sign, whole, group, decimal, fraction, unit]) => {
    return `${sign}${whole.replace(/\B(?=(?:\d{3})+$)/g, group)}${decimal}${fraction}${unit}`;
  });

test('numerals', () => {
  let sure = 0;
  fc.assert(
    fc.property(numeral, fc.constantFrom('.', ',' as const), (text, decimal) => {
      // Only what the column was found to be is converted.
      if ((numeralBits(text) & (decimal === '.' ? POINT : COMMA)) === 0) return;
      const found = convert({ kind: 'numbers', decimal: decimal as '.' | ',' }, text);
      if (found === null) return;
      sure++;
      expect(found, text).toBe(plainNumeral(text, decimal as '.' | ','));
    }),
    { seed: 20261130, numRuns: 40_000 },
  );
  expect(sure).toBeGreaterThan(2000);
});

const two = fc.integer({ min: 1, max: 31 });
const date = fc
  .tuple(two, two, fc.integer({ min: 1, max: 2100 }), fc.boolean(), fc.constantFrom('/', '.', '-'))
  .chain(([a, b, year, isPadded, mark]) => {
    const pad = (n: number): string => String(n).padStart(isPadded ? 2 : 1, '0');
    const years = fc.constantFrom(
      String(year).padStart(4, '0'),
      String(year % 100).padStart(2, '0'),
    );
    const time = fc.constantFrom('', '', ' 10:30', ' 23:59:59', 'T07:05', ' 7:05');
    return fc
      .tuple(years, fc.boolean(), time)
      .map(
        ([y, isFirst, t]) => (isFirst ? [y, pad(a), pad(b)] : [pad(a), pad(b), y]).join(mark) + t,
      );
  });

test('dates', () => {
  let sure = 0;
  fc.assert(
    fc.property(date, fc.constantFrom(...FORMATS), (text, { bit }) => {
      if ((dateBits(text) & bit) === 0) return;
      const found = convert({ kind: 'dates', format: bit }, text);
      if (found === null) return;
      sure++;
      expect(found, text).toBe(isoDate(text, bit));
    }),
    { seed: 20261130, numRuns: 60_000 },
  );
  expect(sure).toBeGreaterThan(1000);
});
