/** The last step of an output that is to be compressed. */
import { compressOutput } from '../store/compress-output.js';
import type { ContentMark } from '../store/digest.js';
import { removeQuietly } from '../store/output-file.js';
import type { TaskInput } from './task.js';

/** Makes `packedTemp` of the finished `outputTemp`, which goes. @returns the mark of the former. */
export async function compressTemp(
  { outputTemp, outputCompression, packedTemp }: TaskInput,
  mode: number | null,
  isDurable: boolean,
): Promise<ContentMark> {
  const mark = await compressOutput(outputTemp!, packedTemp!, outputCompression!, isDurable, mode);
  removeQuietly(outputTemp!);
  return mark;
}

/** The file that gets the output's name; null when none is written. */
export function finishedTemp({ outputTemp, packedTemp }: TaskInput): string | null {
  return packedTemp ?? outputTemp;
}
