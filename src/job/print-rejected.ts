/** `csvclean rejects`: the records of a rejects file as they stood, under their header. */
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvcleanError } from '../base/error.js';
import type { Options } from '../options/options.js';
import { makeScratch, removeScratch } from '../store/temp-name.js';
import { type HeaderText, readHeaderText } from '../task/header-text.js';
import { type RejectedRecord, readRejects } from '../task/read-rejects.js';
import { type FoundInput, findInputs } from './find-inputs.js';
import { toTaskWithoutOutput } from './plan-tasks.js';
import { settingsByInput } from './settings-by-input.js';
import { settingsOf } from './settings-of-options.js';

export interface Printed {
  /** The input that they are of; null for a file without records. */
  input: string | null;
  readonly countByRule: Map<string, number>;
  /** Rows that belong to no table, by rule: there is nothing to mend. */
  readonly leftOutByRule: Map<string, number>;
  /** Records in which bytes stand as `\xHH`. */
  escaped: number;
}

const NO_DATA: ReadonlySet<string> = new Set(['footer', 'repeated_header']);
/** In UTF-16 units: so much is written at a time. */
const PIECE_LENGTH = 1 << 16;

/**
 * Prints them in the input's dialect, as UTF-8.
 * @returns null when nobody reads on.
 * @throws CsvcleanError USAGE; NO_MATCH for an input that is not found; what reading it throws.
 */
export async function printRejected(options: Options, output: Writable): Promise<Printed | null> {
  const [path, givenInput = null, ...more] = options.inputs;
  if (path === undefined || more.length > 0) {
    throw new CsvcleanError('USAGE', 'csvclean rejects takes one file of rejects, and its input', {
      remedy: 'Write csvclean rejects cleaned/rejects/NAME.rejects.csv.',
    });
  }
  const settings = { ...settingsOf(options), isInPlace: false };
  const printed: Printed = {
    input: null,
    countByRule: new Map(),
    leftOutByRule: new Map(),
    escaped: 0,
  };
  const headerOf = (name: string) => findHeader(givenInput ?? name, options);
  const texts = piecesOf(readRejects(path, settings), headerOf, printed);
  try {
    await pipeline(texts, output, { end: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') return null;
    throw error;
  }
  return printed;
}

/** @param printed is kept up to date. */
async function* piecesOf(
  records: Iterable<RejectedRecord>,
  headerOf: (name: string) => Promise<HeaderText>,
  printed: Printed,
): AsyncGenerator<string> {
  let piece = '';
  let lineEnd = '';
  for (const { file, rule, record, isEscaped } of records) {
    if (printed.input === null) {
      const header = await headerOf(file);
      printed.input = file;
      lineEnd = header.lineEnd;
      if (header.text !== '') piece = header.text + lineEnd;
    }
    const counter = NO_DATA.has(rule) ? printed.leftOutByRule : printed.countByRule;
    counter.set(rule, (counter.get(rule) ?? 0) + 1);
    if (NO_DATA.has(rule)) continue;
    if (isEscaped) printed.escaped++;
    piece += record + lineEnd;
    if (piece.length < PIECE_LENGTH) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

async function findHeader(name: string, options: Options): Promise<HeaderText> {
  const input = await findOne(name, options);
  const { all } = await settingsByInput([input], options);
  const scratch = makeScratch();
  try {
    const settings = { ...all[0]!, isInPlace: false };
    return await readHeaderText(toTaskWithoutOutput(input, 0, scratch), settings);
  } finally {
    removeScratch(scratch);
  }
}

/** @throws CsvcleanError NO_MATCH for what is no file. */
async function findOne(name: string, options: Options): Promise<FoundInput> {
  try {
    const wanted = { ...options, inputs: [name], filesFrom: null };
    const [input, ...more] = await findInputs(wanted, () => false);
    if (input !== undefined && more.length === 0 && !input.isStream) return input;
  } catch (error) {
    if (!(error instanceof CsvcleanError) || error.code !== 'NO_MATCH') throw error;
  }
  throw new CsvcleanError('NO_MATCH', 'the header stands in the input, which is not there', {
    path: name,
    remedy: 'Name it behind the rejects: csvclean rejects REJECTS INPUT.',
  });
}
