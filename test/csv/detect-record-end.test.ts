/** Which samples are taken for CR files. */

import { describe, expect, test } from 'vitest';
import { detectRecordEnd } from '../../src/csv/detect-record-end.js';
import type { RecordEnd } from '../../src/csv/dialect.js';
import { toBytes } from './scan-all.js';

describe('detectRecordEnd', () => {
  test.each<[string, RecordEnd]>([
    ['', 'lf'],
    ['a,b', 'lf'],
    ['a,b\nc,d\n', 'lf'],
    ['a,b\r\nc,d\r\n', 'lf'],
    ['a,b\rc,d\r', 'cr'],
    ['a,b\r', 'cr'],
    ['"a\nb",c\rd,e\r', 'lf'],
    ['a\rb\rc\n', 'lf'],
  ])('reads %j as %s', (sample, recordEnd) => {
    expect(detectRecordEnd(toBytes(sample))).toBe(recordEnd);
  });
});
