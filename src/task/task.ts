/**
 * What one thread is asked to do and what it answers: plain data, so that a task can be tried
 * again, run on another thread or sent to another machine. Holds references, never cells.
 */
import type { PlainError } from '../base/error.js';
import type { EngineName, TableReport } from '../engine/engine.js';
import type { Rules } from '../engine/rules.js';
import type { ContentMark } from '../store/digest.js';
import type { FileIdentity } from '../store/input-file.js';

/** One input to clean. */
export interface TaskInput {
  /** Its place among the inputs of the run. */
  readonly index: number;
  /** Absolute. */
  readonly path: string;
  /** As the user would name it: in messages and in the rejects. */
  readonly name: string;
  readonly sizeBytes: number;
  /** Temporary files to write, beside the final ones; null: count only, write nothing. */
  readonly outputTemp: string | null;
  readonly rejectsTemp: string | null;
  /** Where it is rewritten when its dialect asks for that; removed at the end. */
  readonly rewrittenTemp: string;
}

/** A pack of small inputs, or one larger one. */
export interface Task {
  readonly id: number;
  readonly inputs: readonly TaskInput[];
}

/** The dialect as the user gave it; null: decide by the file's name. */
export interface DialectRequest {
  readonly delimiter: string | null;
  /** A character, or null for none. */
  readonly quote: string | null;
  /** A character that escapes a quote inside quotes, or null: it is doubled. */
  readonly escape: string | null;
}

/** What all tasks of a run share; sent once to each thread. */
export interface TaskSettings {
  readonly rules: Rules;
  readonly dialect: DialectRequest;
  readonly engine: EngineName;
  /** What buffers of one task may hold, in bytes. */
  readonly arenaBytes: number;
  readonly isDurable: boolean;
  /** The output replaces its input: it keeps permissions and dialect. */
  readonly isInPlace: boolean;
  /** Reports have examples of what each rule did. */
  readonly wantsSamples: boolean;
}

/** What became of one input. Its temporary files are finished, but not under their final names. */
export interface InputResult {
  readonly index: number;
  readonly report: TableReport | null;
  readonly error: PlainError | null;
  readonly output: ContentMark | null;
  /** What was read, so that `--in-place` replaces nothing else; null when it failed. */
  readonly identity: FileIdentity | null;
  /** Null when there was nothing to set aside. */
  readonly rejects: ContentMark | null;
  readonly worker: string;
  readonly wallMs: number;
  /** CPU time of the thread, or null where the system does not tell. */
  readonly cpuMs: number | null;
}
