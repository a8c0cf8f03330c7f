/**
 * Fixtures with a few bytes changed, put in, taken out or doubled: whatever comes of it, nothing
 * crashes, rows balance, the output is a table, and whole, cut and reference run agree.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect } from 'vitest';
import { RFC4180 } from '../../src/csv/dialect.js';
import { type CleanOptions, cleanFiles } from '../../src/index.js';
import { readAll } from '../csv/scan-all.js';
import { withFolder } from '../support/temp-folder.js';
import { listTemps, readOutputs } from '../support/tree.js';

const FIXTURES = fileURLToPath(new URL('../../fixtures/', import.meta.url));
const MOST_BYTES = 1 << 14;
/** Bytes that mean something somewhere. */
const TELLING = [...',;|\t:"\'\\\n\r #=\0']
  .map((char) => char.charCodeAt(0))
  .concat(0xff, 0xc3, 0xa9);

/** How often each thing happened. */
export type Seen = Map<string, number>;

interface Mutation {
  readonly kind: 'set' | 'insert' | 'delete' | 'double';
  readonly at: number;
  readonly length: number;
  readonly byte: number;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('set', 'set', 'insert', 'insert', 'delete', 'double'),
  at: fc.nat(MOST_BYTES),
  length: fc.integer({ min: 1, max: 40 }),
  byte: fc.oneof(fc.constantFrom(...TELLING), fc.nat(255)),
});

/** Every input of the fixtures that is not too long, by its path. */
function inputsOfFixtures(): readonly string[] {
  return readdirSync(FIXTURES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.parentPath.endsWith('/input'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/\.(gz|br|zst)$/.test(path) && readFileSync(path).length <= MOST_BYTES)
    .sort();
}

function mutate(bytes: Buffer, mutations: readonly Mutation[]): Buffer {
  let now = bytes;
  for (const { kind, at, length, byte } of mutations) {
    const from = now.length === 0 ? 0 : at % now.length;
    const [before, rest] = [now.subarray(0, from), now.subarray(from)];
    const part = rest.subarray(0, length);
    if (kind === 'set') now = Buffer.concat([before, Uint8Array.of(byte), rest.subarray(1)]);
    else if (kind === 'insert') now = Buffer.concat([before, Uint8Array.of(byte), rest]);
    else if (kind === 'delete') now = Buffer.concat([before, rest.subarray(length)]);
    else now = Buffer.concat([before, part, rest]);
  }
  return now;
}

async function outcomeOf(folder: string, options: Omit<CleanOptions, 'inputs' | 'outDir'>) {
  const outDir = join(folder, 'out');
  rmSync(outDir, { recursive: true, force: true });
  const { files } = await cleanFiles({
    inputs: join(folder, 'in'),
    outDir,
    workers: 0,
    ...options,
  });
  expect(listTemps(folder)).toEqual([]);
  const told = files.map(({ report, error, dialect }) => ({
    ...{ error, dialect },
    report: report === null ? null : { ...report, engine: '' },
  }));
  return { told, outputs: Object.entries(readOutputs(outDir)) };
}

/** The output is RFC 4180 in UTF-8, each record as wide as the first. */
function expectTable(text: string): void {
  const bytes = Buffer.from(text, 'latin1');
  expect(Buffer.from(bytes.toString('utf8'))).toEqual(bytes);
  const widths = new Set(readAll(bytes, RFC4180).map((record) => record.length));
  expect(widths.size).toBeLessThanOrEqual(1);
  if (bytes.length > 0) expect(bytes.at(-1)).toBe(0x0a);
}

export async function checkMutations(seed: number, numRuns: number): Promise<Seen> {
  const seen: Seen = new Map();
  const note = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1);
  const paths = inputsOfFixtures();
  await withFolder(async (folder) => {
    mkdirSync(join(folder, 'in'));
    const property = fc.asyncProperty(
      fc.constantFrom(...paths),
      fc.array(mutation, { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      async (path, mutations, isJudged) => {
        const bytes = mutate(readFileSync(path), mutations);
        const name = path.endsWith('.tsv') ? 't.tsv' : 't.csv';
        for (const old of readdirSync(join(folder, 'in'))) rmSync(join(folder, 'in', old));
        writeFileSync(join(folder, 'in', name), bytes);
        const options = isJudged ? {} : ({ outliers: 'off' } as const);
        const whole = await outcomeOf(folder, { ...options, spanSize: '1GB' });
        for (const [output, text] of whole.outputs)
          if (!output.includes('rejects')) expectTable(text);
        const spanSize = String(Math.max(1, Math.ceil(bytes.length / 23)));
        expect(await outcomeOf(folder, { ...options, spanSize })).toEqual(whole);
        expect(await outcomeOf(folder, { ...options, engine: 'reference' })).toEqual(whole);
        const [{ report, error }] = whole.told as [(typeof whole.told)[0]];
        note(error?.code ?? 'cleaned');
        expect(error?.code).not.toBe('FAULT');
        for (const rule of report?.rejectedByRule.keys() ?? []) note(rule);
      },
    );
    await fc.assert(property, { seed, numRuns });
  });
  return seen;
}
