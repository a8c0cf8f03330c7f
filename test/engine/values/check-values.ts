/** Rules for values on every engine: the property that short and long runs share. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { CsvcleanError } from '../../../src/base/error.js';
import { RFC4180 } from '../../../src/csv/dialect.js';
import type { ColumnRules } from '../../../src/engine/column-rules.js';
import { createFastEngine } from '../../../src/engine/fast/fast-engine.js';
import { referenceEngine } from '../../../src/engine/reference/reference-engine.js';
import type { Rules } from '../../../src/engine/rules.js';
import { builtModule } from '../../kernel/built-kernel.js';
import { outcomeOf } from '../fast/check-equal.js';
import { runInSpans } from '../split/run-in-spans.js';
import { valueTable } from './random-values.js';

/** How often each thing happened, so that a run that tests nothing shows. */
export type Seen = Map<string, number>;

const SCHEMAS: readonly ColumnRules[] = [
  ...[{}, {}, { required: true }, { min: 0, max: 1000 }, { unique: true }],
  { type: 'date' },
  { type: 'boolean' },
  { type: 'number', onInvalid: 'null' },
  { pattern: '^[0-9-]', max: 99 },
  { allowed: ['1', 'true', ''], onInvalid: 'null' },
];

const knobs = fc.record({
  spanBytes: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 2000 })),
  blockBytes: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constant(1 << 19)),
  residentBytes: fc.constantFrom(0, 1 << 26),
  outputBytes: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constant(1 << 20)),
  wantsSamples: fc.boolean(),
  pieceBytes: fc.constantFrom(null, 1, 64),
  isUnique: fc.boolean(),
  schema: fc.constantFrom(...SCHEMAS),
});

/** What follows values sees them converted: a schema for the columns named, and duplicates. */
function withSchema(rules: Rules, schema: ColumnRules, isUnique: boolean): Rules {
  const columns = rules.columns.map((one) => ({ ...one, rules: { ...one.rules, ...schema } }));
  const dedup = isUnique ? { columns: [], keep: 'first' as const } : null;
  return { ...rules, columns, dedup };
}

const limits = { perColumn: 1 << 19, inAll: 1 << 22 };

/** The fast engine whole, as a stream where the rules allow, and in spans: as the reference. */
export function checkValues(seed: number, numRuns: number): Seen {
  const seen: Seen = new Map();
  const note = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1);
  const fast = createFastEngine(builtModule('kernel.wasm'));
  fc.assert(
    fc.property(valueTable, knobs, ({ bytes, rules: drawn }, chosen) => {
      const { wantsSamples } = chosen;
      const rules = withSchema(drawn, chosen.schema, chosen.isUnique);
      const expected = outcomeOf(referenceEngine, bytes, RFC4180, rules, { wantsSamples });
      const told = JSON.stringify({ rules, chosen, input: bytes.toString() }, null, 1);
      expect(outcomeOf(fast, bytes, RFC4180, rules, chosen), told).toEqual(expected);
      let inSpans: unknown;
      try {
        const found = runInSpans(fast, bytes, RFC4180, rules, { ...chosen, limits });
        if (found === null) return note('whole');
        const { steps, reentered, ...outcome } = found;
        inSpans = outcome;
        note('split');
      } catch (error) {
        if (!(error instanceof CsvcleanError)) throw error;
        inSpans = `${error.code}: ${error.message} ${JSON.stringify(error.place)}`;
      }
      expect(inSpans, told).toEqual(expected);
      if (typeof expected === 'string') return note(expected.split(':')[0]!);
      for (const { changed, misfits, findings } of expected.report.values ?? []) {
        for (const { rule } of changed) note(rule);
        if (misfits > 0) note('misfits');
        for (const { rule, reason } of findings) note(`${rule} ${reason ?? 'converted'}`);
      }
      for (const [rule] of expected.report.rejectedByRule) note(rule);
    }),
    { seed, numRuns },
  );
  return seen;
}

/** What was converted once stays: the output, cleaned again by the same rules. */
export function checkAgain(seed: number, numRuns: number): number {
  const fast = createFastEngine(builtModule('kernel.wasm'));
  let changedTables = 0;
  fc.assert(
    fc.property(valueTable, ({ bytes, rules }) => {
      const plain: Rules = {
        ...rules,
        // A row of nothing but NA is a blank one then.
        keepBlank: true,
        ...{ where: null, dedup: null, derive: [], bounds: [], columns: [], select: null },
        outliers: { ...rules.outliers, method: { kind: 'off' } },
        values: { numbers: 'auto', dates: 'auto', booleans: 'auto', nulls: 'auto', squeeze: true },
      };
      const first = outcomeOf(fast, bytes, RFC4180, plain);
      if (typeof first === 'string') return;
      const again = outcomeOf(fast, Buffer.from(first.output), RFC4180, plain);
      expect(again, first.output).toMatchObject({ output: first.output, rejects: [] });
      const { values = [] } = first.report;
      if (values.some(({ changed }) => changed.length > 0)) changedTables++;
    }),
    { seed, numRuns },
  );
  return changedTables;
}
