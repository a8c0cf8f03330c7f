/** Split against whole: the property that short and long runs share. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { CsvcleanError } from '../../../src/base/error.js';
import { createFastEngine } from '../../../src/engine/fast/fast-engine.js';
import { referenceEngine } from '../../../src/engine/reference/reference-engine.js';
import type { Rules } from '../../../src/engine/rules.js';
import { builtModule } from '../../kernel/built-kernel.js';
import { outcomeOf, withFewGroups } from '../fast/check-equal.js';
import { toDialect } from '../reference/clean-bytes.js';
import { drawFrom, randomRules } from '../reference/random-rules.js';
import { type RandomTable, randomTable } from '../reference/random-table.js';
import { hostileTable } from '../reference/split-records.js';
import { runInSpans } from './run-in-spans.js';

const knobs = fc.record({
  spanBytes: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 2000 })),
  blockBytes: fc.oneof(fc.integer({ min: 1, max: 200 }), fc.constant(1 << 19)),
  outputBytes: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constant(1 << 20)),
  sectionBytes: fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.constant(1 << 20)),
  limits: fc.record({
    perColumn: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constant(1 << 19)),
    inAll: fc.constant(1 << 22),
  }),
  wantsSamples: fc.boolean(),
});

const ruleDraws = fc.array(fc.nat(9999), { minLength: 80, maxLength: 80 });

/** How often each thing happened, so that a run that tests nothing shows. */
export type Seen = Map<string, number>;

/**
 * Now and then a median, or an aggregate by groups, in the filter or in a column, of any column
 * that can be named plainly.
 */
function withAggregates(rules: Rules, { header }: RandomTable, draw: number): Rules {
  const names = rules.hasHeader
    ? header.map(([name]) => name)
    : header.map((_, i) => `column_${i + 1}`);
  const plain = names.filter((name) => /^[a-z]\w*$/.test(name));
  const name = plain[draw % Math.max(1, plain.length)];
  if (name === undefined || draw % 5 > 1 || rules.outliers.groupBy.length > 0) return rules;
  const column = `\`${name}\``;
  if (draw % 5 === 1) {
    const by = `\`${plain[(draw >> 3) % plain.length]}\``;
    if (draw % 2 === 0) return { ...rules, where: `${column} <= mean(${column}) by ${by} + 3` };
    const derive = [
      `deviation = (${column} - mean(${column}) by ${by}) / std(${column}) by ${by}`,
      `sign = if(deviation < 0, 'below', 'above')`,
      `share = count() by (${by}, sign) / count() by sign + sum(deviation) by (sign, ${by})`,
    ];
    return { ...rules, derive: [...rules.derive, ...derive] };
  }
  if (draw % 2 === 0) return { ...rules, where: `${column} <= median(${column}) + 3` };
  const derive = [
    `from_middle = ${column} - median(${column})`,
    'twice = from_middle / median(from_middle)',
  ];
  return { ...rules, derive: [...rules.derive, ...derive] };
}

/** Random tables, or any text, by random rules: the same bytes, rejects and report in spans. */
export function checkSplit(seed: number, numRuns: number, tables: 'random' | 'hostile'): Seen {
  const seen: Seen = new Map();
  const note = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1);
  const engine = createFastEngine(builtModule('kernel.wasm'));
  const arbitrary: fc.Arbitrary<RandomTable> = tables === 'random' ? randomTable : hostileTable;
  fc.assert(
    fc.property(arbitrary, ruleDraws, knobs, (table, draws, chosen) => {
      const random = withFewGroups(randomRules(table, drawFrom(draws)).rules, draws[78]!);
      const rules = withAggregates(random, table, draws[79]!);
      const dialect = toDialect(table.dialect);
      const { wantsSamples } = chosen;
      const expected = outcomeOf(referenceEngine, table.bytes, dialect, rules, { wantsSamples });
      const told = JSON.stringify({ rules, chosen, input: table.bytes.toString() }, null, 1);
      try {
        const found = runInSpans(engine, table.bytes, dialect, rules, chosen);
        if (found === null) return note('whole');
        const { steps, reentered, ...outcome } = found;
        expect(outcome, told).toEqual(expected);
        note('split');
        if (reentered > 0) note('reentered');
        if (steps.length > 2) note('measured');
        if (`${rules.where}${rules.derive}`.includes('median')) note('median');
        if (/ by `| by \(/.test(`${rules.where}${rules.derive}`)) note('groups');
        if (steps.length > 4) note('measured several times');
        if (found.rejects.length > 0) note('rejects');
        if (found.report.rows.duplicate > 0) note('duplicates');
        if (found.rejects.some(({ message }) => message.includes('(unique)'))) note('unique');
        if (found.report.outlierColumns.some(({ outlierCount }) => outlierCount > 0)) {
          note('outliers');
        }
      } catch (error) {
        if (!(error instanceof CsvcleanError)) throw error;
        expect(`${error.code}: ${error.message} ${JSON.stringify(error.place)}`, told).toBe(
          expected,
        );
        note('refused');
        if (error.code === 'TOO_MANY_GROUPS') note('too many groups');
      }
    }),
    { seed, numRuns },
  );
  return seen;
}
