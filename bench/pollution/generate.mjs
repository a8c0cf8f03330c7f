#!/usr/bin/env node
/**
 * Writes small tables with one pollution each, and beside each the table that a careful person
 * would read from it: `FOLDER/files/0007-footer-total.csv` and `FOLDER/truth/0007-footer-total.json`.
 * The same seed, the same bytes.
 *
 *     node bench/pollution/generate.mjs FOLDER [COUNT] [SEED]
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRandom } from '../random.mjs';
import { POLLUTIONS } from './pollutions.mjs';
import { createSheet, writeSheet } from './sheet.mjs';
import { createPicker, makeTable } from './tables.mjs';

export const DEFAULT_COUNT = 5000;
export const DEFAULT_SEED = 1;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, count = DEFAULT_COUNT, seed = DEFAULT_SEED] = process.argv.slice(2);
  if (folder === undefined) throw new Error('usage: generate.mjs FOLDER [COUNT] [SEED]');
  generateFiles(folder, Number(count), Number(seed));
}

/** The names of the files, without ending; pollutions take turns. */
export function generateFiles(folder, count, seed) {
  rmSync(folder, { recursive: true, force: true });
  for (const part of ['files', 'truth']) mkdirSync(join(folder, part), { recursive: true });
  const kinds = Object.keys(POLLUTIONS);
  return Array.from({ length: count }, (_, i) => {
    const pollution = kinds[i % kinds.length];
    const name = `${String(i).padStart(4, '0')}-${pollution}`;
    // Each file has its own numbers: one pollution may be changed, and the others stay.
    const { bytes, truth } = makePolluted(pollution, seed * 1_000_003 + i);
    writeFileSync(join(folder, 'files', `${name}.csv`), bytes);
    writeFileSync(join(folder, 'truth', `${name}.json`), JSON.stringify(truth));
    return name;
  });
}

/** The bytes of one file and its truth. */
export function makePolluted(pollution, seed) {
  const pick = createPicker(createRandom(seed));
  const { table: needs, make, form, accepts, records, bytes } = POLLUTIONS[pollution];
  const draw = () => (make === undefined ? makeTable(pick, needs) : make(pick));
  let table = draw();
  while (accepts !== undefined && !accepts(table)) table = draw();
  const sheet = createSheet(table, pick);
  Object.assign(sheet.form, form?.());
  records?.(sheet, pick);
  const written = writeSheet(sheet);
  return {
    bytes: bytes === undefined ? written : bytes(written, pick),
    truth: { pollution, note: sheet.note, form: sheet.form, ...sheet.truth },
  };
}
