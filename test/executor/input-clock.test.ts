import { expect, test } from 'vitest';
import {
  beginStep,
  endStep,
  type InputClock,
  spentMs,
} from '../../src/executor/thread-pool/input-clock.js';

test('an input has spent the time while workers were at it, and no other', () => {
  const clock: InputClock = new Map();
  beginStep(clock, 7, 100);
  expect(spentMs(clock, 7, 130)).toBe(30);
  // A second worker comes, and the first one goes.
  beginStep(clock, 7, 140);
  endStep(clock, 7, 150);
  expect(spentMs(clock, 7, 160)).toBe(60);
  endStep(clock, 7, 200);
  // Nobody is at it.
  expect(spentMs(clock, 7, 5000)).toBe(100);
  beginStep(clock, 8, 5000);
  beginStep(clock, 7, 6000);
  expect(spentMs(clock, 7, 6001)).toBe(101);
  expect(spentMs(clock, 8, 6001)).toBe(1001);
});
