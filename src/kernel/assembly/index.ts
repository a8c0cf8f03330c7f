/**
 * What the kernel offers: one WebAssembly module, memory from outside, no allocation of its own.
 */
export { countBytes } from './count-bytes';
export { countTrims, emitRecords, emittedEnd, emitWhole, requotedFields } from './emit-records';
export { endsInDigitRows } from './ends-in-digit-rows';
export { enterCell, findCells } from './find-cells';
export { consumedBytes, fieldCount, indexRecords } from './index-records';
export { layOutKeys } from './lay-out-keys';
export { listLines } from './list-lines';
export { learnShape, passCells } from './pass-cells';
export { patchColumn, patchRequoted } from './patch-column';
export { printNumber, printNumbers } from './print-number';
export { countTokens, readColumn } from './read-column';
export { selectZeros, writeFates } from './record-bytes';
export { tallyLooks } from './tally-looks';
export { hashKey, writeKeys } from './write-keys';
