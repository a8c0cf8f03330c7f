/** The steps on one span of a large input, on the kernel. */
import { CsvcleanError } from '../../base/error.js';
import { lineEndByte, NO_QUOTE } from '../../csv/dialect.js';
import { type ByteSource, readFully } from '../byte-source.js';
import type { EngineContext } from '../engine.js';
import { keyPlans } from '../plan-keys.js';
import { countPasses, planTable, type TablePlan } from '../plan-table.js';
import { profiler } from '../profile/load-profiler.js';
import type { Header } from '../read-header.js';
import { createSettled } from '../settled.js';
import { findStart } from '../split/find-start.js';
import { guessStart } from '../split/guess-start.js';
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
import type { CellConverter } from '../values/convert-cell.js';
import { loadedValueTools } from '../values/load-values.js';
import type { ColumnVerdict } from '../values/verdict.js';
import type { RecordPosition } from '../walk-records.js';
import { type Arena, allocate, bytesIn } from './arena.js';
import { createRangeReader } from './block-reader.js';
import { borrowArena } from './borrow-arena.js';
import { dedupTools } from './dedup/load-dedup.js';
import { createMedianDrain } from './drain-medians.js';
import { lookAhead } from './look-ahead.js';
import { measureColumns, measureHeads } from './measure-columns.js';
import { measureBeyond, measureDerives, measureWhere } from './measure-table.js';
import { measureValues } from './measure-values.js';
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
    const plan = planTable(header.names, context.rules, header.lead);
    const table: Table = {
      ...createSettled(plan),
      ...settled,
      context,
      plan,
      reader: createRangeReader(arena, source, header, plan, context, range),
      leaveUnique: [],
      ...vectorsOf(plan),
      passCount: countPasses(plan),
      converters: convertersOf(plan, settled.values),
      groupings: new Map(),
      carry: new Map(),
    };
    if (settled.duplicates.length > 0) dedupTools().leaveSettled(table);
    return table;
  };
  const onSpan = <T>(context: EngineContext, work: SpanWork, run: () => T): T | null =>
    attempt(work, () => borrowArena(arena, context, run));
  return {
    countSpan: (source, span, context) =>
      borrowArena(arena, context, () => countSpan(arena, source, span, context)),
    measureSpan: (source, header, context, work, settled, request) =>
      onSpan(context, work, () => {
        const { range, extent } = enter(arena, source, header, context, work);
        const table = tableOf(source, header, context, range, settled);
        const measures = measure(table, request, work.span);
        return { ...extent, end: endOf(extent, table), measures };
      }),
    mergeKeys: (context, request) =>
      borrowArena(arena, context, () => dedupTools().mergeKeys(arena, context, request)),
    cleanSpan: (source, header, context, work, settled, sinks) =>
      onSpan(context, work, () => {
        const { range, extent } = enter(arena, source, header, context, work);
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

/** None before the verdicts are settled. */
function convertersOf(
  plan: TablePlan,
  verdicts: readonly ColumnVerdict[],
): readonly CellConverter[] {
  if (verdicts.length === 0) return [];
  return loadedValueTools().createConverters(plan.values, verdicts);
}

/** @returns null when it fails on work whose start was only looked for. */
function attempt<T>({ start }: SpanWork, run: () => T): T | null {
  try {
    return run();
  } catch (error) {
    if (start !== null || !(error instanceof CsvcleanError)) throw error;
    return null;
  }
}

/** The records of the span: from where it is told to start, or where its first one seems to. */
function enter(
  arena: Arena,
  source: ByteSource,
  header: Header,
  context: EngineContext,
  work: SpanWork,
) {
  const { span, start, isKnownText } = work;
  const found = start ?? seekStart(arena, source, header, context, work);
  // Nothing starts in it: a range without records.
  const range: RecordRange = {
    start: found ?? { offsetBytes: span.startBytes, line: 1 },
    endBytes: found === null ? span.startBytes : span.endBytes,
    isKnownText,
  };
  return { range, extent: { start: found } };
}

function seekStart(
  arena: Arena,
  source: ByteSource,
  header: Header,
  context: EngineContext,
  { span, entry }: SpanWork,
): RecordPosition | null {
  if (entry !== null) return findStart(source, span, entry, context.dialect);
  const plan = planTable(header.names, context.rules, header.lead);
  const input = { arena, source, header, context, plan };
  return guessStart(source, span, context.dialect, (offset) => lookAhead(input, offset));
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
  const lineEnd = lineEndByte(dialect.recordEnd);
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

function measureAggregates(
  table: Table,
  request: Extract<MeasureRequest, { kind: 'where' | 'derive' }>,
): Measures {
  const drain = createMedianDrain(request.medians);
  const isWhere = request.kind === 'where';
  const states = isWhere
    ? measureWhere(table, drain.take)
    : measureDerives(table, request.level, drain.take);
  const counts = isWhere ? [table.whereCounts] : table.deriveCounts;
  return { kind: 'aggregates', states, medians: drain.finish(), counts };
}

function measureKeys(
  table: Table,
  { plan, firstStream, partCount }: Extract<MeasureRequest, { kind: 'keys' }>,
  { index }: Span,
): Measures {
  const of = keyPlans(table.plan)[plan]!;
  const written = dedupTools().spillKeys(table, of, firstStream + index, partCount);
  return { kind: 'keys', streams: [written.keys], partBytes: written.partBytes };
}

function measure(table: Table, request: MeasureRequest, span: Span): Measures {
  switch (request.kind) {
    case 'keys':
      return measureKeys(table, request, span);
    case 'where':
    case 'derive':
      return measureAggregates(table, request);
    case 'values':
      return { kind: 'values', evidence: measureValues(table) };
    case 'columns':
      return { kind: 'columns', columns: measureColumns(table, request.columns) };
    case 'heads':
      return { kind: 'heads', heads: measureHeads(table, request.columns, request.limit) };
    case 'beyond':
      return { kind: 'beyond', ...measureBeyond(table) };
    case 'profile':
      return { kind: 'profile', table: profiler().profileTable(table, request.limits) };
  }
}
