import { spawn } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import {
  identityOfProcess,
  isRunning,
  ownIdentity,
  startTime,
} from '../../src/store/process-identity.js';
import { waitFor } from '../support/wait-for.js';

const isLinux = process.platform === 'linux';

test('startTime reads field 22, when the name of the process holds spaces and parentheses', () => {
  const after = Array.from({ length: 30 }, (_, i) => `f${i + 3}`).join(' ');
  expect(startTime(`4711 (a) b (c)) ${after}`)).toBe('f22');
});

describe('isRunning', () => {
  test('is true of this process and of its parent', () => {
    expect(isRunning(ownIdentity())).toBe(true);
    expect(isRunning(identityOfProcess(process.ppid)!)).toBe(true);
  });

  test.runIf(isLinux)('is false of a pid that is used again by another process', () => {
    expect(isRunning({ pid: process.pid, tag: '0badcafe' })).toBe(false);
  });

  test('is false of a pid that no process has', () => {
    expect(identityOfProcess(2 ** 22 + 1)).toBeNull();
    expect(isRunning({ pid: -1, tag: '' })).toBe(false);
  });

  test.runIf(isLinux)('is false of a process that ended and nobody has asked for', async () => {
    // The shell starts a child and becomes a program that never waits for it: a zombie is left.
    const shell = spawn('sh', ['-c', 'sleep 0.05 & echo $!; exec sleep 60']);
    try {
      const text = await new Promise<string>((resolve) => {
        shell.stdout.setEncoding('utf8').once('data', resolve);
      });
      const pid = Number(text);
      const identity = identityOfProcess(pid);
      await waitFor(() => identityOfProcess(pid) === null, 'the end of the child');
      // It still has its place among the processes.
      expect(() => process.kill(pid, 0)).not.toThrow();
      expect(identity === null || !isRunning(identity)).toBe(true);
    } finally {
      shell.kill('SIGKILL');
    }
  });
});
