/** The list of a block's duplicates, once they are marked. */
import { type Block, DUPLICATE, type Twins } from '../block.js';

/** Of the `count` records that are duplicates. */
export function listTwins(
  { fates }: Block,
  count: number,
  twinLineOf: (record: number) => number,
): Twins {
  const twins = { records: new Uint32Array(count), lines: new Float64Array(count) };
  let found = 0;
  for (let record = 0; found < count; record++) {
    if (fates[record] !== DUPLICATE) continue;
    twins.records[found] = record;
    twins.lines[found++] = twinLineOf(record);
  }
  return twins;
}
