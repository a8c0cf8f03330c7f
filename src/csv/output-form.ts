/**
 * How an output is written where it is not to be plain RFC 4180: from the records that the engines
 * make, field by field, to those that are wanted. Still a table that every reader of CSV takes.
 */
import { BYTE_ORDER_MARK } from './byte-order-mark.js';
import { COMMA, CR, DOUBLE_QUOTE, LF } from './dialect.js';
import { parseNumber } from './parse-number.js';

export interface OutputForm {
  /** One character of ASCII. */
  readonly delimiter: string;
  readonly isCrlf: boolean;
  /** A UTF-8 byte order mark stands first. */
  readonly hasMark: boolean;
  /** Cells that a spreadsheet would run get an apostrophe before them. */
  readonly escapesFormulas: boolean;
}

/** What the engines write. */
export const PLAIN_FORM: OutputForm = {
  ...{ delimiter: ',', isCrlf: false, hasMark: false, escapesFormulas: false },
};

/** Takes bytes of whole records in any pieces; hands on what they become. */
export interface FormWriter {
  write(bytes: Uint8Array): void;
  /** Cells with an apostrophe put before them. */
  readonly escapedCells: () => number;
}

const CRLF = Uint8Array.of(CR, LF);
const FIRST_ROOM_BYTES = 1 << 16;

function isPlainForm(form: OutputForm): boolean {
  const { delimiter, isCrlf, hasMark, escapesFormulas } = form;
  return delimiter === ',' && !isCrlf && !hasMark && !escapesFormulas;
}

/**
 * @param isFirst the output begins with what is written.
 * @param sink must not keep what it gets.
 */
export function createFormWriter(
  form: OutputForm,
  isFirst: boolean,
  sink: (bytes: Uint8Array) => void,
): FormWriter {
  if (isPlainForm(form)) return { write: sink, escapedCells: () => 0 };
  const delimiter = form.delimiter.charCodeAt(0);
  const separator = Uint8Array.of(delimiter);
  const isForeign = delimiter !== COMMA;
  const lineEnd = form.isCrlf ? CRLF : CRLF.subarray(1);
  let room: Buffer = Buffer.alloc(FIRST_ROOM_BYTES);
  let used = 0;
  /** The field at hand, as far as it came. */
  let field: Buffer = Buffer.alloc(FIRST_ROOM_BYTES);
  let length = 0;
  let isQuoted = false;
  let escaped = 0;
  let isBegun = !isFirst || !form.hasMark;

  const append = (bytes: Uint8Array): void => {
    if (used + bytes.length > room.length) room = grown(room, used + bytes.length);
    room.set(bytes, used);
    used += bytes.length;
  };
  const endField = (): void => {
    const raw = field.subarray(0, length);
    length = 0;
    const isFormula = form.escapesFormulas && startsFormula(raw);
    if (isFormula) escaped++;
    const cell = isFormula ? withApostrophe(raw) : raw;
    append(isForeign && cell.includes(delimiter) ? quoted(cell) : cell);
  };
  const take = (byte: number): void => {
    if (byte === DOUBLE_QUOTE) isQuoted = !isQuoted;
    if (!isQuoted && byte === COMMA) {
      endField();
      append(separator);
    } else if (!isQuoted && byte === LF) {
      endField();
      append(lineEnd);
    } else {
      if (length === field.length) field = grown(field, length + 1);
      field[length++] = byte;
    }
  };
  return {
    write(bytes) {
      if (!isBegun) append(BYTE_ORDER_MARK);
      isBegun = true;
      for (let i = 0; i < bytes.length; i++) take(bytes[i]!);
      sink(room.subarray(0, used));
      used = 0;
    },
    escapedCells: () => escaped,
  };
}

function grown(room: Buffer, bytes: number): Buffer {
  const larger = Buffer.alloc(Math.max(bytes, room.length * 2));
  room.copy(larger);
  return larger;
}

/** A field with no quotes in it may hold the new delimiter. */
function quoted(raw: Buffer): Buffer {
  return raw[0] === DOUBLE_QUOTE
    ? raw
    : Buffer.concat([Uint8Array.of(DOUBLE_QUOTE), raw, Uint8Array.of(DOUBLE_QUOTE)]);
}

/** `=`, `+`, `-`, `@`, tab, CR: what OWASP's page on CSV injection names (CWE-1236). */
const FORMULA_STARTS: ReadonlySet<number> = new Set([0x3d, 0x2b, 0x2d, 0x40, 0x09, 0x0d]);

/** Whether a spreadsheet would run the cell; numbers such as -5 are only numbers. */
function startsFormula(raw: Buffer): boolean {
  const isInQuotes = raw[0] === DOUBLE_QUOTE;
  if (!FORMULA_STARTS.has(raw[isInQuotes ? 1 : 0]!)) return false;
  const text = raw.toString('utf8', isInQuotes ? 1 : 0, raw.length - (isInQuotes ? 1 : 0));
  return Number.isNaN(parseNumber(text));
}

/** Before the text, inside quotes if it has some. */
function withApostrophe(raw: Buffer): Buffer {
  const isInQuotes = raw[0] === DOUBLE_QUOTE;
  return Buffer.concat([Buffer.from(isInQuotes ? `"'` : "'"), raw.subarray(isInQuotes ? 1 : 0)]);
}
