/**
 * What the cells of a column show about how it is written, in bounded memory: which readings all of
 * them fit, and the first cell that excludes or shows each bit. Two of the same column add up to
 * what all their cells would have shown, so that spans and files can be looked at apart.
 */
import { cutText } from '../../base/cut-text.js';
import { type BitKind, bitsOf } from './bits.js';

/** A cell, to show people. `line` is 1-based. */
export interface Example {
  readonly line: number;
  readonly value: string;
}

export interface Evidence {
  /** Readings that every cell fits. */
  alive: number;
  /** Features that some cell has. */
  seen: number;
  /**
   * By bit: the first cell that lacks the reading, or has the feature. Once no reading is left
   * nothing more is noted, and only those of the main readings tell anything.
   */
  readonly examples: (Example | null)[];
  /** The first two different units. */
  readonly units: { readonly unit: string; readonly example: Example }[];
}

const BITS = 31;
const LONGEST_EXAMPLE = 60;

export function createEvidence({ readings, dimensions }: BitKind): Evidence {
  return {
    alive: dimensions.reduce((all, one) => all | one, readings),
    seen: 0,
    examples: Array.from({ length: BITS }, () => null),
    units: [],
  };
}

/** Whether no cell can change what the column is. */
export function isClosed(evidence: Evidence, { readings }: BitKind): boolean {
  return (evidence.alive & readings) === 0;
}

/** Whether a cell with these bits would tell something that is not known. */
export function tells(evidence: Evidence, bits: number, { features }: BitKind): boolean {
  return (evidence.alive & ~bits) !== 0 || (bits & features & ~evidence.seen) !== 0;
}

/** Adds a cell that `tells`. Cells come in the order of their lines. */
export function addBits(
  evidence: Evidence,
  bits: number,
  { features }: BitKind,
  line: number,
  value: string,
): void {
  const example = exampleOf(line, value);
  const news = (evidence.alive & ~bits) | (bits & features & ~evidence.seen);
  for (const bit of bitsOf(news)) evidence.examples[bit] = example;
  evidence.alive &= bits;
  evidence.seen |= bits & features;
}

/** Notes the unit of a cell. */
export function addUnit(
  { units }: Evidence,
  unit: string,
  lineOf: () => number,
  value: string,
): void {
  if (units.length === 2 || units.some((known) => known.unit === unit)) return;
  units.push({ unit, example: exampleOf(lineOf(), value) });
}

function exampleOf(line: number, value: string): Example {
  return { line, value: cutText(value, LONGEST_EXAMPLE) };
}

/** Both together; the cells of `later` come behind those of `earlier`. */
export function mergeEvidence(earlier: Evidence, later: Evidence): Evidence {
  const units = [...earlier.units];
  for (const { unit, example } of later.units) {
    if (units.length < 2 && units.every((known) => known.unit !== unit)) {
      units.push({ unit, example });
    }
  }
  return {
    alive: earlier.alive & later.alive,
    seen: earlier.seen | later.seen,
    examples: earlier.examples.map((example, bit) => example ?? later.examples[bit]!),
    units,
  };
}
