/**
 * Evaluates a tree straight from its meaning, one row at a time and types by looking again, so that
 * the compiler has something to agree with. Slow, and only for well-typed trees.
 */

import { isMissing } from '../../../src/csv/missing.js';
import { roundNumber } from '../../../src/engine/expression/round-number.js';
import type {
  BinaryNode,
  CallNode,
  ExpressionCounts,
  Node,
  Value,
} from '../../../src/engine/expression/tree.js';
import { COLUMNS } from './random-tree.js';

type Type = 'number' | 'text' | 'boolean' | 'cell';

/** The value of `node`, adding to `counts`; `isOperand` where a missing leaf is to be counted. */
export function interpret(
  node: Node,
  row: readonly Value[],
  counts: ExpressionCounts,
  isOperand = false,
): Value {
  const leaf = (value: Value): Value => {
    if (value === null && isOperand) counts.missingOperands += 1;
    return value;
  };
  if (node.kind === 'literal') return leaf(node.value);
  if (node.kind === 'column') {
    const index = COLUMNS.findIndex(([name]) => name === node.name);
    const value = row[index]!;
    return leaf(COLUMNS[index]![1] === 'cell' && isMissing(String(value)) ? null : value);
  }
  const operand = (one: Node): Value => interpret(one, row, counts, true);
  if (node.kind === 'unary') {
    const value = operand(node.argument);
    if (node.operator === 'not') return value === null ? null : value === false;
    const number = readNumber(value, counts);
    return number === null ? null : node.operator === '-' ? -number : number;
  }
  if (node.kind === 'binary') return interpretBinary(node, operand, counts);
  if (node.name === 'if') {
    const branch = operand(node.arguments[0]!) === true ? 1 : 2;
    return interpret(node.arguments[branch]!, row, counts, isOperand);
  }
  if (node.name === 'coalesce') {
    let value: Value = null;
    node.arguments.forEach((argument, i) => {
      const isLast = i === node.arguments.length - 1;
      if (value === null) value = interpret(argument, row, counts, isOperand && isLast);
    });
    return value;
  }
  if (node.name === 'is_missing') return interpret(node.arguments[0]!, row, counts) === null;
  if (node.name === 'least' || node.name === 'greatest') {
    const numbers = node.arguments
      .map((one) => readNumber(interpret(one, row, counts), counts))
      .filter((one) => one !== null);
    if (numbers.length === 0) return null;
    const best = node.name === 'least' ? Math.min(...numbers) : Math.max(...numbers);
    return numbers.find((one) => one === best)!;
  }
  if (node.name === 'concat') {
    return node.arguments.map((one) => String(interpret(one, row, counts) ?? '')).join('');
  }
  if (node.name === 'in') return isIn(node, operand, counts);
  if (node.name === 'between') return isBetween(node, operand, counts);
  if (TAKEN.has(node.name)) return callRowFunction(node, operand, counts);
  return callFunction(node, operand(node.arguments[0]!), counts);
}

/** What each argument is read as; these are missing when one of them is. */
const TAKEN: ReadonlyMap<string, string> = new Map([
  ...['year', 'month', 'day', 'weekday', 'hour', 'minute', 'second'].map(
    (name) => [name, 't'] as const,
  ),
  ...['date_diff', 'replace'].map((name) => [name, 'ttt'] as const),
  ...['contains', 'starts_with', 'ends_with'].map((name) => [name, 'tt'] as const),
  ['substr', 'tnn'],
  ['split_part', 'ttn'],
]);

