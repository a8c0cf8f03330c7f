/** Adds the rows of a block to an aggregate, all values at once. */
import { type AggregateState, addAllToAggregate, addToAggregate } from '../aggregates.js';
import { presenceOf } from './logic.js';
import { takeBytes, takeNumbers } from './scratch.js';
import {
  countLost,
  type NumberOperand,
  numbersOf,
  type Run,
  type VectorNode,
} from './vector-node.js';
import { MISSING, NUMBER, type Selection } from './vectors.js';

/**
 * Adds what `argument` gives in the selected rows; null is the argument of `count()`. Where a
 * number is needed other values are counted and passed over.
 */
export function addRows(
  state: AggregateState,
  argument: VectorNode | null,
  run: Run,
  selection: Selection,
): void {
  if (state.name === 'count') {
    state.count += argument === null ? selection.count : countPresent(argument, run, selection);
    return;
  }
  const numbers = numbersOf(argument!, run, selection);
  if ('value' in state) {
    const extreme = extremeOf(numbers, selection, state.name === 'min');
    // Numbers are finite.
    if (Number.isFinite(extreme)) addToAggregate(state, extreme);
    countLost(numbers, run.counts);
    return;
  }
  const kept = takeNumbers(run.scratch).values;
  addAllToAggregate(state, kept, keepNumbers(numbers, selection, kept));
  countLost(numbers, run.counts);
}

/** Infinite of no number; which zero it is does not matter. */
function extremeOf(operand: NumberOperand, { rows, count }: Selection, isLeast: boolean): number {
  const { values, kinds, mask, lost } = operand;
  let extreme = isLeast ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  for (let k = 0; k < count; k++) {
    const at = rows[k]! & mask;
    const kind = kinds[at]!;
    if (kind >= NUMBER) {
      const value = values[at]!;
      if (isLeast ? value < extreme : value > extreme) extreme = value;
    } else {
      lost[kind]!++;
    }
  }
  return extreme;
}

/** @returns how many numbers were written into `kept`. */
function keepNumbers(
  operand: NumberOperand,
  { rows, count }: Selection,
  kept: Float64Array,
): number {
  const { values, kinds, mask, lost } = operand;
  let keptCount = 0;
  for (let k = 0; k < count; k++) {
    const at = rows[k]! & mask;
    const kind = kinds[at]!;
    if (kind >= NUMBER) kept[keptCount++] = values[at]!;
    else lost[kind]!++;
  }
  return keptCount;
}

function countPresent(argument: VectorNode, run: Run, selection: Selection): number {
  const bytes = presenceOf(argument, run, selection, takeBytes(run.scratch));
  let count = 0;
  for (let k = 0; k < selection.count; k++) {
    if (bytes[selection.rows[k]!] !== MISSING) count++;
  }
  return count;
}
