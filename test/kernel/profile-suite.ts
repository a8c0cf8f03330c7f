/** Compares what the profiling kernel counts with texts in a map. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { decodeField } from '../../src/csv/decode-field.js';
import type { Dialect } from '../../src/csv/dialect.js';
import { isMissing } from '../../src/csv/missing.js';
import { parseNumber } from '../../src/csv/parse-number.js';
import { createScannedRecord, scanRecord } from '../../src/csv/scan-fields.js';
import { trimText } from '../../src/csv/trim-text.js';
import { sortsByTime } from '../../src/engine/profile/date-format.js';
import { createRegisters } from '../../src/engine/profile/estimate-distinct.js';
import {
  createKernelColumn,
  growTable,
  type KernelColumn,
  learnShape,
  leaveForRegisters,
  listNumbers,
  packTable,
  registersOf,
  TOKEN,
  takeWord,
  viewTable,
  wordOf,
} from '../../src/engine/profile/kernel-table.js';
import { packedTexts } from '../../src/engine/profile/merge-states.js';
import {
  createProfileMemory,
  freeAll,
  type ProfileMemory,
  sumCounted,
  sumListed,
  takeRoom,
  viewsOf,
} from '../../src/engine/profile/profile-memory.js';
import { isNumeric, KERNEL_KINDS, kindOfValue } from '../../src/engine/profile/value-kind.js';
import { hasKindOfShape, kernelKindOf } from '../../src/engine/profile/value-shape.js';
import {
  addRepeated,
  addSums,
  addValues,
  createMoments,
  type Moments,
  mergeMoments,
} from '../../src/engine/statistics/exact-sum.js';
import { DECIMAL, TEXT_KIND_COUNT, UNSURE } from '../../src/kernel/profiler/text-kinds.js';
import * as layout from '../../src/kernel/profiler/value-layout.js';
import { ODD, STRAY } from '../../src/kernel/record-flags.js';
import { registerText } from '../../src/kernel/scalar/hash-text.js';
import { indexRecords, type RecordIndex } from '../../src/kernel/scalar/index-records.js';
import { blocks, DIALECTS, NOTHING } from './index-suite.js';
import { createDice } from './random.js';
import { randomCell } from './random-cells.js';
import { randomCode, randomDate, randomWord } from './random-texts.js';

const LONGEST = 4096;
/** What lies behind a block must not matter. */
const SURROUNDINGS = '9"\n-T:';

interface Case {
  readonly bytes: Uint8Array;
  readonly dialect: Dialect;
  readonly index: RecordIndex;
  readonly fates: readonly number[];
  readonly trims: boolean;
}

/** What is to be counted of a column. */
interface Counts {
  readonly texts: ReadonlyMap<string, number>;
  readonly empty: number;
  readonly spaced: number;
  readonly firstSpaced: number;
}

/** The cells of a column as the scalar scanner finds them; null of records that are left out. */
function cellsOf({ bytes, dialect, index, fates }: Case, column: number) {
  const record = createScannedRecord();
  let start = 0;
  return index.flags.map((flags, r) => {
    scanRecord(bytes, start, dialect, true, record, LONGEST);
    start = record.nextStart;
    if (fates[r] !== 0 || (flags & (ODD | STRAY)) !== 0) return null;
    return column < record.fieldCount ? decodeField(bytes, record, column, dialect) : '';
  });
}

function twinCounts(one: Case, column: number): Counts {
  const texts = new Map<string, number>();
  const counts = { empty: 0, spaced: 0, firstSpaced: 0 };
  cellsOf(one, column).forEach((raw, r) => {
    if (raw === null) return;
    const text = one.trims ? trimText(raw) : raw;
    if (text !== raw && counts.spaced++ === 0) counts.firstSpaced = r;
    if (text === '') counts.empty++;
    else texts.set(text, 1 + (texts.get(text) ?? 0));
  });
  return { texts, ...counts };
}

