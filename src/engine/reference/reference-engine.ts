/**
 * The reference engine: a record at a time, as many passes over the input as the rules have levels
 * of dependence. Slow and obviously right; it is the oracle of every faster one.
 *
 * Passes: aggregates of `--where` → outlier samples → rows over the fences → aggregates of
 * `--derive`, level by level → write. Each pass walks the same steps from the bytes; none keeps
 * rows.
 */
import type { ByteSource } from '../byte-source.js';
import { createByteWriter } from '../byte-writer.js';
import type { Engine, EngineContext, Sinks, TableReport } from '../engine.js';
import { planTable, type TablePlan } from '../plan-table.js';
import { type Header, readHeader } from '../read-header.js';
import { assertBalance, createTally, type Tally } from '../tally.js';
import { cleanRow } from './clean-row.js';
import { createCounts } from './derive-columns.js';
import { deriveLevels, settleDerives, settleOutliers, settleWhere } from './settle.js';
import { type Pass, type Settled, walkPass } from './walk-pass.js';
import { writeHeader } from './write-row.js';

export const referenceEngine: Engine = { name: 'reference', clean };

function clean(source: ByteSource, context: EngineContext, sinks: Sinks): TableReport {
  const header = readHeader(source, context);
  const tally = createTally(sinks.reject);
  tally.rows.in += header.leadingBlankRows;
  tally.rows.blank += header.leadingBlankRows;
  if (header.names.length === 0) return emptyReport(tally);
  const plan = planTable(header.names, context.rules);
  const settled = createSettled(plan);
  const pass: Pass = { source, context, header, plan, settled, passCount: countPasses(plan) };
  settleWhere(pass);
  settleOutliers(pass);
  settleDerives(pass);
  writeTable(pass, tally, sinks);
  assertBalance(tally.rows);
  return tableReport(pass, header, tally);
}

function writeTable(pass: Pass, tally: Tally, sinks: Sinks): void {
  const writer = createByteWriter(sinks.output);
  if (pass.context.rules.hasHeader) writeHeader(writer, pass.plan.output);
  for (const row of walkPass(pass, tally)) cleanRow(row, pass, tally, writer);
  writer.flush();
}

/** How many passes there are at the most. */
function countPasses(plan: TablePlan): number {
  const where = (plan.where?.compiled.aggregates.length ?? 0) > 0 ? 1 : 0;
  const outliers = plan.judged.length > 0 ? 2 : 0;
  return where + outliers + deriveLevels(plan) + 1;
}

/** What the passes settle, before any has run. */
function createSettled(plan: TablePlan): Settled {
  return {
    whereAggregates: [],
    whereCounts: createCounts(),
    judged: [],
    groups: new Map(),
    deriveAggregates: plan.derives.map((derive) => derive.compiled.aggregates.map(() => null)),
    deriveCounts: plan.derives.map(createCounts),
    warnings: [],
    passesBegun: 0,
  };
}

function emptyReport(tally: Tally): TableReport {
  return {
    shape: 'empty',
    rows: tally.rows,
    rejectedByRule: tally.rejectedByRule,
    repairs: tally.repairs,
    columns: [],
    outlierColumns: [],
    outlierValues: 0,
    expressions: [],
    naCells: 0,
    samples: [],
    warnings: [],
  };
}

function tableReport(pass: Pass, header: Header, tally: Tally): TableReport {
  const { plan, settled, context } = pass;
  const dataRows = tally.rows.in - header.leadingBlankRows;
  const where = plan.where === null ? [] : [{ flag: 'where' as const, source: plan.where.source }];
  const counts = [settled.whereCounts, ...settled.deriveCounts];
  const derives = plan.derives.map(({ source }) => ({ flag: 'derive' as const, source }));
  return {
    shape: dataRows === 0 ? 'header_only' : 'table',
    rows: tally.rows,
    rejectedByRule: tally.rejectedByRule,
    repairs: tally.repairs,
    columns: context.rules.hasHeader
      ? plan.columns.map(({ original, name }) => ({ from: original, to: name }))
      : [],
    outlierColumns: settled.judged.map(({ verdict }) => ({
      column: verdict.column,
      valueCount: verdict.figures.n,
      outlierCount: verdict.outlierCount,
      reason: verdict.reason,
      detail: verdict.detail,
      remedy: verdict.remedy,
    })),
    outlierValues: tally.outlierValues,
    expressions: [...where, ...derives].map((expression, i) => ({
      ...expression,
      counts: counts[where.length === 0 ? i + 1 : i]!,
    })),
    naCells: tally.naCells,
    samples: tally.samples,
    warnings: [...settled.warnings, ...tally.warnings],
  };
}
