/**
 * Reads a sample in every dialect that may be its own, and chooses. Bounded: so many bytes, rows
 * and cells of each.
 */

import type { RecordEnd } from '../csv/dialect.js';
import { isCertainDialect } from './is-certain-dialect.js';
import { dropHeaderless, leavesHeaderOut } from './leaves-header-out.js';
import { isCommonDelimiter, type KnownParts, listDialects } from './list-dialects.js';
import { readRows, type SampleText } from './read-rows.js';
import { type Reading, scoreReading } from './score-reading.js';
import { sizeFactor } from './table-block.js';

export interface Choice {
  readonly reading: Reading;
  /** 0 … 1; see `confidenceOf`. */
  readonly confidence: number;
}

/** What is read of a sample to score a dialect: the start of the table tells. */
const SCORED_BYTES = 32 << 10;
const SCORED_ROWS = 120;

/** A rival with less than this share of the score is none. */
const RIVAL_SHARE = 0.6;
/** The likely delimiter wins with this share of the best score. */
const LIKELY_SHARE = 0.97;
/** So does a common one against spaces and colons, which stand in any text. */
const COMMON_SHARE = 0.75;

export interface SampleRange {
  /** Where the records begin in the sample, in bytes. */
  readonly start: number;
  readonly isWhole: boolean;
  readonly comment: string | null;
}

/** The best reading; null when no dialect makes a table of the sample. */
export function chooseReading(
  sample: SampleText,
  { start, isWhole, comment }: SampleRange,
  recordEnds: readonly RecordEnd[],
  known: KnownParts,
): Choice | null {
  const end = Math.min(sample.text.length, start + SCORED_BYTES);
  const range = {
    start,
    end,
    maxRows: SCORED_ROWS,
    isWhole: isWhole && end === sample.text.length,
    comment,
  };
  const judgedText = sample.text.slice(start, end);
  const readings: Reading[] = [];
  let best = 0;
  for (const recordEnd of recordEnds) {
    for (const dialect of listDialects(judgedText, recordEnd, known)) {
      // Listed behind the common ones: no score could still win.
      const isBeaten = best >= COMMON_SHARE && standsInAnyText(dialect.delimiter);
      if (isBeaten && known.delimiter === undefined) continue;
      const reading = scoreReading(dialect, readRows(sample, dialect, range));
      if (reading === null) continue;
      readings.push(reading);
      const isRival = isCommonDelimiter(dialect.delimiter) && !leavesHeaderOut(reading);
      if (isRival) best = Math.max(best, reading.score);
    }
  }
  const certain =
    known.delimiter === undefined
      ? dropHeaderless(readings.filter((reading) => isCertainDialect(reading, readings)))
      : readings;
  const reading = pickBest(certain, known.likelyDelimiter);
  return reading === null ? null : { reading, confidence: confidenceOf(reading, certain) };
}

function standsInAnyText(delimiter: string): boolean {
  return delimiter === ' ' || delimiter === ':';
}

/** The first of the best: dialects are listed in order of preference. */
function pickBest(readings: readonly Reading[], likelyDelimiter: string): Reading | null {
  const best = firstBest(readings);
  if (best === null) return null;
  const likely = firstBest(readings.filter(({ dialect }) => dialect.delimiter === likelyDelimiter));
  if (likely !== null && likely.score >= LIKELY_SHARE * best.score) return likely;
  const common = firstBest(readings.filter(({ dialect }) => isCommonDelimiter(dialect.delimiter)));
  const isRare = standsInAnyText(best.dialect.delimiter);
  return isRare && common !== null && common.score >= COMMON_SHARE * best.score ? common : best;
}

function firstBest(readings: readonly Reading[]): Reading | null {
  let best: Reading | null = null;
  for (const reading of readings) {
    if (best === null || reading.score > best.score + 1e-9) best = reading;
  }
  return best;
}

/**
 * even × typed × (0.6 + 0.4 × alike) × size × margin: how regular the table is, how much there is
 * of it (1 − 1 / (1 + delimiters)), and how far the next delimiter is behind (1 when its score is
 * below 0.6 of the best, falling to 0.5 when it is the same).
 */
function confidenceOf(best: Reading, all: readonly Reading[]): number {
  if (best.score === 0) return 0;
  let rival = 0;
  for (const { dialect, score } of all) {
    const isOther =
      !dialect.delimiter.includes(best.dialect.delimiter) &&
      !best.dialect.delimiter.includes(dialect.delimiter);
    if (isOther) rival = Math.max(rival, score / best.score);
  }
  const margin = 1 - 0.5 * Math.max(0, (Math.min(1, rival) - RIVAL_SHARE) / (1 - RIVAL_SHARE));
  const regular = best.even * best.typed * (0.6 + 0.4 * best.alike);
  return regular * sizeFactor(best.block) * margin;
}
