/**
 * How long workers have been at each large input. Its steps share the workers with other inputs;
 * the time while none is at it is not its own.
 */

interface Spent {
  /** How many workers are at it. */
  atIt: number;
  sinceMs: number;
  beforeMs: number;
}

export type InputClock = Map<number, Spent>;

/** A worker begins a step on an input. */
export function beginStep(clock: InputClock, inputIndex: number, nowMs: number): void {
  const spent = clock.get(inputIndex) ?? { atIt: 0, sinceMs: 0, beforeMs: 0 };
  if (spent.atIt++ === 0) spent.sinceMs = nowMs;
  clock.set(inputIndex, spent);
}

/** The step is over, however it ended. */
export function endStep(clock: InputClock, inputIndex: number, nowMs: number): void {
  const spent = clock.get(inputIndex)!;
  if (--spent.atIt === 0) spent.beforeMs += nowMs - spent.sinceMs;
}

export function spentMs(clock: InputClock, inputIndex: number, nowMs: number): number {
  const { atIt, sinceMs, beforeMs } = clock.get(inputIndex)!;
  return beforeMs + (atIt > 0 ? nowMs - sinceMs : 0);
}
