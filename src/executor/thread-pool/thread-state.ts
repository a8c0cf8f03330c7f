/**
 * A few shared numbers a thread leaves behind even when it dies: which input it was at, and how
 * far. Reading them costs no message.
 */

const INPUT = 0;
const STARTS = 1;
const OFFSET_KIB = 2;
const FIELD_COUNT = 3;
const NONE = -1;

export type ThreadState = Int32Array<SharedArrayBuffer>;

export function createThreadState(): ThreadState {
  const state = new Int32Array(new SharedArrayBuffer(FIELD_COUNT * Int32Array.BYTES_PER_ELEMENT));
  clearInput(state);
  return state;
}

export function viewThreadState(buffer: SharedArrayBuffer): ThreadState {
  return new Int32Array(buffer);
}

/** The thread begins an input. */
export function beginInput(state: ThreadState, inputIndex: number): void {
  Atomics.store(state, OFFSET_KIB, 0);
  Atomics.add(state, STARTS, 1);
  Atomics.store(state, INPUT, inputIndex);
}

/** The thread waits for work. */
export function clearInput(state: ThreadState): void {
  Atomics.store(state, INPUT, NONE);
}

export function reachOffset(state: ThreadState, offsetBytes: number): void {
  Atomics.store(state, OFFSET_KIB, Math.floor(offsetBytes / 1024));
}

/** The input the thread is or was at when it died; null when it was between two. */
export function currentInput(state: ThreadState): number | null {
  const index = Atomics.load(state, INPUT);
  return index === NONE ? null : index;
}

/** Grows by one with every input begun: tells a slow input from many quick ones. */
export function startCount(state: ThreadState): number {
  return Atomics.load(state, STARTS);
}

export function currentOffsetBytes(state: ThreadState): number {
  return Atomics.load(state, OFFSET_KIB) * 1024;
}
