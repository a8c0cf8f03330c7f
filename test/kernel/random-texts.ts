/** Texts that are hard to tell apart: dates, codes, sums, words, and what is nearly one. */
import type { Dice } from './random.js';

const two = (n: number): string => String(n).padStart(2, '0');

/** Dates, and what is nearly one. */
export function randomDate({ integer, pick }: Dice): string {
  const year = pick([integer(1900, 2100), integer(1900, 2100), '0000', 24]);
  const [month, day] = [two(integer(0, 13)), two(integer(0, 32))];
  const sign = pick(['/', '.', '-']);
  const days = [
    `${year}-${month}-${day}`,
    [day, month, year].join(sign),
    [month, day, year].join(sign),
  ];
  const clock = `${two(integer(0, 25))}:${two(integer(0, 61))}`;
  const gap = pick(['T', ' ', 'T', ' ', '-']);
  const fraction = pick(['', '', '.', ',']) + String(integer(0, 1e10)).slice(0, integer(0, 10));
  const zone = pick(['', '', 'Z', 'z', ' Z', '+01:00', '-0530', '+1:00', 'pm']);
  const seconds = `:${two(integer(0, 62))}`;
  const rest = pick(['', fraction]) + zone;
  const text =
    pick(days) + pick(['', gap + clock, gap + clock + seconds, gap + clock + seconds + rest]);
  if (integer(0, 7) > 0) return text;
  const at = integer(0, text.length - 1);
  return text.slice(0, at) + pick([':', '-', 'x', '9', ' ']) + text.slice(at + 1);
}

const HEX = '0123456789abcdef';

/** Codes, sums, quantities. */
export function randomCode(dice: Dice): string {
  const { integer, pick } = dice;
  const digits = (): string => String(integer(0, 10 ** integer(1, 7)));
  const hex = (count: number): string =>
    Array.from({ length: count }, () => pick([...HEX])).join('');
  return pick([
    () => hex(integer(1, 40)),
    () => [8, 4, 4, 4, 12].map(hex).join('-'),
    () => pick(['AB-', 'K', 'SKU-', 'EUR', 'USD ', 'Jan ', 'May. ', 'abc', 'Nr. ', 'Q']) + digits(),
    () => `${pick(['Jan', 'June', 'Sept', 'December'])} ${integer(0, 32)}, ${integer(1900, 2100)}`,
    () => `${integer(0, 32)} ${pick(['Jan', 'may', 'JUNE', 'xyz'])} ${integer(0, 2100)}`,
    () =>
      digits() + pick(['', ' ']) + pick(['kg', '%', 'km/h', 'm²', 'EUR', '€', 'e', 't', 'x', 'pm']),
    () =>
      pick(['€', '$ ', '+', '(', '-', '#', '~']) + digits() + pick(['', ')', '.50', ',5', ' 5']),
    () => `${digits()}${pick([',', ' ', "'", '.', ':', '/'])}${digits()}`,
    () => `${digits()}${pick(['t', 'T', 'e', 'E', 'a', 'z'])}${digits()}`,
    () => `${integer(0, 25)}:${two(integer(0, 61))}${pick(['', ' am', 'pm', 'Z', ':09'])}`,
  ])();
}

export function randomWord({ integer, pick }: Dice): string {
  const signs = ['a', 'Z', 'true', 'no', 'é', '漢', '7', ')', 'm', ' ', '-', '$', '😀'];
  return Array.from({ length: integer(1, 12) }, () => pick(signs)).join('');
}
