/**
 * The whole cleaning a second time, from the definitions: plain arrays, plain loops, everything in
 * memory. It gets records whose cells are known, so it needs no parser; it shares no line with the
 * engine.
 */
import type { ColumnRules } from '../../../src/engine/column-rules.js';
import { fencesOf, type NaiveFence } from './naive-fences.js';
import { isMissingText, type NaiveValue, numberIn } from './random-expression.js';
import type { Meant } from './random-rules.js';
import type { RandomTable, TableField, TableRecord } from './random-table.js';

export interface NaiveReject {
  readonly line: number;
  readonly byteOffset: number;
  readonly rule: string;
  readonly column: string;
  readonly value: string;
  readonly record: string;
}

export interface NaiveResult {
  readonly output: string;
  readonly rejects: readonly NaiveReject[];
  readonly rows: Readonly<Record<string, number>>;
  readonly padded: number;
  readonly shortened: number;
  /** Values beyond that stayed, changed or marked. */
  readonly outlierValues: number;
}

/** A row on its way: its values by key, and which of its cells are no longer what the file has. */
interface NaiveRowState {
  readonly record: TableRecord;
  readonly values: Map<string, NaiveValue>;
  readonly changed: Set<string>;
}

/** The code of the error where the whole input is refused, else what it becomes. */
export function cleanNaively(table: RandomTable, meant: Meant): NaiveResult | string {
  const first = table.records.findIndex((record) => !isBlank(record));
  if (first < 0) {
    const blank = table.records.length;
    return { ...emptyResult(), rows: { ...NO_ROWS, in: blank, blank } };
  }
  if (table.records[first]!.fields.some(({ isUnclosed }) => isUnclosed)) return 'DIALECT';
  const data = table.records.slice(meant.rules.hasHeader ? first + 1 : first);
  const counts = { ...NO_ROWS, in: first + data.length, blank: first };
  const rejects = new Map<TableRecord, NaiveReject>();
  let padded = 0;
  let shortened = 0;
  const rows: NaiveRowState[] = [];
  for (const record of data) {
    if (isBlank(record) && !meant.rules.keepBlank) {
      counts.blank++;
      continue;
    }
    const isAgain = meant.rules.hasHeader && isHeaderAgain(record, table.records[first]!);
    const fault = isBlank(record) ? null : isAgain ? HEADER_AGAIN : faultOf(record, meant);
    if (fault !== null) {
      if (fault.rule.startsWith('too_') && meant.rules.ragged === 'error') return 'RAGGED';
      counts.rejected++;
      rejects.set(record, rejectOf(record, fault));
      continue;
    }
    if (record.fields.length < meant.columns.length) padded++;
    if (record.fields.length > meant.columns.length) shortened++;
    const row = rowOf(record, meant);
    const standing = applySchema(row, meant);
    if (standing === 'fails') return 'SCHEMA';
    if (standing !== null) {
      counts.rejected++;
      rejects.set(record, standing);
      continue;
    }
    rows.push(row);
  }
  const all = rows.map(({ values }) => values);
  const filtered = rows.filter(({ values }) => meant.where?.mean(values, all) !== false);
  const passed =
    meant.where === null
      ? rows
      : filtered.filter(({ values }) => meant.where!.mean(values, all) === true);
  counts.filtered = rows.length - passed.length;
  const { unique, superfluous } = dropDuplicates(passed, meant);
  for (const [record, reject] of superfluous) rejects.set(record, reject);
  counts.duplicate = superfluous.size;
  const repeats = dropRepeated(unique, meant);
  if (repeats === null) return 'SCHEMA';
  for (const [record, reject] of repeats.rejects) rejects.set(record, reject);
  counts.rejected += repeats.rejects.size;
  const { left, taken, outlierValues } = applyOutliers(repeats.rows, meant);
  for (const reject of taken) rejects.set(reject.row.record, reject.reject);
  counts.outlier = taken.length;
  counts.kept = left.length;
  const leftValues = left.map(({ values }) => values);
  for (const { key, mean } of meant.derives) {
    const derived = leftValues.map((values) => mean(values, leftValues));
    for (const [i, values] of leftValues.entries()) values.set(key, derived[i]!);
  }
  const inOrder = data.flatMap((record) => rejects.get(record) ?? []);
  const output = writeTable(left, meant);
  return { output, rejects: inOrder, rows: counts, padded, shortened, outlierValues };
}

