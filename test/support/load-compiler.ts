/** Before every file of tests: engines are tested with all rules that are loaded late. */
import { loadCompiler } from '../../src/engine/expression/load-compiler.js';
import { loadDedup } from '../../src/engine/fast/dedup/load-dedup.js';
import { loadGroups } from '../../src/engine/fast/groups/load-groups.js';
import { loadSchema } from '../../src/engine/schema/load-schema.js';
import { loadValues } from '../../src/engine/values/load-values.js';

await loadCompiler({ where: 'true', derive: [] });
await loadDedup({ dedup: { columns: [], keep: 'first' }, columns: [] });
await loadGroups({ where: 'count() by a', derive: [] });
await loadSchema({ columns: [{ column: 'a', rules: { required: true } }] });
await loadValues({ values: { nulls: 'auto' }, columns: [] });
