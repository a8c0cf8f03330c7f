/**
 * Arithmetic and the functions of numbers, in loops over the selected rows. First every row is
 * calculated, whatever stands in those without a number; then it is settled which results count.
 */
import { unreachable } from '../../../base/assert.js';
import type { ArithmeticOperator } from '../tree.js';
import {
  countLost,
  createNode,
  type NumberOperand,
  numbersOf,
  numberWriters,
  type VectorNode,
} from './vector-node.js';
import { MISSING, NUMBER, type Numbers, type Selection } from './vectors.js';

/** `left` and `right` joined by an operator of arithmetic. */
export function arithmeticNode(
  operator: ArithmeticOperator,
  left: VectorNode,
  right: VectorNode,
): VectorNode {
  const writers = numberWriters((run, selection, out) => {
    // Left in its place, so that a long sum needs no further arrays.
    const a = numbersOf(left, run, selection, out);
    const b = numbersOf(right, run, selection);
    const failures = new Uint32Array(2);
    if (isOneFactor(operator, b)) {
      scaleRows(operator === '/', a, b.values[0]!, selection, out, failures);
    } else {
      calculateRows(operator, a, b, selection, out.values);
      settleRows(a, b, selection, out, failures);
    }
    run.counts.divisionsByZero += failures[BY_ZERO]!;
    run.counts.notFinite += failures[NOT_FINITE]!;
    countLost(a, run.counts);
    countLost(b, run.counts);
  });
  return createNode('number', writers);
}

/** Whether the right side multiplies or divides every row by one number. */
function isOneFactor(operator: ArithmeticOperator, { kinds, mask }: NumberOperand): boolean {
  return mask === 0 && kinds[0]! >= NUMBER && (operator === '*' || operator === '/');
}

/** `calculateRows` and `settleRows` at once, for the usual share of a total or a largest value. */
function scaleRows(
  divides: boolean,
  { values: a, kinds: kindsA, mask, lost }: NumberOperand,
  factor: number,
  { rows, count }: Selection,
  { values, kinds }: Numbers,
  failures: Uint32Array,
): void {
  for (let k = 0; k < count; k++) {
    const row = rows[k]!;
    const kind = kindsA[row & mask]!;
    const x = a[row & mask]!;
    const y = divides ? x / factor : x * factor;
    values[row] = y;
    if (kind >= NUMBER && y - y === 0) {
      kinds[row] = NUMBER;
    } else {
      if (kind < NUMBER) lost[kind]!++;
      else failures[factor === 0 ? BY_ZERO : NOT_FINITE]!++;
      kinds[row] = MISSING;
    }
  }
}

function calculateRows(
  operator: ArithmeticOperator,
  left: NumberOperand,
  right: NumberOperand,
  { rows, count }: Selection,
  out: Float64Array,
): void {
  const { values: a, mask: maskA } = left;
  const { values: b, mask: maskB } = right;
  switch (operator) {
    case '+':
      for (let k = 0; k < count; k++) {
        const row = rows[k]!;
        out[row] = a[row & maskA]! + b[row & maskB]!;
      }
      return;
    case '-':
      for (let k = 0; k < count; k++) {
        const row = rows[k]!;
        out[row] = a[row & maskA]! - b[row & maskB]!;
      }
      return;
    case '*':
      for (let k = 0; k < count; k++) {
        const row = rows[k]!;
        out[row] = a[row & maskA]! * b[row & maskB]!;
      }
      return;
    case '/':
      for (let k = 0; k < count; k++) {
        const row = rows[k]!;
        out[row] = a[row & maskA]! / b[row & maskB]!;
      }
      return;
    case '%':
      for (let k = 0; k < count; k++) {
        const row = rows[k]!;
        out[row] = a[row & maskA]! % b[row & maskB]!;
      }
      return;
    case '**':
      for (let k = 0; k < count; k++) {
        const row = rows[k]!;
        out[row] = a[row & maskA]! ** b[row & maskB]!;
      }
      return;
    default:
      unreachable(operator);
  }
}

/** Why a result of two numbers does not count: places in `failures`. */
const BY_ZERO = 0;
const NOT_FINITE = 1;

/**
 * Keeps the results of two numbers that are finite. A division by zero never is, and nothing else
 * with a zero on the right side fails to be, so zeros are looked for only among the others.
 *
 * @param failures counts the others by why.
 */
function settleRows(
  left: NumberOperand,
  right: NumberOperand,
  { rows, count }: Selection,
  { values, kinds }: Numbers,
  failures: Uint32Array,
): void {
  const { kinds: kindsA, mask: maskA, lost: lostA } = left;
  const { values: b, kinds: kindsB, mask: maskB, lost: lostB } = right;
  for (let k = 0; k < count; k++) {
    const row = rows[k]!;
    const kindA = kindsA[row & maskA]!;
    const kindB = kindsB[row & maskB]!;
    if (kindA < NUMBER || kindB < NUMBER) {
      if (kindA < NUMBER) lostA[kindA]!++;
      if (kindB < NUMBER) lostB[kindB]!++;
      kinds[row] = MISSING;
    } else if (values[row]! - values[row]! === 0) {
      // Finite: anything else less itself is NaN.
      kinds[row] = NUMBER;
    } else {
      failures[b[row & maskB] === 0 ? BY_ZERO : NOT_FINITE]!++;
      kinds[row] = MISSING;
    }
  }
}

/** `operand` behind a sign. */
export function signNode(sign: 1 | -1, operand: VectorNode): VectorNode {
  return functionNode((x) => sign * x, operand);
}

/** A function from a finite number to a number that may be NaN or infinite. */
export function functionNode(calculate: (x: number) => number, operand: VectorNode): VectorNode {
  const writers = numberWriters((run, selection, out) => {
    const numbers = numbersOf(operand, run, selection, out);
    run.counts.notFinite += mapRows(calculate, numbers, selection, out);
    countLost(numbers, run.counts);
  });
  return createNode('number', writers);
}

/** @returns how many results are not finite. */
function mapRows(
  calculate: (x: number) => number,
  operand: NumberOperand,
  { rows, count }: Selection,
  out: Numbers,
): number {
  const { values, kinds, mask, lost } = operand;
  let notFinite = 0;
  for (let k = 0; k < count; k++) {
    const row = rows[k]!;
    const kind = kinds[row & mask]!;
    out.kinds[row] = MISSING;
    if (kind < NUMBER) {
      lost[kind]!++;
      continue;
    }
    const y = calculate(values[row & mask]!);
    out.values[row] = y;
    if (y - y === 0) out.kinds[row] = NUMBER;
    else notFinite++;
  }
  return notFinite;
}
