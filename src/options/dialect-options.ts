/** The options that say how inputs are read. What is not given is found out. */
import { type OptionSpecs, orAuto, orNull, switchOption } from './option-spec.js';
import {
  parseChoice,
  parseComment,
  parseCount,
  parseDelimiter,
  parseEncoding,
  parseQuote,
  parseSize,
} from './parse-values.js';

const GIB = 2 ** 30;

export const DIALECT_OPTIONS = {
  delimiter: {
    flags: '-d, --delimiter <text>',
    group: 'Dialect',
    byDefault: null,
    help: 'between fields, one or more characters; tab, comma, … (default: found out)',
    parse: orNull(parseDelimiter),
  },
  quote: {
    flags: '--quote <char>',
    group: 'Dialect',
    byDefault: 'auto',
    help: 'around fields; none: quotes are ordinary characters (default: found out)',
    parse: orAuto(parseQuote),
  },
  escape: {
    flags: '--escape <char>',
    group: 'Dialect',
    byDefault: 'auto',
    help: 'before a quote inside quotes; none: it is doubled (default: found out)',
    parse: orAuto(parseQuote),
  },
  encoding: {
    flags: '-e, --encoding <name>',
    group: 'Dialect',
    byDefault: 'auto',
    help: 'of the inputs: utf-8, windows-1252, utf-16, … (default: found out)',
    parse: orAuto(parseEncoding),
  },
  encodingErrors: {
    flags: '--encoding-errors <policy>',
    group: 'Dialect',
    byDefault: 'reject',
    help: 'records with bytes that are no text: reject, replace (by U+FFFD), or strict (fail the file) (default: reject)',
    parse: parseChoice(['reject', 'replace', 'strict']),
  },
  headers: switchOption(
    '--no-headers',
    'Dialect',
    'the first record is data; columns are column_1, column_2, …; no header is written',
  ),
  headerRows: {
    flags: '--header-rows <n>',
    group: 'Dialect',
    byDefault: 'auto',
    help: 'records that make the header, joined; 0 as --no-headers (default: found out)',
    parse: orAuto(parseCount(0, 20, 'auto or ')),
  },
  skipLines: {
    flags: '--skip-lines <n>',
    group: 'Dialect',
    byDefault: 'auto',
    help: 'lines before the table (default: found out)',
    parse: orAuto(parseCount(0, 1_000_000, 'auto or ')),
  },
  comment: {
    flags: '--comment <char>',
    group: 'Dialect',
    byDefault: null,
    help: 'records that begin with it are set aside (default: only those above the table)',
    parse: orNull(parseComment),
  },
  sniff: switchOption(
    '--no-sniff',
    'Dialect',
    'read what is not given as RFC 4180: comma, double quote, a header in the first row',
  ),
  maxField: {
    flags: '--max-field <size>',
    group: 'Dialect',
    byDefault: 16 * 2 ** 20,
    help: 'records with a longer field are rejected (default: 16MB)',
    parse: parseSize(1, GIB),
    defaultText: '16MB',
  },
  maxColumns: {
    flags: '--max-columns <n>',
    group: 'Dialect',
    byDefault: 16_384,
    help: 'files with more columns are refused (default: 16384)',
    parse: parseCount(1, 1_000_000),
  },
} satisfies OptionSpecs;
