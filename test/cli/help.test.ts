/** The help is read off the option table, fits a terminal, and shows only what there is. */
import { describe, expect, test } from 'vitest';
import { helpText } from '../../src/cli/help.js';
import { parseArguments } from '../../src/cli/program.js';
import { OPTION_GROUPS } from '../../src/options/option-spec.js';
import { OPTION_TABLE } from '../../src/options/option-table.js';
import { parseOptions } from '../../src/options/parse-options.js';
import { cleanFilesIn } from '../support/clean-in-folder.js';

const SPECS = Object.values(OPTION_TABLE);
const FLAGS = SPECS.flatMap(({ flags }) => (flags === null ? [] : [flags]));

describe('csvclean --help', () => {
  test('prints the help on standard output, and nothing else, when asked', async () => {
    for (const flag of ['--help', '-h']) {
      const { code, stdout, stderr } = await cleanFilesIn({}, [flag]);
      expect(stdout).toBe(helpText(undefined));
      expect(stderr).toBe('');
      expect(code).toBe(0);
    }
  });

  test.each([undefined, 80, 200])('fits 80 columns, when the terminal has %s', (columns) => {
    const lines = helpText(columns).split('\n');
    expect(lines.filter((line) => [...line].length > 80)).toEqual([]);
  });

  test.each(FLAGS)('lists %s', (flags) => {
    const listed = helpText(undefined)
      .split('\n')
      .filter((line) => line.trim() === flags || line.trim().startsWith(`${flags}  `));
    expect(listed).toHaveLength(1);
  });

  test('shows examples before the groups, and the groups in their order', () => {
    const text = helpText(undefined);
    const titles = ['Usage', 'Examples', ...OPTION_GROUPS, 'Help', 'Exit codes'];
    const places = titles.map((title) => text.search(new RegExp(`^${title}:`, 'm')));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  test('says every word that an option is described by, whatever the width', () => {
    const text = helpText(60).replace(/\s+/g, ' ');
    for (const { flags, help } of SPECS) if (flags !== null) expect(text).toContain(help);
  });

  test('gives examples that the command line takes', () => {
    const text = helpText(undefined).replace(/\\\n\s+/g, '');
    const examples = /Examples:\n([\s\S]*?)\n\n/.exec(text)![1]!.split('\n');
    expect(examples.length).toBeGreaterThan(3);
    for (const line of examples) {
      const command = line
        .trim()
        .replace(/^csvclean /, '')
        .split(/ {3,}/)[0]!;
      const args = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(
        ([, quoted, bare]) => quoted ?? bare!,
      );
      const request = parseArguments(args, '0');
      expect(['clean', 'sniff', 'rejects', 'profile', 'init']).toContain(request.kind);
      if (request.kind === 'clean') parseOptions(request.given);
    }
  });

  test('does not show the other spellings of --workers, which are taken all the same', () => {
    expect(helpText(undefined)).not.toMatch(/--jobs|-j\b/);
    for (const flag of ['-j', '--jobs', '-w', '--workers']) {
      const request = parseArguments(['a.csv', flag, '3'], '0');
      expect(request).toMatchObject({ kind: 'clean', given: { inputs: ['a.csv'], workers: '3' } });
    }
  });
});

test('csvclean --version prints the version of the package', async () => {
  const { code, stdout, stderr } = await cleanFilesIn({}, ['--version']);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\S*\n$/);
  expect([code, stderr]).toEqual([0, '']);
});
