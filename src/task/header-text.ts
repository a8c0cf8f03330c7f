/** An input's header as it stands, for records of it that stand somewhere else. */
import { readFully } from '../engine/byte-source.js';
import { sourceOfFile } from './file-source.js';
import { lookAtInput } from './look-at-input.js';
import type { TaskInput, TaskSettings } from './task.js';

export interface HeaderText {
  /** All of its rows, in UTF-8's characters, without the last line end; empty where it has none. */
  readonly text: string;
  /** What ends its records. */
  readonly lineEnd: '\n' | '\r';
}

/** @throws CsvcleanError for what cannot be read. */
export function readHeaderText(input: TaskInput, settings: TaskSettings): Promise<HeaderText> {
  return lookAtInput(input, settings, (file, header, { form }) => {
    const { start } = form.layout;
    const lengthBytes = form.hasHeader ? header.dataStart.offsetBytes - start.offsetBytes : 0;
    const bytes = new Uint8Array(lengthBytes);
    readFully(sourceOfFile(file), bytes, start.offsetBytes);
    // Takes a byte order mark away.
    const text = new TextDecoder().decode(bytes).replace(/^[\r\n]+|[\r\n]+$/g, '');
    return { text, lineEnd: form.dialect.recordEnd === 'cr' ? '\r' : '\n' };
  });
}
