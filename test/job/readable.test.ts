/** Inputs that are made readable first: decoded, or rewritten from another dialect; whole and cut. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { beforeAll, describe, expect, test } from 'vitest';
import { cleanFiles } from '../support/library.js';
import { makeTempFolder } from '../support/temp-folder.js';
import { listTemps, readOutputs } from '../support/tree.js';

const ROWS = 400;
const HEADER = 'id,Name,Straße,value';
const rows = Array.from(
  { length: ROWS },
  (_, i) => `${i},"Müller, ${i}",Größenweg ${i % 17},${(i * 37) % 101}.5`,
);
const TEXT = `${[HEADER, ...rows].join('\n')}\n`;
const BARS = TEXT.replaceAll(/,(?! )/g, '||');
const ESCAPED = TEXT.replaceAll('Müller', '\\"Müller\\"');

const INPUTS: Readonly<Record<string, Buffer>> = {
  'bars.csv': Buffer.from(BARS),
  'escaped.csv': Buffer.from(ESCAPED),
  'latin.csv': iconv.encode(TEXT, 'windows-1252'),
  'latin-bars.csv': iconv.encode(BARS, 'windows-1252'),
  'utf16.csv': iconv.encode(TEXT, 'utf-16le', { addBOM: true }),
  'utf8.csv': Buffer.from(TEXT),
};

const folder = makeTempFolder();
const inputs = join(folder, 'in');
let expected = '';

beforeAll(async () => {
  mkdirSync(inputs);
  for (const [name, bytes] of Object.entries(INPUTS)) writeFileSync(join(inputs, name), bytes);
  const outDir = join(folder, 'plain');
  await cleanFiles({ inputs: join(inputs, 'utf8.csv'), outDir, workers: 0 });
  expected = readFileSync(join(outDir, 'utf8.csv'), 'utf8');
});

describe.each([
  ['whole, in the main thread', { workers: 0, spanSize: '1GB' }],
  ['whole, by the reference engine', { workers: 0, engine: 'reference' as const }],
  ['in spans of 700 bytes, on three threads', { workers: 3, spanSize: '700' }],
  ['judged together', { workers: 2, spanSize: '900', outlierScope: 'all' as const }],
])('cleaned %s', (name, options) => {
  test('every one is the same table as in plain UTF-8', async () => {
    const outDir = join(folder, name);
    const { files, status } = await cleanFiles({ inputs, outDir, ...options });
    expect(status).toBe('done');
    for (const [path, text] of Object.entries(readOutputs(outDir))) {
      if (path.startsWith('.csvclean')) continue;
      const found = Buffer.from(text, 'latin1').toString('utf8');
      const plain = path === 'escaped.csv' ? found.replaceAll('""', '') : found;
      expect(plain, path).toBe(expected);
    }
    const encodings = files.map(({ dialect }) => dialect?.encoding);
    const [utf8, latin] = ['utf-8', 'windows-1252'];
    expect(encodings).toEqual([utf8, utf8, latin, latin, 'utf-16le', utf8]);
    expect(listTemps(folder)).toEqual([]);
  });
});

test.each([
  ['windows-1252', (broken: number[]) => Buffer.from(broken), 0x81],
  ['utf-16be', (broken: number[]) => Buffer.from(broken.flatMap((byte) => [0xd8, byte])), 0x01],
] as const)('a byte that is nothing in %s is told where it is, whole and cut', async (...given) => {
  const [encoding, encode, byte] = given;
  const text = (from: string): Buffer => iconv.encode(from, encoding, { addBOM: false });
  const half = TEXT.length >> 1;
  const before = text(TEXT.slice(0, half));
  const path = join(folder, 'broken.csv');
  writeFileSync(path, Buffer.concat([before, encode([byte]), text(TEXT.slice(half))]));
  const places = [];
  for (const cut of [
    { workers: 0, spanSize: '1GB' },
    { workers: 0, spanSize: '700' },
    { workers: 3, spanSize: '700' },
  ]) {
    const options = { encoding, encodingErrors: 'strict', ...cut } as const;
    const outDir = join(folder, 'broken');
    const { files } = await cleanFiles({ inputs: path, outDir, ...options });
    const { code, line, byteOffset } = files[0]!.error!;
    places.push({ code, line, byteOffset });
  }
  const line = TEXT.slice(0, half).split('\n').length;
  const place = { code: 'BAD_ENCODING', line, byteOffset: before.length };
  expect(places).toEqual([place, place, place]);
  expect(listTemps(folder)).toEqual([]);
});

test('rejects of what was decoded have lines, and no byte offsets', async () => {
  const path = join(folder, 'ragged.csv');
  writeFileSync(path, iconv.encode(`${HEADER}\n${rows[0]}\n1,ä,b,c,d\n`, 'windows-1252'));
  const outDir = join(folder, 'ragged');
  await cleanFiles({ inputs: path, outDir, workers: 0 });
  const rejects = readFileSync(join(outDir, 'rejects', 'ragged.csv.rejects.csv'), 'utf8');
  expect(rejects.split('\n')[1]).toMatch(/ragged\.csv,3,,too_many_fields,/);
});

test.each([
  ['latin.csv', 'it would change from windows-1252 to UTF-8'],
  ['bars.csv', 'it would change its dialect to RFC 4180'],
])('%s is not cleaned in place', async (name, message) => {
  const copy = join(folder, `copy-of-${name}`);
  writeFileSync(copy, INPUTS[name]!);
  const { files } = await cleanFiles({ inputs: copy, inPlace: true, force: true, workers: 0 });
  expect(files[0]!.error?.message).toContain(message);
  expect(readFileSync(copy)).toEqual(INPUTS[name]);
});
