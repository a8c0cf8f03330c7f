/**
 * From the evidence of a column to what is done to its values. Converted is only what one reading
 * explains in every cell; all else is left, and told with its reason and an example.
 */
import { toSnakeWords } from '../column-names.js';
import { bitsOf } from './bits.js';
import { type ColumnEvidence, VALUE_KINDS, type ValueKind } from './column-evidence.js';
import * as dates from './date-text.js';
import type { Evidence, Example } from './evidence.js';
import { isClosed } from './evidence.js';
import * as numerals from './numeral.js';
import type { ValueColumn } from './plan-values.js';
import * as truths from './truth-words.js';
import type { ColumnVerdict, LeftReason, TypeVerdict, ValueFinding } from './verdict.js';

/** Of a column: what it is converted to, and what is told; null where there is nothing to tell. */
interface Judgement {
  readonly type: TypeVerdict | null;
  readonly finding: ValueFinding | null;
}

const NOTHING_TO_DO: Judgement = { type: null, finding: null };

/** @param evidence null where the rules ask for none. */
export function judgeValues(
  { column, rules, kinds }: ValueColumn,
  evidence: ColumnEvidence | null,
): ColumnVerdict {
  const left = { column: column.index, blanksTokens: false, type: null, findings: [] };
  if (evidence === null || kinds.length === 0) return left;
  const judge = (kind: ValueKind, by: (one: Evidence, name: string) => Judgement): Judgement =>
    rules[kind] === 'auto' ? by(evidence[kind]!, column.name) : NOTHING_TO_DO;
  const judged = [
    judge('numbers', judgeNumbers),
    judge('dates', judgeDates),
    judge('booleans', judgeTruths),
  ];
  const findings = judged.flatMap(({ finding }) => (finding === null ? [] : [finding]));
  const { token } = evidence;
  const blanksTokens = rules.nulls === 'auto' && token !== null && isOfOneKind(evidence);
  if (blanksTokens) findings.push({ ...told('nulls', 'tokens'), example: token });
  const type = judged.find((one) => one.type !== null)?.type ?? null;
  return { ...left, blanksTokens, type, findings };
}

/** Whether all values are numbers, dates or truths, and there are some. */
function isOfOneKind(evidence: ColumnEvidence): boolean {
  return (Object.keys(VALUE_KINDS) as ValueKind[]).some((kind) => {
    const one = evidence[kind];
    return one !== null && one.seen !== 0 && !isClosed(one, VALUE_KINDS[kind]);
  });
}

function judgeNumbers(evidence: Evidence, name: string): Judgement {
  if (isClosed(evidence, VALUE_KINDS.numbers))
    return closed('numbers', evidence, name, numerals.FORMATTED);
  const { alive, seen, units, examples } = evidence;
  if ((seen & numerals.FORMATTED) === 0) return NOTHING_TO_DO;
  const first = examples[placeOf(numerals.FORMATTED)]!;
  const leave = (reason: LeftReason, detail: string, remedy: string | null = null): Judgement =>
    left('numbers', reason, detail, first, remedy);
  const word = toSnakeWords(name).find((part) => NO_NUMBERS.has(part));
  if (word !== undefined) {
    return leave('id_like', `the name says "${word}"`, sayNumbers(name, '1,234.5'));
  }
  if ((alive & (numerals.PERCENT | numerals.NO_PERCENT)) === 0) {
    return leave('mixed', 'some values are percentages');
  }
  if (units.length > 1) {
    const [a, b] = units.map(({ unit, example }) => `${unit} in line ${example.line}`);
    return leave('mixed_units', `the values are of different currencies: ${a}, ${b}`);
  }
  if ((seen & numerals.BARE) === 0) return leave('one_sided', 'all values are in parentheses');
  const isPoint = (alive & numerals.POINT) !== 0;
  const isComma = (alive & numerals.COMMA) !== 0;
  if (isPoint && isComma && (seen & numerals.DIFFERS) !== 0) {
    const odd = examples[placeOf(numerals.DIFFERS)]!;
    const detail = `${odd.value} may be one number or a thousand times as much`;
    const remedy = `${sayNumbers(name, '1,234.5')} or ${sayNumbers(name, '1.234,5')}`;
    return left('numbers', 'ambiguous', detail, odd, remedy);
  }
  const decimal = isPoint ? '.' : ',';
  const unit = units[0] === undefined ? '' : `, without ${units[0].unit}`;
  const percent = (alive & numerals.PERCENT) === 0 ? '' : ' %';
  const convention = `${nameConvention(alive)}${percent}${unit}`;
  return {
    type: { kind: 'numbers', decimal },
    finding: { ...told('numbers', convention), example: first },
  };
}

/** A column is no measurement by name when one of these is a word of it. */
const NO_NUMBERS: ReadonlySet<string> = new Set([
  ...['zip', 'zipcode', 'postcode', 'postal', 'plz', 'phone', 'telephone', 'tel', 'mobile', 'fax'],
  ...['telefon', 'telefonnummer', 'telefonnr', 'rufnummer', 'handy', 'handynummer', 'mobil'],
  ...['téléphone', 'teléfono', 'telefono', 'telefone', 'telefoon', 'siren', 'siret'],
  ...['code', 'codes', 'id', 'ids', 'identifier', 'uuid', 'guid', 'sku', 'ean', 'isbn', 'iban'],
  ...['version', 'versions', 'ip', 'account', 'konto', 'vat'],
]);

