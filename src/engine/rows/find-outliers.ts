/**
 * Applies bounds and fences to one row: what lies beyond, and what the action makes of it.
 * Judging columns happened before; here a value is only compared.
 */
import { formatNumber, parseNumber } from '../../csv/parse-number.js';
import type { Column } from '../columns.js';
import { explainOutlier } from '../outliers/explain.js';
import { type Fence, isBeyond, type Verdict } from '../outliers/verdict.js';
import type { BoundPlan, TablePlan } from '../plan-table.js';
import type { OutlierAction, OutlierMethod } from '../rules.js';
import type { Row } from './read-row.js';

/** One value beyond a bound or fence. */
export interface Finding {
  readonly rule: 'bound' | 'outlier';
  readonly column: Column;
  /** The cell's text. */
  readonly value: string;
  readonly message: string;
  /** Where `clip` moves it. */
  readonly clipTo: number;
}

/** A judged column with its verdict; both lists run side by side. */
export interface JudgedColumn {
  readonly column: Column;
  readonly verdict: Verdict;
}

/**
 * Everything in the row that lies strictly beyond a bound or the fence of its group, in that order.
 */
export function findOutliers(
  row: Row,
  plan: TablePlan,
  judged: readonly JudgedColumn[],
  group: number,
): readonly Finding[] {
  const findings: Finding[] = [];
  for (const bound of plan.bounds) {
    const finding = beyondBound(row, bound);
    if (finding !== null) findings.push(finding);
  }
  for (const { column, verdict } of judged) {
    const fence = verdict.fences[group] ?? null;
    if (fence === null) continue;
    const finding = beyondFence(row, column, fence, plan.rules.outliers.method);
    if (finding !== null) findings.push(finding);
  }
  return findings;
}

function beyondBound(row: Row, { column, bound }: BoundPlan): Finding | null {
  const text = row.cells[column.index] as string;
  const value = parseNumber(text);
  const { side, limit } = bound;
  const isOutside = side === 'max' ? value > limit : value < limit;
  if (!isOutside) return null;
  const where = side === 'max' ? 'above the maximum' : 'below the minimum';
  return {
    rule: 'bound',
    column,
    value: text,
    message: `${column.name} ${text} is ${where} of ${formatNumber(limit)}`,
    clipTo: limit,
  };
}

function beyondFence(
  row: Row,
  column: Column,
  fence: Fence,
  method: OutlierMethod,
): Finding | null {
  const text = row.cells[column.index] as string;
  const value = parseNumber(text);
  if (!isBeyond(value, fence)) return null;
  return {
    rule: 'outlier',
    column,
    value: text,
    message: explainOutlier(column.name, text, value, fence, method),
    clipTo: value > fence.keepMax ? fence.clipMax : fence.clipMin,
  };
}

/**
 * Changes the row as `clip`, `null` or `flag` ask; `drop` is the caller's, `report` changes
 * nothing.
 */
export function applyAction(
  row: Row,
  findings: readonly Finding[],
  action: OutlierAction,
  flagSlot: number | null,
): void {
  if (flagSlot !== null) row.cells[flagSlot] = findings.length > 0;
  if (action !== 'clip' && action !== 'null') return;
  for (const finding of findings) {
    const { index } = finding.column;
    row.cells[index] = action === 'null' ? '' : clipped(row.cells[index] as string, finding);
    row.edited[index] = true;
  }
}

/** Of a bound and a fence on one side the tighter wins: a value is only ever moved inwards. */
function clipped(text: string, finding: Finding): string {
  const now = parseNumber(text);
  const before = parseNumber(finding.value);
  const isUpper = before > finding.clipTo;
  const to = isUpper ? Math.min(now, finding.clipTo) : Math.max(now, finding.clipTo);
  return formatNumber(to);
}
