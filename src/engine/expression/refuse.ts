/**
 * How an expression is refused: one shape of error for the scanner, the checker and the compiler.
 * Knows no flags; the caller puts the source in front.
 */
import { CsvcleanError, type Excerpt } from '../../base/error.js';
import { type Node, printNode, type Stretch } from './tree.js';

/** Longer pieces of source are cut in messages. */
const LONGEST_SHOWN = 60;

/**
 * Throws `BAD_EXPRESSION`: what was found and at which character, and what to write instead.
 * @param stretch what is at fault, where that is more than what stands at the character.
 */
export function refuse(message: string, remedy: string, stretch?: Stretch): never {
  const excerpt = stretch === undefined ? {} : { excerpt: { text: '', ...stretch } };
  throw new CsvcleanError('BAD_EXPRESSION', message, { remedy, ...excerpt });
}

/** A word, a number or an operator. */
const TOKEN = /[\p{L}\p{N}_$][\p{L}\p{M}\p{N}_$.]*|[=!<>*&|]+|./suy;

/**
 * What of `text` an error is about: its stretch, or what stands at the character it names; null
 * where it names none.
 */
export function excerptOf(text: string, error: CsvcleanError): Excerpt | null {
  const { excerpt } = error.place;
  if (excerpt !== undefined) return { ...excerpt, text };
  const named = /at character (\d+)/.exec(error.message)?.[1];
  if (named === undefined) return null;
  const start = Number(named);
  TOKEN.lastIndex = [...text].slice(0, start - 1).join('').length;
  const token = TOKEN.exec(text)?.[0] ?? ' ';
  return { text, start, end: start + [...token].length };
}

/** The 1-based character (code point) of `source` at the UTF-16 offset `index`. */
export function characterAt(source: string, index: number): number {
  let character = 1;
  for (const _ of source.slice(0, index)) character++;
  return character;
}

/** `text` in quotes for a message, cut when long. */
export function show(text: string): string {
  return `"${cut(text)}"`;
}

/**
 * `node` for a message: without outer parentheses, columns bare where they can be, cut when long.
 */
export function showNode(node: Node): string {
  const text = printNode(node).replace(/`([\p{L}_$][\p{L}\p{N}_$]*)`/gu, '$1');
  return cut(node.kind === 'binary' || node.kind === 'unary' ? text.slice(1, -1) : text);
}

function cut(text: string): string {
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN)}…`;
}
