/**
 * The sample files in the repository are what their script writes, and hold the faults they are
 * for.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const samplesFolder = fileURLToPath(new URL('../samples/', import.meta.url));
const samples = listCsv(samplesFolder);
let freshFolder = '';
let printed = '';

beforeAll(() => {
  freshFolder = mkdtempSync(join(tmpdir(), 'csvclean-samples-'));
  const script = join(samplesFolder, 'generate.mjs');
  printed = execFileSync(process.execPath, [script, freshFolder], { encoding: 'utf8' });
});

afterAll(() => {
  rmSync(freshFolder, { recursive: true, force: true });
});

function listCsv(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .sort();
}

function readSample(name: string): string {
  return readFileSync(join(samplesFolder, name), 'utf8');
}

describe('samples/generate.mjs', () => {
  test('writes the files that stand in samples/, and prints a line for each', () => {
    expect(listCsv(freshFolder)).toEqual(samples);
    const lines = printed.trimEnd().split('\n');
    expect(lines.map((line) => line.split(':')[0]).sort()).toEqual(samples);
  });

  test.each(samples)('writes %s byte for byte', (name) => {
    const fresh = readFileSync(join(freshFolder, name));
    expect(fresh.equals(readFileSync(join(samplesFolder, name)))).toBe(true);
  });
});

describe('the sample files', () => {
  test('are small together and none is empty', () => {
    const sizes = samples.map((name) => readFileSync(join(samplesFolder, name)).length);
    const totalBytes = sizes.reduce((sum, size) => sum + size, 0);
    expect(Math.min(...sizes)).toBeGreaterThan(0);
    expect(totalBytes).toBeGreaterThan(20_000);
    expect(totalBytes).toBeLessThan(82_000);
  });

  test('hold one with a BOM, one with CRLF throughout, and one with a header only', () => {
    const texts = new Map(samples.map((name) => [name, readSample(name)]));
    const named = (test: (text: string) => boolean) =>
      samples.filter((name) => test(texts.get(name)!));
    expect(named((text) => text.startsWith('\ufeff'))).toEqual(['web-shop-orders.csv']);
    expect(named((text) => text.includes('\r'))).toEqual(['bank-statement.csv']);
    expect(texts.get('bank-statement.csv')).not.toMatch(/[^\r]\n/);
    expect(named((text) => text.indexOf('\n') === text.length - 1)).toEqual([
      'taxi-trips-2025-03.csv',
    ]);
  });

  test('hold the taxi months with one header', () => {
    const headers = samples
      .filter((name) => name.startsWith('taxi-trips'))
      .map((name) => readSample(name).split('\n')[0]);
    expect(headers).toHaveLength(3);
    expect(new Set(headers).size).toBe(1);
    expect(headers[0]).toContain(', Vendor Name ,');
  });

  test('hold the numbers that are far out, and the clump that is not', () => {
    expect(readSample('taxi-trips-2025-01.csv')).toContain(',18000,');
    expect(readSample('taxi-trips-2025-02.csv')).toContain(',-900,');
    expect(readSample('sensor-readings.csv')).toContain(',9999,');
    expect(readSample('sensor-readings.csv').match(/,-999,/g)?.length).toBeGreaterThan(20);
    expect(readSample('web-shop-orders.csv')).toContain(',5000,');
    expect(readSample('hospital-discharges.csv')).toContain('"Grand Total"');
  });
});
