/**
 * The reference engine: a record at a time, as many passes over the input as the rules have levels
 * of dependence. Slow and obviously right; it is the oracle of every faster one.
 *
 * Passes: evidence of values → aggregates of `--where` → keys of `--dedup` → outlier samples → rows
 * over the fences → aggregates of `--derive`, level by level → write. Each pass walks the same
 * steps from the bytes; none keeps rows.
 */
import { release } from '../../base/memory-budget.js';
import type { ByteSource } from '../byte-source.js';
import { createByteWriter } from '../byte-writer.js';
import { checkEncoding } from '../check-encoding.js';
import type { Engine, EngineContext, Sinks, TableReport } from '../engine.js';
import { countPasses, planTable } from '../plan-table.js';
import type { Header } from '../read-header.js';
import { type CleaningContext, cleanRow } from '../rows/clean-row.js';
import { writeHeader } from '../rows/write-row.js';
import { createSettled } from '../settled.js';
import { emptyReport, tableReport } from '../table-report.js';
import { assertBalance, createTally, type Tally } from '../tally.js';
import { deriveColumns } from './derive-columns.js';
import { settleDerives, settleOutliers, settleWhere } from './settle.js';
import { settleDuplicates } from './settle-duplicates.js';
import { settleValues } from './settle-values.js';
import { type Pass, walkPass } from './walk-pass.js';

export const referenceEngine: Engine = { name: 'reference', clean };

function clean(
  source: ByteSource,
  header: Header,
  context: EngineContext,
  sinks: Sinks,
): TableReport {
  if (!context.layout.rejectsBadBytes) checkEncoding(source, context.dialect.recordEnd);
  const tally = createTally(sinks.reject, context.wantsSamples);
  tally.rows.in += header.leadingBlankRows;
  tally.rows.blank += header.leadingBlankRows;
  if (header.names.length === 0) return emptyReport('reference', tally);
  const plan = planTable(header.names, context.rules, header.lead);
  const settled = createSettled(plan);
  const passCount = countPasses(plan);
  const shared = { source, context, header, plan, settled, passCount };
  const pass: Pass = { ...shared, twins: new Map(), converters: [] };
  const before = context.budget.reservedBytes;
  settleValues(pass);
  settleWhere(pass);
  settleDuplicates(pass);
  settleOutliers(pass);
  settleDerives(pass);
  const isWhole = writeTable(pass, tally, sinks);
  release(context.budget, context.budget.reservedBytes - before);
  assertBalance(tally.rows);
  return tableReport('reference', plan, header, settled, tally, isWhole);
}

/** @returns whether all rows were written. */
function writeTable(pass: Pass, tally: Tally, sinks: Sinks): boolean {
  const writer = createByteWriter(sinks.output);
  if (pass.context.rules.hasHeader) writeHeader(writer, pass.plan.output);
  const { plan, settled, context } = pass;
  const { judged, groups, deriveAggregates, deriveCounts } = settled;
  const cleaning: CleaningContext = {
    plan,
    dialect: context.dialect,
    judged,
    groups,
    derive(row) {
      const level = Number.MAX_SAFE_INTEGER;
      deriveColumns(row, plan.derives, deriveAggregates, deriveCounts, level);
    },
  };
  let isWhole = true;
  for (const row of walkPass(pass, tally)) {
    cleanRow(row, cleaning, tally, writer);
    if (sinks.isEnough?.() === true) {
      isWhole = false;
      break;
    }
  }
  writer.flush();
  return isWhole;
}
