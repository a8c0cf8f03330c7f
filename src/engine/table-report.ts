/** Puts together what is told of one table. Shared by the engines; counts nothing itself. */
import type { EngineName, TableReport, Warning } from './engine.js';
import type { ExpressionCounts } from './expression/tree.js';
import type { TablePlan } from './plan-table.js';
import type { Header } from './read-header.js';
import type { JudgedColumn } from './rows/find-outliers.js';
import type { Tally } from './tally.js';
import { refuseUnfit, reportValues } from './values/report-values.js';
import type { ColumnVerdict } from './values/verdict.js';

/** Of an input without records. */
export function emptyReport(engine: EngineName, tally: Tally): TableReport {
  return {
    engine,
    shape: 'empty',
    rows: tally.rows,
    rejectedByRule: tally.rejectedByRule,
    repairs: tally.repairs,
    columns: [],
    outputColumns: [],
    outlierColumns: [],
    outlierValues: 0,
    expressions: [],
    schema: [],
    naCells: 0,
    samples: [],
    warnings: [],
  };
}

/** What the passes settled, for the report. */
export interface Findings {
  readonly whereCounts: ExpressionCounts;
  readonly deriveCounts: readonly ExpressionCounts[];
  readonly judged: readonly JudgedColumn[];
  readonly warnings: readonly Warning[];
  readonly values: readonly ColumnVerdict[];
}

/**
 * @param isWhole all records were counted: where a check ends early, what fits may come later.
 * @throws CsvcleanError NO_VALUE_FITS.
 */
export function tableReport(
  engine: EngineName,
  plan: TablePlan,
  header: Header,
  settled: Findings,
  tally: Tally,
  isWhole: boolean,
): TableReport {
  if (isWhole) refuseUnfit(plan.values, tally.values);
  const dataRows = tally.rows.in - header.leadingBlankRows;
  const where = plan.where === null ? [] : [{ flag: 'where' as const, source: plan.where.source }];
  const counts = [settled.whereCounts, ...settled.deriveCounts];
  const derives = plan.derives.map(({ source }) => ({ flag: 'derive' as const, source }));
  return {
    engine,
    shape: dataRows === 0 ? 'header_only' : 'table',
    rows: tally.rows,
    rejectedByRule: tally.rejectedByRule,
    repairs: tally.repairs,
    columns: plan.rules.hasHeader
      ? plan.columns.map(({ original, name }) => ({ from: original, to: name }))
      : [],
    outputColumns: plan.output.map(({ name }) => name),
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
    schema: plan.schema.places.flatMap((one, place) => {
      const count = tally.violations[place] ?? 0;
      return count === 0 ? [] : [{ ...one, count }];
    }),
    naCells: tally.naCells,
    samples: tally.samples,
    warnings: [...settled.warnings, ...tally.warnings],
    ...(plan.values.length === 0
      ? {}
      : { values: reportValues(plan.values, settled.values, tally.values) }),
  };
}