function callRowFunction(
  node: CallNode,
  operand: (node: Node) => Value,
  counts: ExpressionCounts,
): Value {
  const values = node.arguments.map((one, i) => {
    const value = operand(one);
    return TAKEN.get(node.name)![i] === 'n' ? readNumber(value, counts) : value;
  });
  if (values.includes(null)) return null;
  const texts = values.map(String);
  const [text, part, by] = texts as [string, string, string];
  const numbers = values.map(Number) as [number, number, number];
  switch (node.name) {
    case 'contains':
      return text.indexOf(part) >= 0;
    case 'starts_with':
      return text.slice(0, part.length) === part;
    case 'ends_with':
      return part === '' || text.slice(-part.length) === part;
    case 'replace':
      return part === '' ? text : text.replaceAll(part, () => by);
    case 'split_part': {
      const pieces = part === '' ? [text] : text.split(part);
      const n = Math.trunc(numbers[2]);
      return (n > 0 ? pieces[n - 1] : n < 0 ? pieces.at(n) : undefined) ?? null;
    }
    case 'substr': {
      const points = Array.from(text);
      const first = Math.trunc(numbers[1]);
      const from = first < 0 ? points.length + first + 1 : first;
      const until = values.length === 3 ? from + Math.trunc(numbers[2]) : Number.POSITIVE_INFINITY;
      return points.filter((_, i) => i + 1 >= from && i + 1 < until).join('');
    }
    case 'date_diff': {
      const [a, b] = [text, part].map((one) => readDate(one, counts));
      const unit = { hours: 24, minutes: 1440, seconds: 86_400 }[by] ?? 1;
      return a == null || b == null ? null : finite((b.ms - a.ms) / (86_400_000 / unit), counts);
    }
    default: {
      const date = readDate(text, counts);
      return date === null ? null : date.parts[node.name]!;
    }
  }
}

const DATE =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?(?:Z|([+-])(\d\d)(?::?(\d\d))?)?)?$/;

/** By JavaScript's own calendar. */
function readDate(text: string, counts: ExpressionCounts) {
  const found = DATE.exec(text);
  const [year, month, day, hour = 0, minute = 0, second = 0] = (found ?? [])
    .slice(1, 7)
    .map((one) => (one === undefined ? 0 : Number(one))) as [number, number, number];
  const utc = new Date(0);
  utc.setUTCFullYear(year, month - 1, day);
  const zone = [found?.[8], found?.[9]].map((one) => Number(one ?? 0)) as [number, number];
  const exists = utc.getUTCMonth() === month - 1 && utc.getUTCDate() === day;
  const isTime = hour < 24 && minute < 60 && second < 60 && zone[0] < 24 && zone[1] < 60;
  if (found === null || !exists || !isTime) {
    counts.notDates += 1;
    return null;
  }
  const weekday = utc.getUTCDay() === 0 ? 7 : utc.getUTCDay();
  const east = (found[7] === '-' ? -1 : 1) * (zone[0] * 60 + zone[1]);
  const ms = utc.getTime() + (hour * 3600 + (minute - east) * 60 + second) * 1000;
  const parts: Record<string, number> = { year, month, day, weekday, hour, minute, second };
  return { ms, parts };
}

function isIn(node: CallNode, operand: (node: Node) => Value, counts: ExpressionCounts): Value {
  const value = operand(node.arguments[0]!);
  const list = node.arguments.slice(1).map((one) => {
    if (one.kind === 'unary') return -Number((one.argument as { value: Value }).value);
    return (one as { value: Value }).value;
  });
  if (typeof list[0] === 'number') {
    const number = readNumber(value, counts);
    return number === null ? null : list.some((one) => one === number);
  }
  return value === null ? null : list.some((one) => one === String(value));
}

/** As the two comparisons that it stands for, each operand read once. */
function isBetween(
  node: CallNode,
  operand: (node: Node) => Value,
  counts: ExpressionCounts,
): Value {
  const types = node.arguments.map(typeOf);
  const isNumeric = types.includes('number');
  const [value, low, high] = node.arguments.map((one) => {
    const read = operand(one);
    return isNumeric ? readNumber(read, counts) : read;
  });
  const isAtMost = (a: Value, b: Value): boolean | null => {
    if (a === null || b === null) return null;
    const x = readNumber(a, null);
    const y = readNumber(b, null);
    if (!types.includes('text') && x !== null && y !== null) return x <= y;
    return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b))) <= 0;
  };
  const first = isAtMost(low!, value!);
  const second = isAtMost(value!, high!);
  if (first === false || second === false) return false;
  return first === null || second === null ? null : true;
}

function interpretBinary(
  node: BinaryNode,
  operand: (node: Node) => Value,
  counts: ExpressionCounts,
): Value {
  const a = operand(node.left);
  if (node.operator === 'and' && a === false) return false;
  if (node.operator === 'or' && a === true) return true;
  if (node.operator === '||') {
    const b = operand(node.right);
    return a === null || b === null ? null : String(a) + String(b);
  }
  const types = [typeOf(node.left), typeOf(node.right)];
  const isNumeric = '+-*/%**'.includes(node.operator) || types.includes('number');
  // Both sides are read in full before either is found missing.
  if (isNumeric) {
    const x = readNumber(a, counts);
    const y = readNumber(operand(node.right), counts);
    if (x === null || y === null) return null;
    if ('+-*/%**'.includes(node.operator)) return calculate(node.operator, x, y, counts);
    return order(node.operator, x < y ? -1 : x > y ? 1 : 0);
  }
  const b = operand(node.right);
  if (node.operator === 'and') return b === false ? false : a === null || b === null ? null : true;
  if (node.operator === 'or') return b === true ? true : a === null || b === null ? null : false;
  if (a === null || b === null) return null;
  const x = readNumber(a, null);
  const y = readNumber(b, null);
  if (!types.includes('text') && x !== null && y !== null)
    return order(node.operator, x < y ? -1 : x > y ? 1 : 0);
  return order(node.operator, Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b))));
}

