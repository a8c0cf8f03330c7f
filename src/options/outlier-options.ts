/** The options that say which values are too far out, and what becomes of them. */
import { type OptionSpecs, orNull } from './option-spec.js';
import { parseColumns, parseLimits } from './parse-lists.js';
import { parseOutliers } from './parse-outliers.js';
import { parseChoice, parseCount } from './parse-values.js';

export const OUTLIER_OPTIONS = {
  outliers: {
    flags: '--outliers <method>',
    group: 'Outliers',
    byDefault: { method: { kind: 'gap' }, isAuto: true },
    help: 'auto (gap rule with guards), off, gap, iqr[:K], mad[:C], zscore[:Z], percentile:LO,HI (default: auto)',
    parse: parseOutliers,
    defaultText: 'auto',
  },
  outlierAction: {
    flags: '--outlier-action <action>',
    group: 'Outliers',
    byDefault: 'drop',
    help: 'drop (to the rejects), clip, null, flag or report (default: drop)',
    parse: parseChoice(['drop', 'clip', 'null', 'flag', 'report']),
  },
  outlierColumns: {
    flags: '--outlier-columns <cols>',
    group: 'Outliers',
    byDefault: null,
    help: 'judge only these columns',
    parse: orNull(parseColumns),
    isRepeatable: true,
  },
  outlierExclude: {
    flags: '--outlier-exclude <cols>',
    group: 'Outliers',
    byDefault: [],
    help: 'never judge these columns',
    parse: parseColumns,
    isRepeatable: true,
  },
  outlierScope: {
    flags: '--outlier-scope <scope>',
    group: 'Outliers',
    byDefault: 'file',
    help: 'what fences and aggregates are computed over: file (each by itself) or all (default: file)',
    parse: parseChoice(['file', 'all']),
  },
  groupBy: {
    flags: '--group-by <cols>',
    group: 'Outliers',
    byDefault: [],
    help: 'judge each group of rows by itself',
    parse: parseColumns,
    isRepeatable: true,
  },
  maxGroups: {
    flags: '--max-groups <n>',
    group: 'Outliers',
    byDefault: 100_000,
    help: 'more groups, of --group-by or of an aggregate with by, are refused (default: 100000)',
    parse: parseCount(1, 10_000_000),
  },
  max: {
    flags: '--max <col=number>',
    group: 'Outliers',
    byDefault: [],
    help: 'values above are outliers, always',
    parse: parseLimits,
    isRepeatable: true,
  },
  min: {
    flags: '--min <col=number>',
    group: 'Outliers',
    byDefault: [],
    help: 'values below are outliers, always',
    parse: parseLimits,
    isRepeatable: true,
  },
} satisfies OptionSpecs;