/** Puts a block where the kernel reads it. @returns where it lists numbers, and what it leaves. */
function useBlock(memory: ProfileMemory, { bytes, dialect, index, fates, trims }: Case) {
  const count = index.recordFields.length;
  const sizes = [
    ...[8 * count + 8, 4 * index.fieldEnds.length, 4 * count, 4 * count, count, count],
    ...[bytes.length + 128, bytes.length + 128],
  ];
  const [numbers, ends, fields, unsure, flags, fateBytes, source, cell] = sizes.map((size) =>
    takeRoom(memory, size),
  ) as [number, number, number, number, number, number, number, number];
  const views = viewsOf(memory);
  views.words.set(index.fieldEnds, ends >>> 2);
  views.words.set(index.recordFields, fields >>> 2);
  views.bytes.set(index.flags, flags);
  views.bytes.set(fates.slice(0, count), fateBytes);
  views.bytes.fill(SURROUNDINGS, source, source + bytes.length + 128);
  views.bytes.set(bytes, source);
  memory.kernel.exports.useBlock(
    ...([source, count, ends, fields, flags, fateBytes, trims ? 1 : 0, dialect.quote] as const),
    dialect.recordEnd === 'cr' ? 1 : 0,
    ...([memory.powers, cell, numbers, unsure] as const),
  );
  return { count, numbers, unsure };
}

function countAll(column: KernelColumn, index: number, count: number): void {
  const { exports } = column.memory.kernel;
  for (let done = 0; ; growTable(column)) {
    done = exports.profileColumn(column.at, index, done);
    if (done === count) return;
  }
}

function textsOf(column: KernelColumn): ReadonlyMap<string, number> {
  const packed = packTable(column, null);
  return new Map(packedTexts(packed).map((text, i) => [text, packed.counts[i]!]));
}

const CELLS = [
  ...[
    '12.5',
    '-3',
    '007',
    '1e3',
    '1234567890123456',
    '2024-01-05',
    '2023-12-31T23:59:58',
    '2023-12-31T24:00:00',
    '2023-12-31 23:59:60',
    '0000-01-05',
    'NA',
    '',
  ],
  ...[
    'sometimes',
    'Genève, twice',
    'no',
    '"quoted"',
    '"it is ""so"" "',
    ' spaced ',
    '"\u00a0wide"',
  ],
  ...['31/01/2024', '2024-01-05T10:00:00.5Z', 'AB-12', '12:30', '1,5 %', 'ABC123', 'ABC124'],
  ...['2024-02-29', '12 kg', '3,5', '漢字', '"two\nlines and more"', "'a''b'", '2024-01-05 10:00'],
];

/** Records of two cells, of which most stand as others would write them. */
const tables = fc
  .array(fc.tuple(fc.constantFrom(...CELLS), fc.constantFrom(...CELLS)), { maxLength: 60 })
  .map((rows) => Buffer.from(rows.map((cells) => `${cells.join(',')}\n`).join('')));

/** @returns how many cells were met, and how many of them were said to be of a kind. */
export function checkCells(module: WebAssembly.Module, seed: number, numRuns: number) {
  const memory = createProfileMemory(module);
  const seen = { cells: 0, sure: 0, learned: 0 };
  const property = fc.property(
    fc.oneof(blocks, tables),
    fc.constantFrom(...DIALECTS),
    fc.array(fc.constantFrom(0, 0, 0, 1), { minLength: 1, maxLength: 30 }),
    fc.boolean(),
    (bytes, dialect, draws, trims) => {
      const index = indexRecords(bytes, true, dialect, 2, LONGEST, LONGEST, NOTHING);
      const fates = index.flags.map((_, r) => draws[r % draws.length]!);
      const one: Case = { bytes, dialect, index, fates, trims };
      freeAll(memory);
      const place = useBlock(memory, one);
      for (const at of [0, 1, 2]) {
        const twin = twinCounts(one, at);
        const column = createKernelColumn(memory);
        countAll(column, at, place.count);
        expect(textsOf(column)).toEqual(twin.texts);
        expectTaken(column, twin);
        leaveForRegisters(column);
        countAll(column, at, place.count);
        expectTaken(column, twin);
        const sure = expectSums(column, one, at, place);
        learnAll(column, one, at);
        countAll(column, at, place.count);
        expectTaken(column, twin);
        seen.learned += expectSums(column, one, at, place) - sure;
        seen.sure += sure;
        seen.cells += [...twin.texts.values()].reduce((sum, count) => sum + count, 0);
      }
    },
  );
  fc.assert(property, { seed, numRuns });
  return seen;
}

