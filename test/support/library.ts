/**
 * The library and the program as they are shipped, from `dist/`: worker threads need the built
 * files. `npm test` builds them first.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

type Library = typeof import('../../src/index.js');

export const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

const entry = new URL('../../dist/index.js', import.meta.url);
if (!existsSync(entry)) throw new Error('dist/ is not built: npm run build');

export const { cleanFiles, CsvcleanError } = (await import(entry.href)) as Library;

/** What a program gave back. */
export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `bin/csvclean.js` to its end. */
export function runProgram(args: readonly string[], folder = PROJECT): Promise<Ran> {
  const program = fileURLToPath(new URL('../../bin/csvclean.js', import.meta.url));
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [program, ...args],
      { cwd: folder, maxBuffer: 1 << 26 },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : error.code;
        resolve({ exitCode: typeof code === 'number' ? code : -1, stdout, stderr });
      },
    );
  });
}
