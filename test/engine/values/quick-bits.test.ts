/** The bits that bytes show, held to those of the text. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dateBits } from '../../../src/engine/values/date-text.js';
import { numeralBits } from '../../../src/engine/values/numeral.js';
import {
  quickDateBits,
  quickNumeralBits,
  quickTruthBits,
  UNSURE,
} from '../../../src/engine/values/quick-bits.js';
import { truthBits } from '../../../src/engine/values/truth-words.js';

const twoDigits = fc.nat(70).map((n) => String(n).padStart(2, '0'));
const number = fc.oneof(
  fc.integer({ min: 1, max: 12 }).map(String),
  fc.integer({ min: 1, max: 12 }).map((n) => String(n).padStart(2, '0')),
  fc.integer({ min: 1990, max: 2030 }).map(String),
  fc.nat(40).map(String),
  twoDigits,
  fc.nat(9999).map(String),
);
const mark = fc.constantFrom('/', '.', '-', '-', ',');
const time = fc.oneof(
  fc.constant(''),
  fc
    .tuple(fc.constantFrom(' ', 'T', ', '), twoDigits, twoDigits, twoDigits)
    .map(([before, h, m, s]) => `${before}${h}:${m}:${s}`),
  fc
    .tuple(
      fc.constantFrom(' ', 'T'),
      fc.constantFrom('10:30', '23:59:59', '07:05:00'),
      fc.option(
        fc.nat(1e9).map((n) => `.${n}`),
        { nil: '' },
      ),
      fc.constantFrom('', 'Z', 'z', '+01:00', ' Z'),
    )
    .map((parts) => parts.join('')),
  fc.constantFrom(' 10:30', 'T23:59', ' 7:05', 'x', ' 10:30 pm'),
);
const isoDay = fc.date({
  min: new Date('1890-01-01'),
  max: new Date('2100-01-01'),
  noInvalidDate: true,
});
const date = fc.oneof(
  fc
    .tuple(number, mark, number, fc.option(mark, { nil: null }), number, time)
    .map(([a, first, b, second, c, behind]) => `${a}${first}${b}${second ?? first}${c}${behind}`),
  fc.tuple(isoDay, time).map(([day, behind]) => day.toISOString().slice(0, 10) + behind),
);
const group = fc.oneof(
  fc.nat(999).map((n) => String(n).padStart(3, '0')),
  fc.nat(99_999).map(String),
  fc.integer({ min: 1, max: 70 }).map((length) => '7'.repeat(length)),
);
const numeral = fc
  .tuple(
    fc.constantFrom('', '-', '+'),
    fc.nat(2000).map(String),
    fc.array(fc.tuple(fc.constantFrom(',', '.'), group), { maxLength: 4 }),
  )
  .map(([sign, head, groups]) => `${sign}${head}${groups.map((one) => one.join('')).join('')}`);
const word = fc.constantFrom(
  'yes',
  'No',
  'Y',
  'n',
  'ja',
  'x',
  'true',
  'TRUE',
  'oui',
  'sí',
  'nein',
  '\0no',
  '\0\0n',
  '',
);

test.each([
  ['dates', date, quickDateBits, dateBits],
  ['numerals', numeral, quickNumeralBits, numeralBits],
  ['truths', word, quickTruthBits, truthBits],
] as const)('bytes of %s show what their texts do, or nothing', (_, texts, quick, slow) => {
  let sure = 0;
  let count = 0;
  fc.assert(
    fc.property(
      texts as fc.Arbitrary<string>,
      fc.constantFrom('', '7', ',', '/3'),
      (text, behind) => {
        const bytes = Buffer.from(`9${text}${behind}`);
        const end = 1 + Buffer.byteLength(text);
        const bits = quick(bytes, 1, end);
        count++;
        if (bits === UNSURE) return;
        sure++;
        expect(bits, text).toBe(slow(text));
      },
    ),
    { seed: 20261130, numRuns: 20_000 },
  );
  // An answer that never comes would be no use.
  expect(sure / count).toBeGreaterThan(0.05);
});
