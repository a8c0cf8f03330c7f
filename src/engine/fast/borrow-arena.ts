/** Memory for as long as something runs. */
import { release } from '../../base/memory-budget.js';
import type { EngineContext } from '../engine.js';
import { type Arena, freeFrom } from './arena.js';
import { freeRoom, markRoom } from './array-room.js';

/** Runs a step, and takes back what it took of the arena and of the budget, even if it throws. */
export function borrowArena<T>(
  arena: Arena,
  { budget }: Pick<EngineContext, 'budget'>,
  run: () => T,
): T {
  const bottom = arena.used;
  const roomBottom = markRoom(arena.kept);
  const before = budget.reservedBytes;
  try {
    return run();
  } finally {
    freeFrom(arena, budget, bottom);
    freeRoom(arena.kept, roomBottom);
    release(budget, budget.reservedBytes - before);
  }
}
