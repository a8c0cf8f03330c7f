/**
 * Random tables, written from values that are known: what every record and field must be read as
 * stands beside the bytes, so that nothing has to be parsed to judge the engine.
 */
import fc from 'fast-check';

/** One field as it was written. */
export interface TableField {
  /** Its text in the file, quotes included. */
  readonly raw: string;
  /** What it must be read as. */
  readonly value: string;
  /** Whether `raw` means the same in the output. */
  readonly isOutputReady: boolean;
  readonly isStray: boolean;
  readonly isUnclosed: boolean;
}

export interface TableRecord {
  readonly fields: readonly TableField[];
  /** Without its line end. */
  readonly text: string;
  readonly line: number;
  readonly byteOffset: number;
}

export interface TableDialect {
  readonly delimiter: string;
  /** Null: quotes are ordinary characters. */
  readonly quote: string | null;
  /** LF or CRLF, or CR alone. */
  readonly lineEnd: '\n' | '\r\n' | '\r';
}

export interface RandomTable {
  readonly bytes: Buffer;
  readonly dialect: TableDialect;
  readonly records: readonly TableRecord[];
  /** As they stand in the first record that is not blank. */
  readonly header: readonly HeaderName[];
}

/** A name in a file, and what snake case makes of it; null: not known. */
export type HeaderName = readonly [original: string, snake: string | null];

const HEADER_NAMES: readonly (readonly [string, string])[] = [
  ['a', 'a'],
  ['b', 'b'],
  ['Unit Price', 'unit_price'],
  [' Vendor Name ', 'vendor_name'],
  ['50 %', 'x50_percent'],
  ['Größe', 'grosse'],
  ['', ''],
  ['a_2', 'a_2'],
  ['__proto__', 'proto'],
  ['constructor', 'constructor'],
  ['max', 'max'],
  ['x,"y"', 'x_y'],
  ['line\nend', 'line_end'],
];

const WIDEST = 5;
const TEXTS = [
  ...['', 'a', 'b', 'é', '漢,字', 'x"y', '"', 'two\nlines', 'c\rr', '  padded ', 'NA', '-', 'n/a'],
  ...['0', '7', '-0', '1e400', '0x1f', '1,5', '+.5', '=1+1', '\u00a0', '\u3000x', 'true', '#N/A'],
];
const GROUPS = ['g', 'h', '', 'NA', ' g'];
const ODD_NUMBERS = ['NA', '', 'text', ' 3 ', '+2', '.5', '1e2', '-0', '007'];

/** What a column mostly holds. */
type ColumnKind = 'number' | 'few' | 'text' | 'group';

/**
 * Numbers are quarters, mostly from −5 to 10, or few; one in fifty is far out, one in thirty odd.
 */
function valueIn(kind: ColumnKind, draw: number): string {
  if (kind === 'group') return GROUPS[draw % 19 > 4 ? draw % 2 : draw % 19]!;
  if (kind === 'text') return TEXTS[draw % TEXTS.length]!;
  if (draw % 30 === 7) return ODD_NUMBERS[draw % ODD_NUMBERS.length]!;
  if (draw % 50 === 11) return String([1000, -500, 999.25, 30][draw % 4]);
  return String(((draw % (kind === 'few' ? 10 : 61)) - 20) / 4);
}

const rowDraws = fc.record({
  shape: fc.nat(99),
  values: fc.array(fc.nat(9999), { minLength: WIDEST + 2, maxLength: WIDEST + 2 }),
  styles: fc.nat(4 ** 7),
});

const tableDraws = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  quote: fc.constantFrom('"', '"', "'", null),
  lineEnd: fc.constantFrom('\n' as const, '\r\n' as const, '\r' as const),
  hasMark: fc.boolean(),
  isLastEnded: fc.boolean(),
  isLastUnclosed: fc.nat(9).map((draw) => draw === 9),
  blanksBefore: fc.nat(5).map((draw) => Math.max(0, draw - 3)),
  // A record of empty names is blank, and no header.
  header: fc
    .array(fc.constantFrom(...HEADER_NAMES), { minLength: 1, maxLength: WIDEST })
    .filter((names) => names.some(([name]) => name !== '')),
  headerStyles: fc.nat(4 ** 5),
  kinds: fc.array(
    fc.constantFrom<ColumnKind>('number', 'number', 'number', 'few', 'text', 'group'),
    {
      minLength: WIDEST + 2,
      maxLength: WIDEST + 2,
    },
  ),
  rows: fc.oneof(
    { arbitrary: fc.array(rowDraws, { maxLength: 8 }), weight: 2 },
    { arbitrary: fc.array(rowDraws, { minLength: 35, maxLength: 110, size: 'max' }), weight: 3 },
  ),
});