const CONVENTIONS: readonly (readonly [bit: number, name: string])[] = [
  [numerals.POINT_COMMA, '1,234.5'],
  [numerals.POINT_SPACE, '1 234.5'],
  [numerals.POINT_APOSTROPHE, "1'234.5"],
  [numerals.POINT_INDIAN, '12,34,567.5'],
  [numerals.COMMA_POINT, '1.234,5'],
  [numerals.COMMA_SPACE, '1 234,5'],
  [numerals.COMMA_APOSTROPHE, "1'234,5"],
];

/** By example; where digits were not grouped, without a group. */
function nameConvention(alive: number): string {
  const names = CONVENTIONS.filter(([bit]) => (alive & bit) !== 0);
  if (names.length === 1) return names[0]![1];
  // Groups of two show only in long numbers.
  if ((alive & ~numerals.POINT_INDIAN & numerals.POINT) === numerals.POINT_COMMA) return '1,234.5';
  return (alive & numerals.POINT) === 0 ? '1234,5' : '1234.5';
}

function sayNumbers(name: string, convention: string): string {
  return `--numbers '${name}=${convention}'`;
}

function judgeDates(evidence: Evidence, name: string): Judgement {
  if (isClosed(evidence, VALUE_KINDS.dates))
    return closed('dates', evidence, name, dates.FORMATTED);
  const { alive, seen, examples } = evidence;
  if ((seen & dates.FORMATTED) === 0) return NOTHING_TO_DO;
  const first = examples[placeOf(dates.FORMATTED)]!;
  if ((alive & (dates.DAY_ALONE | dates.WITH_TIME)) === 0) {
    return left('dates', 'mixed', 'some values have a time, others have none', first, null);
  }
  const open = dates.FORMATS.filter(({ bit }) => (alive & bit) !== 0);
  if (open.length > 1) {
    const names = open.map((format) => format.name);
    const time = (alive & dates.WITH_TIME) === 0 ? '' : ' HH:mm';
    const remedy = names.map((one) => `--dates '${name}=${one}${time}'`).join(' or ');
    return left('dates', 'ambiguous', `all values fit ${names.join(' and ')}`, first, remedy);
  }
  const [format] = open;
  return {
    type: { kind: 'dates', format: format!.bit },
    finding: { ...told('dates', format!.name), example: first },
  };
}

function judgeTruths(evidence: Evidence, name: string): Judgement {
  if (isClosed(evidence, VALUE_KINDS.booleans))
    return closed('booleans', evidence, name, truths.FORMATTED);
  const { alive, seen, examples } = evidence;
  if ((seen & truths.FORMATTED) === 0) return NOTHING_TO_DO;
  const first = examples[placeOf(truths.FORMATTED)]!;
  const both = truths.SAYS_TRUE | truths.SAYS_FALSE;
  if ((seen & truths.IS_LETTER) !== 0 && (seen & both) !== both) {
    return left('booleans', 'one_sided', 'one letter alone may be any code', first, null);
  }
  const convention = truths.namePairs(alive & truths.TRUTHS.readings);
  return {
    type: { kind: 'booleans' },
    finding: { ...told('booleans', convention), example: first },
  };
}

/**
 * A column that some cell showed to be of another kind, or that two cells contradict.
 * @param formatted the feature of cells that would have been converted.
 */
function closed(rule: ValueKind, evidence: Evidence, name: string, formatted: number): Judgement {
  const kind = VALUE_KINDS[rule];
  const examples = bitsOf(kind.readings).map((bit) => evidence.examples[bit]!);
  const first = examples.reduce((a, b) => (b.line < a.line ? b : a));
  const last = examples.reduce((a, b) => (b.line > a.line ? b : a));
  const isText = (kind.bits(last.value) & kind.readings) === 0;
  if (isText) {
    const converted = evidence.examples[placeOf(formatted)]!;
    // Nothing before it would have changed: the column is a text like any other. Behind it, a span
    // may have seen more than who reads all in one.
    if (converted === null || converted.line >= last.line) return NOTHING_TO_DO;
    const detail = `line ${converted.line} has "${converted.value}", but line ${last.line} a text`;
    return left(rule, 'text', detail, last, blankText(name, last.value));
  }
  const detail = `line ${first.line} has "${first.value}", line ${last.line} "${last.value}"`;
  return left(rule, 'mixed', `no one convention has both: ${detail}`, last, null);
}

/**
 * How to say that a word is no value; null for what holds digits, which is some other value, and
 * where it needs more quoting than is readable.
 */
function blankText(name: string, text: string): string | null {
  if (/\d/.test(text) || /[\s"',=]/.test(name + text)) return null;
  return `if that is no value: --nulls ${name}=${text}`;
}

function told(rule: ValueFinding['rule'], convention: string) {
  return { rule, convention, reason: null, detail: '', remedy: null };
}

function left(
  rule: ValueFinding['rule'],
  reason: LeftReason,
  detail: string,
  example: Example,
  remedy: string | null,
): Judgement {
  return { type: null, finding: { rule, convention: null, reason, detail, example, remedy } };
}

function placeOf(bit: number): number {
  return bitsOf(bit)[0]!;
}
