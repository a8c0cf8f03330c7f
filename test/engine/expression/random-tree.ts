/**
 * Random well-typed trees over five columns, and how a person would write them: with few or many
 * parentheses.
 */
import fc from 'fast-check';
import type {
  BinaryOperator,
  Node,
  UnaryOperator,
  Value,
  ValueType,
} from '../../../src/engine/expression/tree.js';

/** Names that need backticks, or look like something else, among them. */
export const COLUMNS: readonly (readonly [string, ValueType])[] = [
  ['c', 'cell'],
  ['Unit Price', 'cell'],
  ['constructor', 'number'],
  ['größe', 'text'],
  ['or', 'boolean'],
];

const cell = fc.constantFrom(
  ...['', 'NA', '-', '0', '-0', '1', '1.0', '-3.5', '1e3', '1e308', '007', 'abc', 'ABC', 'é', '😀'],
  ...['\uff01', 'true', '1,5', '0x1', '#N/A', 'na'],
  ...['2024-02-29', '2023-02-29', '1969-12-31 23:59', '2025-03-09T14:05:30.5+01:00', '2025-3-9'],
);
const number: fc.Arbitrary<Value> = fc.constantFrom(null, 0, 1, -2, 0.5, 3, 1e154, -1e308, 2.675);
const text: fc.Arbitrary<Value> = fc.constantFrom(null, '', 'abc', 'Z', '1', '😀', '\uff01');
const boolean: fc.Arbitrary<Value> = fc.constantFrom(null, true, false);

/** A row in the order of `COLUMNS`. */
export const randomRow: fc.Arbitrary<readonly Value[]> = fc.tuple(
  cell,
  cell,
  number,
  text,
  boolean,
);

const literal = (value: Value): Node => ({ kind: 'literal', value, at: 0 });
const column = (name: string): Node => ({ kind: 'column', name, at: 0 });
/** A negative number is written with its sign before it. */
const signedLiteral = (value: number): Node =>
  value < 0 ? unary('-', literal(-value)) : literal(value);
const DATE_PARTS = ['year', 'month', 'day', 'weekday', 'hour', 'minute', 'second'];
const unary = (operator: UnaryOperator, argument: Node): Node => ({
  kind: 'unary',
  operator,
  argument,
  at: 0,
});
const binary = (operator: BinaryOperator, left: Node, right: Node): Node => ({
  kind: 'binary',
  operator,
  left,
  right,
  at: 0,
});
const call = (name: string, ...parameters: Node[]): Node => ({
  kind: 'call',
  name,
  arguments: parameters,
  at: 0,
});

/** One kind of tree for each type, and any of them. */
type Trees = Record<ValueType | 'any', Node>;

const DATES = ['2024-02-29', '2000-01-01T00:00Z', '1999-12-31 23:59:59.25-0530', '2023-13-01'];
const UNITS = ['days', 'hours', 'minutes', 'seconds'];

const equality = fc.constantFrom('==', '!=');
const comparison = fc.constantFrom('==', '!=', '<', '<=', '>', '>=');

