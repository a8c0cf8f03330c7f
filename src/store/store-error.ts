/** A failed file operation as a clear error: what the system said, in words, with what to do. */
import { CsvcleanError, type ErrorCode } from '../base/error.js';

interface Explanation {
  readonly what: string;
  readonly remedy: string;
}

const EXPLANATIONS = new Map<string, Explanation>([
  ['ENOENT', { what: 'no such file or folder', remedy: 'Check the path; it may have vanished.' }],
  ['EACCES', { what: 'permission denied', remedy: 'Check the permissions of file and folder.' }],
  ['EPERM', { what: 'operation not permitted', remedy: 'Check owner and permissions.' }],
  ['EROFS', { what: 'read-only file system', remedy: 'Choose another --out-dir.' }],
  ['ENOSPC', { what: 'no space left on the disk', remedy: 'Free space or choose another disk.' }],
  ['EDQUOT', { what: 'disk quota exceeded', remedy: 'Free space or choose another disk.' }],
  ['EIO', { what: 'input/output error', remedy: 'The disk may be failing: check it.' }],
  ['EMFILE', { what: 'too many open files', remedy: 'Use fewer workers, or raise ulimit -n.' }],
  ['ENAMETOOLONG', { what: 'the name is too long', remedy: 'Use a shorter name or --prefix.' }],
  ['ENOTDIR', { what: 'part of the path is a file', remedy: 'Choose another folder.' }],
  ['EEXIST', { what: 'a file is in the way', remedy: 'Move it away, or choose another folder.' }],
  ['EISDIR', { what: 'it is a folder', remedy: 'Name a file.' }],
]);

/**
 * Wraps a system error; one of ours passes through.
 * @param verb what could not be done, in words; by default by `code`.
 */
export function storeError(
  code: ErrorCode,
  error: unknown,
  path: string,
  verb = code === 'CANNOT_READ' ? 'cannot read' : 'cannot write',
): CsvcleanError {
  if (error instanceof CsvcleanError) return error;
  const systemCode = String((error as NodeJS.ErrnoException | null)?.code ?? '');
  const known = EXPLANATIONS.get(systemCode);
  const what = known?.what ?? (error instanceof Error ? error.message : String(error));
  return new CsvcleanError(code, `${verb}: ${what}`, {
    path,
    ...(known === undefined ? {} : { remedy: known.remedy }),
  });
}

/** Whether the system said that there is no such file. */
export function isAbsent(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
