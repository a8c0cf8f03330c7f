/**
 * Hang-up, interrupt and terminate: the first ends the run in order (workers stopped, temporary
 * files removed), the second at once.
 */
import { EXIT_BY_SIGNAL } from './exit-codes.js';

export interface SignalWatch {
  readonly abort: AbortSignal;
  /** The exit code of the signal that came, or null. */
  exitCode(): number | null;
  stop(): void;
}

export function watchSignals(): SignalWatch {
  const controller = new AbortController();
  let code: number | null = null;
  const onSignal = (signal: NodeJS.Signals): void => {
    const codeOfSignal = EXIT_BY_SIGNAL.get(signal)!;
    if (code !== null) process.exit(codeOfSignal);
    code = codeOfSignal;
    controller.abort();
  };
  for (const name of EXIT_BY_SIGNAL.keys()) process.on(name, onSignal);
  return {
    abort: controller.signal,
    exitCode: () => code,
    stop() {
      for (const name of EXIT_BY_SIGNAL.keys()) process.off(name, onSignal);
    },
  };
}
