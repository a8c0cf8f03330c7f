/**
 * The pollutions by name. Each says which table it needs (`table`), how that is written (`form`),
 * what is changed in its records (`records`) and, last, in its bytes (`bytes`).
 */

import { addLines, isQuoted, loosen, rowsOf, writeField, writeLine } from './sheet.mjs';
import { AMOUNT_FORMS, makeGroupedTable } from './tables.mjs';
import { FOOTNOTES, KEY_VALUES, TITLES } from './words.mjs';

const TEXT = { hasText: true };
const UNITS = {
  amount: ['EUR', '(EUR)', 'USD', '[€]'],
  decimal: ['kg', '(m)', '%', '[°C]'],
  count: ['pcs', '(n)', 'units'],
};

const DELIMITERS = {
  semicolon: ';',
  tab: '\t',
  bar: '|',
  colon: ':',
  caret: '^',
  'double-bar': '||',
  space: ' ',
};

const ENCODINGS = ['windows-1252', 'iso-8859-2', 'windows-1251', 'shift_jis'];

export const POLLUTIONS = {
  clean: {},
  ...Object.fromEntries(
    Object.entries(DELIMITERS).map(([name, delimiter]) => [
      `delimiter-${name}`,
      { form: () => ({ delimiter }), records: delimiter === ';' ? useDecimalCommas : undefined },
    ]),
  ),
  'quote-apostrophe': { table: TEXT, form: () => ({ quote: "'" }), accepts: hasCommas },
  'escape-backslash': { table: TEXT, form: () => ({ escape: '\\' }), accepts: hasQuotes },
  'line-end-crlf': { form: () => ({ lineEnd: '\r\n' }) },
  'line-end-cr': { form: () => ({ lineEnd: '\r' }) },
  'line-end-mixed': { records: mixLineEnds },
  'preamble-title': { records: putTitles },
  'preamble-key-values': { records: putKeyValues },
  'preamble-padded': { records: putPaddedTitles },
  'footer-notes': { records: putFootnotes },
  'footer-total': { table: { hasAmount: true }, accepts: hasLaterAmount, records: putTotal },
  'header-missing': { accepts: beginsWithValue, records: dropHeader },
  'header-two-rows': { make: makeGroupedTable, records: putGroups },
  'header-units': { table: { hasAmount: true }, records: putUnits },
  'ragged-one-short': { records: mergeTwoFields },
  'ragged-one-long': { records: addDelimiter },
  'ragged-trailing-delimiter': { records: trailDelimiters },
  'ragged-empty-columns': { records: addEmptyColumns },
  'quote-stray-open': { records: openQuote },
  'quote-lost-close': { table: TEXT, accepts: hasCommas, records: loseClosingQuote },
  'quote-stray-inside': { table: TEXT, records: putQuoteInside },
  'encoding-utf-8-bom': { form: () => ({ hasMark: true }) },
  'encoding-utf-16le-bom': { form: () => ({ encoding: 'utf-16le', hasMark: true }) },
  'encoding-utf-16be-bom': { form: () => ({ encoding: 'utf-16be', hasMark: true }) },
  ...Object.fromEntries(
    ENCODINGS.map((encoding) => [
      `encoding-${encoding}`,
      { table: { encoding }, form: () => ({ encoding }), accepts: hasLetters(4) },
    ]),
  ),
  'encoding-broken-bytes': { accepts: hasLetters(15), records: breakLetter, bytes: breakBytes },
  'no-last-newline': { form: () => ({ hasLastLineEnd: false }) },
  'blank-lines': { records: putBlankLines },
  'repeated-header': { records: repeatHeader },
  'multi-line-cells': { table: TEXT, records: breakTexts },
};

const hasCell = (pattern, least) => (table) =>
  table.rows.flat().filter((cell) => pattern.test(cell)).length >= least;

function hasCommas(table) {
  return hasCell(/, /, 2)(table);
}

