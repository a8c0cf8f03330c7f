/** Writes a small file whole: under a temporary name first, so that there is never half of it. */
import { dirname } from 'node:path';
import {
  createOutput,
  discardOutput,
  finishOutput,
  replaceFile,
  writeOutput,
} from './output-file.js';
import { tempPathIn } from './temp-name.js';

/** Replaces what stands there. @throws CsvcleanError CANNOT_WRITE. */
export function writeWhole(path: string, text: string, isDurable: boolean): void {
  const output = createOutput(tempPathIn(dirname(path)));
  try {
    writeOutput(output, Buffer.from(text));
    finishOutput(output, isDurable);
    replaceFile(output.path, path, isDurable);
  } catch (error) {
    discardOutput(output);
    throw error;
  }
}
