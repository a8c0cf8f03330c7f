/**
 * The WebAssembly kernel as typed functions over one memory. Gets the compiled module: reading the
 * file is the caller's.
 */

/** What the kernel exports; offsets are into its memory, in bytes. Documented in `assembly/`. */
export interface KernelExports {
  indexRecords(
    source: number,
    length: number,
    isLast: number,
    delimiter: number,
    quote: number,
    crOnly: number,
    width: number,
    longest: number,
    longestQuoted: number,
    leadLow: number,
    leadHigh: number,
    maskLow: number,
    maskHigh: number,
    fieldEnds: number,
    recordFields: number,
    flags: number,
  ): number;
  /** Fields of the complete records of the last `indexRecords`. */
  readonly fieldCount: WebAssembly.Global;
  /** Bytes of the complete records of the last `indexRecords`. */
  readonly consumedBytes: WebAssembly.Global;
  readColumn(
    source: number,
    records: number,
    fieldEnds: number,
    recordFields: number,
    flags: number,
    skip: number,
    trim: number,
    column: number,
    quote: number,
    crOnly: number,
    powers: number,
    tokens: number,
    tokenCount: number,
    values: number,
    kinds: number,
  ): void;
  countTokens(
    source: number,
    records: number,
    fieldEnds: number,
    recordFields: number,
    flags: number,
    acts: number,
    trim: number,
    quote: number,
    crOnly: number,
    tokens: number,
    tokenCount: number,
  ): number;
  passCells(
    source: number,
    fieldEnds: number,
    recordFields: number,
    flags: number,
    column: number,
    quote: number,
    crOnly: number,
    rows: number,
    from: number,
    count: number,
    words: number,
    wordCount: number,
    dates: number,
    shapes: number,
  ): number;
  findCells(
    source: number,
    fieldEnds: number,
    recordFields: number,
    flags: number,
    column: number,
    crOnly: number,
    rows: number,
    from: number,
    count: number,
    table: number,
    numbers: number,
  ): number;
  enterCell(table: number, at: number, length: number, number: number): void;
  learnShape(shapes: number, at: number, length: number): void;
  tallyLooks(
    source: number,
    length: number,
    start: number,
    end: number,
    isAll: number,
    delimiter: number,
    looks: number,
  ): number;
  endsInDigitRows(source: number, length: number, delimiter: number, width: number): number;
  countBytes(source: number, length: number, byte: number): number;
  writeFates(flags: number, count: number, blank: number, fates: number): number;
  selectZeros(bytes: number, count: number, rows: number): number;
  printNumber(value: number, to: number, powers: number): number;
  printNumbers(
    values: number,
    kinds: number,
    acts: number,
    count: number,
    to: number,
    ends: number,
    powers: number,
  ): void;
  emitRecords(
    source: number,
    fieldEnds: number,
    recordFields: number,
    flags: number,
    trim: number,
    crOnly: number,
    delimiter: number,
    quote: number,
    from: number,
    until: number,
    acts: number,
    pieces: number,
    pieceCount: number,
    made: number,
    isOneColumn: number,
    to: number,
    limit: number,
  ): number;
  emitWhole(
    source: number,
    length: number,
    fieldEnds: number,
    recordFields: number,
    from: number,
    until: number,
    acts: number,
    to: number,
    limit: number,
  ): number;
  /** Behind the last byte that `emitRecords` or `emitWhole` wrote. */
  readonly emittedEnd: WebAssembly.Global;
  /** Fields that the last `emitRecords` put into quotes, and did not trim. */
  readonly requotedFields: WebAssembly.Global;
  patchColumn(
    source: number,
    records: number,
    fieldEnds: number,
    recordFields: number,
    flags: number,
    trim: number,
    quote: number,
    crOnly: number,
    column: number,
    acts: number,
    changed: number,
    cells: number,
    cellEnds: number,
    to: number,
    ends: number,
  ): number;
  /** Fields that the last `patchColumn` put into quotes, and did not change. */
  readonly patchRequoted: WebAssembly.Global;
  countTrims(
    source: number,
    records: number,
    fieldEnds: number,
    recordFields: number,
    flags: number,
    acts: number,
    quote: number,
    crOnly: number,
  ): number;
  writeKeys(
    source: number,
    records: number,
    fieldEnds: number,
    recordFields: number,
    flags: number,
    wanted: number,
    trim: number,
    quote: number,
    delimiter: number,
    crOnly: number,
    columns: number,
    columnCount: number,
    to: number,
    ends: number,
    hashes: number,
  ): number;
  listLines(
    source: number,
    records: number,
    fieldEnds: number,
    recordFields: number,
    lineEnd: number,
    crOnly: number,
    lines: number,
  ): void;
  layOutKeys(rows: number, count: number, parts: number, to: number): number;
  /** Signed: the bits are those of a u32. */
  hashKey(at: number, length: number): number;
}

export interface Kernel {
  readonly memory: WebAssembly.Memory;
  readonly exports: KernelExports;
}

/** Instantiates the kernel over `memory`. An assertion of a debug build that fails throws. */
export function loadKernel(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernel {
  const abort = (_message: number, _file: number, line: number, column: number): never => {
    throw new Error(`assertion failed in the kernel, line ${line}, column ${column}`);
  };
  const instance = new WebAssembly.Instance(module, { env: { memory, abort } });
  return { memory, exports: instance.exports as unknown as KernelExports };
}
