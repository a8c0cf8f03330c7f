/** Walking an input through a window that moves and grows: places, limits and memory. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CsvcleanError } from '../../src/base/error.js';
import { createMemoryBudget } from '../../src/base/memory-budget.js';
import { type Dialect, RFC4180 } from '../../src/csv/dialect.js';
import { type ByteSource, sourceOf } from '../../src/engine/byte-source.js';
import { START, type WalkLimits, walkRecords } from '../../src/engine/walk-records.js';

const seed = Number(process.env.SEED ?? 41);

/** What a walk saw of one record, copied out of the window. */
interface Seen {
  readonly text: string;
  readonly fields: readonly string[];
  readonly line: number;
  readonly offsetBytes: number;
}

function limitsOf(more: Partial<WalkLimits> = {}): WalkLimits {
  return {
    dialect: RFC4180,
    budget: createMemoryBudget(1 << 26),
    maxRecordBytes: 1 << 20,
    rules: { maxFieldBytes: 1 << 20 },
    ...more,
  };
}

function walkAll(source: ByteSource, limits = limitsOf(), from = START): readonly Seen[] {
  const seen: Seen[] = [];
  for (const { bytes, record, start, line, offsetBytes } of walkRecords(source, limits, from)) {
    const textOf = (a: number, b: number): string => Buffer.from(bytes.subarray(a, b)).toString();
    const fields = Array.from({ length: record.fieldCount }, (_, i) =>
      textOf(record.starts[i]!, record.ends[i]!),
    );
    seen.push({ text: textOf(start, record.contentEnd), fields, line, offsetBytes });
  }
  expect(limits.budget.reservedBytes).toBe(0);
  return seen;
}

function walkText(text: string, more: Partial<WalkLimits> = {}): readonly Seen[] {
  return walkAll(sourceOf(Buffer.from(text)), limitsOf(more));
}

