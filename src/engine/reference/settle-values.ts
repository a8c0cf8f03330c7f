/** The first pass, where rules for values must see all of a column before they change a cell. */
import { needsVerdicts } from '../plan-table.js';
import { loadedValueTools } from '../values/load-values.js';
import { type Pass, walkAllRows } from './walk-pass.js';

/** Settles how the columns with rules for their values are read, and what converts them. */
export function settleValues(pass: Pass): void {
  const { plan, settled } = pass;
  if (plan.values.length === 0) return;
  const { createEvidences, addToEvidence, textSteps, judgeAll, createConverters } =
    loadedValueTools();
  const evidences = createEvidences(plan.values);
  const mends = plan.values.map(({ rules }) => textSteps(rules));
  if (needsVerdicts(plan)) {
    for (const { cells, walked } of walkAllRows(pass, undefined, false)) {
      plan.values.forEach(({ column, nulls }, i) => {
        const evidence = evidences[i]!;
        if (evidence === null) return;
        const text = cells[column.index] as string;
        addToEvidence(evidence, mends[i]?.(text) ?? text, nulls, () => walked.line);
      });
    }
  }
  settled.values = judgeAll(plan.values, evidences);
  pass.converters = createConverters(plan.values, settled.values);
}
