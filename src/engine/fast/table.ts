/** All that the passes over one input share, and what they have settled so far. */
import type { EngineContext } from '../engine.js';
import type { VectorExpression } from '../expression/vector/compile-vector.js';
import type { Selection } from '../expression/vector/vectors.js';
import type { TablePlan } from '../plan-table.js';
import type { Carry } from '../rows/convert-row.js';
import type { Settled } from '../settled.js';
import type { CellConverter } from '../values/convert-cell.js';
import type { Block } from './block.js';
import type { BlockReader } from './block-reader.js';
import type { Groupings } from './groups/grouping.js';

/** Takes the duplicates out of a selection of a block, and marks them. */
export type LeaveUnique = (block: Block, selection: Selection) => Selection;

export interface Table extends Settled {
  readonly context: EngineContext;
  readonly plan: TablePlan;
  readonly reader: BlockReader;
  readonly where: VectorExpression | null;
  readonly derives: readonly VectorExpression[];
  /** What takes the duplicates out of a block that was read anew. */
  readonly leaveUnique: LeaveUnique[];
  readonly passCount: number;
  /** Of the values of columns, once they are settled. */
  converters: readonly CellConverter[];
  /** The groups of rows that expressions ask for. */
  readonly groupings: Groupings;
  /** Of columns that are filled from above: the last value so far. */
  readonly carry: Carry;
}
