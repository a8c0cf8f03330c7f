/** The long run of the ordered values' property. */
import { test } from 'vitest';
import { checkOrder, checkOrderOfParts, SHAPES } from './check-order.js';

test.each(SHAPES)('ordered values equal one sort of everything: %s', (shape) => {
  const seed = Number(process.env.SEED ?? 88_003);
  console.log(`seed ${seed}`);
  for (let round = 0; round < 5; round++) {
    const lengths = [31 + round, 1000 + 7 * round, 5000 + 999 * round];
    checkOrder(seed + round, shape, lengths);
    checkOrderOfParts(seed + round, shape, lengths);
  }
});
