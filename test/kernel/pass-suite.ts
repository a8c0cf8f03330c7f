/** Compares where the kernel stops in a column with texts in a list. */
import { expect } from 'vitest';
import type { Dialect } from '../../src/csv/dialect.js';
import { KERNEL_KINDS } from '../../src/engine/profile/value-kind.js';
import { KEY_BYTES, LONGEST_KEY, SHAPE_SLOTS } from '../../src/kernel/key-table-layout.js';
import { MOST_WORD_BYTES, WORD_BYTES, WORD_LENGTH } from '../../src/kernel/known-words.js';
import type { Kernel } from '../../src/kernel/load-kernel.js';
import { indexRecords, type RecordIndex } from '../../src/kernel/scalar/index-records.js';
import { NOTHING } from './index-suite.js';
import { createDice, type Dice } from './random.js';
import { randomCode, randomDate } from './random-texts.js';
import { rawCell } from './raw-cell.js';
import { SURROUNDINGS } from './read-suite.js';

const FIELD_ENDS = 1 << 16;
const RECORD_FIELDS = 2 << 16;
const FLAGS = 3 << 16;
const ROWS = 4 << 16;
const WORDS = 5 << 16;
const SHAPES = WORDS + (1 << 12);
const TEXT = WORDS + (1 << 14);
const SOURCE = 6 << 16;

const RECORDS = 40;
const TEXTS = [
  ...['Y', 'N', 'yes', 'n/a', 'é', '12345678', '123456789', 'Y\0', '\0', '""', '"Y"', '"a,b"'],
  ...['2024', '2024-02-29', '0000-01-01', '2024-01-05 10:30:0', '"2024-01-05"', 'x'.repeat(30)],
];

/** The kind of a date that the kernel is sure of, by a regular expression and a calendar. */
function isoKindOf(text: string): number | null {
  const found =
    /^(\d{4})-(\d\d)-(\d\d)(?:([T ])(\d\d):(\d\d)(?::(\d\d)(\.\d{1,9})?(Z|[+-]\d\d:\d\d)?)?)?$/.exec(
      text,
    );
  if (found === null) return null;
  const [year, month, day, , hours, minutes, seconds] = found.slice(1).map(Number);
  // Leap days and the year 0 are left to others.
  const days = month === 2 ? 28 : new Date(Date.UTC(2001, month!, 0)).getUTCDate();
  if (year === 0 || month! < 1 || month! > 12 || day! < 1 || day! > days) return null;
  if (hours! > 23 || minutes! > 59 || seconds! > 59) return null;
  const [gap, , , second, fraction, zone] = found.slice(4);
  const time = gap === undefined ? '' : `${gap}HH:mm${second === undefined ? '' : ':ss'}`;
  const rest = fraction === undefined ? '' : '.SSS';
  const offset = zone === undefined ? '' : zone === 'Z' ? 'Z' : '±hh:mm';
  return KERNEL_KINDS.indexOf(`date YYYY-MM-DD${time}${rest}${offset}`);
}

interface Case {
  readonly bytes: Uint8Array;
  readonly dialect: Dialect;
  readonly index: RecordIndex;
  readonly column: number;
  readonly words: readonly string[];
  readonly dates: number;
  /** A text whose shape is passed; null: none is asked for. */
  readonly shape: string | null;
}

/** Digits as zeros, but for the first where it is none. */
function shapeOf(text: string): string {
  return text
    .replace(/\d/g, '0')
    .replace('0', /[1-9]/.test(/\d/.exec(text)?.[0] ?? '') ? '1' : '0');
}

/** Whether the twin passes a record. */
function isPassed(one: Case, record: number): boolean {
  const { bytes, dialect, index, column, words, dates, shape } = one;
  const raw = rawCell(bytes, dialect, index, column, record);
  if (raw === null) return false;
  if (raw === '' || words.includes(raw)) return true;
  const text = raw.startsWith('"') ? raw.slice(1, -1) : raw;
  if (shape !== null && shapeOf(text) === shapeOf(shape)) return true;
  const kind = isoKindOf(text);
  return kind !== null && ((dates >> kind) & 1) === 1;
}

