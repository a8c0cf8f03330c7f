/** Finds the rows of a table that `--dedup` takes out. */
import { assert } from '../../../base/assert.js';
import type { EngineContext } from '../../engine.js';
import { type DedupPlan, keyPlans } from '../../plan-keys.js';
import type { Spill } from '../../spill.js';
import { countParts, groupParts } from '../../split/count-parts.js';
import type { MergeRequest } from '../../split/span-engine.js';
import { type Arena, freeFrom } from '../arena.js';
import { filterSilently } from '../measure-table.js';
import type { Table } from '../table.js';
import { walkBlocks } from '../walk-blocks.js';
import { createKeyWriter, type WrittenKeys } from './key-sections.js';
import { mergeParts } from './merge-parts.js';
import { createTwinReader } from './read-twins.js';
import { settleInMemory } from './settle-in-memory.js';
import { keyTableOf, withKeys } from './with-keys.js';

/** Settles which rows stay, over those the filter lets through. */
export function settleDuplicates(table: Table): void {
  let firstStream = 0;
  for (const plan of keyPlans(table.plan)) {
    if (table.reader.staysInMemory) settleInMemory(table, plan);
    else firstStream = settleSpilled(table, plan, firstStream);
  }
}

/**
 * Of a table that is read anew by each pass: its blocks are marked as they come.
 * @returns the first stream that it leaves.
 */
function settleSpilled(table: Table, of: DedupPlan, keyStream: number): number {
  const { context, reader } = table;
  const { budget } = context;
  const spill = spillOf(context);
  const partCount = countParts(reader.source.sizeBytes, budget.limitBytes);
  const { keys, partBytes } = spillKeys(table, of, keyStream, partCount);
  const groups = groupParts(partBytes, budget.limitBytes);
  const firstResult = keyStream + 1;
  const resultStreams = groups.flatMap((range, i) => {
    const resultStream = firstResult + i;
    const request = { streams: [keys], ...range, keep: of.keep, resultStream };
    return mergeKeys(reader.arena, context, request) === 0 ? [] : [resultStream];
  });
  spill.drop(keyStream);
  const settled = { resultStreams, sectionLines: keys.lines };
  table.leaveUnique.push(createTwinReader(table, of, spill, settled));
  return firstResult + groups.length;
}

/** What does not stay in memory has a place to go. */
function spillOf({ spill }: Pick<EngineContext, 'spill'>): Spill {
  assert(spill !== undefined, 'what does not stay in memory has a place to go');
  return spill;
}

/** Takes the duplicates that were settled out of the blocks of a table in spans. */
export function leaveSettled(table: Table): void {
  const plans = keyPlans(table.plan);
  table.duplicates.forEach((settled, i) => {
    const spill = spillOf(table.context);
    table.leaveUnique.push(createTwinReader(table, plans[i]!, spill, settled));
  });
}

/** Writes the keys of all rows of the table's range to a stream. */
export function spillKeys(
  table: Table,
  of: DedupPlan,
  stream: number,
  partCount: number,
): WrittenKeys {
  const { context, reader } = table;
  const { arena } = reader;
  const writer = spillOf(context).create(stream);
  const bottom = arena.used;
  try {
    const keys = createKeyWriter(reader, stream, writer, partCount);
    for (const block of walkBlocks(table)) {
      keys.add(block, withKeys(block, filterSilently(table, block), of), of);
    }
    return keys.finish();
  } finally {
    writer.end();
    freeFrom(arena, context.budget, bottom);
  }
}

/** Merges some parts of keys. @returns how many duplicates there are. */
export function mergeKeys(
  arena: Arena,
  context: Pick<EngineContext, 'budget' | 'spill'>,
  request: MergeRequest,
): number {
  return mergeParts(arena, context.budget, keyTableOf(arena), spillOf(context), request);
}
