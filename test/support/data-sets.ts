/** The inputs that whole runs are tested on: the benchmark's set XS, and the samples. */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from './library.js';

export const SAMPLES = join(PROJECT, 'samples');

/** Writes set XS (20 files of 50 kB) below `folder`; returns where its files lie. */
export function writeXs(folder: string): string {
  execFileSync(process.execPath, [join(PROJECT, 'bench', 'gen.mjs'), folder, 'XS'], {
    stdio: 'ignore',
  });
  return join(folder, 'XS');
}

/** The names of the CSV files in `folder`. */
export function listCsv(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .sort();
}
