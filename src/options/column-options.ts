/** The options that name, choose and order columns. */
import { type OptionSpecs, orNull, switchOption } from './option-spec.js';
import { parseColumns, parseRenames } from './parse-lists.js';
import { parseChoice } from './parse-values.js';

export const COLUMN_OPTIONS = {
  case: {
    flags: '--case <style>',
    group: 'Columns',
    byDefault: 'snake',
    help: 'of column names: snake, camel, pascal, kebab, const, lower or preserve (default: snake)',
    parse: parseChoice(['snake', 'camel', 'pascal', 'kebab', 'const', 'lower', 'preserve']),
  },
  rename: {
    flags: '--rename <old=new>',
    group: 'Columns',
    byDefault: [],
    help: 'rename a column; old is its original or cleaned name',
    parse: parseRenames,
    isRepeatable: true,
  },
  select: {
    flags: '-s, --select <cols>',
    group: 'Columns',
    byDefault: null,
    help: 'write only these columns, in this order',
    parse: orNull(parseColumns),
    isRepeatable: true,
  },
  drop: {
    flags: '--drop <cols>',
    group: 'Columns',
    byDefault: [],
    help: 'leave these columns out',
    parse: parseColumns,
    isRepeatable: true,
  },
  cleanNames: switchOption('--no-clean-names', 'Columns', 'keep column names as they are'),
} satisfies OptionSpecs;
