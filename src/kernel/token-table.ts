/**
 * The tokens for "no value" as bytes, which the kernel compares cells with. Which tokens there are
 * is the engine's to say.
 */
import { assert } from '../base/assert.js';
import { parseNumber } from '../csv/parse-number.js';

/** One load of the kernel: a token and at least one zero byte. */
const BYTES_PER_TOKEN = 16;

/** How much room `writeTokenTable` needs for `tokens`, in bytes. */
export function tokenTableBytes(tokens: ReadonlySet<string>): number {
  return tokens.size * BYTES_PER_TOKEN;
}

/**
 * Writes each of `tokens` to 16 bytes of `memory`, zeros behind it. A token has 1 to 15 printable
 * ASCII characters and is no numeral: the kernel looks for a number first.
 *
 * @param offsetBytes where in `memory` the table begins.
 */
export function writeTokenTable(
  tokens: ReadonlySet<string>,
  memory: ArrayBufferLike,
  offsetBytes: number,
): void {
  const table = Buffer.from(memory, offsetBytes, tokenTableBytes(tokens)).fill(0);
  let at = 0;
  for (const token of tokens) {
    assert(/^[!-~]{1,15}$/.test(token), `the token ${token} has 1 to 15 ASCII characters`);
    assert(Number.isNaN(parseNumber(token)), `the token ${token} is no number`);
    table.write(token, at, 'latin1');
    at += BYTES_PER_TOKEN;
  }
}
