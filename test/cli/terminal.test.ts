/**
 * What reaches a terminal is text: no escape sequence of a name, header or value, no colour that
 * was not asked for, and no stack when the reader has gone.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { cleanFilesIn, cleanIn, folderWith, textOf } from '../support/clean-in-folder.js';

const BINARY = fileURLToPath(new URL('../../bin/csvclean.js', import.meta.url));

/**
 * Clears the screen, sets the title, links, turns the direction, rings, goes back, and breaks the
 * line.
 */
const EVIL = '\x1b[2J\x1b]0;t\x07\x1b]8;;http://x\x1b\\\u202e\u2066\x08\r\x9b1m\nfake';
const SHOWN =
  '\\x1b[2J\\x1b]0;t\\x07\\x1b]8;;http://x\\x1b\\\\u202e\\u2066\\x08\\x0d\\x9b1m\\x0afake';

/** Controls but newline, and marks that turn the direction. */
function unsafeIn(text: string): readonly string[] {
  return text.match(/[^\P{Cc}\n]|[\u2028-\u202e\u2066-\u2069]/gu) ?? [];
}

function expectSafe(stderr: string): void {
  expect(unsafeIn(stderr)).toEqual([]);
  // A line break of a name would begin a line of its own.
  expect(stderr).not.toMatch(/^fake/m);
}

/** A name in a folder: as EVIL, but file systems take no slash. */
const EVIL_NAME = EVIL.replaceAll('/', '_');
const SHOWN_NAME = SHOWN.replaceAll('/', '_');

describe.concurrent('csvclean shows control characters as text, when they stand', () => {
  test('in file names and folders', async () => {
    const files = {
      [`${EVIL_NAME}.csv`]: 'v\n1\n2,3,4\n',
      [`in${EVIL_NAME}/b.csv`]: 'PK\x03\x04',
      [`in${EVIL_NAME}/c.csv`]: '',
    };
    const folder = folderWith(files);
    const args = ['.', '-v', '--out-dir', `out${EVIL_NAME}`, '--max', 'v=0', '--workers', '2'];
    const { code, stderr } = await cleanIn(folder, args);
    expectSafe(stderr);
    expect(stderr).toContain(`→ out${SHOWN_NAME}/`);
    expect(stderr).toContain(`${SHOWN_NAME}.csv`);
    expect(stderr).toContain(`Empty: in${SHOWN_NAME}/c.csv`);
    expect(stderr).toContain(`COMPRESSED in${SHOWN_NAME}/b.csv: line 1`);
    expect(code).toBe(1);
    expect(existsSync(join(folder, `out${EVIL_NAME}`, `${EVIL_NAME}.csv`))).toBe(true);
  });

  test('in headers and values', async () => {
    const quoted = `"${EVIL}"`;
    const files = { 'a.csv': `id,${quoted},v\n1,${quoted},2\n${quoted},x,900\n 3,"open${EVIL}\n` };
    const flags = ['--max', 'v=100', '--derive', `\`x${EVIL}\` = v + id`];
    for (const more of [['-v'], ['-n'], ['-v', '--no-clean-names'], ['-n', '--no-clean-names']]) {
      const { code, stderr } = await cleanFilesIn(files, ['a.csv', ...flags, ...more]);
      expectSafe(stderr);
      expect(stderr).toContain(SHOWN);
      expect(code).toBe(0);
    }
  });

  test('in the judgement of columns', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => (i % 12 === 0 ? -999 : 10 + i / 7));
    const files = { 'a.csv': `"v${EVIL}",w\n${rows.join('\n')}\n` };
    const { stderr } = await cleanFilesIn(files, ['a.csv', '--no-clean-names']);
    expectSafe(stderr);
    expect(stderr).toContain(`column "v${SHOWN}": left alone (clump)`);
  });

  test('in one-column headers', async () => {
    const { stderr } = await cleanFilesIn({ 'a.csv': `"a;${EVIL}"\n` }, ['a.csv']);
    expectSafe(stderr);
    expect(stderr).toContain('read as one column, but the header holds semicolons: "a;');
  });

  test.each([
    [`--where`, `\`${EVIL}\` > 1`],
    [`--select`, EVIL],
    [`--files-from`, EVIL],
    [`--base`, EVIL],
    [`--${EVIL}`, 'x'],
    ['missing.csv', EVIL],
    ['*.nope', `${EVIL}/*.csv`],
  ])('in what is refused: %j %j', async (flag, value) => {
    const { stderr } = await cleanFilesIn({ 'a.csv': 'id,v\n1,2\n' }, ['a.csv', flag, value]);
    expectSafe(stderr);
    expect(stderr).not.toBe('');
  });

  test('in --json, as escapes of JSON', async () => {
    const files = { [`${EVIL_NAME}.csv`]: `"${EVIL}",v\n1,2\n` };
    const { stdout } = await cleanFilesIn(files, ['.', '--json']);
    const [file] = JSON.parse(stdout).files;
    expect(file.input).toBe(`${EVIL_NAME}.csv`);
    expect(file.report.columns[0].from).toBe(EVIL);
    expect(unsafeIn(stdout)).toEqual([]);
  });
});

describe.concurrent('csvclean colours its text', () => {
  const colour = '\x1b[';
  const files = { 'a.csv': 'id,v\n1,2\n' };

  test('never, when standard error is no terminal', async () => {
    const { stderr } = await cleanFilesIn(files, ['a.csv']);
    expect(stderr).not.toContain(colour);
  });

  test('with --color always, and never with --color never', async () => {
    const always = await cleanFilesIn(files, ['a.csv', '--color', 'always']);
    expect(always.stderr).toContain(colour);
    const never = await cleanFilesIn(files, ['a.csv', '--color', 'never']);
    expect(never.stderr).not.toContain(colour);
  });

  test('on a terminal, but not with NO_COLOR or a dumb one', () => {
    const folder = folderWith(files);
    const onTerminal = (env: Readonly<Record<string, string>>): string =>
      execFileSync(
        'python3',
        [
          '-c',
          'import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)',
          ...[process.execPath, BINARY, join(folder, 'a.csv'), '--no-progress'],
        ],
        {
          cwd: folder,
          encoding: 'utf8',
          env: { PATH: process.env.PATH, TERM: 'xterm-256color', ...env },
        },
      );
    expect(onTerminal({})).toContain(colour);
    expect(onTerminal({})).toContain('1 file cleaned');
    expect(onTerminal({ NO_COLOR: '1' })).not.toContain('\x1b');
    expect(onTerminal({ NO_COLOR: '1' })).toContain('1 file cleaned');
    expect(onTerminal({ TERM: 'dumb' })).not.toContain('\x1b');
  });
});

describe.concurrent('csvclean ends quietly, when the reader of its standard output has gone', () => {
  test('and has written the outputs', async () => {
    // Enough columns for a result that no pipe holds.
    const header = Array.from({ length: 5000 }, (_, i) => `c${i}`).join(',');
    const files = { 'a.csv': `${header}\n1\n` };
    const options = { hasDeafReader: true };
    const { code, stderr, folder } = await cleanFilesIn(files, ['a.csv', '--json', '-q'], options);
    expect([code, stderr]).toEqual([0, '']);
    expect(textOf(folder, 'cleaned/a.csv').split('\n')[0]).toBe(header);
  });

  test('and was to have the help', async () => {
    const { code, stderr } = await cleanFilesIn({}, ['--help'], { hasDeafReader: true });
    expect([code, stderr]).toEqual([0, '']);
  });
});
