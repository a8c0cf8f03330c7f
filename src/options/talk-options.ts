/** The options that say what is told of a run. */
import { type OptionSpecs, switchOption } from './option-spec.js';
import { parseChoice } from './parse-values.js';

export const TALK_OPTIONS = {
  json: switchOption('--json', 'Talk', 'print the result as JSON on standard output'),
  quiet: switchOption('-q, --quiet', 'Talk', 'print errors and warnings only'),
  verbose: switchOption('-v, --verbose', 'Talk', 'print a line for each file, and all details'),
  progress: switchOption('--no-progress', 'Talk', 'no progress bar or progress lines'),
  color: {
    flags: '--color <when>',
    group: 'Talk',
    byDefault: 'auto',
    help: 'auto, always or never; NO_COLOR is honoured (default: auto)',
    parse: parseChoice(['auto', 'always', 'never']),
  },
} satisfies OptionSpecs;
