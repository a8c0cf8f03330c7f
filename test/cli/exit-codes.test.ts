/** Which end of a run has which exit code; signals are tested where processes are killed. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cleanFilesIn, type Files } from '../support/clean-in-folder.js';

const A = { 'a.csv': 'id,v\n1,2\n2,3,4\n' };

/** No text: it begins like an archive. */
const ZIP = 'PK\x03\x04\n';

/** What ends so, files, arguments. */
type Case = readonly [name: string, files: Files, args: readonly string[]];

function endWith(code: number, cases: readonly Case[]): void {
  describe.concurrent(`csvclean exits ${code}, when`, () => {
    test.each(cases)('%s', async (_, files, args) => {
      const ran = await cleanFilesIn(files, args);
      expect(ran.stderr).not.toContain('    at ');
      expect(ran.code).toBe(code);
    });
  });
}

endWith(0, [
  ['all is cleaned, rejects and all', A, ['a.csv']],
  ['an input is empty', { 'a.csv': '' }, ['a.csv']],
  ['an input has a header only', { 'a.csv': 'a,b\n' }, ['a.csv']],
  ['nothing matches and that is allowed', {}, ['*.csv', '--allow-no-match']],
  ['no name is read and that is allowed', { n: '\n' }, ['--files-from', 'n', '--allow-no-match']],
  ['a dry run finds rejects', A, ['a.csv', '-n']],
  ['rejects are as many as --max-rejects', A, ['a.csv', '--max-rejects', '1']],
  ['rejects are the share that --max-rejects names', A, ['a.csv', '--max-rejects', '50%']],
  ['every row is filtered', A, ['a.csv', '--where', 'v > 100']],
  ['divisions are by zero', A, ['a.csv', '--derive', 'x = id / 0']],
  ['a baseline gives the same bytes', A, ['a.csv', '--baseline']],
  ['help is asked for', {}, ['--help']],
  ['the version is asked for', {}, ['--version']],
]);

endWith(1, [
  ['an input fails', { ...A, 'b.csv': ZIP }, ['a.csv', 'b.csv']],
  ['an input would fail in a dry run', { 'b.csv': ZIP }, ['b.csv', '-n']],
  ['rejects are more than --max-rejects', A, ['a.csv', '--max-rejects', '0']],
  ['rejects are more in a dry run', A, ['a.csv', '-n', '--max-rejects', '49.9%']],
  ['an output is not ours', { ...A, 'cleaned/a.csv': '' }, ['a.csv']],
  ['the output folder is a file', { ...A, o: '' }, ['a.csv', '-o', 'o']],
  ['an input stays behind under --fail-fast', { 'a.csv': ZIP }, ['a.csv', '--fail-fast']],
]);

endWith(2, [
  ['nothing is named', {}, []],
  ['nothing matches', A, ['*.tsv']],
  ['an option does not exist', A, ['a.csv', '--nope']],
  ['an option lacks its value', A, ['a.csv', '--where']],
  ['a value is wrong', A, ['a.csv', '--workers', 'x']],
  ['options contradict', A, ['a.csv', '-q', '-v']],
  ['a column is in no input', A, ['a.csv', '--drop', 'zzz']],
  ['an expression is wrong', A, ['a.csv', '--where', 'v +']],
  ['no column is left', A, ['a.csv', '--drop', 'id,v']],
  ['an output would be an input', A, ['a.csv', '-o', '.']],
  ['outputs clash', { 'a/x.csv': '', 'b/x.csv': '' }, ['a/x.csv', 'b/x.csv']],
]);

describe('csvclean exits 3, when', () => {
  const faultAt = (point: string): readonly string[] => {
    const source = `globalThis[Symbol.for('csvclean.testPoint')] = (name) => {
      if (name === '${point}') throw new TypeError('boom');
    };`;
    return ['--import', `data:text/javascript,${encodeURIComponent(source)}`];
  };

  test.each(['input-start', 'input-end', 'before-output-rename'])(
    'it is at fault itself, at %s',
    async (point) => {
      const ran = await cleanFilesIn(A, ['a.csv', '-q'], { nodeArgs: faultAt(point) });
      expect(ran.stderr).toMatch(/^FAULT a\.csv: a fault of csvclean: TypeError: boom\n {6}at /);
      expect(ran.stderr).toMatch(
        /\n {2}Please report this with the command and, if you can, the file\.\n$/,
      );
      expect(ran.code).toBe(3);
      expect(existsSync(join(ran.folder, 'cleaned/a.csv'))).toBe(false);
    },
  );
});
