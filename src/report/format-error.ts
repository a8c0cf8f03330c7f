/** Errors and warnings as text: code, place, what was found, what to do. */
import type { PlainError } from '../base/error.js';
import { visible } from '../base/visible.js';
import type { Warning } from '../engine/engine.js';

/**
 * `FIELD_TOO_LONG sales.csv: line 18204 (byte 3145728), column "note": field exceeds 16777216
 * bytes.` and on the next line, indented, the remedy.
 */
export function formatError(error: PlainError): string {
  const { code, message, remedy } = error;
  const head = [code, formatPlace(error)].filter((part) => part !== '').join(' ');
  // The stack of a fault has lines of its own; a line end in any other message came from a name.
  const lines = code === 'FAULT' ? message.split('\n') : [message];
  const text = lines.map(visible).join('\n  ');
  return `${head}: ${text}${ending(text)}${remedy === undefined ? '' : `\n  ${visible(remedy)}`}`;
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
  readonly byteOffset?: number;
  readonly column?: string;
}): string {
  const { path, line, byteOffset, column } = place;
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
