/** The quick look at both ends of a file, as byte loops; an engine may have a faster one. */

import { endsPlainly } from './ends-plainly.js';
import { plainWidth } from './plain-table.js';

export interface QuickLook {
  /**
   * The number of columns when the first bytes are rectangular in `delimiter` with `"` quotes, a
   * header of words and no preamble; 0 otherwise.
   *
   * @param isWhole whether `bytes` are the whole file.
   * @param delimiter a byte.
   */
  plainWidth(bytes: Uint8Array, isWhole: boolean, delimiter: number): number;
  /**
   * Whether the last lines all have `width` fields, mostly filled or all empty, and none begins
   * like a note or a total.
   *
   * @param bytes the end of the file, or a stretch before it that begins anywhere.
   * @param delimiter a byte.
   */
  endsPlainly(bytes: Uint8Array, delimiter: number, width: number): boolean;
}

export const QUICK_LOOK: QuickLook = { plainWidth, endsPlainly };
