/** Reads only the header of a file: what the check of column names before any work needs. */

import { nameColumns } from '../engine/columns.js';
import { readHeader } from '../engine/read-header.js';
import { QUICK_LOOK } from '../sniff/quick-look.js';
import { closeInput, openInput } from '../store/input-file.js';
import { sourceOfFile, walkContext } from './file-source.js';
import { encodingAtFirst, readSignature, UTF8 } from './find-encoding.js';
import { resolveDialect } from './resolve-dialect.js';
import type { TaskSettings } from './task.js';

export interface PeekedHeader {
  /** As the file has them. */
  readonly names: readonly string[];
  readonly cleaned: readonly string[];
}

/**
 * The header's names, or null when this file cannot tell: unreadable, empty, or in a dialect that
 * is rewritten first. What is wrong with it is said when it is cleaned.
 */
export async function peekHeader(
  path: string,
  name: string,
  settings: TaskSettings,
): Promise<PeekedHeader | null> {
  try {
    const file = openInput(path);
    try {
      const source = sourceOfFile(file);
      if (encodingAtFirst(settings.dialect, readSignature(source)).encoding !== UTF8) return null;
      const { dialect, layout, hasHeader } = await resolveDialect(
        settings.dialect,
        name,
        source,
        QUICK_LOOK,
      );
      if (dialect === null) return null;
      const context = walkContext(settings, { dialect, layout, hasHeader });
      const { names } = readHeader(source, context);
      const columns = nameColumns(names, { ...context.rules, rename: [] });
      return names.length === 0 ? null : { names, cleaned: columns.map((column) => column.name) };
    } finally {
      closeInput(file);
    }
  } catch {
    return null;
  }
}
