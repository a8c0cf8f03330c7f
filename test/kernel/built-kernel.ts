/**
 * The built kernels over memory for tests: the one that is shipped, and the one with assertions.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Kernel, loadKernel } from '../../src/kernel/load-kernel.js';
import { PROJECT } from '../support/library.js';

const PAGES = 64;

export const BUILDS = ['kernel.wasm', 'kernel.debug.wasm'] as const;

/** The same of the profiling kernel. */
export const PROFILER_BUILDS = ['profiler.wasm', 'profiler.debug.wasm'] as const;

export function builtModule(
  build: (typeof BUILDS | typeof PROFILER_BUILDS)[number],
): WebAssembly.Module {
  return new WebAssembly.Module(readFileSync(join(PROJECT, 'dist', 'kernel', build)));
}

export function builtKernel(build: (typeof BUILDS)[number]): Kernel {
  return loadKernel(builtModule(build), new WebAssembly.Memory({ initial: PAGES }));
}
