/**
 * Writes one row: an untouched field keeps its bytes, every other is written with minimal quoting.
 */

import type { Dialect } from '../../csv/dialect.js';
import { formatField, formatRecord, keepsBytes } from '../../csv/write-field.js';
import type { ByteWriter } from '../byte-writer.js';
import { toCell } from '../expression/tree.js';
import type { OutputColumn, TablePlan } from '../plan-table.js';
import { type Tally, tallySample } from '../tally.js';
import type { Row } from './read-row.js';

/** The header line. */
export function writeHeader(writer: ByteWriter, output: readonly OutputColumn[]): void {
  writeTexts(
    writer,
    output.map((column) => column.name),
  );
}

function writeTexts(writer: ByteWriter, texts: readonly string[]): void {
  writer.text(formatRecord(texts));
}

export function writeRow(
  writer: ByteWriter,
  row: Row,
  plan: TablePlan,
  dialect: Dialect,
  tally: Tally,
): void {
  const [first] = plan.output;
  if (plan.output.length === 1 && toCell(row.cells[first!.slot]!) === '') {
    writeTexts(writer, ['']);
    return;
  }
  plan.output.forEach(({ slot }, position) => {
    if (position > 0) writer.text(',');
    writeField(writer, row, slot, plan, dialect, tally);
  });
  writer.text('\n');
}

function writeField(
  writer: ByteWriter,
  row: Row,
  slot: number,
  plan: TablePlan,
  dialect: Dialect,
  tally: Tally,
): void {
  const { bytes, record, line } = row.walked;
  const isInput = slot < plan.columns.length;
  if (isInput && row.edited[slot] === false) {
    if (keepsBytes(bytes, record, slot, dialect)) {
      writer.bytes(bytes, record.starts[slot]!, record.ends[slot]!);
      return;
    }
    tally.repairs.requotedFields++;
    const text = row.cells[slot] as string;
    const { name } = plan.columns[slot]!;
    tallySample(tally, 'requote', line, () => [text, formatField(text)], name);
  }
  writer.text(formatField(toCell(row.cells[slot]!)));
}
