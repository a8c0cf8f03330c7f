/** Did-you-mean: what counts as near, and which of several near words wins. */
import { describe, expect, test } from 'vitest';
import { editDistance, suggest } from '../../src/base/suggest.js';

describe('suggest', () => {
  test.each([
    ['valeu', ['name', 'value'], 'value'],
    ['rond', ['round', 'floor'], 'round'],
    ['MAX', ['min', 'max'], 'max'],
    ['vend', ['id', 'vendor_name'], 'vendor_name'],
    ['Vend', ['id', 'vendor_name'], 'vendor_name'],
    ['amuont', ['amount', 'amounts'], 'amount'],
    ['xyz', ['value', 'name'], null],
    ['toString', ['trim', 'round'], null],
    ['', ['a'], null],
    ['a', ['b'], null],
    ['a', ['A'], 'A'],
    ['v', ['value'], null],
    ['__proto__', ['__proto_', 'value'], '__proto_'],
  ])('finds for %j among %j: %j', (word, among, expected) => {
    expect(suggest(word, among)).toBe(expected);
  });

  test('prefers the smaller distance, then the earlier word', () => {
    expect(suggest('total', ['totals_', 'totals', 'totale'])).toBe('totals');
    expect(suggest('cost', ['cast', 'post'])).toBe('cast');
    expect(suggest('cost', ['post', 'cast'])).toBe('post');
  });

  test('prefers a misspelling to a mere prefix', () => {
    expect(suggest('amt', ['amt_in_euros', 'amd'])).toBe('amd');
  });

  test('stays quick for words of any length', () => {
    const long = 'a'.repeat(50_000);
    expect(suggest(long, [`${long.slice(1)}b`, 'a'])).toBeNull();
    expect(suggest(long, [long.toUpperCase()])).toBe(long.toUpperCase());
  });
});

describe('editDistance', () => {
  test.each([
    ['', '', 0],
    ['abc', '', 3],
    ['abc', 'acb', 1],
    ['abc', 'abd', 1],
    ['abc', 'abcd', 1],
    ['ca', 'abc', 3],
    ['kitten', 'sitting', 3],
  ])('of %j and %j is %i', (a, b, expected) => {
    expect(editDistance(a, b)).toBe(expected);
    expect(editDistance(b, a)).toBe(expected);
  });
});
