/** What `csvclean profile` gives back. Plain data: its keys are part of the interface. */
import type { PlainError } from '../base/error.js';
import type { Warning } from '../engine/engine.js';
import type { ColumnProfile } from '../engine/profile/column-profile.js';
import type { RejectedCount } from '../engine/profile/column-state.js';
import type { FoundDialect } from '../task/task.js';

export interface ProfiledRows {
  /** All records behind the header. */
  readonly in: number;
  readonly blank: number;
  readonly rejected: number;
  /** What is left: the rows that columns are told of. */
  readonly table: number;
}

/** One input, and what is in it. */
export interface FileProfile {
  /** As the user would name it. */
  readonly input: string;
  readonly bytes: number;
  readonly dialect: FoundDialect | null;
  readonly rows: ProfiledRows;
  readonly rejected: readonly RejectedCount[];
  readonly columns: readonly ColumnProfile[];
  readonly warnings: readonly Warning[];
  /** Null when it could be read. */
  readonly error: PlainError | null;
}

/** A column that is not alike in all files. */
export interface Drift {
  /** The final name. */
  readonly column: string;
  /** `missing` or `new`: against most files; `type`: of another type than in most. */
  readonly kind: 'missing' | 'new' | 'type';
  readonly message: string;
  /** The files that differ. */
  readonly inputs: readonly string[];
}

export interface ProfileResult {
  readonly files: readonly FileProfile[];
  /** All files together, columns by their final names. */
  readonly all: {
    readonly files: number;
    readonly rows: ProfiledRows;
    readonly columns: readonly ColumnProfile[];
  };
  readonly drift: readonly Drift[];
  readonly timing: { readonly wallMs: number; readonly workers: number };
}
