/** The options for what is taken out. */
import { type OptionSpecs, orNull } from './option-spec.js';
import { parseFilledText, parseRejectLimit } from './parse-values.js';

export const REJECT_OPTIONS = {
  rejects: {
    flags: '--rejects <dir>',
    group: 'Rejects',
    byDefault: null,
    help: 'folder for what is taken out; default OUT-DIR/rejects; none: only count',
    parse: orNull(parseFilledText),
    pathBut: ['none'],
  },
  maxRejects: {
    flags: '--max-rejects <limit>',
    group: 'Rejects',
    byDefault: null,
    help: 'exit 1 when more records are rejected: 100, or 0.5% of the rows (default: no limit)',
    parse: orNull(parseRejectLimit),
  },
} satisfies OptionSpecs;
