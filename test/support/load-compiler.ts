/** Before every file of tests: engines are tested with all rules that are loaded late. */
import { loadForRules } from '../../src/engine/load-for-rules.js';
import { PLAIN_RULES } from './plain-rules.js';

await loadForRules({
  ...PLAIN_RULES,
  where: 'count() by a',
  dedup: { columns: [], keep: 'first' },
  values: { nulls: 'auto' },
  columns: [{ column: 'a', rules: { required: true } }],
});
