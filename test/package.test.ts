/** What is shipped: the packed tarball, unpacked into an empty project and run there. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { PROJECT } from './support/library.js';
import { makeTempFolder } from './support/temp-folder.js';

interface Manifest {
  readonly version: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly bin: Readonly<Record<string, string>>;
}

const manifest = readManifest(PROJECT);
const folder = makeTempFolder();
const installed = join(folder, 'node_modules', 'csvclean');
let packed: readonly string[] = [];

function readManifest(at: string): Manifest {
  return JSON.parse(readFileSync(join(at, 'package.json'), 'utf8')) as Manifest;
}

beforeAll(() => {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const printed = execFileSync('npm', args, { cwd: PROJECT, stdio: ['ignore', 'pipe', 'ignore'] });
  const [tarball] = JSON.parse(printed.toString()) as [
    { filename: string; files: readonly { path: string }[] },
  ];
  packed = tarball.files.map(({ path }) => path);
  // An empty project: the tarball unpacked, and of everything else only the dependencies.
  mkdirSync(installed, { recursive: true });
  const from = join(folder, tarball.filename);
  execFileSync('tar', ['-xzf', from, '-C', installed, '--strip-components', '1']);
  for (const name of withTheirDependencies(Object.keys(manifest.dependencies))) {
    symlinkSync(join(PROJECT, 'node_modules', name), join(folder, 'node_modules', name));
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'table.csv'), ' Vendor Name ,x\n a ,1\n,\n');
});

/** The names as they lie at the top of `node_modules`; scoped ones are nobody's here. */
function withTheirDependencies(names: readonly string[]): ReadonlySet<string> {
  const all = new Set(names);
  for (const name of all) {
    const { dependencies = {} } = readManifest(join(PROJECT, 'node_modules', name)) as {
      dependencies?: Record<string, string>;
    };
    for (const one of Object.keys(dependencies)) if (!one.startsWith('@')) all.add(one);
  }
  return all;
}

function runInstalled(name: string, args: readonly string[]): string {
  const path = join(installed, manifest.bin[name]!);
  return execFileSync(process.execPath, [path, ...args], { cwd: folder, encoding: 'utf8' });
}

describe('the packed package', () => {
  test('holds the program, the built files and the texts, and nothing else', () => {
    const expected =
      /^(bin\/csvclean\.js|dist\/.+\.(js|d\.ts)|dist\/kernel\/kernel\.wasm|package\.json|[A-Z]+(\.md)?)$/;
    expect(packed.filter((path) => !expected.test(path))).toEqual([]);
    for (const path of ['bin/csvclean.js', 'dist/index.js', 'dist/index.d.ts', 'LICENSE']) {
      expect(packed).toContain(path);
    }
    for (const path of readdirSync(PROJECT).filter((name) => /^(README|CHANGELOG)/.test(name))) {
      expect(packed).toContain(path);
    }
  });

  test('holds no tests, sources or source maps', () => {
    expect(packed.filter((path) => /\.map$|\.test\.|(^|\/)(test|src)\//.test(path))).toEqual([]);
  });

  test.each(Object.keys(manifest.bin))('runs as %s in an empty project', (name) => {
    expect(runInstalled(name, ['--version']).trim()).toBe(manifest.version);
  });

  test('cleans a file in an empty project, with a worker thread', () => {
    runInstalled('csvclean', ['table.csv', '--workers', '1', '--quiet']);
    expect(readFileSync(join(folder, 'cleaned', 'table.csv'), 'utf8')).toBe('vendor_name,x\na,1\n');
  });

  test('exports cleanFiles and CsvcleanError under its name, and nothing else', () => {
    const script = 'console.log(Object.keys(await import("csvclean")).sort().join())';
    const args = ['--input-type=module', '--eval', script];
    const printed = execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    expect(printed.trim()).toBe('CsvcleanError,cleanFiles');
  });
});

describe('package.json', () => {
  test('has no script that npm runs on install', () => {
    const onInstall = /^(pre|post)?(install|prepare|pack|publish)$|^prepublishOnly$/;
    expect(Object.keys(manifest.scripts).filter((name) => onInstall.test(name))).toEqual([]);
  });

  test('has few dependencies, each at one exact version', () => {
    const versions = Object.values(manifest.dependencies);
    expect(versions.length).toBeLessThan(10);
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  test('brings in no dependency with an install script', () => {
    const names = [...withTheirDependencies(Object.keys(manifest.dependencies))];
    const hooked = names.filter((name) => {
      const { scripts = {} } = readManifest(join(PROJECT, 'node_modules', name));
      return Object.keys(scripts).some((script) => /^(pre|post)?install$/.test(script));
    });
    expect(hooked).toEqual([]);
  });
});

describe('package-lock.json', () => {
  test('holds no download address', () => {
    const lock = readFileSync(join(PROJECT, 'package-lock.json'), 'utf8');
    expect(lock).not.toMatch(/"resolved"/);
    expect(lock.match(/https?:[^"]*\.tgz/g)).toBe(null);
  });
});
