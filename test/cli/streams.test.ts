/**
 * csvclean in a pipeline: standard input and output, FIFOs, readers and writers that go away. The
 * real binary, real pipes.
 */
import { type ChildProcess, execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { cleanFiles } from '../support/library.js';
import { runCommand } from '../support/run-command.js';
import { tableOf } from '../support/small-tables.js';
import { makeTempFolder } from '../support/temp-folder.js';
import { listTemps, listTree } from '../support/tree.js';

const BINARY = fileURLToPath(new URL('../../bin/csvclean.js', import.meta.url));
const TABLE = tableOf(4000, true);

/** Outlier rules and aggregates need several looks at the rows, the others one. */
const JOBS: readonly (readonly [string, readonly string[]])[] = [
  ['one look', ['--outliers', 'off', '--where', 'v <= 90', '--derive', 'd = v / 3']],
  ['several looks', ['--derive', 'share = v / max(v)']],
  ['several looks at many spans', ['--derive', 'share = v / max(v)', '--span-size', '1KB']],
  ['an exotic dialect', ['-d', ',', '--escape', '\\']],
  ['the reference engine', ['--engine', 'reference', '--outliers', 'off']],
];

/** A table with a column `v`. */
function rows(count: number): string {
  return `id,V \n${Array.from({ length: count }, (_, i) => `${i},${(i * 37) % 101}\n`).join('')}`;
}

describe('standard input and output', () => {
  test.each(JOBS)('give what a file gives: %s', async (_, args) => {
    const folder = makeTempFolder();
    const input = `${rows(3000)},\n"x""y",1,2\n7,8,9\n`;
    writeFileSync(join(folder, 'stdin.csv'), input);
    const whole = await runCommand(['stdin.csv', '-q', '--output', 'out.csv', ...args], {
      cwd: folder,
    });
    expect(whole).toMatchObject({ code: 0, stderr: '' });
    for (const workers of ['0', '1', '3']) {
      const more = ['-q', '--workers', workers, '--force', ...args];
      const run = await runCommand(['-', ...more], { cwd: folder, stdin: input });
      expect(run).toMatchObject({ code: 0, stderr: '' });
      expect(run.stdout).toBe(readFileSync(join(folder, 'out.csv'), 'utf8'));
      const [rejects, known] = ['csvclean-rejects', '.'].map((name) =>
        readFileSync(join(folder, name, 'stdin.csv.rejects.csv'), 'utf8'),
      );
      expect(rejects!.replaceAll('\nstdin,', '\nstdin.csv,')).toBe(known);
      expect(listTemps(folder)).toEqual([]);
    }
  });

  test('a file goes to standard output, and standard input to a file', async () => {
    const folder = makeTempFolder();
    writeFileSync(join(folder, 'x.csv'), TABLE);
    const run = await runCommand(['x.csv', '--output', '-', '-q'], { cwd: folder });
    const back = await runCommand(['-', '--out-dir', 'out', '-q'], { cwd: folder, stdin: TABLE });
    expect(back).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(run.stdout).toBe(readFileSync(join(folder, 'out/stdin.csv'), 'utf8'));
    const split = ['--span-size', '512', '--workers', '3'];
    const parts = await runCommand(['x.csv', '--output', '-', '-q', '--force', ...split], {
      cwd: folder,
    });
    expect(parts.stdout).toBe(run.stdout);
  });

  test('standard input stands beside files', async () => {
    const folder = makeTempFolder();
    writeFileSync(join(folder, 'x.csv'), 'a\n1\n');
    const run = await runCommand(['x.csv', '-', '-o', 'out', '-q'], {
      cwd: folder,
      stdin: 'b\n2\n',
    });
    expect(run.code).toBe(0);
    expect(readFileSync(join(folder, 'out/stdin.csv'), 'utf8')).toBe('b\n2\n');
    expect(readFileSync(join(folder, 'out/x.csv'), 'utf8')).toBe('a\n1\n');
  });

  test('rows come out before the last has come in', async () => {
    let child: ChildProcess | null = null;
    const run = runCommand(['-', '-q', '--outliers', 'off'], {
      stdin: 'pipe',
      onStart(started) {
        child = started;
        started.stdin!.write('a,b\n1,2\n');
        let out = '';
        started.stdout!.on('data', (text: string) => {
          const before = out;
          out += text;
          if (!before.includes('1,2\n') && out.includes('1,2\n')) started.stdin!.write('3,4\n5');
          if (!before.includes('3,4\n') && out.includes('3,4\n')) started.stdin!.end(',6');
        });
      },
    });
    expect(await run).toMatchObject({ code: 0, stdout: 'a,b\n1,2\n3,4\n5,6\n' });
    expect(child).not.toBeNull();
  });

  test('nothing in gives nothing out, and the summary says where it went', async () => {
    expect(await runCommand(['-', '-q'], { stdin: '' })).toMatchObject({ code: 0, stdout: '' });
    const { stderr } = await runCommand(['-'], { stdin: 'a\n1\n' });
    expect(stderr).toContain('1 file cleaned → standard output');
    expect(stderr).toContain('4 B in');
  });

  test('a dry run writes nothing', async () => {
    const folder = makeTempFolder();
    const run = await runCommand(['-', '-n'], { cwd: folder, stdin: TABLE });
    expect(run).toMatchObject({ code: 0, stdout: '' });
    expect(run.stderr).toContain('dry run: nothing written');
    expect(listTree(folder)).toEqual([]);
  });

  test('bytes that are not UTF-8 are refused with line and byte', async () => {
    const stdin = Buffer.concat([Buffer.from('a,b\n1,2\n3,'), Buffer.from([0xe9, 0x0a])]);
    for (const args of [
      ['--outliers', 'off'],
      ['--encoding-errors', 'strict'],
    ]) {
      const run = await runCommand(['-', ...args], { cwd: makeTempFolder(), stdin });
      expect(run.code).toBe(1);
      expect(run.stderr).toContain('NOT_UTF8 stdin: line 3 (byte 10)');
    }
  });

  test('another encoding that is named is decoded, whatever the rules; one that is not is told', async () => {
    const stdin = Buffer.from('\ufeffa,b\n1,é\n', 'utf16le');
    for (const args of [['--outliers', 'off'], []]) {
      const run = await runCommand(['-', '-e', 'utf-16le', ...args], {
        cwd: makeTempFolder(),
        stdin,
      });
      expect(run).toMatchObject({ code: 0, stdout: 'a,b\n1,é\n' });
    }
    const unnamed = await runCommand(['-', '--outliers', 'off'], { cwd: makeTempFolder(), stdin });
    expect(unnamed.code).toBe(1);
    expect(unnamed.stderr).toContain('Set --encoding utf-16le: then all of it is read first.');
  });

  test('a thread that ends takes the stream with it: there is no second try', async () => {
    const folder = makeTempFolder();
    const points = [{ point: 'input-end', action: 'exit' as const, once: join(folder, 'once') }];
    const args = ['-', '--outliers', 'off', '--out-dir', 'out'];
    const run = await runCommand(args, { cwd: folder, stdin: TABLE, points });
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('the worker thread ended (exit code 7) while cleaning it');
    expect(existsSync(join(folder, 'out/stdin.csv'))).toBe(false);
    expect(listTemps(folder)).toEqual([]);
  });
});

describe('in a shell', () => {
  /** Runs a script of bash, in which `csvclean` is the command. */
  function sh(script: string, cwd = makeTempFolder()): string {
    const define = `csvclean() { "${process.execPath}" "${BINARY}" "$@"; }; `;
    return execFileSync('bash', ['-c', define + script], { cwd, encoding: 'utf8' });
  }

  test.each(JOBS)('a reader that has seen enough ends it quietly: %s', (_, args) => {
    const folder = makeTempFolder();
    writeFileSync(join(folder, 'x.csv'), rows(300_000));
    const quoted = args.map((arg) => `'${arg.replace('1KB', '100KB')}'`).join(' ');
    const script = `cat x.csv | csvclean - --output - ${quoted} 2>err | head -2; echo "\${PIPESTATUS[1]}"`;
    const [, first, code] = sh(script, folder).split('\n');
    expect([first!.startsWith('0,0'), code]).toEqual([true, '0']);
    expect(readFileSync(join(folder, 'err'), 'utf8')).toBe('');
  });

  test('a FIFO is read like standard input', () => {
    const script =
      'mkfifo f.csv; printf "a,b\\n1,2\\n,\\n3,4\\n" > f.csv & csvclean f.csv -q -o out; cat out/f.csv; ' +
      'printf "a,b\\n5,6\\n" > f.csv & csvclean f.csv --output - -q --outliers off; wait';
    expect(sh(script)).toBe('a,b\n1,2\n3,4\na,b\n5,6\n');
  });

  test('a full disk at standard output is a failure', () => {
    const script = 'printf "a\\n1\\n" | csvclean - -q > /dev/full 2>err; echo $?; cat err';
    expect(sh(script)).toMatch(/^1\n.*standard output/s);
  });

  test('a folder as standard input is a failure, and gives no output', () => {
    const script = 'csvclean - -o out < . 2>err; echo $?; cat err; ls out';
    expect(sh(`mkdir out; ${script}`)).toMatch(/^1\n.*NOT_A_FILE.*standard input is a folder/s);
  });
});

describe('waiting for a writer', () => {
  test.each([
    ['standard input', '-', 'SIGINT', 130],
    ['standard input', '-', 'SIGTERM', 143],
    ['a FIFO', 'f.csv', 'SIGINT', 130],
  ] as const)('%s (%s): %s ends it', async (_, name, signal, code) => {
    const folder = makeTempFolder();
    execFileSync('mkfifo', [join(folder, 'f.csv')]);
    const points = [{ point: 'run-start', action: 'signal' as const, signal }];
    const run = await runCommand([name, '-o', 'out'], { cwd: folder, stdin: 'pipe', points });
    expect(run.code).toBe(code);
    expect(listTemps(folder)).toEqual([]);
    expect(
      readdirSync(folder).includes('out') ? readdirSync(join(folder, 'out')) : [],
    ).not.toContain('stdin.csv');
  });

  test('the time limit holds', async () => {
    const run = await runCommand(['-', '--timeout', '0.3', '-o', 'out'], {
      cwd: makeTempFolder(),
      stdin: 'pipe',
    });
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('TIMEOUT stdin');
  });
});

describe('refused', () => {
  test.each([
    [['-', '--json', '--output', '-'], '--json and --output - both write to standard output'],
    [['-', '--in-place', '--force'], '--in-place cannot replace standard input'],
    [['-', '--baseline'], '--baseline compares files'],
    [['-', '--files-from', '-'], 'standard input is named twice'],
  ])('%s', async (args, message) => {
    const run = await runCommand(args, { stdin: 'a\n1\n' });
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain(message);
  });

  test('by the library, which has no streams', async () => {
    await expect(cleanFiles({ inputs: ['-'] })).rejects.toMatchObject({ code: 'USAGE' });
  });
});
