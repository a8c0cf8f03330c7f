/** Bars and boxes of a few characters, of plain ones where blocks may not show. */

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar of a share, 0 – 1, at most `width` characters long; never empty unless the share is 0. */
export function shareBar(share: number, width: number, isPlain: boolean): string {
  if (share <= 0) return '';
  if (isPlain) return '#'.repeat(Math.max(1, Math.round(share * width)));
  const eighths = Math.max(1, Math.round(share * width * 8));
  return '█'.repeat(eighths >> 3) + EIGHTHS[eighths & 7]!;
}

export interface BoxValues {
  readonly min: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly max: number;
  /** Beyond these the line is cut, and an end mark set. */
  readonly lowerFence: number;
  readonly upperFence: number;
}

/**
 * A box plot in a line: `├──▒▒┃▒▒▒──┤`, from the least to the greatest number. Where some lie
 * beyond a fence the line ends at it, with `‹` or `›`.
 */
export function boxPlot(values: BoxValues, width: number, isPlain: boolean): string {
  const low = Math.max(values.min, values.lowerFence);
  const high = Math.min(values.max, values.upperFence);
  const [line, box, middle, start, end, less, more] = isPlain ? [...'-=|[]<>'] : [...'─▒┃├┤‹›'];
  if (!(high > low) || !Number.isFinite(high - low)) return middle!;
  const place = (value: number): number => {
    const share = (value - low) / (high - low);
    return Math.min(width - 1, Math.max(0, Math.round(share * (width - 1))));
  };
  const cells = new Array<string>(width).fill(line!);
  cells[0] = values.min < low ? less! : start!;
  cells[width - 1] = values.max > high ? more! : end!;
  for (let at = place(values.q1); at <= place(values.q3); at++) cells[at] = box!;
  cells[place(values.median)] = middle!;
  return cells.join('');
}
