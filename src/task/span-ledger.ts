/**
 * Where the spans of an input begin and where their parts go, shared by all threads: each span
 * says, as soon as it is cleaned, where the next one's records, output and rejects begin. So every
 * part is written at its place by whoever made it, without a copy and without waiting for the
 * writes before it. Memory only; nothing is locked.
 */

/** The first record of a span, and how much output and rejects stand before its own. */
export interface SpanPlace {
  readonly offsetBytes: number;
  readonly line: number;
  readonly outputBytes: number;
  readonly rejectsBytes: number;
}

export interface SpanLedger {
  /** Of each span and of the end: UNKNOWN, KNOWN or BROKEN. */
  readonly states: Int32Array<SharedArrayBuffer>;
  /** Of each: the numbers of its place. */
  readonly places: Float64Array<SharedArrayBuffer>;
}

const UNKNOWN = 0;
const KNOWN = 1;
const BROKEN = 2;
const NUMBERS_PER_PLACE = 4;
const BYTES_PER_PLACE = NUMBERS_PER_PLACE * 8 + 8;

export function createLedger(spanCount: number, first: SpanPlace): SharedArrayBuffer {
  const buffer = new SharedArrayBuffer((spanCount + 1) * BYTES_PER_PLACE);
  publishPlace(viewLedger(buffer), 0, first);
  return buffer;
}

export function viewLedger(buffer: SharedArrayBuffer): SpanLedger {
  const count = buffer.byteLength / BYTES_PER_PLACE;
  return {
    places: new Float64Array(buffer, 0, count * NUMBERS_PER_PLACE),
    states: new Int32Array(buffer, count * NUMBERS_PER_PLACE * 8, count),
  };
}

/** Says where span `index` begins, or behind the last one, where all ends. */
export function publishPlace(ledger: SpanLedger, index: number, place: SpanPlace): void {
  const { offsetBytes, line, outputBytes, rejectsBytes } = place;
  ledger.places.set([offsetBytes, line, outputBytes, rejectsBytes], index * NUMBERS_PER_PLACE);
  settle(ledger, index, KNOWN);
}

function settle({ states }: SpanLedger, index: number, state: number): void {
  Atomics.compareExchange(states, index, UNKNOWN, state);
  Atomics.notify(states, index);
}

/** Waits until the place of span `index` is known; null when a span before it has failed. */
export function awaitPlace(ledger: SpanLedger, index: number): SpanPlace | null {
  Atomics.wait(ledger.states, index, UNKNOWN);
  return knownPlace(ledger, index);
}

/** The place of span `index`; null when it is not known (yet). */
export function knownPlace({ states, places }: SpanLedger, index: number): SpanPlace | null {
  if (Atomics.load(states, index) !== KNOWN) return null;
  const at = index * NUMBERS_PER_PLACE;
  return {
    offsetBytes: places[at]!,
    line: places[at + 1]!,
    outputBytes: places[at + 2]!,
    rejectsBytes: places[at + 3]!,
  };
}

/** The input has failed: whoever waits for a place, or will, gets none. */
export function breakLedger(ledger: SpanLedger): void {
  for (let index = 0; index < ledger.states.length; index++) settle(ledger, index, BROKEN);
}
