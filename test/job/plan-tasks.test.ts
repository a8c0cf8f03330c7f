import { describe, expect, test } from 'vitest';
import {
  NO_PIPES,
  PACK_BYTES,
  PACK_INPUTS,
  planTasks,
  toTaskInput,
} from '../../src/job/plan-tasks.js';
import type { TaskInput } from '../../src/task/task.js';

const PLAIN = { compression: null, outputCompression: null };

function inputsOf(...sizes: readonly number[]): TaskInput[] {
  return sizes.map((sizeBytes, index) => ({
    index,
    settingsIndex: 0,
    path: `/in/${index}.csv`,
    name: `${index}.csv`,
    sizeBytes,
    ...PLAIN,
    packedTemp: null,
    ...NO_PIPES,
    outputTemp: null,
    rejectsTemp: null,
    rewrittenTemp: '',
    decodedTemp: '',
    spoolTemp: null,
    spillTemp: null,
  }));
}

function indexesOf(inputs: readonly TaskInput[]): readonly (readonly number[])[] {
  return planTasks(inputs).map((task) => task.inputs.map((input) => input.index));
}

describe('planTasks', () => {
  test('makes no task of no input', () => {
    expect(planTasks([])).toEqual([]);
  });

  test('puts the largest first, and keeps the order of the inputs when sizes are equal', () => {
    const [kib20, kib30] = [20 * 1024, 30 * 1024];
    expect(indexesOf(inputsOf(kib20, kib30, kib20, kib30))).toEqual([[1], [3], [0], [2]]);
  });

  test('packs small inputs up to the size of a pack, and no further', () => {
    const half = PACK_BYTES / 2;
    expect(indexesOf(inputsOf(half, half))).toEqual([[0, 1]]);
    expect(indexesOf(inputsOf(half, half + 1))).toEqual([[1], [0]]);
    expect(indexesOf(inputsOf(half, half, 1))).toEqual([[0, 1], [2]]);
  });

  test('gives an input above the size of a pack a task of its own', () => {
    expect(indexesOf(inputsOf(1, PACK_BYTES + 1, 2))).toEqual([[1], [2, 0]]);
  });

  test('limits how many inputs share a pack, when all are empty', () => {
    const counts = planTasks(inputsOf(...Array<number>(PACK_INPUTS * 2 + 1).fill(0))).map(
      (task) => task.inputs.length,
    );
    expect(counts).toEqual([PACK_INPUTS, PACK_INPUTS, 1]);
  });

  test('holds each input exactly once, whatever the sizes', () => {
    const sizes = Array.from({ length: 500 }, (_, i) => (i * 7919) % 40_000);
    const tasks = planTasks(inputsOf(...sizes));
    const indexes = tasks.flatMap((task) => task.inputs.map((input) => input.index));
    expect(indexes.sort((a, b) => a - b)).toEqual(sizes.map((_, i) => i));
  });
});

describe('toTaskInput', () => {
  const planned = {
    index: 3,
    settingsIndex: 1,
    path: '/in/x.csv',
    name: 'x.csv',
    relativePath: 'x.csv',
    sizeBytes: 5,
    isStream: false,
    ...PLAIN,
    outputPath: '/out/a/x.csv',
    outputName: 'out/a/x.csv',
    rejectsPath: '/out/rejects/a/x.csv.rejects.csv',
    rejectsName: 'out/rejects/a/x.csv.rejects.csv',
  };
  const inFolder = (folder: string): string => `${folder}/temp`;

  test('puts temporary files beside the final ones, so that a rename is one step', () => {
    expect(toTaskInput(planned, inFolder, null)).toEqual({
      index: 3,
      settingsIndex: 1,
      path: '/in/x.csv',
      name: 'x.csv',
      sizeBytes: 5,
      ...PLAIN,
      packedTemp: null,
      ...NO_PIPES,
      outputTemp: '/out/a/temp',
      rejectsTemp: '/out/rejects/a/temp',
      rewrittenTemp: '/out/a/temp',
      decodedTemp: '/out/a/temp',
      spoolTemp: null,
      spillTemp: null,
    });
  });

  test('writes no rejects when there is no place for them, and nothing in a dry run', () => {
    const withoutRejects = { ...planned, rejectsPath: null, rejectsName: null };
    expect(toTaskInput(withoutRejects, inFolder, null).rejectsTemp).toBeNull();
    const dry = toTaskInput(planned, inFolder, '/scratch');
    expect([dry.outputTemp, dry.rejectsTemp]).toEqual([null, null]);
    expect(dry.rewrittenTemp).toBe('/scratch/rewritten-3.tmp');
  });
});
