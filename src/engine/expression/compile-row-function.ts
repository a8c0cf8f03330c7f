/**
 * Compiles the functions over several values of a row, `||`, `in` and `between`: how each argument
 * is read, and what does not fit. What they do with values stands in `row-functions`.
 */
import { compareText } from './compare-text.js';
import { checkComparison, compareCells, comparedAs, compareNumbers } from './operators.js';
import { refuse, showNode } from './refuse.js';
import { type RowFunction, takenAs } from './row-functions.js';
import { type CallNode, type Node, toCell, type Value } from './tree.js';
import { asNumber, asText, described, type Read, type Taker, type Typed } from './typed.js';

/** @param node for messages. */
export function compileRowFunction(
  rowFunction: RowFunction,
  node: Node & { readonly at: number },
  operands: readonly Typed[],
): Typed {
  const taker = { name: nameOf(node), at: node.at };
  const reads = operands.map((operand, i) => readerOf(operand, rowFunction, i, taker));
  const { missing, gives } = rowFunction;
  // Full when it is handed on; a row never waits in the midst of another.
  const values = new Array<Value>(reads.length).fill(null);
  const read: Read = (row, aggregateValues, counts) => {
    let isComplete = true;
    for (let i = 0; i < reads.length; i++) {
      const value = reads[i]!(row, aggregateValues, counts);
      values[i] = value;
      if (value === null) isComplete = false;
    }
    return isComplete || missing !== undefined ? rowFunction.apply(values, counts) : null;
  };
  return { type: gives, read, node, operands, rowFunction };
}

function nameOf(node: Node): string {
  if (node.kind === 'call') return node.name;
  return node.kind === 'binary' ? node.operator : node.kind;
}

function readerOf(operand: Typed, rowFunction: RowFunction, argument: number, taker: Taker): Read {
  switch (takenAs(rowFunction, argument)) {
    case 'number':
      return asNumber(operand, taker);
    case 'text':
      return asText(operand, taker);
    case 'any':
      if (taker.name === '||' && operand.type === 'boolean') {
        refuse(
          `${described(taker)} joins texts, but ${showNode(operand.node)} is true or false`,
          'Write or between conditions.',
        );
      }
      return operand.read;
  }
}

/** `x in (…)`: equal to one of some numbers, or of some texts. */
export function compileIn(node: CallNode, asked: Typed, list: readonly Node[]): Typed {
  const values = list.map((one) => literalOf(one, node));
  const [first] = values;
  const type = typeof first === 'number' ? 'number' : 'text';
  values.forEach((value, i) => {
    if (typeof value === type.replace('text', 'string')) return;
    refuse(
      `"in" at character ${node.at} has ${showNode(list[0]!)} and ${showNode(list[i]!)} in its list`,
      'Write only numbers, or only texts in quotes.',
    );
  });
  const read = (): Value => null;
  for (const one of list) {
    const item: Typed = { type, read, node: one, operands: [] };
    checkComparison('==', asked, item, { name: 'in', at: node.at });
  }
  const wanted: ReadonlySet<Value> = new Set(values);
  const apply: RowFunction['apply'] =
    type === 'number' ? ([value]) => wanted.has(value!) : ([value]) => wanted.has(toCell(value!));
  const rowFunction: RowFunction = {
    takes: [type === 'number' ? 'number' : 'any'],
    gives: 'boolean',
    apply,
  };
  return compileRowFunction(rowFunction, node, [asked]);
}

function literalOf(one: Node, { at }: CallNode): string | number {
  const isNegative = one.kind === 'unary' && one.operator === '-';
  const literal = isNegative ? one.argument : one;
  const value = literal.kind === 'literal' ? literal.value : null;
  if (typeof value === 'number') return isNegative ? -value : value;
  if (typeof value === 'string' && !isNegative) return value;
  return refuse(
    `"in" at character ${at} takes plain numbers and texts, but ${showNode(one)} is none`,
    `Write x == ${showNode(one)}, joined by or.`,
  );
}

/** `x between a and b`: x >= a and x <= b, all three compared as two of them would be. */
export function compileBetween(node: CallNode, operands: readonly Typed[]): Typed {
  const [asked, low, high] = operands as [Typed, Typed, Typed];
  const taker = { name: 'between', at: node.at };
  for (const bound of [low, high]) checkComparison('>=', asked, bound, taker);
  checkComparison('<=', low, high, taker);
  const type = comparedAs({ type: comparedAs(asked, low) }, high);
  if (type === 'boolean') refuse(`${described(taker)} orders true and false`, 'Write == or !=.');
  const rowFunction: RowFunction = {
    takes: [type === 'number' ? 'number' : 'any'],
    gives: 'boolean',
    missing: 'counted',
    apply: ([value, from, to]) =>
      both(inOrder(from!, value!, COMPARE[type]), inOrder(value!, to!, COMPARE[type])),
  };
  return compileRowFunction(rowFunction, node, operands);
}

const COMPARE: Readonly<Record<'number' | 'text' | 'cell', (a: Value, b: Value) => number>> = {
  number: (a, b) => compareNumbers(a as number, b as number),
  text: (a, b) => compareText(toCell(a), toCell(b)),
  cell: compareCells,
};

function inOrder(a: Value, b: Value, compare: (a: Value, b: Value) => number): boolean | null {
  return a === null || b === null ? null : compare(a, b) <= 0;
}

/** `and`, in three values. */
function both(a: boolean | null, b: boolean | null): boolean | null {
  if (a === false || b === false) return false;
  return a === null || b === null ? null : true;
}
