/**
 * Random tables whose columns hold values as people write them, mostly in one convention a column,
 * and random rules for them.
 */

import fc from 'fast-check';
import type { ColumnRules } from '../../../src/engine/column-rules.js';
import type { Rules } from '../../../src/engine/rules.js';
import { PLAIN_RULES } from '../../support/plain-rules.js';

/** A draw below a bound. */
type Draw = (count: number) => number;

export interface ValueTable {
  readonly bytes: Buffer;
  readonly rules: Rules;
}

const TOKENS = ['NA', 'n/a', '-', '-999', 'null', ' NA ', '"NA"', '#N/A'];
const ODD = [
  ...['', '', 'text', '007', '12E45', '1234567890123456', '1,5', '1.5', '"a,b"', 'x"y', ' 7 '],
  ...[
    '"  padded  text "',
    '01/02/03',
    '2024-02-30',
    '(5)',
    '12-',
    'Ã¤',
    'yes',
    '99%',
    '€ 5',
    '1e3',
  ],
];
const MONTHS = ['Jan', 'März', 'mayo', 'décembre', 'Aug'];

function grouped(digits: string, mark: string): string {
  return digits.replace(/\B(?=(?:\d{3})+$)/g, mark);
}

const pad = (value: number): string => String(value).padStart(2, '0');

/** How the cells of one column are written; each takes draws. */
const CONVENTIONS: readonly ((draw: Draw) => string)[] = [
  (draw) => String(draw(2000)),
  (draw) => `${draw(300)}.${draw(1000)}`,
  (draw) => `"${grouped(String(draw(9_000_000)), ',')}${draw(2) ? `.${pad(draw(100))}` : ''}"`,
  (draw) => `"${grouped(String(draw(9_000_000)), '.')}${draw(3) ? `,${pad(draw(100))}` : ''}"`,
  (draw) => `"${draw(300)},${pad(draw(100))}"`,
  (draw) => `"${grouped(String(1000 + draw(90_000)), ',')}"`,
  (draw) => `"${grouped(String(draw(90_000)), ['\u00a0', ' ', "'"][draw(8) % 3]!)},5 €"`,
  (draw) => `"${draw(4) ? '' : '-'}$${grouped(String(draw(90_000)), ',')}.0"`,
  (draw) => `${draw(100)}${draw(2) ? '' : '.5'}${draw(9) ? '' : ' '}%`,
  (draw) => (draw(2) ? `(${draw(900)}.5)` : `${draw(900)}.25`),
  (draw) => `${pad(1 + draw(28))}.${pad(1 + draw(12))}.${2000 + draw(30)}`,
  (draw) => `${pad(1 + draw(12))}/${pad(1 + draw(draw(3) ? 28 : 12))}/${2000 + draw(30)}`,
  (draw) => `${1 + draw(12)}/${1 + draw(12)}/${pad(draw(90))}`,
  (draw) => `${2000 + draw(30)}-${pad(1 + draw(12))}-${pad(1 + draw(28))}`,
  (draw) => `${2000 + draw(30)}-${pad(1 + draw(12))}-${pad(1 + draw(28))}T10:${pad(draw(60))}:00Z`,
  (draw) => `${1 + draw(28)}. ${MONTHS[draw(5)]} ${2000 + draw(30)}`,
  (draw) => `${pad(1 + draw(28))}.${pad(1 + draw(12))}.${2000 + draw(30)} ${1 + draw(11)}:30 pm`,
  (draw) => ['yes', 'No', 'YES', 'no'][draw(4)]!,
  (draw) => ['Y', 'N', 'n'][draw(3)]!,
  (draw) => ['true', 'false', 'True'][draw(3)]!,
  (draw) => ['J', 'N'][draw(12) ? 0 : 1]!,
  (draw) => ['New  York', 'MÃ¼nchen', 'A', 'e\u0301', '"say ""hi"""', 'a', ''][draw(7)]!,
];

const NAMES = ['a', 'Unit Price', 'zip', 'b', 'due'];

function cell(write: (draw: Draw) => string, draw: Draw, noise: number): string {
  const kind = draw(noise);
  if (kind === 0) return ODD[draw(ODD.length)]!;
  if (kind <= 2) return TOKENS[draw(TOKENS.length)]!;
  if (kind === 3) return '';
  return write(draw);
}

