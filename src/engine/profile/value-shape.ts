/**
 * Which values have a kind that their shape tells: all that differ from them in digits only are of
 * the same. The kernel learns these, and asks no more for them.
 */
import { NA_TOKENS } from '../../csv/missing.js';
import { isNumeral } from '../../csv/parse-number.js';
import { mayBeDate } from './date-format.js';
import { KERNEL_KINDS, type ValueKind } from './value-kind.js';

/** With one comma, which is not told from a decimal one unless a 0 stands first. */
const ONE_COMMA = /^[+-]?\d{1,3},\d{3}$/;

const shapeOf = (text: string): string => text.replace(/\d/g, '0');
const TOKEN_SHAPES: ReadonlySet<string> = new Set([...NA_TOKENS].map(shapeOf));

/** @param text trimmed, and not missing. */
export function hasKindOfShape(text: string): boolean {
  // The digits of dates must name a day; a number may be beyond the doubles.
  if (isNumeral(text) || mayBeDate(text) || ONE_COMMA.test(text)) return false;
  return !TOKEN_SHAPES.has(shapeOf(text));
}

const kernelKinds = new Map(KERNEL_KINDS.map((kind, place) => [kind, place]));

/** What the kernel calls a kind; null: it has no name for it. */
export function kernelKindOf(kind: ValueKind): number | null {
  return kernelKinds.get(kind) ?? null;
}
