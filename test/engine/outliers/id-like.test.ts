import { describe, expect, test } from 'vitest';
import { NOTATION_LIMIT } from '../../../src/engine/outliers/column-sample.js';
import { ID_LIKE_WORDS, idLikeReason } from '../../../src/engine/outliers/id-like.js';
import { buildSample } from './build-sample.js';
import { createRandom, shuffle } from './distributions.js';

const none = () => false;
const random = createRandom(11);

function reasonFor(cells: readonly (number | string)[], isCandidate = none) {
  return idLikeReason(buildSample(cells), isCandidate);
}

/** Whole numbers of one to four digits, repeated and in no order. */
const counts = Array.from({ length: 200 }, (_, index) => ((index * index * 37) % 1500) % 211);

describe('idLikeReason by name', () => {
  test.each([
    'year',
    'birth_year',
    'customer_id',
    'zip_code',
    'lat',
    'pickup_longitude',
    'index',
    'tel_2',
    'epoch',
  ])('takes %s for an identifier', (name) => {
    expect(idLikeReason(buildSample(counts, { name }), none)).toMatch(/^the name says "/);
  });

  test.each(['yearly', 'width', 'idea', 'latency', 'codec', 'hotel', 'grid', 'longest', 'paid'])(
    'takes %s for a measurement: only whole words count',
    (name) => {
      expect(idLikeReason(buildSample(counts, { name }), none)).toBeNull();
    },
  );

  test('has a list of lower-case words without repeats', () => {
    expect(new Set(ID_LIKE_WORDS).size).toBe(ID_LIKE_WORDS.length);
    expect(ID_LIKE_WORDS.every((word) => /^[a-z]+$/.test(word))).toBe(true);
  });
});

describe('idLikeReason by value', () => {
  test('leaves repeated counts in no order alone', () => {
    expect(reasonFor(counts)).toBeNull();
  });

  test('takes a leading zero for an identifier, even with fractions about', () => {
    expect(reasonFor([...counts, '007'])).toMatch('leading zeros');
    expect(reasonFor([...counts, 1.5, '-007'])).toMatch('leading zeros');
    expect(reasonFor([...counts, '0', '0.5'])).toBeNull();
  });

  test('takes rising and falling integers for a sequence, some of them twice', () => {
    const rising = Array.from({ length: 100 }, (_, index) => index * 7919 + 3);
    expect(reasonFor(rising)).toMatch('in sequence');
    expect(reasonFor([...rising].reverse())).toMatch('in sequence');
    expect(reasonFor(rising.with(50, rising[49]!))).toMatch('in sequence');
  });

  test('takes sorted counts full of ties for measurements', () => {
    expect(reasonFor([...counts].sort((a, b) => b - a))).toBeNull();
  });

  test('takes different integers of one digit count for identifiers', () => {
    const codes = Array.from(
      { length: 100 },
      (_, index) => 100_000 + ((index * 7_919_003) % 899_999),
    );
    expect(new Set(codes).size).toBe(100);
    expect(reasonFor(codes)).toMatch('of one length');
    expect(reasonFor(codes.map((code) => -code))).toMatch('of one length');
    expect(reasonFor(codes.with(3, 12))).toBeNull();
    expect(reasonFor(codes.with(3, -codes[3]!))).toMatch('of one length');
  });

  test('lets one in a hundred repeat, not two', () => {
    const codes = Array.from(
      { length: 100 },
      (_, index) => 100_000 + ((index * 7_919_003) % 899_999),
    );
    expect(reasonFor(codes.with(9, codes[5]!))).toMatch('of one length');
    expect(reasonFor(codes.with(9, codes[5]!).with(8, codes[4]!))).toBeNull();
  });

  test('takes different integers for identifiers in a range of less than 20 n', () => {
    const numbers = (range: number) => {
      const spread = Array.from({ length: 98 }, (_, index) => 2 + index * 7);
      return shuffle([1, ...spread, range], random);
    };
    expect(reasonFor(numbers(1_999))).toMatch('dense range');
    expect(reasonFor(numbers(2_000))).toBeNull();
  });

  test('takes one fraction as the mark of a measurement', () => {
    const rising = Array.from({ length: 100 }, (_, index) => index * 7919 + 3);
    expect(reasonFor([...rising, 12.5])).toBeNull();
  });

  test('does not look at the candidates', () => {
    const rising = Array.from({ length: 100 }, (_, index) => index * 7919 + 3);
    const withCandidate = rising.with(40, 9e12);
    expect(reasonFor(withCandidate)).toBeNull();
    expect(idLikeReason(buildSample(withCandidate), (index) => index === 40)).toMatch(
      'in sequence',
    );
    expect(idLikeReason(buildSample(['00', 2.5]), (index) => index === 0)).toBeNull();
  });

  test('looks at the first 65,536 values only', () => {
    const rising = Array.from({ length: NOTATION_LIMIT }, (_, index) => index);
    expect(reasonFor([...rising, 3, 2, 1])).toMatch('in sequence');
    expect(reasonFor([3, 2, ...rising])).not.toMatch('in sequence');
  });
});
