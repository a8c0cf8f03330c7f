/**
 * `by vendor`, or `by (vendor, region)`, behind an aggregate: the columns whose values tell groups
 * of rows apart. Knows neither what stands before it nor whether there are such columns.
 */
import { wordPattern } from '../../base/word-pattern.js';
import { endOfBackticks, nameInBackticks } from './literals.js';
import { characterAt, refuse, show } from './refuse.js';

/** The word itself; a column of that name stands where a value does. */
export const byHere = wordPattern(String.raw`by(?![\p{L}\p{M}\p{N}_$])`, 'y');

const SPACE = /[ \t\r\n]*/y;
const wordHere = wordPattern(String.raw`[\p{L}\p{Nl}_$][\p{L}\p{M}\p{N}_$]*`, 'y');
/** What is no column unless it stands in backticks. */
const RESERVED: ReadonlySet<string> = new Set([
  ...['and', 'or', 'not', 'true', 'false', 'null', 'this'],
]);
const USAGE = 'Write by vendor, or by (vendor, region) for groups by several columns.';

/** A column that is named, at a UTF-16 offset of the source. */
export interface GroupColumn {
  readonly name: string;
  readonly offset: number;
  readonly end: number;
}

/**
 * Reads the columns behind the `by` at the UTF-16 offset `offset`; `end` is behind them.
 *
 * @throws BAD_EXPRESSION where anything but names stands there.
 */
export function readGroupColumns(source: string, offset: number) {
  let at = skipSpace(source, offset + 'by'.length);
  if (source[at] !== '(') {
    const column = readColumn(source, at, offset);
    return { columns: [column], end: column.end };
  }
  const columns: GroupColumn[] = [];
  do {
    const column = readColumn(source, skipSpace(source, at + 1), offset);
    columns.push(column);
    at = skipSpace(source, column.end);
  } while (source[at] === ',');
  if (at >= source.length) {
    const open = characterAt(source, skipSpace(source, offset + 'by'.length));
    refuse(`the "(" at character ${open} is not closed`, 'Add the missing ).');
  }
  if (source[at] !== ')') refuseOther(source, at, offset, '"," or ")"');
  return { columns, end: at + 1 };
}

function readColumn(source: string, at: number, by: number): GroupColumn {
  if (source[at] === '`') {
    const end = endOfBackticks(source, at);
    return { name: nameInBackticks(source, at, end), offset: at, end };
  }
  const pattern = wordHere(source);
  pattern.lastIndex = at;
  const name = pattern.exec(source)?.[0] ?? '';
  const end = at + name.length;
  if (name === '' || RESERVED.has(name)) refuseOther(source, at, by, 'a column');
  if (source[skipSpace(source, end)] === '(') {
    refuse(
      `the groups at character ${characterAt(source, at)} are by ${name}(…), which is no column`,
      `Derive a column first, as in --derive 'key = ${name}(…)', and write by key.`,
    );
  }
  return { name, offset: at, end };
}

function refuseOther(source: string, at: number, by: number, wanted: string): never {
  const isEnd = at >= source.length;
  const place = characterAt(source, isEnd ? by : at);
  refuse(
    isEnd
      ? `the "by" at character ${place} lacks its columns`
      : `found ${show(source.slice(at, at + 1))} at character ${place} behind "by", where ${wanted} is expected`,
    USAGE,
  );
}

function skipSpace(source: string, at: number): number {
  SPACE.lastIndex = at;
  return at + SPACE.exec(source)![0].length;
}
