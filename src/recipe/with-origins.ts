/** Errors speak of flags. Where a value was not given by its flag, they say where it is from. */
import { CsvcleanError, type ErrorCode } from '../base/error.js';
import { flagOf } from '../options/parse-options.js';
import { describeOrigin } from './describe-origin.js';
import type { Layer, Settings } from './layer.js';

/** Errors that are about what was asked for. */
const OF_OPTIONS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'USAGE',
  'UNKNOWN_COLUMN',
  'BAD_EXPRESSION',
]);

/** The error with where the options that it names are from; any other error as it is. */
export function withOrigins(error: unknown, { settings, files }: Layer): unknown {
  if (!(error instanceof CsvcleanError) || !OF_OPTIONS.has(error.code)) return error;
  const named = `${error.place.option ?? ''} ${error.message}`;
  const flags: readonly string[] = named.match(/--[a-z-]+/g) ?? [];
  const origins = [settings, ...files.map((file) => file.settings)].flatMap((one) =>
    originsOf(one, flags),
  );
  if (origins.length === 0) return error;
  const remedy = [error.remedy, `(${origins.join('; ')}.)`].filter((one) => one !== undefined);
  return new CsvcleanError(error.code, error.message, {
    ...error.place,
    remedy: remedy.join(' '),
  });
}

function originsOf(settings: Settings, flags: readonly string[]): readonly string[] {
  return [...settings].flatMap(([key, { origin }]) => {
    const isNamed = flags.includes(flagOf(key)) && origin.kind !== 'flag';
    return isNamed ? [`${flagOf(key)} is from ${describeOrigin(origin)}`] : [];
  });
}
