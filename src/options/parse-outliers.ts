/** How outliers are found: the method, and the number that goes with it. */
import { parseNumber } from '../csv/parse-number.js';
import type { OutlierMethod } from '../engine/rules.js';
import { anyOf, textSchema } from './json-schema.js';
import type { OutlierOption } from './options.js';
import { badValue, type Parse, parseText, reader } from './parse-values.js';

const OUTLIER_FORMS = 'auto, off, gap, iqr[:K], mad[:C], zscore[:Z] or percentile:LOW,HIGH';

/** Tukey's outer fence; `iqr:1.5` is the inner one. */
const DEFAULT_IQR_FACTOR = 3;
/** Iglewicz & Hoaglin 1993. */
const DEFAULT_MAD_CUTOFF = 3.5;
const DEFAULT_Z_CUTOFF = 3;

const OUTLIER_SCHEMA = anyOf(
  { enum: ['auto', 'off', 'gap', 'iqr', 'mad', 'zscore'] },
  textSchema('^((iqr|mad|zscore):.+|percentile:.+,.+)$'),
);

export const parseOutliers: Parse<OutlierOption> = reader(OUTLIER_SCHEMA, (given, flag) => {
  const text = parseText(given, flag);
  const [kind, ...rest] = text.split(':');
  const argument = rest.length === 0 ? null : rest.join(':');
  const method = outlierMethod(kind!, argument);
  if (method === null) throw badValue(flag, text, OUTLIER_FORMS);
  return { method, isAuto: kind === 'auto' };
});

function outlierMethod(kind: string, argument: string | null): OutlierMethod | null {
  const factor = (byDefault: number): number =>
    argument === null ? byDefault : parseNumber(argument);
  switch (kind) {
    case 'auto':
    case 'gap':
      return argument === null ? { kind: 'gap' } : null;
    case 'off':
      return argument === null ? { kind: 'off' } : null;
    case 'iqr': {
      const k = factor(DEFAULT_IQR_FACTOR);
      return k > 0 ? { kind, k } : null;
    }
    case 'mad':
    case 'zscore': {
      const cutoff = factor(kind === 'mad' ? DEFAULT_MAD_CUTOFF : DEFAULT_Z_CUTOFF);
      return cutoff > 0 ? { kind, cutoff } : null;
    }
    case 'percentile': {
      const [low, high, extra] = (argument ?? '').split(',').map(parseNumber);
      if (low === undefined || high === undefined || extra !== undefined) return null;
      return low >= 0 && high <= 100 && low < high ? { kind, low, high } : null;
    }
    default:
      return null;
  }
}
