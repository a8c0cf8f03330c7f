/** What is shipped: the packed tarball, unpacked into an empty project and run there. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { PROJECT } from './support/library.js';
import { makeTempFolder } from './support/temp-folder.js';

interface Manifest {
  readonly version: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly bin: Readonly<Record<string, string>>;
}

const manifest = readManifest(PROJECT);
const folder = makeTempFolder();
const installed = join(folder, 'node_modules', 'csvclean');
let packed: readonly string[] = [];

interface Library {
  readonly version: string;
  readonly license: string;
  readonly text: string;
}

/** What `third-party-licenses.txt` tells of each library, by its name. */
let libraries: ReadonlyMap<string, Library> = new Map();

function readLicenses(path: string): ReadonlyMap<string, Library> {
  const head = /^# (\S+) (\S+): (\S+)$/m;
  const [, ...pieces] = readFileSync(path, 'utf8').split(head);
  const found = new Map<string, Library>();
  for (let i = 0; i < pieces.length; i += 4) {
    const [name, version, license, text] = pieces.slice(i) as [string, string, string, string];
    found.set(name, { version, license, text });
  }
  return found;
}

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
  // An empty project: the tarball unpacked, and nothing else.
  mkdirSync(installed, { recursive: true });
  const from = join(folder, tarball.filename);
  execFileSync('tar', ['-xzf', from, '-C', installed, '--strip-components', '1']);
  libraries = readLicenses(join(installed, 'dist', 'bundle', 'third-party-licenses.txt'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'table.csv'), ' Vendor Name ,x\n a ,1\n,\n');
});

function runInstalled(name: string, args: readonly string[]): string {
  const path = join(installed, manifest.bin[name]!);
  return execFileSync(process.execPath, [path, ...args], { cwd: folder, encoding: 'utf8' });
}

describe('the packed package', () => {
  test('holds the program, the built files and the texts, and nothing else', () => {
    const expected =
      /^(bin\/csvclean\.js|dist\/bundle\/[a-z-]+\.(js|txt)|dist\/.+\.d\.ts|dist\/kernel\/(?:kernel|profiler)\.wasm|docs\/recipes\.md|schema\.json|package\.json|[A-Z]+(\.md)?)$/;
    expect(packed.filter((path) => !expected.test(path))).toEqual([]);
    for (const path of ['bin/csvclean.js', 'dist/bundle/index.js', 'dist/index.d.ts', 'LICENSE']) {
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

  test('expands a pattern and rewrites a dialect there, with parts that are loaded late', () => {
    writeFileSync(join(folder, 'late.csv'), 'a||b\n1||2\n');
    runInstalled('csvclean', ['l*e.csv', '--delimiter', '||', '--quiet']);
    expect(readFileSync(join(folder, 'cleaned', 'late.csv'), 'utf8')).toBe('a,b\n1,2\n');
  });

  test('holds the licence of every library in the bundle, none of which asks for more', () => {
    expect([...libraries.keys()]).toEqual(
      expect.arrayContaining(['commander', 'fast-glob', 'iconv-lite', 'jsep']),
    );
    for (const { license, text } of libraries.values()) {
      expect(license).toMatch(/^(MIT|ISC)$/);
      expect(text).toMatch(/copyright/i);
    }
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

  test('brings in no other package: the libraries are in the bundle', () => {
    const { dependencies, optionalDependencies, peerDependencies } = manifest;
    expect({ ...dependencies, ...optionalDependencies, ...peerDependencies }).toEqual({});
  });

  test('names each library in the bundle at one exact version', () => {
    const bundled = Object.keys(manifest.devDependencies).filter((name) => libraries.has(name));
    expect(bundled.length).toBeGreaterThan(5);
    const versions = bundled.map((name) => manifest.devDependencies[name]);
    expect(versions).toEqual(bundled.map((name) => libraries.get(name)!.version));
  });
});

describe('package-lock.json', () => {
  test('holds no download address', () => {
    const lock = readFileSync(join(PROJECT, 'package-lock.json'), 'utf8');
    expect(lock).not.toMatch(/"resolved"/);
    expect(lock.match(/https?:[^"]*\.tgz/g)).toBe(null);
  });
});
