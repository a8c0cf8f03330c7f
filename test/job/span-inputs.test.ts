/**
 * Inputs that are hard to cut, or bad: in spans they give the same files as whole, or the same
 * error at the same place. Where records begin is seen wrongly in some of them, and found out.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { CleanOptions } from '../../src/index.js';
import { cleanFiles } from '../support/library.js';
import { type PointRule, runCommand } from '../support/run-command.js';
import { makeTempFolder, tempFolder } from '../support/temp-folder.js';
import { listTemps, readOutputs } from '../support/tree.js';

const HEADER = 'id,note,value\n';

/** Rows of three fields, with a line end inside quotes in every fifth. */
function rows(count: number, from = 1): string {
  return Array.from({ length: count }, (_, i) => {
    const id = from + i;
    const note = id % 5 === 0 ? `"two\nlines, ""${id}"""` : `note ${id}`;
    return `${id},${note},${(id * 37) % 101}\n`;
  }).join('');
}

/** The rows with bytes put in before some of them. */
function withBytes(...parts: readonly (string | readonly number[])[]): Buffer {
  const pieces = parts.map((part) => Buffer.from(part as string));
  return Buffer.concat([Buffer.from(HEADER), ...pieces]);
}

const BAD = [0xc3, 0x28];
const INPUTS: Readonly<Record<string, Buffer>> = {
  'unclosed.csv': withBytes(rows(30), '31,"open,7\n', rows(30, 32).replaceAll('"', '')),
  'unclosed-first.csv': withBytes('1,"open,7\n', rows(50, 2).replaceAll('"', '')),
  'unclosed-then-quotes.csv': withBytes(rows(20), '21,"open,7\n', rows(40, 22)),
  'huge-field.csv': withBytes(rows(20), `21,"${'long, \n""'.repeat(120)}",5\n`, rows(20, 22)),
  'huge-plain-field.csv': withBytes(rows(20), `21,${'long '.repeat(200)},5\n`, rows(20, 22)),
  'huge-first.csv': withBytes(`1,"${'long\n'.repeat(300)}",5\n`, rows(20, 2)),
  'huge-last.csv': withBytes(rows(20), `21,"${'long\n'.repeat(300)}",5`),
  'huge-header.csv': Buffer.from(`${'name '.repeat(200)},b,c\n${rows(20)}`),
  'only-header.csv': Buffer.from(`a,"${'b\n'.repeat(300)}",c\n`),
  'stray.csv': withBytes(rows(10), '11,5" nail,3\n', rows(20, 12), '32,a"b,2\n', rows(20, 33)),
  'stray-many.csv': withBytes(rows(60).replaceAll('note', 'no"te')),
  'stray-ends.csv': withBytes('1,x",1\n', rows(50, 2), '52,"'),
  'stray-then-multiline.csv': withBytes('1,x",1\n', '2,"a\nb\nc\n",4\n'.repeat(60)),
  'closed-and-on.csv': withBytes(rows(20), '21,"shut" and on,3\n', rows(30, 22)),
  'nul.csv': withBytes(rows(20), '21,a\0b,3\n\0\n', rows(30, 22)),
  'ragged.csv': withBytes(rows(20), '21,x\n', rows(20, 22), '42,x,y,z\n', rows(9, 43)),
  'ragged-and-broken.csv': withBytes(rows(20), '21,x\n', rows(20, 22), '42,', BAD, ',1\n', rows(5)),
  'broken-header.csv': Buffer.concat([Buffer.from([0x61, 0xff, 0x2c]), withBytes(rows(50))]),
  'broken-first.csv': withBytes('1,', BAD, ',1\n', rows(50, 2)),
  'broken-middle.csv': withBytes(rows(30), '31,', BAD, ',1\n', rows(30, 32)),
  'broken-last.csv': withBytes(rows(60), '61,', [0xe2, 0x82]),
  'broken-twice.csv': withBytes(rows(20), '21,', BAD, ',1\n', rows(30, 22), [0xff]),
  'broken-in-quotes.csv': withBytes(rows(20), '21,"', BAD, '\n",1\n', rows(30, 22)),
  'cr.csv': Buffer.from(`${HEADER}${rows(60)}`.replaceAll('\n', '\r')),
  'no-last-end.csv': withBytes(rows(60).trimEnd()),
  'blank-end.csv': withBytes(rows(30), '\n'.repeat(400)),
};

const RULES: Readonly<Record<string, Omit<CleanOptions, 'inputs'>>> = {
  default: {},
  'strict, in one pass': { ragged: 'error', outliers: 'off', encodingErrors: 'strict' },
  'strict, in many passes': {
    ...{
      ragged: 'error',
      encodingErrors: 'strict',
      outliers: 'iqr',
      where: 'value <= mean(value) * 3',
      maxField: 400,
    },
    derive: ['share = value / sum(value)'],
  },
};

/** Of the inputs under each of these rules. */
const CUTS: readonly (readonly [spanSize: number, workers: number])[][] = [
  [
    [13, 0],
    [80, 3],
  ],
  [
    [110, 0],
    [41, 2],
  ],
  [
    [29, 0],
    [64, 3],
  ],
];
const CUT_RULES = Object.entries(RULES).map((one, i) => [...one, CUTS[i]!] as const);

