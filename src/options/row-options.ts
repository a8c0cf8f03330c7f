/** The options that mend, keep and compute rows and their values. */
import { type OptionSpecs, orNull, switchOption } from './option-spec.js';
import { parseColumnRules } from './parse-column-rules.js';
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
