/** Tables of any size with every fault that cleaning knows, the same for the same seed. */
import { createDice, type Dice } from '../kernel/random.js';

export interface LargeTable {
  readonly bytes: number;
  readonly seed: number;
  readonly lineEnd?: '\n' | '\r\n' | '\r';
  /** Quotes that open or close nothing: what follows them may seem to lie inside quotes. */
  readonly hasStrays?: boolean;
}

/** Columns id, Amount, Price, City, Note: whole numbers, two with outliers, few names, texts. */
export function largeTable({ bytes, seed, lineEnd = '\n', hasStrays = false }: LargeTable): string {
  const dice = createDice(seed);
  const lines = ['id, Amount ,Price,City,Note'];
  let length = lines[0]!.length;
  for (let id = 1; length < bytes; id++) {
    const line = rowOf(id, dice, lineEnd, hasStrays);
    lines.push(line);
    length += line.length + lineEnd.length;
  }
  return lines.join(lineEnd) + lineEnd;
}

const CITIES = ['Oslo', 'São Paulo', '東京', '"Washington, DC"', ' Rome ', 'NA'];
const STRAYS = ['5" nail', 'say "', 'a"b"c"', '"shut" and on', '12"'];

function rowOf(id: number, dice: Dice, lineEnd: string, hasStrays: boolean): string {
  const amount = dice.fraction() < 0.002 ? dice.integer(50_000, 90_000) : dice.integer(1, 4000) / 8;
  const price = dice.fraction() < 0.01 ? 'n/a' : (dice.integer(900, 1100) / 100).toFixed(2);
  const cells = [`${id}`, ` ${amount}`, price, dice.pick(CITIES), noteOf(dice, lineEnd, hasStrays)];
  const fault = dice.integer(0, 199);
  if (fault === 0) return '';
  if (fault === 1) return cells.slice(0, 3).join(',');
  if (fault === 2) return [...cells, 'too', 'many'].join(',');
  if (fault === 3) return [...cells, '', ''].join(',');
  return cells.join(',');
}

function noteOf(dice: Dice, lineEnd: string, hasStrays: boolean): string {
  const kind = dice.integer(0, 39);
  if (kind === 0) return `"first${lineEnd}second, ""third""${lineEnd}"`;
  if (kind === 1) return '"é😀 漢字"';
  if (kind === 2 && hasStrays) return dice.pick(STRAYS);
  if (kind === 3) return `"${'long '.repeat(dice.integer(1, 200))}"`;
  return `note ${dice.integer(1, 9999)}`;
}