function hasQuotes(table) {
  return hasCell(/"/, 1)(table);
}

/** A row of totals says its sums right of its label. */
function hasLaterAmount({ kinds }) {
  return kinds.indexOf('amount', 1) > 0;
}

/** A number or date that is no name, in the first row. */
function beginsWithValue({ kinds, rows: [first] }) {
  const typed = ['amount', 'decimal', 'count', 'date', 'moment', 'time'];
  return first.some((cell, i) => typed.includes(kinds[i]) && /\d/.test(cell));
}

/** Enough letters beyond ASCII that a reader sees what is wrong with them. */
function hasLetters(least) {
  return (table) => [...table.rows.flat().join('')].filter((one) => one > '\x7f').length >= least;
}

function useDecimalCommas(sheet, pick) {
  if (!pick.chance(0.5)) return;
  const { kinds, rows } = sheet.table;
  for (const row of rowsOf(sheet)) {
    row.fields = row.fields.map((field, i) => {
      if (kinds[i] !== 'amount' && kinds[i] !== 'decimal') return field;
      return field.replace(/[.,]/g, (mark) => (mark === '.' ? ',' : '.'));
    });
    rows[row.row] = [...row.fields];
  }
}

function mixLineEnds(sheet, pick) {
  const share = pick.one([0.1, 0.5, 0.9]);
  for (const record of sheet.records) record.lineEnd = pick.chance(share) ? '\r\n' : '\n';
  pick.one(rowsOf(sheet)).lineEnd = '\r\n';
}

const BLANK = { raw: '' };

function putTitles(sheet, pick) {
  const lines = pick.some(TITLES, pick.between(1, 4)).map((raw) => ({ raw }));
  addLines(sheet, 'above', [...lines, ...(pick.chance(0.5) ? [BLANK] : [])]);
}

function putKeyValues(sheet, pick) {
  const between = pick.one([': ', ',', ':,']);
  const lines = pick
    .some(KEY_VALUES, pick.between(2, 5))
    .map((pair) => ({ raw: pair.join(between) }));
  addLines(sheet, 'above', [...lines, ...(pick.chance(0.5) ? [BLANK] : [])]);
}

function putPaddedTitles(sheet, pick) {
  const { names } = sheet.table;
  const pad = (field) => ({ fields: names.map((_, i) => (i === 0 ? field : '')) });
  const lines = pick.some(TITLES, pick.between(1, 4)).map(pad);
  addLines(sheet, 'above', [...lines, ...(pick.chance(0.5) ? [pad('')] : [])]);
}

function putFootnotes(sheet, pick) {
  const { names } = sheet.table;
  const isPadded = pick.chance(0.3);
  const lines = pick
    .some(FOOTNOTES, pick.between(1, 3))
    .map((raw) => (isPadded ? { fields: names.map((_, i) => (i === 0 ? raw : '')) } : { raw }));
  addLines(sheet, 'below', [...(pick.chance(0.6) ? [BLANK] : []), ...lines]);
}

function putTotal(sheet, pick) {
  const { kinds, rows } = sheet.table;
  const label = pick.one(['Total', 'TOTAL', 'Sum', 'Grand total', 'Total:']);
  const fields = kinds.map((kind, column) => {
    if (column === 0) return label;
    if (kind !== 'amount' && kind !== 'count') return '';
    const cells = rows.map((row) => row[column]);
    const sum = cells.reduce((total, cell) => total + Number(plainDecimal(cell)), 0);
    return kind === 'count' ? String(sum) : formOf(cells)(sum.toFixed(2));
  });
  addLines(sheet, 'below', [...(pick.chance(0.3) ? [BLANK] : []), { fields }]);
}

function plainDecimal(cell) {
  return cell.replace(/[^\d.]/g, '');
}

function formOf(cells) {
  const filled = cells.filter((cell) => /\d/.test(cell));
  return AMOUNT_FORMS.find((form) => filled.every((cell) => form(plainDecimal(cell)) === cell));
}

function dropHeader(sheet) {
  sheet.records = rowsOf(sheet);
  sheet.truth.names = null;
}

function putGroups(sheet) {
  addLines(sheet, 'above', [{ fields: sheet.table.top }]);
}

function putUnits(sheet, pick) {
  const { kinds, names } = sheet.table;
  const isBracketed = pick.chance(0.5);
  const units = kinds.map((kind) => {
    const choices = (UNITS[kind] ?? ['']).filter((one) => /^[([]/.test(one) === isBracketed);
    return choices.length > 0 ? pick.one(choices) : '';
  });
  const at = sheet.records.findIndex(({ role }) => role === 'header') + 1;
  sheet.records.splice(at, 0, { role: 'other', fields: units });
  sheet.truth.otherNames.push(names);
  sheet.truth.names = names.map((name, i) =>
    units[i] === name ? name : `${name} ${units[i]}`.trim(),
  );
}

function mergeTwoFields(sheet, pick) {
  const row = pick.one(rowsOf(sheet));
  const at = pick.below(row.fields.length - 1);
  row.fields.splice(at, 2, row.fields[at] + row.fields[at + 1]);
  loosen(sheet, row);
  sheet.note = `row ${row.row + 1}: no delimiter behind field ${at + 1}`;
}

function addDelimiter(sheet, pick) {
  const row = pick.one(rowsOf(sheet));
  const at = pick.between(0, row.fields.length);
  row.fields.splice(at, 0, '');
  loosen(sheet, row);
  sheet.note = `row ${row.row + 1}: a delimiter too many at field ${at + 1}`;
}

function trailDelimiters(sheet) {
  for (const row of rowsOf(sheet)) row.raw = writeLine(row, sheet.form) + sheet.form.delimiter;
}

function addEmptyColumns(sheet, pick) {
  const empties = Array(pick.between(1, 3)).fill('');
  const isLeft = pick.chance(0.3);
  const widen = (fields) => (isLeft ? [...empties, ...fields] : [...fields, ...empties]);
  for (const record of sheet.records) record.fields = widen(record.fields);
  if (!isLeft) return;
  sheet.truth.names = widen(sheet.truth.names);
  sheet.truth.rows = sheet.truth.rows.map(widen);
}

/** Rewrites one field of a row as `change` has it, and leaves the others. */
function changeField(sheet, row, column, change) {
  const fields = row.fields.map((field) => writeField(field, sheet.form));
  fields[column] = change(fields[column]);
  row.raw = fields.join(sheet.form.delimiter);
}

function openQuote(sheet, pick) {
  sheet.form.quoting = pick.one(['needed', 'texts']);
  const row = pick.chance(0.1) ? sheet.records[0] : pick.one(rowsOf(sheet));
  const open = row.fields.flatMap((field, i) => (isQuoted(field, sheet.form) ? [] : [i]));
  if (open.length === 0) return openQuote(sheet, pick);
  const column = pick.one(open);
  changeField(sheet, row, column, (text) => `"${text}`);
  if (row.role === 'header') {
    const { names } = sheet.table;
    sheet.truth.otherNames.push(names.map((name, i) => (i === column ? `"${name}` : name)));
    sheet.note = `header: a quote before field ${column + 1}`;
    return;
  }
  loosen(sheet, row);
  sheet.note = `row ${row.row + 1}: a quote before field ${column + 1}`;
}

function loseClosingQuote(sheet, pick) {
  const places = rowsOf(sheet).flatMap((row) =>
    row.fields.flatMap((field, i) =>
      isQuoted(field, sheet.form) && field !== '' ? [[row, i]] : [],
    ),
  );
  const [row, column] = pick.one(places);
  changeField(sheet, row, column, (text) => text.slice(0, -1));
  loosen(sheet, row);
  sheet.note = `row ${row.row + 1}: no closing quote in field ${column + 1}`;
}

/** In a bare cell the quote is text, and the cell certain; in a quoted one it is damage. */
function putQuoteInside(sheet, pick) {
  const { kinds } = sheet.table;
  const row = pick.one(rowsOf(sheet));
  const words = kinds.flatMap((kind, i) =>
    ['text', 'person', 'city', 'category'].includes(kind) && row.fields[i].length > 1 ? [i] : [],
  );
  if (words.length === 0) return putQuoteInside(sheet, pick);
  const column = pick.one(words);
  const field = row.fields[column];
  const at = pick.between(1, field.length - 1);
  const spoil = (text, from) => `${text.slice(0, from)}"${text.slice(from)}`;
  changeField(sheet, row, column, (text) => {
    if (isQuoted(field, sheet.form)) loosen(sheet, row);
    return spoil(text, isQuoted(field, sheet.form) ? at + 1 : at);
  });
  if (!sheet.truth.loose.includes(row.row)) sheet.truth.rows[row.row][column] = spoil(field, at);
  sheet.note = `row ${row.row + 1}: a quote inside field ${column + 1}`;
}

/** Stands for a byte to be broken; no text holds it. */
const BROKEN_MARK = '\u{E000}';

function breakLetter(sheet, pick) {
  const column = sheet.table.kinds.findIndex((kind) => ['text', 'person', 'city'].includes(kind));
  for (const row of pick.some(rowsOf(sheet), pick.between(1, 3))) {
    row.fields[Math.max(0, column)] += BROKEN_MARK;
    loosen(sheet, row);
    sheet.note += `row ${row.row + 1} `;
  }
}

/** One byte that is no UTF-8 in place of each mark's three. */
function breakBytes(bytes, pick) {
  const mark = Buffer.from(BROKEN_MARK);
  const pieces = [];
  let from = 0;
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, from)) {
    pieces.push(bytes.subarray(from, at), Buffer.from([pick.one([0x80, 0x93, 0xe9, 0xfc, 0xff])]));
    from = at + mark.length;
  }
  return Buffer.concat([...pieces, bytes.subarray(from)]);
}

function putBlankLines(sheet, pick) {
  const padded = sheet.form.delimiter.repeat(sheet.table.names.length - 1);
  for (let count = pick.between(1, 5); count > 0; count -= 1) {
    const at = pick.between(0, sheet.records.length);
    sheet.records.splice(at, 0, { role: 'other', raw: pick.one(['', '', padded, ' ']) });
  }
}

function repeatHeader(sheet, pick) {
  for (let count = pick.between(1, 2); count > 0; count -= 1) {
    const at = pick.between(3, sheet.records.length - 2);
    sheet.records.splice(at, 0, { role: 'other', fields: sheet.table.names });
  }
}

function breakTexts(sheet, pick) {
  const { kinds, rows } = sheet.table;
  const column = kinds.indexOf('text');
  if (pick.chance(0.2)) {
    const names = sheet.records[0].fields.map((name, i) =>
      i === column ? `${name}\n(free)` : name,
    );
    sheet.records[0].fields = names;
    sheet.truth.names = names;
  }
  for (const row of pick.some(rowsOf(sheet), pick.between(1, 6))) {
    const field = `${row.fields[column]}\n${pick.one(['see above', 'page 2, line 3', '\nend', '-'])}`;
    row.fields[column] = field;
    rows[row.row][column] = field;
  }
}
