/** Finds the dialect of a sample: what is named, what reads best, or RFC 4180. */

import type { RecordEnd } from '../csv/dialect.js';
import { type Choice, chooseReading } from './choose-reading.js';
import type { Lead } from './leading-lines.js';
import { leavesHeaderOut } from './leaves-header-out.js';
import { isCommonDelimiter, type KnownParts, listDialects } from './list-dialects.js';
import { delimiterOfNone } from './one-column.js';
import type { SampleText } from './read-rows.js';
import { type Reading, typedColumnsOf } from './score-reading.js';
import type { TextDialect } from './text-dialect.js';

export interface FoundDialect {
  readonly dialect: TextDialect;
  /** null: none is certain. */
  readonly reading: Reading | null;
  /** 0 … 1. */
  readonly confidence: number;
  readonly origin: Lead['origin'];
}

/** The least confidence to act on. */
export const CERTAIN = 0.5;

/** A table that has no other delimiter in it has one column as surely as can be. */
const ONE_COLUMN_CONFIDENCE = 0.9;

export function findDialect(
  head: SampleText,
  isWhole: boolean,
  lead: Lead,
  recordEnds: readonly RecordEnd[],
  known: KnownParts,
): FoundDialect {
  const range = { start: lead.end, isWhole, comment: lead.comment };
  const unnamed = { ...known, delimiter: undefined };
  if (lead.origin === 'sep_line' && !head.text.includes(lead.delimiter!, lead.top)) {
    const other = chooseReading(head, range, recordEnds, unnamed);
    if (other !== null && refutesSepLine(other)) {
      const { reading, confidence } = other;
      return { dialect: reading.dialect, reading, confidence, origin: 'sample' };
    }
  }
  const { origin } = lead;
  const choice = chooseReading(head, range, recordEnds, known);
  if (choice !== null && choice.confidence >= CERTAIN) {
    const { reading, confidence } = choice;
    return { dialect: reading.dialect, reading, confidence, origin };
  }
  const records = head.text.slice(lead.end);
  const isCommaLikely = known.delimiter === undefined && known.likelyDelimiter === ',';
  const unused = choice === null && isCommaLikely ? delimiterOfNone(records, isWhole) : null;
  const dialect: TextDialect = {
    delimiter: unused ?? known.delimiter ?? known.likelyDelimiter,
    quote: known.quote === undefined ? '"' : known.quote,
    escape: known.escape ?? null,
    recordEnd: recordEnds[0]!,
  };
  const confidence =
    unused !== null
      ? ONE_COLUMN_CONFIDENCE
      : (choice?.confidence ?? confidenceInOneColumn(records, known));
  return { dialect, reading: null, confidence, origin };
}

/** Whether the table reads so evenly that the delimiter which no line holds cannot be its own. */
function refutesSepLine({ reading, confidence }: Choice): boolean {
  return (
    confidence >= CERTAIN &&
    reading.even === 1 &&
    isCommonDelimiter(reading.dialect.delimiter) &&
    (reading.block.width > 2 || typedColumnsOf(reading).length > 0) &&
    !leavesHeaderOut(reading)
  );
}

/** Without delimiters there is nothing to mistake; with some, a table may have been missed. */
function confidenceInOneColumn(records: string, known: KnownParts): number {
  const other = listDialects(records, 'lf', { ...known, quote: '"', escape: null });
  const isClean = !other.some(({ delimiter }) => isCommonDelimiter(delimiter));
  return isClean && records !== '' ? ONE_COLUMN_CONFIDENCE : 0;
}