const { any: randomTree } = fc.letrec<Trees>((tie) => {
  const numeric = fc.oneof(tie('number'), tie('cell'));
  const textual = fc.oneof(tie('text'), tie('cell'));
  const printed = fc.oneof(tie('text'), tie('cell'), tie('number'));
  const dated = fc.oneof(fc.constantFrom(...DATES).map(literal), textual);
  const branches = (type: keyof Trees) => [
    fc.tuple(tie('boolean'), tie(type), tie(type)).map((all) => call('if', ...all)),
    fc.tuple(tie(type), tie(type)).map((all) => call('coalesce', ...all)),
  ];
  return {
    number: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'tree' },
      fc.constantFrom(0, 1, 2, 0.5, 10, 1e200, 1e-9).map(literal),
      fc.constant(column('constructor')),
      fc
        .tuple(fc.constantFrom('+', '-', '*', '/', '%', '**'), numeric, numeric)
        .map(([operator, a, b]) => binary(operator as BinaryOperator, a, b)),
      fc.tuple(fc.constantFrom('-', '+'), numeric).map(([sign, a]) => unary(sign as '-', a)),
      fc
        .tuple(fc.constantFrom('abs', 'floor', 'ceil', 'sqrt', 'log', 'exp', 'round'), numeric)
        .map(([name, a]) => call(name, a)),
      fc.tuple(numeric, fc.nat(15)).map(([a, digits]) => call('round', a, literal(digits))),
      textual.map((a) => call('length', a)),
      fc
        .tuple(
          fc.constantFrom('least', 'greatest'),
          fc.array(numeric, { minLength: 2, maxLength: 4 }),
        )
        .map(([name, all]) => call(name, ...all)),
      fc.tuple(fc.constantFrom(...DATE_PARTS), dated).map(([name, a]) => call(name, a)),
      fc.tuple(dated, dated).map((all) => call('date_diff', ...all)),
      fc
        .tuple(dated, dated, fc.constantFrom(...UNITS))
        .map(([a, b, unit]) => call('date_diff', a, b, literal(unit))),
      ...branches('number'),
    ),
    text: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'tree' },
      fc.constantFrom('abc', 'Z', '1', "it's", '\\ "', '😀', 'a\nb\tc').map(literal),
      fc.constant(column('größe')),
      fc
        .tuple(fc.constantFrom('lower', 'upper', 'trim'), textual)
        .map(([name, a]) => call(name, a)),
      fc.tuple(textual, textual, textual).map((all) => call('replace', ...all)),
      fc.tuple(textual, numeric).map((all) => call('substr', ...all)),
      fc.tuple(textual, numeric, numeric).map((all) => call('substr', ...all)),
      fc.tuple(textual, textual, numeric).map((all) => call('split_part', ...all)),
      fc.array(tie('any'), { minLength: 1, maxLength: 4 }).map((all) => call('concat', ...all)),
      fc.tuple(printed, printed).map(([a, b]) => binary('||', a, b)),
      ...branches('text'),
    ),
    boolean: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'tree' },
      fc.boolean().map(literal),
      fc.constant(column('or')),
      fc
        .tuple(fc.constantFrom('and', 'or'), tie('boolean'), tie('boolean'))
        .map(([operator, a, b]) => binary(operator as BinaryOperator, a, b)),
      tie('boolean').map((a) => unary('not', a)),
      fc
        .tuple(comparison, tie('number'), numeric)
        .map(([operator, a, b]) => binary(operator as BinaryOperator, a, b)),
      fc
        .tuple(comparison, textual, tie('text'))
        .map(([operator, a, b]) => binary(operator as BinaryOperator, a, b)),
      fc
        .tuple(comparison, tie('cell'), tie('cell'))
        .map(([operator, a, b]) => binary(operator as BinaryOperator, a, b)),
      fc
        .tuple(equality, tie('boolean'), tie('boolean'))
        .map(([operator, a, b]) => binary(operator as BinaryOperator, a, b)),
      tie('any').map((a) => call('is_missing', a)),
      fc
        .tuple(fc.constantFrom('contains', 'starts_with', 'ends_with'), textual, textual)
        .map(([name, a, b]) => call(name, a, b)),
      fc
        .tuple(numeric, fc.array(fc.constantFrom(0, 1, -2, 0.5), { minLength: 1, maxLength: 4 }))
        .map(([a, list]) => call('in', a, ...list.map(signedLiteral))),
      fc
        .tuple(textual, fc.array(fc.constantFrom('abc', 'Z', '1', '😀'), { minLength: 1 }))
        .map(([a, list]) => call('in', a, ...list.map(literal))),
      fc.tuple(tie('number'), numeric, numeric).map((all) => call('between', ...all)),
      fc.tuple(tie('text'), textual, textual).map((all) => call('between', ...all)),
      fc.tuple(tie('cell'), tie('cell'), tie('cell')).map((all) => call('between', ...all)),
      ...branches('boolean'),
    ),
    cell: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'tree' },
      fc.constantFrom('c', 'Unit Price').map(column),
      fc.tuple(tie('boolean'), tie('number'), tie('text')).map((all) => call('if', ...all)),
      fc.tuple(tie('cell'), tie('any'), tie('any')).map((all) => call('coalesce', ...all)),
    ),
    any: fc.oneof(tie('number'), tie('text'), tie('boolean'), tie('cell')),
  };
});

export { randomTree };

/** Python's table: higher binds tighter. */
const LEVELS: ReadonlyMap<string, number> = new Map([
  ['or', 1],
  ['and', 2],
  ['==', 4],
  ['!=', 4],
  ['<', 4],
  ['<=', 4],
  ['>', 4],
  ['>=', 4],
  ['||', 4.5],
  ['+', 5],
  ['-', 5],
  ['*', 6],
  ['/', 6],
  ['%', 6],
  ['**', 8],
]);
const LEVEL_OF_NOT = 3;
const LEVEL_OF_SIGN = 7;

/** `node` as source with no parentheses but those it needs, and some more where `extra` says so. */
export function writeTree(node: Node, extra: () => boolean, least = 0): string {
  const { source, level } = writeNode(node, extra);
  return level < least || extra() ? `( ${source} )` : source;
}

function writeNode(node: Node, extra: () => boolean): { source: string; level: number } {
  switch (node.kind) {
    case 'literal':
      return { source: writeLiteral(node.value), level: 9 };
    case 'column':
      return {
        source: /^(c|constructor|größe)$/.test(node.name) ? node.name : `\`${node.name}\``,
        level: 9,
      };
    case 'unary': {
      const level = node.operator === 'not' ? LEVEL_OF_NOT : LEVEL_OF_SIGN;
      return { source: `${node.operator} ${writeTree(node.argument, extra, level)}`, level };
    }
    case 'binary': {
      const level = LEVELS.get(node.operator)!;
      // Powers group from the right and take a sign there; comparisons do not chain.
      const left = level === 4 ? 4.5 : level === 8 ? 9 : level;
      const right = level === 8 ? LEVEL_OF_SIGN : level === 4.5 ? 5 : level + 1;
      const a = writeTree(node.left, extra, left);
      return { source: `${a} ${node.operator} ${writeTree(node.right, extra, right)}`, level };
    }
    case 'call': {
      const operands = (): string[] => node.arguments.map((one) => writeTree(one, extra, 4.5));
      if (node.name === 'in') {
        const [asked, ...list] = node.arguments as [Node, ...Node[]];
        const printed = list.map((one) => writeTree(one, () => false));
        return { source: `${writeTree(asked, extra, 4.5)} in (${printed.join(',')})`, level: 4 };
      }
      if (node.name === 'between') {
        const [asked, low, high] = operands();
        return { source: `${asked} between ${low} and ${high}`, level: 4 };
      }
      const digits = node.name === 'round' ? node.arguments[1] : undefined;
      const written = node.arguments.map((argument) =>
        argument === digits
          ? writeLiteral((argument as { value: Value }).value)
          : writeTree(argument, extra),
      );
      return { source: `${node.name}(${written.join(',')})`, level: 9 };
    }
  }
}

function writeLiteral(value: Value): string {
  if (typeof value !== 'string') return String(value);
  return JSON.stringify(value);
}
