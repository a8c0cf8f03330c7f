/**
 * Finds the duplicates of a table in spans: each span writes the keys of its rows, divided by their
 * hashes; then the keys of some of the hashes are merged, from all spans in their order, each by
 * itself; and the passes that follow read what that gave.
 */
import { type DedupPlan, keyPlans } from '../plan-keys.js';
import type { SettledDuplicates } from '../settled.js';
import { countParts, groupParts } from './count-parts.js';
import type { Measures } from './measures.js';
import type { MergeRequest } from './span-engine.js';
import { measureTable, type SplitRun, type Steps } from './table-steps.js';

/**
 * Fills `settled.duplicates`, plan after plan: each looks at the rows that those before it leave.
 * What the filter needs must be settled.
 */
export function* settleDuplicates(run: SplitRun): Steps<void> {
  const { table, settled } = run;
  settled.duplicates = [];
  const partCount = countParts(table.sizeBytes, table.memoryBytes);
  let stream = 0;
  for (const [at, of] of keyPlans(table.plan).entries()) {
    const request = { kind: 'keys', plan: at, firstStream: stream, partCount } as const;
    const lastSpan = table.spans.length - 1;
    const keys = yield* measureTable(run, { request, firstSpan: 0, lastSpan });
    stream += table.spans.length;
    const found = yield* merge(run, of, keys as Extract<Measures, { kind: 'keys' }>, stream);
    settled.duplicates = [...settled.duplicates, found];
    stream += partCount;
  }
}

function* merge(
  { table }: SplitRun,
  { keep }: DedupPlan,
  { streams, partBytes }: Extract<Measures, { kind: 'keys' }>,
  firstResult: number,
): Steps<SettledDuplicates> {
  const requests = groupParts(partBytes, table.memoryBytes).map(
    (range, i): MergeRequest => ({ streams, ...range, keep, resultStream: firstResult + i }),
  );
  const resultStreams: number[] = [];
  let merged = 0;
  yield {
    kind: 'merge',
    requests,
    take(count) {
      const { resultStream } = requests[merged++]!;
      if (count > 0) resultStreams.push(resultStream);
      return null;
    },
  };
  return { resultStreams, sectionLines: joinLines(streams.map(({ lines }) => lines)) };
}

function joinLines(lists: readonly Float64Array[]): Float64Array {
  const joined = new Float64Array(lists.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const lines of lists) {
    joined.set(lines, at);
    at += lines.length;
  }
  return joined;
}
