/** What the figures were taken on: the machine, and the state of the sources. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { PROJECT } from './tools.mjs';

/** Names nothing that tells one machine of its kind from another. */
export function describeMachine() {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    os: `${distribution()}, ${type()} ${release()}`,
    node: process.version,
  };
}

/** The commit of the sources, and whether they have been changed since. */
export function describeSources() {
  return {
    commit: git('rev-parse', '--short=12', 'HEAD'),
    changed: git('status', '-s', 'src') !== '',
  };
}

function distribution() {
  try {
    return /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? type();
  } catch {
    return type();
  }
}

function git(...args) {
  return spawnSync('git', args, { cwd: PROJECT, encoding: 'utf8' }).stdout?.trim() ?? '';
}
