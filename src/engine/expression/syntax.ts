/**
 * From source text to a tree. jsep finds the structure; the tokens are checked before it and its
 * nodes are translated after it, each by an allow-list, so nothing that jsep can parse beyond this
 * grammar gets through. Knows no types and no columns.
 */
import { assert } from '../../base/assert.js';
import { checkCalls } from './check-calls.js';
import { type JsepGroups, type JsepNode, parseWithJsep, type SourceSpan } from './jsep-parser.js';
import { endOfBackticks, nameInBackticks } from './literals.js';
import { characterAt, refuse } from './refuse.js';
import { checkTokens } from './tokens.js';
import {
  type BinaryOperator,
  columnNamesOf,
  type GroupClause,
  type Node,
  type UnaryOperator,
  type Value,
} from './tree.js';

/** A parsed expression; its types are not yet known. */
export interface Expression {
  /** As it was written, without space around it. */
  readonly source: string;
  /** In order of first use, each once. */
  readonly columnNames: readonly string[];
  readonly tree: Node;
}

const COMPARISONS: ReadonlySet<string> = new Set([
  ...['==', '!=', '<', '<=', '>', '>=', 'in', 'not in', 'between', 'not between', '&between'],
]);

/**
 * Parses one expression. From loose to tight: `or`, `and`, `not`, comparisons with `in` and
 * `between`, `||`, `+ -`, `* / %`, prefix `- +`, `**` (from the right), as in Python: `not a == b`
 * is not (a == b), `-2 ** 2` is −4. The `by` of an aggregate belongs to it alone: `a / sum(a) by b`
 * is a / (sum(a) by b).
 *
 * @throws BAD_EXPRESSION with the 1-based character and what to write instead: anything outside the
 *   grammar, chained comparisons, unknown functions, wrong numbers of arguments, nested aggregates,
 *   over
 * 10,000 UTF-16 units, 1,000 operators or 100 levels.
 */
export function parseExpression(source: string): Expression {
  return parseFrom(source, 0);
}

/**
 * Parses `name = expression`; the name stands bare, words and all, or in backticks. Characters in
 * errors are counted from the start of `text`.
 *
 * @throws BAD_EXPRESSION as `parseExpression`, and without a name or its `=`.
 */
export function parseDerive(text: string): { name: string; expression: Expression } {
  const { name, end } = splitName(text);
  return { name, expression: parseFrom(text, end) };
}

const HOW_TO_DERIVE = "Write 'name = expression', such as 'total = price * amount'.";

