/**
 * What the kernel says of a record, as bits. The one list of it, read by TypeScript and
 * AssemblyScript alike; stored as bytes.
 */

/**
 * The record needs a look by itself: it is too long, its quotes or line ends are not those of the
 * output, a quote is never closed, or trimming leaves nothing.
 */
export const ODD = 1;
/** Every field of the record is empty, quoted or not. */
export const BLANK = 2;
/** A field may be a token for "no value". Not told of all odd ones. */
export const TOKEN = 4;
/** A field of the record, which is not odd, may begin or end with a blank. */
export const TRIM = 8;
/** A field of the record, which is not odd, must be quoted anew: it holds a comma or a quote. */
export const REQUOTE = 16;
/** The record has fewer fields than the header. */
export const SHORT = 32;
/** The record has more fields than the header. */
export const LONG = 64;
/**
 * A field of the record, which is not odd, begins with a quote that is none: something other than a
 * delimiter or line end stands behind the closing one, or it runs away.
 */
export const STRAY = 128;
