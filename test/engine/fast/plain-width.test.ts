/** The kernel's quick look at a sample gives what its twin gives. */
import { expect, test } from 'vitest';
import { BUILDS } from '../../kernel/built-kernel.js';
import { checkPlainWidth, kernelPlainWidth } from './check-plain-width.js';

const seed = Number(process.env.SEED ?? 20261122);
console.log(`plain width: SEED=${seed}`);

test.each(BUILDS)('%s looks as the loop over bytes does', (build) => {
  const runs = 4000;
  const plain = checkPlainWidth(kernelPlainWidth(build), seed, runs);
  expect(plain).toBeGreaterThan(runs / 20);
  expect(plain).toBeLessThan(runs / 2);
});
