/** The fast run of fixtures with bytes changed. */
import { expect, test } from 'vitest';
import { checkMutations } from './mutation-suite.js';

const seed = Number(process.env.SEED ?? 20_261_121);
console.log(`SEED=${seed}`);

test('mutated fixtures are cleaned alike, whole, in spans and by the reference engine', async () => {
  const seen = await checkMutations(seed, 60);
  expect(seen.get('cleaned')).toBeGreaterThan(30);
});
