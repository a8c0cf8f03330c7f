import { expect, test } from 'vitest';
import { RFC4180 } from '../../../src/csv/dialect.js';
import { createFastEngine } from '../../../src/engine/fast/fast-engine.js';
import { referenceEngine } from '../../../src/engine/reference/reference-engine.js';
import { builtModule } from '../../kernel/built-kernel.js';
import { GAP_RULE, PLAIN_RULES } from '../../support/plain-rules.js';
import { checkEqual, outcomeOf } from './check-equal.js';

const seed = Number(process.env.SEED ?? 20_261_121);

test('gives what the reference engine gives, on random tables by random rules', () => {
  const seen = checkEqual(seed, 250, 'random');
  const wanted = [
    'streams',
    'kept',
    'blank',
    'filtered',
    'duplicate',
    'schema',
    'SCHEMA',
    'spilled',
    'outlier',
    'rejected',
    'trimmedCells',
    'RAGGED',
  ];
  expect(wanted.filter((what) => !seen.has(what))).toEqual([]);
});

test('gives what the reference engine gives, on any text', () => {
  checkEqual(seed, 250, 'hostile');
});

/** A column of `textCount` texts, then numbers, one of them far out; and one of numbers. */
function textsFirst(textCount: number): Buffer {
  const cells = Array.from({ length: 3000 }, (_, i) => (i < textCount ? `t${i}` : `${i % 97}`));
  cells[2990] = '1e9';
  return Buffer.from(`a,b\n${cells.map((cell, i) => `${cell},${i % 89}\n`).join('')}`);
}

test.each([
  [999, null],
  [1000, null],
  [1000, ['a']],
  [100, null],
])(
  'stops at %d texts before the first number where the reference engine does, named %s',
  (textCount, columns) => {
    const outliers = { ...GAP_RULE, columns };
    const rules = { ...PLAIN_RULES, outliers };
    const bytes = textsFirst(textCount);
    const wanted = outcomeOf(referenceEngine, bytes, RFC4180, rules);
    expect(wanted).toHaveProperty('report');
    for (const blockBytes of [50, 777, 1 << 19]) {
      const engine = createFastEngine(builtModule('kernel.wasm'));
      expect(outcomeOf(engine, bytes, RFC4180, rules, { blockBytes })).toEqual(wanted);
    }
  },
);
