/**
 * "Did you mean …?" for columns, functions and options. Compares spellings only; what the words
 * stand for is the caller's business.
 */

/**
 * Longer words are compared by case and prefix alone: the distance costs the product of both
 * lengths.
 */
const LONGEST_COMPARED = 200;

/**
 * The word of `among` that `word` was probably meant to be, or null when none is near. Case does
 * not count.
 *
 * Near is an edit distance of at most max(1, ⌊length / 3⌋) and below the length, or `word`, two
 * letters or more, being the start of the candidate. The smaller distance wins, any distance before
 * a mere prefix, then the earlier in `among`.
 */
export function suggest(word: string, among: Iterable<string>): string | null {
  const lower = word.toLowerCase();
  if (lower === '') return null;
  const limit = Math.min(Math.max(1, Math.floor(lower.length / 3)), lower.length - 1);
  let best: string | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  let prefixed: string | null = null;
  for (const candidate of among) {
    const other = candidate.toLowerCase();
    const distance = distanceWithin(lower, other, limit);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
    if (prefixed === null && lower.length > 1 && other.startsWith(lower)) prefixed = candidate;
  }
  return best ?? prefixed;
}

/** The edit distance of `a` and `b`, or infinity when it is above `limit`. */
function distanceWithin(a: string, b: string, limit: number): number {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) > limit) return Number.POSITIVE_INFINITY;
  if (a.length > LONGEST_COMPARED) return Number.POSITIVE_INFINITY;
  const distance = editDistance(a, b);
  return distance <= limit ? distance : Number.POSITIVE_INFINITY;
}

/**
 * How many insertions, deletions, replacements and swaps of neighbours turn `a` into `b`, in UTF-16
 * units; no unit is edited twice (the restricted Damerau – Levenshtein distance, "optimal string
 * alignment").
 */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) least = Math.min(least, beforeLast[j - 2]! + 1);
      row.push(least);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