const folder = makeTempFolder();
const inputs = join(folder, 'in');
beforeAll(() => {
  mkdirSync(inputs);
  for (const [name, bytes] of Object.entries(INPUTS)) writeFileSync(join(inputs, name), bytes);
});

async function run(outDir: string, options: Omit<CleanOptions, 'inputs'>) {
  const { files } = await cleanFiles({ inputs, outDir, ...options });
  expect(listTemps(folder)).toEqual([]);
  const told = files.map(({ worker: _, wallMs: __, cpuMs: ___, spans: ____, ...file }) => file);
  return { told, spans: files.map(({ spans }) => spans), outputs: readOutputs(outDir) };
}

describe.each(CUT_RULES)('by rules that are %s', (name, rules, cuts) => {
  const outDir = join(folder, name);
  let whole: Awaited<ReturnType<typeof run>>;
  beforeAll(async () => {
    whole = await run(outDir, { ...rules, workers: 0, spanSize: '1GB' });
    const failed = whole.told.flatMap(({ error }) => error?.code ?? []);
    expect(failed.includes('NOT_UTF8')).toBe(rules.encodingErrors === 'strict');
    expect(failed.includes('RAGGED')).toBe(rules.ragged === 'error');
  });

  test.each(cuts)(
    'each in spans of %i bytes as whole, with %i workers',
    async (spanSize, workers) => {
      const split = await run(outDir, { ...rules, workers, spanSize });
      expect(split.told).toEqual(whole.told);
      expect(split.outputs).toEqual(whole.outputs);
      expect(split.spans.filter((count) => count > 1).length).toBeGreaterThan(5);
    },
  );
});

describe('cut at every byte', () => {
  const SMALL: Readonly<Record<string, string>> = {
    'CRLF, inside quotes and out': `a,b\r\n${'1,"x\r\ny"\r\n\r\n22,\r\n'.repeat(8)}`,
    'CRLF and LF': `a,b\n${'1,x\r\n2,y\n'.repeat(16)}`,
    'CR alone': `a,b\r${'1,"x\ry"\r22,z\r'.repeat(10)}`,
    'characters of several bytes': `a,é😀\n${'é,漢😀\n"😀\n\u00a0",\ufeff\n'.repeat(6)}`,
    'NUL bytes': `a,b\n${'\0,"\0"\n\0\n'.repeat(15)}`,
    'quotes side by side': `a,b\n${'"""",""\n"",""""""\n'.repeat(9)}`,
  };

  test.each(Object.entries(SMALL))('%s: the same as whole', async (name, text) => {
    const path = join(tempFolder(), 'x.csv');
    const outDir = join(path, '..', 'out');
    writeFileSync(path, text);
    const outcome = async (spanSize: number) => {
      const options = { inputs: path, outDir, workers: 0, spanSize, keepBlank: true };
      const { files } = await cleanFiles(options);
      const { report, error, spans } = files[0]!;
      return { told: { report, error, outputs: readOutputs(outDir) }, spans };
    };
    const whole = await outcome(2 ** 20);
    expect([name, whole.told.error, whole.spans]).toEqual([name, null, 1]);
    const largest = Math.ceil(Buffer.byteLength(text) / 8) - 1;
    for (let spanSize = 1; spanSize <= largest; spanSize++) {
      const { told, spans } = await outcome(spanSize);
      expect(told, `${spanSize}`).toEqual(whole.told);
      expect(spans, `${spanSize}`).toBeGreaterThan(8);
    }
  });
});

describe('of two faults in different spans the first one is named', () => {
  const text = `${HEADER}${rows(40)}41,short\n${rows(6, 42)}48,x,y,z,long\n${rows(40, 49)}`;
  // In spans of 64 bytes, near each other: two workers wait while one is held up.
  const early = Math.floor(text.indexOf('41,short') / 64);
  const late = Math.floor(text.indexOf('48,x') / 64);

  expect([1, 2]).toContain(late - early);

  test.each([
    ['measure', []],
    ['clean', ['--outliers', 'off']],
  ])('by the step "%s", when the later one is reached first', async (step, more) => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'x.csv'), text);
    const [reached, x] = [join(folder, 'reached'), join(folder, 'x.csv')];
    const args = [
      x,
      '--ragged',
      'error',
      '--out-dir',
      join(folder, 'out'),
      '--json',
      '-q',
      ...more,
    ];
    const points: PointRule[] = [
      // Goes on at once: what it waits for is what it makes.
      {
        point: 'span-start',
        at: `x.csv ${step} ${late}`,
        action: 'pause',
        once: reached,
        until: reached,
      },
      { point: 'span-start', at: `x.csv ${step} ${early}`, action: 'pause', until: reached },
    ];
    const whole = await runCommand([...args, '--workers', '1']);
    const split = await runCommand([...args, '--workers', '3', '--span-size', '64'], { points });
    const errorOf = ({ stdout }: typeof split) => JSON.parse(stdout).files[0].error;
    expect(errorOf(whole)).toMatchObject({ code: 'RAGGED', message: '2 fields, the header has 3' });
    expect(errorOf(split)).toEqual(errorOf(whole));
    expect(split.code).toBe(1);
  });
});
