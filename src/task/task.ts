/**
 * What one thread is asked to do and what it answers: plain data, so that a task can be tried
 * again, run on another thread or sent to another machine. Holds references, never cells.
 */
import type { PlainError } from '../base/error.js';
import type { Dialect, RecordEnd } from '../csv/dialect.js';
import type { OutputForm } from '../csv/output-form.js';
import type { Utf8Counts } from '../encoding/survey-utf8.js';
import type { EngineName, TableReport, Warning } from '../engine/engine.js';
import type { Layout } from '../engine/layout.js';
import type { Header } from '../engine/read-header.js';
import type { Rules } from '../engine/rules.js';
import type { MeasureRequest } from '../engine/split/measures.js';
import type { Span } from '../engine/split/span.js';
import type {
  MergeRequest,
  SpanCleaned,
  SpanCounts,
  SpanMeasured,
  SpanWork,
  SplitSettled,
} from '../engine/split/span-engine.js';
import type { Decision, SniffGiven } from '../sniff/sniff-plain.js';
import type { Compression } from '../store/compression.js';
import type { ContentMark } from '../store/digest.js';
import type { ExpandLimits } from '../store/expand-input.js';
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
  /** Which of the run's settings are its own. */
  readonly settingsIndex: number;
  /** How it is compressed; null: not at all. */
  readonly compression: Compression | null;
  /** How its output is to be; that is then made of `outputTemp`, in `packedTemp`. */
  readonly outputCompression: Compression | null;
  readonly packedTemp: string | null;
  /** A `BytePipe` that it comes from instead of the path; null of a file. */
  readonly pipeIn: SharedArrayBuffer | null;
  /** A `BytePipe` that takes the output; null when that is a file, or nothing is written. */
  readonly pipeOut: SharedArrayBuffer | null;
  /** Temporary files to write, beside the final ones; null: count only, write nothing. */
  readonly outputTemp: string | null;
  readonly rejectsTemp: string | null;
  /** Where it is rewritten when its dialect asks for that; removed at the end. */
  readonly rewrittenTemp: string;
  /** Where it is written as UTF-8 when it is something else; removed too. */
  readonly decodedTemp: string;
  /**
   * Where it is written first when it does not come as a file that can be read again; removed too.
   * Null of one that does.
   */
  readonly spoolTemp: string | null;
  /** Beside it lies what does not stay in memory (`spill-files`); null where none asks for it. */
  readonly spillTemp: string | null;
}

/** The unit of work: whole inputs, or a step on one span of a large input. */
export type Task = PackTask | SpanTask;

/** A pack of small inputs, or one larger one. */
export interface PackTask {
  readonly kind: 'pack';
  readonly inputs: readonly TaskInput[];
}

/** A step on one span. */
export interface SpanTask {
  readonly kind: 'span';
  readonly input: TaskInput;
  readonly step: SpanStep;
}

/** What is known of a large input once it was looked at: for all steps on it. */
export interface OpenedTable {
  /** What is read: the input, or a temporary file that it was written to. */
  readonly path: string;
  readonly identity: FileIdentity;
  /** Byte offsets are of the temporary file, and not to be told. */
  readonly isRewritten: boolean;
  readonly dialect: Dialect;
  readonly layout: Layout;
  readonly hasHeader: boolean;
  readonly header: Header;
  readonly found: FoundDialect;
  readonly warnings: readonly Warning[];
  /** Records that were made of several while it was rewritten. */
  readonly joinedRows: number;
}

export type SpanStep =
  /** Writes an input that comes from a pipe, or compressed, to its spool. */
  | { readonly kind: 'spool' }
  /** Compresses the finished output. */
  | { readonly kind: 'compress'; readonly mode: number | null }
  /** Gives an `OpenedTable`, what it lacks, or null: the input must be cleaned whole. */
  | {
      readonly kind: 'open';
      /** It was taken for UTF-8, and is not. */
      readonly isOther: boolean;
      /** What an earlier look needed; where it must be decoded, it was. */
      readonly text: TextFound | null;
    }
  /** Counts how much of the input is UTF-8. */
  | { readonly kind: 'survey'; readonly identity: FileIdentity; readonly span: Span }
  /** By the counts of all its spans. */
  | { readonly kind: 'guess'; readonly identity: FileIdentity; readonly counts: Utf8Counts }
  | {
      readonly kind: 'decode';
      readonly identity: FileIdentity;
      readonly span: Span;
      readonly encoding: string;
      readonly ledger: SharedArrayBuffer;
    }
  | { readonly kind: 'count'; readonly table: OpenedTable; readonly span: Span }
  | {
      readonly kind: 'measure';
      readonly table: OpenedTable;
      readonly work: SpanWork;
      readonly settled: SplitSettled;
      readonly request: MeasureRequest;
    }
  /** Finds duplicates among the keys of some of the hashes. */
  | { readonly kind: 'merge'; readonly request: MergeRequest }
  | {
      readonly kind: 'clean';
      readonly table: OpenedTable;
      readonly work: SpanWork;
      readonly settled: SplitSettled;
      /** Where parts go: see `span-ledger`. */
      readonly ledger: SharedArrayBuffer;
    };

/** A span's part of output and rejects, as it was written. */
export interface CleanedPart extends SpanCleaned {
  /** Null: none, or it was not asked for. */
  readonly difference: Difference | null;
  readonly output: ContentMark;
  readonly rejects: ContentMark;
}

/** What an input's spool holds. */
export interface Spooled {
  readonly sizeBytes: number;
  /** Of the file it came from; null of a pipe. */
  readonly origin: { readonly identity: FileIdentity; readonly mode: number } | null;
}

