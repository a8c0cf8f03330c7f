/** The kernel against its twins, at length. */
import { test } from 'vitest';
import { builtKernel, builtModule } from './built-kernel.js';
import { checkEmit } from './emit-suite.js';
import { checkFind } from './find-suite.js';
import { checkIndex } from './index-suite.js';
import { checkKeys, checkLayOut } from './keys-suite.js';
import { checkPass } from './pass-suite.js';
import { checkPrinter, createPrinter } from './print-suite.js';
import { checkCells, checkSums, checkTexts } from './profile-suite.js';
import { checkReader, createReader } from './read-suite.js';

const seed = Number(process.env.SEED ?? 20261121);
console.log(`kernel: SEED=${seed}`);

test('the kernel indexes 40,000 random blocks as the scalar scanner does', () => {
  checkIndex(builtKernel('kernel.wasm'), seed, 40_000);
});

test('the kernel writes 20,000 random blocks as their fields joined', () => {
  checkEmit(builtKernel('kernel.wasm'), seed, 20_000);
});

test('the kernel writes the keys of 20,000 random blocks as its twin', () => {
  checkKeys(builtKernel('kernel.wasm'), seed, 20_000);
});

test('the kernel divides 10,000 random lists of keys as its twin', () => {
  checkLayOut(builtKernel('kernel.wasm'), seed, 10_000);
});

test('the kernel passes over the cells of 50,000 random blocks as its twin', () => {
  checkPass(builtKernel('kernel.wasm'), seed, 50_000);
});

test('the kernel finds the known cells of 30,000 random blocks as a map does', () => {
  checkFind(builtKernel('kernel.wasm'), seed, 30_000);
});

test('the kernel prints 20 million random doubles as String does', () => {
  checkPrinter(createPrinter(builtKernel('kernel.wasm')), seed, 20_000_000);
});

test('the kernel reads 4 million random cells as parseNumber does', () => {
  checkReader(createReader(builtKernel('kernel.wasm')), seed, 4_000_000);
});

test('the profiling kernel counts the cells of 20,000 random blocks as a map does', () => {
  checkCells(builtModule('profiler.wasm'), seed, 20_000);
});

test('the profiling kernel says of a million random texts what kindOfValue does', () => {
  checkTexts(builtModule('profiler.wasm'), seed, 1_000_000);
});

test('the profiling kernel sums 20,000 columns of doubles as addValues does', () => {
  checkSums(builtModule('profiler.wasm'), seed, 20_000);
});
