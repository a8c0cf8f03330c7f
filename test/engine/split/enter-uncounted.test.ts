/** A first pass that enters spans by a guess: right for usual tables, and no row the less if not. */
import { describe, expect, test } from 'vitest';
import { RFC4180 } from '../../../src/csv/dialect.js';
import { createFastEngine } from '../../../src/engine/fast/fast-engine.js';
import { SAMPLE_LIMITS } from '../../../src/engine/split/limits.js';
import { settingsOf } from '../../../src/job/settings-of-options.js';
import { parseOptions } from '../../../src/options/parse-options.js';
import { builtModule } from '../../kernel/built-kernel.js';
import { runInSpans } from './run-in-spans.js';

const engine = createFastEngine(builtModule('kernel.wasm'));
const { rules } = settingsOf(
  parseOptions({ inputs: ['x.csv'], outliers: 'off', derive: ['share = v / max(v)'] }),
);

function clean(rows: readonly string[], spanBytes: number) {
  const bytes = Buffer.from(`v,note,w\n${rows.join('\n')}\n`);
  const room = { blockBytes: 1 << 19, outputBytes: 1 << 20 };
  const knobs = { spanBytes, ...room, limits: SAMPLE_LIMITS, wantsSamples: false };
  return runInSpans(engine, bytes, RFC4180, rules, knobs)!;
}

const ROWS = {
  'without quotes': (i: number) => `${i},word ${i},${i * 2}`,
  'with quoted line ends': (i: number) => `${i},"one, two\nthree, ""four"" ${i}",${i * 2}`,
  'with some quoted line ends': (i: number) => `${i},${i % 5 === 0 ? '"a\nb"' : 'c'},${i * 2}`,
};

describe.each(Object.entries(ROWS))('a table %s', (_what, rowOf) => {
  const rows = Array.from({ length: 2000 }, (_, i) => rowOf(i + 1));

  test('is read twice, and hardly a span is entered at a wrong place', () => {
    const run = clean(rows, 1000);
    expect(run.steps).toEqual(['measure', 'clean']);
    expect(run.reentered).toBeLessThanOrEqual(1);
    expect(run.report.rows).toMatchObject({ in: 2000, kept: 2000 });
    expect(run.output).toBe(clean(rows, 10_000_000).output);
  });
});

test('a table in quoted fields is entered in the wrong one, and still nothing is lost', () => {
  const inner = '7,8,9\n'.repeat(2000);
  const rows = ['1,a,2', `3,"${inner}",4`, '5,b,6'];
  const run = clean(rows, 1000);
  expect(run.reentered).toBeGreaterThan(1);
  expect(run.output).toBe(`v,note,w,share\n1,a,2,0.2\n3,"${inner}",4,0.6\n5,b,6,1\n`);
});
