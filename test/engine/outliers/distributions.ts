/**
 * Seeded columns of known distributions: what the rates of the outlier rule are measured on. Knows
 * no rule.
 */

/** A source of uniform numbers, 0 included, 1 excluded. */
export type Random = () => number;

/** Mulberry32: 32 bits of state, enough for test data. */
export function createRandom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Standard normal, Box & Muller 1958. */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function exponential(random: Random): number {
  return -Math.log(1 - random());
}

/** Poisson of mean 10, by counting exponential waiting times. */
function poisson(random: Random): number {
  let count = 0;
  for (let time = exponential(random); time < 10; time += exponential(random)) count += 1;
  return count;
}

/** Student's t of three degrees of freedom. */
function studentT(random: Random): number {
  const chiSquare = normal(random) ** 2 + normal(random) ** 2 + normal(random) ** 2;
  return normal(random) / Math.sqrt(chiSquare / 3);
}

export interface Distribution {
  readonly name: string;
  readonly draw: (random: Random) => number;
}

export const LIGHT_TAILED: readonly Distribution[] = [
  { name: 'normal', draw: normal },
  { name: 'uniform', draw: (random) => random() },
  { name: 'log-normal 0.5', draw: (random) => Math.exp(0.5 * normal(random)) },
  { name: 'exponential', draw: exponential },
  { name: 'gamma 2', draw: (random) => exponential(random) + exponential(random) },
  { name: 'Poisson 10', draw: poisson },
];

export const HEAVY_TAILED: readonly Distribution[] = [
  { name: 'log-normal 1', draw: (random) => Math.exp(normal(random)) },
  { name: 'log-normal 2', draw: (random) => Math.exp(2 * normal(random)) },
  { name: 'Pareto 1.5', draw: (random) => (1 - random()) ** (-1 / 1.5) },
  { name: 'Pareto 3', draw: (random) => (1 - random()) ** (-1 / 3) },
  { name: 't 3', draw: studentT },
];

/** `n` values of a distribution as a file would hold them: rounded to two decimals. */
export function drawColumn(distribution: Distribution, n: number, random: Random): number[] {
  return Array.from({ length: n }, () => Math.round(distribution.draw(random) * 100) / 100);
}

/** The values in a random order (Fisher & Yates); the input is not changed. */
export function shuffle<T>(values: readonly T[], random: Random): T[] {
  const shuffled = [...values];
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const chosen = Math.floor(random() * (last + 1));
    [shuffled[last], shuffled[chosen]] = [shuffled[chosen]!, shuffled[last]!];
  }
  return shuffled;
}
