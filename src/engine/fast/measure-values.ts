/**
 * The evidence of the columns with rules for their values, over all rows of a table's blocks. What
 * tells nothing new is known by its kind or its bytes; other cells are decoded.
 */
import { isMissing } from '../../csv/missing.js';
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
import { createPassedCells, createPasser, type PassedCells } from './pass-cells.js';
import { createTextReader, readNumbers } from './read-cells.js';
import { selectKept } from './select-rows.js';
import type { Table } from './table.js';
import { walkBlocks } from './walk-blocks.js';

export function measureValues(table: Table): TableEvidence {
  const { values } = table.plan;
  const { createEvidences, textSteps } = loadedValueTools();
  const evidences = createEvidences(values);
  const mends = values.map(({ rules }) => textSteps(rules));
  const passed = values.map(createPassedCells);
  for (const block of walkBlocks(table, false)) {
    const kept = selectKept(block);
    values.forEach((column, i) => {
      const evidence = evidences[i]!;
      if (evidence !== null)
        measureBlock(block, kept, { column, evidence, mend: mends[i]!, passed: passed[i]! });
    });
  }
  return evidences;
}

/** A column of which evidence is taken. */
interface Measured {
  readonly column: ValueColumn;
  readonly evidence: ColumnEvidence;
  readonly mend: ((text: string) => string) | null;
  readonly passed: PassedCells;
}

function measureBlock(block: Block, kept: Selection, measured: Measured): void {
  const { isAllClosed, isFormatted, onlyKind } = loadedValueTools();
  const { evidence } = measured;
  const first = measureFirst(block, kept, measured);
  if (isAllClosed(evidence)) return;
  // Plain numbers are known by their kinds, which others ask for as well.
  const mayPass = onlyKind(evidence) !== 'numbers' || isFormatted(evidence);
  const rest = mayPass ? measurePassing(block, kept, measured, first) : first;
  if (!isAllClosed(evidence)) measureRest(block, kept, measured, rest);
}

/** So many cells say as a rule what a column may be. */
const FIRST_CELLS = 4;

/** Looks at some cells as long as the column may be several things. @returns how many. */
function measureFirst(block: Block, { rows, count }: Selection, measured: Measured): number {
  const { isAllClosed, onlyKind } = loadedValueTools();
  const { evidence } = measured;
  const add = cellAdder(block, measured);
  let k = 0;
  while (k < count && k < FIRST_CELLS && onlyKind(evidence) === null && !isAllClosed(evidence)) {
    add(rows[k++]!);
  }
  return k;
}

/** Adds the cell of a record to the evidence, and gives its text. */
function cellAdder(block: Block, { column, evidence, mend }: Measured) {
  const { addToEvidence } = loadedValueTools();
  const read = createTextReader(block, column.column.index);
  return (record: number): string => {
    const text = read(record);
    const lineOf = (): number => lineAt(block, startOfRecord(block, record));
    addToEvidence(evidence, mend === null ? text : mend(text), column.nulls, lineOf);
    return text;
  };
}

/** The kernel stops for so many cells at least, and goes on where it passes so many for each. */
const LEAST_STOPS = 32;
const WORTHY_SHARE = 8;

/** Looks at what the kernel does not pass, as long as that is little. @returns where it ended. */
function measurePassing(block: Block, kept: Selection, measured: Measured, from: number): number {
  const { hasBitsOfShape, isAllClosed, isFormatted, passedDates } = loadedValueTools();
  const { column, evidence, mend, passed } = measured;
  const passer = createPasser(block, kept, column.column.index, passed);
  const add = cellAdder(block, measured);
  // What becomes of a cell is known by its form where nothing is done to it before.
  const arePlain = mend === null && column.nulls.size === 0;
  const mayShape = (): boolean => arePlain && isFormatted(evidence);
  const pass = (k: number): number =>
    passer.pass(k, arePlain ? passedDates(evidence) : 0, mayShape());
  let stops = 0;
  let k = pass(from);
  for (; k < kept.count; k = pass(k + 1)) {
    const record = kept.rows[k]!;
    const text = add(record);
    if (isAllClosed(evidence)) return k + 1;
    if (mayShape() && !isMissing(text) && hasBitsOfShape(text)) passer.learnShape(text);
    else passer.learnWord(record);
    if (++stops > LEAST_STOPS && stops * WORTHY_SHARE > k - from) break;
  }
  passer.end();
  return Math.min(k + 1, kept.count);
}

function measureRest(
  block: Block,
  { rows, count }: Selection,
  measured: Measured,
  from: number,
): void {
  const { areNumbersKnown, isAllClosed } = loadedValueTools();
  const { column, evidence, mend } = measured;
  if (from === count) return;
  const screen = mend === null ? createScreen(block, column, evidence) : null;
  const add = cellAdder(block, measured);
  // Mostly numbers, and nothing else is open: a loop of its own, which calls nothing.
  const isNumeric = column.nulls.size === 0 && areNumbersKnown(evidence);
  const numbers = isNumeric ? (screen?.numbers ?? null) : null;
  for (let k = from; k < count; k++) {
    if (numbers !== null) k = passNumbers(numbers, rows, k, count);
    if (k === count) return;
    const record = rows[k]!;
    if (screen?.passes(record) === true) continue;
    add(record);
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
