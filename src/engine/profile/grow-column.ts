/**
 * A column while its cells are looked at: first all its different values, and when they are too
 * many, sums of what comes. The profiling kernel counts; what it tells of a block is taken here.
 * What the column ends as depends neither on the order of the cells nor on how they are cut into
 * parts.
 */
import { cutText } from '../../base/cut-text.js';
import { isMissing } from '../../csv/missing.js';
import { parseNumber } from '../../csv/parse-number.js';
import {
  ISO_DAY,
  LAST_SORTED,
  TEXT_KIND_COUNT,
  UNSURE,
  WORDS,
} from '../../kernel/profiler/text-kinds.js';
import { LONGEST, POOL_USED, SHORTEST, SIZE } from '../../kernel/profiler/value-layout.js';
import { addRepeated } from '../statistics/exact-sum.js';
import type { ColumnState, KindCount, ManyValues, SummedNumbers } from './column-state.js';
import { sortsByTime } from './date-format.js';
import {
  addCounted,
  finishNumbers,
  type GrowingNumbers,
  growNumbers,
  type HeldRoom,
} from './grow-numbers.js';
import {
  createKernelColumn,
  type KernelColumn,
  leaveForRegisters,
  listNumbers,
  packTable,
  registersOf,
  setWord,
  type TableView,
  TOKEN,
  viewTable,
  wordOf,
} from './kernel-table.js';
import { EXAMPLE_LENGTH, type ProfileLimits } from './limits.js';
import type { ProfileMemory } from './profile-memory.js';
import { isNumeric, KERNEL_KINDS, kindOfValue, type ValueKind } from './value-kind.js';

/** A kind of value, as far as it was met. */
interface GrowingKind {
  count: number;
  line: number;
  example: string;
}

export interface GrowingColumn {
  readonly limits: ProfileLimits;
  /** For the numbers of all columns of its table. */
  readonly room: HeldRoom;
  readonly kernel: KernelColumn;
  empty: number;
  readonly tokens: Map<string, number>;
  readonly kinds: Map<ValueKind, GrowingKind>;
  spaced: GrowingKind | null;
  shortest: number;
  longest: number;
  firstDate: string | null;
  lastDate: string | null;
  /** Whether all different values so far are in the kernel's table, tokens included. */
  isTable: boolean;
  /** So many of the table were looked at; the kinds of those that the kernel is unsure about. */
  lookedAt: number;
  readonly unsureKinds: Map<number, ValueKind>;
  /** So many of them are values, and so many bytes those of tokens. */
  distinct: number;
  tokenBytes: number;
  /** Of what is not in a table. */
  numbers: GrowingNumbers | null;
  /** So many shapes were told to the kernel. */
  learned: number;
}

export function growColumn(room: HeldRoom, memory: ProfileMemory): GrowingColumn {
  return {
    ...{ limits: room.limits, room, kernel: createKernelColumn(memory) },
    empty: 0,
    tokens: new Map(),
    kinds: new Map(),
    spaced: null,
    ...{ shortest: Number.POSITIVE_INFINITY, longest: 0, firstDate: null, lastDate: null },
    ...{ isTable: true, lookedAt: 0, unsureKinds: new Map(), distinct: 0, tokenBytes: 0 },
    ...{ numbers: null, learned: 0 },
  };
}

/**
 * Looks at the values that are new in the table. Where they are too many, the column goes on
 * without.
 *
 * @param lineOf the line of a record that a new value came with.
 */
export function takeNew(column: GrowingColumn, lineOf: (record: number) => number): void {
  const from = column.lookedAt;
  if (wordOf(column.kernel, SIZE) === from) return;
  const table = viewTable(column.kernel);
  column.lookedAt = table.size;
  for (let value = from; value < table.size; value++) takeValue(column, table, value, lineOf);
  noteDates(column, table, from);
  const { distinct, distinctBytes } = column.limits;
  const bytes = wordOf(column.kernel, POOL_USED) - column.tokenBytes;
  if (column.distinct > distinct || bytes > distinctBytes) leaveTable(column);
}

function takeValue(
  column: GrowingColumn,
  table: TableView,
  value: number,
  lineOf: (record: number) => number,
): void {
  const { kinds } = column;
  const known = table.kindOf(value);
  if (known === UNSURE) {
    const text = table.textOf(value);
    if (isMissing(text)) {
      table.setKind(value, TOKEN);
      column.tokenBytes += table.lengthOf(value);
      return;
    }
    const kind = kindOfValue(text);
    column.unsureKinds.set(value, kind);
    if (!kinds.has(kind)) noteKind(column, kind, 0, lineOf(table.recordOf(value)), text);
    noteText(column, kind, text);
  } else {
    const kind = KERNEL_KINDS[known]!;
    if (!kinds.has(kind)) {
      noteKind(column, kind, 0, lineOf(table.recordOf(value)), table.textOf(value));
    }
    const length = table.lengthOf(value);
    if (known !== WORDS) noteLength(column, length);
    else if (length > column.longest || length < 4 * column.shortest) {
      noteLength(column, lengthOf(table.textOf(value)));
    }
  }
  column.distinct++;
}

