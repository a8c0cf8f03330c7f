/** Expressions over blocks of rows, in small; the long runs stand in `vector.property.ts`. */
import { describe, expect, test } from 'vitest';
import { compileVector } from '../../../../src/engine/expression/vector/compile-vector.js';
import { createScratch } from '../../../../src/engine/expression/vector/scratch.js';
import { selectAll } from '../../../../src/engine/expression/vector/vectors.js';
import { compileFor, noCounts } from '../evaluate-one.js';
import { createCellBlock, valueAt } from './cell-block.js';
import { checkRows, checkVectors } from './check-vectors.js';

const seed = Number(process.env.SEED ?? 5_150);

describe('an expression over a block of rows', () => {
  test('has the values and counts of its closures, at random', () => {
    checkVectors(seed, 400, 100);
  });

  test.each([
    "t == if(true, null, 'x')",
    "t != if(true, null, 'x')",
    "if(a > 1, 1, t) == '1'",
    "lower(if(a > 1, 1.5, true)) == 'true'",
    "length(if(a > 1, a * 2, '')) == 1",
    "coalesce(t, '') == t",
    'if(a > 1, null, null)',
    'not if(a > 1, null, null)',
    'is_missing(if(a > 1, null, null))',
    'a == a and t == t and a <= t',
    '0 ** -a / 0 + -a * 0',
    'min(-a) + max(-a) + sum(-a)',
    'median(null) + count(null) + count() + count(lower(t))',
    '-(a * 0)',
    'round(-a / 10)',
  ])('has those of %s', (source) => {
    const cells = ['', 'NA', '0', '-0', '1', '2', '1.0', '0.5', 'x', 'É', '1e308', '-3'];
    checkRows(
      source,
      cells.flatMap((a) => cells.map((t) => [a, '', '', t])),
    );
  });
});

describe('a block', () => {
  test('is asked for nothing where no row is left', () => {
    const block = createCellBlock([
      ['1', 'x'],
      ['2', 'y'],
    ]);
    const asked: string[] = [];
    const source = {
      ...block,
      numbers(slot: number) {
        asked.push(`numbers ${slot}`);
        return block.numbers(slot);
      },
      texts(slot: number, selection: { readonly count: number }) {
        asked.push(`texts ${slot}, ${selection.count} rows`);
      },
    };
    const compiled = compileFor("if(a > 0 or b == 'x', 'yes', lower(b))", [
      ['a', 'cell'],
      ['b', 'cell'],
    ]);
    const vector = compileVector(compiled, 2).evaluate(source, selectAll(2), [], noCounts());
    expect([valueAt(vector, 0), valueAt(vector, 1)]).toEqual(['yes', 'yes']);
    expect(asked).toEqual(['numbers 0']);
  });

  test('needs few arrays for a long expression', () => {
    const scratch = createScratch();
    const sum = Array.from({ length: 200 }, (_, i) => `if(a > ${i}, a * 2, abs(a))`).join(' + ');
    const vector = compileVector(compileFor(sum, [['a', 'cell']]), 1, scratch);
    const block = createCellBlock([['1'], ['100'], ['']]);
    vector.evaluate(block, selectAll(3), [], noCounts());
    const { numbers, bytes, rows, values } = scratch;
    const lengths = [numbers, bytes, rows, values].map(({ items }) => items.length);
    expect(Math.max(...lengths)).toBeLessThan(6);
  });

  test('gives back all arrays when its source throws', () => {
    const scratch = createScratch();
    const vector = compileVector(compileFor('lower(a)', [['a', 'cell']]), 1, scratch);
    const block = createCellBlock([['1']]);
    const broken = {
      ...block,
      texts() {
        throw new Error('cut off');
      },
    };
    expect(() => vector.evaluate(broken, selectAll(1), [], noCounts())).toThrow('cut off');
    const large = createCellBlock([['A'], ['B']]);
    const result = vector.evaluate(large, selectAll(2), [], noCounts());
    expect([valueAt(result, 0), valueAt(result, 1)]).toEqual(['a', 'b']);
  });
});