function randomCase(dice: Dice): Case {
  const { integer, pick } = dice;
  const lineEnd = pick(['\n', '\r\n', '\r']);
  const width = integer(1, 3);
  const column = integer(0, width - 1);
  const code = randomCode(dice);
  const shape = Buffer.byteLength(code) > LONGEST_KEY ? null : pick([null, code]);
  const alike = (): string => code.replace(/\d/g, () => String(pick([0, integer(0, 9)])));
  const cell = (): string =>
    pick([
      pick(TEXTS),
      randomDate(dice),
      `"${randomDate(dice)}"`,
      alike(),
      alike(),
      `"${alike()}"`,
      randomCode(dice),
      '',
      ' Y',
      'a"b',
    ]);
  const records = Array.from({ length: RECORDS }, () =>
    Array.from({ length: pick([width, width, width, 1]) }, (_, i) =>
      i === column ? cell() : pick(['', 'x', '"q"', '7']),
    ).join(','),
  );
  const bytes = Buffer.from(records.join(lineEnd) + pick(['', lineEnd]));
  const recordEnd = lineEnd === '\r' ? 'cr' : 'lf';
  const dialect: Dialect = { delimiter: 0x2c, quote: 0x22, recordEnd };
  const short = TEXTS.filter((text) => Buffer.byteLength(text) <= MOST_WORD_BYTES);
  return {
    ...{ bytes, dialect, column },
    index: indexRecords(bytes, true, dialect, width, 1 << 20, 1 << 20, NOTHING),
    words: Array.from({ length: integer(0, 8) }, () => pick(short)),
    shape,
    dates: pick([0, 2 ** 16 - 2, 2 * integer(0, 2 ** 15 - 1)]),
  };
}

/** @returns how many records were passed. */
export function checkPass(kernel: Kernel, seed: number, numRuns: number): number {
  const dice = createDice(seed);
  const { exports, memory } = kernel;
  const all = Buffer.from(memory.buffer);
  let passed = 0;
  for (let run = 0; run < numRuns; run++) {
    const one = randomCase(dice);
    const { bytes, dialect, index, column, words, dates, shape } = one;
    all.fill(SURROUNDINGS[run % SURROUNDINGS.length]!, SOURCE - 64, SOURCE + bytes.length + 64);
    all.set(bytes, SOURCE);
    new Uint32Array(memory.buffer, FIELD_ENDS).set(index.fieldEnds);
    new Uint32Array(memory.buffer, RECORD_FIELDS).set(index.recordFields);
    all.set(index.flags, FLAGS);
    words.forEach((word, i) => {
      const at = WORDS + i * WORD_BYTES;
      all.fill(0, at, at + WORD_BYTES);
      all[at + WORD_LENGTH] = all.write(word, at);
    });
    all.fill(0, SHAPES, SHAPES + SHAPE_SLOTS * KEY_BYTES);
    if (shape !== null) exports.learnShape(SHAPES, TEXT, all.write(shape, TEXT));
    const rows = index.flags.map((_, r) => r).filter(() => dice.pick([true, true, false]));
    new Uint32Array(memory.buffer, ROWS).set(rows);
    const pass = (from: number): number =>
      exports.passCells(
        ...([SOURCE, FIELD_ENDS, RECORD_FIELDS, FLAGS, column, dialect.quote] as const),
        ...([dialect.recordEnd === 'cr' ? 1 : 0, ROWS, from, rows.length] as const),
        ...([WORDS, words.length, dates, shape === null ? 0 : SHAPES] as const),
      );
    const found: number[] = [];
    for (let k = pass(0); k < rows.length; k = pass(k + 1)) found.push(rows[k]!);
    expect(found).toEqual(rows.filter((r) => !isPassed(one, r)));
    passed += rows.length - found.length;
  }
  return passed;
}
