/** `--concat` as the shipped command does it: one file, or none; what it replaces and refuses. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { cleanFilesIn, cleanIn, folderWith, textOf } from '../support/clean-in-folder.js';
import { largeTable } from '../support/large-table.js';
import { listTemps, listTree } from '../support/tree.js';

const FILES = {
  'a.csv': 'Id,Name\n1,a\n2,"x, y"\n',
  'd/b.csv': 'name;Extra\nb;=1+1\n"q ""z""";\n\n',
  'c.csv.gz': gzipSync('id,name\n3,c\n4,d,5\n'),
};
const INPUTS = ['a.csv', 'd/b.csv', 'c.csv.gz'];

describe('csvclean --concat', () => {
  test('writes all inputs into one file, and what is taken out beside it', async () => {
    const run = await cleanFilesIn(FILES, [...INPUTS, '--concat', 'out/all.csv']);
    expect([run.code, run.stdout]).toEqual([0, '']);
    expect(run.stderr.split('\n')[0]).toBe('3 files cleaned → out/all.csv');
    expect(run.stderr).toContain('rows in   7\n  kept      5');
    expect(textOf(run.folder, 'out/all.csv')).toBe(
      'id,name,extra\n1,a,\n2,"x, y",\n,b,=1+1\n,"q ""z""",\n3,c,\n',
    );
    expect(listTree(join(run.folder, 'out')).filter((name) => !name.includes('.csvclean'))).toEqual(
      ['all.csv', 'rejects/c.csv.gz.rejects.csv'],
    );
    expect(listTemps(run.folder)).toEqual([]);
  });

  test('says where each row is from, and writes the form that is asked for', async () => {
    const how = ['--concat', 'all.csv.gz', '--concat-source', 'From'];
    const form = ['--out-delimiter', ';', '--crlf', '--bom', '--escape-formulas'];
    const folder = folderWith(FILES);
    const run = await cleanIn(folder, [...INPUTS, ...how, ...form, '--json', '-q']);
    expect(run.code).toBe(0);
    const packed = Buffer.from(textOfBytes(folder, 'all.csv.gz'), 'latin1');
    expect(gunzipSync(packed).toString()).toBe(
      [
        ...['\ufeffid;name;extra;From', '1;a;;a.csv', '2;"x, y";;a.csv', ";b;'=1+1;d/b.csv"],
        ...[';"q ""z""";;d/b.csv', '3;c;;c.csv.gz', ''],
      ].join('\r\n'),
    );
    const { files } = JSON.parse(run.stdout);
    expect(files.map((file: { output: string }) => file.output)).toEqual(
      INPUTS.map(() => 'all.csv.gz'),
    );
    const escaped = files.map(
      (file: { report: { repairs: { escapedCells: number } } }) => file.report.repairs.escapedCells,
    );
    expect(escaped).toEqual([0, 1, 0]);
  });

  test('goes to standard output, and takes standard input', async () => {
    const folder = folderWith(FILES);
    const run = await cleanIn(folder, ['a.csv', '-', '--concat', '-', '-q'], {
      stdin: 'name,id\nz,9\n',
    });
    expect(run).toEqual({ code: 0, stderr: '', stdout: 'id,name\n1,a\n2,"x, y"\n9,z\n' });
    const alone = await cleanIn(folder, ['-', '--concat', 'all.csv', '-q'], { stdin: 'a\n1\n' });
    expect(alone).toEqual({ code: 0, stderr: '', stdout: '' });
    expect(textOf(folder, 'all.csv')).toBe('a\n1\n');
    const deaf = await cleanIn(folder, ['a.csv', '--concat', '-', '-q'], { hasDeafReader: true });
    expect([deaf.code, deaf.stderr]).toEqual([0, '']);
  });

  test('gives the same bytes on any number of workers, inputs judged together or not', async () => {
    const header = 'id,name,value\n';
    const rows = (seed: number): string => largeTable({ bytes: 120_000, seed });
    const folder = folderWith({ 'a.csv': rows(1), 'b.csv': rows(2), 'c.csv': `${header}1,x,2\n` });
    const outputs: string[] = [];
    for (const workers of ['0', '1', '3']) {
      const how = ['--workers', workers, '--span-size', '9KB', '-q', '--outlier-scope', 'all'];
      const run = await cleanIn(folder, ['a.csv', 'b.csv', 'c.csv', '--concat', 'all.csv', ...how]);
      expect(run.code, run.stderr).toBe(0);
      outputs.push(textOf(folder, 'all.csv'));
    }
    expect(outputs[0]!.length).toBeGreaterThan(200_000);
    expect(outputs[1]).toBe(outputs[0]);
    expect(outputs[2]).toBe(outputs[0]);
  });

  test('leaves the old output where an input fails, and replaces only its own', async () => {
    const folder = folderWith({ ...FILES, 'bad.csv': 'a,b\n1\n', 'mine.csv': 'x\n' });
    await cleanIn(folder, ['a.csv', '--concat', 'out/all.csv', '-q']);
    const before = textOf(folder, 'out/all.csv');
    const args = ['a.csv', 'bad.csv', '--ragged', 'error', '--concat', 'out/all.csv', '-q'];
    const run = await cleanIn(folder, args);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('RAGGED bad.csv: line 2');
    expect(run.stderr).toContain('INCOMPLETE: not joined: 1 input of 2 could not be cleaned.');
    expect(textOf(folder, 'out/all.csv')).toBe(before);
    expect(listTemps(folder)).toEqual([]);
    const again = await cleanIn(folder, [...INPUTS, '--concat', 'out/all.csv', '-q']);
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(textOf(folder, 'out/all.csv')).not.toBe(before);
    const foreign = await cleanIn(folder, ['a.csv', '--concat', 'mine.csv', '-q']);
    expect([foreign.code, textOf(folder, 'mine.csv')]).toEqual([1, 'x\n']);
    expect(foreign.stderr).toContain('OUTPUT_EXISTS');
    writeFileSync(join(folder, 'out/all.csv'), 'changed\n');
    const changed = await cleanIn(folder, ['a.csv', '--concat', 'out/all.csv', '-q']);
    expect([changed.code, textOf(folder, 'out/all.csv')]).toEqual([1, 'changed\n']);
  });

  test('finds its own output by no pattern, and refuses it as an input', async () => {
    const folder = folderWith({ 'a.csv': FILES['a.csv'] });
    for (let i = 0; i < 2; i++) {
      const run = await cleanIn(folder, ['*.csv', '--concat', 'all.csv', '-q']);
      expect(run).toMatchObject({ code: 0, stderr: '' });
      expect(textOf(folder, 'all.csv')).toBe('id,name\n1,a\n2,"x, y"\n');
    }
    const named = await cleanIn(folder, ['a.csv', 'all.csv', '--concat', 'all.csv', '-q']);
    expect(named.code).toBe(2);
    expect(named.stderr).toContain('OUTPUT_IS_INPUT all.csv');
  });

  test('counts only, in a dry run', async () => {
    const run = await cleanFilesIn(FILES, [...INPUTS, '--concat', 'all.csv', '-n']);
    expect(run.code).toBe(0);
    expect(run.stderr).toContain('3 files would be cleaned (dry run: nothing written)');
    expect(listTree(run.folder)).toEqual(['a.csv', 'c.csv.gz', 'd/b.csv']);
  });

  test.each([
    [['--concat', 'x', '--output', 'y'], '--concat and --output exclude each other'],
    [['--concat', 'x', '--in-place', '--force'], '--concat and --in-place exclude each other'],
    [['--concat', 'x', '--prefix', 'p'], '--concat and --prefix exclude each other'],
    [['--concat', 'x', '--keep-dialect'], '--concat and --keep-dialect exclude each other'],
    [['--concat', 'x', '--baseline'], '--concat and --baseline exclude each other'],
    [['--concat', 'x', '--check'], '--check and --concat exclude each other'],
    [['--concat', '-', '--json'], '--json and --concat - both write to standard output'],
    [['--concat', '-', '--compress', 'gz'], '--compress writes files'],
    [['--concat-source', 'x'], '--concat-source goes with --concat'],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await cleanFilesIn(FILES, ['a.csv', ...args]);
    expect(code).toBe(2);
    expect(stderr.split('\n')[0]).toBe(`USAGE: ${message}.`);
  });

  test('refuses a source column that is there already', async () => {
    const how = ['--concat', 'all.csv', '--concat-source', 'name'];
    const { code, stderr, folder } = await cleanFilesIn(FILES, ['a.csv', ...how, '-q']);
    expect(code).toBe(1);
    expect(stderr).toBe(
      'USAGE: --concat-source name: a column is called that.\n  Choose another name.\n',
    );
    expect(listTemps(folder)).toEqual([]);
  });
});

/** A file's bytes, a character each. */
function textOfBytes(folder: string, name: string): string {
  return readFileSync(join(folder, name), 'latin1');
}
