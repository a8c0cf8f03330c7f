/**
 * Where each input's output and rejects go. Pure: from names to names; nothing is looked at on
 * disk.
 */
import { basename, dirname, join, resolve } from 'node:path';
import { crc32 } from 'node:zlib';
import { CsvcleanError } from '../base/error.js';
import { type Options, oneOutput, STDOUT } from '../options/options.js';
import { type Compression, compressionOf, withoutCompression } from '../store/compression.js';
import type { FoundInput } from './find-inputs.js';

export interface PlannedInput extends FoundInput {
  readonly index: number;
  /** Which of the run's settings are its own. */
  readonly settingsIndex: number;
  /** Absolute; null: standard output. */
  readonly outputPath: string | null;
  /** As the user would name it. */
  readonly outputName: string;
  /** How the input is compressed, and how the output will be. */
  readonly compression: Compression | null;
  readonly outputCompression: Compression | null;
  /** Null with `--rejects none`. */
  readonly rejectsPath: string | null;
  readonly rejectsName: string | null;
}

/** Where rejects lie when the output does not lie anywhere. */
export const STDOUT_REJECTS = 'csvclean-rejects';

const TEXT_ENDING = /\.(tsv|tab|txt)$/i;
const REJECTS_ENDING = '.rejects.csv';
const LONGEST_NAME_BYTES = 255;

/** @throws CsvcleanError OUTPUT_CLASH, OUTPUT_IS_INPUT or USAGE, before any work. */
export function planOutputs(
  inputs: readonly FoundInput[],
  options: Options,
  settingsIndexes: readonly number[],
): readonly PlannedInput[] {
  if (options.output !== null && inputs.length > 1) {
    throw new CsvcleanError('USAGE', `--output: one file for ${inputs.length} inputs`, {
      remedy: 'Use --out-dir.',
    });
  }
  const planned = inputs.map((input, index) => {
    const settingsIndex = settingsIndexes[index]!;
    return options.check
      ? planChecked(input, { index, settingsIndex })
      : planOne(input, { index, settingsIndex }, options);
  });
  if (options.check) return planned;
  refuseClashes(planned, options);
  if (!options.inPlace) refuseInputs(planned);
  return planned;
}

type Indexes = Pick<PlannedInput, 'index' | 'settingsIndex'>;

function planOne(input: FoundInput, indexes: Indexes, options: Options): PlannedInput {
  const outputName = outputNameOf(input, options);
  const rejectsName = rejectsNameOf(input, outputName, options);
  return {
    ...input,
    ...indexes,
    outputName,
    compression: input.isStream ? null : compressionOf(input.path),
    outputCompression: compressionFor(input, options),
    outputPath: oneOutput(options) === STDOUT ? null : resolve(outputName),
    rejectsName,
    rejectsPath: rejectsName === null ? null : resolve(rejectsName),
  };
}

/** Nothing is written anywhere; the output is what the input should be already. */
function planChecked(input: FoundInput, indexes: Indexes): PlannedInput {
  return {
    ...input,
    ...indexes,
    ...{ outputName: input.name, outputPath: input.path, outputCompression: null },
    ...{ rejectsName: null, rejectsPath: null },
    compression: input.isStream ? null : compressionOf(input.path),
  };
}

function outputNameOf(input: FoundInput, options: Options): string {
  if (options.inPlace) return input.name;
  const output = oneOutput(options);
  if (output !== null) return output;
  const name = withoutCompression(basename(input.relativePath)).replace(TEXT_ENDING, '.csv');
  const compression = compressionFor(input, options);
  const ending = compression === null ? '' : `.${compression}`;
  return join(options.outDir, dirname(input.relativePath), options.prefix + name + ending);
}

/** How the output is compressed: as asked, as its own name says, or as the input. */
function compressionFor({ path }: FoundInput, options: Options): Compression | null {
  const { compress, output } = options;
  // What is joined is compressed when that is done.
  if (options.concat !== null) return null;
  if (compress !== null) return compress === 'none' ? null : compress;
  return compressionOf(output === null ? path : output);
}

function rejectsNameOf(input: FoundInput, outputName: string, options: Options): string | null {
  if (options.rejects === 'none') return null;
  const name = rejectsBasename(basename(input.relativePath));
  if (options.rejects !== null) return join(options.rejects, dirname(input.relativePath), name);
  if (options.inPlace) return join(dirname(outputName), 'rejects', name);
  if (options.concat !== null) {
    // The names of several inputs may be the same.
    const folder = options.concat === STDOUT ? STDOUT_REJECTS : dirname(outputName);
    return join(
      folder,
      options.concat === STDOUT ? '' : 'rejects',
      dirname(input.relativePath),
      name,
    );
  }
  if (options.output === STDOUT) return join(STDOUT_REJECTS, name);
  if (options.output !== null) return join(dirname(outputName), name);
  return join(options.outDir, 'rejects', dirname(input.relativePath), name);
}

/**
 * `trips.csv` → `trips.csv.rejects.csv`; a name that would be too long is cut and told apart by a
 * checksum.
 */
function rejectsBasename(name: string): string {
  if (Buffer.byteLength(name + REJECTS_ENDING) <= LONGEST_NAME_BYTES) return name + REJECTS_ENDING;
  const ending = `-${crc32(name).toString(16).padStart(8, '0')}${REJECTS_ENDING}`;
  let cut = name;
  while (Buffer.byteLength(cut + ending) > LONGEST_NAME_BYTES) cut = [...cut].slice(0, -1).join('');
  return cut + ending;
}

/** Names that are one on this platform's usual file systems give one key. */
function keyOf(path: string): string {
  const isFolding = process.platform === 'darwin' || process.platform === 'win32';
  return isFolding ? path.normalize('NFC').toLowerCase() : path;
}

function refuseClashes(planned: readonly PlannedInput[], { concat }: Options): void {
  const owners = new Map<string, PlannedInput>();
  for (const input of planned) {
    // One output for all is no clash.
    for (const path of [concat === null ? input.outputPath : null, input.rejectsPath]) {
      if (path === null) continue;
      const other = owners.get(keyOf(path));
      if (other !== undefined) throw clash(other, input, path);
      owners.set(keyOf(path), input);
    }
  }
}

function clash(first: PlannedInput, second: PlannedInput, path: string): CsvcleanError {
  const shown = path === second.outputPath ? second.outputName : second.rejectsName!;
  return new CsvcleanError(
    'OUTPUT_CLASH',
    `${first.name} and ${second.name} would both be written to ${shown}`,
    { remedy: 'Use --base DIR, a folder above both, to keep their folders apart.' },
  );
}

function refuseInputs(planned: readonly PlannedInput[]): void {
  const inputs = new Map(planned.map((input) => [keyOf(input.path), input]));
  for (const { outputPath, rejectsPath } of planned) {
    for (const path of [outputPath, rejectsPath]) {
      const input = path === null ? undefined : inputs.get(keyOf(path));
      if (input !== undefined) {
        throw new CsvcleanError('OUTPUT_IS_INPUT', 'the output would replace an input', {
          path: input.name,
          remedy: 'Choose another --out-dir, a --prefix, or --in-place if that is meant.',
        });
      }
    }
  }
}
