/**
 * Names of temporary files: one recognisable prefix, the owner's pid and identity, and a random
 * part. What a killed run left behind is found by name and removed by the next run, and only by
 * then.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeQuietly } from './output-file.js';
import { isRunning, ownIdentity, type ProcessIdentity } from './process-identity.js';

/** With a number where several files belong together: see `spill-files`. */
const PATTERN = /^\.csvclean-(\d+)-([0-9a-f]{8})[0-9a-f]{12}(\.\d+)?\.tmp$/;

/** A new name in `folder`: `.csvclean-<pid>-<random>.tmp`. */
export function tempPathIn(folder: string): string {
  const { pid, tag } = ownIdentity();
  return join(folder, `.csvclean-${pid}-${tag}${randomPart()}.tmp`);
}

/**
 * 48 bits that set the names of one process apart. They need not be secret, as such a file is only
 * made where none is.
 */
function randomPart(): string {
  return Math.floor(Math.random() * 2 ** 48)
    .toString(16)
    .padStart(12, '0');
}

/** Whether a file name is one of ours, whoever left it. */
export function isTempName(name: string): boolean {
  return PATTERN.test(name);
}

function ownerOf(name: string): ProcessIdentity | null {
  const match = PATTERN.exec(name);
  return match === null ? null : { pid: Number(match[1]), tag: match[2]! };
}

/** Removes the temporary files of dead processes from `folder`. @returns how many were removed. */
export function removeDeadTemps(folder: string): number {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return 0;
  }
  let removed = 0;
  for (const name of names) {
    const owner = ownerOf(name);
    if (owner !== null && !isRunning(owner) && removeQuietly(join(folder, name))) removed++;
  }
  return removed;
}

const SCRATCH_PATTERN = /^csvclean-(\d+)-([0-9a-f]{8})-\w{6}$/;

/**
 * A new folder for temporary files that lie beside no output, which only its owner may look into;
 * those that dead processes left are removed first.
 */
export function makeScratch(): string {
  const folder = tmpdir();
  removeDeadScratch(folder);
  const { pid, tag } = ownIdentity();
  return mkdtempSync(join(folder, `csvclean-${pid}-${tag}-`));
}

/** Removes such a folder with all that is in it. */
export function removeScratch(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

function removeDeadScratch(folder: string): void {
  for (const name of readdirSync(folder)) {
    const match = SCRATCH_PATTERN.exec(name);
    if (match === null || isRunning({ pid: Number(match[1]), tag: match[2]! })) continue;
    try {
      removeScratch(join(folder, name));
    } catch {
      // Another user's: theirs to remove.
    }
  }
}
