/**
 * Reads the regular expressions that a column's `pattern` may be: JavaScript's (with the flag u)
 * without look-around and back-references, which no matcher finds in a time that grows with the
 * text alone. Single characters and classes are JavaScript's own; how they are put together is read
 * here.
 */
import { CsvcleanError } from '../../base/error.js';

export type Assertion = 'start' | 'end' | 'boundary' | 'no_boundary';

export type PatternNode =
  /** One code point, by what stands for it: `a`, `\d`, `[^x-z]`, `\p{L}`. */
  | { readonly kind: 'point'; readonly source: string }
  | { readonly kind: 'assertion'; readonly assertion: Assertion }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  | {
      readonly kind: 'repeat';
      readonly part: PatternNode;
      readonly least: number;
      /** Infinity: any number. */
      readonly most: number;
    };

/** The longest pattern, in UTF-16 units. */
export const MAX_PATTERN_LENGTH = 1000;

/** @throws CsvcleanError USAGE. */
export function badPattern(pattern: string, what: string, remedy: string): CsvcleanError {
  return new CsvcleanError('USAGE', `pattern ${pattern}: ${what}`, { remedy });
}

/** @throws CsvcleanError USAGE for what JavaScript or we do not read. */
export function parsePattern(pattern: string): PatternNode {
  if (pattern.length > MAX_PATTERN_LENGTH) {
    const what = `it is longer than ${MAX_PATTERN_LENGTH} characters`;
    throw badPattern(`${pattern.slice(0, 40)}…`, what, 'List single values under allowed.');
  }
  try {
    new RegExp(pattern, 'u');
  } catch (error) {
    const told = (error as Error).message.split(': ').at(-1)!;
    throw badPattern(pattern, told.toLowerCase(), 'Write it as in JavaScript, with the flag u.');
  }
  const reader: Reader = { pattern, points: [...pattern], at: 0 };
  return readChoice(reader);
}

/** The pattern is known to be well-formed: only what it is made of must be told. */
interface Reader {
  readonly pattern: string;
  readonly points: readonly string[];
  at: number;
}

function readChoice(reader: Reader): PatternNode {
  const options = [readSequence(reader)];
  while (reader.points[reader.at] === '|') {
    reader.at++;
    options.push(readSequence(reader));
  }
  return options.length === 1 ? options[0]! : { kind: 'choice', options };
}

function readSequence(reader: Reader): PatternNode {
  const parts: PatternNode[] = [];
  for (;;) {
    const point = reader.points[reader.at];
    if (point === undefined || point === '|' || point === ')') break;
    parts.push(readQuantifier(reader, readAtom(reader)));
  }
  return parts.length === 1 ? parts[0]! : { kind: 'sequence', parts };
}

/** Greedy or not: whether a text matches is the same. */
function readQuantifier(reader: Reader, part: PatternNode): PatternNode {
  const range = readRange(reader);
  if (range === null) return part;
  if (reader.points[reader.at] === '?') reader.at++;
  return { kind: 'repeat', part, ...range };
}

function readRange(reader: Reader) {
  const many = Number.POSITIVE_INFINITY;
  switch (reader.points[reader.at]) {
    case '*':
      reader.at++;
      return { least: 0, most: many };
    case '+':
      reader.at++;
      return { least: 1, most: many };
    case '?':
      reader.at++;
      return { least: 0, most: 1 };
    case '{': {
      const [low = '', high] = takeThrough(reader, '}').slice(1, -1).split(',');
      const least = Number(low);
      return { least, most: high === undefined ? least : high === '' ? many : Number(high) };
    }
    default:
      return null;
  }
}

/** From where the reader is through the first `last`. */
function takeThrough(reader: Reader, last: string): string {
  const end = reader.points.indexOf(last, reader.at) + 1;
  const text = reader.points.slice(reader.at, end).join('');
  reader.at = end;
  return text;
}

function take(reader: Reader, count: number): string {
  const text = reader.points.slice(reader.at, reader.at + count).join('');
  reader.at += count;
  return text;
}

function readAtom(reader: Reader): PatternNode {
  const point = reader.points[reader.at]!;
  if (point === '(') return readGroup(reader);
  if (point === '[') return { kind: 'point', source: readClass(reader) };
  if (point === '\\') return readEscape(reader);
  reader.at++;
  if (point === '^') return { kind: 'assertion', assertion: 'start' };
  if (point === '$') return { kind: 'assertion', assertion: 'end' };
  return { kind: 'point', source: point };
}

function readGroup(reader: Reader): PatternNode {
  reader.at++;
  if (reader.points[reader.at] === '?') skipGroupHead(reader);
  const inside = readChoice(reader);
  reader.at++;
  return inside;
}

/** Passes over `?:` and `?<name>`. */
function skipGroupHead(reader: Reader): void {
  const [, kind, next] = reader.points.slice(reader.at, reader.at + 3);
  if (kind === ':') reader.at += 2;
  else if (kind === '<' && next !== '=' && next !== '!') takeThrough(reader, '>');
  else {
    const what = kind === '=' || kind === '!' || kind === '<' ? 'look-around' : 'a modifier';
    throw badPattern(reader.pattern, `${what} is not read`, NOT_READ);
  }
}

const NOT_READ =
  'Classes, groups, alternatives, quantifiers, ^, $ and \\b are; they never take long.';

function readClass(reader: Reader): string {
  const from = reader.at;
  for (reader.at++; reader.points[reader.at] !== ']'; reader.at++) {
    if (reader.points[reader.at] === '\\') reader.at++;
  }
  reader.at++;
  return reader.points.slice(from, reader.at).join('');
}

/** How many characters behind the backslash belong to an escape of this letter. */
const ESCAPE_LENGTHS = new Map([
  ['x', 3],
  ['c', 2],
]);

function readEscape(reader: Reader): PatternNode {
  const letter = reader.points[reader.at + 1]!;
  const next = reader.points[reader.at + 2];
  if (letter === 'b' || letter === 'B') {
    reader.at += 2;
    return { kind: 'assertion', assertion: letter === 'b' ? 'boundary' : 'no_boundary' };
  }
  if (letter === 'k' || (letter >= '1' && letter <= '9')) {
    throw badPattern(reader.pattern, 'a back-reference is not read', NOT_READ);
  }
  if (letter === 'p' || letter === 'P' || (letter === 'u' && next === '{')) {
    return { kind: 'point', source: takeThrough(reader, '}') };
  }
  if (letter === 'u') return { kind: 'point', source: readUnits(reader) };
  return { kind: 'point', source: take(reader, 1 + (ESCAPE_LENGTHS.get(letter) ?? 1)) };
}

const UNIT_LENGTH = '\\uD83D'.length;

/** A unit, or the two of one code point. */
function readUnits(reader: Reader): string {
  const pair = reader.points.slice(reader.at, reader.at + 2 * UNIT_LENGTH).join('');
  return take(reader, /^\\ud[89ab]..\\ud[c-f]../i.test(pair) ? 2 * UNIT_LENGTH : UNIT_LENGTH);
}
