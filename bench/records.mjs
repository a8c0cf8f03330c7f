/**
 * Reads CSV for the check of outputs: records as text first, cells only where someone asks. It
 * shares no line with csvclean, so that a fault of one is not a fault of both. Text is Latin-1, one
 * character a byte: what is equal here is equal in bytes, whatever the encoding.
 */
import { closeSync, openSync, readSync } from 'node:fs';

const READ_BYTES = 1 << 20;
const QUOTE = '"';

/** The records of a file, one after another, without their line ends (LF or CRLF). */
export function* readRecords(path) {
  let open = '';
  for (const line of readLines(path)) {
    const record = open === '' ? line : `${open}\n${line}`;
    // An odd number of quotes: the line end was inside a quoted cell.
    if (record.includes(QUOTE) && countQuotes(record) % 2 === 1) {
      open = record;
      continue;
    }
    open = '';
    yield record.endsWith('\r') ? record.slice(0, -1) : record;
  }
  if (open !== '') throw new Error(`the quote that opens in ${JSON.stringify(open)} never closes`);
}

/** The cells of a record, unquoted. */
export function splitRecord(record) {
  if (!record.includes(QUOTE)) return record.split(',');
  const cells = [];
  let at = 0;
  for (;;) {
    const end = record[at] === QUOTE ? quotedEnd(record, at) : plainEnd(record, at);
    const raw = record.slice(at, end);
    cells.push(raw[0] === QUOTE ? raw.slice(1, -1).replaceAll('""', QUOTE) : raw);
    if (end === record.length) return cells;
    if (record[end] !== ',') throw new Error(`text after a closing quote in ${show(record)}`);
    at = end + 1;
  }
}

/** Latin-1 text as it reads in UTF-8, quoted for a message. */
export function show(text) {
  return JSON.stringify(Buffer.from(text, 'latin1').toString('utf8'));
}

function* readLines(path) {
  const file = openSync(path, 'r');
  const buffer = Buffer.allocUnsafe(READ_BYTES);
  let rest = '';
  try {
    for (;;) {
      const length = readSync(file, buffer);
      if (length === 0) break;
      const text = rest + buffer.latin1Slice(0, length);
      let start = 0;
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
        yield text.slice(start, end);
        start = end + 1;
      }
      rest = text.slice(start);
    }
    if (rest !== '') yield rest;
  } finally {
    closeSync(file);
  }
}

function countQuotes(text) {
  let count = 0;
  for (let at = text.indexOf(QUOTE); at >= 0; at = text.indexOf(QUOTE, at + 1)) count += 1;
  return count;
}

/** Behind the quote that closes the cell which opens at `start`. */
function quotedEnd(record, start) {
  let at = start + 1;
  for (;;) {
    at = record.indexOf(QUOTE, at) + 1;
    if (at === 0) throw new Error(`a quote never closes in ${show(record)}`);
    if (record[at] !== QUOTE) return at;
    at += 1;
  }
}

function plainEnd(record, start) {
  const end = record.indexOf(',', start);
  return end < 0 ? record.length : end;
}
