/** Errors and warnings as text: code, place, what was found, what to do. */
import type { Excerpt, PlainError } from '../base/error.js';
import { visible } from '../base/visible.js';
import type { Warning } from '../engine/engine.js';

/**
 * `FIELD_TOO_LONG sales.csv: line 18204 (byte 3145728), column "note": field exceeds 16777216
 * bytes.` and on the next line, indented, the remedy.
 */
export function formatError(error: PlainError): string {
  const { code, remedy } = error;
  const message = withoutPlace(error);
  const head = [code, formatPlace(error)].filter((part) => part !== '').join(' ');
  // The stack of a fault has lines of its own; a line end in any other message came from a name.
  const lines = code === 'FAULT' ? message.split('\n') : [message];
  const text = lines.map(visible).join('\n  ');
  const shown = error.excerpt === undefined ? [] : showExcerpt(error.excerpt);
  const more = [...shown, ...(remedy === undefined ? [] : [visible(remedy)])];
  return `${head}: ${text}${ending(text)}${more.map((line) => `\n  ${line}`).join('')}`;
}

/** What the place says, or is shown below, need not be said again: `--where "a = 1": found …`. */
function withoutPlace({ message, option, excerpt }: PlainError): string {
  if (option === undefined || !message.startsWith(`${option} "`)) return message;
  const said = `${option} "${excerpt?.text}": `;
  return message.slice(message.startsWith(said) ? said.length : option.length + 1);
}

/** Longer texts are cut around the place, in characters. */
const SHOWN_BEFORE = 40;
const SHOWN_BEHIND = 36;

/** The line of the text that holds the place, and carets below it. */
function showExcerpt({ text, start, end }: Excerpt): readonly string[] {
  const characters = [...text];
  const lineStart = characters.lastIndexOf('\n', start - 2) + 1;
  const newline = characters.indexOf('\n', start - 1);
  const lineEnd = newline < 0 ? characters.length : newline;
  const from = Math.max(lineStart, start - 1 - SHOWN_BEFORE);
  const to = Math.min(lineEnd, start - 1 + SHOWN_BEHIND);
  const part = (first: number, last: number): string =>
    visible(characters.slice(first, Math.max(first, last)).join(''));
  const lead = from > lineStart ? '…' : '';
  const line = `${lead}${part(from, to)}${to < lineEnd ? '…' : ''}`;
  const width = Math.max(1, [...part(start - 1, Math.min(end - 1, to))].length);
  return [line, `${' '.repeat([...lead, ...part(from, start - 1)].length)}${'^'.repeat(width)}`];
}

/** `warning sales.csv: line 3, column "note": …` with its remedy. */
export function formatWarning(input: string, warning: Warning): string {
  const { message, remedy } = warning;
  const place = formatPlace({ path: input, ...warning });
  const first = `warning ${place}: ${visible(message)}${ending(message)}`;
  return remedy === undefined ? first : `${first}\n  ${visible(remedy)}`;
}

function formatPlace(place: {
  readonly path?: string;
  readonly line?: number;
  readonly character?: number;
  readonly byteOffset?: number;
  readonly column?: string;
  readonly option?: string;
}): string {
  const { path, line, character, byteOffset, column, option } = place;
  if (option !== undefined) return visible(option);
  // As editors and compilers write it, so that a click leads there.
  if (character !== undefined) return `${visible(path ?? '')}:${line}:${character}`;
  const parts: string[] = [];
  if (line !== undefined) {
    parts.push(byteOffset === undefined ? `line ${line}` : `line ${line} (byte ${byteOffset})`);
  }
  if (column !== undefined && column !== '') parts.push(`column "${visible(column)}"`);
  const inside = parts.join(', ');
  if (path === undefined) return inside;
  return inside === '' ? visible(path) : `${visible(path)}: ${inside}`;
}

/** One full stop, where the sentence has no end yet. */
function ending(text: string): string {
  return /[.?!]$/.test(text) ? '' : '.';
}
