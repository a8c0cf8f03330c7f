import { expect, test } from 'vitest';
import { isMissing } from '../../../src/csv/missing.js';
import { trimText } from '../../../src/csv/trim-text.js';
import { kindOfValue } from '../../../src/engine/profile/value-kind.js';
import { hasKindOfShape } from '../../../src/engine/profile/value-shape.js';
import { createDice } from '../../kernel/random.js';
import { randomCell } from '../../kernel/random-cells.js';
import { randomCode, randomDate, randomWord } from '../../kernel/random-texts.js';

test('texts that differ in digits only are of one kind, where their shape tells it', () => {
  const dice = createDice(Number(process.env.SEED ?? 515));
  let bound = 0;
  for (let run = 0; run < 40_000; run++) {
    const text = trimText(dice.pick([randomCell, randomCode, randomDate, randomWord])(dice));
    if (isMissing(text) || !hasKindOfShape(text)) continue;
    bound++;
    const kind = kindOfValue(text);
    for (const draw of [() => 0, () => 9, () => dice.integer(0, 9)]) {
      const other = text.replace(/\d/g, () => String(draw()));
      expect(isMissing(other), other).toBe(false);
      expect(kindOfValue(other), `${text}, and ${other}`).toBe(kind);
    }
  }
  expect(bound).toBeGreaterThan(5000);
});

test.each([
  ...['12.5', '1e999', '31/02/2024', '12:99', '5 Foo 2024', 'May 5, 2024', '1,234', '#DIV/5!'],
])('the digits of %s may tell its kind', (text) => {
  expect(hasKindOfShape(text)).toBe(false);
});

test.each([
  ...['12 kg', '1,50 €', '12,5 %', 'SKU-0012', '+49 171 1234567', '1 234 567', '12,34', 'A1'],
])('the shape of %s tells its kind', (text) => {
  expect(hasKindOfShape(text)).toBe(true);
});
