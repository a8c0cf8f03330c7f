/**
 * The first look at an expression: an allow-list of tokens in an allowed order, so that every
 * refusal names the character and what to write instead, and the parser behind it never meets
 * anything else. Knows no names of columns or functions, no types and no precedence.
 */
import { wordPattern } from '../../base/word-pattern.js';
import { foreignRemedy, wordRemedy } from './foreign-syntax.js';
import { byHere, readGroupColumns } from './group-columns.js';
import { endOfBackticks, endOfNumber, endOfQuoted } from './literals.js';
import { characterAt, refuse, show } from './refuse.js';

/** UTF-16 units of a source, operators in it, and parentheses and prefixes open at one place. */
const MAX_SOURCE_LENGTH = 10_000;
const MAX_OPERATORS = 1_000;
const MAX_NESTING = 100;

const SPACE = /[ \t\r\n]+/y;
const nameHere = wordPattern(String.raw`[\p{L}\p{Nl}_$][\p{L}\p{M}\p{N}_$]*`, 'y');
const OPERATOR = /\*\*|==|!=|<=|>=|\|\||[-+*/%<>]/y;
/** Words that stand as operators between values; elsewhere they are names. */
export const wordOperatorHere = wordPattern(
  String.raw`(?:not[ \t\r\n]+)?(?:in|between)(?![\p{L}\p{M}\p{N}_$])`,
  'y',
);
/** What other languages write as one piece, or else any one character. */
const FOREIGN = /===|!==|<>|=<|=>|&&|\|\||\?\?|\/\/|./suy;
/** Names that are values and never called. */
const CONSTANTS: ReadonlySet<string> = new Set(['true', 'false', 'null']);
/** After these a `not` governs a whole condition; elsewhere it would look as if it did. */
const BEFORE_NOT: ReadonlySet<string> = new Set(['', '(', ',', 'and', 'or', 'not']);

interface Opened {
  readonly offset: number;
  readonly holds: 'operation' | 'arguments' | 'list';
  readonly depth: number;
}

interface Scan {
  readonly source: string;
  /** UTF-16 offset of what comes next. */
  index: number;
  /** True at the start and after an operator, `(` or `,`. */
  wantsValue: boolean;
  /** The token before; empty at the start. */
  previous: string;
  previousIsName: boolean;
  /** It is the `)` of a function. */
  previousIsCall: boolean;
  /** The parentheses open here, each with the depth within it. */
  readonly open: Opened[];
  /** How many parentheses are open and prefixes (`-`, `+`, `not`) wait for their operand. */
  depth: number;
  operatorCount: number;
}

/**
 * Returns when `source`, from the UTF-16 offset `start` on, is one expression in form: values and
 * operators in turn, parentheses paired, arguments only in calls. Throws `BAD_EXPRESSION`
 * otherwise. Takes linear time.
 */
export function checkTokens(source: string, start: number): void {
  checkSize(source, start);
  const scan: Scan = {
    source,
    index: start,
    wantsValue: true,
    previous: '',
    previousIsName: false,
    previousIsCall: false,
    open: [],
    depth: 0,
    operatorCount: 0,
  };
  skipSpace(scan);
  while (scan.index < source.length) {
    scanToken(scan);
    skipSpace(scan);
  }
  if (scan.wantsValue) {
    refuse(
      `the expression ends after ${show(scan.previous)} where a value is expected`,
      'Complete it, or take the end away.',
    );
  }
  const unclosed = scan.open.at(-1);
  if (unclosed !== undefined) {
    refuse(`the "("${where(scan, unclosed.offset)} is not closed`, 'Add the missing ).');
  }
}

function checkSize(source: string, start: number): void {
  SPACE.lastIndex = start;
  const blank = SPACE.exec(source)?.[0].length ?? 0;
  if (start + blank === source.length) {
    refuse('the expression is empty', 'Write one, such as value <= 500.');
  }
  if (source.length > MAX_SOURCE_LENGTH) {
    refuse(
      `the expression has ${source.length} characters, more than ${MAX_SOURCE_LENGTH}`,
      'Split it over several derived columns.',
    );
  }
  const lone = /[\ud800-\udfff]/u.exec(source);
  if (lone !== null) {
    refuse(
      `half a character stands at character ${characterAt(source, lone.index)}`,
      'Write the expression in valid Unicode.',
    );
  }
}

