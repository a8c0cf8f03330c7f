/**
 * A table on its way to bytes: records of fields with the form they are written in, so that a
 * pollution can change either, and the truth beside them.
 */
import iconv from 'iconv-lite';

const PLAIN_FORM = {
  delimiter: ',',
  quote: '"',
  escape: null,
  /** Which fields are quoted: `needed`, `texts` or `all`. */
  quoting: 'needed',
  lineEnd: '\n',
  hasLastLineEnd: true,
  encoding: 'utf-8',
  hasMark: false,
};

/**
 * A record has `fields`, or `raw` as its line; `role` is `header`, `row` or `other` (what is none of
 * the table); `row` its place in the truth. `loose` rows are damaged beyond certain repair.
 */
export function createSheet(table, pick) {
  const quoting = pick.one(['needed', 'needed', 'needed', 'needed', 'texts', 'all']);
  return {
    table,
    form: { ...PLAIN_FORM, quoting },
    records: [
      { role: 'header', fields: [...table.names] },
      ...table.rows.map((fields, row) => ({ role: 'row', row, fields: [...fields] })),
    ],
    truth: { names: table.joined ?? table.names, otherNames: [], rows: table.rows, loose: [] },
    /** Where the damage is, in words. */
    note: '',
  };
}

export function rowsOf(sheet) {
  return sheet.records.filter(({ role }) => role === 'row');
}

export function loosen(sheet, record) {
  sheet.truth.loose.push(record.row);
}

/** Lines above or below the table. */
export function addLines(sheet, place, records) {
  const others = records.map((one) => ({ role: 'other', ...one }));
  if (place === 'above') sheet.records.unshift(...others);
  else sheet.records.push(...others);
}

export function isQuoted(field, { delimiter, quote, escape: escaping, quoting }) {
  if (quoting === 'all') return true;
  if (quoting === 'texts' && /\p{L}/u.test(field)) return true;
  if (field === '') return delimiter === ' ';
  const holds = [delimiter, quote, '\n', '\r', ...(escaping === null ? [] : [escaping])];
  return holds.some((text) => field.includes(text)) || field.trim() !== field;
}

export function writeField(field, form) {
  if (!isQuoted(field, form)) return field;
  const { quote, escape: escaping } = form;
  const escaped = escaping === null ? field : field.replaceAll(escaping, escaping + escaping);
  return quote + escaped.replaceAll(quote, (escaping ?? quote) + quote) + quote;
}

export function writeLine({ raw, fields }, form) {
  return raw ?? fields.map((field) => writeField(field, form)).join(form.delimiter);
}

export function writeSheet({ records, form }) {
  const { hasLastLineEnd, lineEnd, encoding, hasMark } = form;
  const text = records.map((record, i) => {
    const isOpen = i === records.length - 1 && !hasLastLineEnd;
    return writeLine(record, form) + (isOpen ? '' : (record.lineEnd ?? lineEnd));
  });
  return iconv.encode(text.join(''), encoding, { addBOM: hasMark });
}
