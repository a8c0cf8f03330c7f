/**
 * The order in which a commit touches files: what keeps an output whole, and never without its
 * rejects.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recordCalls } from '../support/fail-calls.js';
import { runCommand } from '../support/run-command.js';
import { runInline } from '../support/run-inline.js';
import { tableOf, writeTables } from '../support/small-tables.js';
import { tempFolder } from '../support/temp-folder.js';

/**
 * What each call to a file of the run is, without the calls that only read or look after the lock.
 */
async function callsOf(durable: boolean): Promise<readonly string[]> {
  const folder = tempFolder();
  const inputs = [writeTables(folder, { 'x.csv': tableOf(5, true) })];
  const calls = await recordCalls(() =>
    runInline({ inputs, outDir: join(folder, 'out'), durable }),
  );
  const temps = new Map<string, string>();
  const told: string[] = [];
  for (const { call, path } of calls) {
    const name = path.slice(folder.length + 1);
    if (name.startsWith('in/') || name.startsWith('out/.csvclean/.csvclean-')) continue;
    if (!['openSync', 'writeSync', 'fsyncSync', 'closeSync', 'renameSync'].includes(call)) continue;
    const isTemp = name.endsWith('.tmp');
    if (isTemp) temps.set(name, name.startsWith('out/rejects/') ? 'temp rejects' : 'temp output');
    const step = `${call.replace('Sync', '')} ${temps.get(name) ?? name}`;
    if (told.at(-1) !== step) told.push(step);
  }
  return told;
}

test('a commit closes, notes in the journal, renames rejects, then the output', async () => {
  expect(await callsOf(false)).toEqual([
    'open temp output',
    'write temp output',
    'open temp rejects',
    'write temp rejects',
    'close temp rejects',
    'close temp output',
    'open out/.csvclean/journal.jsonl',
    'write out/.csvclean/journal.jsonl',
    'rename out/rejects/x.csv.rejects.csv',
    'rename out/x.csv',
    'close out/.csvclean/journal.jsonl',
  ]);
});

test('a durable commit waits for the disk before each rename, and for the folder after', async () => {
  expect(await callsOf(true)).toEqual([
    'open temp output',
    'write temp output',
    'open temp rejects',
    'write temp rejects',
    'fsync temp rejects',
    'close temp rejects',
    'fsync temp output',
    'close temp output',
    'open out/.csvclean/journal.jsonl',
    'write out/.csvclean/journal.jsonl',
    'fsync out/.csvclean/journal.jsonl',
    'write out/.csvclean/journal.jsonl',
    'fsync out/.csvclean/journal.jsonl',
    'rename out/rejects/x.csv.rejects.csv',
    'open out/rejects',
    'fsync out/rejects',
    'close out/rejects',
    'rename out/x.csv',
    'open out',
    'fsync out',
    'close out',
    'close out/.csvclean/journal.jsonl',
  ]);
});

test('a reader of the final name never sees a short file, while runs replace it', async () => {
  const folder = tempFolder();
  const contents = [tableOf(3000, false), tableOf(2000, false)];
  const out = join(folder, 'out');
  const whole = new Set<string>();
  for (const content of contents) {
    await runInline({ inputs: [writeTables(folder, { 'x.csv': content })], outDir: out });
    whole.add(readFileSync(join(out, 'x.csv'), 'latin1'));
  }
  expect(whole.size).toBe(2);
  let isRunning = true;
  const runs = (async () => {
    for (let i = 0; i < 4; i++) {
      const input = writeTables(folder, { 'x.csv': contents[i % 2]! });
      const { code } = await runCommand([input, '--out-dir', out, '-q', '--workers', '1']);
      expect(code).toBe(0);
    }
    isRunning = false;
  })();
  let looks = 0;
  while (isRunning) {
    for (let i = 0; i < 50; i++, looks++) {
      if (!whole.has(readFileSync(join(out, 'x.csv'), 'latin1'))) expect.fail('a torn output');
    }
    await new Promise(setImmediate);
  }
  await runs;
  expect(looks).toBeGreaterThan(100);
});
