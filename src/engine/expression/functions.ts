/**
 * What the functions over plain operands do. `if`, `coalesce` and `is_missing`, which do not read
 * all their arguments as operands, stand with the compiler. Knows no columns.
 */
import { trimText } from '../trim-text.js';
import { finiteOrMissing } from './operators.js';
import { roundNumber } from './round-number.js';
import type { CallNode } from './tree.js';
import { asNumber, asText, type Read, type Typed } from './typed.js';

/** From a finite number to a number that may be NaN or infinite; the logarithm is natural. */
const NUMBER_FUNCTIONS: ReadonlyMap<string, (x: number) => number> = new Map([
  ['abs', Math.abs],
  ['floor', Math.floor],
  ['ceil', Math.ceil],
  ['sqrt', Math.sqrt],
  ['log', Math.log],
  ['exp', Math.exp],
]);

/** Case by Unicode's own tables, the same in every locale. */
export const TEXT_FUNCTIONS: ReadonlyMap<string, (text: string) => string> = new Map([
  ['lower', (text: string) => text.toLowerCase()],
  ['upper', (text: string) => text.toUpperCase()],
  ['trim', trimText],
]);

/** The call `node` of a function over `operands`; its name and their number have been checked. */
export function compileFunction(node: CallNode, operands: readonly Typed[]): Typed {
  const operand = operands[0]!;
  const ofText = TEXT_FUNCTIONS.get(node.name);
  if (ofText !== undefined) {
    return { type: 'text', read: mapped(asText(operand, node), ofText), node, operands };
  }
  if (node.name === 'length') {
    const read = mapped(asText(operand, node), countCodePoints);
    return { type: 'number', read, node, operands };
  }
  const read = calculated(asNumber(operand, node), numberFunction(node));
  return { type: 'number', read, node, operands };
}

/** What a call of a function of numbers does; from a finite number to one that may not be. */
export function numberFunction(node: CallNode): (x: number) => number {
  if (node.name !== 'round') return NUMBER_FUNCTIONS.get(node.name)!;
  const digits = node.arguments[1];
  const places = digits?.kind === 'literal' ? Number(digits.value) : 0;
  return (x) => roundNumber(x, places);
}

function mapped(
  readText: Read<string | null>,
  map: (text: string) => string | number,
): Read<string | number | null> {
  return (row, aggregateValues, counts) => {
    const text = readText(row, aggregateValues, counts);
    return text === null ? null : map(text);
  };
}

function calculated(
  readNumber: Read<number | null>,
  calculate: (x: number) => number,
): Read<number | null> {
  return (row, aggregateValues, counts) => {
    const x = readNumber(row, aggregateValues, counts);
    return x === null ? null : finiteOrMissing(calculate(x), counts);
  };
}

export function countCodePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
