/**
 * What a run loads before it works: modules cost more than the cleaning of a small file. Counted,
 * since times are not the same twice.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cleanIn, folderWith } from '../support/clean-in-folder.js';

const TABLE = `id,v\n${'1,2\n'.repeat(2000)}`;

/** Writes the names of Node's own modules that were loaded, as the run ends. */
const LIST_BUILTINS = `
  import { writeFileSync } from 'node:fs';
  const before = new Set(process.moduleLoadList);
  process.on('exit', () => {
    const loaded = process.moduleLoadList.filter((name) => !before.has(name));
    writeFileSync('builtins.json', JSON.stringify(loaded));
  });`;

/** Cleans a table; @returns the files that each of its threads loaded, the main thread's first. */
async function filesLoaded(args: readonly string[]): Promise<readonly (readonly string[])[]> {
  const folder = folderWith({ 'a.csv': TABLE });
  const env = { NODE_V8_COVERAGE: join(folder, 'coverage') };
  expect(await cleanIn(folder, ['a.csv', '-q', ...args], { env })).toMatchObject({ code: 0 });
  const lists = readdirSync(env.NODE_V8_COVERAGE).map((name) => {
    const text = readFileSync(join(env.NODE_V8_COVERAGE, name), 'utf8');
    const { result } = JSON.parse(text) as { result: readonly { url: string }[] };
    return [...new Set(result.map(({ url }) => url))].filter((url) => url.startsWith('file:'));
  });
  const isMain = (list: readonly string[]): boolean =>
    list.some((url) => url.endsWith('/bin/csvclean.js'));
  return lists.sort((a, b) => Number(isMain(b)) - Number(isMain(a)));
}

describe.concurrent('a plain run', () => {
  test('loads few files', async () => {
    const [main, ...threads] = await filesLoaded([]);
    expect(main!.length).toBeLessThanOrEqual(5);
    expect(threads).toEqual([]);
  });

  test('loads few more with a thread, and the thread few', async () => {
    const [main, thread] = await filesLoaded(['--workers', '1']);
    expect(main!.length).toBeLessThanOrEqual(6);
    expect(thread!.length).toBeLessThanOrEqual(3);
  });

  test('leaves the dear ones of Node alone', async () => {
    const folder = folderWith({ 'a.csv': TABLE });
    const nodeArgs = ['--import', `data:text/javascript,${encodeURIComponent(LIST_BUILTINS)}`];
    expect(await cleanIn(folder, ['a.csv'], { nodeArgs })).toMatchObject({ code: 0 });
    const loaded = readFileSync(join(folder, 'builtins.json'), 'utf8');
    expect(JSON.parse(loaded)).not.toEqual([]);
    expect(loaded).not.toMatch(/ (crypto|child_process|worker_threads|v8)"/);
  });
});
