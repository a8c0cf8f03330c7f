/** Compressed inputs and outputs: the same tables as without, or an error. Real threads. */
import { chmodSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { cleanFiles } from '../support/library.js';
import { runCommand } from '../support/run-command.js';
import { tableOf } from '../support/small-tables.js';
import { tempFolder } from '../support/temp-folder.js';
import { listTemps, readOutputs } from '../support/tree.js';

const TABLES: Readonly<Record<string, string>> = {
  'a.csv': tableOf(4000, true),
  'b.csv': tableOf(10, false),
  'sub/c.tsv': 'x\ty\n1\t2\n,\t\n',
  'empty.csv': '',
};
const PACK = { gz: gzipSync, br: brotliCompressSync };
const UNPACK = { gz: gunzipSync, br: brotliDecompressSync };
type Format = keyof typeof PACK;

/** The tables in a folder, plain or compressed. */
function writeAll(folder: string, format: Format | null): string {
  const input = join(folder, format ?? 'plain');
  mkdirSync(join(input, 'sub'), { recursive: true });
  for (const [name, text] of Object.entries(TABLES)) {
    if (format === null) writeFileSync(join(input, name), text);
    else writeFileSync(join(input, `${name}.${format}`), PACK[format](text));
  }
  return input;
}

/** Outputs and rejects as they would be without compression. */
function unpacked(outDir: string, format: Format): Readonly<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const name of Object.keys(readOutputs(outDir))) {
    const bytes = readFileSync(join(outDir, name));
    if (name.endsWith(`.${format}`)) {
      files[name.slice(0, -format.length - 1)] = UNPACK[format](bytes).toString();
    } else {
      const plain = name.replace(`.${format}.rejects`, '.rejects');
      files[plain] = bytes.toString().replaceAll(`.${format},`, ',').replaceAll('/gz/', '/plain/');
    }
  }
  return files;
}

async function plainOutputs(folder: string): Promise<Readonly<Record<string, string>>> {
  const outDir = join(folder, 'plain-out');
  await cleanFiles({ inputs: [writeAll(folder, null)], outDir, workers: 1 });
  return readOutputs(outDir);
}

