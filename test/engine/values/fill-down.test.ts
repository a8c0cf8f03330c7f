/** Filling from above, where a cell of one block has its value from another. */

import { expect, test } from 'vitest';
import { RFC4180 } from '../../../src/csv/dialect.js';
import { createFastEngine } from '../../../src/engine/fast/fast-engine.js';
import { referenceEngine } from '../../../src/engine/reference/reference-engine.js';
import type { Rules } from '../../../src/engine/rules.js';
import { builtModule } from '../../kernel/built-kernel.js';
import { QUIET_RULES } from '../../support/plain-rules.js';
import { outcomeOf } from '../fast/check-equal.js';

test('a block in which each blanked cell is filled with what it had is as it was', () => {
  // The first "a" is no token, and an "A" when it is handed down.
  const rules: Rules = {
    ...QUIET_RULES,
    columns: [{ column: 'a', rules: { fill: { kind: 'down' }, nulls: ['A'], case: 'upper' } }],
  };
  const bytes = Buffer.from('a,v\na,1\nA,2\nA,3\nA,4\n');
  const wanted = outcomeOf(referenceEngine, bytes, RFC4180, rules);
  expect(wanted).toMatchObject({ output: 'a,v\nA,1\nA,2\nA,3\nA,4\n' });
  const fast = createFastEngine(builtModule('kernel.wasm'));
  for (const blockBytes of [1, 5, 1 << 19]) {
    expect(outcomeOf(fast, bytes, RFC4180, rules, { blockBytes })).toEqual(wanted);
  }
});
