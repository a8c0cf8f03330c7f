/** Which entries of `files` an input is of, by its path. */
import { basename, isAbsolute, relative, sep } from 'node:path';
import type { FileOptions } from '../options/options.js';

/** The places of the entries that match, in their order. */
export type MatchFiles = (path: string) => readonly number[];

/**
 * Globs are those of inputs; each also matches itself, parentheses and all. One with a slash
 * is over the path below the entry's folder, one without over the name alone. The library for them
 * is loaded here.
 */
export async function createFileMatcher(files: readonly FileOptions[]): Promise<MatchFiles> {
  const { default: micromatch } = await import('micromatch');
  const entries = files.map(({ match, folder }) => ({
    folder,
    patterns: match.map((pattern) => {
      const glob = pattern.replace(/^\.\//, '');
      const matches = micromatch.matcher(glob, { dot: true });
      return {
        isPath: pattern.includes('/'),
        isAbsolute: isAbsolute(pattern),
        matches: (name: string) => name === glob || matches(name),
      };
    }),
  }));
  return (path) => {
    const whole = withSlashes(path);
    const name = basename(path);
    return entries.flatMap(({ folder, patterns }, at) => {
      const below = withSlashes(relative(folder, path));
      const isMatch = patterns.some((pattern) => {
        if (!pattern.isPath) return pattern.matches(name);
        return pattern.matches(pattern.isAbsolute ? whole : below);
      });
      return isMatch ? [at] : [];
    });
  };
}

function withSlashes(path: string): string {
  return sep === '\\' ? path.replaceAll('\\', '/') : path;
}
