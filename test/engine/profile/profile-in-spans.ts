/** Profiles bytes in spans on one thread: the passes that `job/profile-tables` has workers run. */
import { createMemoryBudget } from '../../../src/base/memory-budget.js';
import { RFC4180 } from '../../../src/csv/dialect.js';
import { sourceOf } from '../../../src/engine/byte-source.js';
import type { FastEngine } from '../../../src/engine/fast/fast-engine.js';
import { PLAIN_LAYOUT } from '../../../src/engine/layout.js';
import { planTable } from '../../../src/engine/plan-table.js';
import { readHeader } from '../../../src/engine/read-header.js';
import type { Rules } from '../../../src/engine/rules.js';
import type { MeasureRequest, Measures } from '../../../src/engine/split/measures.js';
import { planSpans } from '../../../src/engine/split/span.js';
import type { SpanWork } from '../../../src/engine/split/span-engine.js';
import {
  countTable,
  measureTable,
  type Step,
  type Steps,
} from '../../../src/engine/split/table-steps.js';

/** Runs measuring passes over `bytes`. */
export function openInSpans(
  engine: FastEngine,
  bytes: Uint8Array,
  rules: Rules,
  knobs: { readonly spanBytes: number; readonly blockBytes: number },
) {
  const source = sourceOf(bytes);
  const budget = createMemoryBudget(1 << 28);
  const dialect = RFC4180;
  const room = { budget, maxRecordBytes: 1 << 24, layout: PLAIN_LAYOUT };
  const context = { dialect, rules, ...room, onProgress() {}, blockBytes: knobs.blockBytes };
  const header = readHeader(source, context);
  const plan = planTable(header.names, rules, header.lead);
  const spans = planSpans(header.dataStart.offsetBytes, bytes.length, knobs.spanBytes);
  const runStep = (step: Step): void => {
    if (step.kind === 'count') {
      for (const span of step.spans) step.take(engine.spans.countSpan(source, span, context));
    }
    if (step.kind !== 'measure') return;
    const { settled, request } = step;
    for (const work of step.work) {
      for (let next: SpanWork | null = work; next !== null; ) {
        const one = engine.spans.measureSpan(source, header, context, next, settled, request);
        next = step.take(structuredClone(one));
      }
    }
  };
  const runAll = <T>(steps: Steps<T>): T => {
    let now = steps.next();
    while (now.done !== true) {
      runStep(now.value);
      now = steps.next();
    }
    return now.value;
  };
  const sizes = { sizeBytes: bytes.length, memoryBytes: budget.limitBytes };
  const table = { plan, header, spans, ...sizes, wantsSamples: false };
  const run = runAll(countTable(table));
  return {
    plan,
    measure: (request: MeasureRequest): Measures => {
      const ask = { request, firstSpan: 0, lastSpan: spans.length - 1 };
      const measures = runAll(measureTable(run, ask));
      if (budget.reservedBytes !== 0) throw new Error('memory was not given back');
      return measures;
    },
  };
}
