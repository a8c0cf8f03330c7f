/** The groups of a table's rows by some columns, as they are found from block to block. */
import type { GroupSlots } from '../../expression/group-key.js';
import type { Value } from '../../expression/tree.js';
import { createKeyNumbers, type KeyNumbers } from './key-numbers.js';

/** Groups are numbered as they come. */
export interface Grouping {
  readonly by: GroupSlots;
  readonly keys: string[];
  readonly numbers: Map<string, number>;
  /** Of keys as the kernel writes them: several may be one, where a value is missing. */
  readonly written: KeyNumbers;
  /** Of values of the one column, where it is derived. */
  readonly byValue: Map<Value, number>;
  /** In all keys. */
  letters: number;
  /** What it took from the budget. */
  heldBytes: number;
}

/** Those of a table, by the places of their columns. */
export type Groupings = Map<string, Grouping>;

/** The grouping by these columns, always the same. */
export function groupingOf(groupings: Groupings, by: GroupSlots): Grouping {
  const name = by.map(({ index }) => index).join();
  let grouping = groupings.get(name);
  if (grouping === undefined) {
    const none = { keys: [], numbers: new Map(), byValue: new Map(), letters: 0, heldBytes: 0 };
    grouping = { by, ...none, written: createKeyNumbers() };
    groupings.set(name, grouping);
  }
  return grouping;
}

/** The number of a key; beyond `maxGroups` one stands for all others. */
export function numberOf(grouping: Grouping, key: string, maxGroups: number): number {
  const { keys, numbers } = grouping;
  const known = numbers.get(key);
  if (known !== undefined) return known;
  if (keys.length > maxGroups) return maxGroups;
  const number = keys.push(key) - 1;
  numbers.set(key, number);
  grouping.letters += key.length;
  return number;
}
