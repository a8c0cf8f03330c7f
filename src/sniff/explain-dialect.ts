/** Says why a sample is read in a dialect. */

import { countOf, type Finding } from './finding.js';
import type { Reading } from './score-reading.js';
import { decodeByteText, type TextDialect } from './text-dialect.js';

/**
 * The delimiter, and whatever else is not plain RFC 4180.
 *
 * @param reading null: none was certain.
 */
export function explainDialect(
  dialect: TextDialect,
  reading: Reading | null,
  origin: 'user' | 'sep_line' | 'sample',
): Finding[] {
  const findings: Finding[] = [
    {
      what: 'delimiter',
      value: decodeByteText(dialect.delimiter),
      reason: whyDelimiter(reading, origin),
    },
  ];
  if (dialect.quote !== '"' && dialect.quote !== null && reading !== null) {
    const reason = `${countOf(reading.marks.quoted, 'cell')} stand between two of them`;
    findings.push({ what: 'quote', value: decodeByteText(dialect.quote), reason });
  }
  if (dialect.escape !== null && reading !== null) {
    const reason = `it stands before the quotes in ${countOf(reading.marks.escaped, 'cell')}`;
    findings.push({ what: 'escape', value: decodeByteText(dialect.escape), reason });
  }
  if (dialect.recordEnd === 'cr') {
    findings.push({ what: 'record_end', value: 'cr', reason: 'lines end in CR alone' });
  }
  return findings;
}

function whyDelimiter(reading: Reading | null, origin: 'user' | 'sep_line' | 'sample'): string {
  if (origin === 'user') return 'given';
  if (origin === 'sep_line') return 'the first line names it';
  if (reading === null) return 'no other makes a table with certainty';
  const { evenRows, judgedRows, width } = reading.block;
  const rows =
    evenRows === judgedRows
      ? countOf(evenRows, 'record')
      : `${evenRows} of ${countOf(judgedRows, 'record')}`;
  return `${rows} read as ${countOf(width, 'field')}, ${Math.round(100 * reading.typed)} % of their cells as whole values`;
}
