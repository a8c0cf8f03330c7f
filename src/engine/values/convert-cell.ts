/**
 * One cell at a time from the text that stands in it to the one that is written, by the rules of
 * its column and their verdict. The steps are always in this order: mend the text, replace it,
 * blank it, read its value, change its case, fill it.
 */
import { isMissing, looksNa, NA_TOKENS } from '../../csv/missing.js';
import type { ColumnRules } from '../column-rules.js';
import { isIsoDate } from '../iso-date.js';
import { dateReader } from './date-pattern.js';
import { isoDate } from './date-text.js';
import { mendMojibake, squeezeBlanks, toTitle } from './mend-text.js';
import { conventionNumeral, isPlainNumeral, plainNumeral } from './numeral.js';
import type { ValueColumn } from './plan-values.js';
import { type QuickConvert, quickConvert } from './quick-convert.js';
import { truthOf } from './truth-words.js';
import { CONVERTED, FILLED, FIT, MISFIT } from './value-counts.js';
import type { ColumnVerdict } from './verdict.js';

/**
 * Steps that change a cell, as bits, beside those of `value-counts`; their names are in
 * `report-values`.
 */
const MENDED = 1 << 0;
const NORMALIZED = 1 << 1;
const SQUEEZED = 1 << 2;
const REPLACED = 1 << 3;
const NULLED = 1 << 4;
const CASED = 1 << 6;

export interface ConvertedCell {
  readonly text: string;
  /** Those that changed it, none if it is as before; `FIT` or `MISFIT` where a format was named. */
  readonly steps: number;
}

export interface CellConverter {
  readonly valueColumn: ValueColumn;
  /** Its place among the columns with rules. */
  readonly place: number;
  /** The rule that its values are converted by; null: none is. */
  readonly kind: 'numbers' | 'dates' | 'booleans' | null;
  /** Which cells may change: these tokens, all that are no plain numbers, or all. */
  readonly screen: 'tokens' | 'texts' | 'all';
  readonly tokens: ReadonlySet<string>;
  /** From bytes to bytes, as far as it goes; null: each cell as a text. */
  readonly quick: QuickConvert | null;
  /** All but filling from above. */
  readonly convert: (text: string) => ConvertedCell;
}

/** The text of a cell when it is judged: mended and replaced. */
export function textSteps(rules: ColumnRules): ((text: string) => string) | null {
  const steps = listTextSteps(rules);
  if (steps.length === 0) return null;
  return (text) => steps.reduce((now, { change }) => change(now), text);
}

interface Step {
  readonly bit: number;
  readonly change: (text: string) => string;
}

function listTextSteps({ mojibake, unicode, squeeze, replace }: ColumnRules): readonly Step[] {
  const steps: Step[] = [];
  const add = (bit: number, change: Step['change']): void => void steps.push({ bit, change });
  if (mojibake === 'auto') add(MENDED, mendMojibake);
  if (unicode === 'nfc' || unicode === 'nfkc') {
    const form = unicode === 'nfc' ? 'NFC' : 'NFKC';
    add(NORMALIZED, (text) => text.normalize(form));
  }
  if (squeeze === true) add(SQUEEZED, squeezeBlanks);
  if (replace !== undefined) {
    const texts = new Map(replace.map(({ from, to }) => [from, to]));
    add(REPLACED, (text) => texts.get(text) ?? text);
  }
  return steps;
}

/** Null where no cell of the column changes. */
export function createConverter(
  valueColumn: ValueColumn,
  place: number,
  verdict: ColumnVerdict,
): CellConverter | null {
  const { rules, nulls } = valueColumn;
  const texts = listTextSteps(rules);
  const { blanksTokens } = verdict;
  const [kind, read] = valueReader(rules, verdict);
  const cased = caseStep(rules);
  const fill = rules.fill?.kind === 'text' ? rules.fill.text : null;
  const blanks = blanksTokens || nulls.size > 0;
  const changes = [texts.length > 0, blanks, read !== null, cased !== null];
  if (!changes.includes(true) && rules.fill === undefined) return null;
  const isNamed = typeof rules.dates === 'object' || typeof rules.numbers === 'object';
  const convert = (before: string): ConvertedCell => {
    let text = before;
    let steps = 0;
    let fit = 0;
    const take = (bit: number, after: string): void => {
      if (after !== text) steps |= bit;
      text = after;
    };
    for (const { bit, change } of texts) take(bit, change(text));
    if (nulls.has(text) || (blanksTokens && looksNa(text))) take(NULLED, '');
    if (read !== null && !isMissing(text)) {
      const value = read(text);
      if (isNamed) fit = value === null ? MISFIT : FIT;
      if (value !== null) take(CONVERTED, value);
    }
    if (fit === MISFIT && rules.onInvalid === 'null') take(NULLED, '');
    if (cased !== null && kind === null) take(cased.bit, cased.change(text));
    if (fill !== null && text === '') take(FILLED, fill);
    return { text, steps: text === before ? fit : steps | fit };
  };
  const empty = rules.fill === undefined ? [] : [''];
  const tokens = new Set([...nulls, ...(blanksTokens ? NA_TOKENS : []), ...empty]);
  const isPlain = texts.length === 0 && cased === null;
  const onlyTokens = isPlain && read === null;
  const keepsNumbers = isPlain && !isNamed && keepsPlainNumbers(verdict, nulls);
  // Among dates and truths there is no number to be left out.
  const mayHoldNumbers = verdict.type === null || verdict.type.kind === 'numbers';
  const rest = keepsNumbers && mayHoldNumbers ? 'texts' : 'all';
  const screen = onlyTokens ? 'tokens' : rest;
  // What is blanked or mended must be looked at as a text.
  const isQuick = isPlain && nulls.size === 0 && !isNamed && rules.fill === undefined;
  const quick = isQuick ? quickConvert(verdict.type) : null;
  return { valueColumn, place, kind, screen, tokens, quick, convert };
}

/** Whether no cell that `parseNumber` reads changes. */
function keepsPlainNumbers({ type }: ColumnVerdict, nulls: ReadonlySet<string>): boolean {
  return (
    [...nulls].every((text) => !isPlainNumeral(text)) &&
    (type?.kind !== 'numbers' || type.decimal === '.')
  );
}

/** The text of a value; null where it does not fit a format that was named. */
type ValueReader = (text: string) => string | null;

/** What is named wins over what was found out. */
function valueReader(
  { numbers, dates }: ColumnRules,
  { type }: ColumnVerdict,
): readonly [CellConverter['kind'], ValueReader | null] {
  if (typeof dates === 'object') {
    const read = dateReader(dates.format);
    return ['dates', (text) => read(text) ?? (isIsoDate(text) ? text : null)];
  }
  if (typeof numbers === 'object') {
    const read: ValueReader = (text) =>
      conventionNumeral(text, numbers) ?? (isPlainNumeral(text) ? text : null);
    return ['numbers', read];
  }
  switch (type?.kind) {
    case 'numbers':
      return ['numbers', (text) => plainNumeral(text, type.decimal)];
    case 'dates':
      return ['dates', (text) => isoDate(text, type.format) ?? text];
    case 'booleans':
      return ['booleans', truthOf];
    default:
      return [null, null];
  }
}

function caseStep(rules: ColumnRules): Step | null {
  const bit = CASED;
  switch (rules.case) {
    case 'lower':
      return { bit, change: (text) => text.toLowerCase() };
    case 'upper':
      return { bit, change: (text) => text.toUpperCase() };
    case 'title':
      return { bit, change: toTitle };
    default:
      return null;
  }
}
