/** Reads only the header of a file: what the check of column names before any work needs. */

import { readHeader } from '../engine/read-header.js';
import { closeInput, openInput } from '../store/input-file.js';
import { sourceOfFile, walkContext } from './file-source.js';
import { resolveDialect } from './resolve-dialect.js';
import type { TaskSettings } from './task.js';

/**
 * The header's names, or null when this file cannot tell: unreadable, empty, or in a dialect that is rewritten
 * first. What is wrong with it is said when it is cleaned.
 */
export function peekHeader(path: string, settings: TaskSettings): readonly string[] | null {
  try {
    const file = openInput(path);
    try {
      const source = sourceOfFile(file);
      const resolved = resolveDialect(settings.dialect, path, source);
      if (resolved.kind === 'exotic') return null;
      const { names } = readHeader(source, walkContext(settings, resolved.dialect));
      return names.length === 0 ? null : names;
    } finally {
      closeInput(file);
    }
  } catch {
    return null;
  }
}