/** The name before the first single `=`, and the offset behind that. */
function splitName(text: string): { name: string; end: number } {
  const first = text.search(/[^ \t\r\n]/);
  if (text[first] === '`') {
    const nameEnd = endOfBackticks(text, first);
    const equals = /[ \t\r\n]*=(?!=)/y;
    equals.lastIndex = nameEnd;
    if (!equals.test(text)) {
      refuse(
        `found no "=" behind the name, at character ${characterAt(text, nameEnd)}`,
        HOW_TO_DERIVE,
      );
    }
    return { name: nameInBackticks(text, first, nameEnd), end: equals.lastIndex };
  }
  const equals = /(?<![=<>!])=(?!=)/.exec(text);
  if (equals === null) refuse('found no name and "=" before the expression', HOW_TO_DERIVE);
  const name = text.slice(0, equals.index).trim();
  if (name === '') refuse(`found no name before the "=" at character ${first + 1}`, HOW_TO_DERIVE);
  const odd = /[`'"()<>=!]/.exec(text.slice(0, equals.index));
  if (odd !== null) {
    refuse(
      `found ${odd[0]} in the name, at character ${characterAt(text, odd.index)}`,
      'Put a name with such a character in backticks.',
    );
  }
  return { name, end: equals.index + 1 };
}

function parseFrom(text: string, start: number): Expression {
  checkTokens(text, start);
  const { root, spans } = parseWithJsep(text, start);
  const tree = translate(root, { text, spans });
  checkCalls(tree);
  return { source: text.slice(start).trim(), columnNames: columnNamesOf(tree), tree };
}

interface Translation {
  readonly text: string;
  readonly spans: ReadonlyMap<JsepNode, SourceSpan>;
}

/** Builds our node for a jsep node; any other than the six named here is refused. */
function translate(node: JsepNode, context: Translation): Node {
  const at = characterAt(context.text, offsetOf(node, context));
  const placed = { at, stretch: stretchOf(node, context) };
  switch (node.type) {
    case 'Literal':
      return { kind: 'literal', value: node.value as Value, ...placed };
    case 'Identifier':
      return { kind: 'column', name: node.name!, ...placed };
    case 'UnaryExpression': {
      const argument = translate(node.argument!, context);
      return { kind: 'unary', operator: node.operator as UnaryOperator, argument, ...placed };
    }
    case 'BinaryExpression': {
      refuseChain(node, at, context);
      const word = translateWord(node, placed, context);
      if (word !== null) return word;
      const left = translate(node.left!, context);
      const right = translate(node.right!, context);
      return { kind: 'binary', operator: node.operator as BinaryOperator, left, right, ...placed };
    }
    case 'CallExpression': {
      assert(node.callee?.type === 'Identifier', 'only names are called');
      const usage = WORD_USAGES.get(node.callee.name!);
      if (usage !== undefined) {
        const word = `"${node.callee.name}" at character ${at}`;
        refuse(`${word} has no value before it`, `Write ${usage}.`);
      }
      const parameters = node.arguments!.map((argument) => translate(argument, context));
      const call = { name: node.callee.name!, arguments: parameters, ...placed };
      if (node.by === undefined) return { kind: 'call', ...call };
      return { kind: 'call', ...call, by: translateGroups(node.by, context) };
    }
    default:
      return refuse(`found ${node.type} at character ${at}`, 'Write one plain expression.');
  }
}

function translateGroups({ offset, columns }: JsepGroups, { text }: Translation): GroupClause {
  return {
    at: characterAt(text, offset),
    columns: columns.map(({ name, offset: start, end }) => {
      const at = characterAt(text, start);
      const stretch = { start: at, end: characterAt(text, end) };
      return { kind: 'column', name, at, stretch };
    }),
  };
}

/** What stands between values, and is no function. */
const WORD_USAGES: ReadonlyMap<string, string> = new Map([
  ['in', "x in ('a', 'b')"],
  ['between', 'x between 1 and 9'],
]);

/** `in` and `between` as calls, behind a `not` where they have one; null for other operators. */
function translateWord(
  node: JsepNode,
  placed: Pick<Node, 'at' | 'stretch'>,
  context: Translation,
): Node | null {
  const { operator, left, right } = node as Required<JsepNode>;
  const all = (nodes: readonly JsepNode[]): Node[] => nodes.map((one) => translate(one, context));
  const call = (name: string, parts: readonly JsepNode[], isNegated: boolean): Node => {
    const plain: Node = { kind: 'call', name, arguments: all(parts), ...placed };
    return isNegated ? { kind: 'unary', operator: 'not', argument: plain, ...placed } : plain;
  };
  switch (operator) {
    case 'in':
    case 'not in': {
      const list = right.type === 'SequenceExpression' ? right.expressions! : [right];
      return call('in', [left, ...list], operator === 'not in');
    }
    case '&between': {
      const { left: asked, right: low, operator: word } = left as Required<JsepNode>;
      return call('between', [asked, low, right], word === 'not between');
    }
    case 'between':
    case 'not between':
      return refuse(
        `the "between" at character ${placed.at} lacks its "and"`,
        'Write x between 1 and 9.',
      );
    default:
      return null;
  }
}

/** From the first character to the last. */
function stretchOf(node: JsepNode, context: Translation) {
  let first = node;
  while (!context.spans.has(first) && first.left !== undefined) first = first.left;
  const start = context.spans.get(first)?.start ?? 0;
  const text = context.text.slice(start, endOf(node, context)).trimEnd();
  const at = characterAt(context.text, start);
  return { start: at, end: at + [...text].length };
}

/**
 * `a < b < c` compares a truth value with c in some languages and means a < b and b < c in others.
 */
function refuseChain(node: JsepNode, at: number, context: Translation): void {
  if (!COMPARISONS.has(node.operator!)) return;
  // A `between` has its own other half on the left.
  const sides = node.operator === '&between' ? [node.right!] : [node.left!, node.right!];
  const isChained = sides.some(
    (side) =>
      side.type === 'BinaryExpression' &&
      COMPARISONS.has(side.operator!) &&
      !context.spans.has(side),
  );
  if (isChained) {
    refuse(
      `found a second comparison at character ${at} in one chain`,
      'Write a < b and b < c, or put one of them in parentheses.',
    );
  }
}

/** Where a node is shown: a binary operation at its operator, anything else at its start. */
function offsetOf(node: JsepNode, context: Translation): number {
  if (node.type !== 'BinaryExpression') return context.spans.get(node)?.start ?? 0;
  const behindLeft = /[^ \t\r\n]/g;
  behindLeft.lastIndex = endOf(node.left!, context);
  return behindLeft.exec(context.text)?.index ?? 0;
}

/** The end of a node, its parentheses included: recorded for all but bare binary operations. */
function endOf(node: JsepNode, context: Translation): number {
  let last = node;
  while (!context.spans.has(last)) {
    assert(last.right !== undefined, 'a token has a place');
    last = last.right;
  }
  return context.spans.get(last)!.end;
}
