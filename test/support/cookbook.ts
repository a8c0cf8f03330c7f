/**
 * Reads `docs/cookbook.md` as what it says: files, commands, and the files and lines they give.
 *
 * In a section a fence behind a line that is a name in backticks is that file; a fence of `sh` is
 * run, and a fence of `text` is what it printed. Files before the first command are inputs.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import iconv from 'iconv-lite';

const BINARY = fileURLToPath(new URL('../../bin/csvclean.js', import.meta.url));

/** A fenced block: `info` is what stands behind the fence, `name` the file it is. */
interface Fence {
  readonly info: readonly string[];
  readonly name: string | null;
  readonly text: string;
}

export interface CookbookRecipe {
  readonly title: string;
  readonly fences: readonly Fence[];
}

export function readCookbook(path: string): readonly CookbookRecipe[] {
  const [, ...sections] = readFileSync(path, 'utf8').split(/^## /m);
  return sections.map((section) => {
    const [title] = section.split('\n', 1);
    return { title: title!, fences: [...fencesOf(section)] };
  });
}

function* fencesOf(section: string): Generator<Fence> {
  const pattern = /(?:^`([^`\n]+)`\n\n?)?^```(.*)\n([\s\S]*?)^```$/gm;
  for (const [, name, info, text] of section.matchAll(pattern)) {
    yield { info: info!.split(' '), name: name ?? null, text: text! };
  }
}

/** What came of a recipe: a fence that promises something, and what was there instead. */
export interface Outcome {
  readonly fence: Fence;
  readonly found: string;
}

/** Carries out a recipe in an empty folder. @throws Error when a command ends as it should not. */
export function followRecipe({ fences }: CookbookRecipe, folder: string): readonly Outcome[] {
  const tools = join(folder, '.tools');
  mkdirSync(tools);
  symlinkSync(BINARY, join(tools, 'csvclean'));
  const outcomes: Outcome[] = [];
  let printed: string | null = null;
  for (const fence of fences) {
    const { info, name, text } = fence;
    if (info[0] === 'sh') printed = run(text, exitCodeOf(info), folder, tools);
    else if (info[0] === 'text' && name === null) outcomes.push({ fence, found: printed! });
    else if (printed === null) write(join(folder, name!), text, info);
    else outcomes.push({ fence, found: readFileSync(join(folder, name!), 'utf8') });
  }
  return outcomes;
}

/** `exit=1` behind the fence; else 0. */
function exitCodeOf(info: readonly string[]): number {
  return Number(info.find((word) => word.startsWith('exit='))?.slice(5) ?? 0);
}

function run(script: string, code: number, folder: string, tools: string): string {
  const { GITHUB_ACTIONS: _, ...env } = process.env;
  const result = spawnSync('sh', ['-e', '-c', script], {
    cwd: folder,
    env: { ...env, PATH: `${tools}:${env.PATH}` },
    encoding: 'utf8',
    input: '',
  });
  if (result.status !== code) throw new Error(`exit ${result.status}: ${result.stderr}`);
  // How long it took is another number each time.
  return `${result.stdout}${result.stderr}`.replace(/ in \d[^ ]* m?s( on|$)/gm, ' in 0.1 s$1');
}

/** `encoding=windows-1252` behind the fence; else UTF-8. `crlf` ends its lines so. */
function write(path: string, text: string, info: readonly string[]): void {
  const encoding = info.find((word) => word.startsWith('encoding='))?.slice(9) ?? 'utf8';
  mkdirSync(dirname(path), { recursive: true });
  const lines = info.includes('crlf') ? text.replaceAll('\n', '\r\n') : text;
  writeFileSync(path, iconv.encode(lines, encoding));
}
