/** `csvclean profile`, loaded only for it. */
import { profileInputs } from '../job/profile-inputs.js';
import type { Options } from '../options/options.js';
import { profileToJson } from '../report/profile-json.js';
import { profileTable } from '../report/profile-table.js';
import { EXIT_DONE, exitCodeOfError } from './exit-codes.js';
import { watchSignals } from './signals.js';

/** Of lines that go to no terminal. */
const UNBOUNDED_WIDTH = 160;

export async function profile(options: Options): Promise<number> {
  const signals = watchSignals();
  try {
    const result = await profileInputs(options, signals.abort);
    if (result === null) return signals.exitCode() ?? EXIT_DONE;
    if (options.json) process.stdout.write(profileToJson(result));
    else if (!options.quiet) {
      const width = process.stdout.columns ?? UNBOUNDED_WIDTH;
      const style = { width, isPlain: isPlainTerminal(), isVerbose: options.verbose };
      process.stdout.write(`${profileTable(result, style).join('\n')}\n`);
    }
    const failed = result.files.find(({ error }) => error !== null);
    return failed === undefined ? EXIT_DONE : exitCodeOfError(failed.error!.code);
  } finally {
    signals.stop();
  }
}

/** Whether blocks may not show: on consoles, and where the locale is another than UTF-8. */
function isPlainTerminal(): boolean {
  const { TERM, LC_ALL, LC_CTYPE, LANG } = process.env;
  const locale = LC_ALL || LC_CTYPE || LANG || 'UTF-8';
  return TERM === 'dumb' || TERM === 'linux' || !/utf-?8/i.test(locale);
}
