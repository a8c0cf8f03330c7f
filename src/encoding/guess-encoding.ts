/**
 * Guesses the encoding of text that is not UTF-8. A detector knows some languages by heart; we
 * know more encodings, read each word in all of them and weigh what comes out. It loads every
 * table, so import it only where a file needs it; it decides nothing about the file.
 */
import { analyse } from 'chardet';
import { remember } from '../base/remember.js';
import { LOWEST_TRAIL } from './cut-rule.js';
import { decodeText } from './decode-multi-byte.js';
import {
  characterChances,
  type Judgement,
  judgeMultiByte,
  judgeSingleByte,
} from './judge-words.js';
import {
  MULTI_BYTE_CANDIDATES,
  type MultiByteCandidate,
  SINGLE_BYTE_CANDIDATES,
} from './languages.js';
import { resolveEncoding } from './names.js';
import { createUtf8Survey, isMostlyUtf8, type Utf8Counts } from './survey-utf8.js';
import { singleByteTable } from './transcode.js';

/** What a sample looks like. */
export interface EncodingGuess {
  /** A canonical name of `names.ts`. */
  readonly encoding: string;
  /** 0 to 1: how likely it is among all that were tried. */
  readonly confidence: number;
  /** For people: one sentence part, without the file's name. */
  readonly reason: string;
}

/** What most files are that are not UTF-8, and what any bytes can be read as. */
const FALLBACK = 'windows-1252';
const LEAST_CONFIDENCE = 0.6;
/** It remains a guess. */
const MOST_CONFIDENCE = 0.99;
const MOST_WORDS = 2000;
/** It ends a word, as all do that are part of no longer character. */
const SEMICOLON = 0x3b;
/** The detector's word counts, yet not for more than what a few letters say. */
const DETECTOR_WEIGHT = 3;
/** The worst that real text reads like, per byte from 0x80, natural logarithm. */
const POOR_FIT = -6.2;
/** Letters come in words, so the chances of all together say less than their product. */
const CERTAINTY = 0.5;

/**
 * The detector has one name for two encodings and chooses by whether it sees bytes 0x80 – 0x9F; we
 * have read them. Of the letters all but one stand at the same places.
 */
const SAME_TO_DETECTOR: Readonly<Record<string, readonly string[]>> = {
  'iso-8859-1': ['windows-1252'],
  'iso-8859-7': ['windows-1253', 'iso-8859-7'],
  'windows-1253': ['windows-1253', 'iso-8859-7'],
  'iso-8859-8': ['windows-1255'],
  'iso-8859-9': ['windows-1254'],
};

interface Candidate extends Judgement {
  readonly encoding: string;
  /** What the sample reads like in it, to know those that differ in nothing here. */
  readonly reading: string;
}

/**
 * The encoding of a sample of lines, such as `collectSample` gathers; at least 60 % sure, or
 * windows-1252 with a reason that says so. UTF-8 where `isMostlyUtf8`, or where nothing else fits
 * and more is valid UTF-8 than is not.
 *
 * Where two encodings read the sample alike, the more common one is named: windows-1252 before
 * ISO-8859-1 and -15, windows-125x before ISO-8859-x, GB18030 for GBK and GB2312.
 */
export function guessEncoding(sample: Uint8Array): EncodingGuess {
  const words = distinctWords(sample);
  if (words.length === 0) {
    return { encoding: 'utf-8', confidence: 1, reason: 'nothing but ASCII' };
  }
  const counts = countUtf8(sample);
  if (isMostlyUtf8(counts)) {
    return { encoding: 'utf-8', confidence: 0.8, reason: 'mostly UTF-8, with other bytes' };
  }
  const candidates = withDetector(
    [...singleByteCandidates(words), ...multiByteCandidates(words)],
    sample,
  ).sort((one, other) => other.logChance - one.logChance);
  const different = withoutEqualReadings(candidates);
  const best = different[0]!;
  const nonAscii = words.reduce((sum, word) => sum + countNonAscii(word), 0);
  const total = different.reduce(
    (sum, one) => sum + Math.exp((one.logChance - best.logChance) * CERTAINTY),
    0,
  );
  const fits = best.logChance / nonAscii >= POOR_FIT;
  const most = fits ? MOST_CONFIDENCE : LEAST_CONFIDENCE / 2;
  const confidence = Math.min(1 / total, most);
  if (confidence < LEAST_CONFIDENCE) {
    if (counts.validSequences > counts.faults) {
      return {
        encoding: 'utf-8',
        confidence: 0.6,
        reason: 'more UTF-8 than not; nothing else fits',
      };
    }
    return fallback(best, confidence);
  }
  const percent = Math.floor(confidence * 100);
  return {
    encoding: best.encoding,
    confidence,
    reason: `its letters fit, ${percent} % sure`,
  };
}

