/** The options that say how a run goes. */
import { type OptionSpecs, switchOption } from './option-spec.js';
import { parseChoice } from './parse-values.js';

export const RUN_OPTIONS = {
  check: switchOption('--check', 'Run', 'write nothing; exit 1 if cleaning would change anything'),
  dryRun: switchOption('-n, --dry-run', 'Run', 'write nothing; show what each rule would do'),
  baseline: switchOption(
    '--baseline',
    'Run',
    'also run on one worker, compare the bytes, print the measured speed-up',
  ),
  failFast: switchOption('--fail-fast', 'Run', 'stop at the first file that fails'),
  engine: {
    flags: '--engine <name>',
    group: 'Run',
    byDefault: 'fast',
    help: 'fast, or reference: a record at a time, to check the fast one by',
    parse: parseChoice(['fast', 'reference']),
  },
} satisfies OptionSpecs;
