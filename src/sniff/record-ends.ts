/** Which line ends a sample may be read with: one, or two where a few lines differ. */

import { countLineEnds } from '../csv/count-lines.js';
import { detectRecordEnd } from '../csv/detect-record-end.js';
import { CR, LF, type RecordEnd } from '../csv/dialect.js';

/** So many CR for each LF, and the LF may be the stray one. */
const CR_PER_LF = 3;

/** The engine's own answer first. */
export function recordEndsOf(sample: Uint8Array, isWhole: boolean): readonly RecordEnd[] {
  // A CR at the very end may be half a line end.
  const isCut = !isWhole && sample.at(-1) === CR;
  const recordEnd = detectRecordEnd(isCut ? sample.subarray(0, -1) : sample);
  if (recordEnd === 'cr') return ['cr'];
  const lineFeeds = countLineEnds(sample, 0, sample.length, 'lf');
  let lone = 0;
  for (let at = sample.indexOf(CR); at >= 0; at = sample.indexOf(CR, at + 1)) {
    if (sample[at + 1] !== LF) lone++;
  }
  return lone >= CR_PER_LF * lineFeeds && lone > 1 ? ['lf', 'cr'] : ['lf'];
}