function scanToken(scan: Scan): void {
  const { source, index } = scan;
  const first = source[index]!;
  // After a value a point would be property access, even before a digit.
  const isNumber = /^(?:\d|\.\d)/.test(source.slice(index, index + 2));
  if (isNumber && (first !== '.' || scan.wantsValue)) scanValue(scan, endOfNumber(source, index));
  else if (first === "'" || first === '"') scanValue(scan, endOfQuoted(source, index));
  else if (first === '`') scanValue(scan, endOfBackticks(source, index));
  else if (first === '(') openParenthesis(scan, 'operation');
  else if (first === ')') closeParenthesis(scan);
  else if (first === ',') scanComma(scan);
  else if (peek(nameHere(scan.source), scan) !== '')
    scanName(scan, peek(nameHere(scan.source), scan));
  else scanSymbol(scan);
}

function scanSymbol(scan: Scan): void {
  const operator = peek(OPERATOR, scan);
  const foreign = peek(FOREIGN, scan);
  if (foreign.length > operator.length) {
    refuse(`found ${show(foreign)}${where(scan)}`, foreignRemedy(foreign));
  }
  scanOperator(scan, operator);
}

function scanName(scan: Scan, name: string): void {
  const word = scan.wantsValue ? '' : peek(wordOperatorHere(scan.source), scan);
  if (word !== '') scanWord(scan, word);
  else if (scan.previousIsCall && peek(byHere(scan.source), scan) !== '') scanGroups(scan);
  else if (name === 'and' || name === 'or') scanOperator(scan, name);
  else if (name === 'not' && scan.wantsValue) scanNot(scan);
  else scanIdentifier(scan, name);
}

/** `in` with its list, or `between`. */
function scanWord(scan: Scan, word: string): void {
  const at = scan.index;
  scanOperator(scan, word);
  if (!word.endsWith('in')) return;
  skipSpace(scan);
  if (scan.source[scan.index] !== '(') {
    refuse(`"in"${where(scan, at)} has no list`, "Write x in ('a', 'b').");
  }
  openParenthesis(scan, 'list');
  if (scan.source.slice(scan.index).trimStart().startsWith(')')) {
    refuse(`the list of "in"${where(scan, at)} is empty`, "Write x in ('a', 'b').");
  }
}

/** What an aggregate is by, which is no operand of its own. */
function scanGroups(scan: Scan): void {
  const { end } = readGroupColumns(scan.source, scan.index);
  step(scan, scan.source.slice(scan.index, end), end);
}

function scanNot(scan: Scan): void {
  if (!BEFORE_NOT.has(scan.previous)) {
    refuse(`found "not"${where(scan)} after ${show(scan.previous)}`, 'Put "not …" in parentheses.');
  }
  scanPrefix(scan, 'not');
}

function scanIdentifier(scan: Scan, name: string): void {
  if (name === 'this') {
    refuse(`found "this"${where(scan)}`, 'Write a column of that name in backticks: `this`.');
  }
  const { depth } = scan;
  scanValue(scan, scan.index + name.length);
  scan.previousIsName = true;
  skipSpace(scan);
  if (scan.source[scan.index] === '(' && !CONSTANTS.has(name)) {
    // The name is no operand yet: the call as a whole is.
    scan.wantsValue = true;
    scan.depth = depth;
    openParenthesis(scan, 'arguments');
  }
}

/** A number, text or name from here to `end`; refused where another one stands directly before. */
function scanValue(scan: Scan, end: number): void {
  const text = scan.source.slice(scan.index, end);
  if (!scan.wantsValue) {
    const general =
      scan.previousIsName && peek(nameHere(scan.source), scan) !== ''
        ? `Put an operator between, or a name of several words in backticks: \`${scan.previous} ${text}\`.`
        : 'Put an operator between, such as + or and.';
    refuse(
      `found ${show(text)}${where(scan)} where an operator is expected`,
      quoteRemedy(scan, text) ?? wordRemedy(text) ?? wordRemedy(scan.previous) ?? general,
    );
  }
  step(scan, text, end);
  endOperand(scan);
}

