/**
 * Names such as `__proto__` are data: they go through every option that takes a name, with every
 * built-in prototype frozen, and change nothing but the table.
 */
import { describe, expect, test } from 'vitest';
import { cleanFilesIn, textOf } from '../support/clean-in-folder.js';

const FROZEN = `
  for (const { prototype } of [Object, Array, Function, String, Number, Map, Set, Promise]) {
    Object.freeze(prototype);
  }
  process.on('exit', () => {
    for (const key in {}) process.stderr.write('polluted: ' + key);
  });`;
const nodeArgs = ['--import', `data:text/javascript,${encodeURIComponent(FROZEN)}`];

const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype'];
const TABLE = `${NAMES.join(',')}\n1,2,3,4,5,6\n7,8,9,10,11,12\n`;

/** The output of a run that must succeed. */
async function cleaned(args: readonly string[], table = TABLE): Promise<string> {
  const { code, stderr, folder } = await cleanFilesIn(
    { 'a.csv': table },
    ['a.csv', '-q', ...args],
    { nodeArgs },
  );
  expect([code, stderr]).toEqual([0, '']);
  return textOf(folder, 'cleaned/a.csv');
}

describe.concurrent('names of Object.prototype are data', () => {
  const as = '--no-clean-names';

  test('in a header that is cleaned, and twice in one', async () => {
    expect(await cleaned([])).toBe(
      'proto,constructor,to_string,has_own_property,value_of,prototype\n1,2,3,4,5,6\n7,8,9,10,11,12\n',
    );
    expect(await cleaned([], '__proto__,__proto__,constructor,constructor\n1,2,3,4\n')).toBe(
      'proto,proto_2,constructor,constructor_2\n1,2,3,4\n',
    );
  });

  test.each(['__proto__', 'constructor', 'hasOwnProperty'])(
    'in every option that takes a column: %s',
    async (name) => {
      const index = NAMES.indexOf(name);
      const column = (text: string): string[] =>
        text
          .trimEnd()
          .split('\n')
          .map((line) => line.split(',')[index]!);
      const ticked = `\`${name}\``;
      const [low, high] = [index + 1, index + 7];
      // Keeps the second row, judges nothing.
      const judged = ['--outlier-columns', name, '--outlier-exclude', name, '--group-by', name];
      const rules = ['--where', `${ticked} > ${low}`, '--max', `${name}=${high}`, ...judged];
      expect(await cleaned([as, ...rules])).toBe(`${NAMES.join(',')}\n7,8,9,10,11,12\n`);
      const clip = ['--min', `${name}=${high}`, '--outlier-action', 'clip'];
      const derive = ['--derive', `x = sum(${ticked})`, '--derive', `${ticked} = ${ticked} * 2`];
      // Both cells are clipped to the bound, then summed, then doubled.
      expect(await cleaned([as, ...clip, ...derive, '--select', `${name},x`])).toBe(
        `${name},x\n${`${2 * high},${2 * high}\n`.repeat(2)}`,
      );
      const others = await cleaned([as, '--rename', `${name}=y`, '--drop', 'y']);
      expect(others.split('\n')[0]!.split(',')).toEqual(NAMES.filter((one) => one !== name));
      expect(column(TABLE)).toEqual([name, `${low}`, `${high}`]);
    },
  );

  test.each(['__proto__', 'constructor', 'toString'])('as a new name: %s', async (name) => {
    const flags = ['--rename', `a=${name}`, '--derive', `\`${name}_\` = \`${name}\` + b`];
    const more = ['--derive', `\`${NAMES.find((one) => one !== name)}\` = 1`];
    expect(await cleaned([...flags, ...more], 'a,b\n1,2\n')).toBe(
      `${name},b,${name}_,${NAMES.find((one) => one !== name)}\n1,2,3,1\n`,
    );
  });

  test('as values and groups', async () => {
    const table = `g,v\n${NAMES.map((name, i) => `${name},${i}\n`).join('')}`;
    const args = ['--group-by', 'g', '--outliers', 'iqr', '--where', "g != 'constructor'"];
    expect(await cleaned(args, table)).toBe(table.replace('constructor,1\n', ''));
  });

  test('in --json, as a file name and with other dialects', async () => {
    const files = {
      '__proto__.csv': TABLE.replaceAll(',', '||'),
      'constructor.csv': 'a||b\n1||2||3\n',
    };
    const { code, stdout, stderr, folder } = await cleanFilesIn(
      files,
      ['.', '--json', '-q', '-d', '||', as, '--workers', '2'],
      { nodeArgs },
    );
    expect([code, stderr]).toEqual([0, '']);
    expect(textOf(folder, 'cleaned/__proto__.csv')).toBe(TABLE);
    const [first] = JSON.parse(stdout).files;
    expect(first.report.columns.map((column: { from: string }) => column.from)).toEqual(NAMES);
  });
});
