/** The options that say what is told of a run. */
import { type OptionSpecs, orNull, switchOption } from './option-spec.js';
import { parseChoice } from './parse-values.js';

export const TALK_OPTIONS = {
  json: switchOption('--json', 'Talk', 'print the result as JSON on standard output'),
  format: {
    flags: '--format <form>',
    group: 'Talk',
    byDefault: null,
    help: 'of what is told: text, json (as --json), or github: annotations and a job summary (default: github in GitHub Actions, else text)',
    parse: orNull(parseChoice(['text', 'github', 'json'])),
  },
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
