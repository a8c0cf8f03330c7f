/** In which form an input's output is written. */
import type { OutputForm } from '../csv/output-form.js';
import type { FoundDialect, TaskSettings } from './task.js';

export function formOf({ form, keepsDialect }: TaskSettings, found: FoundDialect): OutputForm {
  if (!keepsDialect) return form;
  const { delimiter, isCrlf, hasMark } = found;
  const isOneByte = delimiter.length === 1 && delimiter.charCodeAt(0) < 0x80;
  return { ...form, delimiter: isOneByte ? delimiter : form.delimiter, isCrlf, hasMark };
}
