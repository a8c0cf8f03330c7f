/**
 * The quick answer for most files, at a glance, and the words of the full one. Stands apart so that
 * the full look is loaded only where it is taken.
 */

import type { RecordEnd } from '../csv/dialect.js';
import type { Finding } from './finding.js';
import { QUICK_LOOK, type QuickLook } from './quick-look.js';

export interface SniffSample {
  /**
   * First bytes of the file, at most 64 KiB: UTF-8 or another ASCII-compatible encoding, maybe with
   * a UTF-8 byte order mark, maybe cut in a record unless `isWhole`.
   */
  readonly head: Uint8Array;
  /** Whether `head` is the whole file. */
  readonly isWhole: boolean;
  /** Last bytes of the file; empty when `isWhole` or unknown (a stream). */
  readonly tail: Uint8Array;
  /** Where `tail` begins in the file, in bytes. */
  readonly tailOffsetBytes: number;
}

/** What the user fixed; null or `auto`: to be found. */
export interface SniffGiven {
  readonly delimiter: string | null;
  /** undefined: to be found; null: no quoting. */
  readonly quote: string | null | undefined;
  /** undefined: to be found; null: quotes are doubled. */
  readonly escape: string | null | undefined;
  /** Rows of the header; 0: none. */
  readonly headerRows: number | 'auto';
  /** Lines before the table. */
  readonly skipLines: number | 'auto';
  /** What comment lines begin with; null: to be found, above the table only. */
  readonly comment: string | null;
  /** What the file's name suggests: `,`, or a tab for .tsv and .tab. */
  readonly likelyDelimiter: string;
}

/** Something that was found, and why. */
export type Decision = Finding;

export interface Sniffed {
  /** One or more characters. */
  readonly delimiter: string;
  readonly quote: string | null;
  /** null: quotes are doubled. */
  readonly escape: string | null;
  readonly recordEnd: RecordEnd;
  /**
   * Where the header or first record begins: 0-based byte offset, 1-based line. Without preamble
   * offset 0, byte order mark included.
   */
  readonly start: { readonly offsetBytes: number; readonly line: number };
  /** 0: no header; 1 as usual; 2 – 4. */
  readonly headerRows: number;
  /** From this byte offset on every record that is not blank is footer; null: no footer. */
  readonly footerStart: number | null;
  /** 0 … 1, as `choose-reading.ts` defines it; 1 for a plain table. */
  readonly confidence: number;
  /**
   * Whether the confidence reaches `CERTAIN`, or the delimiter is given or named by a `sep=` line.
   * Below `CERTAIN`, all that was not given or named is as RFC 4180 has it, with the likely
   * delimiter.
   */
  readonly isCertain: boolean;
  /** The delimiter's, and every one that differs from plain RFC 4180. */
  readonly decisions: readonly Decision[];
}

const TABLE_TOP = { offsetBytes: 0, line: 1 };

/**
 * Whether everything is as RFC 4180 has it, in the likely delimiter: `"` quotes, one header row
 * first, no footer. Looks at 2 KiB and the last 1 KiB; true is certain, false may be too careful.
 */
function isPlainTable(sample: SniffSample, given: SniffGiven, look: QuickLook): boolean {
  const { likelyDelimiter: likely } = given;
  const isAsked =
    (given.delimiter === null || given.delimiter === likely) &&
    (given.quote === undefined || given.quote === '"') &&
    (given.escape ?? null) === null &&
    (given.headerRows === 'auto' || given.headerRows === 1) &&
    (given.skipLines === 'auto' || given.skipLines === 0) &&
    given.comment === null;
  if (!isAsked || likely.length !== 1) return false;
  const delimiter = likely.charCodeAt(0);
  const width = look.plainWidth(sample.head, sample.isWhole, delimiter);
  if (width === 0) return false;
  const end = endOf(sample);
  return end === null || look.endsPlainly(end, delimiter, width);
}

/** The last bytes; null where they are not known. */
function endOf({ head, isWhole, tail, tailOffsetBytes }: SniffSample): Uint8Array | null {
  if (isWhole) return head;
  if (tail.length === 0) return null;
  // Behind a head that is nearly all of the file, little is left to be the tail.
  return tailOffsetBytes === head.length ? Buffer.concat([head, tail]) : tail;
}

/**
 * The answer for most files, at a glance; null where it takes the full look.
 * @param look all looks give the same.
 */
export function sniffPlain(
  sample: SniffSample,
  given: SniffGiven,
  look: QuickLook = QUICK_LOOK,
): Sniffed | null {
  if (!isPlainTable(sample, given, look)) return null;
  const { likelyDelimiter } = given;
  const reason = 'every record of the first 2 KiB has as many fields as the header';
  return {
    delimiter: likelyDelimiter,
    quote: '"',
    escape: null,
    recordEnd: 'lf',
    start: TABLE_TOP,
    headerRows: 1,
    footerStart: null,
    confidence: 1,
    isCertain: true,
    decisions: [{ what: 'delimiter', value: likelyDelimiter, reason }],
  };
}
