/** The dates that the kernel passes over, held to what their texts would change. */
import { expect, test } from 'vitest';
import { KERNEL_KINDS, kindOfValue } from '../../../src/engine/profile/value-kind.js';
import {
  addToEvidence,
  createColumnEvidence,
  isAllClosed,
  passedDates,
} from '../../../src/engine/values/column-evidence.js';
import { createDice } from '../../kernel/random.js';
import { randomDate } from '../../kernel/random-texts.js';

/** As the kernel takes them: it leaves others of the same kinds. */
const PLAIN = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?Z?)?)?$/;
const NO_NULLS: ReadonlySet<string> = new Set();

test('a date of a kind that is passed changes no evidence', () => {
  const dice = createDice(Number(process.env.SEED ?? 77));
  let passed = 0;
  for (let run = 0; run < 8000; run++) {
    const evidence = createColumnEvidence(dice.pick([['dates'], ['numbers', 'dates', 'booleans']]));
    const add = (text: string): void => addToEvidence(evidence, text, NO_NULLS, () => run);
    for (let known = dice.integer(1, 3); known > 0; known--) {
      const first = randomDate(dice);
      if (kindOfValue(first).startsWith('date YYYY-MM-DD')) add(first);
    }
    const kinds = passedDates(evidence);
    if (kinds === 0 || isAllClosed(evidence)) continue;
    for (let drawn = 0; drawn < 60; drawn++) {
      const text = randomDate(dice);
      const kind = KERNEL_KINDS.indexOf(kindOfValue(text));
      if (!PLAIN.test(text) || kind < 1 || kind > 30 || ((kinds >> kind) & 1) === 0) continue;
      passed++;
      const before = structuredClone(evidence);
      add(text);
      expect(evidence, text).toEqual(before);
    }
  }
  expect(passed).toBeGreaterThan(2000);
});

test.each(['2024-05-06T07:08:09+01:00', '31/01/2024', 'May 5, 2024'])('%s is looked at', (text) => {
  const evidence = createColumnEvidence(['dates']);
  addToEvidence(evidence, text, NO_NULLS, () => 1);
  const kind = KERNEL_KINDS.indexOf(kindOfValue(text));
  expect(kind < 0 ? 0 : (passedDates(evidence) >> kind) & 1).toBe(0);
});
