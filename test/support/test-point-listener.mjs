/**
 * Loaded into a run with `node --import`: does at the run's named points what CSVCLEAN_TEST_POINTS
 * says, a JSON list of `PointRule` (run-command.ts). Worker threads load it again, each for itself.
 */
import { existsSync, writeFileSync } from 'node:fs';

const rules = JSON.parse(process.env.CSVCLEAN_TEST_POINTS ?? '[]');

globalThis[Symbol.for('csvclean.testPoint')] = (name, detail) => {
  for (const rule of rules) {
    if (rule.point !== name || !detail.endsWith(rule.at ?? '')) continue;
    if (rule.once !== undefined && !isFirst(rule.once)) continue;
    act(rule, detail);
  }
};

/** Whether no thread has come here before: creating the file succeeds once. */
function isFirst(path) {
  try {
    writeFileSync(path, '', { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

function act(rule, detail) {
  switch (rule.action) {
    case 'exit':
      process.exit(7);
      break;
    case 'throw':
      throw new Error('thrown by the test');
    case 'reject':
      // Caught by nobody: ends the thread with an error.
      queueMicrotask(() => {
        throw new Error('uncaught, by the test');
      });
      break;
    case 'heap': {
      const hoard = [];
      for (;;) hoard.push(Array.from({ length: 1000 }, (_, i) => ({ i })));
    }
    case 'loop':
      for (;;);
    case 'delay':
      sleep(pseudoRandom(`${rule.seed}:${detail}`) % 60);
      break;
    case 'signal':
      process.kill(process.pid, rule.signal);
      break;
    case 'pause':
      while (!existsSync(rule.until)) sleep(5);
      break;
    default:
      throw new Error(`no such action: ${rule.action}`);
  }
}

function sleep(milliseconds) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** FNV-1a: the same number for the same text on every thread. */
function pseudoRandom(text) {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ char.codePointAt(0), 0x01000193) >>> 0;
  return hash;
}
