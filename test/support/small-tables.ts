/**
 * Small inputs whose runs touch everything a commit does: outputs with and without rejects, packed
 * and alone.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A table of `rowCount` rows; with `isDamaged` its third row is too long and goes to the rejects.
 */
export function tableOf(rowCount: number, isDamaged: boolean): string {
  const rows = Array.from({ length: rowCount }, (_, i) => {
    const extra = isDamaged && i === 2 ? ',too,many' : '';
    return `${i}, name ${(i * 7919 + rowCount) % 1000} ,${(i % 37) / 4}${extra}\n`;
  });
  return `Id, Full Name ,Value\n${rows.join('')}`;
}

/** Name and content: one above the size of a pack, three that share one. */
export const SMALL_TABLES: Readonly<Record<string, string>> = {
  'big.csv': tableOf(1200, true),
  'one.csv': tableOf(40, false),
  'two.csv': tableOf(30, true),
  'void.csv': '',
};

/** Writes tables into `<folder>/in`. @returns that path. */
export function writeTables(
  folder: string,
  tables: Readonly<Record<string, string>> = SMALL_TABLES,
): string {
  const path = join(folder, 'in');
  mkdirSync(path, { recursive: true });
  for (const [name, content] of Object.entries(tables)) writeFileSync(join(path, name), content);
  return path;
}
