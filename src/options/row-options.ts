/** The options that mend, keep and compute rows and their values. */
import { type OptionSpecs, orNull, switchOption } from './option-spec.js';
import { parseColumnRules } from './parse-column-rules.js';
import { parseDedup } from './parse-dedup.js';
import { parseDerives } from './parse-lists.js';
import { parseChoice, parseFilledText } from './parse-values.js';

export const ROW_OPTIONS = {
  ragged: {
    flags: '--ragged <policy>',
    group: 'Rows and values',
    byDefault: 'pad',
    help: 'rows of another width: pad short ones, join pieces that a line end has broken, reject, or error (fail the file) (default: pad)',
    parse: parseChoice(['pad', 'join', 'reject', 'error']),
  },
  keepBlank: switchOption('--keep-blank', 'Rows and values', 'keep rows whose cells are all empty'),
  where: {
    flags: '--where <expr>',
    group: 'Rows and values',
    byDefault: null,
    help: "keep rows for which this holds: 'value <= 500'",
    parse: orNull(parseFilledText),
  },
  dedup: {
    flags: '--dedup [cols]',
    group: 'Rows and values',
    byDefault: null,
    help: 'of rows with the same cells, in these columns or in all, keep one; the others go to the rejects',
    parse: orNull(parseDedup),
  },
  dedupKeep: {
    flags: '--dedup-keep <which>',
    group: 'Rows and values',
    byDefault: 'first',
    help: 'of equal rows: first or last (default: first)',
    parse: parseChoice(['first', 'last']),
  },
  trim: switchOption('--no-trim', 'Rows and values', 'keep spaces around cells'),
  columns: {
    flags: null,
    group: 'Rows and values',
    byDefault: [],
    help: 'rules for the values of single columns: { amount: { numbers: auto } }',
    parse: parseColumnRules,
  },
  derive: {
    flags: '--derive <name=expr>',
    group: 'Rows and values',
    byDefault: [],
    help: "add or replace a column: 'share = value / sum(value)'",
    parse: parseDerives,
    isRepeatable: true,
  },
} satisfies OptionSpecs;