function fallback(best: Candidate, confidence: number): EncodingGuess {
  const percent = Math.floor(confidence * 100);
  const reason =
    best.encoding === FALLBACK
      ? `no encoding fits well; ${FALLBACK}, the most common, fits best (${percent} %)`
      : `no encoding fits well, not even ${best.encoding} (${percent} %); ${FALLBACK} is the most common`;
  return { encoding: FALLBACK, confidence, reason };
}

/** Each word once, so that a value of a thousand rows is no stronger than one. */
function distinctWords(sample: Uint8Array): Uint8Array[] {
  const words = new Map<string, Uint8Array>();
  let start = 0;
  for (let i = 0; i <= sample.length && words.size < MOST_WORDS; i++) {
    const byte = sample[i] ?? 0;
    if (byte >= LOWEST_TRAIL && byte !== SEMICOLON) continue;
    const word = sample.subarray(start, i);
    start = i + 1;
    if (countNonAscii(word) > 0) words.set(Buffer.from(word).toString('latin1'), word);
  }
  return [...words.values()];
}

function countNonAscii(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) if (byte >= 0x80) count += 1;
  return count;
}

function countUtf8(sample: Uint8Array): Utf8Counts {
  const survey = createUtf8Survey();
  survey.write(sample);
  return survey.end();
}

const tableOf = remember(singleByteTable);

function singleByteCandidates(words: readonly Uint8Array[]): Candidate[] {
  const used = [...new Set(words.flatMap((word) => [...word]))].filter((byte) => byte >= 0x80);
  return SINGLE_BYTE_CANDIDATES.map(({ encoding, languages, prior }) => {
    const table = tableOf(encoding);
    const { language, logChance } = judgeSingleByte(words, table, languages);
    const reading = used.map((byte) => table[byte]).join('');
    return { encoding, language, logChance: logChance + prior, reading };
  });
}

const chancesOf = remember((candidate: MultiByteCandidate) =>
  characterChances(candidate, everydayOf(candidate)),
);

function multiByteCandidates(words: readonly Uint8Array[]): Candidate[] {
  return MULTI_BYTE_CANDIDATES.flatMap((candidate) => {
    const { encoding, prior } = candidate;
    const decode = (word: Uint8Array): string => decodeText(word, encoding);
    const judged = judgeMultiByte(words, decode, candidate.language, chancesOf(candidate));
    if (judged === null) return [];
    return [{ encoding, ...judged, logChance: judged.logChance + prior, reading: encoding }];
  });
}

/** The characters of an encoding's first level. */
function everydayOf({ level }: MultiByteCandidate): ReadonlySet<string> {
  const bytes: number[] = [];
  for (let lead = level.leads[0]; lead <= level.leads[1]; lead++) {
    for (let trail = level.trails[0]; trail <= level.trails[1]; trail++) {
      if (trail < 0x7f || trail > 0xa0) bytes.push(lead, trail);
    }
  }
  const text = decodeText(Uint8Array.from(bytes), level.encoding);
  return new Set(Array.from(text).filter((char) => char > '\x7f' && char !== '\ufffd'));
}

/** The candidates, each more likely for what the detector holds of it. */
function withDetector(candidates: readonly Candidate[], sample: Uint8Array): Candidate[] {
  const confidences = new Map<string, number>();
  for (const { name, confidence } of analyse(sample)) {
    const known = resolveEncoding(name) ?? '';
    for (const encoding of SAME_TO_DETECTOR[known] ?? [known]) {
      confidences.set(encoding, Math.max(confidence, confidences.get(encoding) ?? 0));
    }
  }
  return candidates.map((candidate) => {
    const confidence = confidences.get(candidate.encoding) ?? 0;
    const bonus = (confidence / 100) * DETECTOR_WEIGHT;
    return { ...candidate, logChance: candidate.logChance + bonus };
  });
}

/** Of those that read the sample alike the likeliest, so that they do not share its chance. */
function withoutEqualReadings(sorted: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>();
  return sorted.filter(({ reading }) => {
    if (seen.has(reading)) return false;
    seen.add(reading);
    return true;
  });
}
