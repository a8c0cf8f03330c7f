/** What a run gives to all that work on its inputs. */
import type { Executor } from '../executor/executor.js';
import type { RunSettings } from '../task/task.js';

export interface RunContext {
  readonly executor: Executor;
  readonly settings: RunSettings;
  readonly spanBytes: number;
  /** Outliers and aggregates are over all inputs, not over each. */
  readonly isTogether: boolean;
  /** Told how far a large input has come. */
  readonly onAdvance: (inputIndex: number, doneBytes: number) => void;
}
