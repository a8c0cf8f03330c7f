/** The expressions of a plan, compiled for blocks. */
import type { CompiledExpression } from '../expression/compile-expression.js';
import { expressionCompiler } from '../expression/load-compiler.js';
import type { Scratch } from '../expression/vector/scratch.js';
import type { TablePlan } from '../plan-table.js';
import type { Table } from './table.js';

export type PlanVectors = Pick<Table, 'where' | 'derives'>;

/** Compiles on demand; the expressions of the last plan are kept. */
export function createVectors(): (plan: TablePlan) => PlanVectors {
  let scratch: Scratch | null = null;
  let last: { readonly plan: TablePlan; readonly vectors: PlanVectors } | null = null;
  return (plan) => {
    if (last?.plan !== plan) {
      const compile = ({ compiled }: { readonly compiled: CompiledExpression }) => {
        const { compileVector, createScratch } = expressionCompiler();
        scratch ??= createScratch();
        return compileVector(compiled, plan.columns.length, scratch);
      };
      const where = plan.where === null ? null : compile(plan.where);
      last = { plan, vectors: { where, derives: plan.derives.map(compile) } };
    }
    return last.vectors;
  };
}
