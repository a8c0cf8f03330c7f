/** Rules that change as little as they can, for tests to vary: no more than the gap rule. */
import type { OutlierRules, Rules } from '../../src/engine/rules.js';

export const GAP_RULE: OutlierRules = {
  ...{ method: { kind: 'gap' }, named: false, action: 'drop' },
  ...{ columns: null, exclude: [], groupBy: [] },
};

export const PLAIN_RULES: Rules = {
  ...{ hasHeader: true, maxFieldBytes: 1 << 20, maxColumns: 100, maxGroups: 100_000 },
  ...{ cleanNames: true, nameCase: 'snake', rename: [], select: null, drop: [] },
  ...{ trim: true, keepBlank: false, ragged: 'pad', where: null, dedup: null },
  ...{ derive: [], values: {}, outliers: GAP_RULE, columns: [], bounds: [] },
};

/** Without a judge of outliers. */
export const QUIET_RULES: Rules = {
  ...PLAIN_RULES,
  outliers: { ...GAP_RULE, method: { kind: 'off' } },
};
