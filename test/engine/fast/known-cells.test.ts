/** More cells than are known at a time: what is converted is the same. */
import { expect, test } from 'vitest';
import { RFC4180 } from '../../../src/csv/dialect.js';
import { createFastEngine } from '../../../src/engine/fast/fast-engine.js';
import { referenceEngine } from '../../../src/engine/reference/reference-engine.js';
import { builtModule } from '../../kernel/built-kernel.js';
import { PLAIN_RULES } from '../../support/plain-rules.js';
import { createRandom } from '../outliers/distributions.js';
import { outcomeOf } from './check-equal.js';

const fast = createFastEngine(builtModule('kernel.wasm'));

test.each([30, 3000, 9000])('of %d different cells each is converted as its text', (distinct) => {
  const next = createRandom(distinct);
  const draw = (count: number): number => Math.floor(next() * count);
  const cell = (): string => {
    const text = `a${draw(distinct)}${'z'.repeat(draw(30))}`;
    return draw(9) === 0 ? `"${text}, é"` : text;
  };
  const rows = Array.from({ length: 20_000 }, (_, i) => `${i},${cell()},${draw(5)}`);
  const bytes = Buffer.from(['id,code,n', ...rows, ''].join('\n'));
  const rules = {
    ...PLAIN_RULES,
    columns: [{ column: 'code', rules: { case: 'upper' as const } }],
  };
  const sizes = { spanBytes: 1 << 20, blockBytes: 1 << 14, residentBytes: 0, outputBytes: 1 << 16 };
  const expected = outcomeOf(referenceEngine, bytes, RFC4180, rules);
  expect(outcomeOf(fast, bytes, RFC4180, rules, sizes)).toEqual(expected);
});
