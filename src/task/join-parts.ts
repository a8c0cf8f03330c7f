/**
 * Joins finished tables into one: a header of all their columns, then the rows of each in turn.
 * Reads and writes in pieces; what the columns are called is all that it knows of the tables.
 */
import { createFormWriter, type OutputForm } from '../csv/output-form.js';
import { type FieldSource, rewriteColumns } from '../csv/rewrite-columns.js';
import { formatField, formatRecord } from '../csv/write-field.js';
import { closeInput, openInput } from '../store/input-file.js';
import { piecesOf } from '../store/run-codec.js';

/** A finished table. */
export interface TablePart {
  readonly path: string;
  /** Names of its columns; none: it has no rows either. */
  readonly columns: readonly string[];
  /** It begins with them. */
  readonly hasHeader: boolean;
  /** What the source column says of its rows. */
  readonly source: string;
}

export interface JoinedPart {
  /** What it added to the output; the header goes to the first one. */
  readonly sizeBytes: number;
  readonly escapedCells: number;
}

const PIECE_BYTES = 1 << 20;

/**
 * @param sourceColumn name of the last column, or null for none.
 * @param write takes the output in pieces, each before the next is made; false: no more is wanted.
 * @returns what became of each part, as far as more was wanted.
 */
export async function joinParts(
  parts: readonly TablePart[],
  sourceColumn: string | null,
  form: OutputForm,
  write: (bytes: Uint8Array) => Promise<boolean>,
): Promise<readonly JoinedPart[]> {
  const united = uniteColumns(parts);
  const ready: Buffer[] = [];
  let sizeBytes = 0;
  const writer = createFormWriter(form, true, (bytes) => {
    sizeBytes += bytes.length;
    ready.push(Buffer.from(bytes));
  });
  const drain = async (): Promise<boolean> => {
    for (const bytes of ready.splice(0)) if (!(await write(bytes))) return false;
    return true;
  };
  const names = sourceColumn === null ? united.names : [...united.names, sourceColumn];
  if (parts.some(({ hasHeader }) => hasHeader)) writer.write(Buffer.from(formatRecord(names)));
  const joined: JoinedPart[] = [];
  let before = { sizeBytes: 0, escapedCells: 0 };
  for (const part of parts) {
    if (!(await addPart(part, united, sourceColumn !== null, writer.write, drain))) break;
    const now = { sizeBytes, escapedCells: writer.escapedCells() };
    joined.push({
      sizeBytes: now.sizeBytes - before.sizeBytes,
      escapedCells: now.escapedCells - before.escapedCells,
    });
    before = now;
  }
  return joined;
}

/** @returns whether more is wanted. */
async function addPart(
  part: TablePart,
  united: UnitedColumns,
  hasSource: boolean,
  write: (bytes: Uint8Array) => void,
  drain: () => Promise<boolean>,
): Promise<boolean> {
  const { columns, hasHeader } = part;
  let skipped = hasHeader ? Buffer.byteLength(formatRecord(columns)) : 0;
  const sources = sourcesOf(part, united, hasSource);
  const isSame =
    columns.length === sources.length && sources.every((source, place) => source === place);
  const rewriter = isSame ? null : rewriteColumns(sources, columns.length, write);
  const file = openInput(part.path);
  try {
    for (const piece of piecesOf(file, PIECE_BYTES)) {
      const rows = piece.subarray(Math.min(skipped, piece.length));
      skipped -= piece.length - rows.length;
      if (rewriter === null) write(rows);
      else rewriter.write(rows);
      if (!(await drain())) return false;
    }
  } finally {
    closeInput(file);
  }
  rewriter?.flush();
  return drain();
}

interface UnitedColumns {
  readonly names: readonly string[];
  /** Of a part's columns, in their order: the place in the united table. */
  placesOf(columns: readonly string[]): readonly number[];
}

/** By name, in the order of first sight; of columns of one name, the second goes to the second. */
function uniteColumns(parts: readonly TablePart[]): UnitedColumns {
  const names: string[] = [];
  const places = new Map<string, number>();
  const placesOf = (columns: readonly string[]): number[] => {
    const seen = new Map<string, number>();
    return columns.map((name) => {
      const nth = (seen.get(name) ?? 0) + 1;
      seen.set(name, nth);
      const key = JSON.stringify([name, nth]);
      const place = places.get(key) ?? names.push(name) - 1;
      places.set(key, place);
      return place;
    });
  };
  for (const { columns } of parts) placesOf(columns);
  return { names, placesOf };
}

const EMPTY = new Uint8Array(0);

function sourcesOf(
  { columns, source }: TablePart,
  { names, placesOf }: UnitedColumns,
  hasSource: boolean,
): readonly FieldSource[] {
  const sources: FieldSource[] = names.map(() => EMPTY);
  placesOf(columns).forEach((place, index) => {
    sources[place] = index;
  });
  return hasSource ? [...sources, Buffer.from(formatField(source))] : sources;
}

/** The names that the columns of the joined table have, without the source column. */
export function unitedNames(parts: readonly TablePart[]): readonly string[] {
  return uniteColumns(parts).names;
}
