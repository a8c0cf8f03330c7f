/**
 * Bytes from one thread to another, in order, through a ring of shared memory: standard input to
 * the worker that cleans it, and what is cleaned back to standard output. One side writes, one
 * reads; who is faster waits. A thread waits in place, where terminating it still works; the main
 * thread waits without standing still.
 */

export interface BytePipe {
  /** Bytes WRITTEN and READ (modulo 2^32), STATE, and what changes with each change of these. */
  readonly control: Int32Array<SharedArrayBuffer>;
  readonly ring: Uint8Array<SharedArrayBuffer>;
}

const WRITTEN = 0;
const READ = 1;
const STATE = 2;
/** Changes whenever a reader may get further; and a writer. */
const FOR_READER = 3;
const FOR_WRITER = 4;
const WORDS = 5;
const OPEN = 0;
const ENDED = 1;
const BROKEN = 2;
const CONTROL_BYTES = 64;
/** A power of two, so that counters may wrap. */
const RING_BYTES = 1 << 20;

export function createPipe(): SharedArrayBuffer {
  return new SharedArrayBuffer(CONTROL_BYTES + RING_BYTES);
}

export function viewPipe(buffer: SharedArrayBuffer): BytePipe {
  return {
    control: new Int32Array(buffer, 0, WORDS),
    ring: new Uint8Array(buffer, CONTROL_BYTES),
  };
}

/** Nothing more will be written. */
export function endPipe(pipe: BytePipe): void {
  settle(pipe, ENDED);
}

/** One side has gone: neither side gets any further. */
export function breakPipe(pipe: BytePipe): void {
  settle(pipe, BROKEN);
}

export function isBroken({ control }: BytePipe): boolean {
  return Atomics.load(control, STATE) === BROKEN;
}

function settle(pipe: BytePipe, state: number): void {
  Atomics.compareExchange(pipe.control, STATE, OPEN, state);
  wake(pipe, FOR_READER);
  wake(pipe, FOR_WRITER);
}

function wake({ control }: BytePipe, word: number): void {
  Atomics.add(control, word, 1);
  Atomics.notify(control, word);
}

/** How much there is to be read. */
function filled({ control }: BytePipe): number {
  return (Atomics.load(control, WRITTEN) - Atomics.load(control, READ)) >>> 0;
}

/** Writes what there is room for. @returns how much. */
function writeSome(pipe: BytePipe, bytes: Uint8Array): number {
  const { control, ring } = pipe;
  const count = Math.min(bytes.length, ring.length - filled(pipe));
  const at = (Atomics.load(control, WRITTEN) >>> 0) % ring.length;
  const first = Math.min(count, ring.length - at);
  ring.set(bytes.subarray(0, first), at);
  ring.set(bytes.subarray(first, count), 0);
  Atomics.add(control, WRITTEN, count);
  if (count > 0) wake(pipe, FOR_READER);
  return count;
}

/** Reads what is there. @returns how much. */
function readSome(pipe: BytePipe, room: Uint8Array): number {
  const { control, ring } = pipe;
  const count = Math.min(room.length, filled(pipe));
  const at = (Atomics.load(control, READ) >>> 0) % ring.length;
  const first = Math.min(count, ring.length - at);
  room.set(ring.subarray(at, at + first));
  room.set(ring.subarray(0, count - first), first);
  Atomics.add(control, READ, count);
  if (count > 0) wake(pipe, FOR_WRITER);
  return count;
}

/** What must change before it goes on: a word of `control`, and how it was seen. */
type Wait = readonly [word: number, seen: number];

/** Waits until there is something. Gives how much; 0 at the end, and of a broken pipe. */
function* awaitBytes(pipe: BytePipe): Generator<Wait, number> {
  for (;;) {
    const seen = Atomics.load(pipe.control, FOR_READER);
    if (isBroken(pipe)) return 0;
    // Asked before the ring is looked at: what came before the end is read first.
    const isEnded = Atomics.load(pipe.control, STATE) === ENDED;
    const count = filled(pipe);
    if (count > 0 || isEnded) return count;
    yield [FOR_READER, seen];
  }
}

/** Writes all, waiting for room. Gives false when the pipe is broken. */
function* writeAll(pipe: BytePipe, bytes: Uint8Array): Generator<Wait, boolean> {
  for (let done = 0; ; ) {
    const seen = Atomics.load(pipe.control, FOR_WRITER);
    if (isBroken(pipe)) return false;
    done += writeSome(pipe, bytes.subarray(done));
    if (done === bytes.length) return true;
    yield [FOR_WRITER, seen];
  }
}

/**
 * On a thread: waits until there is something, and reads it.
 * @returns how much; 0 at the end, and of a broken pipe.
 */
export function readWaiting(pipe: BytePipe, room: Uint8Array): number {
  return standStill(pipe, awaitBytes(pipe)) === 0 ? 0 : readSome(pipe, room);
}

/** On a thread: writes all, waiting for room. @returns false when the pipe is broken. */
export function writeWaiting(pipe: BytePipe, bytes: Uint8Array): boolean {
  return standStill(pipe, writeAll(pipe, bytes));
}

/** On the main thread: writes all. @returns false when the pipe is broken. */
export function writeToPipe(pipe: BytePipe, bytes: Uint8Array): Promise<boolean> {
  return stepAside(pipe, writeAll(pipe, bytes));
}

/** On the main thread: what is there, once something is; null at the end, and of a broken pipe. */
export async function readFromPipe(pipe: BytePipe): Promise<Buffer | null> {
  const count = await stepAside(pipe, awaitBytes(pipe));
  if (count === 0) return null;
  const bytes = Buffer.allocUnsafeSlow(count);
  readSome(pipe, bytes);
  return bytes;
}

/** Waits in place. */
function standStill<T>({ control }: BytePipe, work: Generator<Wait, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
    Atomics.wait(control, ...value);
  }
}

/** Waits while others go on. */
async function stepAside<T>({ control }: BytePipe, work: Generator<Wait, T>): Promise<T> {
  const { waitAsync } = Atomics as unknown as { readonly waitAsync: WaitAsync };
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
    await waitAsync(control, ...value).value;
  }
}

/** `Atomics.waitAsync`, which the types of this language version do not know yet. */
type WaitAsync = (
  words: Int32Array<SharedArrayBuffer>,
  index: number,
  value: number,
) => { readonly value: Promise<unknown> | string };
