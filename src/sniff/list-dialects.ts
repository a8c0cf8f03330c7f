/** Which dialects are worth a try for a sample: those whose characters stand in it. */

import type { RecordEnd } from '../csv/dialect.js';
import type { TextDialect } from './text-dialect.js';

/** What is known before, one character a byte; undefined: to be found. */
export interface KnownParts {
  readonly delimiter: string | undefined;
  readonly quote: string | null | undefined;
  readonly escape: string | null | undefined;
  readonly likelyDelimiter: string;
}

/** In order of preference where two read equally well. */
const COMMON_DELIMITERS: readonly string[] = [',', ';', '\t', '|'];
/** Characters of prose, times and markup too: these need more evidence. */
const RARE_DELIMITERS: readonly string[] = [' ', ':', '^', '~'];
const LONG_DELIMITERS: readonly string[] = ['||', ';;', '::'];
const SPACED_COMMA = ', ';

export function isCommonDelimiter(delimiter: string): boolean {
  return COMMON_DELIMITERS.includes(delimiter);
}

/** @param text the sample, one character a byte. */
export function listDialects(
  text: string,
  recordEnd: RecordEnd,
  known: KnownParts,
): readonly TextDialect[] {
  return delimitersOf(text, known).flatMap((delimiter) =>
    quotesOf(text, delimiter, known).flatMap((quote) =>
      escapesOf(text, quote, known).map((one) => ({ delimiter, quote, escape: one, recordEnd })),
    ),
  );
}

function delimitersOf(text: string, known: KnownParts): readonly string[] {
  if (known.delimiter !== undefined) return [known.delimiter];
  const all = [known.likelyDelimiter, ...COMMON_DELIMITERS, ...RARE_DELIMITERS, ...LONG_DELIMITERS];
  const found = [...new Set(all)].filter((delimiter) => text.includes(delimiter));
  // Without quotes behind it, the blank is trimmed from the values and no part of the dialect.
  const quote = known.quote === undefined ? '"' : known.quote;
  const isSpaced = quote !== null && text.includes(SPACED_COMMA + quote);
  return isSpaced ? [...found, SPACED_COMMA] : found;
}

function quotesOf(text: string, delimiter: string, known: KnownParts): readonly (string | null)[] {
  if (known.quote !== undefined) return [known.quote];
  const standsFirst = ["\n'", "\r'", `${delimiter}'`].some((start) => text.includes(start));
  return standsFirst || text.startsWith("'") ? ['"', "'"] : ['"'];
}

function escapesOf(
  text: string,
  quote: string | null,
  known: KnownParts,
): readonly (string | null)[] {
  if (quote === null) return [null];
  if (known.escape !== undefined) return [known.escape === quote ? null : known.escape];
  return text.includes(`\\${quote}`) ? [null, '\\'] : [null];
}
