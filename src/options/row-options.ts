/** The options that mend, keep and compute rows and their values. */
import { type OptionSpecs, orNull, switchOption } from './option-spec.js';
import { parseColumnRules } from './parse-column-rules.js';
import { parseDedup } from './parse-dedup.js';
import { parseDerives } from './parse-lists.js';
import { parseDateSettings, parseNulls, parseNumberSettings } from './parse-value-rules.js';
import { parseChoice, parseFilledText, parseSwitch } from './parse-values.js';

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
  nulls: {
    flags: '--nulls <what>',
    group: 'Rows and values',
    byDefault: [],
    help: "blank what says that there is no value: auto (NA and the like, in columns of numbers, dates or truths), or these texts: --nulls=-999,NA; 'col=-1' for one column",
    parse: parseNulls,
    isRepeatable: true,
  },
  numbers: {
    flags: '--numbers <how>',
    group: 'Rows and values',
    byDefault: [],
    help: "write 1.234,50 € as 1234.50: auto, where all of a column agrees; 'col=1.234,5' says how one is written",
    parse: parseNumberSettings,
    isRepeatable: true,
  },
  dates: {
    flags: '--dates <how>',
    group: 'Rows and values',
    byDefault: [],
    help: 'write 31.12.2024 as 2024-12-31: auto, where all of a column agrees; col=DD.MM.YYYY says how one is written',
    parse: parseDateSettings,
    isRepeatable: true,
  },
  booleans: {
    flags: null,
    group: 'Rows and values',
    byDefault: 'off',
    help: 'write yes and no, ja and nein, Y and N as true and false: auto, where all of a column agrees',
    parse: parseChoice(['auto', 'off']),
  },
  unicode: {
    flags: null,
    group: 'Rows and values',
    byDefault: 'off',
    help: 'write equal texts with equal characters: nfc, nfkc or off',
    parse: parseChoice(['nfc', 'nfkc', 'off']),
  },
  squeeze: {
    flags: null,
    group: 'Rows and values',
    byDefault: false,
    help: 'runs of blanks inside cells become one space',
    parse: parseSwitch,
  },
  mojibake: {
    flags: null,
    group: 'Rows and values',
    byDefault: 'off',
    help: 'mend UTF-8 that was read as windows-1252, such as Ã¤: auto or off',
    parse: parseChoice(['auto', 'off']),
  },
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
