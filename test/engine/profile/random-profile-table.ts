/** Well-formed tables of columns of all kinds, with what a real one has besides: blanks, raggedness. */
import fc from 'fast-check';

const COLUMN_KINDS = [
  'integers',
  'decimals',
  'repeated',
  'dates',
  'slashed',
  'words',
  'flags',
  'codes',
  'prices',
  'notes',
  'moments',
  'european',
  'skus',
  'weights',
] as const;
type ColumnKind = (typeof COLUMN_KINDS)[number];

const MISSING = ['', '', 'NA', 'n/a', '-', 'null'];
const STRANGERS = ['?', 'x1', '1,5', '12 kg', '1e400', '-999', '99999999999999999', '3 %', '+.5'];
const WORDS = [
  'Rome',
  'Genève',
  'a "b" c',
  'x,y',
  'two\nlines',
  '漢字',
  'Ω',
  'true story',
  'may',
  'I',
];

function two(n: number): string {
  return String(n).padStart(2, '0');
}

function dateOf(draw: number): string {
  const day = `20${two(draw % 30)}-${two(1 + (draw % 12))}-${two(1 + (draw % 30))}`;
  return draw % 3 === 0
    ? day
    : `${day}${draw % 2 === 0 ? 'T' : ' '}${two(draw % 24)}:${two(draw % 60)}:07`;
}

function cellOf(kind: ColumnKind, draw: number): string {
  if (draw % 17 === 3) return MISSING[draw % MISSING.length]!;
  if (draw % 97 === 5) return STRANGERS[draw % STRANGERS.length]!;
  switch (kind) {
    case 'integers':
      return String((draw % 4001) - 2000);
    case 'decimals':
      return String(((draw % 9973) - 3000) / 8);
    case 'repeated':
      return String(draw % 5);
    case 'dates':
      return dateOf(draw);
    case 'slashed':
      return `${1 + (draw % 12)}/${1 + (draw % (draw % 11 === 0 ? 28 : 12))}/2024`;
    case 'words':
      return WORDS[draw % WORDS.length]!;
    case 'flags':
      return draw % 2 === 0 ? 'Y' : 'N';
    case 'codes':
      return `00${draw % 300}`;
    case 'prices':
      return `${draw % 100},${two(draw % 97)}`;
    case 'moments':
      return `${dateOf(1 + 3 * draw)}${['', 'Z', '.5', '.125Z', '+02:00', '.25-01:00'][draw % 6]}`;
    case 'european':
      return `${two(1 + (draw % 31))}.${two(1 + (draw % 12))}.${2000 + (draw % 30)} ${two(draw % 24)}:07`;
    case 'skus':
      return `${['SKU-', 'K', 'ABC', 'a1b2'][draw % 4]}${draw % 7919}`;
    case 'weights':
      return `${(draw % 4999) / 4}${[' kg', ' m²', '%', ' €'][draw % 4]}`;
    case 'notes':
      return `note ${draw % 1000}${'é'.repeat(draw % 40)}`;
  }
}

export interface ProfileTable {
  readonly text: string;
  readonly width: number;
}

/** Cells as the file has them: blanks around one in twenty, quotes where they must or may be. */
function written(value: string, draw: number): string {
  const spaced = draw % 20 === 1 ? ` ${value}` : draw % 20 === 2 ? `${value}\u00a0` : value;
  const mustQuote = /[",\n]/.test(spaced);
  return mustQuote || draw % 13 === 0 ? `"${spaced.replaceAll('"', '""')}"` : spaced;
}

export const profileTable: fc.Arbitrary<ProfileTable> = fc
  .record({
    kinds: fc.array(fc.constantFrom(...COLUMN_KINDS), { minLength: 1, maxLength: 5 }),
    rows: fc.array(fc.array(fc.nat(1 << 24), { minLength: 7, maxLength: 7 }), {
      maxLength: 80,
      size: 'max',
    }),
    lineEnd: fc.constantFrom('\n', '\r\n'),
    endsInLine: fc.boolean(),
  })
  .map(({ kinds, rows, lineEnd, endsInLine }) => {
    const width = kinds.length;
    const header = kinds.map((_, i) => `c${i}`);
    const lines = rows.map((draws) => {
      const shape = draws[6]! % 40;
      if (shape === 0) return width === 1 ? '' : ','.repeat(width - 1);
      const cells = kinds.map((kind, i) => written(cellOf(kind, draws[i]!), draws[i]! >> 7));
      if (shape === 1) cells.push('more');
      if (shape === 2) cells.push('', '');
      if (shape === 3 && width > 1) cells.pop();
      return cells.join(',');
    });
    const text = [header.join(','), ...lines].join(lineEnd) + (endsInLine ? lineEnd : '');
    return { text, width };
  });
