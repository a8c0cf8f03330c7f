/** The built-in recipes: `preset: strict`. Their values are as a recipe would have them. */

export interface Preset {
  readonly help: string;
  readonly settings: ReadonlyMap<string, string>;
}

export const PRESETS: ReadonlyMap<string, Preset> = new Map([
  [
    'strict',
    {
      help: 'a file that is not well-formed fails, and nothing is taken out on statistics',
      settings: new Map([
        ['ragged', 'error'],
        ['encodingErrors', 'strict'],
        ['maxRejects', '0'],
        ['outliers', 'off'],
      ]),
    },
  ],
  [
    'as-is',
    {
      help: 'structure is mended; names, cells and rows stay as they are',
      settings: new Map([
        ['cleanNames', 'false'],
        ['trim', 'false'],
        ['keepBlank', 'true'],
        ['outliers', 'off'],
      ]),
    },
  ],
  [
    'typed',
    {
      help: 'values in one form, where all of a column agree: missing cells empty, plain numbers, ISO dates, true and false',
      settings: new Map([
        ['nulls', 'auto'],
        ['numbers', 'auto'],
        ['dates', 'auto'],
        ['booleans', 'auto'],
      ]),
    },
  ],
  [
    'excel',
    {
      help: 'outputs that a double click opens well: byte order mark, CRLF, no formulas run',
      settings: new Map([
        ['bom', 'true'],
        ['crlf', 'true'],
        ['escapeFormulas', 'true'],
      ]),
    },
  ],
]);
