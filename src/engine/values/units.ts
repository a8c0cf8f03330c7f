/** The currency signs and codes that may stand before or behind a number. */

/** Codes and abbreviations; signs of Unicode's class Sc go by themselves. */
const CODES: readonly string[] = [
  ...['EUR', 'USD', 'GBP', 'CHF', 'JPY', 'CNY', 'SEK', 'NOK', 'DKK', 'ISK', 'PLN', 'CZK', 'HUF'],
  ...['RON', 'BGN', 'TRY', 'RUB', 'UAH', 'INR', 'BRL', 'MXN', 'ARS', 'CLP', 'COP', 'PEN', 'ZAR'],
  ...['AUD', 'NZD', 'CAD', 'SGD', 'HKD', 'TWD', 'KRW', 'THB', 'IDR', 'MYR', 'PHP', 'VND', 'ILS'],
  ...['AED', 'SAR', 'EGP', 'NGN', 'KES'],
  ...[
    'US$',
    'A$',
    'C$',
    'R$',
    'HK$',
    'NZ$',
    'S$',
    'kr',
    'kr.',
    'Kč',
    'zł',
    'Ft',
    'Fr.',
    'Rs.',
    'Rs',
  ],
];

/** The longest first, so that `US$` is not taken for `$`. */
const sorted = [...CODES].sort((a, b) => b.length - a.length);
const SIGN = /^\p{Sc}/u;
const LETTER = /\p{L}/u;

/** The unit that stands at `at`, or ''. */
export function unitAt(text: string, at: number): string {
  for (const code of sorted) if (text.startsWith(code, at)) return code;
  return SIGN.exec(text.slice(at, at + 2))?.[0] ?? '';
}

/** The unit that ends at `end`, or ''. */
export function unitBefore(text: string, end: number): string {
  for (const code of sorted) {
    const start = end - code.length;
    // `12ZEUR` has no unit that we know.
    if (start >= 0 && text.startsWith(code, start) && !LETTER.test(text[start - 1] ?? '')) {
      return code;
    }
  }
  const last = text.slice(Math.max(0, end - 1), end);
  return SIGN.test(last) ? last : '';
}
