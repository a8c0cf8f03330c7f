/** The fast engine against the reference engine: the property that short and long runs share. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { CsvcleanError } from '../../../src/base/error.js';
import { createMemoryBudget } from '../../../src/base/memory-budget.js';
import type { Dialect } from '../../../src/csv/dialect.js';
import { type ByteSource, sourceOf } from '../../../src/engine/byte-source.js';
import type { Engine, Reject, TableReport } from '../../../src/engine/engine.js';
import { createFastEngine } from '../../../src/engine/fast/fast-engine.js';
import { PLAIN_LAYOUT } from '../../../src/engine/layout.js';
import { needsOneLook } from '../../../src/engine/plan-table.js';
import { readHeader } from '../../../src/engine/read-header.js';
import { referenceEngine } from '../../../src/engine/reference/reference-engine.js';
import type { Rules } from '../../../src/engine/rules.js';
import { createStreamSource } from '../../../src/engine/stream-source.js';
import { builtModule } from '../../kernel/built-kernel.js';
import { createMemorySpill } from '../../support/memory-spill.js';
import { toDialect } from '../reference/clean-bytes.js';
import { drawFrom, randomRules } from '../reference/random-rules.js';
import { type RandomTable, randomTable } from '../reference/random-table.js';
import { hostileTable } from '../reference/split-records.js';

/** How often each thing happened, so that a run that tests nothing shows. */
export type Seen = Map<string, number>;

/** Sizes that must not be seen in the result, and whether it has examples. */
interface Sizes {
  readonly blockBytes: number;
  readonly residentBytes: number;
  readonly outputBytes: number;
  readonly sectionBytes: number;
  readonly wantsSamples: boolean;
  /** When given, the bytes come as a stream, so many at a time and fewer, where the rules allow. */
  readonly pieceBytes: number | null;
}

const sizes = fc.record({
  blockBytes: fc.oneof(fc.integer({ min: 1, max: 200 }), fc.constant(1 << 19)),
  residentBytes: fc.constantFrom(0, 1 << 26),
  outputBytes: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constant(1 << 20)),
  sectionBytes: fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.constant(1 << 20)),
  wantsSamples: fc.boolean(),
  pieceBytes: fc.constantFrom(null, 1, 2, 7, 64, 1000),
});

const ruleDraws = fc.array(fc.nat(9999), { minLength: 80, maxLength: 80 });

interface Outcome {
  readonly output: string;
  readonly rejects: readonly Reject[];
  readonly report: Omit<TableReport, 'engine'>;
}

/** What the engine makes of the bytes, or the error as text. */
export function outcomeOf(
  engine: Engine,
  bytes: Uint8Array,
  dialect: Dialect,
  rules: Rules,
  more: Partial<Sizes> = {},
): Outcome | string {
  const output: Buffer[] = [];
  const rejects: Reject[] = [];
  const budget = createMemoryBudget(1 << 28);
  const { pieceBytes = null } = more;
  const isStream = pieceBytes !== null && needsOneLook(rules);
  const source = isStream ? streamOf(bytes, pieceBytes) : sourceOf(bytes);
  const limits = { budget, maxRecordBytes: 1 << 24, layout: PLAIN_LAYOUT };
  const spill = createMemorySpill();
  const context = { dialect, rules, ...limits, spill, onProgress() {}, ...more };
  try {
    const report = engine.clean(source, readHeader(source, context), context, {
      output: (part) => output.push(Buffer.from(part)),
      reject: (reject) => rejects.push(reject),
    });
    expect(budget.reservedBytes).toBe(0);
    expect(report.engine).toBe(engine.name);
    const { engine: _, ...found } = report;
    return { output: Buffer.concat(output).toString(), rejects, report: found };
  } catch (error) {
    if (!(error instanceof CsvcleanError)) throw error;
    return `${error.code}: ${error.message} ${JSON.stringify(error.place)}`;
  }
}

/** Gives a piece at a time: 1 – `pieceBytes` bytes of what is left. */
function streamOf(bytes: Uint8Array, pieceBytes: number): ByteSource {
  let given = 0;
  return createStreamSource((room) => {
    const wanted = 1 + ((given * 7919) % pieceBytes);
    const piece = bytes.subarray(given, given + Math.min(wanted, room.length));
    room.set(piece);
    given += piece.length;
    return piece.length;
  });
}

/** Random tables, or any text, by random rules: the same bytes, rejects and report. */
export function checkEqual(seed: number, numRuns: number, tables: 'random' | 'hostile'): Seen {
  const seen: Seen = new Map();
  const fast = createFastEngine(builtModule('kernel.wasm'));
  const arbitrary: fc.Arbitrary<RandomTable> = tables === 'random' ? randomTable : hostileTable;
  fc.assert(
    fc.property(arbitrary, ruleDraws, sizes, (table, draws, knobs) => {
      const rules = withFewGroups(randomRules(table, drawFrom(draws)).rules, draws[79]!);
      const dialect = toDialect(table.dialect);
      const expected = outcomeOf(referenceEngine, table.bytes, dialect, rules, {
        wantsSamples: knobs.wantsSamples,
      });
      const found = outcomeOf(fast, table.bytes, dialect, rules, knobs);
      const told = JSON.stringify({ rules, input: table.bytes.toString() }, null, 1);
      expect(found, told).toEqual(expected);
      note(seen, expected);
      if (/ by `| by \(/.test(`${rules.where}${rules.derive}`))
        seen.set('groups', 1 + (seen.get('groups') ?? 0));
      if (knobs.residentBytes === 0 && typeof found !== 'string' && found.report.rows.duplicate > 0)
        seen.set('spilled', 1 + (seen.get('spilled') ?? 0));
      if (knobs.pieceBytes !== null && needsOneLook(rules))
        seen.set('streams', 1 + (seen.get('streams') ?? 0));
    }),
    { seed, numRuns },
  );
  return seen;
}

/** Now and then a limit that the groups of expressions meet. */
export function withFewGroups(rules: Rules, draw: number): Rules {
  const isFew = draw % 4 === 0 && rules.outliers.groupBy.length === 0;
  return isFew ? { ...rules, maxGroups: 1 + (draw % 5) } : rules;
}

function note(seen: Seen, outcome: Outcome | string): void {
  const names =
    typeof outcome === 'string'
      ? [outcome.split(':')[0]!]
      : [
          ...Object.entries(outcome.report.rows).filter(([, count]) => count > 0),
          ...outcome.report.rejectedByRule,
          ...Object.entries(outcome.report.repairs).filter(([, count]) => count > 0),
        ].map(([name]) => name);
  for (const name of new Set(names)) seen.set(name, (seen.get(name) ?? 0) + 1);
}
