/**
 * What people write in other languages, and how it is written here. Only words for messages:
 * nothing in this file makes a source valid.
 */

const REMEDY_BY_OPERATOR: ReadonlyMap<string, string> = new Map([
  ['=', 'Write == to compare; only --derive takes "name = expression".'],
  ['===', 'Write ==.'],
  ['!==', 'Write !=.'],
  ['<>', 'Write !=.'],
  ['=<', 'Write <=.'],
  ['=>', 'Write >=.'],
  ['&&', 'Write and.'],
  ['&', 'Write and.'],
  ['|', 'Write or.'],
  ['!', 'Write not.'],
  ['^', 'Write ** for a power.'],
  ['//', 'Write floor(a / b) for a whole quotient.'],
  ['??', 'Write coalesce(a, b).'],
  ['?', 'Write if(condition, a, b).'],
  [':', 'Write if(condition, a, b).'],
  ['.', 'There are no properties; put a column name with a point in backticks, as in `a.b`.'],
  ['[', 'There are no lists; put a column name with a bracket in backticks, as in `a[1]`.'],
  [']', 'There are no lists; put a column name with a bracket in backticks, as in `a[1]`.'],
  [';', 'Write one expression; repeat --derive for more.'],
  ['≤', 'Write <=.'],
  ['≥', 'Write >=.'],
  ['≠', 'Write !=.'],
  ['×', 'Write * to multiply.'],
  ['·', 'Write * to multiply.'],
  ['÷', 'Write / to divide.'],
  ['−', 'Write - as an ordinary minus.'],
  ['–', 'Write - as an ordinary minus.'],
  ['\u00a0', 'Write an ordinary space; this one is a no-break space.'],
  ['“', 'Write straight quotes: " or \'.'],
  ['”', 'Write straight quotes: " or \'.'],
  ['„', 'Write straight quotes: " or \'.'],
  ['‘', 'Write straight quotes: " or \'.'],
  ['’', 'Write straight quotes: " or \'.'],
]);

const REMEDY_BY_WORD: ReadonlyMap<string, string> = new Map([
  ['and', 'Write and in small letters, between two conditions.'],
  ['or', 'Write or in small letters, between two conditions.'],
  ['not', 'Write not before a whole condition, as in not a == b.'],
  ['is', 'Write is_missing(x), or == to compare.'],
  ['in', "Write x in ('a', 'b')."],
  ['between', 'Write x between 1 and 9.'],
  ['like', "Write contains(x, 'part'), starts_with or ends_with."],
  [
    'by',
    'Only an aggregate goes by groups, as in max(x) by vendor; a name of several words stands in backticks.',
  ],
  ['over', 'Write max(x) by vendor.'],
  ['mod', 'Write %.'],
  ['div', 'Write floor(a / b).'],
]);

/** What to write instead of the operator or character `foreign`. */
export function foreignRemedy(foreign: string): string {
  return REMEDY_BY_OPERATOR.get(foreign) ?? 'Put a column name with such a character in backticks.';
}

/**
 * What to write instead of `word` where an operator belongs, or null for a word without a meaning
 * elsewhere.
 */
export function wordRemedy(word: string): string | null {
  return REMEDY_BY_WORD.get(word.toLowerCase()) ?? null;
}
