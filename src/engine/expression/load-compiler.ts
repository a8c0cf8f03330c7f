/**
 * What parses and compiles expressions, loaded where rules hold some: most hold none, and every
 * thread would load a fifth more.
 */
import { assert } from '../../base/assert.js';
import type { Rules } from '../rules.js';
import type { compileExpression, requireBoolean } from './compile-expression.js';
import type {
  createGrouped,
  groupedBytes,
  groupedValue,
  sumGrouped,
} from './grouped-aggregates.js';
import type { excerptOf } from './refuse.js';
import type { parseDerive, parseExpression } from './syntax.js';
import type { compileVector } from './vector/compile-vector.js';
import type { createScratch } from './vector/scratch.js';

interface ExpressionCompiler {
  readonly parseExpression: typeof parseExpression;
  readonly parseDerive: typeof parseDerive;
  readonly compileExpression: typeof compileExpression;
  readonly requireBoolean: typeof requireBoolean;
  readonly compileVector: typeof compileVector;
  readonly createScratch: typeof createScratch;
  readonly excerptOf: typeof excerptOf;
  readonly createGrouped: typeof createGrouped;
  readonly groupedBytes: typeof groupedBytes;
  readonly groupedValue: typeof groupedValue;
  readonly sumGrouped: typeof sumGrouped;
}

let compiler: ExpressionCompiler | null = null;

/** To be awaited once in each thread, before its first plan of a table by such rules. */
export async function loadCompiler({ where, derive }: Pick<Rules, 'where' | 'derive'>) {
  if (compiler !== null || (where === null && derive.length === 0)) return;
  const [syntax, row, vector, scratch, refusals, groups] = await Promise.all([
    import('./syntax.js'),
    import('./compile-expression.js'),
    import('./vector/compile-vector.js'),
    import('./vector/scratch.js'),
    import('./refuse.js'),
    import('./grouped-aggregates.js'),
  ]);
  compiler = { ...syntax, ...row, ...vector, ...scratch, ...refusals, ...groups };
}

export function expressionCompiler(): ExpressionCompiler {
  assert(compiler !== null, 'the compiler of expressions is loaded');
  return compiler;
}
