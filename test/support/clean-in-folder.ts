/**
 * Runs the real binary over a few small files in a folder of its own, to its end: what it prints,
 * how it exits and what it leaves behind.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

const BINARY = fileURLToPath(new URL('../../bin/csvclean.js', import.meta.url));

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Standard input; none when not given. */
  readonly stdin?: string;
  /** Node's own arguments, before the binary. */
  readonly nodeArgs?: readonly string[];
  /** Closes standard output at once, as `| true` does. */
  readonly hasDeafReader?: boolean;
}

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Name and content; a name may hold folders. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A new folder with `files` in it, removed when the test file has finished. */
export function folderWith(files: Files): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'csvclean-cli-')));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** Runs `csvclean ...args` in `folder`. */
export async function cleanIn(
  folder: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Ran> {
  const { NODE_OPTIONS: _, NO_COLOR: __, FORCE_COLOR: ___, ...rest } = process.env;
  // What the tests run in must not show.
  const { GITHUB_ACTIONS: ____, ...env } = rest;
  const child = spawn(process.execPath, [...(options.nodeArgs ?? []), BINARY, ...args], {
    cwd: folder,
    env: { ...env, ...options.env },
  });
  child.stdin.on('error', () => {});
  child.stdin.end(options.stdin ?? '');
  let stdout = '';
  let stderr = '';
  if (options.hasDeafReader === true) child.stdout.destroy();
  else child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** Runs `csvclean ...args` in a new folder that holds `files`. */
export async function cleanFilesIn(
  files: Files,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Ran & { readonly folder: string }> {
  const folder = folderWith(files);
  return { folder, ...(await cleanIn(folder, args, options)) };
}

/** The text of a file below `folder`. */
export function textOf(folder: string, name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}
