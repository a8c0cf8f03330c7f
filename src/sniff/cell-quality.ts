/**
 * How much a cell looks like one whole value, rather than like a piece of one or several in one.
 * This is what tells `1,5;2,7` apart: three values and no pieces in one dialect, pieces in another.
 */

import { QUOTED } from '../csv/scan-fields.js';
import { type CellType, familyOf } from './cell-type.js';
import { isBroken, PADDED } from './read-rows.js';

/** A value of a known type. */
const TYPED = 1;
/** Text in quotes: whatever stands in it is meant to. */
const QUOTED_TEXT = 0.95;
const PLAIN_TEXT = 0.9;
/** Blanks around text: ends of sentences cut in two. */
const PADDED_TEXT = 0.6;
/** Quotes that the dialect does not read as such. */
const ODD_QUOTES = 0.5;
/** What separates values elsewhere stands in the cell. */
const HOLDS_DELIMITER = 0.3;
/** As sentences and lists have it. */
const HOLDS_SPACED = 0.5;
/** A piece: brackets open or close without the other, or a quote does. */
const BROKEN = 0;

/** Longer texts are judged by their start. */
const JUDGED_LENGTH = 400;

/** 0 … 1. @param text the trimmed cell; `marks` what was said of it when it was read. */
export function qualityOf(text: string, type: CellType, marks: number): number {
  if (isBroken(marks)) return BROKEN;
  if (familyOf(type) !== 'text') return TYPED;
  if ((marks & QUOTED) !== 0) return QUOTED_TEXT;
  const judged = text.length > JUDGED_LENGTH ? text.slice(0, JUDGED_LENGTH) : text;
  if (!hasBalancedBrackets(judged) && text.length <= JUDGED_LENGTH) return BROKEN;
  if (/\t|[;|](?! )|[^\s,],[^\s,]|^,|,$/.test(judged)) return HOLDS_DELIMITER;
  if (/[;|] /.test(judged)) return HOLDS_SPACED;
  if (judged.includes('"') || /^'.*'$/s.test(judged)) return ODD_QUOTES;
  return (marks & PADDED) === 0 ? PLAIN_TEXT : PADDED_TEXT;
}

/** Brackets of each kind open before they close, and all do. List marks such as `a)` may close. */
function hasBalancedBrackets(text: string): boolean {
  if (!/[()[\]{}]/.test(text)) return true;
  const open: string[] = [];
  for (const character of text.replace(/^\(?\w{1,3}\)/, '')) {
    if (character === '(' || character === '[' || character === '{') open.push(character);
    else if (character === ')' && open.pop() !== '(') return false;
    else if (character === ']' && open.pop() !== '[') return false;
    else if (character === '}' && open.pop() !== '{') return false;
  }
  return open.length === 0;
}
