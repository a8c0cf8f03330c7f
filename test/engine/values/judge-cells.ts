/** What becomes of a column, told by its cells alone. */
import type { ColumnRules } from '../../../src/engine/column-rules.js';
import { addToEvidence, createColumnEvidence } from '../../../src/engine/values/column-evidence.js';
import { createConverter, textSteps } from '../../../src/engine/values/convert-cell.js';
import { judgeValues } from '../../../src/engine/values/judge-values.js';
import { planValues } from '../../../src/engine/values/plan-values.js';
import type { ColumnVerdict } from '../../../src/engine/values/verdict.js';

export interface JudgedCells {
  readonly verdict: ColumnVerdict;
  /** The cells as they are written. */
  readonly cells: readonly string[];
  /** The reasons of its findings, or the conventions of those that were converted. */
  readonly told: readonly string[];
}

/** The first cell stands in line 2. */
export function judgeCells(
  cells: readonly string[],
  rules: ColumnRules,
  name = 'amount',
): JudgedCells {
  const column = { index: 0, original: name, cleaned: name, name };
  const [planned] = planValues([column], rules, [], () => column);
  if (planned === undefined) throw new Error('the rules ask for nothing');
  const evidence = createColumnEvidence(planned.kinds);
  const mend = textSteps(rules);
  cells.forEach((cell, i) => {
    addToEvidence(evidence, mend?.(cell) ?? cell, planned.nulls, () => i + 2);
  });
  const verdict = judgeValues(planned, evidence);
  const converter = createConverter(planned, 0, verdict);
  return {
    verdict,
    cells: cells.map((cell) => converter?.convert(cell).text ?? cell),
    told: verdict.findings.map(({ rule, reason, convention }) => `${rule} ${reason ?? convention}`),
  };
}
