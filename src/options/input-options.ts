/** The options that name inputs. */
import { type OptionSpecs, orNull, switchOption } from './option-spec.js';
import { parseTexts } from './parse-lists.js';
import { parseExpandLimits, parseFilledText } from './parse-values.js';

export const INPUT_OPTIONS = {
  inputs: {
    flags: null,
    group: 'Inputs',
    byDefault: [],
    help: 'files, globs, folders; !glob to exclude',
    parse: parseTexts,
    pathBut: ['-'],
  },
  filesFrom: {
    flags: '--files-from <file>',
    group: 'Inputs',
    byDefault: null,
    help: 'also read input names from a file, one a line; - is standard input',
    parse: orNull(parseFilledText),
    pathBut: ['-'],
  },
  allowNoMatch: switchOption('--allow-no-match', 'Inputs', 'a pattern without a match is no error'),
  maxDecompressed: {
    flags: '--max-decompressed <limit>',
    group: 'Inputs',
    byDefault: { maxBytes: Number.POSITIVE_INFINITY, maxRatio: 200 },
    help: 'most that a compressed input may expand to: a size, or a ratio beyond 16MB (default: 200x)',
    parse: parseExpandLimits,
    defaultText: '200x',
  },
} satisfies OptionSpecs;
