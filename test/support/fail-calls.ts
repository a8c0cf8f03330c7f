/**
 * Faults in the one place where files are touched: the n-th call of a kind fails, or all are
 * written down.
 */
import { fileSystem } from '../../src/store/file-system.js';

export type CallName = keyof typeof fileSystem;

/** Which call fails, and how. */
export interface CallFault {
  readonly call: CallName;
  /** 1: the first call. */
  readonly nth: number;
  /** `ENOSPC` and the like. */
  readonly code: string;
}

type AnyCall = (...args: unknown[]) => unknown;

/** Runs `work` with one call replaced by what `around` makes of it. */
async function withCalls<T>(
  around: (name: CallName, call: AnyCall) => AnyCall,
  work: () => Promise<T>,
): Promise<T> {
  const originals = { ...fileSystem };
  for (const name of Object.keys(originals) as CallName[]) {
    Reflect.set(fileSystem, name, around(name, originals[name] as AnyCall));
  }
  try {
    return await work();
  } finally {
    Object.assign(fileSystem, originals);
  }
}

/**
 * Runs `work` with one call failing. @returns its result, and whether the run came to that call.
 */
export async function withFault<T>(
  fault: CallFault,
  work: () => Promise<T>,
): Promise<{ readonly value: T; readonly hasFailed: boolean }> {
  let count = 0;
  const value = await withCalls((name, call) => {
    if (name !== fault.call) return call;
    return (...args) => {
      count++;
      if (count !== fault.nth) return call(...args);
      // A failing close closes all the same, and a failing write may have written a part.
      if (name === 'closeSync') call(...args);
      if (name === 'writeSync') writeHalf(call, args);
      throw systemError(fault.code, name);
    };
  }, work);
  return { value, hasFailed: count >= fault.nth };
}

function writeHalf(write: AnyCall, args: readonly unknown[]): void {
  const [fd, bytes, start = 0, length = bytes.length - start, position = null] = args as [
    ...[fd: number, bytes: Uint8Array, start?: number, length?: number, position?: number | null],
  ];
  write(fd, bytes, start, Math.floor(length / 2), position);
}

export function systemError(code: string, call: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: injected, ${call}`), { code });
}

/**
 * One call as it was made, with its path: of a rename the new one, of a descriptor the one it was
 * opened with.
 */
export interface RecordedCall {
  readonly call: CallName;
  readonly path: string;
}

/**
 * Runs `work` and writes down every call; descriptors are told by the path they were opened with.
 */
export async function recordCalls(work: () => Promise<unknown>): Promise<readonly RecordedCall[]> {
  const calls: RecordedCall[] = [];
  const paths = new Map<unknown, string>();
  await withCalls(
    (name, call) =>
      (...args) => {
        const result = call(...args);
        const first = args[name === 'renameSync' ? 1 : 0];
        calls.push({ call: name, path: paths.get(first) ?? `${first}` });
        if (name === 'openSync') paths.set(result, `${first}`);
        return result;
      },
    work,
  );
  return calls;
}

/** Runs `work` with one call replaced. */
export async function withReplaced<N extends CallName, T>(
  name: N,
  replacement: (...args: Parameters<(typeof fileSystem)[N]>) => unknown,
  work: () => Promise<T>,
): Promise<T> {
  return withCalls((one, call) => (one === name ? (replacement as AnyCall) : call), work);
}
