/** Aggregates by groups: what they are in each row, and how rows are added to them. */
import { assert } from '../../../base/assert.js';
import { addToGroups, type GroupedState } from '../grouped-aggregates.js';
import { type GroupedValue, placesOf } from '../grouped-value.js';
import type { RowGroups } from './cell-source.js';
import { countMissing } from './leaves.js';
import { presenceOf } from './logic.js';
import { takeBytes, takeNumbers, takeRows } from './scratch.js';
import {
  countLost,
  createNode,
  type NumberOperand,
  numbersOf,
  numberWriters,
  type Run,
  type VectorNode,
} from './vector-node.js';
import { MISSING, NUMBER, type Numbers, type Selection } from './vectors.js';

/**
 * @param place among the aggregates of the expression.
 * @param grouping the place of its `by` among those of the expression.
 */
export function groupedNode(place: number, grouping: number, isOperand: boolean): VectorNode {
  const valuesOf = createLookUp();
  const writers = numberWriters((run, selection, out) => {
    const settled = run.aggregateValues[place];
    assert(typeof settled === 'object' && settled !== null, 'groups have a value each');
    const groups = run.groups[grouping]!;
    copyValues(valuesOf(settled, groups.keys), groups.numbers, selection, out);
    if (isOperand) run.counts.missingOperands += countMissing(out.kinds, selection);
  });
  return createNode('number', writers);
}

function copyValues(
  values: Float64Array,
  groups: Uint32Array,
  { rows, count }: Selection,
  out: Numbers,
): void {
  for (let k = 0; k < count; k++) {
    const row = rows[k]!;
    const value = values[groups[row]!]!;
    out.kinds[row] = Number.isNaN(value) ? MISSING : NUMBER;
    out.values[row] = value;
  }
}

/** The settled values in the order of other keys, which grow; kept from block to block. */
function createLookUp() {
  let of: GroupedValue | null = null;
  let own: readonly string[] = [];
  let values = new Float64Array(0);
  let known = 0;
  return (settled: GroupedValue, keys: readonly string[]): Float64Array => {
    if (settled !== of || keys !== own) {
      of = settled;
      own = keys;
      known = 0;
    }
    if (keys.length > values.length) {
      const more = new Float64Array(2 * keys.length);
      more.set(values);
      values = more;
    }
    if (known === keys.length) return values;
    const places = placesOf(settled.keys);
    for (; known < keys.length; known++) {
      values[known] = settled.values[places.get(keys[known]!) ?? -1] ?? Number.NaN;
    }
    return values;
  };
}

/** Adds what `argument` gives in the selected rows to their groups, as `addRows` does to all. */
export function addGroupRows(
  state: GroupedState,
  argument: VectorNode | null,
  run: Run,
  selection: Selection,
  { numbers, keys }: RowGroups,
): void {
  const own = takeRows(run.scratch);
  const { values } = takeNumbers(run.scratch);
  let count: number;
  if (state.name === 'count') {
    const bytes =
      argument === null ? null : presenceOf(argument, run, selection, takeBytes(run.scratch));
    count = keepPresent(bytes, selection, numbers, own);
  } else {
    const operand = numbersOf(argument!, run, selection);
    count = keepNumbers(operand, selection, numbers, own, values);
    countLost(operand, run.counts);
  }
  addToGroups(state, keys, own, values, count);
}

/** @returns how many rows have a value. */
function keepPresent(
  bytes: Uint8Array | null,
  { rows, count }: Selection,
  groups: Uint32Array,
  own: Uint32Array,
): number {
  let kept = 0;
  for (let k = 0; k < count; k++) {
    const row = rows[k]!;
    own[kept] = groups[row]!;
    if (bytes === null || bytes[row] !== MISSING) kept++;
  }
  return kept;
}

/** @returns how many numbers and groups were written. */
function keepNumbers(
  operand: NumberOperand,
  { rows, count }: Selection,
  groups: Uint32Array,
  own: Uint32Array,
  kept: Float64Array,
): number {
  const { values, kinds, mask, lost } = operand;
  let keptCount = 0;
  for (let k = 0; k < count; k++) {
    const row = rows[k]!;
    const at = row & mask;
    const kind = kinds[at]!;
    if (kind >= NUMBER) {
      own[keptCount] = groups[row]!;
      kept[keptCount++] = values[at]!;
    } else lost[kind]!++;
  }
  return keptCount;
}