const NO_ROWS = { in: 0, kept: 0, blank: 0, filtered: 0, duplicate: 0, outlier: 0, rejected: 0 };

function emptyResult(): NaiveResult {
  return { output: '', rejects: [], rows: NO_ROWS, padded: 0, shortened: 0, outlierValues: 0 };
}

const BLANK = '[ \\t\\u00a0\\ufeff\\u3000\\u2000-\\u200a]*';
const OUTER_BLANKS = new RegExp(`^${BLANK}|${BLANK}$`, 'g');

function trimmed(text: string): string {
  return text.replace(OUTER_BLANKS, '');
}

function isBlankField(field: TableField): boolean {
  return !field.isUnclosed && trimmed(field.value) === '';
}

function isBlank(record: TableRecord): boolean {
  return record.fields.every(isBlankField);
}

const HEADER_AGAIN = { rule: 'repeated_header', column: '', value: '' };

/** The same fields, at least two of which are different names. */
function isHeaderAgain({ fields, text }: TableRecord, header: TableRecord): boolean {
  const names = header.fields.map(({ value }) => value);
  const isSameStart = text.slice(0, 8) === header.text.slice(0, 8);
  const different = new Set(names.filter((name) => trimmed(name) !== ''));
  return (
    isSameStart &&
    different.size >= 2 &&
    fields.map(({ value }) => value).join('\0\n') === names.join('\0\n')
  );
}

interface NaiveFault {
  readonly rule: string;
  readonly column: string;
  readonly value: string;
}

function faultOf({ fields }: TableRecord, meant: Meant): NaiveFault | null {
  const width = meant.columns.length;
  for (const [i, field] of fields.entries()) {
    const column = meant.columns[i]?.name ?? '';
    if (Buffer.byteLength(field.raw) > meant.rules.maxFieldBytes) {
      return { rule: 'field_too_long', column, value: '' };
    }
    if (field.isUnclosed) return { rule: 'bad_quote', column, value: '' };
    if (field.isStray && fields.length !== width) {
      return { rule: 'bad_quote', column, value: field.value };
    }
  }
  if (fields.length < width && meant.rules.ragged !== 'pad') {
    return { rule: 'too_few_fields', column: '', value: '' };
  }
  if (!fields.slice(width).every(isBlankField)) {
    return { rule: 'too_many_fields', column: '', value: '' };
  }
  return null;
}

function rejectOf(record: TableRecord, { rule, column, value }: NaiveFault): NaiveReject {
  const { line, byteOffset, text } = record;
  return { line, byteOffset, rule, column, value, record: text };
}

function rowOf(record: TableRecord, meant: Meant): NaiveRowState {
  const values = new Map<string, NaiveValue>();
  const changed = new Set<string>();
  for (let i = 0; i < meant.columns.length; i++) {
    const before = record.fields[i]?.value;
    const after = meant.rules.trim ? trimmed(before ?? '') : (before ?? '');
    values.set(`c${i}`, after);
    if (after !== before) changed.add(`c${i}`);
  }
  return { record, values, changed };
}

/** The rule that a cell breaks by itself. */
function isWrong(text: string, { required, type, min, max, pattern, allowed }: ColumnRules) {
  if (isMissingText(text)) return required === true;
  const number = numberIn(text);
  const isOfType = {
    number: number !== null,
    integer: /^[-+]?[0-9]+$/.test(text),
    boolean: ['true', 'false'].includes(text.toLowerCase()),
    date: /^\d{4}-\d\d-\d\d/.test(text),
    text: true,
  };
  if (type !== undefined && !isOfType[type]) return true;
  if (min !== undefined && (number === null || number < Number(min))) return true;
  if (max !== undefined && (number === null || number > Number(max))) return true;
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(text)) return true;
  return allowed !== undefined && !allowed.includes(text);
}

