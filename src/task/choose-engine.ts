/**
 * The engine for an input on this thread. The kernel is compiled once for a process and handed to
 * its threads; each makes one fast engine of it, whose memory it keeps.
 */
import type { Engine, EngineName } from '../engine/engine.js';
import { createFastEngine, type FastEngine } from '../engine/fast/fast-engine.js';
import { referenceEngine } from '../engine/reference/reference-engine.js';
import type { SpanEngine } from '../engine/split/span-engine.js';
import { QUICK_LOOK, type QuickLook } from '../sniff/quick-look.js';
import { readKernelFile } from '../store/kernel-file.js';

/** Undefined until asked for; null where the machine has no WebAssembly SIMD. */
let kernelModule: WebAssembly.Module | null | undefined;
let fastEngine: FastEngine | null = null;

/** Compiles the kernel; null where the machine cannot. */
export function loadKernelModule(): WebAssembly.Module | null {
  if (kernelModule === undefined) {
    kernelModule = compileKernel();
  }
  return kernelModule;
}

function compileKernel(): WebAssembly.Module | null {
  if (typeof WebAssembly === 'undefined') return null;
  const bytes = readKernelFile();
  return WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null;
}

/** For a thread: the kernel that another one compiled. */
export function shareKernelModule(module: WebAssembly.Module | null): void {
  kernelModule = module;
}

/** The engine of that name, or the reference engine where there is no kernel. */
export function chooseEngine(name: EngineName): Engine {
  return chooseFast(name) ?? referenceEngine;
}

/** The engine for spans of large inputs; null where inputs are taken only whole. */
export function chooseSpanEngine(name: EngineName): SpanEngine | null {
  return chooseFast(name)?.spans ?? null;
}

/** The quick look at a file, as the engine of that name takes it. */
export function chooseQuickLook(name: EngineName): QuickLook {
  return chooseFast(name)?.quickLook ?? QUICK_LOOK;
}

function chooseFast(name: EngineName): FastEngine | null {
  if (name === 'reference') return null;
  if (fastEngine === null) {
    const module = loadKernelModule();
    if (module === null) return null;
    fastEngine = createFastEngine(module);
  }
  return fastEngine;
}
