/**
 * Tells old Macintosh files, whose lines end in CR alone, from all others. Stands apart from the
 * rest of dialect detection because it needs no quotes: one LF anywhere settles it.
 */

import { CR, LF, type RecordEnd } from './dialect.js';

/**
 * `cr` when `sample` holds a CR and no LF at all, else `lf` (which reads CRLF too).
 *
 * @param sample the start of the file; one that is not the whole file should not end between a CR
 * and its LF.
 */
export function detectRecordEnd(sample: Uint8Array): RecordEnd {
  return !sample.includes(LF) && sample.includes(CR) ? 'cr' : 'lf';
}