/** What `work` throws, which must be one of our errors. */
function refusal(work: () => unknown): CsvcleanError {
  try {
    work();
  } catch (error) {
    if (error instanceof CsvcleanError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

const CR: Dialect = { ...RFC4180, recordEnd: 'cr' };

describe('walkRecords', () => {
  test('gives every record with its fields, line and byte offset', () => {
    expect(walkText('é,b\r\n"x\ny",2\n\nlast')).toEqual([
      { text: 'é,b', fields: ['é', 'b'], line: 1, offsetBytes: 0 },
      { text: '"x\ny",2', fields: ['"x\ny"', '2'], line: 2, offsetBytes: 6 },
      { text: '', fields: [''], line: 4, offsetBytes: 14 },
      { text: 'last', fields: ['last'], line: 5, offsetBytes: 15 },
    ]);
  });

  test('counts CR as line ends, and LF not, in a file whose records end in CR', () => {
    expect(walkText('a\n1\rb\r', { dialect: CR }).map(({ line }) => line)).toEqual([1, 2]);
  });

  test('finds nothing in an empty input, nor after a byte order mark alone', () => {
    expect(walkText('')).toEqual([]);
    expect(walkText('\ufeff')).toEqual([]);
  });

  test('passes over one byte order mark at the very start, and counts its three bytes', () => {
    expect(walkText('\ufeffa\n\ufeffb')).toEqual([
      { text: 'a', fields: ['a'], line: 1, offsetBytes: 3 },
      { text: '\ufeffb', fields: ['\ufeffb'], line: 2, offsetBytes: 5 },
    ]);
    expect(walkText('\ufeff\ufeffa')[0]).toMatchObject({ text: '\ufeffa', offsetBytes: 3 });
  });

  test('begins anywhere it is told, and takes the line from there', () => {
    const source = sourceOf(Buffer.from('\ufeffa\nb\nc\n'));
    const limits = limitsOf();
    expect(walkAll(source, limits, { offsetBytes: 5, line: 2 })).toEqual([
      { text: 'b', fields: ['b'], line: 2, offsetBytes: 5 },
      { text: 'c', fields: ['c'], line: 3, offsetBytes: 7 },
    ]);
    expect(walkAll(source, limits, { offsetBytes: 9, line: 4 })).toEqual([]);
  });

  test('gives the same for every window, and for a source that reads in small pieces', () => {
    const text = fc
      .array(
        fc.constantFrom(...['"', '""', ',', '\n', '\r\n', '\r', 'a', 'é', '\ufeff', '漢字 ']),
        {
          maxLength: 60,
        },
      )
      .map((pieces) => pieces.join(''));
    const property = fc.property(
      text,
      fc.nat(7),
      fc.constantFrom(RFC4180, CR),
      (all, at, dialect) => {
        const bytes = Buffer.from(all);
        const whole = walkAll(sourceOf(bytes), limitsOf({ dialect }));
        for (const windowBytes of [3, 4, 5, 8 + at, 64]) {
          const limits = limitsOf({ dialect, windowBytes });
          expect(walkAll(sourceOf(bytes), limits)).toEqual(whole);
          expect(walkAll(inPieces(bytes, at + 1), limits)).toEqual(whole);
        }
      },
    );
    console.log(`seed ${seed}`);
    fc.assert(property, { seed, numRuns: 300 });
  });

  test('gives a record at every edge of the window it really uses', () => {
    const windowBytes = 1 << 18;
    for (const over of [-3, -2, -1, 0, 1, 2]) {
      const first = `"${'x'.repeat(windowBytes + over - 4)}"`;
      const seen = walkText(`${first}\r\nab\n`);
      expect(seen.map(({ offsetBytes }) => offsetBytes)).toEqual([0, first.length + 2]);
      expect(seen[1]).toMatchObject({ text: 'ab', line: 2 });
    }
  });
});

/** A source that gives at most `pieceBytes` a call. */
function inPieces(bytes: Buffer, pieceBytes: number): ByteSource {
  const whole = sourceOf(bytes);
  return {
    sizeBytes: bytes.length,
    read: (target, offset) => whole.read(target.subarray(0, pieceBytes), offset),
  };
}

describe('a record that is too long', () => {
  const before = 'a,b\n"q\nq",1\n';

  test('is refused with its line, offset and a remedy', () => {
    const long = `"${'x'.repeat(50)}`;
    const error = refusal(() => walkText(`${before}${long}`, { maxRecordBytes: 40 }));
    expect(error.code).toBe('RECORD_TOO_LONG');
    expect(error.message).toBe('a record is longer than 40 bytes');
    expect(error.place).toEqual({ line: 4, byteOffset: 12 });
    expect(error.remedy).toMatch(/^A quote is probably never closed .* set --quote none\./);
  });

  test('is judged without its line end, at exactly the limit, in any window', () => {
    for (const windowBytes of [3, 7, 16, 1 << 18]) {
      for (const end of ['\n', '\r\n', '']) {
        const walk = (length: number) =>
          walkText(`${before}${'x'.repeat(length)}${end}`, { maxRecordBytes: 40, windowBytes });
        expect(walk(40)).toHaveLength(3);
        const error = refusal(() => walk(41));
        expect(error.place).toEqual({ line: 4, byteOffset: 12 });
      }
    }
  });

  test('is refused before it is read to its end', () => {
    let readBytes = 0;
    const endless: ByteSource = {
      sizeBytes: 2 ** 40,
      read: (target) => {
        readBytes += target.length;
        target.fill(0x78);
        return target.length;
      },
    };
    const limits = limitsOf({ maxRecordBytes: 1 << 20 });
    expect(refusal(() => walkAll(endless, limits)).code).toBe('RECORD_TOO_LONG');
    expect(readBytes).toBeLessThan(4 << 20);
    expect(limits.budget.reservedBytes).toBe(0);
  });
});

describe('the memory budget of a walk', () => {
  test('holds one small window whatever the size of the input', () => {
    const budget = createMemoryBudget(1 << 18);
    const text = 'abc,def\n'.repeat(200_000);
    expect(walkText(text, { budget })).toHaveLength(200_000);
  });

  test('grows with the longest record, and is refused beyond the limit', () => {
    const walk = (recordBytes: number, limitBytes: number) =>
      walkText(`${'x'.repeat(recordBytes)}\n`, {
        budget: createMemoryBudget(limitBytes),
        windowBytes: 16,
        maxRecordBytes: 1 << 20,
      });
    // While it grows, the old window and one of twice its size are held together.
    expect(walk(100, 128 + 256)).toHaveLength(1);
    const error = refusal(() => walk(1000, 128 + 256));
    expect(error.code).toBe('OUT_OF_MEMORY');
    expect(error.message).toMatch(/^read buffers need more than the 384 bytes/);
  });

  test('is given back when the walk is left early, refused, or at its end', () => {
    const budget = createMemoryBudget(1 << 20);
    const source = sourceOf(Buffer.from('a\nb\nc\n'));
    for (const _ of walkRecords(source, limitsOf({ budget }), START)) break;
    expect(budget.reservedBytes).toBe(0);
    const limits = limitsOf({ budget, maxRecordBytes: 0 });
    expect(refusal(() => walkAll(source, limits)).code).toBe('RECORD_TOO_LONG');
    expect(budget.reservedBytes).toBe(0);
  });

  test('is given back also when a window could not grow', () => {
    const budget = createMemoryBudget(40);
    const text = 'x'.repeat(500);
    const error = refusal(() => walkText(text, { budget, windowBytes: 16 }));
    expect(error.code).toBe('OUT_OF_MEMORY');
    expect(budget.reservedBytes).toBe(0);
  });
});