/** The file of which the encoding is known. */
export interface TextFound {
  readonly identity: FileIdentity;
  readonly encoding: FoundEncoding;
}

/** What is missing before an input can be opened: its encoding, and UTF-8 of it where needed. */
export interface TextNeeded {
  readonly needs: 'text';
  readonly identity: FileIdentity;
  /** Null: it must be guessed. */
  readonly encoding: FoundEncoding | null;
}

/** What a step gives when it succeeds. */
export interface StepValues {
  readonly spool: Spooled;
  readonly compress: ContentMark;
  /** With what is known of the input itself. */
  readonly open:
    | (OpenedTable & { readonly origin: FileIdentity; readonly mode: number })
    | TextNeeded
    | null;
  readonly survey: Utf8Counts;
  readonly guess: FoundEncoding;
  readonly decode: null;
  readonly count: SpanCounts;
  readonly measure: SpanMeasured | null;
  readonly merge: number;
  readonly clean: CleanedPart;
}

export interface SpanResult {
  /** Null when it failed. */
  readonly value: StepValues[keyof StepValues] | null;
  /** Null also when another span's failure ended it. */
  readonly error: PlainError | null;
  readonly worker: string;
  readonly wallMs: number;
  readonly cpuMs: number | null;
}

export type TaskResult<T extends Task = Task> = T extends PackTask
  ? readonly InputResult[]
  : SpanResult;

/** The dialect as the user gave it; what was not given is found out. */
export interface DialectRequest extends Omit<SniffGiven, 'likelyDelimiter'> {
  /** False: what was not given is as RFC 4180 has it. */
  readonly isSniffed: boolean;
  /** A canonical name. */
  readonly encoding: string | 'auto';
  /** Of bytes that are nothing in the encoding. */
  readonly encodingErrors: EncodingErrors;
}

/** What an input is written in, and why. */
export interface FoundEncoding {
  readonly encoding: string;
  readonly reason: string;
}

export type EncodingErrors = 'reject' | 'replace' | 'strict';

/** How an input was read, for people. */
export interface FoundDialect {
  readonly encoding: string;
  readonly delimiter: string;
  readonly quote: string | null;
  readonly escape: string | null;
  readonly recordEnd: RecordEnd;
  /** Its first line ends in CRLF. */
  readonly isCrlf: boolean;
  /** It begins with a byte order mark. */
  readonly hasMark: boolean;
  /** Line of the header, or of the first record, 1-based. */
  readonly tableLine: number;
  readonly headerRows: number;
  readonly hasFooter: boolean;
  /** 0 to 1. */
  readonly confidence: number;
  readonly isCertain: boolean;
  /** Why, where it is not plain. */
  readonly decisions: readonly Decision[];
}

/** All that inputs of a run are cleaned by, sent once to each thread; at least one. */
export type RunSettings = readonly TaskSettings[];

/** What an input is cleaned by; most runs have the same for all. */
export interface TaskSettings {
  readonly rules: Rules;
  readonly dialect: DialectRequest;
  /** How outputs are written, but for what `keepsDialect` says. */
  readonly form: OutputForm;
  /** Delimiter, line ends and byte order mark as in the input. */
  readonly keepsDialect: boolean;
  readonly engine: EngineName;
  /** What buffers of one task may hold, in bytes. */
  readonly arenaBytes: number;
  readonly isDurable: boolean;
  /** The output replaces its input: it keeps permissions and dialect. */
  readonly isInPlace: boolean;
  /** How much compressed inputs may expand to. */
  readonly expandLimits: ExpandLimits;
  /** Reports have examples of what each rule did. */
  readonly wantsSamples: boolean;
  /** Outputs are compared with their inputs, and not written. */
  readonly isCheck: boolean;
  /** Inputs are profiled, and rules hold no expressions. */
  readonly profiles: boolean;
}

/** The first place where an output is not as its input. */
export interface Difference {
  /** In the input, decompressed. */
  readonly offsetBytes: number;
  /** 1-based. */
  readonly line: number;
  /** That line of the input, from its start, and what the output has there. */
  readonly before: string;
  readonly after: string;
  /** The input ends there, and the output goes on. */
  readonly isAtEnd: boolean;
}

/** What comparing an output with its input gave. */
export interface OutputCheck {
  /** Null: they are the same. */
  readonly difference: Difference | null;
  /** All of the input was looked at; else only what came until a little behind the difference. */
  readonly isWhole: boolean;
}

/** What became of one input. Its temporary files are finished, but not under their final names. */
export interface InputResult {
  readonly index: number;
  readonly report: TableReport | null;
  /** How it was read; null when it failed before that was known. */
  readonly found: FoundDialect | null;
  readonly error: PlainError | null;
  readonly output: ContentMark | null;
  /** What was read, so that `--in-place` replaces nothing else; null when it failed. */
  readonly identity: FileIdentity | null;
  /** Null when there was nothing to set aside. */
  readonly rejects: ContentMark | null;
  /** Null when it was not asked for, or the input failed. */
  readonly check: OutputCheck | null;
  /** The worker, or all that worked on it. */
  readonly worker: string;
  readonly wallMs: number;
  /** How long workers were at it: more than `wallMs` when several were. */
  readonly busyMs: number;
  /** CPU time of the threads, or null where the system does not tell. */
  readonly cpuMs: number | null;
  /** Into how many spans it was cut; 1: cleaned whole. */
  readonly spanCount: number;
}
