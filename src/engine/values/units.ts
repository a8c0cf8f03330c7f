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

const SIGN = /^\p{Sc}/u;
const LETTER = /\p{L}/u;

/** The longest first, so that `US$` is not taken for `$`; by first and by last character. */
const byFirst = groupCodes((code) => code[0]!);
const byLast = groupCodes((code) => code.at(-1)!);

function groupCodes(keyOf: (code: string) => string): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const code of [...CODES].sort((a, b) => b.length - a.length)) {
    const key = keyOf(code);
    groups.set(key, [...(groups.get(key) ?? []), code]);
  }
  return groups;
}

function isDigit(char: string): boolean {
  return char >= '0' && char <= '9';
}

/** The unit that stands at `at`, or ''. */
export function unitAt(text: string, at: number): string {
  const char = text[at] ?? '';
  if (isDigit(char)) return '';
  for (const code of byFirst.get(char) ?? []) if (text.startsWith(code, at)) return code;
  return SIGN.test(char) ? char : '';
}

/** The unit that ends at `end`, or ''. */
export function unitBefore(text: string, end: number): string {
  const char = text[end - 1] ?? '';
  if (isDigit(char)) return '';
  for (const code of byLast.get(char) ?? []) {
    const start = end - code.length;
    // `12ZEUR` has no unit that we know.
    if (start >= 0 && text.startsWith(code, start) && !LETTER.test(text[start - 1] ?? '')) {
      return code;
    }
  }
  return SIGN.test(char) ? char : '';
}
