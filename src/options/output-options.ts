/** The options that say where outputs go, and in which form. */
import { type OptionSpecs, orNull, switchOption } from './option-spec.js';
import { parseChoice, parseFilledText, parseOutDelimiter, parseText } from './parse-values.js';

export const OUTPUT_OPTIONS = {
  outDir: {
    flags: '-o, --out-dir <dir>',
    group: 'Output',
    byDefault: 'cleaned',
    help: 'folder for the cleaned files (default: cleaned)',
    parse: parseFilledText,
    pathBut: [],
  },
  output: {
    flags: '--output <file>',
    group: 'Output',
    byDefault: null,
    help: 'name of the one output, for one input',
    parse: orNull(parseFilledText),
    pathBut: ['-'],
  },
  concat: {
    flags: '--concat <file>',
    group: 'Output',
    byDefault: null,
    help: 'write all inputs into one file, columns united by name; - is standard output',
    parse: orNull(parseFilledText),
    pathBut: ['-'],
  },
  concatSource: {
    flags: '--concat-source <name>',
    group: 'Output',
    byDefault: null,
    help: 'with --concat: a last column of this name that says which input a row is from',
    parse: orNull(parseFilledText),
  },
  prefix: {
    flags: '--prefix <text>',
    group: 'Output',
    byDefault: '',
    help: 'put before each output name, such as cleaned_',
    parse: parseText,
  },
  base: {
    flags: '--base <dir>',
    group: 'Output',
    byDefault: null,
    help: 'keep input paths below this folder in the output',
    parse: orNull(parseFilledText),
    pathBut: [],
  },
  inPlace: switchOption('--in-place', 'Output', 'replace the inputs (needs --backup or --force)'),
  backup: {
    flags: '--backup <ext>',
    group: 'Output',
    byDefault: null,
    help: 'with --in-place: keep each input as NAME + EXT',
    parse: orNull(parseFilledText),
  },
  compress: {
    flags: '-z, --compress <format>',
    group: 'Output',
    byDefault: null,
    help: 'of the outputs: none, gz, br or zst (default: as the input)',
    parse: orNull(parseChoice(['none', 'gz', 'br', 'zst'])),
  },
  outDelimiter: {
    flags: '--out-delimiter <char>',
    group: 'Output',
    byDefault: null,
    help: 'between the fields of the outputs (default: comma)',
    parse: orNull(parseOutDelimiter),
  },
  crlf: switchOption('--crlf', 'Output', 'end the lines of the outputs in CRLF'),
  bom: switchOption('--bom', 'Output', 'begin the outputs with a byte order mark, for Excel'),
  keepDialect: switchOption(
    '--keep-dialect',
    'Output',
    'delimiter, line ends and byte order mark of each output as in its input',
  ),
  escapeFormulas: switchOption(
    '--escape-formulas',
    'Output',
    "put an apostrophe before cells that a spreadsheet would run: = + - @; this can't be undone",
  ),
  force: switchOption('--force', 'Output', 'replace outputs that csvclean did not write'),
  durable: switchOption('--durable', 'Output', 'fsync files and folders: safe against power loss'),
} satisfies OptionSpecs;
