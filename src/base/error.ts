/**
 * The one error class: a stable code, a message, a place in the input and a remedy.
 * It stands here because every layer raises it; it refuses to know how an error is shown.
 */

/** Stable codes; they are part of the interface (semver), the messages are not. */
export type ErrorCode =
  | 'USAGE'
  | 'NO_INPUT'
  | 'NO_MATCH'
  | 'UNKNOWN_COLUMN'
  | 'BAD_EXPRESSION'
  | 'BAD_RECIPE'
  | 'OUTPUT_CLASH'
  | 'OUTPUT_EXISTS'
  | 'OUTPUT_IS_INPUT'
  | 'OUTPUT_FOLDER'
  | 'LOCKED'
  | 'CANNOT_READ'
  | 'CANNOT_WRITE'
  | 'BROKEN_PIPE'
  | 'NOT_A_FILE'
  | 'CHANGED_WHILE_READ'
  | 'NOT_UTF8'
  | 'BAD_ENCODING'
  | 'COMPRESSED'
  | 'COMPRESSION'
  | 'CORRUPT_ARCHIVE'
  | 'TOO_LARGE'
  | 'DIALECT'
  | 'RAGGED'
  | 'SCHEMA'
  | 'TOO_MANY_COLUMNS'
  | 'RECORD_TOO_LONG'
  | 'INVALID_VALUE'
  | 'NO_VALUE_FITS'
  | 'TOO_MANY_REJECTS'
  | 'TOO_MANY_GROUPS'
  | 'OUT_OF_MEMORY'
  | 'TIMEOUT'
  | 'WORKER_DIED'
  | 'SKIPPED'
  | 'INCOMPLETE'
  | 'ABORTED'
  | 'FAULT';

/** Where in a file something was found. Lines are 1-based, byte offsets 0-based. */
export interface Place {
  readonly path?: string;
  readonly line?: number;
  /** Within the line, from 1, in UTF-16 units: in recipes. */
  readonly character?: number;
  readonly byteOffset?: number;
  readonly column?: string;
  /** The flag whose value is at fault, and where in its text. */
  readonly option?: string;
  readonly excerpt?: Excerpt;
}

/** A place in a text that is shown with it: characters, 1-based, the end exclusive. */
export interface Excerpt {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** An error as plain data: what crosses a thread or stands in `--json`. */
export interface PlainError extends Place {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy?: string;
}

/** What went wrong, where, and what to do about it. `message` is one sentence, without place. */
export class CsvcleanError extends Error {
  readonly code: ErrorCode;
  readonly place: Place;
  readonly remedy: string | undefined;

  constructor(code: ErrorCode, message: string, more: Place & { readonly remedy?: string } = {}) {
    super(message);
    this.name = 'CsvcleanError';
    const { remedy, ...place } = more;
    this.code = code;
    this.place = place;
    this.remedy = remedy;
  }
}

/** Any thrown thing as plain data; what is not ours becomes a `FAULT` that keeps its stack. */
export function toPlainError(error: unknown): PlainError {
  if (error instanceof CsvcleanError) {
    return {
      code: error.code,
      message: error.message,
      ...error.place,
      ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
    };
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    code: 'FAULT',
    message: `a fault of csvclean: ${text}`,
    remedy: 'Please report this with the command and, if you can, the file.',
  };
}
