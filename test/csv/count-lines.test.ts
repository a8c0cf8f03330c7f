/** Counting lines as `wc -l` does. */

import { describe, expect, test } from 'vitest';
import { countLineEnds } from '../../src/csv/count-lines.js';
import { toBytes } from './scan-all.js';

describe('countLineEnds', () => {
  const bytes = toBytes('a\r\n"b\nc"\r\rd\n');

  test('counts LF, inside quotes too, and CRLF once', () => {
    expect(countLineEnds(bytes, 0, bytes.length, 'lf')).toBe(3);
  });

  test('counts CR in CR files', () => {
    expect(countLineEnds(bytes, 0, bytes.length, 'cr')).toBe(3);
    expect(countLineEnds(toBytes('a\rb\nc\r'), 0, 6, 'cr')).toBe(2);
  });

  test('counts from start up to, not including, end', () => {
    expect(countLineEnds(bytes, 2, 5, 'lf')).toBe(1);
    expect(countLineEnds(bytes, 2, 6, 'lf')).toBe(2);
    expect(countLineEnds(bytes, 3, 3, 'lf')).toBe(0);
  });

  test('does not count a last line without its end', () => {
    expect(countLineEnds(toBytes('a\nb'), 0, 3, 'lf')).toBe(1);
  });
});
