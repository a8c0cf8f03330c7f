/** From what passes know of a column to what is told of it. */
import { parseNumber } from '../../csv/parse-number.js';
import { compareText } from '../expression/compare-text.js';
import { addRepeated, createMoments } from '../statistics/exact-sum.js';
import type { ColumnProfile, DistinctCount, ValueCount } from './column-profile.js';
import type { ColumnState } from './column-state.js';
import { ESTIMATE_ERROR, estimateDistinct } from './estimate-distinct.js';
import { findSuspects } from './find-suspects.js';
import { judgeType } from './judge-type.js';
import { TOP_COUNT } from './limits.js';
import { packedTexts } from './merge-states.js';
import { figuresOfHeld, type NumberFigures } from './number-figures.js';
import { isNumeric } from './value-kind.js';

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
  const all = state.values === null ? null : listValues(state);
  const hasNumbers = kinds.some(({ kind }) => isNumeric(kind));
  const known = hasNumbers && all !== null ? numbersOf(all) : figuresOfMany(state);
  const numbers = known ?? settled;
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
    top: all === null ? null : topOf(all),
    spaced,
  };
  return { ...base, suspects: findSuspects(base, all) };
}

/** All different values of a column that has few. */
function listValues({ values }: ColumnState): readonly ValueCount[] {
  const { counts } = values!;
  return packedTexts(values!).map((value, i) => ({ value, count: counts[i]! }));
}

/** By one pass: mostly nearly all are less frequent than the last of the top. */
function topOf(all: readonly ValueCount[]): readonly ValueCount[] {
  const top: ValueCount[] = [];
  const isBefore = (a: ValueCount, b: ValueCount): boolean =>
    a.count > b.count || (a.count === b.count && compareText(a.value, b.value) < 0);
  for (const one of all) {
    if (top.length === TOP_COUNT && !isBefore(one, top.at(-1)!)) continue;
    const place = top.findIndex((other) => isBefore(one, other));
    top.splice(place < 0 ? top.length : place, 0, one);
    if (top.length > TOP_COUNT) top.pop();
  }
  return top;
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

function numbersOf(all: readonly ValueCount[]): NumberFigures {
  const parsed = all.map(({ value }) => parseNumber(value));
  const values = Float64Array.from(parsed.filter((value) => !Number.isNaN(value)));
  const counts = Float64Array.from(
    all.filter((_, i) => !Number.isNaN(parsed[i])),
    ({ count }) => count,
  );
  const moments = createMoments();
  values.forEach((value, i) => {
    addRepeated(moments, value, counts[i]!);
  });
  return figuresOfHeld([{ values, counts }], moments);
}