/** Empties cells; else a reject, or that the file fails. */
function applySchema(row: NaiveRowState, meant: Meant): NaiveReject | 'fails' | null {
  const wrong = meant.schema.filter(({ column, rules }) =>
    isWrong(String(row.values.get(`c${column}`)), rules),
  );
  if (wrong.some(({ rules }) => rules.onInvalid === 'fail')) return 'fails';
  const first = wrong.find(({ rules }) => rules.onInvalid !== 'null');
  if (first !== undefined) {
    const column = meant.columns[first.column]!.name;
    const value = String(row.values.get(`c${first.column}`));
    return rejectOf(row.record, { rule: 'schema', column, value });
  }
  for (const { column } of wrong) {
    row.values.set(`c${column}`, '');
    row.changed.add(`c${column}`);
  }
  return null;
}

/** What is left where no value may come twice; null: the file fails. */
function dropRepeated(all: readonly NaiveRowState[], meant: Meant) {
  let rows = all;
  const rejects = new Map<TableRecord, NaiveReject>();
  for (const { column, rules } of meant.schema) {
    if (rules.unique !== true) continue;
    const seen: string[] = [];
    const left: NaiveRowState[] = [];
    for (const row of rows) {
      const value = String(row.values.get(`c${column}`));
      if (isMissingText(value) || !seen.includes(value)) {
        seen.push(value);
        left.push(row);
        continue;
      }
      if (rules.onInvalid === 'fail') return null;
      const what = { rule: 'schema', column: meant.columns[column]!.name, value };
      rejects.set(row.record, rejectOf(row.record, what));
    }
    rows = left;
  }
  return { rows, rejects };
}

/** Compares each row with all that stay so far. */
function dropDuplicates(rows: readonly NaiveRowState[], { dedup, columns }: Meant) {
  const superfluous = new Map<TableRecord, NaiveReject>();
  if (dedup === null) return { unique: rows, superfluous };
  const cellsOf = (row: NaiveRowState) => dedup.columns.map((i) => row.values.get(`c${i}`));
  const isSame = (a: NaiveRowState, b: NaiveRowState): boolean => {
    const others = cellsOf(b);
    return cellsOf(a).every((cell, i) => cell === others[i]);
  };
  const inOrder = dedup.keep === 'first' ? rows : [...rows].reverse();
  const kept: NaiveRowState[] = [];
  const [sole, ...more] = new Set(dedup.columns);
  const column = sole !== undefined && more.length === 0 ? sole : null;
  for (const row of inOrder) {
    if (!kept.some((one) => isSame(one, row))) kept.push(row);
    else {
      const name = column === null ? '' : columns[column]!.name;
      const value = column === null ? '' : String(row.values.get(`c${column}`));
      const what = { rule: 'duplicate', column: name, value };
      superfluous.set(row.record, rejectOf(row.record, what));
    }
  }
  return { unique: rows.filter((row) => kept.includes(row)), superfluous };
}

interface NaiveFinding {
  readonly rule: 'bound' | 'outlier';
  readonly column: number;
  readonly value: number;
  readonly clipTo: number;
}

function applyOutliers(rows: readonly NaiveRowState[], meant: Meant) {
  const { action } = meant.rules.outliers;
  const fences = judgedFences(rows, meant);
  const left: NaiveRowState[] = [];
  const taken: { row: NaiveRowState; reject: NaiveReject }[] = [];
  let outlierValues = 0;
  for (const row of rows) {
    const findings = [...beyondBounds(row, meant), ...beyondFences(row, meant, fences)];
    const [first] = findings;
    if (first !== undefined && action === 'drop') {
      const column = meant.columns[first.column]!.name;
      const value = String(row.values.get(`c${first.column}`));
      taken.push({ row, reject: rejectOf(row.record, { rule: first.rule, column, value }) });
      continue;
    }
    outlierValues += new Set(findings.map(({ column }) => column)).size;
    changeRow(row, findings, meant);
    left.push(row);
  }
  return { left, taken, outlierValues };
}

