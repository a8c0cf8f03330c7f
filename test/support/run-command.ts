/** Runs the real binary as a child process, with a listener at named test points where asked. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BINARY = fileURLToPath(new URL('../../bin/csvclean.js', import.meta.url));
const LISTENER = new URL('./test-point-listener.mjs', import.meta.url).href;

/** What happens at a test point: see `test-point-listener.mjs`. */
export interface PointRule {
  readonly point: string;
  /** Only where the detail (the input's name) ends in this. */
  readonly at?: string;
  readonly action: 'exit' | 'throw' | 'reject' | 'heap' | 'loop' | 'delay' | 'signal' | 'pause';
  /**
   * The name of a file that is created the first time; then never again, whichever thread comes.
   */
  readonly once?: string;
  readonly signal?: NodeJS.Signals;
  /** For `delay`: each input waits a time that follows from its name and this. */
  readonly seed?: number;
  /** For `pause`: goes on when this file exists. */
  readonly until?: string;
}

export interface CommandOptions {
  readonly cwd?: string;
  readonly points?: readonly PointRule[];
  /** Node's own arguments, before the binary. */
  readonly nodeArgs?: readonly string[];
  /** Called when the process runs, for signals and the like. */
  readonly onStart?: (child: ChildProcess) => void;
  /** What comes in; `pipe`: the caller writes it. Nothing by default. */
  readonly stdin?: string | Buffer | 'pipe';
}

export interface CommandResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

const LIMIT_MS = 40_000;

/** Runs `csvclean ...args` to its end; a run that hangs is killed and refused. */
export async function runCommand(
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const { NODE_OPTIONS: _, GITHUB_ACTIONS: __, ...env } = process.env;
  const points = options.points ?? [];
  const child = spawn(process.execPath, [...(options.nodeArgs ?? []), BINARY, ...args], {
    cwd: options.cwd,
    stdio: [options.stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    env: {
      ...env,
      ...(points.length === 0
        ? {}
        : { NODE_OPTIONS: `--import ${LISTENER}`, CSVCLEAN_TEST_POINTS: JSON.stringify(points) }),
    },
  });
  let stdout = '';
  let stderr = '';
  const { stdin } = options;
  // A program that ends early does not read all.
  child.stdin?.on('error', () => {});
  if (stdin !== undefined && stdin !== 'pipe') child.stdin!.end(stdin);
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  options.onStart?.(child);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    child.kill('SIGKILL');
  }, LIMIT_MS);
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>(
    (resolve, reject) => {
      child.on('error', reject);
      child.on('close', (...end) => resolve(end));
    },
  );
  clearTimeout(timer);
  if (isLate) throw new Error(`csvclean ${args.join(' ')} hung; stderr: ${stderr}`);
  return { code, signal, stdout, stderr };
}
