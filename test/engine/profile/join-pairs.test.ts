import { expect, test } from 'vitest';
import type { HeldNumbers } from '../../../src/engine/profile/column-state.js';
import { joinPairs } from '../../../src/engine/profile/join-pairs.js';
import { createRandom } from '../outliers/distributions.js';

/** The same in a map; 0 and -0 are one key of it. */
function twin(parts: readonly HeldNumbers[]) {
  const counts = new Map<number, number>();
  for (const { values, counts: times } of parts) {
    values.forEach((value, i) => {
      counts.set(value, (counts.get(value) ?? 0) + (times?.[i] ?? 1));
    });
  }
  const sorted = [...counts].sort(([a], [b]) => a - b);
  return {
    values: Float64Array.from(sorted, ([value]) => value + 0),
    counts: Float64Array.from(sorted, ([, count]) => count),
  };
}

test('joins numbers of parts as a map does', () => {
  const next = createRandom(4242);
  const draws = [
    () => Math.floor(next() * 40) - 20,
    () => (Math.floor(next() * 40) - 20) * 2 ** Math.floor(next() * 2000 - 1000),
    () => (next() < 0.5 ? -0 : 0),
    () => (next() - 0.5) * 10 ** Math.floor(next() * 600 - 300),
    () => (Math.floor(next() * 5) - 2) * 5e-324,
  ];
  for (let round = 0; round < 200; round++) {
    const draw = draws[round % draws.length]!;
    const parts = Array.from({ length: 1 + Math.floor(next() * 5) }, (): HeldNumbers => {
      const values = Float64Array.from({ length: Math.floor(next() * 100) }, draw);
      const counts = next() < 0.3 ? null : values.map(() => 1 + Math.floor(next() * 9));
      return { values, counts };
    });
    expect(joinPairs(parts)).toEqual(twin(parts));
  }
});

test('no numbers are none', () => {
  expect(joinPairs([])).toEqual({ values: new Float64Array(0), counts: new Float64Array(0) });
});
