/**
 * Looks at the cells of one column of a block for a profile: the kernel counts them, and what it
 * leaves, cells that it is unsure about and records that must be looked at alone, is counted here.
 */
import { isMissing } from '../../csv/missing.js';
import { parseNumber } from '../../csv/parse-number.js';
import { trimText } from '../../csv/trim-text.js';
import { TEXT_KIND_COUNT, UNSURE } from '../../kernel/profiler/text-kinds.js';
import * as layout from '../../kernel/profiler/value-layout.js';
import { ODD, STRAY } from '../../kernel/record-flags.js';
import { registerText } from '../../kernel/scalar/hash-text.js';
import {
  type GrowingColumn,
  noteDate,
  noteKind,
  noteSpaced,
  noteText,
  numbersOf,
  takeNew,
} from '../profile/grow-column.js';
import { addNumber, addSummed } from '../profile/grow-numbers.js';
import {
  growTable,
  type KernelColumn,
  learnShape,
  placeText,
  registersOf,
  takeWord,
  wordOf,
} from '../profile/kernel-table.js';
import { sumListed, viewsOf } from '../profile/profile-memory.js';
import { isNumeric, KERNEL_KINDS, kindOfValue, type ValueKind } from '../profile/value-kind.js';
import { hasKindOfShape, kernelKindOf } from '../profile/value-shape.js';
import { type Block, lineAt, startOfRecord } from './block.js';
import type { BlockPlace } from './profile-block.js';
import { textAt } from './read-cells.js';

/** Records to be looked at alone. */
export const ALONE = ODD | STRAY;

/** Looks at the cells of column `index` of all rows but those that are looked at alone. */
export function profileCells(
  column: GrowingColumn,
  block: Block,
  index: number,
  place: BlockPlace,
): void {
  const { kernel } = column;
  const { exports } = kernel.memory.kernel;
  const lineOfRecord = (record: number): number => lineOf(block, record);
  for (let done = 0; ; ) {
    done = exports.profileColumn(kernel.at, index, done);
    if (column.isTable) takeNew(column, lineOfRecord);
    if (done === block.recordCount) break;
    if (column.isTable) growTable(kernel);
  }
  column.empty += takeWord(kernel, layout.EMPTY);
  const spaced = takeWord(kernel, layout.SPACED);
  if (spaced > 0) {
    const record = wordOf(kernel, layout.FIRST_SPACED);
    noteSpaced(column, spaced, lineOf(block, record), textAt(block, record, index));
  }
  if (!column.isTable) takeSums(column, block, index, place);
}

/** What the kernel has counted of a block. */
function takeSums(column: GrowingColumn, block: Block, index: number, place: BlockPlace): void {
  const { kernel } = column;
  const { words, doubles, bytes } = viewsOf(kernel.memory);
  const numberCount = takeWord(kernel, layout.NUMBER_COUNT);
  if (numberCount > 0) {
    const from = place.numbers >>> 3;
    const { sums, squares } = sumListed(kernel.memory, numberCount);
    const numbers = doubles.subarray(from, from + numberCount);
    addSummed(numbersOf(column), numbers, sums, squares);
  }
  for (let kind = UNSURE + 1; kind < TEXT_KIND_COUNT; kind++) {
    const count = takeWord(kernel, layout.KIND_COUNTS + 4 * kind);
    if (count === 0) continue;
    const record = wordOf(kernel, layout.KIND_FIRSTS + 4 * kind);
    const text = textAt(block, record, index);
    noteKind(column, KERNEL_KINDS[kind]!, count, lineOf(block, record), text);
  }
  for (const [at, length] of [
    [layout.LEAST_DATE, layout.LEAST_LENGTH],
    [layout.GREATEST_DATE, layout.GREATEST_LENGTH],
  ] as const) {
    const start = takeWord(kernel, at);
    if (start === 0) continue;
    noteDate(column, bytes.toString('latin1', start, start + wordOf(kernel, length)));
  }
  column.shortest = Math.min(column.shortest, wordOf(kernel, layout.SHORTEST));
  column.longest = Math.max(column.longest, wordOf(kernel, layout.LONGEST));
  const unsureCount = takeWord(kernel, layout.UNSURE_COUNT);
  const first = place.unsure >>> 2;
  for (const record of words.slice(first, first + unsureCount)) {
    addText(column, textAt(block, record, index), lineOf(block, record));
  }
}

/** Looks at a row that must be looked at alone. @param cellOf its cells as they stand. */
export function profileRow(
  columns: readonly GrowingColumn[],
  block: Block,
  record: number,
  cellOf: (index: number) => string,
): void {
  columns.forEach((column, index) => {
    const raw = cellOf(index);
    const text = block.context.rules.trim ? trimText(raw) : raw;
    const line = lineOf(block, record);
    if (text !== raw) noteSpaced(column, 1, line, text);
    if (text === '') column.empty++;
    else addText(column, text, line);
  });
}

/** Counts one cell by itself. @param text trimmed, and not empty. */
function addText(column: GrowingColumn, text: string, line: number): void {
  if (column.isTable) {
    countAlone(column, text, line);
    return;
  }
  if (isMissing(text)) {
    column.tokens.set(text, (column.tokens.get(text) ?? 0) + 1);
    return;
  }
  const kind = kindOfValue(text);
  const { view, length } = encode(text);
  registerText(registersOf(column.kernel), view, 0, length);
  noteKind(column, kind, 1, line, text);
  noteText(column, kind, text);
  if (isNumeric(kind)) addNumber(numbersOf(column), parseNumber(text));
  else learn(column, text, new Uint8Array(view.buffer, 0, length), kind);
}

/** A column of more shapes holds others than the kernel remembers. */
const MOST_LEARNED = 256;

/** So that the kernel knows cells of the same shape by itself. */
function learn(column: GrowingColumn, text: string, bytes: Uint8Array, kind: ValueKind): void {
  const kernelKind = kernelKindOf(kind);
  if (column.learned === MOST_LEARNED || kernelKind === null || !hasKindOfShape(text)) return;
  column.learned++;
  learnShape(column.kernel, bytes, kernelKind);
}

/** Into the table. */
function countAlone(column: GrowingColumn, text: string, line: number): void {
  const { kernel } = column;
  const { view, length } = encode(text);
  while (!isCounted(kernel, new Uint8Array(view.buffer, 0, length))) growTable(kernel);
  takeNew(column, () => line);
  // Others of the block were looked at before it, and may stand behind it.
  if (!isMissing(text)) noteKind(column, kindOfValue(text), 0, line, text);
}

/** Whether there was room to count a text in. */
function isCounted({ memory, at }: KernelColumn, bytes: Uint8Array): boolean {
  const text = placeText(memory, bytes);
  const { powers, scratch, kernel } = memory;
  return kernel.exports.countOne(at, text, bytes.length, 0, powers, scratch) !== 0;
}

const encoder = new TextEncoder();
/** Hashing reads words behind a text. */
const PADDING = 16;

function encode(text: string): { readonly view: DataView; readonly length: number } {
  const bytes = new Uint8Array(3 * text.length + PADDING);
  const { written } = encoder.encodeInto(text, bytes);
  return { view: new DataView(bytes.buffer), length: written };
}

export function lineOf(block: Block, record: number): number {
  return lineAt(block, startOfRecord(block, record));
}
