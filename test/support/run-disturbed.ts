/** Runs of the real binary whose threads are disturbed at named points. */
import { join } from 'node:path';
import { expect } from 'vitest';
import { outputsIn } from './reference-outputs.js';
import { type PointRule, runCommand } from './run-command.js';
import { writeTables } from './small-tables.js';
import { tempFolder } from './temp-folder.js';
import { listTemps } from './tree.js';

/** What `--json` says of a file, as far as these tests look. */
export interface FileOutcome {
  readonly input: string;
  readonly status: string;
  readonly spans: number;
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** What became of a run; inputs by their name. */
export interface DisturbedRun {
  readonly code: number | null;
  readonly names: readonly string[];
  /** Those not cleaned, each with the code of its error. */
  readonly failed: readonly (readonly [name: string, code: string | undefined])[];
  readonly messages: readonly string[];
  readonly spans: readonly number[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly temps: readonly string[];
}

/** Cleans `tables` with `rules` at work; each at most once if `isOnce`. */
export async function runDisturbed(
  tables: Readonly<Record<string, string>>,
  rules: readonly PointRule[],
  isOnce: boolean,
  args: readonly string[],
  nodeArgs: readonly string[] = [],
): Promise<DisturbedRun> {
  const folder = tempFolder();
  const input = writeTables(folder, tables);
  const points = rules.map((rule, i) => (isOnce ? { ...rule, once: join(folder, `${i}`) } : rule));
  const { code, stdout, stderr } = await runCommand(
    [input, '--out-dir', join(folder, 'out'), '--json', '-q', ...args],
    { points, nodeArgs },
  );
  expect(stdout, stderr).not.toBe('');
  const { files } = JSON.parse(stdout) as { files: FileOutcome[] };
  const nameOf = ({ input: path }: FileOutcome): string => path.slice(input.length + 1);
  return {
    code,
    names: files.map(nameOf),
    failed: files.flatMap((file) =>
      file.status === 'cleaned' ? [] : [[nameOf(file), file.error?.code] as const],
    ),
    messages: files.flatMap(({ error }) => error?.message ?? []),
    spans: files.map(({ spans }) => spans),
    outputs: outputsIn(folder),
    temps: listTemps(folder),
  };
}

/** Outputs and rejects without those of one input. */
export function outputsWithout(
  outputs: Readonly<Record<string, string>>,
  name: string,
): Readonly<Record<string, string>> {
  const own = [name, `rejects/${name}.rejects.csv`];
  return Object.fromEntries(Object.entries(outputs).filter(([path]) => !own.includes(path)));
}
