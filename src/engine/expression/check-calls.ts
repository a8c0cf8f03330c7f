/**
 * Which functions there are, with how many arguments, and where aggregates may stand. Knows nothing
 * of types, nor of what the functions do.
 */
import { suggest } from '../../base/suggest.js';
import { refuse } from './refuse.js';
import { DATE_UNITS } from './row-functions.js';
import { type CallNode, childrenOf, type GroupClause, type Node } from './tree.js';

export type AggregateName = 'min' | 'max' | 'mean' | 'median' | 'sum' | 'std' | 'count';

interface Signature {
  /** How it is written, for messages. */
  readonly usage: string;
  readonly least: number;
  readonly most: number;
}

const AGGREGATE_NAMES: ReadonlySet<string> = new Set<AggregateName>([
  'min',
  'max',
  'mean',
  'median',
  'sum',
  'std',
  'count',
]);

const MOST_ARGUMENTS = Number.POSITIVE_INFINITY;

const SIGNATURES: ReadonlyMap<string, Signature> = new Map([
  ['if', { usage: 'if(condition, a, b)', least: 3, most: 3 }],
  ['coalesce', { usage: 'coalesce(a, b, …)', least: 2, most: Number.POSITIVE_INFINITY }],
  ['is_missing', { usage: 'is_missing(x)', least: 1, most: 1 }],
  ['round', { usage: 'round(x) or round(x, digits)', least: 1, most: 2 }],
  ...['abs', 'floor', 'ceil', 'sqrt', 'log', 'exp', 'lower', 'upper', 'trim', 'length'].map(
    (name) => [name, { usage: `${name}(x)`, least: 1, most: 1 }] as const,
  ),
  ...['min', 'max', 'mean', 'median', 'sum', 'std'].map(
    (name) => [name, { usage: `${name}(x)`, least: 1, most: 1 }] as const,
  ),
  ['count', { usage: 'count() or count(x)', least: 0, most: 1 }],
  ...['least', 'greatest'].map(
    (name) => [name, { usage: `${name}(a, b, …)`, least: 2, most: MOST_ARGUMENTS }] as const,
  ),
  ...['year', 'month', 'day', 'weekday', 'hour', 'minute', 'second'].map(
    (name) => [name, { usage: `${name}(date)`, least: 1, most: 1 }] as const,
  ),
  [
    'date_diff',
    { usage: "date_diff(from, to) or date_diff(from, to, 'hours')", least: 2, most: 3 },
  ],
  ...['contains', 'starts_with', 'ends_with'].map(
    (name) => [name, { usage: `${name}(text, part)`, least: 2, most: 2 }] as const,
  ),
  ['replace', { usage: 'replace(text, part, by)', least: 3, most: 3 }],
  ['substr', { usage: 'substr(text, first) or substr(text, first, count)', least: 2, most: 3 }],
  ['split_part', { usage: 'split_part(text, delimiter, n)', least: 3, most: 3 }],
  ['concat', { usage: 'concat(a, b, …)', least: 1, most: MOST_ARGUMENTS }],
]);

/** What is written as an operator; `in(…)` was refused when it was read. */
const WRITTEN_AS_OPERATORS: ReadonlySet<string> = new Set(['in', 'between']);

/** The most decimals that `round` takes: a double holds 15 figures for certain. */
const MAX_ROUND_DIGITS = 15;

/** True for a call that looks at all rows. */
export function isAggregate(name: string): name is AggregateName {
  return AGGREGATE_NAMES.has(name);
}

/**
 * Throws `BAD_EXPRESSION` for the first call below `tree` that is none of ours, or not in its form
 * or place.
 */
export function checkCalls(tree: Node): void {
  visit(tree, null);
}

function visit(node: Node, within: CallNode | null): void {
  let inner = within;
  if (node.kind === 'call') {
    checkCall(node);
    if (node.by !== undefined) checkGroups(node, node.by);
    if (isAggregate(node.name)) {
      if (within !== null) {
        refuse(
          `"${node.name}" at character ${node.at} stands inside "${within.name}", an aggregate`,
          'Derive a column with the inner one first, and aggregate that.',
        );
      }
      inner = node;
    }
  }
  for (const child of childrenOf(node)) visit(child, inner);
}

function checkGroups(call: CallNode, { at, columns }: GroupClause): void {
  if (isAggregate(call.name)) return;
  refuse(
    `the "by" at character ${at} stands behind "${call.name}", which is no aggregate`,
    `Aggregates go by groups: min, max, mean, median, sum, std, count, as in max(x) by ${columns[0]!.name}.`,
  );
}

function checkCall(call: CallNode): void {
  if (WRITTEN_AS_OPERATORS.has(call.name)) return;
  const signature = SIGNATURES.get(call.name);
  if (signature === undefined) {
    const near = suggest(call.name, SIGNATURES.keys());
    refuse(
      `there is no function "${call.name}", at character ${call.at}`,
      near === null
        ? `There are ${[...SIGNATURES.keys()].join(', ')}.`
        : `Did you mean ${SIGNATURES.get(near)!.usage}?`,
    );
  }
  checkCount(call, signature);
  if (call.name === 'round') checkDigits(call);
  if (call.name === 'date_diff') checkUnit(call);
}

function checkUnit(call: CallNode): void {
  const unit = call.arguments[2];
  if (unit === undefined) return;
  if (unit.kind === 'literal' && DATE_UNITS.has(String(unit.value))) return;
  refuse(
    `"date_diff" at character ${call.at} takes its unit as a plain text`,
    `Write one of '${[...DATE_UNITS.keys()].join("', '")}', or leave it out for days.`,
  );
}

function checkCount(call: CallNode, signature: Signature): void {
  const given = call.arguments.length;
  if (given >= signature.least && given <= signature.most) return;
  const isLargerOfTwo = given > 1 && (call.name === 'max' || call.name === 'min');
  refuse(
    `"${call.name}" at character ${call.at} has ${given} ${given === 1 ? 'argument' : 'arguments'}`,
    isLargerOfTwo
      ? `${call.name}(x) looks at all rows; of values in one row take ${call.name === 'max' ? 'greatest' : 'least'}(a, b).`
      : `Write ${signature.usage}.`,
  );
}

function checkDigits(call: CallNode): void {
  const digits = call.arguments[1];
  if (digits === undefined) return;
  const count = digits.kind === 'literal' ? digits.value : null;
  const isCount = typeof count === 'number' && Number.isInteger(count) && count >= 0;
  if (isCount && count <= MAX_ROUND_DIGITS) return;
  refuse(
    `"round" at character ${call.at} takes its digits as a plain number`,
    `Write a whole number from 0 to ${MAX_ROUND_DIGITS}, as in round(x, 2).`,
  );
}