type JudgedFences = readonly (readonly [column: number, ReadonlyMap<string, NaiveFence>])[];

function judgedFences(rows: readonly NaiveRowState[], meant: Meant): JudgedFences {
  const { method, named } = meant.rules.outliers;
  const fences: JudgedFences = meant.judged.map((column) => {
    const cells = rows.map((row) => {
      return { text: String(row.values.get(`c${column}`)), group: groupOf(row, meant) };
    });
    return [column, fencesOf(cells, method)];
  });
  if (named) return fences;
  // Not asked for by name: more than one row, and more than one in a hundred, is too many.
  const hit = rows.filter((row) => beyondFences(row, meant, fences).length > 0).length;
  return hit > 1 && hit * 100 > rows.length ? [] : fences;
}

function groupOf(row: NaiveRowState, meant: Meant): string {
  return meant.groupBy
    .map((column) => String(row.values.get(`c${column}`)))
    .map((text) => (isMissingText(text) ? '' : text))
    .join('\n');
}

function beyondBounds(row: NaiveRowState, meant: Meant): NaiveFinding[] {
  return meant.bounds.flatMap(({ column, side, limit }) => {
    const value = numberIn(String(row.values.get(`c${column}`)));
    if (value === null) return [];
    const isBeyond = side === 'max' ? value > limit : value < limit;
    return isBeyond ? [{ rule: 'bound' as const, column, value, clipTo: limit }] : [];
  });
}

function beyondFences(row: NaiveRowState, meant: Meant, fences: JudgedFences): NaiveFinding[] {
  const group = groupOf(row, meant);
  return fences.flatMap(([column, byGroup]) => {
    const fence = byGroup.get(group);
    const value = numberIn(String(row.values.get(`c${column}`)));
    if (fence === undefined || value === null) return [];
    if (value >= fence.low && value <= fence.high) return [];
    const clipTo = value > fence.high ? fence.clipHigh : fence.clipLow;
    return [{ rule: 'outlier' as const, column, value, clipTo }];
  });
}

function changeRow(row: NaiveRowState, findings: readonly NaiveFinding[], meant: Meant): void {
  const { action } = meant.rules.outliers;
  row.values.set('flag', findings.length > 0);
  if (action !== 'clip' && action !== 'null') return;
  for (const { column } of findings) {
    const key = `c${column}`;
    // Of several limits on a value the tightest holds.
    const own = findings.filter((finding) => finding.column === column);
    const limits = own.map(({ clipTo }) => clipTo);
    const isUpper = own[0]!.value > limits[0]!;
    const tightest = isUpper ? Math.min(...limits) : Math.max(...limits);
    row.values.set(key, action === 'null' ? '' : String(tightest));
    row.changed.add(key);
  }
}

function writeTable(rows: readonly NaiveRowState[], meant: Meant): string {
  const lines = rows.map((row) => meant.output.map(({ key }) => writeCell(row, key)));
  if (meant.rules.hasHeader) lines.unshift(meant.output.map(({ name }) => quoteIfNeeded(name)));
  return lines.map((cells) => `${cells.join(',') === '' ? '""' : cells.join(',')}\n`).join('');
}

function writeCell({ record, values, changed }: NaiveRowState, key: string): string {
  const value = values.get(key) ?? '';
  const field = key.startsWith('c') ? record.fields[Number(key.slice(1))] : undefined;
  if (field?.isOutputReady && !changed.has(key)) return field.raw;
  return quoteIfNeeded(String(value));
}

function quoteIfNeeded(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
