/**
 * The settings of a run: one for all inputs, or as many as `files` makes different. An input holds
 * the place of its own among them.
 */
import { CsvcleanError } from '../base/error.js';
import type { Rules } from '../engine/rules.js';
import { FORM_KEYS, withFileOptions } from '../options/file-options.js';
import type { Options } from '../options/options.js';
import { refuseContradictions } from '../options/refuse-contradictions.js';
import type { RunSettings, TaskSettings } from '../task/task.js';
import type { FoundInput } from './find-inputs.js';
import { settingsOf } from './settings-of-options.js';

export interface SettingsByInput {
  readonly all: RunSettings;
  /** Of each input, in their order. */
  readonly indexes: readonly number[];
}

/** What is made of the options of an input. */
type ToSettings = (options: Options) => TaskSettings;

/** What is the same rules for inputs that are judged together: they differ until then alone. */
const BEFORE_JUDGING: ReadonlySet<keyof Rules> = new Set<keyof Rules>([
  'hasHeader',
  'maxFieldBytes',
  'maxColumns',
  'cleanNames',
  'nameCase',
  'rename',
  'select',
  'drop',
  'trim',
  'keepBlank',
  'ragged',
]);

/**
 * @param found a stream among them matches nothing.
 * @throws CsvcleanError USAGE for options that exclude each other where they meet in one input.
 */
export async function settingsByInput(
  found: readonly FoundInput[],
  options: Options,
  toSettings: ToSettings = settingsOf,
): Promise<SettingsByInput> {
  const { files } = options;
  if (files.length === 0) return { all: [toSettings(options)], indexes: found.map(() => 0) };
  if (options.concat !== null) refuseForms(options);
  const { createFileMatcher } = await import('./match-files.js');
  const matching = await createFileMatcher(files);
  const all: TaskSettings[] = [];
  const known = new Map<string, number>();
  const indexes = found.map(({ path, name, isStream }) => {
    const parts = isStream ? [] : matching(path);
    const key = parts.join();
    const index = known.get(key) ?? all.length;
    if (index === all.length) {
      const own = withFileOptions(
        options,
        parts.map((at) => files[at]!),
      );
      refuseFor(name, own);
      all.push(toSettings(own));
      known.set(key, index);
    }
    return index;
  });
  if (options.outlierScope === 'all') refuseDifference(all);
  return { all: all.length === 0 ? [toSettings(options)] : all, indexes };
}

function refuseFor(name: string, options: Options): void {
  try {
    refuseContradictions(options);
  } catch (error) {
    if (!(error instanceof CsvcleanError) || error.remedy === undefined) throw error;
    const { message, remedy } = error;
    throw new CsvcleanError('USAGE', `for ${name}: ${message}`, { remedy });
  }
}

/** What is one output has one form. */
function refuseForms({ files }: Options): void {
  const keys = files.flatMap((part) => Object.keys(part.options));
  const key = keys.find((one) => FORM_KEYS.includes(one as keyof Options));
  if (key === undefined) return;
  throw new CsvcleanError('USAGE', `--concat and "${key}" in "files" exclude each other`, {
    remedy: 'Put it at the top: one output has one form.',
  });
}

/** Fences and aggregates are common only to rows that are chosen and judged alike. */
function refuseDifference(all: RunSettings): void {
  const judging = all.map(({ rules }) =>
    JSON.stringify(
      Object.entries(rules).filter(([key]) => !BEFORE_JUDGING.has(key as keyof Rules)),
    ),
  );
  if (judging.every((rules) => rules === judging[0])) return;
  throw new CsvcleanError(
    'USAGE',
    '--outlier-scope all judges every file by the same rules, and "files" gives some others',
    { remedy: 'There, keep how files are read and written, names and columns; or judge by file.' },
  );
}
