/** `csvclean rejects`: the records of a rejects file as they stood, under their header. */
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvcleanError } from '../base/error.js';
import type { Options } from '../options/options.js';
import { makeScratch, removeScratch } from '../store/temp-name.js';
import { type HeaderText, readHeaderText } from '../task/header-text.js';
import { type RejectedRecord, readRejects } from '../task/read-rejects.js';
import type { TaskSettings } from '../task/task.js';
import { findInputs } from './find-inputs.js';
import { settingsOf } from './settings-of-options.js';
import { taskOf } from './sniff-inputs.js';

export interface Printed {
  /** The input that they are of; null for a file without records. */
  readonly input: string | null;
  readonly countByRule: ReadonlyMap<string, number>;
  /** Rows that belong to no table, by rule: there is nothing to mend. */
  readonly leftOutByRule: ReadonlyMap<string, number>;
  /** Records in which bytes stand as `\xHH`. */
  readonly escaped: number;
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
  const counts = { input: null, countByRule: new Map(), leftOutByRule: new Map(), escaped: 0 };
  const headerOf = (name: string) => findHeader(givenInput ?? name, options, settings);
  const texts = piecesOf(readRejects(path, settings), headerOf, counts);
  try {
    await pipeline(texts, output, { end: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') return null;
    throw error;
  }
  return counts;
}

type Counts = { -readonly [key in keyof Printed]: Printed[key] } & {
  readonly countByRule: Map<string, number>;
  readonly leftOutByRule: Map<string, number>;
};

async function* piecesOf(
  records: Iterable<RejectedRecord>,
  headerOf: (name: string) => Promise<HeaderText>,
  counts: Counts,
): AsyncGenerator<string> {
  let piece = '';
  let lineEnd = '';
  for (const { file, rule, record, isEscaped } of records) {
    if (counts.input === null) {
      const header = await headerOf(file);
      counts.input = file;
      lineEnd = header.lineEnd;
      if (header.text !== '') piece = header.text + lineEnd;
    }
    const counter = NO_DATA.has(rule) ? counts.leftOutByRule : counts.countByRule;
    counter.set(rule, (counter.get(rule) ?? 0) + 1);
    if (NO_DATA.has(rule)) continue;
    if (isEscaped) counts.escaped++;
    piece += record + lineEnd;
    if (piece.length < PIECE_LENGTH) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

async function findHeader(
  name: string,
  options: Options,
  settings: TaskSettings,
): Promise<HeaderText> {
  const [input] = await inputsOf(name, options);
  const scratch = makeScratch();
  try {
    return await readHeaderText(taskOf(input!, 0, scratch), settings);
  } finally {
    removeScratch(scratch);
  }
}

/** @throws CsvcleanError NO_MATCH for what is no file. */
async function inputsOf(name: string, options: Options) {
  try {
    const found = await findInputs({ ...options, inputs: [name], filesFrom: null }, () => false);
    if (found.length === 1 && !found[0]!.isStream) return found;
  } catch (error) {
    if (!(error instanceof CsvcleanError) || error.code !== 'NO_MATCH') throw error;
  }
  throw new CsvcleanError('NO_MATCH', 'the header stands in the input, which is not there', {
    path: name,
    remedy: 'Name it behind the rejects: csvclean rejects REJECTS INPUT.',
  });
}