/** Prefixes that waited have their operand; what comes next is an operator or closes something. */
function endOperand(scan: Scan): void {
  scan.wantsValue = false;
  scan.depth = scan.open.at(-1)?.depth ?? 0;
}

/** For a quote that was doubled to stand within a text. */
function quoteRemedy(scan: Scan, text: string): string | null {
  const quote = text[0]!;
  const isDoubled = `'"`.includes(quote) && scan.source[scan.index - 1] === quote;
  return isDoubled ? `Write \\${quote} for a ${quote} within a text.` : null;
}

function scanOperator(scan: Scan, operator: string): void {
  if (!scan.wantsValue) {
    countOperator(scan);
    step(scan, operator, scan.index + operator.length);
    scan.wantsValue = true;
  } else if (operator === '-' || operator === '+') {
    scanPrefix(scan, operator);
  } else {
    refuse(
      `found ${show(operator)}${where(scan)} where a value is expected`,
      'Put a column, a number or a text in quotes before it.',
    );
  }
}

function scanPrefix(scan: Scan, operator: string): void {
  goDeeper(scan);
  countOperator(scan);
  step(scan, operator, scan.index + operator.length);
}

function openParenthesis(scan: Scan, holds: Opened['holds']): void {
  if (!scan.wantsValue) {
    refuse(
      `found "("${where(scan)} where an operator is expected`,
      'Write * to multiply; only functions are called, as in round(x).',
    );
  }
  goDeeper(scan);
  scan.open.push({ offset: scan.index, holds, depth: scan.depth });
  step(scan, '(', scan.index + 1);
}

function closeParenthesis(scan: Scan): void {
  const open = scan.open.pop();
  if (open === undefined) {
    refuse(`found ")"${where(scan)} without its "("`, 'Take it away, or open it before.');
  }
  const isEmptyCall = open.holds !== 'operation' && scan.previous === '(';
  if (scan.wantsValue && !isEmptyCall) {
    refuse(`found ")"${where(scan)} where a value is expected`, 'Put a value before it.');
  }
  step(scan, ')', scan.index + 1);
  scan.previousIsCall = open.holds === 'arguments';
  endOperand(scan);
}

function scanComma(scan: Scan): void {
  if (scan.wantsValue) {
    refuse(`found ","${where(scan)} where a value is expected`, 'Put a value before it.');
  }
  if ((scan.open.at(-1)?.holds ?? 'operation') === 'operation') {
    refuse(
      `found ","${where(scan)} outside a function`,
      'Decimals take a point, as in 1.5; commas stand between the arguments of a function.',
    );
  }
  step(scan, ',', scan.index + 1);
  scan.wantsValue = true;
}

function step(scan: Scan, token: string, end: number): void {
  scan.previous = token;
  scan.previousIsName = false;
  scan.previousIsCall = false;
  scan.index = end;
}

function skipSpace(scan: Scan): void {
  scan.index += peek(SPACE, scan).length;
}

/** What `pattern`, a sticky one, matches here; empty when nothing. */
function peek(pattern: RegExp, scan: Scan): string {
  pattern.lastIndex = scan.index;
  return pattern.exec(scan.source)?.[0] ?? '';
}

function countOperator(scan: Scan): void {
  scan.operatorCount++;
  if (scan.operatorCount > MAX_OPERATORS) {
    refuse(
      `the expression has more than ${MAX_OPERATORS} operators`,
      'Split it over several derived columns.',
    );
  }
}

function goDeeper(scan: Scan): void {
  scan.depth++;
  if (scan.depth > MAX_NESTING) {
    refuse(
      `the expression is nested more than ${MAX_NESTING} deep${where(scan)}`,
      'Split it over several derived columns.',
    );
  }
}

function where(scan: Scan, offset = scan.index): string {
  return ` at character ${characterAt(scan.source, offset)}`;
}
