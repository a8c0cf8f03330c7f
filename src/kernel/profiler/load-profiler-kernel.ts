/**
 * The profiling kernel as typed functions over one memory. Gets the compiled module: reading the
 * file is the caller's.
 */

/** What it exports; offsets are into its memory, in bytes. Documented in `assembly/profiler.ts`. */
interface ProfilerExports {
  useBlock(
    source: number,
    records: number,
    fieldEnds: number,
    recordFields: number,
    flags: number,
    fates: number,
    trims: number,
    quote: number,
    crOnly: number,
    powers: number,
    cell: number,
    numbers: number,
    unsure: number,
  ): void;
  profileColumn(column: number, index: number, from: number): number;
  countOne(
    column: number,
    at: number,
    length: number,
    record: number,
    powers: number,
    scratch: number,
  ): number;
  sumListed(count: number, bins: number, limbs: number): void;
  sumCounted(values: number, times: number, count: number, bins: number, limbs: number): void;
  learnShape(column: number, at: number, length: number, kind: number): void;
  growSlots(from: number, count: number, to: number, mask: number): void;
  registerTable(column: number, token: number, registers: number): void;
  listNumbers(column: number, token: number, powers: number, values: number, times: number): number;
}

export interface ProfilerKernel {
  readonly memory: WebAssembly.Memory;
  readonly exports: ProfilerExports;
}

export function loadProfilerKernel(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
): ProfilerKernel {
  const abort = (_message: number, _file: number, line: number, column: number): never => {
    throw new Error(`assertion failed in the profiling kernel, line ${line}, column ${column}`);
  };
  const instance = new WebAssembly.Instance(module, { env: { memory, abort } });
  return { memory, exports: instance.exports as unknown as ProfilerExports };
}
