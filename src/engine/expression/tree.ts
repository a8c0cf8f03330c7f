/**
 * What an expression is made of: values, their types, the nodes of a parsed expression and the
 * counts of what went missing. Plain data; knows neither how it is parsed nor how it is evaluated.
 */

/** What a cell or an expression holds in one row; null is missing. Numbers are finite. */
export type Value = string | number | boolean | null;

/**
 * What is known before a row is read. `cell`: an input cell, text that may be read as a number;
 * also the join of unlike types in `if` and `coalesce`.
 */
export type ValueType = 'number' | 'text' | 'boolean' | 'cell';

/**
 * `value` as cell text: numbers as the shortest text that reads back the same (ECMAScript
 * `Number::toString`, −0 prints 0), booleans `true` and `false`, missing empty.
 */
export function toCell(value: Value): string {
  return value === null ? '' : String(value);
}

/** Where in a row a column stands, and what it holds. */
export interface Slot {
  readonly index: number;
  readonly type: ValueType;
}

/** What was lost on the way, added up over all rows that were evaluated. */
export interface ExpressionCounts {
  /** A text where a number was needed. */
  textCells: number;
  /** A column, aggregate or `null` that an operator or function needed and that was missing. */
  missingOperands: number;
  /** `/` or `%` by zero. */
  divisionsByZero: number;
  /** Results beyond the doubles, or not a number: `sqrt(-1)`, `log(0)`, `10 ** 400`. */
  notFinite: number;
  /** A text where an ISO date was needed. */
  notDates: number;
}

export function createCounts(): ExpressionCounts {
  return { textCells: 0, missingOperands: 0, divisionsByZero: 0, notFinite: 0, notDates: 0 };
}

export type UnaryOperator = '-' | '+' | 'not';
export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '**';
export type LogicalOperator = 'and' | 'or';
export type BinaryOperator = ComparisonOperator | ArithmeticOperator | LogicalOperator | '||';

/** Characters of a source, 1-based; the end is exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

interface Placed {
  /** 1-based character of the source: of an operator its own, else of the first one. */
  readonly at: number;
  /** All of it, parentheses included; of what was parsed. */
  readonly stretch?: Stretch;
}

interface LiteralNode extends Placed {
  readonly kind: 'literal';
  readonly value: Value;
}

export interface ColumnNode extends Placed {
  readonly kind: 'column';
  readonly name: string;
}

export interface UnaryNode extends Placed {
  readonly kind: 'unary';
  readonly operator: UnaryOperator;
  readonly argument: Node;
}

export interface BinaryNode extends Placed {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Node;
  readonly right: Node;
}

/** A function or an aggregate. */
export interface CallNode extends Placed {
  readonly kind: 'call';
  readonly name: string;
  readonly arguments: readonly Node[];
  /** Behind an aggregate: it is over the rows of a group. */
  readonly by?: GroupClause;
}

/** `by (a, b)`: rows with equal values in these columns are a group. */
export interface GroupClause {
  /** 1-based character of the word. */
  readonly at: number;
  /** At least one. */
  readonly columns: readonly ColumnNode[];
}

export type Node = LiteralNode | ColumnNode | UnaryNode | BinaryNode | CallNode;

/** The nodes directly below `node`, left to right. */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'literal':
    case 'column':
      return [];
    case 'unary':
      return [node.argument];
    case 'binary':
      return [node.left, node.right];
    case 'call':
      return node.by === undefined ? node.arguments : [...node.arguments, ...node.by.columns];
  }
}

/** The names of the columns that `node` reads, each once, in order of first use. */
export function columnNamesOf(node: Node): string[] {
  const names = new Set<string>();
  const visit = (at: Node): void => {
    if (at.kind === 'column') names.add(at.name);
    for (const child of childrenOf(at)) visit(child);
  };
  visit(node);
  return [...names];
}

/**
 * `node` as source text with every operation in parentheses. Two nodes have the same text exactly
 * when they are the same but for their places. Source written this way parses to the same node.
 */
export function printNode(node: Node): string {
  switch (node.kind) {
    case 'literal':
      return typeof node.value === 'string' ? printText(node.value) : String(node.value);
    case 'column':
      return `\`${node.name.replaceAll('`', '``')}\``;
    case 'unary':
      return `(${node.operator} ${printNode(node.argument)})`;
    case 'binary':
      return `(${printNode(node.left)} ${node.operator} ${printNode(node.right)})`;
    case 'call':
      return printCall(node.name, node.arguments.map(printNode)) + printGroups(node.by);
  }
}

function printGroups(by: GroupClause | undefined): string {
  if (by === undefined) return '';
  const columns = by.columns.map(printNode);
  return columns.length === 1 ? ` by ${columns[0]}` : ` by (${columns.join(', ')})`;
}

/** `in` and `between` are calls that are written as operators. */
function printCall(name: string, printed: readonly string[]): string {
  const [first, ...others] = printed;
  if (name === 'in') return `(${first} in (${others.join(', ')}))`;
  if (name === 'between') return `(${first} between ${others.join(' and ')})`;
  return `${name}(${printed.join(', ')})`;
}

function printText(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
