#!/usr/bin/env node
/**
 * Writes the benchmark's tables into a text, between the lines `<!-- benchmark -->` and
 * `<!-- /benchmark -->`, from results of `npm run bench`; lost comparisons stand in them like won
 * ones.
 *
 *   node bench/table.mjs [--file README.md] [--results FILE.json ...]      (default: the newest)
 *
 * Of several results a later one replaces the sets of an earlier one.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readmeTables } from './readme-tables.mjs';

const BENCH = dirname(fileURLToPath(import.meta.url));
const BEGIN = '<!-- benchmark -->';
const END = '<!-- /benchmark -->';

main();

function main() {
  const { values } = parseArgs({
    options: {
      file: { type: 'string', default: join(BENCH, '..', 'README.md') },
      results: { type: 'string', multiple: true },
    },
  });
  const paths = values.results ?? newestResults(join(BENCH, 'results'));
  if (paths.length === 0) return fail('no results: npm run bench writes them');
  const text = readFileSync(values.file, 'utf8');
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) {
    return fail(`${values.file} has no lines ${BEGIN} and ${END} to write between`);
  }
  const tables = readmeTables(paths.map((path) => JSON.parse(readFileSync(path, 'utf8'))));
  const head = text.slice(0, begin + BEGIN.length);
  writeFileSync(values.file, `${head}\n\n${tables}\n\n${text.slice(end)}`);
  console.log(`${values.file}: from ${paths.join(', ')}`);
}

function fail(message) {
  console.error(message);
  process.exitCode = 2;
}

/** Names begin with the date: the last one is the newest. */
function newestResults(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^\d.*\.json$/.test(name))
    .sort()
    .slice(-1)
    .map((name) => join(folder, name));
}
