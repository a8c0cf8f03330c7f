/** The key columns of `--dedup`, which may be named or not. */
import { CsvcleanError } from '../base/error.js';
import { anyOf } from './json-schema.js';
import { parseColumns } from './parse-lists.js';
import { type Parse, parseSwitch, reader } from './parse-values.js';

/** What names of inputs end in, and hardly any column's. */
const INPUT_ENDINGS = /\.(csv|tsv|tab|txt|gz|br|zst)$/i;

/** True or an empty list: all columns; false: duplicates stay. */
export const parseDedup: Parse<readonly string[] | null> = reader(
  anyOf(parseSwitch.schema, parseColumns.schema),
  (given, flag) => {
    if (given === false || given === 'false') return null;
    if (given === true || given === 'true') return [];
    if (Array.isArray(given) && given.length === 0) return [];
    // On the command line the next word is taken for the columns.
    if (typeof given === 'string' && INPUT_ENDINGS.test(given)) {
      throw new CsvcleanError('USAGE', `${flag} ${given}: that is an input, not a column`, {
        remedy: `Put ${flag} behind the inputs, or name columns: ${flag}=id,date.`,
      });
    }
    return parseColumns(given, flag);
  },
);
