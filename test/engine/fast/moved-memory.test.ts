/**
 * The kernel's memory grows in the midst of a block, and arrays over it are worth nothing from then
 * on: who reads cells must have made theirs behind it. Mostly empty lines make it grow, since each
 * takes more in lists than in bytes; the engine must be new.
 */

import { expect, test } from 'vitest';
import { RFC4180 } from '../../../src/csv/dialect.js';
import type { ColumnRules } from '../../../src/engine/column-rules.js';
import { createFastEngine } from '../../../src/engine/fast/fast-engine.js';
import { referenceEngine } from '../../../src/engine/reference/reference-engine.js';
import type { Rules } from '../../../src/engine/rules.js';
import { builtModule } from '../../kernel/built-kernel.js';
import { QUIET_RULES } from '../../support/plain-rules.js';
import { outcomeOf } from './check-equal.js';

function rulesWith(v: ColumnRules, w: ColumnRules): Rules {
  return {
    ...QUIET_RULES,
    columns: [
      { column: 'v', rules: v },
      { column: 'w', rules: w },
    ],
  };
}

const EMPTY_LINES = '\n'.repeat(300_000);

test('a cell with a value is not filled where the memory grows before it is read', () => {
  const bytes = Buffer.from(`v,w\nabc,1\n${EMPTY_LINES}def,2\n,3\n`);
  const rules = rulesWith({ fill: { kind: 'text', text: 'X' } }, {});
  const found = outcomeOf(createFastEngine(builtModule('kernel.wasm')), bytes, RFC4180, rules);
  expect(found).toMatchObject({ output: 'v,w\nabc,1\ndef,2\nX,3\n' });
  expect(found).toEqual(outcomeOf(referenceEngine, bytes, RFC4180, rules));
});

test('a ragged record is told with its width where the memory grows before it', () => {
  const row = ` ${'a'.repeat(60)},${'b'.repeat(60)}\n`;
  const bytes = Buffer.from(`v,w\n${row.repeat(1500)}${EMPTY_LINES}1,2,3\n`);
  const rules = rulesWith({ case: 'upper' }, { case: 'upper' });
  const engine = createFastEngine(builtModule('kernel.wasm'));
  const found = outcomeOf(engine, bytes, RFC4180, rules, { wantsSamples: true });
  expect(found).toMatchObject({ rejects: [{ message: '3 fields, the header has 2' }] });
  expect(found).toEqual(outcomeOf(referenceEngine, bytes, RFC4180, rules, { wantsSamples: true }));
});

test('a group is known by its key where the memory grows for the keys', () => {
  const rows = Array.from({ length: 500 }, (_, i) => `g${i % 7},${i}\n`).join('');
  const bytes = Buffer.from(`v,w\n${EMPTY_LINES}${rows}`);
  const rules = { ...rulesWith({}, {}), columns: [], derive: ['n = count() by v'] };
  const found = outcomeOf(createFastEngine(builtModule('kernel.wasm')), bytes, RFC4180, rules);
  expect(found).toEqual(outcomeOf(referenceEngine, bytes, RFC4180, rules));
});
