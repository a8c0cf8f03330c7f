/** Finds out how one input would be read, without cleaning it. */
import type { PlainError } from '../base/error.js';
import type { Warning } from '../engine/engine.js';
import { doubtsOf } from './doubt-dialect.js';
import { lookAtInput } from './look-at-input.js';
import { placedError } from './placed-error.js';
import type { FoundDialect, TaskInput, TaskSettings } from './task.js';

/** How an input would be read, or why it would not be. */
export interface InputSniffed {
  readonly input: string;
  readonly dialect: FoundDialect | null;
  /** Names of the columns, as they stand in the input. */
  readonly columns: readonly string[];
  readonly warnings: readonly Warning[];
  readonly error: PlainError | null;
}

export async function sniffInput(input: TaskInput, settings: TaskSettings): Promise<InputSniffed> {
  try {
    return await lookAtInput(input, settings, (_, header, { found: dialect, warnings }) => {
      const doubts = [...warnings, ...doubtsOf(header, dialect)];
      return {
        input: input.name,
        dialect,
        columns: header.names,
        warnings: doubts,
        error: null,
      };
    });
  } catch (error) {
    const nothing = { dialect: null, columns: [], warnings: [] };
    return { input: input.name, ...nothing, error: placedError(error, input.name) };
  }
}