function order(operator: string, sign: number): boolean {
  if (operator === '==') return sign === 0;
  if (operator === '!=') return sign !== 0;
  if (sign === 0) return operator.endsWith('=');
  return operator.startsWith('<') === sign < 0;
}

function calculate(operator: string, x: number, y: number, counts: ExpressionCounts): Value {
  if ((operator === '/' || operator === '%') && y === 0) {
    counts.divisionsByZero += 1;
    return null;
  }
  if (operator === '+') return finite(x + y, counts);
  if (operator === '-') return finite(x - y, counts);
  if (operator === '*') return finite(x * y, counts);
  if (operator === '/') return finite(x / y, counts);
  return finite(operator === '%' ? x % y : x ** y, counts);
}

function finite(x: number, counts: ExpressionCounts): number | null {
  if (Number.isNaN(x) || Math.abs(x) === Number.POSITIVE_INFINITY) {
    counts.notFinite += 1;
    return null;
  }
  return x;
}

function callFunction(node: CallNode, value: Value, counts: ExpressionCounts): Value {
  if (['lower', 'upper', 'trim', 'length'].includes(node.name)) {
    if (value === null) return null;
    const text = String(value);
    if (node.name === 'lower') return text.toLowerCase();
    if (node.name === 'upper') return text.toUpperCase();
    return node.name === 'trim' ? text.replace(/^[ \t]+|[ \t]+$/g, '') : [...text].length;
  }
  const x = readNumber(value, counts);
  if (x === null) return null;
  // Adding 0 makes a -0 a 0.
  if (node.name === 'abs') return (x < 0 ? -x : x) + 0;
  if (node.name === 'floor') return Math.floor(x);
  if (node.name === 'ceil') return Math.ceil(x);
  if (node.name === 'sqrt') return finite(Math.sqrt(x), counts);
  if (node.name === 'log') return finite(Math.log(x), counts);
  if (node.name === 'exp') return finite(Math.exp(x), counts);
  const digits = node.arguments[1];
  return roundNumber(x, digits?.kind === 'literal' ? Number(digits.value) : 0);
}

/** Counts a text where `counts` is given. */
function readNumber(value: Value, counts: ExpressionCounts | null): number | null {
  if (value === null || typeof value === 'number') return value;
  const isNumeral =
    typeof value === 'string' && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value);
  if (isNumeral && Number.isFinite(Number(value))) return Number(value) + 0;
  if (counts !== null) counts.textCells += 1;
  return null;
}

const GIVE_BOOLEANS = ['is_missing', 'contains', 'starts_with', 'ends_with', 'in', 'between'];
const GIVE_TEXTS = ['lower', 'upper', 'trim', 'replace', 'substr', 'split_part', 'concat'];

/** The type that a tree is known to have before any row. */
export function typeOf(node: Node): Type {
  if (node.kind === 'literal') {
    return typeof node.value === 'string' ? 'text' : (typeof node.value as 'number' | 'boolean');
  }
  if (node.kind === 'column') return COLUMNS.find(([name]) => name === node.name)![1];
  if (node.kind === 'unary') return node.operator === 'not' ? 'boolean' : 'number';
  if (node.kind === 'binary') {
    if (node.operator === '||') return 'text';
    return '+-*/%**'.includes(node.operator) ? 'number' : 'boolean';
  }
  if (GIVE_BOOLEANS.includes(node.name)) return 'boolean';
  if (GIVE_TEXTS.includes(node.name)) return 'text';
  if (node.name !== 'if' && node.name !== 'coalesce') return 'number';
  const [first, ...rest] = node.arguments.slice(node.name === 'if' ? 1 : 0).map(typeOf);
  return rest.every((type) => type === first) ? first! : 'cell';
}
