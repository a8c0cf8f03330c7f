/** Cleans bytes in spans on one thread, each step on its spans in an order of the test's choice. */
import { createMemoryBudget } from '../../../src/base/memory-budget.js';
import type { Dialect } from '../../../src/csv/dialect.js';
import { sourceOf } from '../../../src/engine/byte-source.js';
import type { Reject, TableReport } from '../../../src/engine/engine.js';
import type { FastEngine } from '../../../src/engine/fast/fast-engine.js';
import { PLAIN_LAYOUT } from '../../../src/engine/layout.js';
import { planTable } from '../../../src/engine/plan-table.js';
import { readHeader } from '../../../src/engine/read-header.js';
import type { Rules } from '../../../src/engine/rules.js';
import { canSplit, cleanInSpans } from '../../../src/engine/split/clean-in-spans.js';
import type { SampleLimits } from '../../../src/engine/split/limits.js';
import { planSpans } from '../../../src/engine/split/span.js';
import type { SpanCleaned, SpanWork } from '../../../src/engine/split/span-engine.js';
import type { Step } from '../../../src/engine/split/table-steps.js';
import { createMemorySpill } from '../../support/memory-spill.js';

export interface SpanKnobs {
  readonly spanBytes: number;
  readonly blockBytes: number;
  readonly outputBytes: number;
  readonly sectionBytes?: number;
  readonly limits: SampleLimits;
  readonly wantsSamples: boolean;
}

export interface SplitRun {
  readonly output: string;
  readonly rejects: readonly Reject[];
  readonly report: Omit<TableReport, 'engine'>;
  /** Steps run, and how many spans were entered at a wrong place. */
  readonly steps: readonly Step['kind'][];
  readonly reentered: number;
}

/** Null where the rules keep a table in one piece. */
export function runInSpans(
  engine: FastEngine,
  bytes: Uint8Array,
  dialect: Dialect,
  rules: Rules,
  knobs: SpanKnobs,
): SplitRun | null {
  const source = sourceOf(bytes);
  const budget = createMemoryBudget(1 << 28);
  const layout = PLAIN_LAYOUT;
  const room = { budget, maxRecordBytes: 1 << 24 };
  const spill = createMemorySpill();
  const context = { dialect, rules, ...room, layout, spill, onProgress() {}, ...knobs };
  const header = readHeader(source, context);
  if (header.names.length === 0) return null;
  const plan = planTable(header.names, rules, header.lead);
  if (!canSplit(plan)) return null;
  const spans = planSpans(header.dataStart.offsetBytes, bytes.length, knobs.spanBytes);
  const output: Buffer[] = [];
  const rejects: Reject[] = [];
  const steps: Step['kind'][] = [];
  let reentered = 0;

  /** In order, each from where the one before it ended. */
  const clean = (step: Extract<Step, { kind: 'clean' }>): SpanCleaned[] => {
    let from = header.dataStart;
    return step.work.map((work) => {
      const attempt = (one: SpanWork) => {
        const parts: Buffer[] = [];
        const found: Reject[] = [];
        const result = engine.spans.cleanSpan(source, header, context, one, step.settled, {
          output: (part) => parts.push(Buffer.from(part)),
          reject: (reject) => found.push(reject),
        });
        return { result: structuredClone(result), parts, found };
      };
      let done = attempt(work);
      const start = done.result?.start ?? null;
      if (start === null || start.offsetBytes !== from.offsetBytes) {
        if (start !== null || from.offsetBytes < Math.min(work.span.endBytes, bytes.length)) {
          reentered++;
        }
        done = attempt({ ...work, start: from });
      }
      output.push(...done.parts);
      rejects.push(...done.found);
      from = done.result!.end!;
      return done.result!;
    });
  };
  const run = (step: Step): void => {
    steps.push(step.kind);
    switch (step.kind) {
      case 'count':
        for (const span of step.spans) step.take(engine.spans.countSpan(source, span, context));
        break;
      case 'measure':
        for (const work of step.work) {
          for (let next: SpanWork | null = work; next !== null; ) {
            const { settled, request } = step;
            const one = engine.spans.measureSpan(source, header, context, next, settled, request);
            next = step.take(structuredClone(one));
            if (next !== null) reentered++;
          }
        }
        break;
      case 'merge':
        for (const request of step.requests) {
          step.take(engine.spans.mergeKeys(context, structuredClone(request)));
        }
        for (const { stream } of step.requests[0]?.streams ?? []) spill.drop(stream);
        break;
      case 'clean':
        for (const cleaned of clean(step)) step.take(cleaned);
        break;
    }
  };
  const { limits, wantsSamples } = knobs;
  const table = {
    ...{ plan, header, sizeBytes: bytes.length, spans, wantsSamples },
    memoryBytes: budget.limitBytes,
  };
  const all = cleanInSpans(table, limits);
  let now = all.next();
  while (now.done !== true) {
    run(now.value);
    now = all.next();
  }
  if (budget.reservedBytes !== 0) throw new Error('memory was not given back');
  const { engine: _, ...report } = now.value;
  return { output: Buffer.concat(output).toString(), rejects, report, steps, reentered };
}
