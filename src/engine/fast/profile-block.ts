/** Copies blocks to where the profiling kernel reads them: it has memory of its own. */
import { NO_QUOTE } from '../../csv/dialect.js';
import { viewsOf as memoryViews, type ProfileMemory, takeRoom } from '../profile/profile-memory.js';
import { type Block, viewsOf } from './block.js';

/** Readable behind the block, and behind a cell that was unquoted. */
const PADDING = 128;

/** Where a block lies in the kernel's memory, and what a column of it needs. */
export interface BlockPlace {
  /** Where it begins, and how much may lie there. */
  at: number;
  roomBytes: number;
  /** Where the bytes begin, the numbers of a column, and the records that the kernel leaves. */
  source: number;
  numbers: number;
  unsure: number;
}

export function createBlockPlace(): BlockPlace {
  return { at: 0, roomBytes: 0, source: 0, numbers: 0, unsure: 0 };
}

/** From now on the kernel looks at this block. */
export function copyBlock(memory: ProfileMemory, place: BlockPlace, block: Block): void {
  const { bytes, fieldEnds, recordFields } = viewsOf(block);
  const { recordCount, flags, fates, context } = block;
  const sizes = [
    ...[(recordCount + 1) * 8, fieldEnds.byteLength, recordFields.byteLength, recordCount * 4],
    ...[recordCount, recordCount, bytes.length + PADDING, bytes.length + PADDING],
  ];
  makeRoom(memory, place, sizes);
  const starts: number[] = [];
  let end = place.at;
  for (const size of sizes) {
    starts.push(end);
    end += align(size);
  }
  const [numbers, ends, fields, unsure, flagBytes, fateBytes, source, cell] = starts as [
    ...[number, number, number, number, number, number, number, number],
  ];
  const views = memoryViews(memory);
  views.words.set(fieldEnds, ends >>> 2);
  views.words.set(recordFields, fields >>> 2);
  views.bytes.set(flags.subarray(0, recordCount), flagBytes);
  views.bytes.set(fates.subarray(0, recordCount), fateBytes);
  views.bytes.set(bytes, source);
  Object.assign(place, { source, numbers, unsure });
  const { quote, recordEnd } = context.dialect;
  memory.kernel.exports.useBlock(
    ...([source, recordCount, ends, fields, flagBytes, fateBytes] as const),
    context.rules.trim ? 1 : 0,
    quote === NO_QUOTE ? -1 : quote,
    recordEnd === 'cr' ? 1 : 0,
    ...([memory.powers, cell, numbers, unsure] as const),
  );
}

const ALIGNMENT = 16;

function align(size: number): number {
  return Math.ceil(size / ALIGNMENT) * ALIGNMENT;
}

/** A larger place than before leaves the old one unused. */
function makeRoom(memory: ProfileMemory, place: BlockPlace, sizes: readonly number[]): void {
  const wanted = sizes.reduce((sum, size) => sum + align(size), 0);
  if (wanted <= place.roomBytes) return;
  place.roomBytes = Math.ceil(1.25 * wanted);
  place.at = takeRoom(memory, place.roomBytes);
}
