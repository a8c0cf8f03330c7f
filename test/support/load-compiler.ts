/** Before every file of tests: engines are tested with expressions, and rules for values. */
import { loadCompiler } from '../../src/engine/expression/load-compiler.js';
import { loadValues } from '../../src/engine/values/load-values.js';

await loadCompiler({ where: 'true', derive: [] });
await loadValues({ values: { nulls: 'auto' }, columns: [] });
