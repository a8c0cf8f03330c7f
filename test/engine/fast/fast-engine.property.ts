/** The long runs of the fast engine against the reference engine: `SEED=n`, `RUNS=n`. */
import { expect, test } from 'vitest';
import { checkEqual } from './check-equal.js';
import { checkQuickLook, kernelLook } from './check-quick-look.js';

const seed = Number(process.env.SEED ?? 7);
const numRuns = Number(process.env.RUNS ?? 12_000);

for (const tables of ['random', 'hostile'] as const) {
  test(`the fast engine gives what the reference engine gives: ${tables} tables`, () => {
    const seen = checkEqual(seed, numRuns, tables);
    console.log(`seed ${seed}, ${numRuns} tables`, Object.fromEntries([...seen].sort()));
    expect(seen.size).toBeGreaterThan(8);
  });
}

test('the kernel looks at both ends as the loops over bytes do', () => {
  const plain = checkQuickLook(kernelLook('kernel.wasm'), seed, 5 * numRuns);
  expect(plain.starts).toBeGreaterThan(numRuns / 4);
});
