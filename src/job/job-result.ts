/**
 * What a run gives back, and what it tells while it works. Plain data: `--json` prints it, reports
 * read it.
 */
import type { PlainError } from '../base/error.js';
import type { RowCounts, TableReport } from '../engine/engine.js';
import type { WorkerProgress } from '../executor/executor.js';
import type { Difference, FoundDialect } from '../task/task.js';

/** One thing that cleaning would change, by example. */
export interface Change {
  /** `name`, `delimiter`, `trim`, `blank`, …; `bytes` where nothing else tells. */
  readonly rule: string;
  /** Final name, where it is about cells of one column. */
  readonly column?: string;
  /** 1-based. */
  readonly line: number;
  readonly before: string;
  /** '' where it would be gone. */
  readonly after: string;
}

/** What `--check` found. */
export interface FileCheck {
  /** Cleaning would change at least one byte. */
  readonly isChanged: boolean;
  /** All of it was looked at; else only what comes until a little behind the first difference. */
  readonly isWhole: boolean;
  readonly difference: Difference | null;
  /** The first few reasons. */
  readonly changes: readonly Change[];
}

/** One input and what became of it. Each input of a run appears exactly once. */
export interface FileResult {
  /** As the user would name it. */
  readonly input: string;
  readonly status: 'cleaned' | 'failed' | 'skipped';
  /** Where the cleaned file lies; null when none was written. */
  readonly output: string | null;
  /** Where the rejects lie; null when there is nothing. */
  readonly rejects: string | null;
  /** How it was read: as it was found out, or as it was asked for. */
  readonly dialect: FoundDialect | null;
  readonly report: TableReport | null;
  readonly error: PlainError | null;
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** The worker, or all that worked on it; null when it was not begun. */
  readonly worker: string | null;
  readonly wallMs: number;
  readonly cpuMs: number | null;
  /** Into how many spans it was cut for the workers; 1: cleaned whole. */
  readonly spans: number;
  /** Only with `--check`, where the input did not fail. */
  readonly check?: FileCheck;
}

export interface JobTotals {
  readonly files: number;
  readonly cleaned: number;
  readonly failed: number;
  readonly skipped: number;
  readonly rows: RowCounts;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** A second run on one worker. */
export interface BaselineResult {
  readonly wallMs: number;
  /** How many times faster the run was. */
  readonly speedUp: number;
  /** Inputs whose output or rejects differ; always none, or it is a fault. */
  readonly differing: readonly string[];
}

export interface JobTiming {
  /** From the first task to the last result. */
  readonly wallMs: number;
  /** CPU time of the worker threads while they cleaned; null where the system does not tell. */
  readonly cpuMs: number | null;
  /** How long workers were busy, all together. */
  readonly busyMs: number;
  readonly workers: number;
  readonly baseline: BaselineResult | null;
}

export interface JobResult {
  readonly status: 'done' | 'failed' | 'aborted';
  readonly dryRun: boolean;
  /** Only with `--check`: in how many files something would change. */
  readonly check?: { readonly changed: number };
  /**
   * The folder, or file with `--output`, that was asked for, `-` for standard output; null when
   * inputs were replaced.
   */
  readonly target: string | null;
  readonly files: readonly FileResult[];
  readonly totals: JobTotals;
  readonly timing: JobTiming;
  /** What concerns the run as a whole, such as `--max-rejects`. */
  readonly problems: readonly PlainError[];
}

export interface InFlight extends WorkerProgress {
  /** The input the worker is at, as the user would name it; null when it waits. */
  readonly input: string | null;
}

export type JobEvent =
  | {
      readonly kind: 'start';
      readonly files: number;
      readonly bytes: number;
      readonly workers: number;
    }
  | {
      readonly kind: 'progress';
      readonly doneFiles: number;
      readonly doneBytes: number;
      readonly workers: readonly InFlight[];
    }
  | { readonly kind: 'file'; readonly file: FileResult }
  | { readonly kind: 'baseline' };

export type OnEvent = (event: JobEvent) => void;
