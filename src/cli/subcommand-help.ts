/** What `csvclean SUBCOMMAND --help` prints. */
import type { Subcommand } from './program.js';

const READING = `How files are found and read is said by the same options as for a run
(csvclean --help): --delimiter, --encoding, --header-rows, --case, --ragged, …
`;

export const SUBCOMMAND_HELP: Readonly<Record<Subcommand, string>> = {
  sniff: `csvclean sniff: shows how each file would be read, and writes nothing

Usage: csvclean sniff [options] <file|glob|folder>...

  -v, --verbose             with the reasons, and the names of the columns
      --json                as JSON

${READING}`,
  rejects: `csvclean rejects: prints what was taken out, as it stood in the input, under
its header, to mend and run again

Usage: csvclean rejects [options] <rejects file> [input]

  -q, --quiet               without the counts on standard error

Where the run had options for how to read the input, repeat them.
`,
  profile: `csvclean profile: shows what is in the files, column by column, and writes
nothing

Usage: csvclean profile [options] <file|glob|folder>...

Examples:
  csvclean profile data/*.csv                a table over all files
  csvclean profile data --json               everything, for programs
  csvclean profile data --plan > csvclean.yaml && csvclean data

  -v, --verbose             a table for each file, too
      --explain             every guard of the outlier rule, and how it decides
      --plan                print a recipe instead, proposed by what is found
      --json                as JSON; docs/profile.md says what its keys mean
  -q, --quiet               only errors and warnings
  -w, --workers N           worker threads; the result is the same for any

${READING}`,
  init: `csvclean init: writes the recipe that csvclean profile --plan prints

Usage: csvclean init [options] [file|glob|folder]...

It becomes csvclean.yaml in the current folder, where a run finds it. Without
inputs, the current folder is looked through.

      --force               replace a recipe that is there

${READING}`,
};
