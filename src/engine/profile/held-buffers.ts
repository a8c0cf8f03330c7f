/** The long lists of a table's state: a thread gives them away, so that nobody copies them. */
import type { ColumnState, TableState } from './column-state.js';

/** Each buffer once; whoever gives them away must not ask for them again. */
export function heldBuffers({ columns }: TableState): readonly ArrayBuffer[] {
  const buffers = columns.flatMap(listsOf).map(({ buffer }) => buffer as ArrayBuffer);
  return [...new Set(buffers)];
}

function listsOf({ values, many }: ColumnState): readonly ArrayBufferView[] {
  const held = many?.numbers?.held ?? [];
  const numbers = values === null || values.numbers === null ? held : [values.numbers];
  const texts = values === null ? [many!.registers] : [values.counts, values.ends, values.pool];
  return [...texts, ...numbers.flatMap((one) => [one.values, ...(one.counts ? [one.counts] : [])])];
}
