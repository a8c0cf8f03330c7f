/**
 * The fast engine: blocks of records on the WebAssembly kernel, columns as typed arrays, and a look
 * at single records only where something is the matter with them. The same passes as the reference
 * engine, and held equal to it.
 */
import type { QuickLook } from '../../sniff/quick-look.js';
import type { ByteSource } from '../byte-source.js';
import type { Engine, EngineContext, Sinks, TableReport } from '../engine.js';
import { keyPlans } from '../plan-keys.js';
import { countPasses, planTable, type TablePlan } from '../plan-table.js';
import type { Header } from '../read-header.js';
import { createSettled } from '../settled.js';
import type { SpanEngine } from '../split/span-engine.js';
import { emptyReport, tableReport } from '../table-report.js';
import { assertBalance, createTally } from '../tally.js';
import { type Arena, createArena } from './arena.js';
import { createBlockReader } from './block-reader.js';
import { borrowArena } from './borrow-arena.js';
import { dedupTools } from './dedup/load-dedup.js';
import { createOutputRoom } from './output-room.js';
import { createVectors, type PlanVectors } from './plan-vectors.js';
import { createQuickLook } from './quick-look.js';
import { settleDerives, settleOutliers, settleValues, settleWhere } from './settle-table.js';
import { createSpanEngine } from './span-engine.js';
import type { Table } from './table.js';
import { writeTable } from './write-blocks.js';

export interface FastEngine extends Engine {
  /** The same for one span of a large input at a time. */
  readonly spans: SpanEngine;
  readonly quickLook: QuickLook;
}

/** An engine with a memory of its own, for one thread. */
export function createFastEngine(module: WebAssembly.Module): FastEngine {
  const arena = createArena(module);
  const vectorsOf = createVectors();
  return {
    name: 'fast',
    spans: createSpanEngine(arena, vectorsOf),
    quickLook: createQuickLook(arena),
    clean(source, header, context, sinks) {
      return borrowArena(arena, context, () =>
        clean(arena, vectorsOf, source, header, context, sinks),
      );
    },
  };
}

function clean(
  arena: Arena,
  vectorsOf: (plan: TablePlan) => PlanVectors,
  source: ByteSource,
  header: Header,
  context: EngineContext,
  sinks: Sinks,
): TableReport {
  const tally = createTally(sinks.reject, context.wantsSamples);
  tally.rows.in += header.leadingBlankRows;
  tally.rows.blank += header.leadingBlankRows;
  if (header.names.length === 0) return emptyReport('fast', tally);
  const plan = planTable(header.names, context.rules, header.lead);
  const out = createOutputRoom(arena, context, sinks.output);
  const table: Table = {
    ...createSettled(plan),
    context,
    plan,
    reader: createBlockReader(arena, source, header, plan, context),
    leaveUnique: [],
    ...vectorsOf(plan),
    passCount: countPasses(plan),
    converters: [],
    groupings: new Map(),
    carry: new Map(),
  };
  settleValues(table);
  settleWhere(table);
  if (keyPlans(plan).length > 0) dedupTools().settleDuplicates(table);
  settleOutliers(table);
  settleDerives(table);
  const isWhole = writeTable(table, tally, out, true, sinks.isEnough);
  assertBalance(tally.rows);
  return tableReport('fast', plan, header, table, tally, isWhole);
}
