/** Numerals whose bits their shape tells. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/csv/missing.js';
import { hasBitsOfShape, numeralBits, unitOf } from '../../../src/engine/values/numeral.js';
import { createDice } from '../../kernel/random.js';
import { randomCode } from '../../kernel/random-texts.js';

const digits = fc.nat(99_999).map(String);
const numeral = fc
  .tuple(
    fc.constantFrom('', '', '-', '+', '(', '€ ', '$', 'EUR ', '-€', '( $'),
    digits,
    fc.array(fc.tuple(fc.constantFrom(',', '.', ' ', "'", '\u00a0'), digits), { maxLength: 3 }),
    fc.constantFrom('', '', '%', ' %', ')', '-', ' €', 'kg', ' USD', 'e5', '.', ',', 'x'),
  )
  .map(([before, first, groups, behind]) => {
    return before + first + groups.map((one) => one.join('')).join('') + behind;
  });
const code = fc.integer().map((seed) => randomCode(createDice(seed)));

test('numerals that differ in digits only, 0 or not at first, have the same bits and unit', () => {
  let bound = 0;
  fc.assert(
    fc.property(fc.oneof(numeral, code), fc.infiniteStream(fc.nat(9)), (text, draws) => {
      if (isMissing(text) || !hasBitsOfShape(text)) return;
      bound++;
      let isFirst = true;
      const other = text.replace(/\d/g, (digit) => {
        const drawn = draws.next().value as number;
        const led = digit === '0' ? 0 : Math.max(1, drawn);
        const next = isFirst ? led : drawn;
        isFirst = false;
        return String(next);
      });
      expect(numeralBits(other), `${text}, and ${other}`).toBe(numeralBits(text));
      expect(unitOf(other)).toBe(unitOf(text));
    }),
    { seed: Number(process.env.SEED ?? 99), numRuns: 30_000 },
  );
  expect(bound).toBeGreaterThan(10_000);
});

test.each(['1e5', '12E3', '1234567890123456', 'none'])('%s tells nothing by its shape', (text) => {
  expect(hasBitsOfShape(text)).toBe(false);
});
