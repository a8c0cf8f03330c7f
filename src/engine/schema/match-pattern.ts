/**
 * Finds a pattern in a text, in a time of at most the text's length times the pattern's size: all
 * ways through the pattern are followed at once (Thompson 1968), so that none is tried twice.
 * Twin: JavaScript's own regular expressions, which may try some of them for ever.
 */
import { type Assertion, badPattern, type PatternNode, parsePattern } from './parse-pattern.js';

/** The most states of a pattern, repetitions written out. */
export const MAX_PATTERN_STATES = 2000;
/** Longer texts, in UTF-16 units, match no pattern. */
export const MAX_MATCHED_LENGTH = 100_000;

/** One state; `next` is the number of the one behind it. */
type State =
  | { readonly kind: 'point'; readonly isPoint: (point: number) => boolean; readonly next: number }
  | { readonly kind: 'assertion'; readonly assertion: Assertion; readonly next: number }
  | { readonly kind: 'split'; readonly next: number; other: number }
  | { readonly kind: 'end' };

/** Whether the pattern is found somewhere in a text. */
export type PatternMatcher = (text: string) => boolean;

/** @throws CsvcleanError USAGE for a pattern that is not read, or too large. */
export function createMatcher(pattern: string): PatternMatcher {
  const states: State[] = [{ kind: 'end' }];
  const add = (state: State): number => {
    if (states.length === MAX_PATTERN_STATES) {
      const what = `written out it has more than ${MAX_PATTERN_STATES} states`;
      throw badPattern(pattern, what, 'Repeat less: {1,50} counts as fifty.');
    }
    return states.push(state) - 1;
  };
  const start = build(parsePattern(pattern), 0, add, states);
  return (text) => text.length <= MAX_MATCHED_LENGTH && isFound(states, start, text);
}

/** Adds the states of a node in front of the state `next`. @returns the first of them. */
function build(
  node: PatternNode,
  next: number,
  add: (state: State) => number,
  states: readonly State[],
): number {
  const before = (part: PatternNode, behind: number): number => build(part, behind, add, states);
  switch (node.kind) {
    case 'point':
      return add({ kind: 'point', isPoint: pointTest(node.source), next });
    case 'assertion':
      return add({ kind: 'assertion', assertion: node.assertion, next });
    case 'sequence':
      return node.parts.reduceRight((behind, part) => before(part, behind), next);
    case 'choice':
      return node.options
        .map((option) => before(option, next))
        .reduce((other, first) => add({ kind: 'split', next: first, other }));
    case 'repeat': {
      const { part, least, most } = node;
      let first = next;
      if (most === Number.POSITIVE_INFINITY) {
        first = add({ kind: 'split', next, other: next });
        (states[first] as Extract<State, { kind: 'split' }>).other = before(part, first);
      } else {
        for (let i = least; i < most; i++) {
          first = add({ kind: 'split', next, other: before(part, first) });
        }
      }
      for (let i = 0; i < least; i++) {
        const one = before(part, first);
        // Nothing, however often.
        if (one === first) break;
        first = one;
      }
      return first;
    }
  }
}

const ASCII = 128;

/** One code point by itself: JavaScript's own expression has nothing to go back for. */
function pointTest(source: string): (point: number) => boolean {
  const alone = new RegExp(`^(?:${source})$`, 'u');
  const isPoint = (point: number): boolean => alone.test(String.fromCodePoint(point));
  const known = Uint8Array.from({ length: ASCII }, (_, point) => (isPoint(point) ? 1 : 0));
  return (point) => (point < ASCII ? known[point] === 1 : isPoint(point));
}

function isFound(states: readonly State[], start: number, text: string): boolean {
  /** By state the place of the text for which it was last reached. */
  const reachedAt = new Int32Array(states.length).fill(-1);
  const stack: number[] = [];
  let now: number[] = [];
  let isEnd = false;
  let before = NOTHING;
  for (let at = 0; ; ) {
    const point = text.codePointAt(at) ?? NOTHING;
    const here: number[] = [];
    // What was reached by the point before; and the pattern may begin anywhere.
    for (const first of [...now, start]) {
      stack.push(first);
      for (let state = stack.pop(); state !== undefined; state = stack.pop()) {
        if (reachedAt[state] === at) continue;
        reachedAt[state] = at;
        const one = states[state]!;
        if (one.kind === 'end') isEnd = true;
        else if (one.kind === 'point') here.push(state);
        else if (one.kind === 'split') stack.push(one.other, one.next);
        else if (holds(one.assertion, before, point)) stack.push(one.next);
      }
    }
    if (isEnd) return true;
    if (point === NOTHING) return false;
    now = [];
    for (const state of here) {
      const one = states[state] as Extract<State, { kind: 'point' }>;
      if (one.isPoint(point)) now.push(one.next);
    }
    before = point;
    at += point > 0xffff ? 2 : 1;
  }
}

/** Before the first code point, and behind the last. */
const NOTHING = -1;

function holds(assertion: Assertion, before: number, behind: number): boolean {
  switch (assertion) {
    case 'start':
      return before === NOTHING;
    case 'end':
      return behind === NOTHING;
    case 'boundary':
      return isWord(before) !== isWord(behind);
    case 'no_boundary':
      return isWord(before) === isWord(behind);
  }
}

function isWord(point: number): boolean {
  return point !== NOTHING && point < ASCII && /\w/.test(String.fromCharCode(point));
}
