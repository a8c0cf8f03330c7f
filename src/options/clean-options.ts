/** The options as the library takes them: values, or the texts that the flags take. */
import type { Options } from './options.js';

type TextOr<T> = T extends boolean
  ? T
  : T | string | (T extends readonly unknown[] ? readonly string[] : never);

/** Every option of the command line in camel case; only `inputs` must be given. */
export type CleanOptions = {
  /** Files, folders and globs; `!glob` excludes. */
  readonly inputs: string | readonly string[];
  /** `auto`, `off`, `gap`, `iqr[:K]`, `mad[:C]`, `zscore[:Z]` or `percentile:LOW,HIGH`. */
  readonly outliers?: string;
  /** A number of records, or a percentage of the rows such as `'0.5%'`. */
  readonly maxRejects?: number | string | null;
  /** A number of bytes or a size such as `'10GB'`, or a ratio such as `'200x'`. */
  readonly maxDecompressed?: number | string;
} & {
  readonly [K in Exclude<
    keyof Options,
    'inputs' | 'outliers' | 'maxRejects' | 'maxDecompressed'
  >]?: TextOr<Options[K]>;
};
