/**
 * Which group each row of a block is of, by the columns of a `by`: input columns by the keys that
 * the kernel writes, each different one of which is decoded once; others by their values.
 */
import { reserve } from '../../../base/memory-budget.js';
import { type GroupSlots, keyOfTexts, keyText } from '../../expression/group-key.js';
import type { Value } from '../../expression/tree.js';
import type { CellSource, RowGroups } from '../../expression/vector/cell-source.js';
import type { Selection } from '../../expression/vector/vectors.js';
import { takeRows } from '../array-room.js';
import type { Block } from '../block.js';
import { writeBlockKeys } from '../dedup/block-keys.js';
import type { Edits } from '../edits.js';
import { valueAt } from '../made-cells.js';
import { createTextReader } from '../read-cells.js';
import type { Table } from '../table.js';
import { type Grouping, numberOf } from './grouping.js';
import { enterNumber, keyNumbersBytes, numberKnown } from './key-numbers.js';

/** What a key takes beside its letters, in bytes. */
const ENTRY_BYTES = 100;

/**
 * Numbers the groups of the selected rows. Beyond `--max-groups` one number stands for all others.
 *
 * @param edits cells that are no longer what they were.
 * @param cells of the block, for derived columns.
 * @throws CsvcleanError OUT_OF_MEMORY.
 */
export function numberRows(
  table: Table,
  block: Block,
  grouping: Grouping,
  edits: Edits,
  cells: Pick<CellSource, 'derived'>,
  selection: Selection,
): RowGroups {
  const { by, keys } = grouping;
  const width = table.plan.columns.length;
  const numbers = takeRows(block.arena.passing, block.recordCount);
  const { maxGroups } = table.plan.rules;
  const createEnter = (): Enter => {
    const read = createReaders(block, by, width, edits, cells);
    return by.length === 1 && by[0]!.index >= width
      ? (record) => enterValue(grouping, read[0]!(record), maxGroups)
      : (record) => enterValues(grouping, read, record, maxGroups);
  };
  const { written, others } = divide(by, width, edits, selection);
  if (written.count > 0) numberWritten(table, block, grouping, written, numbers, createEnter);
  if (others.count > 0) numberOthers(others, numbers, createEnter());
  hold(table, grouping);
  return { numbers, keys };
}

/** Gives the number of a record's group, a new one where there is none. */
type Enter = (record: number) => number;

function enterValue(grouping: Grouping, value: Value, maxGroups: number): number {
  const known = grouping.byValue.get(value);
  if (known !== undefined) return known;
  const key = keyOfTexts([keyText(value, grouping.by[0]!)]);
  const number = numberOf(grouping, key, maxGroups);
  // Beyond the most there may be no end of them.
  if (number < maxGroups) grouping.byValue.set(value, number);
  return number;
}

function enterValues(
  grouping: Grouping,
  read: readonly ReadValue[],
  record: number,
  maxGroups: number,
): number {
  const texts = grouping.by.map((slot, i) => keyText(read[i]!(record), slot));
  return numberOf(grouping, keyOfTexts(texts), maxGroups);
}

function numberOthers({ rows, count }: Selection, numbers: Uint32Array, enter: Enter): void {
  for (let k = 0; k < count; k++) {
    const record = rows[k]!;
    numbers[record] = enter(record);
  }
}

const NONE: Selection = { rows: new Uint32Array(0), count: 0 };

/** The rows whose keys stand in the input, and those that have other values. */
function divide(by: GroupSlots, width: number, edits: Edits, selection: Selection) {
  if (by.some(({ index }) => index >= width)) return { written: NONE, others: selection };
  const changed = by.flatMap(({ index }) => edits.get(index) ?? []);
  if (changed.length === 0) return { written: selection, others: NONE };
  const rows = selection.rows.subarray(0, selection.count);
  const isChanged = (record: number): boolean => changed.some((records) => records.has(record));
  const written = rows.filter((record) => !isChanged(record));
  const others = rows.filter(isChanged);
  return {
    written: { rows: written, count: written.length },
    others: { rows: others, count: others.length },
  };
}

function numberWritten(
  { plan }: Table,
  block: Block,
  { by, written }: Grouping,
  selection: Selection,
  numbers: Uint32Array,
  createEnter: () => Enter,
): void {
  const { rows, count } = selection;
  const places = [...new Set(by.map(({ index }) => index))].sort((a, b) => a - b);
  const columns = places.map((index) => plan.columns[index]!);
  const keys = writeBlockKeys(block, selection, { columns, isWhole: false });
  // Behind the keys, for which the memory may have grown: readers know its bytes where they are.
  const enter = createEnter();
  const memory = new Uint8Array(block.arena.kernel.memory.buffer);
  for (let k = 0; ; k++) {
    k = numberKnown(written, memory, keys, rows, k, count, numbers);
    if (k === count) return;
    const record = rows[k]!;
    const number = enter(record);
    numbers[record] = number;
    // Beyond the most there may be no end of them.
    if (number < plan.rules.maxGroups) {
      const key = memory.subarray(keys.starts[record], keys.ends[record]);
      enterNumber(written, key, keys.hashes[record]!, number);
    }
  }
}

/** Gives the value of a record in a column. Valid until the memory grows. */
type ReadValue = (record: number) => Value;

/** Of each column of `by`. */
function createReaders(
  block: Block,
  by: GroupSlots,
  width: number,
  edits: Edits,
  cells: Pick<CellSource, 'derived'>,
): readonly ReadValue[] {
  return by.map(({ index }): ReadValue => {
    if (index >= width) {
      const vector = cells.derived(index);
      return (record) => valueAt(vector, record);
    }
    const read = createTextReader(block, index);
    const changed = edits.get(index);
    return (record) => changed?.get(record) ?? read(record);
  });
}

/** Takes from the budget what the keys have grown by. */
function hold({ context }: Table, grouping: Grouping): void {
  const { keys, written, byValue, letters } = grouping;
  const entries = keys.length + byValue.size;
  const bytes = keyNumbersBytes(written) + entries * ENTRY_BYTES + 2 * letters;
  if (bytes === grouping.heldBytes) return;
  reserve(context.budget, bytes - grouping.heldBytes, 'the groups of "by"');
  grouping.heldBytes = bytes;
}
