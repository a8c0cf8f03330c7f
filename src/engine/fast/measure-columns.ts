/** What a pass finds out about the numbers of columns, in bounded memory: see `split/measures`. */
import { MISSING, NUMBER } from '../../kernel/cell-kinds.js';
import type { Numbers, Selection } from '../expression/vector/vectors.js';
import { TAIL_LIMIT } from '../split/limits.js';
import type { ColumnHead, ColumnMeasures, ColumnRequest } from '../split/measures.js';
import { addValues, createMoments, type Moments } from '../statistics/exact-sum.js';
import {
  addToIntervals,
  createIntervalCounter,
  finishIntervals,
  type IntervalCounter,
} from '../statistics/interval-counts.js';
import { addToTails, createTails, finishTails, type Tails } from '../statistics/tails.js';
import { filterSilently } from './measure-table.js';
import { readNumbers } from './read-cells.js';
import type { Table } from './table.js';
import { walkBlocks } from './walk-blocks.js';

/** A column while it is measured. */
interface GrowingMeasures {
  readonly request: ColumnRequest;
  valueCount: number;
  textCount: number;
  leadingTextCount: number;
  readonly counter: IntervalCounter;
  readonly tails: Tails | null;
  readonly moments: Moments | null;
}

export function measureColumns(
  table: Table,
  requests: readonly ColumnRequest[],
): readonly ColumnMeasures[] {
  const growing = requests.map(beginColumn);
  const scratch = createGathering();
  for (const block of walkBlocks(table)) {
    const selection = filterSilently(table, block);
    const columns = readNumbers(
      block,
      requests.map(({ column }) => column),
    );
    growing.forEach((measures, i) => {
      addColumn(measures, gather(scratch, columns[i]!, selection), scratch.values);
    });
  }
  return growing.map(({ counter, tails, request: _, ...counts }) => ({
    ...counts,
    intervals: finishIntervals(counter),
    tails: tails === null ? null : finishTails(tails),
  }));
}

function beginColumn(request: ColumnRequest): GrowingMeasures {
  return {
    request,
    valueCount: 0,
    textCount: 0,
    leadingTextCount: 0,
    counter: createIntervalCounter(request.intervals, request.mostKept),
    tails: request.wantsTails ? createTails(TAIL_LIMIT) : null,
    moments: request.wantsMoments ? createMoments() : null,
  };
}

function addColumn(measures: GrowingMeasures, gathered: Gathered, values: Float64Array): void {
  const { request, tails, moments } = measures;
  const { valueCount, textCount, leadingTextCount } = gathered;
  if (measures.valueCount === 0) measures.leadingTextCount += leadingTextCount;
  measures.valueCount += valueCount;
  measures.textCount += textCount;
  if (tails !== null) addToTails(tails, values, valueCount);
  if (moments !== null) addValues(moments, values, valueCount);
  if (request.distanceFrom !== null) toDistances(values, valueCount, request.distanceFrom);
  addToIntervals(measures.counter, values, valueCount);
}

function toDistances(values: Float64Array, count: number, from: number): void {
  for (let i = 0; i < count; i++) values[i] = Math.abs(values[i]! - from);
}

/** Room for the numbers of one block's column, side by side. */
interface Gathering {
  values: Float64Array;
  kinds: Uint8Array;
}

interface Gathered {
  readonly valueCount: number;
  readonly textCount: number;
  readonly leadingTextCount: number;
}

function createGathering(): Gathering {
  return { values: new Float64Array(0), kinds: new Uint8Array(0) };
}

/** Writes the numbers of the selected rows, and how they are written, to the front of `room`. */
function gather(room: Gathering, numbers: Numbers, selection: Selection): Gathered {
  if (room.values.length <= selection.count) {
    room.values = new Float64Array(2 * selection.count + 1);
    room.kinds = new Uint8Array(2 * selection.count + 1);
  }
  const valueCount = keepNumbers(room, numbers, selection);
  const missingCount = valueCount === selection.count ? 0 : countMissing(numbers.kinds, selection);
  const textCount = selection.count - valueCount - missingCount;
  const leadingTextCount = textCount === 0 ? 0 : countLeadingTexts(numbers.kinds, selection);
  return { valueCount, textCount, leadingTextCount };
}

/** Without a branch, since kinds may change from row to row; so one entry more is written. */
function keepNumbers(
  room: Gathering,
  { values, kinds }: Numbers,
  { rows, count }: Selection,
): number {
  const { values: to, kinds: toKinds } = room;
  let kept = 0;
  for (let k = 0; k < count; k++) {
    const row = rows[k]!;
    const kind = kinds[row]!;
    to[kept] = values[row]!;
    toKinds[kept] = kind;
    if (kind >= NUMBER) kept++;
  }
  return kept;
}

function countMissing(kinds: Uint8Array, { rows, count }: Selection): number {
  let missing = 0;
  for (let k = 0; k < count; k++) if (kinds[rows[k]!] === MISSING) missing++;
  return missing;
}

function countLeadingTexts(kinds: Uint8Array, { rows, count }: Selection): number {
  let texts = 0;
  for (let k = 0; k < count; k++) {
    const kind = kinds[rows[k]!]!;
    if (kind >= NUMBER) break;
    if (kind !== MISSING) texts++;
  }
  return texts;
}

/** The first `limit` numbers of each column; reads no further than it must. */
export function measureHeads(
  table: Table,
  columns: readonly number[],
  limit: number,
): readonly ColumnHead[] {
  const heads = columns.map(() => ({
    values: new Float64Array(limit),
    notations: new Uint8Array(limit),
    count: 0,
  }));
  const room = createGathering();
  for (const block of walkBlocks(table)) {
    const selection = filterSilently(table, block);
    const numbers = readNumbers(block, columns);
    heads.forEach((head, i) => {
      const { valueCount } = gather(room, numbers[i]!, selection);
      const more = Math.min(valueCount, limit - head.count);
      head.values.set(room.values.subarray(0, more), head.count);
      head.notations.set(room.kinds.subarray(0, more), head.count);
      head.count += more;
    });
    if (heads.every(({ count }) => count === limit)) break;
  }
  return heads.map(({ values, notations, count }) => ({
    values: values.slice(0, count),
    notations: notations.slice(0, count),
  }));
}
