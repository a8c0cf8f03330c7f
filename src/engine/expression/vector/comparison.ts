/** Comparisons of two operands, in loops over the selected rows. */
import { compareText } from '../compare-text.js';
import { compareCells, comparedAs, HOLDS } from '../operators.js';
import { type ComparisonOperator, toCell, type Value } from '../tree.js';
import { takeBytes, takeRows, takeValues } from './scratch.js';
import {
  countLost,
  createNode,
  type Keep,
  type NumberOperand,
  numbersOf,
  truthWriters,
  type VectorNode,
  valuesOf,
  type Write,
} from './vector-node.js';
import { FALSE, MISSING, NUMBER, type Selection, TRUE } from './vectors.js';

/** `left` and `right` joined by a comparison. */
export function comparisonNode(
  operator: ComparisonOperator,
  left: VectorNode,
  right: VectorNode,
): VectorNode {
  const keep = keeperOf(operator, left, right);
  const more = keep === null ? {} : { keep };
  return createNode('boolean', truthWriters(writerOf(operator, left, right)), more);
}

/** Of a number and one that is the same in every row: `value <= 500`, the usual filter. */
function keeperOf(operator: ComparisonOperator, left: VectorNode, right: VectorNode): Keep | null {
  const isToOne = left.readScalar === undefined && right.readScalar !== undefined;
  if (!isToOne || comparedAs(left, right) !== 'number') return null;
  const truths = truthsByOrder(operator);
  return (run, selection, marks, mark) => {
    const a = numbersOf(left, run, selection);
    const b = numbersOf(right, run, selection);
    // Nothing compares to what is missing.
    const y = b.kinds[0]! >= NUMBER ? b.values[0]! : Number.NaN;
    const all: TruthsByOrder = Number.isNaN(y) ? [MISSING, MISSING, MISSING] : truths;
    const kept = keepToOne(a, y, all, selection, marks, mark);
    if (Number.isNaN(y)) b.lost[b.kinds[0]!]! += selection.count;
    countLost(a, run.counts);
    countLost(b, run.counts);
    return kept;
  };
}

function writerOf(
  operator: ComparisonOperator,
  left: VectorNode,
  right: VectorNode,
): Write<Uint8Array> {
  switch (comparedAs(left, right)) {
    case 'boolean':
      return compareTruths(operator, left, right);
    case 'number': {
      const truths = truthsByOrder(operator);
      return (run, selection, out) => {
        const a = numbersOf(left, run, selection);
        const b = numbersOf(right, run, selection);
        compareNumbers(a, b, truths, selection, out);
        countLost(a, run.counts);
        countLost(b, run.counts);
      };
    }
    case 'text':
      return compareTexts(operator, left, right);
    case 'cell':
      return left.cell !== undefined && right.cell !== undefined
        ? compareInputs(operator, left, right)
        : compareValues(operator, left, right, compareCells);
  }
}

/** What a comparison makes of an order of −1, 0 and 1. */
type TruthsByOrder = readonly [less: number, equal: number, more: number];

function truthsByOrder(operator: ComparisonOperator): TruthsByOrder {
  const truthOf = (order: number) => (HOLDS[operator](order) ? TRUE : FALSE);
  return [truthOf(-1), truthOf(0), truthOf(1)];
}

function compareTruths(
  operator: ComparisonOperator,
  left: VectorNode,
  right: VectorNode,
): Write<Uint8Array> {
  const [less, equal, more] = truthsByOrder(operator);
  return (run, selection, out) => {
    left.writeTruths(run, selection, out);
    const truths = takeBytes(run.scratch);
    right.writeTruths(run, selection, truths);
    for (let k = 0; k < selection.count; k++) {
      const row = selection.rows[k]!;
      const a = out[row]!;
      const b = truths[row]!;
      if (a === MISSING || b === MISSING) out[row] = MISSING;
      else out[row] = a < b ? less : a > b ? more : equal;
    }
  };
}

function compareNumbers(
  left: NumberOperand,
  right: NumberOperand,
  truths: TruthsByOrder,
  { rows, count }: Selection,
  out: Uint8Array,
): void {
  const { values: a, kinds: kindsA, mask: maskA, lost: lostA } = left;
  const { values: b, kinds: kindsB, mask: maskB, lost: lostB } = right;
  const [less, equal, more] = truths;
  if (maskA !== 0 && maskB === 0 && kindsB[0]! >= NUMBER) {
    compareToOne(left, b[0]!, truths, { rows, count }, out);
    return;
  }
  for (let k = 0; k < count; k++) {
    const row = rows[k]!;
    const kindA = kindsA[row & maskA]!;
    const kindB = kindsB[row & maskB]!;
    if (kindA >= NUMBER && kindB >= NUMBER) {
      const x = a[row & maskA]!;
      const y = b[row & maskB]!;
      out[row] = x < y ? less : x > y ? more : equal;
    } else {
      if (kindA < NUMBER) lostA[kindA]!++;
      if (kindB < NUMBER) lostB[kindB]!++;
      out[row] = MISSING;
    }
  }
}