function expectTaken(column: KernelColumn, { empty, spaced, firstSpaced }: Counts): void {
  const first = spaced === 0 ? 0 : wordOf(column, layout.FIRST_SPACED);
  const found = [takeWord(column, layout.EMPTY), takeWord(column, layout.SPACED), first];
  expect(found).toEqual([empty, spaced, firstSpaced]);
}

/** Tells the kernel the kinds of all shapes of a column. */
function learnAll(column: KernelColumn, one: Case, index: number): void {
  for (const raw of cellsOf(one, index)) {
    const text = one.trims ? trimText(raw ?? '') : (raw ?? '');
    if (isMissing(text) || !hasKindOfShape(text)) continue;
    const kind = kernelKindOf(kindOfValue(text));
    if (kind !== null) learnShape(column, Buffer.from(text), kind);
  }
}

/** What was counted is taken. @returns how many cells were of a kind. */
function expectSums(
  column: KernelColumn,
  one: Case,
  index: number,
  place: ReturnType<typeof useBlock>,
): number {
  const { words, doubles, bytes } = viewsOf(column.memory);
  const unsure = place.unsure >>> 2;
  const left = new Set(words.subarray(unsure, unsure + takeWord(column, layout.UNSURE_COUNT)));
  const kinds = new Map<string, [count: number, first: number]>();
  const numbers: number[] = [];
  const dates: string[] = [];
  cellsOf(one, index).forEach((raw, r) => {
    const text = one.trims ? trimText(raw ?? '') : (raw ?? '');
    if (text === '' || left.has(r)) return;
    const kind = kindOfValue(text);
    const [count, first] = kinds.get(kind) ?? [0, r];
    kinds.set(kind, [count + 1, first]);
    if (isNumeric(kind)) numbers.push(parseNumber(text) + 0);
    if (kind.startsWith('date') && sortsByTime(kind.slice(5))) dates.push(text);
  });
  const found = new Map<string, [number, number]>();
  for (let kind = UNSURE + 1; kind < TEXT_KIND_COUNT; kind++) {
    const count = takeWord(column, layout.KIND_COUNTS + 4 * kind);
    const first = wordOf(column, layout.KIND_FIRSTS + 4 * kind);
    if (count > 0) found.set(KERNEL_KINDS[kind]!, [count, first]);
  }
  expect(found).toEqual(kinds);
  const first = place.numbers >>> 3;
  const listed = doubles.subarray(first, first + takeWord(column, layout.NUMBER_COUNT));
  expect([...listed]).toEqual(numbers);
  const ends = [
    [layout.LEAST_DATE, layout.LEAST_LENGTH],
    [layout.GREATEST_DATE, layout.GREATEST_LENGTH],
  ] as const;
  const sorted = dates.sort();
  if (sorted.length > 0) {
    const told = ends.map(([at, length]) => {
      const start = takeWord(column, at);
      return bytes.toString('latin1', start, start + wordOf(column, length));
    });
    expect(told).toEqual([sorted[0], sorted.at(-1)]);
  }
  return [...kinds.values()].reduce((sum, [count]) => sum + count, 0);
}

/** Counts random texts into one table that grows, and leaves it. @returns how many kinds it told. */
export function checkTexts(module: WebAssembly.Module, seed: number, count: number): number {
  const dice = createDice(seed);
  const memory = createProfileMemory(module);
  const column = createKernelColumn(memory);
  const texts = new Map<string, number>();
  const { exports } = memory.kernel;
  for (let i = 0; i < count; i++) {
    const text = trimText(dice.pick([randomCell, randomDate, randomCode, randomWord])(dice));
    if (text === '' || text.length > LONGEST) continue;
    texts.set(text, 1 + (texts.get(text) ?? 0));
    const bytes = Buffer.from(text);
    for (let isDone = false; !isDone; ) {
      const bottom = memory.used;
      const at = takeRoom(memory, bytes.length + layout.TEXT_PADDING);
      viewsOf(memory).bytes.fill(SURROUNDINGS, at, at + bytes.length + layout.TEXT_PADDING);
      viewsOf(memory).bytes.set(bytes, at);
      memory.used = bottom;
      const { powers, scratch } = memory;
      isDone = exports.countOne(column.at, at, bytes.length, i, powers, scratch) !== 0;
      if (!isDone) growTable(column);
    }
  }
  expect(textsOf(column)).toEqual(texts);
  return expectKinds(column, [...texts.keys()]);
}

