/**
 * A span's part of an output and its rejects, by a made-up engine: what is held while its place is
 * not known, and written from then on.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CsvcleanError } from '../../src/base/error.js';
import { createMemoryBudget } from '../../src/base/memory-budget.js';
import { RFC4180 } from '../../src/csv/dialect.js';
import { PLAIN_FORM } from '../../src/csv/output-form.js';
import { sourceOf } from '../../src/engine/byte-source.js';
import type { EngineContext, Reject, Sinks } from '../../src/engine/engine.js';
import type { SpanCleaned, SpanEngine, SpanWork } from '../../src/engine/split/span-engine.js';
import { createEmpty } from '../../src/store/output-file.js';
import {
  breakLedger,
  createLedger,
  knownPlace,
  publishPlace,
  viewLedger,
} from '../../src/task/span-ledger.js';
import type { SpanStep, TaskInput } from '../../src/task/task.js';
import { writeSpan } from '../../src/task/write-span.js';
import { makeTempFolder } from '../support/temp-folder.js';

const START = { offsetBytes: 100, line: 5 };
const PLACE = { ...START, outputBytes: 10, rejectsBytes: 0 };
const LIMIT_BYTES = 2 ** 20;
const PIECE = Buffer.alloc(2 ** 16, 'x');
const PIECES = 64;

interface Case {
  /** Null: looked for by the engine, which finds it. */
  readonly start: SpanWork['start'];
  /** What happens when the engine has no room left, or at its end. */
  readonly onTrouble: (ledger: ReturnType<typeof viewLedger>) => void;
  /** Written by the engine. */
  readonly write: (sinks: Sinks) => void;
}

/** Writes span 1 of two; its place is not known before there is trouble. */
function run({ start, onTrouble, write }: Case) {
  const folder = makeTempFolder();
  const [outputTemp, rejectsTemp] = [join(folder, 'output'), join(folder, 'rejects')];
  for (const path of [outputTemp, rejectsTemp]) createEmpty(path);
  const ledger = createLedger(2, { ...START, outputBytes: 0, rejectsBytes: 0 });
  const budget = createMemoryBudget(LIMIT_BYTES);
  let attempts = 0;
  const cleanSpan: SpanEngine['cleanSpan'] = (_, __, ___, work, ____, sinks) => {
    attempts++;
    const before = budget.reservedBytes;
    try {
      write(sinks);
    } catch (error) {
      if (!(error instanceof CsvcleanError) || error.code !== 'OUT_OF_MEMORY') throw error;
      if (work.start !== null) throw error;
      return null;
    } finally {
      budget.reservedBytes = before;
      onTrouble(viewLedger(ledger));
    }
    const tally = { repairs: {} };
    return { start: START, end: { offsetBytes: 200, line: 9 }, tally } as SpanCleaned;
  };
  const span = { index: 1, startBytes: 90, endBytes: 200 };
  const work: SpanWork = { span, entry: { isQuoted: false, line: 5 }, start, isKnownText: false };
  const part = writeSpan(
    { cleanSpan } as SpanEngine,
    sourceOf(Buffer.alloc(0)),
    {} as never,
    { budget, dialect: RFC4180 } as EngineContext,
    { name: 'x.csv', outputTemp, rejectsTemp, pipeOut: null } as TaskInput,
    PLAIN_FORM,
    { kind: 'clean', work, ledger, table: { isRewritten: false } } as Extract<
      SpanStep,
      { kind: 'clean' }
    >,
  );
  const next = knownPlace(viewLedger(ledger), 2);
  return {
    part,
    attempts,
    next,
    output: readFileSync(outputTemp),
    rejects: readFileSync(rejectsTemp),
  };
}

const REJECT: Reject = {
  ...{ line: 7, byteOffset: 120, rule: 'bad_quote', column: '', value: '', message: 'm' },
  record: 'y'.repeat(1000),
};

function writeMuch({ output }: Sinks): void {
  for (let i = 0; i < PIECES; i++) output(PIECE);
}

function rejectMuch({ reject }: Sinks): void {
  for (let i = 0; i < 4000; i++) reject(REJECT);
}

test.each([
  ['given', START],
  ['looked for', null],
])('more output than may be held is written when its place is known (start %s)', (_, start) => {
  const onTrouble: Case['onTrouble'] = (ledger) => publishPlace(ledger, 1, PLACE);
  const { part, attempts, next, output } = run({ start, onTrouble, write: writeMuch });
  const sizeBytes = PIECES * PIECE.length;
  expect(attempts).toBe(2);
  expect(part!.output.sizeBytes).toBe(sizeBytes);
  expect(next).toEqual({ offsetBytes: 200, line: 9, outputBytes: 10 + sizeBytes, rejectsBytes: 0 });
  expect(output.subarray(10).equals(Buffer.alloc(sizeBytes, 'x'))).toBe(true);
});

test('more rejects than may be held are written when their place is known', () => {
  const onTrouble: Case['onTrouble'] = (ledger) => publishPlace(ledger, 1, PLACE);
  const { part, next, rejects } = run({ start: START, onTrouble, write: rejectMuch });
  const lines = rejects.toString().trimEnd().split('\n');
  expect(lines).toHaveLength(4001);
  expect(lines[0]).toMatch(/^file,line,/);
  expect(new Set(lines.slice(1)).size).toBe(1);
  expect(part!.rejects.sizeBytes).toBe(rejects.length);
  expect(next!.rejectsBytes).toBe(rejects.length);
});

test('there is no part when a span before it has failed', () => {
  const { part, output } = run({ start: START, onTrouble: breakLedger, write: writeMuch });
  expect([part, output.length]).toEqual([null, 0]);
});
