/**
 * The one list of options: flag, group, default, help and how its value is read. Command line,
 * library, help, recipes and (later) completions all come from here. Each group has its file.
 */
import { COLUMN_OPTIONS } from './column-options.js';
import { DIALECT_OPTIONS } from './dialect-options.js';
import { INPUT_OPTIONS } from './input-options.js';
import type { OptionSpec } from './option-spec.js';
import type { Options } from './options.js';
import { OUTLIER_OPTIONS } from './outlier-options.js';
import { OUTPUT_OPTIONS } from './output-options.js';
import { RECIPE_OPTIONS } from './recipe-options.js';
import { REJECT_OPTIONS } from './reject-options.js';
import { ROW_OPTIONS } from './row-options.js';
import { RUN_OPTIONS } from './run-options.js';
import { TALK_OPTIONS } from './talk-options.js';
import { WORKER_OPTIONS } from './worker-options.js';

export const OPTION_TABLE: {
  readonly [K in Exclude<keyof Options, 'files' | 'asksOutliers'>]: OptionSpec<Options[K]>;
} = {
  ...INPUT_OPTIONS,
  ...OUTPUT_OPTIONS,
  ...WORKER_OPTIONS,
  ...DIALECT_OPTIONS,
  ...COLUMN_OPTIONS,
  ...ROW_OPTIONS,
  ...OUTLIER_OPTIONS,
  ...REJECT_OPTIONS,
  ...RECIPE_OPTIONS,
  ...RUN_OPTIONS,
  ...TALK_OPTIONS,
};