type TableDraws = typeof tableDraws extends fc.Arbitrary<infer T> ? T : never;

export const randomTable: fc.Arbitrary<RandomTable> = tableDraws.map((draws) => {
  const { delimiter, quote, lineEnd } = draws;
  const dialect: TableDialect = { delimiter, quote, lineEnd };
  const fields = [
    ...Array.from({ length: draws.blanksBefore }, () => [writeField('', 0, dialect)]),
    draws.header.map(([name], i) => writeField(name, styleAt(draws.headerStyles, i), dialect)),
    ...draws.rows.map((row) => rowFields(row, draws, dialect)),
  ];
  const header = draws.header.map((name) => nameInFile(name, dialect));
  return { ...writeRecords(fields, draws, dialect), dialect, header };
});

/** Without quotes a file cannot hold every name. */
function nameInFile(
  [original, snake]: readonly [string, string],
  dialect: TableDialect,
): HeaderName {
  const written = writeField(original, 0, dialect).value;
  return written === original ? [original, snake] : [written, snake.replace('line_end', 'lineend')];
}

function styleAt(styles: number, index: number): number {
  return Math.floor(styles / 4 ** index) % 4;
}

/** One row: mostly of the header's width; some are short, long, blank or have a stray. */
function rowFields(
  row: TableDraws['rows'][number],
  draws: TableDraws,
  dialect: TableDialect,
): readonly TableField[] {
  const width = draws.header.length;
  const isLong = row.shape === 97 || row.shape === 98;
  const count = row.shape === 99 ? Math.max(1, width - 1) : isLong ? width + 2 : width;
  if (row.shape === 96) return [writeField('', 0, dialect)];
  if (row.shape === 95) {
    return Array.from({ length: count + 1 }, () => writeField(' ', 0, dialect));
  }
  return Array.from({ length: count }, (_, i) => {
    const isExtra = row.shape === 98 && i >= width;
    const value = isExtra ? '' : valueIn(draws.kinds[i]!, row.values[i]!);
    const isStray = row.shape === 94 && i === 0;
    return writeField(value, isStray ? STRAY_STYLE : styleAt(row.styles, i), dialect);
  });
}

const STRAY_STYLE = 9;

/** @param style 0 and 1: quotes where they must be; 2 and 3: always. */
function writeField(value: string, style: number, dialect: TableDialect): TableField {
  const { delimiter, quote } = dialect;
  const plain = { isStray: false, isUnclosed: false };
  if (quote === null) {
    const text = value.replaceAll(delimiter, '').replace(/[\r\n]/g, '');
    return { raw: text, value: text, isOutputReady: !/[",]/.test(text), ...plain };
  }
  const quoted = `${quote}${value.replaceAll(quote, quote + quote)}${quote}`;
  if (style === STRAY_STYLE) {
    // With a line end in it, its quote would not open.
    const raw = `${quoted.replace(/[\r\n]/g, '')}z `;
    const isOutputReady = !/[",\r\n]/.test(raw);
    return { raw, value: raw, isOutputReady, isStray: true, isUnclosed: false };
  }
  const mustQuote = value.includes(delimiter) || value.startsWith(quote) || /[\r\n]/.test(value);
  if (mustQuote || style >= 2)
    return { raw: quoted, value, isOutputReady: quote === '"', ...plain };
  return { raw: value, value, isOutputReady: !/[",]/.test(value), ...plain };
}

function writeRecords(
  all: readonly (readonly TableField[])[],
  draws: TableDraws,
  dialect: TableDialect,
): { bytes: Buffer; records: readonly TableRecord[] } {
  const { delimiter, quote, lineEnd } = dialect;
  const newline = lineEnd === '\r' ? '\r' : '\n';
  let text = draws.hasMark ? '\ufeff' : '';
  const records: TableRecord[] = [];
  const add = (fields: readonly TableField[], end: string): void => {
    const own = fields.map(({ raw }) => raw).join(delimiter);
    const line = text.split(newline).length;
    records.push({ fields, text: own, line, byteOffset: Buffer.byteLength(text) });
    text += own + end;
  };
  const isUnclosed = draws.isLastUnclosed && quote !== null;
  all.forEach((fields, i) => {
    const isLast = i === all.length - 1 && !isUnclosed;
    const isEmpty = fields.map(({ raw }) => raw).join(delimiter) === '';
    // Nothing at all after the last line end is no record.
    add(fields, isLast && !draws.isLastEnded && !isEmpty ? '' : lineEnd);
  });
  if (isUnclosed) {
    const rest = `open${delimiter}1`;
    const open = { raw: quote + rest, value: rest, isOutputReady: false, isStray: false };
    add([writeField('1', 0, dialect), { ...open, isUnclosed: true }], '');
  }
  return { bytes: Buffer.from(text), records };
}
