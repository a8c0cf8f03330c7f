/** Holds the README to what the program prints: its demo output is real, and its flags exist. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SUBCOMMAND_HELP } from '../src/cli/subcommand-help.js';
import { OPTION_TABLE } from '../src/options/option-table.js';
import { PROJECT } from './support/library.js';
import { tempFolder } from './support/temp-folder.js';

const readme = readFileSync(join(PROJECT, 'README.md'), 'utf8');

/** How long it took is another number each time. */
function withoutTimes(text: string): string {
  return text.replace(/ in \d[^ ]* m?s on/g, ' in TIME on');
}

describe('README', () => {
  test('shows the demo as it is printed, and the rejects as they are written', () => {
    const outDir = join(tempFolder(), 'cleaned');
    const args = ['bin/csvclean.js', 'samples/*.csv', '--out-dir', outDir, '--workers', '4'];
    const { stderr, status } = spawnSync(process.execPath, args, {
      cwd: PROJECT,
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    const printed = withoutTimes(stderr.trimEnd()).replaceAll(outDir, 'cleaned');
    expect(withoutTimes(readme)).toContain(`\`\`\`\n${printed}\n\`\`\``);
    const rejects = join(outDir, 'rejects', 'taxi-trips-2025-01.csv.rejects.csv');
    expect(readme).toContain(`\`\`\`\n${readFileSync(rejects, 'utf8').trimEnd()}\n\`\`\``);
  });

  test('shows a profile as it is printed', () => {
    const args = ['bin/csvclean.js', 'profile', 'samples/sensor-readings.csv'];
    const env = { ...process.env, LANG: 'en_US.UTF-8', LC_ALL: '', LC_CTYPE: '', TERM: 'xterm' };
    const { stdout } = spawnSync(process.execPath, args, { cwd: PROJECT, encoding: 'utf8', env });
    expect(readme).toContain(`$ csvclean profile samples/sensor-readings.csv\n${stdout}\`\`\``);
  });

  test('names no flag that does not exist', () => {
    const flags = Object.values(OPTION_TABLE).flatMap(({ flags, hiddenFlags }) => [
      flags ?? '',
      ...(hiddenFlags ?? []),
    ]);
    const all = [...flags, ...Object.values(SUBCOMMAND_HELP)].join(' ');
    const known = new Set(all.match(/--[a-z-]+/g));
    const named = (readme.match(/(?<=[\s`(])--[a-z][a-z-]*/g) ?? []).filter(
      (flag) => flag !== '--help',
    );
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((flag) => !known.has(flag))).toEqual([]);
  });
});
