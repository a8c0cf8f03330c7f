/**
 * Columns by name: from a header to final names, and from a name the user wrote to a column.
 * Names are data (`__proto__` is one like any other): they live in arrays and maps only.
 */
import { CsvcleanError } from '../base/error.js';
import { suggest } from '../base/suggest.js';
import { isBlankText } from '../csv/trim-text.js';
import { cleanColumnNames } from './column-names.js';
import type { Rules } from './rules.js';

export interface Column {
  /** Position in the input, 0-based. */
  readonly index: number;
  /** As the header has it, decoded. */
  readonly original: string;
  /** After cleaning, before `--rename`. */
  readonly cleaned: string;
  /** As the output has it. */
  readonly name: string;
}

/** One name alone may well be a value, too. */
const LEAST_NAMES = 2;

/** Whether a record of just these names is no row: files were joined, header and all. */
export function mayRepeat(header: readonly string[], { hasHeader }: Rules): boolean {
  return hasHeader && new Set(header.filter((name) => !isBlankText(name))).size >= LEAST_NAMES;
}

/**
 * The columns of a header under the naming rules.
 * @throws CsvcleanError USAGE when a rename makes two columns share a name.
 */
export function nameColumns(header: readonly string[], rules: Rules): readonly Column[] {
  const cleaned = rules.cleanNames ? cleanColumnNames(header, rules.nameCase) : header;
  const plain = header.map((original, index) => {
    const name = cleaned[index]!;
    return { index, original, cleaned: name, name };
  });
  const columns: Column[] = [...plain];
  for (const { from, to } of rules.rename) {
    const column = findColumn(plain, from);
    if (column === null) throw unknownColumn(from, plain, '--rename');
    columns[column.index] = { ...column, name: to };
  }
  if (rules.rename.length > 0) refuseSharedNames(columns, rules);
  return columns;
}

function refuseSharedNames(columns: readonly Column[], rules: Rules): void {
  for (const { from, to } of rules.rename) {
    if (columns.filter((column) => column.name === to).length > 1) {
      throw new CsvcleanError('USAGE', `--rename ${from}=${to}: another column is named ${to}`, {
        remedy: 'Choose another name, or rename that column too.',
      });
    }
  }
}

/**
 * The column a user means: by final name, then cleaned name, then the header's own; null when there
 * is none.
 */
export function findColumn(columns: readonly Column[], name: string): Column | null {
  return (
    columns.find((column) => column.name === name) ??
    columns.find((column) => column.cleaned === name) ??
    columns.find((column) => column.original === name) ??
    columns.find((column) => column.original.trim() === name) ??
    null
  );
}

/**
 * The error for a name no column has, with the nearest one that exists.
 * @param inputCount over how many inputs it was looked for.
 */
export function unknownColumn(
  name: string,
  columns: readonly { readonly name: string }[],
  flag: string,
  inputCount = 1,
): CsvcleanError {
  const names = columns.map((column) => column.name);
  const near = suggest(name, names);
  const where = inputCount > 1 ? ` in any of the ${inputCount} inputs` : '';
  return new CsvcleanError('UNKNOWN_COLUMN', `${flag}: there is no column "${name}"${where}`, {
    remedy: near === null ? `The columns are: ${listNames(names)}.` : `Did you mean "${near}"?`,
  });
}

function listNames(names: readonly string[]): string {
  const shown = names.slice(0, 12).join(', ');
  return names.length > 12 ? `${shown} and ${names.length - 12} more` : shown;
}