function expectKinds(column: KernelColumn, texts: readonly string[]): number {
  const table = viewTable(column);
  const numbers: number[] = [];
  const registers = createRegisters();
  let told = 0;
  texts.forEach((text, value) => {
    expect(table.textOf(value)).toBe(text);
    const kind = table.kindOf(value);
    if (kind === UNSURE) {
      if (isMissing(text)) table.setKind(value, TOKEN);
    } else {
      told++;
      expect(KERNEL_KINDS[kind], text).toBe(kindOfValue(text));
      expect(isMissing(text)).toBe(false);
      if (kind >= DECIMAL) numbers.push(parseNumber(text) + 0);
    }
    if (isMissing(text)) return;
    const bytes = Buffer.concat([Buffer.from(text), Buffer.alloc(layout.TEXT_PADDING)]);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    registerText(registers, view, 0, bytes.length - layout.TEXT_PADDING);
  });
  expect([...listNumbers(column).values]).toEqual(numbers);
  leaveForRegisters(column);
  expect(Buffer.from(registersOf(column)).equals(registers)).toBe(true);
  return told;
}

/** Sums random doubles in stretches of all lengths. Twin: `addValues`. */
export function checkSums(module: WebAssembly.Module, seed: number, numRuns: number): void {
  const { integer, pick, double } = createDice(seed);
  const memory = createProfileMemory(module);
  const { exports } = memory.kernel;
  const small = () => integer(-100_000, 100_000) / pick([1, 8, 100, 1000]);
  const edges = [0, -0, 5e-324, -Number.MAX_VALUE, Number.MAX_VALUE, 2 ** -1022, 2 ** 53 - 1];
  for (let run = 0; run < numRuns; run++) {
    const count = pick([1, 2, integer(3, 100), 511, 512, 513, integer(1000, 3000)]);
    const draw = pick([small, double, () => pick(edges), () => -Math.abs(small())]);
    const values = Float64Array.from({ length: count }, draw);
    freeAll(memory);
    const numbers = takeRoom(memory, 8 * count);
    viewsOf(memory).doubles.set(values, numbers >>> 3);
    exports.useBlock(0, 0, 0, 0, 0, 0, 0, 0, 0, memory.powers, 0, numbers, 0);
    const twin = createMoments();
    addValues(twin, values, count);
    expectMoments(sumListed(memory, count), twin);
    checkCountedSums(memory, values, (most) => integer(1, most));
  }
}

/** The same values, each several times. Twin: `addRepeated`. */
function checkCountedSums(
  memory: ProfileMemory,
  values: Float64Array,
  upTo: (most: number) => number,
): void {
  const { length } = values;
  const counts = values.map(() => upTo(upTo(20) === 1 ? 3000 : 9));
  const [numbers, times] = [takeRoom(memory, 8 * length), takeRoom(memory, 8 * length)] as const;
  viewsOf(memory).doubles.set(values, numbers >>> 3);
  viewsOf(memory).doubles.set(counts, times >>> 3);
  const twin = createMoments();
  values.forEach((value, i) => {
    addRepeated(twin, value, counts[i]!);
  });
  expectMoments(sumCounted(memory, numbers, times, length), twin);
}

function expectMoments({ sums, squares }: ReturnType<typeof sumListed>, twin: Moments): void {
  const found = createMoments();
  addSums(found, twin.count, sums, squares);
  // Of equal sums the limbs are equal, once they are carried.
  for (const one of [found, twin]) mergeMoments(one, createMoments());
  expect(found).toEqual(twin);
}