function randomRulesOf(draw: Draw, isNamed: boolean): ColumnRules {
  const nulls = ([undefined, 'auto', 'auto', 'off', ['-999', 'NA'], ['text', '']] as const)[
    draw(6)
  ];
  const mode = () => (['auto', 'auto', 'off', undefined] as const)[draw(4)];
  const rules: { -readonly [K in keyof ColumnRules]: ColumnRules[K] } = {};
  if (nulls !== undefined) rules.nulls = nulls;
  for (const key of ['numbers', 'dates', 'booleans'] as const) {
    const chosen = mode();
    if (chosen !== undefined) rules[key] = chosen;
  }
  if (draw(6) === 0) rules.squeeze = true;
  if (draw(8) === 0) rules.mojibake = 'auto';
  if (draw(8) === 0) rules.unicode = draw(2) ? 'nfc' : 'nfkc';
  if (draw(8) === 0) rules.case = (['upper', 'lower', 'title'] as const)[draw(3)]!;
  if (draw(8) === 0) rules.fill = draw(3) ? { kind: 'text', text: 'NA' } : { kind: 'down' };
  if (draw(9) === 0)
    rules.replace = [
      { from: 'A', to: 'x, "y"' },
      { from: 'no', to: 'NA' },
    ];
  if (!isNamed) return rules;
  if (draw(6) === 0) rules.dates = { format: ['DD.MM.YYYY', 'M/D/YY', 'MM/DD/YYYY'][draw(3)]! };
  if (draw(5) === 0) rules.numbers = { decimal: ',', thousands: draw(2) ? '.' : null };
  const onInvalid = ([undefined, 'reject', 'null'] as const)[draw(3)];
  if (onInvalid !== undefined) rules.onInvalid = onInvalid;
  return rules;
}

const OUTLIERS = [
  { method: { kind: 'off' }, named: false, action: 'drop' },
  { method: { kind: 'gap' }, named: false, action: 'drop' },
  { method: { kind: 'iqr', k: 1.5 }, named: true, action: 'null' },
  { method: { kind: 'iqr', k: 1.5 }, named: true, action: 'clip' },
] as const;

function tableOf(draw: Draw): ValueTable {
  const width = 1 + draw(NAMES.length);
  const noise = [6, 40, 400, 100_000][draw(4)]!;
  const writers = Array.from({ length: width }, () => CONVENTIONS[draw(CONVENTIONS.length)]!);
  const rowCount = draw(3) ? draw(25) : draw(90);
  const lineEnd = draw(4) ? '\n' : '\r\n';
  const record = (): string => {
    const cells = writers.map((write) => cell(write, draw, noise));
    const isShort = draw(40) === 0;
    return (isShort ? cells.slice(0, -1) : cells).join(',') + (draw(60) ? '' : ',x');
  };
  const records = Array.from({ length: rowCount }, record);
  const header = NAMES.slice(0, width).join(',');
  const text = [header, ...records].join(lineEnd) + (draw(2) ? lineEnd : '');
  const named = draw(2) ? [{ column: NAMES[draw(width)]!, rules: randomRulesOf(draw, true) }] : [];
  const rules: Rules = {
    ...PLAIN_RULES,
    keepBlank: draw(5) === 0,
    select: draw(6) ? null : ['a'],
    trim: draw(5) > 0,
    ragged: draw(3) ? 'pad' : 'reject',
    where: draw(4) ? null : ['a > 5', 'a == "true"', 'not is_missing(a)', 'a < mean(a)'][draw(4)]!,
    dedup: draw(5) ? null : { columns: draw(2) ? ['a'] : [], keep: draw(2) ? 'first' : 'last' },
    derive: draw(4) ? [] : [['d = a * 2', 'a = length(a)', 'd = a / max(a)'][draw(3)]!],
    outliers: { ...OUTLIERS[draw(OUTLIERS.length)]!, columns: null, exclude: [], groupBy: [] },
    bounds: draw(5) ? [] : [{ column: 'a', side: 'max', limit: 900 }],
    values: draw(4) ? randomRulesOf(draw, false) : {},
    columns: named,
  };
  return { bytes: Buffer.from(text), rules };
}

/** A table made of draws, which begin again at their end. */
export const valueTable: fc.Arbitrary<ValueTable> = fc
  .array(fc.nat(99_999), { minLength: 60, maxLength: 400 })
  .map((draws) => {
    let next = 0;
    return tableOf((count) => draws[next++ % draws.length]! % count);
  });
