/** The fast run of `--check` against what runs write. */
import { expect, test } from 'vitest';
import { checkChecks } from './check-suite.js';

const seed = Number(process.env.SEED ?? 20_261_130);
console.log(`SEED=${seed}`);

test('--check tells what a run would change, and nothing of what was cleaned', async () => {
  const seen = await checkChecks(seed, 120);
  expect(seen.get('would change')).toBeGreaterThan(60);
  expect(seen.get('clean again')).toBeGreaterThan(60);
  expect(seen.get('in spans')).toBeGreaterThan(30);
});
