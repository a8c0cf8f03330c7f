/**
 * Patterns over words of any script, of which texts in ASCII meet an ASCII twin: V8 takes up to
 * half a millisecond to make and compile a class such as `\p{L}`, and each thread does so anew.
 */

/** The pattern for a text. The same object for the same kind of text, its `lastIndex` with it. */
export type WordPattern = (text: string) => RegExp;

/** What the classes named in patterns hold of ASCII. */
const ASCII_OF: ReadonlyMap<string, string> = new Map([
  ['L', 'A-Za-z'],
  ['N', '0-9'],
  ['M', ''],
  ['Nl', ''],
  ['Cf', ''],
  ['Default_Ignorable_Code_Point', ''],
]);

/**
 * @param source a pattern with the flag `u`, whose classes by property (`\p{L}`) stand in brackets
 *   and are among `ASCII_OF`.
 * @param flags beside `u`.
 */
export function wordPattern(source: string, flags = ''): WordPattern {
  let ascii: RegExp | null = null;
  let unicode: RegExp | null = null;
  return (text) => {
    if (isAscii(text)) {
      ascii ??= new RegExp(asciiOf(source), `${flags}u`);
      return ascii;
    }
    unicode ??= new RegExp(source, `${flags}u`);
    return unicode;
  };
}

/** Whether all characters of `text` are below U+0080. */
export function isAscii(text: string): boolean {
  return !/[\u0080-\uffff]/.test(text);
}

function asciiOf(source: string): string {
  return source.replace(/\\p\{(\w+)\}/g, (_, name: string) => ASCII_OF.get(name)!);
}
