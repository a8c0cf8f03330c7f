/** Runs the engine over bytes in memory, for tests. */
import { expect } from 'vitest';
import { createMemoryBudget } from '../../../src/base/memory-budget.js';
import { type Dialect, NO_QUOTE } from '../../../src/csv/dialect.js';
import { sourceOf } from '../../../src/engine/byte-source.js';
import type { Engine, Reject, TableReport } from '../../../src/engine/engine.js';
import { type Layout, PLAIN_LAYOUT } from '../../../src/engine/layout.js';
import { readHeader } from '../../../src/engine/read-header.js';
import { referenceEngine } from '../../../src/engine/reference/reference-engine.js';
import type { Rules } from '../../../src/engine/rules.js';
import type { TableDialect } from './random-table.js';

export interface Cleaned {
  readonly output: Buffer;
  readonly rejects: readonly Reject[];
  readonly report: TableReport;
}

/** The engine over bytes in memory. */
export function cleanBytes(
  bytes: Uint8Array,
  dialect: Dialect,
  rules: Rules,
  windowBytes?: number,
  engine: Engine = referenceEngine,
  layout: Layout = PLAIN_LAYOUT,
): Cleaned {
  const output: Buffer[] = [];
  const rejects: Reject[] = [];
  const context = {
    ...{ dialect, rules, budget: createMemoryBudget(1 << 28), maxRecordBytes: 1 << 24 },
    onProgress: () => {},
    layout,
    ...(windowBytes === undefined ? {} : { windowBytes }),
  };
  const source = sourceOf(bytes);
  const report = engine.clean(source, readHeader(source, context), context, {
    output: (part) => output.push(Buffer.from(part)),
    reject: (reject) => rejects.push(reject),
  });
  expect(context.budget.reservedBytes).toBe(0);
  return { output: Buffer.concat(output), rejects, report };
}

export function toDialect({ delimiter, quote, lineEnd }: TableDialect): Dialect {
  return {
    delimiter: delimiter.charCodeAt(0),
    quote: quote === null ? NO_QUOTE : quote.charCodeAt(0),
    recordEnd: lineEnd === '\r' ? 'cr' : 'lf',
  };
}
