/** From the results of all merges to the duplicates of a block: see `merge-parts`. */
import type { Selection } from '../../expression/vector/vectors.js';
import type { DedupPlan } from '../../plan-keys.js';
import type { SettledDuplicates } from '../../settled.js';
import type { Spill } from '../../spill.js';
import { firstAtLeast, firstIndex } from '../../statistics/first-index.js';
import { takeDoubles } from '../array-room.js';
import type { Block } from '../block.js';
import type { LeaveUnique, Table } from '../table.js';
import { linesOf } from './block-keys.js';
import { fateOf, listTwins } from './mark-twins.js';
import { asBytes } from './merge-parts.js';

const DOUBLE_BYTES = 8;

/** Of a section: pairs, in any order, of the line of a duplicate and that of the row that stays. */
interface SectionTwins {
  readonly section: number;
  readonly pairs: readonly Float64Array[];
}

export function createTwinReader(
  table: Table,
  of: DedupPlan,
  spill: Spill,
  settled: SettledDuplicates,
): LeaveUnique {
  const { resultStreams, sectionLines } = settled;
  let read: SectionTwins = { section: -1, pairs: [] };
  return (block, selection) => {
    if (resultStreams.length === 0 || selection.count === 0) return selection;
    const lines = linesOf(block);
    const twins = takeDoubles(block.arena.passing, block.recordCount).fill(0);
    let found = 0;
    const last = sectionAt(sectionLines, lines[lines.length - 1]!);
    for (let section = sectionAt(sectionLines, lines[0]!); section <= last; section++) {
      if (section < 0) continue;
      if (section !== read.section) read = readSection(spill, settled, section);
      for (const pairs of read.pairs) found += placeTwins(pairs, lines, twins);
    }
    return found === 0 ? selection : leaveUnique(table, block, of, selection, twins);
  };
}

/** The section that holds the row of a line, if any does; -1: none begins before it. */
function sectionAt(sectionLines: Float64Array, line: number): number {
  return firstIndex(0, sectionLines.length, (i) => sectionLines[i]! > line) - 1;
}

function readSection(
  spill: Spill,
  { resultStreams, sectionLines }: SettledDuplicates,
  section: number,
): SectionTwins {
  const pairs: Float64Array[] = [];
  const ends = new Float64Array(2);
  for (const stream of resultStreams) {
    const reader = spill.open(stream);
    try {
      const fromEnd = sectionLines.length + 1 - section;
      reader.read(asBytes(ends), reader.sizeBytes - fromEnd * DOUBLE_BYTES);
      const [from, to] = [ends[0]!, ends[1]!];
      if (from === to) continue;
      const some = new Float64Array((to - from) / DOUBLE_BYTES);
      reader.read(asBytes(some), from);
      pairs.push(some);
    } finally {
      reader.close();
    }
  }
  return { section, pairs };
}

/**
 * Puts the lines of rows that stay in the places of the records that they stay for.
 * @returns how many of the pairs are of these records.
 */
function placeTwins(pairs: Float64Array, lines: Float64Array, twins: Float64Array): number {
  const first = lines[0]!;
  const last = lines[lines.length - 1]!;
  let found = 0;
  for (let i = 0; i < pairs.length; i += 2) {
    const line = pairs[i]!;
    if (line < first || line > last) continue;
    // Mostly each record has one line.
    const guess = line - first;
    twins[lines[guess] === line ? guess : firstAtLeast(lines, line)] = pairs[i + 1]!;
    found++;
  }
  return found;
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
