#!/usr/bin/env node
/**
 * Reads generated polluted CSV files with csvclean and with its rivals, and counts whose tables are
 * right. `--help` lists the options.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { describeMachine, describeSources } from '../machine.mjs';
import { DEFAULT_COUNT, DEFAULT_SEED, generateFiles } from './generate.mjs';
import { installedTools, READERS, toolVersions } from './read-with.mjs';
import { countOf, failureList, groupByPollution, pollutionTable, verdictTable } from './report.mjs';
import { judge, VERDICTS } from './score.mjs';

const FOLDER = fileURLToPath(new URL('../.data/pollution', import.meta.url));

const OPTIONS = {
  count: { type: 'string', default: String(DEFAULT_COUNT) },
  seed: { type: 'string', default: String(DEFAULT_SEED) },
  folder: { type: 'string', default: FOLDER },
  tools: { type: 'string' },
  failures: { type: 'string' },
  save: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
};

const USAGE = `node bench/pollution/run.mjs [options]      (after npm run build)

  --count N          files (default: ${DEFAULT_COUNT})
  --seed N           of the files (default: ${DEFAULT_SEED})
  --folder DIR       where they go (default: bench/.data/pollution)
  --tools a,b        of ${Object.keys(READERS).join(', ')} (default: those installed)
  --failures TOOL    list the first three failing files of each pollution
  --save             keep the figures in bench/results`;

await main();

async function main() {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) return console.log(USAGE);
  const tools = values.tools?.split(',') ?? installedTools();
  const seed = Number(values.seed);
  const names = generateFiles(values.folder, Number(values.count), seed);
  const results = await readAll(values.folder, names, tools);
  console.log(
    `seed ${seed}\n\n${pollutionTable(results, tools)}\n\n${verdictTable(results, tools)}`,
  );
  if (values.failures !== undefined) {
    console.log(`\n${failureList(results, values.failures).join('\n')}`);
  }
  if (values.save) save(results, tools, seed);
}

/** For each file its pollution and each tool's verdict. */
async function readAll(folder, names, tools) {
  const results = names.map((name) => {
    const truth = JSON.parse(readFileSync(join(folder, 'truth', `${name}.json`), 'utf8'));
    return { name, truth, pollution: truth.pollution, note: truth.note, verdicts: {} };
  });
  for (const tool of tools) {
    const start = performance.now();
    const answers = await READERS[tool](join(folder, 'files'), names);
    for (const { name, truth, verdicts } of results) {
      verdicts[tool] = judge(truth, answers.get(name));
    }
    console.error(`${tool}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  }
  return results;
}

function save(results, tools, seed) {
  const date = new Date().toISOString();
  const pollutions = {};
  for (const [pollution, own] of groupByPollution(results)) {
    const count = (tool) =>
      Object.fromEntries(VERDICTS.map((verdict) => [verdict, countOf(own, tool, verdict)]));
    pollutions[pollution] = Object.fromEntries(tools.map((tool) => [tool, count(tool)]));
  }
  const figures = {
    format: 1,
    ...{ date, sources: describeSources(), machine: describeMachine() },
    versions: toolVersions(),
    ...{ seed, files: results.length, pollutions },
  };
  const stamp = date.slice(0, 19).replaceAll(':', '-');
  const path = fileURLToPath(new URL(`../results/pollution-${stamp}.json`, import.meta.url));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(figures, null, 1)}\n`);
  console.error(path);
}
