/** The options that share the work out, and bound what a worker takes. */
import { DEFAULT_MAX_MEMORY_BYTES, MIN_MAX_MEMORY_BYTES } from '../executor/plan-memory.js';
import { type OptionSpecs, orNull } from './option-spec.js';
import { parsePositive, parseSize, parseWorkers } from './parse-values.js';

const GIB = 2 ** 30;

export const WORKER_OPTIONS = {
  workers: {
    flags: '-w, --workers <n>',
    group: 'Workers',
    byDefault: 'auto',
    help: 'worker threads, or auto: the CPUs this process may use; 0: work in the main thread (default: auto)',
    parse: parseWorkers,
    hiddenFlags: ['-j, --jobs <n>'],
  },
  spanSize: {
    flags: '--span-size <size>',
    group: 'Workers',
    byDefault: 8 * 2 ** 20,
    help: 'where files of more than 8 such pieces are cut for the workers (default: 8MB)',
    parse: parseSize(1, GIB),
    defaultText: '8MB',
  },
  timeout: {
    flags: '--timeout <seconds>',
    group: 'Workers',
    byDefault: null,
    help: 'longest time for one input (default: none)',
    parse: orNull(parsePositive),
  },
  maxMemory: {
    flags: '--max-memory <size>',
    group: 'Workers',
    byDefault: DEFAULT_MAX_MEMORY_BYTES,
    help: 'most memory per worker: half heap, half buffers (default: 2GB)',
    parse: parseSize(MIN_MAX_MEMORY_BYTES, 1024 * GIB),
    defaultText: '2GB',
  },
} satisfies OptionSpecs;
