/** The kernel's quick look gives what its twin gives. */
import { expect, test } from 'vitest';
import { BUILDS } from '../../kernel/built-kernel.js';
import { checkQuickLook, kernelLook } from './check-quick-look.js';

const seed = Number(process.env.SEED ?? 20261122);
console.log(`quick look: SEED=${seed}`);

test.each(BUILDS)('%s looks as the loops over bytes do', (build) => {
  const runs = 4000;
  const plain = checkQuickLook(kernelLook(build), seed, runs);
  for (const count of [plain.starts, plain.ends]) {
    expect(count).toBeGreaterThan(runs / 20);
    expect(count).toBeLessThan(runs - runs / 4);
  }
});
