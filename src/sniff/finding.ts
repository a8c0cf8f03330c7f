/** What sniffing found out, in words for people. */

/** Something that was found, and why. */
export interface Finding {
  readonly what:
    | 'delimiter'
    | 'quote'
    | 'escape'
    | 'record_end'
    | 'table_start'
    | 'header'
    | 'footer'
    | 'comment';
  readonly value: string;
  /** For people, one clause. */
  readonly reason: string;
}

/** `1 row`, `3 rows`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
