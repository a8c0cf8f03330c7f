/**
 * Rounding to decimal digits as people do it on paper. Knows numbers only.
 */

/** 10^digits; all are doubles, exactly. */
const POWERS = Array.from({ length: 16 }, (_, digits) => Number(`1e${digits}`));

/**
 * `x` with `digits` (0 – 15) decimals, half away from zero. It is the shortest decimal that reads
 * back as `x` that is rounded, so that 2.675 gives 2.68 and 1.005 gives 1.01, although the doubles
 * lie just below.
 *
 * Twin: `roundShortest` gives the same for every number.
 */
export function roundNumber(x: number, digits: number): number {
  const power = POWERS[digits]!;
  const scaled = Math.abs(x) * power;
  const whole = Math.floor(scaled);
  const above = scaled - whole - 0.5;
  // `scaled` is off by less than 2^−51 of itself from the shortest decimal times the power: by half
  // a unit of `x` and half a unit of the product. Further from the half, both go the same way. Not
  // so where `scaled` is not finite.
  if (!(Math.abs(above) > scaled * 2 ** -50)) return roundShortest(x, digits);
  const rounded = (above > 0 ? whole + 1 : whole) / power;
  // Which zero it is depends on the figures.
  if (rounded === 0) return roundShortest(x, digits);
  return x < 0 ? -rounded : rounded;
}

/** `roundNumber` from the figures themselves. */
export function roundShortest(x: number, digits: number): number {
  const [significand, exponent] = Math.abs(x).toExponential().split('e') as [string, string];
  const figures = significand.replace('.', '');
  // |x| = 0.figures · 10^(exponent + 1): so many figures stand before the cut.
  const kept = Number(exponent) + 1 + digits;
  if (kept >= figures.length) return x;
  if (kept < 0) return 0;
  const up = figures[kept]! >= '5' ? 1n : 0n;
  const rounded = Number(`${BigInt(figures.slice(0, kept)) + up}e${-digits}`);
  return x < 0 ? -rounded : rounded;
}
