/** From what passes know of a column to what is told of it. */
import { compareText } from '../expression/compare-text.js';
import type { ColumnProfile, DistinctCount, ValueCount } from './column-profile.js';
import type { ColumnState, PackedValues } from './column-state.js';
import { ESTIMATE_ERROR, estimateDistinct } from './estimate-distinct.js';
import { findSuspects } from './find-suspects.js';
import { judgeType } from './judge-type.js';
import { packedTexts } from './merge-states.js';
import { figuresOfHeld, type NumberFigures } from './number-figures.js';
import { topValues } from './top-values.js';

/** What passes know of a column, and what it is called. */
interface NamedState {
  readonly name: string;
  readonly original: string;
  readonly state: ColumnState;
}

/** @param settled the figures of its numbers, where these are not at hand. */
export function describeColumn(
  { name, original, state }: NamedState,
  settled: NumberFigures | null,
): ColumnProfile {
  const { empty, spaced } = state;
  const tokens = [...state.tokens].sort(
    (a, b) => b.count - a.count || compareText(a.token, b.token),
  );
  const kinds = [...state.kinds].sort((a, b) => b.count - a.count || compareText(a.kind, b.kind));
  const valueCount = kinds.reduce((sum, { count }) => sum + count, 0);
  const missingCount = empty + tokens.reduce((sum, { count }) => sum + count, 0);
  const { values } = state;
  const numbers = (values === null ? figuresOfMany(state) : figuresOfFew(values)) ?? settled;
  const base = {
    ...{ name, original },
    type: judgeType(kinds, valueCount),
    cells: valueCount + missingCount,
    missing: { count: missingCount, empty, tokens },
    distinct: distinctOf(state),
    kinds,
    numbers,
    dates: state.firstDate === null ? null : { first: state.firstDate, last: state.lastDate! },
    lengths: valueCount === 0 ? null : { shortest: state.shortest, longest: state.longest },
    top: values === null ? null : topValues(values),
    spaced,
  };
  const listAll = values === null ? () => null : () => listValues(values);
  return { ...base, suspects: findSuspects(base, listAll) };
}

/** All different values of a column that has few. */
function listValues(values: PackedValues): readonly ValueCount[] {
  return packedTexts(values).map((value, i) => ({ value, count: values.counts[i]! }));
}

function distinctOf({ values, many }: ColumnState): DistinctCount {
  if (values !== null) return { count: values.counts.length, isExact: true, error: 0 };
  return { count: estimateDistinct(many!.registers), isExact: false, error: ESTIMATE_ERROR };
}

/** Of numbers that are held without their texts. */
function figuresOfMany({ many }: ColumnState): NumberFigures | null {
  const numbers = many?.numbers ?? null;
  if (numbers === null || numbers.held === null) return null;
  return figuresOfHeld(numbers.held, numbers.moments);
}

function figuresOfFew({ numbers }: PackedValues): NumberFigures | null {
  if (numbers === null) return null;
  return figuresOfHeld([numbers], numbers.moments);
}
