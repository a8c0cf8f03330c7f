/** Lines that are one value each, although what separates values elsewhere stands in them. */

import { familyOf, typeOf } from './cell-type.js';

/** Fewer could be records of a table below its title. */
const FEWEST_VALUES = 3;
const LAST_FIRST = /^[^\s,"\d][^,"\d]*, [^\s,"\d][^,"\d]*$/;
/** Tabs stand in values least often. */
const UNUSED: readonly string[] = ['\t', ';', '|'];

/**
 * A delimiter that stands nowhere, when one name stands over numbers with decimal commas, or over
 * names with the last one first; null: commas may part these lines.
 *
 * @param text the sample from the first record on; `isWhole`: its last line is whole.
 */
export function delimiterOfNone(text: string, isWhole: boolean): string | null {
  const lines = text.split(/[\r\n]+/).map((line) => line.trim());
  if (!isWhole) lines.pop();
  const [name, ...values] = lines.filter((line) => line !== '');
  if (name === undefined || /[,"]/.test(name) || values.length < FEWEST_VALUES) return null;
  if (!values.some((value) => value.includes(','))) return null;
  const areNumbers = values.every((value) => familyOf(typeOf(value)) === 'number');
  if (!areNumbers && !values.every((value) => LAST_FIRST.test(value))) return null;
  return UNUSED.find((delimiter) => !text.includes(delimiter)) ?? null;
}
