/**
 * Rounding to decimal digits as people do it on paper. Knows numbers only.
 */

/**
 * `x` with `digits` (0 – 15) decimals, half away from zero. It is the shortest decimal that reads
 * back as `x` that is rounded, so that 2.675 gives 2.68 and 1.005 gives 1.01, although the doubles
 * lie just below.
 */
export function roundNumber(x: number, digits: number): number {
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
