/**
 * jsep, set up for this grammar: words as operators, names in backticks, prefixes that bind as in
 * Python, and the place of every token. Refuses to know what any of it means. jsep keeps its
 * grammar in static fields of one class shared by the whole process, so ours is in place only while
 * a source is parsed.
 */

import jsep from 'jsep';
import { wordPattern } from '../../base/word-pattern.js';
import { byHere, type GroupColumn, readGroupColumns } from './group-columns.js';
import { endOfBackticks, nameInBackticks } from './literals.js';
import { refuse } from './refuse.js';
import { wordOperatorHere } from './tokens.js';

/** A node as jsep makes it; which fields are there depends on `type`. */
export interface JsepNode {
  readonly type: string;
  readonly value?: unknown;
  readonly name?: string;
  readonly operator?: string;
  readonly argument?: JsepNode;
  readonly left?: JsepNode;
  readonly right?: JsepNode;
  readonly callee?: JsepNode;
  readonly arguments?: readonly JsepNode[];
  readonly expressions?: readonly JsepNode[];
  /** Of a call: what stands behind it. */
  by?: JsepGroups;
}

export interface JsepGroups {
  /** Of the word. */
  readonly offset: number;
  readonly columns: readonly GroupColumn[];
}

/**
 * UTF-16 offsets of a token, or of what stands in parentheses with these; the end may take in
 * space.
 */
export interface SourceSpan {
  readonly start: number;
  readonly end: number;
}

/** The part of jsep's class that is used; its published types leave the class out. */
interface JsepInstance {
  index: number;
  readonly expr: string;
  gobbleSpaces(): void;
  gobbleToken(): JsepNode | false;
  gobbleExpression(): JsepNode | false;
  gobbleBinaryOp(): string | false;
  gobbleBinaryExpression(): JsepNode | false;
  parse(): JsepNode;
}
const { Jsep } = jsep as unknown as { readonly Jsep: new (source: string) => JsepInstance };

/** Higher binds tighter. */
const PRECEDENCE = {
  or: 1,
  and: 2,
  '==': 4,
  '!=': 4,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  in: 4,
  'not in': 4,
  between: 4,
  'not between': 4,
  /** The `and` of a `between`. */
  '&between': 4,
  '||': 4.5,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  '%': 6,
  '**': 8,
} as const;

/** The loosest operator that may stand in the operand of a prefix. */
const PREFIX_OPERAND: ReadonlyMap<string, number> = new Map([
  ['not', PRECEDENCE['==']],
  ['-', PRECEDENCE['**']],
  ['+', PRECEDENCE['**']],
]);

const prefixHere = wordPattern(String.raw`(?:[-+]|not(?![\p{L}\p{M}\p{N}_$]))`, 'y');

const GRAMMAR = {
  unary_ops: {},
  max_unop_len: 0,
  binary_ops: PRECEDENCE,
  // Longer ones are read by `gobbleWordOperator`.
  max_binop_len: 3,
  right_associative: new Set(['**']),
  literals: { true: true, false: false, null: null },
  additional_identifier_chars: new Set(['_', '$']),
  this_str: 'this',
  hooks: {},
};

class Parser extends Jsep {
  readonly spans = new Map<JsepNode, SourceSpan>();
  private loosest = 0;
  /** How many `between` wait for their `and`. */
  private openBetweens = 0;

  /** Everything in parentheses and every argument starts afresh. */
  override gobbleExpression(): JsepNode | false {
    const before = this.openBetweens;
    this.openBetweens = 0;
    const node = this.withLoosest(0, () => super.gobbleExpression());
    this.openBetweens = before;
    return node;
  }

  /** The next operator, if it binds tightly enough for where the parser is. */
  override gobbleBinaryOp(): string | false {
    const before = this.index;
    const operator = this.gobbleWordOperator() ?? super.gobbleBinaryOp();
    if (operator === false) return false;
    const isClosing = operator === 'and' && this.openBetweens > 0;
    const meant = isClosing ? '&between' : operator;
    if (PRECEDENCE[meant as keyof typeof PRECEDENCE] < this.loosest) {
      this.index = before;
      return false;
    }
    if (isClosing) this.openBetweens--;
    if (meant === 'between' || meant === 'not between') this.openBetweens++;
    return meant;
  }

  private gobbleWordOperator(): string | null {
    this.gobbleSpaces();
    const pattern = wordOperatorHere(this.expr);
    pattern.lastIndex = this.index;
    const word = pattern.exec(this.expr)?.[0];
    if (word === undefined) return null;
    this.index += word.length;
    return word.replace(/[ \t\r\n]+/, ' ');
  }

  override gobbleToken(): JsepNode | false {
    this.gobbleSpaces();
    const start = this.index;
    const node = this.gobblePrefixed() ?? this.gobbleName() ?? super.gobbleToken();
    if (node !== false && node.type === 'CallExpression') this.gobbleGroups(node);
    if (node !== false) this.spans.set(node, { start, end: this.index });
    return node;
  }

  private gobblePrefixed(): JsepNode | null {
    const pattern = prefixHere(this.expr);
    pattern.lastIndex = this.index;
    const operator = pattern.exec(this.expr)?.[0];
    if (operator === undefined) return null;
    this.index += operator.length;
    const argument = this.withLoosest(PREFIX_OPERAND.get(operator)!, () =>
      this.gobbleBinaryExpression(),
    );
    return argument === false ? null : { type: 'UnaryExpression', operator, argument };
  }

  private gobbleGroups(call: JsepNode): void {
    const behind = this.index;
    this.gobbleSpaces();
    const pattern = byHere(this.expr);
    pattern.lastIndex = this.index;
    if (pattern.test(this.expr)) {
      const { columns, end } = readGroupColumns(this.expr, this.index);
      call.by = { offset: this.index, columns };
      this.index = end;
    } else {
      this.index = behind;
    }
  }

  private gobbleName(): JsepNode | null {
    if (this.expr[this.index] !== '`') return null;
    const start = this.index;
    this.index = endOfBackticks(this.expr, start);
    return { type: 'Identifier', name: nameInBackticks(this.expr, start, this.index) };
  }

  private withLoosest<T>(loosest: number, gobble: () => T): T {
    const before = this.loosest;
    this.loosest = loosest;
    const result = gobble();
    this.loosest = before;
    return result;
  }
}

/**
 * Parses `source` from the UTF-16 offset `start` on; `spans` holds every token, but no binary
 * operation outside parentheses. Throws `BAD_EXPRESSION` where jsep finds a fault, which it does
 * not in what `checkTokens` let pass.
 */
export function parseWithJsep(source: string, start: number) {
  const parser = new Parser(source);
  parser.index = start;
  const statics = Jsep as unknown as Record<string, unknown>;
  const before = Object.keys(GRAMMAR).map((field) => [field, statics[field]] as const);
  Object.assign(statics, GRAMMAR);
  try {
    return { root: parser.parse(), spans: parser.spans as ReadonlyMap<JsepNode, SourceSpan> };
  } catch (error) {
    const { description } = error as { readonly description?: string };
    if (description === undefined) throw error;
    return refuse(`${description} at character ${parser.index + 1}`, 'Write one plain expression.');
  } finally {
    Object.assign(statics, Object.fromEntries(before));
  }
}
