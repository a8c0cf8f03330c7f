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

/**
 * On a thread: waits until there is something, and reads it.
 * @returns 0 at the end, and of a broken pipe.
 */
export function readWaiting(pipe: BytePipe, room: Uint8Array): number {
  for (;;) {
    const seen = Atomics.load(pipe.control, FOR_READER);
    if (isBroken(pipe)) return 0;
    // Asked before the ring is looked at: what came before the end is read first.
    const isEnded = Atomics.load(pipe.control, STATE) === ENDED;
    const count = readSome(pipe, room);
    if (count > 0 || isEnded) return count;
    Atomics.wait(pipe.control, FOR_READER, seen);
  }
}

/** On a thread: writes all, waiting for room. @returns false when the pipe is broken. */
export function writeWaiting(pipe: BytePipe, bytes: Uint8Array): boolean {
  for (let done = 0; ; ) {
    const seen = Atomics.load(pipe.control, FOR_WRITER);
    if (isBroken(pipe)) return false;
    done += writeSome(pipe, bytes.subarray(done));
    if (done === bytes.length) return true;
    Atomics.wait(pipe.control, FOR_WRITER, seen);
  }
}

/** On the main thread: writes all. @returns false when the pipe is broken. */
export async function writeToPipe(pipe: BytePipe, bytes: Uint8Array): Promise<boolean> {
  for (let done = 0; ; ) {
    const seen = Atomics.load(pipe.control, FOR_WRITER);
    if (isBroken(pipe)) return false;
    done += writeSome(pipe, bytes.subarray(done));
    if (done === bytes.length) return true;
    await changeOf(pipe, FOR_WRITER, seen);
  }
}

/** On the main thread: what is there, once something is; null at the end, and of a broken pipe. */
export async function readFromPipe(pipe: BytePipe): Promise<Buffer | null> {
  for (;;) {
    const seen = Atomics.load(pipe.control, FOR_READER);
    if (isBroken(pipe)) return null;
    const isEnded = Atomics.load(pipe.control, STATE) === ENDED;
    const count = filled(pipe);
    if (count > 0) {
      const bytes = Buffer.allocUnsafeSlow(count);
      readSome(pipe, bytes);
      return bytes;
    }
    if (isEnded) return null;
    await changeOf(pipe, FOR_READER, seen);
  }
}

/** `Atomics.waitAsync`, which the types of this language version do not know yet. */
type WaitAsync = (
  words: Int32Array<SharedArrayBuffer>,
  index: number,
  value: number,
) => { readonly value: Promise<unknown> | string };

async function changeOf({ control }: BytePipe, index: number, seen: number): Promise<void> {
  const { waitAsync } = Atomics as unknown as { readonly waitAsync: WaitAsync };
  await waitAsync(control, index, seen).value;
}
