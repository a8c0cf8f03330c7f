/** Refuses options that do not go together, each pair in words of its own. Reads no value. */
import { CsvcleanError } from '../base/error.js';
import { type Options, STDIN, STDOUT } from './options.js';

function refuse(message: string, remedy: string): never {
  throw new CsvcleanError('USAGE', message, { remedy });
}

/** @throws CsvcleanError USAGE for the first contradiction. */
export function refuseContradictions(options: Options): void {
  refuseWithCheck(options);
  refuseInPlace(options);
  refuseWithConcat(options);
  refuseOutputs(options);
  refuseTogether(options);
  refuseInputs(options);
}

/** What writes, or shows what is written, has no place beside `--check`. */
function refuseWithCheck(options: Options): void {
  if (!options.check) return;
  const others: readonly (readonly [flag: string, isGiven: boolean])[] = [
    ['--output', options.output !== null],
    ['--concat', options.concat !== null],
    ['--in-place', options.inPlace],
    ['--compress', options.compress !== null],
    ['--dry-run', options.dryRun],
    ['--baseline', options.baseline],
  ];
  const other = others.find(([, isGiven]) => isGiven);
  if (other === undefined) return;
  refuse(
    `--check and ${other[0]} exclude each other`,
    '--check writes nothing: leave the other out.',
  );
}

/** One file for all inputs is in no other way the output of one of them. */
function refuseWithConcat(options: Options): void {
  const { concat, concatSource } = options;
  if (concat === null) {
    if (concatSource !== null) refuse('--concat-source goes with --concat', 'Add --concat FILE.');
    return;
  }
  const others: readonly (readonly [flag: string, isGiven: boolean])[] = [
    ['--output', options.output !== null],
    ['--in-place', options.inPlace],
    ['--prefix', options.prefix !== ''],
    ['--keep-dialect', options.keepDialect],
    ['--baseline', options.baseline],
  ];
  const other = others.find(([, isGiven]) => isGiven);
  if (other !== undefined) refuse(`--concat and ${other[0]} exclude each other`, 'Choose one.');
  if (concat !== STDOUT) return;
  if (options.json) refuse('--json and --concat - both write to standard output', 'Choose one.');
  if (options.compress !== null && options.compress !== 'none') {
    refuse('--compress writes files', 'Pipe the output through gzip or the like.');
  }
}

function refuseInPlace(options: Options): void {
  const { inPlace, backup, force, output, dryRun } = options;
  if (inPlace && backup === null && !force && !dryRun) {
    refuse(
      '--in-place replaces the inputs',
      'Add --backup .bak to keep them, or --force to do without.',
    );
  }
  if (inPlace && output !== null)
    refuse('--in-place and --output exclude each other', 'Choose one.');
  if (inPlace && options.compress !== null) {
    refuse('--in-place and --compress exclude each other', 'A file keeps its compression.');
  }
  if (inPlace && options.prefix !== '') {
    refuse('--in-place and --prefix exclude each other', 'Choose one.');
  }
  if (backup !== null && !inPlace) refuse('--backup goes with --in-place', 'Add --in-place.');
  if (backup !== null && /[/\\]/.test(backup)) {
    refuse(`--backup ${backup}: expected an ending such as .bak`, 'Name no folder.');
  }
  if (inPlace && options.inputs.includes(STDIN)) {
    refuse('--in-place cannot replace standard input', 'Name files only.');
  }
}

function refuseOutputs(options: Options): void {
  const { output, outDir, base, baseline, json, compress, prefix } = options;
  if (outDir === STDOUT) refuse('--out-dir - is no folder', 'For standard output: --output -.');
  if (output === STDOUT) {
    if (json) refuse('--json and --output - both write to standard output', 'Choose one.');
    if (baseline) refuse('--baseline compares files', 'Name an output.');
    if (compress !== null && compress !== 'none') {
      refuse('--compress writes files', 'Pipe the output through gzip or the like.');
    }
  }
  if (output !== null && base !== null) {
    refuse('--output and --base exclude each other', 'Choose one.');
  }
  if (/[/\\]/.test(prefix)) {
    refuse(`--prefix ${prefix}: it is part of a file name`, 'Use --out-dir for folders.');
  }
}

/** Two ways of doing one thing. */
function refuseTogether(options: Options): void {
  const { dryRun, baseline, json, format } = options;
  if (options.dedup === null && options.dedupKeep !== 'first') {
    refuse('--dedup-keep goes with --dedup', 'Add --dedup.');
  }
  if (options.outlierScope === 'all') {
    const refuseScope = (what: string): void =>
      refuse(`--outlier-scope all and ${what} exclude each other`, 'Choose one.');
    if (options.groupBy.length > 0) refuseScope('--group-by');
    if (options.engine === 'reference') refuseScope('--engine reference');
    const fillsDown = options.columns.some(({ rules }) => rules.fill?.kind === 'down');
    if (fillsDown) refuseScope('fill: { down: true }');
  }
  if (options.keepDialect && (options.outDelimiter !== null || options.crlf || options.bom)) {
    refuse('--keep-dialect and --out-delimiter, --crlf or --bom exclude each other', 'Choose one.');
  }
  if (dryRun && baseline) refuse('--dry-run and --baseline exclude each other', 'Choose one.');
  if (json && format !== null && format !== 'json') {
    refuse(`--json and --format ${format} exclude each other`, 'Choose one.');
  }
  if (options.quiet && options.verbose) refuse('-q and -v exclude each other', 'Choose one.');
}

function refuseInputs(options: Options): void {
  if (options.workers === 0 && options.timeout !== null) {
    refuse('--timeout needs a worker thread', 'Set --workers 1 or more.');
  }
  if (options.filesFrom === STDIN && options.inputs.includes(STDIN)) {
    refuse('standard input is named twice', 'Name it once.');
  }
  if (options.delimiter !== null && options.delimiter === options.quote) {
    refuse('--delimiter and --quote are the same character', 'Choose different ones.');
  }
}