/** The same where the right side is one number for all rows: `value <= 500`. */
function compareToOne(
  { values, kinds, lost }: NumberOperand,
  y: number,
  [less, equal, more]: TruthsByOrder,
  { rows, count }: Selection,
  out: Uint8Array,
): void {
  for (let k = 0; k < count; k++) {
    const row = rows[k]!;
    const kind = kinds[row]!;
    if (kind >= NUMBER) {
      const x = values[row]!;
      out[row] = x < y ? less : x > y ? more : equal;
    } else {
      lost[kind]!++;
      out[row] = MISSING;
    }
  }
}

/** Of an order of −1, 0 or 1 the truth says whether a row stays. */
function keepToOne(
  { values, kinds, lost }: NumberOperand,
  y: number,
  [less, equal, more]: TruthsByOrder,
  { rows, count }: Selection,
  marks: Uint8Array,
  mark: number,
): number {
  let kept = 0;
  for (let k = 0; k < count; k++) {
    const row = rows[k]!;
    const kind = kinds[row]!;
    rows[kept] = row;
    if (kind >= NUMBER) {
      const x = values[row]!;
      if ((x < y ? less : x > y ? more : equal) === TRUE) {
        kept++;
        continue;
      }
    } else {
      lost[kind]!++;
    }
    marks[row] = mark;
  }
  return kept;
}

function compareTexts(
  operator: ComparisonOperator,
  left: VectorNode,
  right: VectorNode,
): Write<Uint8Array> {
  // Equal texts are equal in every order of texts, so their order is not asked for.
  const isOrder = operator !== '==' && operator !== '!=';
  return compareValues(operator, left, right, isOrder ? orderTexts : equateTexts);
}

function orderTexts(a: Value, b: Value): number {
  return compareText(toCell(a), toCell(b));
}

function equateTexts(a: Value, b: Value): number {
  return a === b || toCell(a) === toCell(b) ? 0 : 1;
}

/**
 * Compares what is not missing by `compare`, which is below 0, 0 or above 0 as the first comes
 * before, is equal or comes after.
 */
function compareValues(
  operator: ComparisonOperator,
  left: VectorNode,
  right: VectorNode,
  compare: (a: Value, b: Value) => number,
): Write<Uint8Array> {
  const holds = HOLDS[operator];
  return (run, selection, out) => {
    const { values: a, mask: maskA } = valuesOf(left, run, selection);
    const { values: b, mask: maskB } = valuesOf(right, run, selection);
    for (let k = 0; k < selection.count; k++) {
      const row = selection.rows[k]!;
      const x = a[row & maskA]!;
      const y = b[row & maskB]!;
      if (x === null || y === null) out[row] = MISSING;
      else out[row] = holds(compare(x, y)) ? TRUE : FALSE;
    }
  };
}

/** Two input columns: only rows in which one of them is no number are decoded. */
function compareInputs(
  operator: ComparisonOperator,
  left: VectorNode,
  right: VectorNode,
): Write<Uint8Array> {
  const slotA = left.cell!.slot;
  const slotB = right.cell!.slot;
  const truths = truthsByOrder(operator);
  const holds = HOLDS[operator];
  return (run, selection, out) => {
    const a = numbersOf(left, run, selection);
    const b = numbersOf(right, run, selection);
    const rows = takeRows(run.scratch);
    const count = compareWhereNumbers(a, b, truths, selection, out, rows);
    countLost(a, run.counts);
    countLost(b, run.counts);
    if (count === 0) return;
    const textsA = takeValues(run.scratch);
    const textsB = takeValues(run.scratch);
    run.source.texts(slotA, { rows, count }, textsA);
    run.source.texts(slotB, { rows, count }, textsB);
    for (let k = 0; k < count; k++) {
      const row = rows[k]!;
      out[row] = holds(orderTexts(textsA[row]!, textsB[row]!)) ? TRUE : FALSE;
    }
  };
}

/** @returns how many rows, written into `texts`, are to be compared as texts. */
function compareWhereNumbers(
  left: NumberOperand,
  right: NumberOperand,
  truths: TruthsByOrder,
  { rows, count }: Selection,
  out: Uint8Array,
  texts: Uint32Array,
): number {
  const { values: a, kinds: kindsA, lost: lostA } = left;
  const { values: b, kinds: kindsB, lost: lostB } = right;
  const [less, equal, more] = truths;
  let textCount = 0;
  for (let k = 0; k < count; k++) {
    const row = rows[k]!;
    const kindA = kindsA[row]!;
    const kindB = kindsB[row]!;
    if (kindA >= NUMBER && kindB >= NUMBER) {
      const x = a[row]!;
      const y = b[row]!;
      out[row] = x < y ? less : x > y ? more : equal;
    } else if (kindA !== MISSING && kindB !== MISSING) {
      texts[textCount++] = row;
    } else {
      if (kindA === MISSING) lostA[MISSING]!++;
      if (kindB === MISSING) lostB[MISSING]!++;
      out[row] = MISSING;
    }
  }
  return textCount;
}