describe('a folder of compressed tables', () => {
  test.each([
    ['gz', {}],
    ['gz', { workers: 0 }],
    ['gz', { workers: 3, spanSize: '500' }],
    ['br', { workers: 2 }],
  ] as const)('is cleaned like the unpacked ones, and stays %s: %j', async (format, more) => {
    const folder = tempFolder();
    const expected = await plainOutputs(folder);
    const options = { inputs: [writeAll(folder, format)], outDir: join(folder, 'out'), ...more };
    for (const _ of ['first', 'again']) {
      const result = await cleanFiles(options);
      expect(result.status).toBe('done');
      const found = unpacked(options.outDir, format);
      const withoutFolder = (files: Readonly<Record<string, string>>) =>
        Object.fromEntries(
          Object.entries(files).map(([name, text]) => [
            name,
            text.replaceAll(/\S*\/(plain|gz|br)\//g, ''),
          ]),
        );
      expect(withoutFolder(found)).toEqual(withoutFolder(expected));
      expect(listTemps(folder)).toEqual([]);
    }
  });

  test('gives the same bytes for any number of workers and any span size', async () => {
    const folder = tempFolder();
    const inputs = [writeAll(folder, 'gz')];
    const outputs = [];
    for (const [workers, spanSize] of [
      [0, '1GB'],
      [1, '700'],
      [3, '5000'],
    ] as const) {
      const outDir = join(folder, `out-${workers}`);
      await cleanFiles({ inputs, outDir, workers, spanSize });
      outputs.push(readFileSync(join(outDir, 'a.csv.gz')).toString('base64'));
    }
    expect(new Set(outputs).size).toBe(1);
  });
});

describe('--compress', () => {
  test.each([
    ['none', 'a.csv', (bytes: Buffer) => bytes],
    ['gz', 'a.csv.gz', gunzipSync],
    ['br', 'a.csv.br', brotliDecompressSync],
  ] as const)('%s writes %s, whatever the input', async (compress, name, unpack) => {
    const folder = tempFolder();
    const expected = (await plainOutputs(folder))['a.csv'];
    for (const [format, file] of [
      [null, 'a.csv'],
      ['gz', 'a.csv.gz'],
    ] as const) {
      const outDir = join(folder, `out-${format}`);
      await cleanFiles({ inputs: [join(writeAll(folder, format), file)], outDir, compress });
      expect(unpack(readFileSync(join(outDir, name))).toString()).toBe(expected);
    }
  });

  test('is what the name of --output says, unless it is given', async () => {
    const folder = tempFolder();
    const input = join(writeAll(folder, null), 'b.csv');
    const output = join(folder, 'o.csv.gz');
    await cleanFiles({ inputs: [input], output });
    const expected = gunzipSync(readFileSync(output)).toString();
    await cleanFiles({ inputs: [input], output: join(folder, 'p.csv') });
    expect(expected).toBe(readFileSync(join(folder, 'p.csv'), 'utf8'));
  });

  test('zst is refused, or works, as Node does', async () => {
    const folder = tempFolder();
    const input = join(writeAll(folder, null), 'b.csv');
    const result = await cleanFiles({
      inputs: [input],
      outDir: join(folder, 'o'),
      compress: 'zst',
    });
    const hasZstd = 'zstdDecompressSync' in (await import('node:zlib'));
    expect(result.files[0]!.error?.code ?? null).toBe(hasZstd ? null : 'COMPRESSION');
    expect(listTemps(folder)).toEqual([]);
  });
});

test('--in-place keeps compression and permissions', async () => {
  const folder = tempFolder();
  const expected = (await plainOutputs(folder))['b.csv'];
  const input = join(writeAll(folder, 'gz'), 'b.csv.gz');
  chmodSync(input, 0o640);
  const before = readFileSync(input);
  const result = await cleanFiles({ inputs: [input], inPlace: true, backup: '.bak' });
  expect(result.status).toBe('done');
  expect(gunzipSync(readFileSync(input)).toString()).toBe(expected);
  expect(statSync(input).mode & 0o777).toBe(0o640);
  expect(readFileSync(`${input}.bak`)).toEqual(before);
});

test('--baseline and --dry-run know compressed files', async () => {
  const folder = tempFolder();
  const inputs = [writeAll(folder, 'gz')];
  const result = await cleanFiles({
    inputs,
    outDir: join(folder, 'o'),
    baseline: true,
    workers: 2,
  });
  expect([result.status, result.timing.baseline?.differing]).toEqual(['done', []]);
  const dry = await cleanFiles({ inputs, outDir: join(folder, 'dry'), dryRun: true });
  expect([dry.status, dry.totals.rows.in]).toEqual(['done', result.totals.rows.in]);
  expect(readOutputs(join(folder, 'dry'))).toEqual({});
});

describe('a broken archive', () => {
  test.each([0, 1, 3, 4])('cut short fails alone, with %i workers', async (workers) => {
    const folder = tempFolder();
    const input = writeAll(folder, 'gz');
    const path = join(input, 'a.csv.gz');
    truncateSync(path, statSync(path).size - 9);
    for (const spanSize of ['500', '8MB']) {
      const outDir = join(folder, `out-${spanSize}`);
      const result = await cleanFiles({ inputs: [input], outDir, workers, spanSize });
      const failed = result.files.filter(({ status }) => status === 'failed');
      expect(failed.map(({ input: name, error }) => [name, error?.code])).toEqual([
        [path, 'CORRUPT_ARCHIVE'],
      ]);
      expect(failed[0]!.error?.message).toContain(`break off at byte ${statSync(path).size}`);
      expect(Object.keys(readOutputs(outDir))).not.toContain('a.csv.gz');
      expect(result.totals.cleaned).toBe(3);
      expect(listTemps(folder)).toEqual([]);
    }
  });

  test('that expands beyond --max-decompressed is stopped', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'z.csv.gz'), gzipSync(`a\n${'1\n'.repeat(20_000_000)}`));
    const options = { inputs: [join(folder, 'z.csv.gz')], outDir: join(folder, 'o') };
    for (const maxDecompressed of ['10MB', '200x']) {
      const result = await cleanFiles({ ...options, maxDecompressed });
      expect(result.files[0]!.error).toMatchObject({ code: 'TOO_LARGE' });
    }
    expect(listTemps(folder)).toEqual([]);
    expect((await cleanFiles({ ...options, maxDecompressed: '5000x' })).status).toBe('done');
  });

  test('under a plain name is refused with the remedy', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'z.csv'), gzipSync('a\n1\n'));
    const { code, stderr } = await runCommand(['z.csv'], { cwd: folder });
    expect(code).toBe(1);
    expect(stderr).toContain('COMPRESSED z.csv: line 1 (byte 0): the file is a gzip archive');
    expect(stderr).toContain('give the file the ending .gz');
  });
});
