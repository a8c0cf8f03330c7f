/** Before every file of tests: engines are tested with expressions. */
import { loadCompiler } from '../../src/engine/expression/load-compiler.js';

await loadCompiler({ where: 'true', derive: [] });
