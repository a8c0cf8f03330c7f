/**
 * The steps every pass shares: rows as read, then the filter once its aggregates are known. What a
 * pass settles is kept here for the next one.
 */
import type { ByteSource } from '../byte-source.js';
import type { EngineContext } from '../engine.js';
import { createCounts } from '../expression/tree.js';
import type { DedupPlan } from '../plan-keys.js';
import type { TablePlan } from '../plan-table.js';
import type { Header } from '../read-header.js';
import { type Carry, convertRow } from '../rows/convert-row.js';
import { takeDuplicate } from '../rows/duplicate-row.js';
import { type Row, readRow, tallyFiltered } from '../rows/read-row.js';
import { applySchema, takeRepeated } from '../rows/schema-row.js';
import type { Settled } from '../settled.js';
import { createTally, type Tally } from '../tally.js';
import type { CellConverter } from '../values/convert-cell.js';
import { walkRecords } from '../walk-records.js';

/** The row that stays, for all rows of one key. */
export interface Twin {
  offsetBytes: number;
  line: number;
  /** Whose key it is. */
  readonly of: DedupPlan;
}

export interface Pass {
  readonly source: ByteSource;
  readonly context: EngineContext;
  readonly header: Header;
  readonly plan: TablePlan;
  readonly settled: Settled;
  /** By the byte offset of rows that keys take out: the row that stays. */
  readonly twins: Map<number, Twin>;
  readonly passCount: number;
  /** Of the values of columns, once they are settled. */
  converters: readonly CellConverter[];
}

/**
 * All rows that are neither blank nor rejected: what `--where`'s own aggregates are over.
 *
 * @param isSettled values are converted, and so may be held against the schema.
 */
export function* walkAllRows(
  pass: Pass,
  tally: Tally = silentTally(),
  isSettled = true,
): Generator<Row> {
  const { source, context, plan, header, settled, passCount } = pass;
  const doneBytes = settled.passesBegun * source.sizeBytes;
  settled.passesBegun++;
  const { converters } = pass;
  const carry: Carry = new Map();
  let rowCount = 0;
  for (const walked of walkRecords(source, context, header.dataStart)) {
    const row = readRow(walked, context, plan, tally);
    if (row === null || !convertRow(row, converters, carry, tally)) continue;
    if (isSettled && !applySchema(row, plan.schema, tally)) continue;
    rowCount++;
    if (rowCount % ROWS_PER_PROGRESS === 0) {
      context.onProgress((doneBytes + walked.offsetBytes) / passCount);
    }
    yield row;
  }
}

/** The rows that filter, `--dedup` and unique columns leave. Counts only when `tally` is given. */
export function* walkPass(pass: Pass, tally?: Tally): Generator<Row> {
  const { twins } = pass;
  for (const row of walkFiltered(pass, tally)) {
    const twin = twins.get(row.walked.offsetBytes);
    if (twin === undefined) yield row;
    else if (tally !== undefined) takeOut(row, twin, tally);
  }
}

function takeOut(row: Row, { of, line }: Twin, tally: Tally): void {
  if (of.unique === null) takeDuplicate(row, of, line, tally);
  else takeRepeated(row, of.unique, line, tally);
}

/** The rows that the filter lets through. Counts what it does only when `tally` is given. */
function* walkFiltered(pass: Pass, tally?: Tally): Generator<Row> {
  const { where } = pass.plan;
  const { whereAggregates, whereCounts } = pass.settled;
  const counts = tally === undefined ? createCounts() : whereCounts;
  const tallied = tally ?? silentTally();
  for (const row of walkAllRows(pass, tallied)) {
    if (where !== null && where.compiled.evaluate(row.cells, whereAggregates, counts) !== true) {
      tallyFiltered(tallied, row.walked);
      continue;
    }
    yield row;
  }
}

const ROWS_PER_PROGRESS = 1024;

/** A tally for passes that only measure: the writing pass counts. */
function silentTally(): Tally {
  return createTally(() => {}, false);
}
