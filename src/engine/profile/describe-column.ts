/** From what passes know of a column to what is told of it. */
import { parseNumber } from '../../csv/parse-number.js';
import { addValue, addValues, createMoments } from '../statistics/exact-sum.js';
import type { ColumnProfile, DistinctCount, ValueCount } from './column-profile.js';
import type { ColumnState } from './column-state.js';
import { ESTIMATE_ERROR, estimateDistinct } from './estimate-distinct.js';
import { findSuspects } from './find-suspects.js';
import { judgeType } from './judge-type.js';
import { TOP_COUNT } from './limits.js';
import { packedTexts } from './merge-states.js';
import { figuresOfAll, type NumberFigures } from './number-figures.js';
import { isNumeric, kindOfValue } from './value-kind.js';

/** What passes know of a column, and what it is called. */
interface NamedState {
  readonly name: string;
  readonly original: string;
  readonly state: ColumnState;
}

/** @param settled the figures of its numbers, where its values are not at hand. */
export function describeColumn(
  { name, original, state }: NamedState,
  settled: NumberFigures | null,
): ColumnProfile {
  const { empty, spaced } = state;
  const tokens = [...state.tokens].sort(
    (a, b) => b.count - a.count || compareTexts(a.token, b.token),
  );
  const kinds = [...state.kinds].sort((a, b) => b.count - a.count || compareTexts(a.kind, b.kind));
  const valueCount = kinds.reduce((sum, { count }) => sum + count, 0);
  const missingCount = empty + tokens.reduce((sum, { count }) => sum + count, 0);
  const all = state.values === null ? null : listValues(state);
  const numbers = all === null ? settled : numbersOf(all);
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

/** In the order of their bytes. */
export function compareTexts(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** All different values of a column that has few. */
function listValues({ values }: ColumnState): readonly ValueCount[] {
  const { counts } = values!;
  return packedTexts(values!).map((value, i) => ({ value, count: counts[i]! }));
}

function topOf(all: readonly ValueCount[]): readonly ValueCount[] {
  return [...all]
    .sort((a, b) => b.count - a.count || compareTexts(a.value, b.value))
    .slice(0, TOP_COUNT);
}

function distinctOf({ values, many }: ColumnState): DistinctCount {
  if (values !== null) return { count: values.counts.length, isExact: true, error: 0 };
  return { count: estimateDistinct(many!.registers), isExact: false, error: ESTIMATE_ERROR };
}

const RUN_LENGTH = 1 << 10;

function numbersOf(all: readonly ValueCount[]): NumberFigures | null {
  const numeric = all.filter(({ value }) => isNumeric(kindOfValue(value)));
  if (numeric.length === 0) return null;
  const values = Float64Array.from(numeric, ({ value }) => parseNumber(value));
  const counts = Float64Array.from(numeric, ({ count }) => count);
  const moments = createMoments();
  const run = new Float64Array(RUN_LENGTH);
  values.forEach((value, i) => {
    const count = counts[i]!;
    if (count === 1) addValue(moments, value);
    else {
      run.fill(value, 0, Math.min(count, RUN_LENGTH));
      for (let left = count; left > 0; left -= RUN_LENGTH) {
        addValues(moments, run, Math.min(left, RUN_LENGTH));
      }
    }
  });
  return figuresOfAll(values, counts, moments);
}
