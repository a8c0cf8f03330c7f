/** From the results of all parts to the duplicates of a block: see `merge-part`. */
import { assert } from '../../../base/assert.js';
import type { Selection } from '../../expression/vector/vectors.js';
import type { DedupPlan } from '../../plan-keys.js';
import type { SettledDuplicates } from '../../settled.js';
import type { Spill } from '../../spill.js';
import type { Block } from '../block.js';
import type { LeaveUnique, Table } from '../table.js';
import { asBytes } from './key-stream.js';
import { fateOf, listTwins } from './mark-twins.js';
import { RESULT_BYTES } from './merge-part.js';

/** So many blocks' results are read at once. */
const WINDOW_BLOCKS = 8;
const DOUBLE_BYTES = 8;

/** The results of neighbouring blocks, from the parts that have some. */
interface Window {
  readonly firstBlock: number;
  readonly parts: readonly {
    /** Offsets from the first of `results`, for each block and the end. */
    readonly ends: Float64Array;
    readonly results: Float64Array;
  }[];
}

export function createTwinReader(
  table: Table,
  of: DedupPlan,
  spill: Spill,
  settled: SettledDuplicates,
): LeaveUnique {
  let window: Window = { firstBlock: Number.NEGATIVE_INFINITY, parts: [] };
  return (block, selection) => {
    const number = settled.firstBlock + block.number;
    assert(number < settled.blockCount, 'all blocks were looked at for duplicates');
    if (number < window.firstBlock || number >= window.firstBlock + WINDOW_BLOCKS) {
      window = readWindow(spill, settled, number);
    }
    const lines = twinLines(window, number, block.recordCount);
    return lines === null ? selection : leaveUnique(table, block, of, selection, lines);
  };
}

function readWindow(spill: Spill, settled: SettledDuplicates, firstBlock: number): Window {
  const { partCount, firstResult, blockCount } = settled;
  const count = Math.min(WINDOW_BLOCKS, blockCount - firstBlock);
  const parts: Window['parts'][number][] = [];
  for (let part = 0; part < partCount; part++) {
    const reader = spill.open(firstResult + part);
    try {
      const ends = new Float64Array(count + 1);
      const footer = reader.sizeBytes - (blockCount + 1) * DOUBLE_BYTES;
      reader.read(asBytes(ends), footer + firstBlock * DOUBLE_BYTES);
      const [from, to] = [ends[0]!, ends[count]!];
      if (from === to) continue;
      const results = new Float64Array((to - from) / DOUBLE_BYTES);
      reader.read(asBytes(results), from);
      parts.push({ ends: ends.map((end) => end - from), results });
    } finally {
      reader.close();
    }
  }
  return { firstBlock, parts };
}

/** By record the line of the row that stays for it; 0: itself. Null: all of them stay. */
function twinLines(
  { firstBlock, parts }: Window,
  number: number,
  recordCount: number,
): Float64Array | null {
  const at = number - firstBlock;
  let lines: Float64Array | null = null;
  for (const { ends, results } of parts) {
    const from = ends[at]! / RESULT_BYTES;
    const to = ends[at + 1]! / RESULT_BYTES;
    if (from === to) continue;
    lines ??= new Float64Array(recordCount);
    const words = new Uint32Array(results.buffer);
    for (let k = from; k < to; k++) lines[words[k * 4]!] = results[k * 2 + 1]!;
  }
  return lines;
}

function leaveUnique(
  table: Table,
  block: Block,
  of: DedupPlan,
  { rows, count }: Selection,
  lines: Float64Array,
): Selection {
  const { fates } = block;
  const fate = fateOf(of);
  let left = 0;
  for (let k = 0; k < count; k++) {
    const row = rows[k]!;
    rows[left] = row;
    if (lines[row] === 0) left++;
    else fates[row] = fate;
  }
  if (left < count) listTwins(table, block, of, count - left, (record) => lines[record]!);
  return { rows, count: left };
}
