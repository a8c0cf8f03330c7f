/** In which form an input's output is written. */
import { isOneByte } from '../csv/dialect.js';
import type { OutputForm } from '../csv/output-form.js';
import type { FoundDialect, TaskSettings } from './task.js';

export function formOf({ form, keepsDialect }: TaskSettings, found: FoundDialect): OutputForm {
  if (!keepsDialect) return form;
  const { delimiter, isCrlf, hasMark } = found;
  return { ...form, delimiter: isOneByte(delimiter) ? delimiter : form.delimiter, isCrlf, hasMark };
}
