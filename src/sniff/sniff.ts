/**
 * Finds out what a CSV file is written in and where its table lies, from its first and last bytes.
 * A wrong answer is worse than none: whatever is not certain stays as RFC 4180 has it. Reads bytes
 * only; no files, no options.
 */

import { countLineEnds } from '../csv/count-lines.js';
import type { RecordEnd } from '../csv/dialect.js';
import { explainDialect } from './explain-dialect.js';
import { CERTAIN, findDialect } from './find-dialect.js';
import { readLead, textStart } from './leading-lines.js';
import { locateTable } from './locate-table.js';
import type { SampleText } from './read-rows.js';
import { recordEndsOf } from './record-ends.js';
import { type Sniffed, type SniffGiven, type SniffSample, sniffPlain } from './sniff-plain.js';
import { decodeByteText, encodeByteText, toByteText } from './text-dialect.js';

/**
 * Takes time in proportion to the sample, whatever it holds; never throws. What is given is taken
 * as it is.
 */
export function sniffDialect(sample: SniffSample, given: SniffGiven): Sniffed {
  const plain = sniffPlain(sample, given);
  if (plain !== null) return plain;
  const bytes = sample.head;
  const head: SampleText = { bytes, text: toByteText(bytes) };
  const recordEnds = recordEndsOf(bytes, sample.isWhole);
  const lead = readLead(head.text, recordEnds[0]!, given);
  const known = {
    delimiter: lead.delimiter ?? undefined,
    quote: encodeGiven(given.quote),
    escape: encodeGiven(given.escape),
    likelyDelimiter: encodeByteText(given.likelyDelimiter),
  };
  const found = findDialect(head, sample.isWhole, lead, recordEnds, known);
  const { dialect, reading, confidence } = found;
  const table =
    reading === null
      ? { start: lead.top, headerRows: 1, footerStart: null, findings: [] }
      : locateTable({ ...sample, head }, reading, { ...lead, headerRows: given.headerRows });
  return {
    delimiter: decodeByteText(dialect.delimiter),
    quote: dialect.quote === null ? null : decodeByteText(dialect.quote),
    escape: dialect.escape === null ? null : decodeByteText(dialect.escape),
    recordEnd: dialect.recordEnd,
    start: placeOf(head, table.start, dialect.recordEnd),
    headerRows: given.headerRows === 'auto' ? table.headerRows : given.headerRows,
    footerStart: table.footerStart,
    confidence,
    isCertain: confidence >= CERTAIN || found.origin !== 'sample',
    decisions: [...explainDialect(dialect, reading, found.origin), ...table.findings],
  };
}

function encodeGiven(text: string | null | undefined): string | null | undefined {
  return typeof text === 'string' ? encodeByteText(text) : text;
}

/** 0-based byte offset and 1-based line; the top of the file is its first byte. */
function placeOf(
  { bytes, text }: SampleText,
  start: number,
  recordEnd: RecordEnd,
): Sniffed['start'] {
  if (start <= textStart(text)) return { offsetBytes: 0, line: 1 };
  return { offsetBytes: start, line: 1 + countLineEnds(bytes, 0, start, recordEnd) };
}