/** The first and last of the new dates that the kernel is sure of. */
function noteDates(column: GrowingColumn, table: TableView, from: number): void {
  let least = -1;
  let greatest = -1;
  for (let value = from; value < table.size; value++) {
    const kind = table.kindOf(value);
    if (kind < ISO_DAY || kind > LAST_SORTED) continue;
    if (least < 0 || table.isBefore(value, least)) least = value;
    if (greatest < 0 || table.isBefore(greatest, value)) greatest = value;
  }
  if (least < 0) return;
  for (const value of [least, greatest]) noteDate(column, table.textOf(value));
}

/** Of dates that sort by time as texts. */
export function noteDate(column: GrowingColumn, text: string): void {
  if (column.firstDate === null || text < column.firstDate) column.firstDate = text;
  if (column.lastDate === null || text > column.lastDate) column.lastDate = text;
}

/** Counts cells of a kind in. @param line of one of them, and `text` its value. */
export function noteKind(
  { kinds }: GrowingColumn,
  kind: ValueKind,
  count: number,
  line: number,
  text: string,
): void {
  const known = kinds.get(kind);
  if (known === undefined) kinds.set(kind, { count, line, example: cutText(text, EXAMPLE_LENGTH) });
  else {
    known.count += count;
    if (line < known.line) Object.assign(known, { line, example: cutText(text, EXAMPLE_LENGTH) });
  }
}

/** Counts cells that trimming changes. @param line of one of them. */
export function noteSpaced(column: GrowingColumn, count: number, line: number, text: string): void {
  column.spaced ??= { count: 0, line, example: cutText(text, EXAMPLE_LENGTH) };
  column.spaced.count += count;
  if (line < column.spaced.line)
    Object.assign(column.spaced, { line, example: cutText(text, EXAMPLE_LENGTH) });
}

/** What of a value does not count how often it is met. */
export function noteText(column: GrowingColumn, kind: ValueKind, text: string): void {
  noteLength(column, lengthOf(text));
  if (kind.startsWith('date ') && sortsByTime(kind.slice(5))) noteDate(column, text);
}

/** In characters, as a person counts code points. */
function lengthOf(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0xd800 && code < 0xdc00) length--;
  }
  return length;
}

function noteLength(column: GrowingColumn, length: number): void {
  if (length < column.shortest) column.shortest = length;
  if (length > column.longest) column.longest = length;
}

/** Goes on without the table: what it holds is counted into sums. */
function leaveTable(column: GrowingColumn): void {
  countTable(column);
  const { kernel, unsureKinds } = column;
  const numbers = tableNumbers(column);
  if (numbers !== null) addCounted(numbersOf(column), numbers);
  leaveForRegisters(kernel);
  setWord(kernel, SHORTEST, Math.min(column.shortest, 0xffff_ffff));
  setWord(kernel, LONGEST, column.longest);
  column.isTable = false;
  unsureKinds.clear();
}

/** The numbers of the table; null where there is none. */
function tableNumbers({ kernel, unsureKinds }: GrowingColumn): SummedNumbers | null {
  const sure = listNumbers(kernel);
  const others = [...unsureKinds].filter(([, kind]) => isNumeric(kind)).map(([value]) => value);
  if (others.length === 0) return sure.values.length === 0 ? null : sure;
  const table = viewTable(kernel);
  const values = others.map((value) => parseNumber(table.textOf(value)));
  const counts = others.map((value) => table.timesOf(value));
  const { moments } = sure;
  values.forEach((value, i) => {
    addRepeated(moments, value, counts[i]!);
  });
  return {
    moments,
    values: Float64Array.of(...sure.values, ...values),
    counts: Float64Array.of(...sure.counts, ...counts),
  };
}

/** Counts tokens and kinds by the values of the table. */
function countTable({ kernel, kinds, tokens, unsureKinds }: GrowingColumn): void {
  const table = viewTable(kernel);
  const counts = new Float64Array(TEXT_KIND_COUNT);
  for (let value = 0; value < table.size; value++) {
    const kind = table.kindOf(value);
    const times = table.timesOf(value);
    if (kind === TOKEN) tokens.set(table.textOf(value), times);
    else if (kind === UNSURE) kinds.get(unsureKinds.get(value)!)!.count += times;
    else counts[kind] = counts[kind]! + times;
  }
  counts.forEach((count, kind) => {
    if (count > 0) kinds.get(KERNEL_KINDS[kind]!)!.count += count;
  });
}

/** Where numbers are counted in; made for the first. */
export function numbersOf(column: GrowingColumn): GrowingNumbers {
  column.numbers ??= growNumbers(column.room);
  return column.numbers;
}

/** What it has come to; nothing may follow. */
export function finishColumn(column: GrowingColumn): ColumnState {
  const { empty, tokens, kinds, spaced, isTable, kernel } = column;
  if (isTable) countTable(column);
  const { shortest, longest, firstDate, lastDate } = column;
  return {
    empty,
    tokens: [...tokens].map(([token, count]) => ({ token, count })),
    kinds: [...kinds].map(([kind, counts]): KindCount => ({ kind, input: 0, ...counts })),
    spaced: spaced === null ? null : { ...spaced, input: 0 },
    ...{ shortest, longest, firstDate, lastDate },
    values: isTable ? packTable(kernel, tableNumbers(column)) : null,
    many: isTable ? null : finishMany(column),
  };
}

function finishMany({ kernel, numbers }: GrowingColumn): ManyValues {
  return {
    registers: Uint8Array.from(registersOf(kernel)),
    numbers: numbers === null ? null : finishNumbers(numbers),
  };
}
