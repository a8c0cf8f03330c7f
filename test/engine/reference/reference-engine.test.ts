/**
 * The reference engine does what an independent model does, on random tables under random rules.
 */
import { describe, expect, test } from 'vitest';
import { checkHostile, checkModel } from './check-model.js';

const seed = Number(process.env.SEED ?? 20_260_301);

describe('the reference engine', () => {
  test('gives the bytes, rejects and counts of the model on random tables under random rules', () => {
    console.log(`seed ${seed}`);
    const seen = checkModel(seed, 600);
    // Not vacuous: what the rules are about has happened.
    const wanted = [
      'kept',
      'blank',
      'filtered',
      'duplicate',
      'schema',
      'outlier',
      'rejected',
      'bound',
      'bad_quote',
    ];
    const others = [
      'too_many_fields',
      'too_few_fields',
      'clip',
      'null',
      'flag',
      'report',
      'derives',
    ];
    expect([...wanted, ...others].filter((what) => (seen.get(what) ?? 0) < 5)).toEqual([]);
  });

  test('keeps the laws and gives what the model gives on any UTF-8 at all, for any window', () => {
    const seen = checkHostile(seed, 600);
    const wanted = ['kept', 'blank', 'filtered', 'rejected', 'too_many_fields', 'bad_quote'];
    expect([...wanted, 'DIALECT', 'RAGGED'].filter((what) => !seen.has(what))).toEqual([]);
  });
});
