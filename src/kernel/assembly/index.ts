/**
 * What the kernel offers: one WebAssembly module, memory from outside, no allocation of its own.
 */
export { consumedBytes, fieldCount, indexRecords } from './index-records';
export { printNumber } from './print-number';
export { readColumn } from './read-column';
