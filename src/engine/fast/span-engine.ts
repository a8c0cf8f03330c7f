/** The steps on one span of a large input, on the kernel. */
import { CsvcleanError } from '../../base/error.js';
import { release } from '../../base/memory-budget.js';
import { CR, LF, NO_QUOTE } from '../../csv/dialect.js';
import { type ByteSource, readFully } from '../byte-source.js';
import type { EngineContext } from '../engine.js';
import { countPasses, planTable, type TablePlan } from '../plan-table.js';
import type { Header } from '../read-header.js';
import { createSettled } from '../settled.js';
import { findStart } from '../split/find-start.js';
import type { MeasureRequest, Measures } from '../split/measures.js';
import type { RecordRange, Span } from '../split/span.js';
import type {
  SpanCounts,
  SpanEngine,
  SpanExtent,
  SpanWork,
  SplitSettled,
} from '../split/span-engine.js';
import { countsOf, createTally } from '../tally.js';
import { type Arena, allocate, bytesIn, freeFrom } from './arena.js';
import { freeRoom, markRoom } from './array-room.js';
import { createRangeReader } from './block-reader.js';
import { measureColumns, measureHeads } from './measure-columns.js';
import { measureBeyond, measureDerives, measureWhere } from './measure-table.js';
import { createOutputRoom } from './output-room.js';
import type { PlanVectors } from './plan-vectors.js';
import type { Table } from './table.js';
import { writeTable } from './write-blocks.js';

/** How many bytes are read at once to be counted. */
const COUNTED_BYTES = 1 << 18;

export function createSpanEngine(
  arena: Arena,
  vectorsOf: (plan: TablePlan) => PlanVectors,
): SpanEngine {
  const tableOf = (
    source: ByteSource,
    header: Header,
    context: EngineContext,
    range: RecordRange,
    settled: SplitSettled,
  ): Table => {
    const plan = planTable(header.names, context.rules);
    return {
      ...createSettled(plan),
      ...settled,
      context,
      plan,
      reader: createRangeReader(arena, source, header, plan, context, range),
      ...vectorsOf(plan),
      passCount: countPasses(plan),
    };
  };
  return {
    countSpan: (source, span, context) =>
      inArena(arena, context, null, () => countSpan(arena, source, span, context))!,
    measureSpan: (source, header, context, work, settled, request) =>
      inArena(arena, context, work, () => {
        const { range, extent } = enter(source, context, work);
        const table = tableOf(source, header, context, range, settled);
        const measures = measure(table, request);
        return { ...extent, end: endOf(extent, table), measures };
      }),
    cleanSpan: (source, header, context, work, settled, sinks) =>
      inArena(arena, context, work, () => {
        const { range, extent } = enter(source, context, work);
        const table = tableOf(source, header, context, range, settled);
        const tally = createTally(sinks.reject, context.wantsSamples);
        const out = createOutputRoom(arena, context, sinks.output);
        writeTable(table, tally, out, work.span.index === 0);
        const { whereCounts, deriveCounts } = table;
        const end = endOf(extent, table);
        return { ...extent, end, tally: countsOf(tally), whereCounts, deriveCounts };
      }),
  };
}

/**
 * Runs a step, and takes back what it took of the arena.
 * @returns null when it fails on work whose start was only looked for.
 */
function inArena<T>(
  arena: Arena,
  { budget }: EngineContext,
  work: SpanWork | null,
  run: () => T,
): T | null {
  const bottom = arena.used;
  const roomBottom = markRoom(arena.kept);
  const before = budget.reservedBytes;
  try {
    return run();
  } catch (error) {
    if (work?.start !== null || !(error instanceof CsvcleanError)) throw error;
    return null;
  } finally {
    freeFrom(arena, budget, bottom);
    freeRoom(arena.kept, roomBottom);
    release(budget, budget.reservedBytes - before);
  }
}

/** The records of the span: from where it is told to start, or where its first one seems to. */
function enter(source: ByteSource, { dialect }: EngineContext, work: SpanWork) {
  const { span, entry, start, isKnownText } = work;
  const found = start ?? findStart(source, span, entry, dialect);
  // Nothing starts in it: a range without records.
  const range: RecordRange = {
    start: found ?? { offsetBytes: span.startBytes, line: entry.line },
    endBytes: found === null ? span.startBytes : span.endBytes,
    isKnownText,
  };
  return { range, extent: { start: found } };
}

function endOf({ start }: Pick<SpanExtent, 'start'>, { reader }: Table): SpanExtent['end'] {
  return start === null ? null : reader.end;
}

function countSpan(
  arena: Arena,
  source: ByteSource,
  { startBytes, endBytes }: Span,
  { budget, dialect }: EngineContext,
): SpanCounts {
  const { exports } = arena.kernel;
  const lineEnd = dialect.recordEnd === 'cr' ? CR : LF;
  const last = Math.min(endBytes, source.sizeBytes);
  const address = allocate(arena, budget, COUNTED_BYTES, 'read buffers');
  let quotes = 0;
  let lineEnds = 0;
  for (let offset = startBytes; offset < last; ) {
    const wanted = Math.min(COUNTED_BYTES, last - offset);
    const length = readFully(source, bytesIn(arena, address, wanted), offset);
    if (length === 0) break;
    lineEnds += exports.countBytes(address, length, lineEnd);
    if (dialect.quote !== NO_QUOTE) quotes += exports.countBytes(address, length, dialect.quote);
    offset += length;
  }
  return { quotes, lineEnds };
}

function measure(table: Table, request: MeasureRequest): Measures {
  switch (request.kind) {
    case 'where':
      return { kind: 'aggregates', states: measureWhere(table), counts: [table.whereCounts] };
    case 'derive': {
      const states = measureDerives(table, request.level);
      return { kind: 'aggregates', states, counts: table.deriveCounts };
    }
    case 'columns':
      return { kind: 'columns', columns: measureColumns(table, request.columns) };
    case 'heads':
      return { kind: 'heads', heads: measureHeads(table, request.columns, request.limit) };
    case 'beyond':
      return { kind: 'beyond', ...measureBeyond(table) };
  }
}
