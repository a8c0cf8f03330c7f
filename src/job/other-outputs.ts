/**
 * Knows the outputs of runs that went to other folders, by the journals in those: `csvclean .` must
 * not clean again what an earlier run wrote into `cleaned/`, wherever this one writes.
 */
import { dirname } from 'node:path';
import { isNoted, type Journal, readJournal } from './journal.js';

/**
 * Whether the file at `path` is an output noted in a folder above it and below `base`. What `base`
 * itself notes does not count: whoever names an output folder means what is in it.
 */
export type IsOtherOutput = (path: string, base: string) => boolean;

/** Reads each journal once. */
export function createOtherOutputs(): IsOtherOutput {
  const journals = new Map<string, Journal | null>();
  const journalOf = (folder: string): Journal | null => {
    let journal = journals.get(folder);
    if (journal === undefined) {
      journal = readQuietly(folder);
      journals.set(folder, journal);
    }
    return journal;
  };
  return (path, base) => {
    for (let at = dirname(path); at.length > base.length; at = dirname(at)) {
      const journal = journalOf(at);
      if (journal !== null && isNoted(journal, path)) return true;
    }
    return false;
  };
}

/** A journal that cannot be read knows nothing. */
function readQuietly(folder: string): Journal | null {
  try {
    const journal = readJournal(folder);
    return journal.marks.size === 0 ? null : journal;
  } catch {
    return null;
  }
}
