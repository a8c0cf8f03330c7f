/** Where numbers end and identifiers begin. */

/** An integer part of more digits is an identifier. */
export const MOST_DIGITS = 15;
/** As a number: from here on there are more. */
export const LEAST_IDENTIFIER = 10 ** MOST_DIGITS;
