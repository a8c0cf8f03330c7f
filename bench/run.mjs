#!/usr/bin/env node
/**
 * Measures csvclean beside its rivals, checks their outputs first, prints tables, and keeps the
 * figures of every single run in bench/results. See bench/README.md.
 */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readArguments, USAGE } from './arguments.mjs';
import { describeMachine, describeSources } from './machine.mjs';
import { checkReport, sectionReport } from './report.mjs';
import { measureSection } from './section.mjs';

await main();

async function main() {
  let options;
  try {
    options = readArguments(process.argv.slice(2));
  } catch (error) {
    fail(`${error.message}\n\n${USAGE}`);
    return;
  }
  if (options.help) console.log(USAGE);
  else if (!existsSync('/proc/self/stat')) fail('The benchmark reads /proc: it needs Linux.');
  else await measureAll(options).catch((error) => fail(error.message));
}

function fail(message) {
  console.error(message);
  process.exitCode = 2;
}

async function measureAll(options) {
  const date = new Date().toISOString();
  const sources = describeSources();
  const results = {
    format: 1,
    ...{ date, sources, machine: describeMachine() },
    asked: { runs: options.runs, pinned: options.isPinned },
    sections: [],
  };
  const name = `${date.slice(0, 19).replaceAll(':', '-')}-${sources.commit}.json`;
  mkdirSync(options.results, { recursive: true });
  for (const set of options.sets.flatMap((one) => setsOf(one, options.data))) {
    const section = await measureSection(set, options, (line) => console.error(line));
    results.sections.push(section);
    // Written after each set: an interrupt costs the one at hand.
    writeFileSync(new URL(name, options.results), `${JSON.stringify(results, null, 1)}\n`);
    if (section.entries.some(isOwnFault)) process.exitCode = 1;
    console.log(`\n${sectionReport(section)}\n\n${checkReport(section)}`);
  }
  console.error(`\nFigures of every run: ${new URL(name, options.results).pathname}`);
}

/** A rival may fail or differ; csvclean may not. */
function isOwnFault({ kind, problem }) {
  return kind === 'csvclean' && problem !== null;
}

/** `shapes` is every shape that there is. */
function setsOf(name, data) {
  if (name !== 'shapes') return [name];
  const folder = join(data, 'shapes');
  if (!existsSync(folder)) {
    throw new Error(`no shapes in ${data}; write them with: node bench/gen-shapes.mjs ${data}`);
  }
  return readdirSync(folder)
    .sort()
    .map((shape) => `shapes/${shape}`);
}
