/** The options that mend, keep and compute rows and their values. */
import { type OptionSpecs, orNull, switchOption } from './option-spec.js';
import { parseChoice, parseFilledText, parseTexts } from './parse-values.js';

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
  derive: {
    flags: '--derive <name=expr>',
    group: 'Rows and values',
    byDefault: [],
    help: "add or replace a column: 'share = value / sum(value)'",
    parse: parseTexts,
    isRepeatable: true,
  },
} satisfies OptionSpecs;
