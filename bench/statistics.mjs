/**
 * Figures over runs: medians, spreads, ratios round by round. Knows runs as plain data, and neither
 * processes nor files.
 *
 * A run is `{ round, wallSeconds, cpuSeconds, peakBytes, otherSeconds }`; `otherSeconds` is the CPU
 * time that the rest of the machine used meanwhile.
 */

/** A run is its own only where the rest of the machine kept fewer cores than this busy. */
export const BUSY_CORES = 0.25;
/** The system counts CPU time in steps of 10 ms; so little more of it than that says nothing. */
const UNSURE_SECONDS = 0.03;
/** With fewer calm rounds than this, all are taken. */
const ENOUGH_CALM = 2;

/** The middle value, or the mean of the two in the middle; NaN of nothing. */
export function median(values) {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Median, smallest and largest. */
export function spread(values) {
  return { median: median(values), low: Math.min(...values), high: Math.max(...values) };
}

/** Cores that the rest of the machine kept busy during the run. */
export function busyCores(run) {
  return run.otherSeconds / run.wallSeconds;
}

export function isCalm(run) {
  return run.otherSeconds <= UNSURE_SECONDS || busyCores(run) <= BUSY_CORES;
}

/** The runs that medians are taken of: the calm ones, or all where fewer than two are calm. */
export function countedRuns(runs) {
  const calm = runs.filter(isCalm);
  return calm.length >= ENOUGH_CALM ? calm : runs;
}

/**
 * `upper[key] / lower[key]` of each round, as a spread, with the number of rounds it is of: those
 * in which both were left alone, or all where fewer than two are such. Null when they share none.
 */
export function ratioByRound(upper, lower, key) {
  const lowerByRound = new Map(lower.map((run) => [run.round, run]));
  const pairs = upper
    .filter(({ round }) => lowerByRound.has(round))
    .map((run) => [run, lowerByRound.get(run.round)]);
  if (pairs.length === 0) return null;
  const calm = pairs.filter((pair) => pair.every(isCalm));
  const counted = calm.length >= ENOUGH_CALM ? calm : pairs;
  const ratios = counted.map(([above, below]) => above[key] / below[key]);
  return { ...spread(ratios), rounds: counted.length };
}
