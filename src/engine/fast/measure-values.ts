/**
 * The evidence of the columns with rules for their values, over all rows of a table's blocks. What
 * tells nothing new is known by its kind or its bytes; other cells are decoded.
 */
import { parseNumber } from '../../csv/parse-number.js';
import { INTEGER, MISSING, NUMBER, TEXT } from '../../kernel/cell-kinds.js';
import type { Numbers, Selection } from '../expression/vector/vectors.js';
import type { ColumnEvidence } from '../values/column-evidence.js';
import { loadedValueTools } from '../values/load-values.js';
import { LEAST_IDENTIFIER } from '../values/most-digits.js';
import type { ValueColumn } from '../values/plan-values.js';
import type { TableEvidence } from '../values/value-tools.js';
import { type Block, lineAt, startOfRecord, viewsOf } from './block.js';
import { cellFinder } from './find-cell.js';
import { createTextReader, readNumbers } from './read-cells.js';
import { selectKept } from './select-rows.js';
import type { Table } from './table.js';
import { walkBlocks } from './walk-blocks.js';

export function measureValues(table: Table): TableEvidence {
  const { values } = table.plan;
  const { createEvidences, textSteps } = loadedValueTools();
  const evidences = createEvidences(values);
  const mends = values.map(({ rules }) => textSteps(rules));
  for (const block of walkBlocks(table, false)) {
    const kept = selectKept(block);
    values.forEach((column, i) => {
      const evidence = evidences[i]!;
      if (evidence !== null) measureBlock(block, kept, column, evidence, mends[i]!);
    });
  }
  return evidences;
}

function measureBlock(
  block: Block,
  { rows, count }: Selection,
  valueColumn: ValueColumn,
  evidence: ColumnEvidence,
  mend: ((text: string) => string) | null,
): void {
  const { nulls, column } = valueColumn;
  const { addToEvidence, areNumbersKnown, isAllClosed } = loadedValueTools();
  if (isAllClosed(evidence)) return;
  const screen = mend === null ? createScreen(block, valueColumn, evidence) : null;
  const read = createTextReader(block, column.index);
  // Mostly numbers, and nothing else is open: a loop of its own, which calls nothing.
  const numbers = nulls.size === 0 && areNumbersKnown(evidence) ? (screen?.numbers ?? null) : null;
  for (let k = 0; k < count; k++) {
    if (numbers !== null) k = passNumbers(numbers, rows, k, count);
    if (k === count) return;
    const record = rows[k]!;
    if (screen?.passes(record) === true) continue;
    const text = read(record);
    const lineOf = (): number => lineAt(block, startOfRecord(block, record));
    addToEvidence(evidence, mend === null ? text : mend(text), nulls, lineOf);
    if (isAllClosed(evidence)) return;
    screen?.refresh();
  }
}

/** The first place from `k` on whose cell is no plain number, or one of very many digits. */
function passNumbers(
  { kinds, values }: Numbers,
  rows: Uint32Array,
  k: number,
  count: number,
): number {
  let next = k;
  while (next < count) {
    const record = rows[next]!;
    const kind = kinds[record]!;
    if ((kind !== NUMBER && kind !== INTEGER) || Math.abs(values[record]!) >= LEAST_IDENTIFIER)
      break;
    next++;
  }
  return next;
}

/** Says which cells tell nothing new. */
interface Screen {
  /** Null where the kinds of cells are of no use. */
  readonly numbers: Numbers | null;
  readonly passes: (record: number) => boolean;
  /** To be called when the evidence has grown. */
  readonly refresh: () => void;
}

function createScreen(
  block: Block,
  { nulls, column: { index } }: ValueColumn,
  evidence: ColumnEvidence,
): Screen {
  const { passesNumber, bytesScreen, tellsByKind } = loadedValueTools();
  // What is no value must not be taken for one.
  const mayPass = [...nulls].every((text) => Number.isNaN(parseNumber(text)));
  const numbers = tellsByKind(evidence) ? readNumbers(block, [index])[0]! : null;
  const { bytes } = viewsOf(block);
  const { find, at } = cellFinder(block, index);
  const { quote } = block.context.dialect;
  let passesBytes = bytesScreen(evidence);
  const passes = (record: number): boolean => {
    const kind = numbers === null ? TEXT : numbers.kinds[record]!;
    if (kind >= NUMBER) {
      const isPlain = kind === NUMBER || kind === INTEGER;
      const isInteger = kind === INTEGER;
      return mayPass && isPlain && passesNumber(evidence, isInteger, numbers!.values[record]!);
    }
    if (kind === MISSING && evidence.token !== null) return true;
    if (!find(record)) return false;
    const { start, end } = at;
    if (start === end) return true;
    if (kind === MISSING || passesBytes === null || nulls.size > 0) return false;
    const isQuoted = bytes[start] === quote && end - start > 1;
    return isQuoted ? passesBytes(bytes, start + 1, end - 1) : passesBytes(bytes, start, end);
  };
  const refresh = (): void => {
    passesBytes = bytesScreen(evidence);
  };
  return { numbers, passes, refresh };
}
