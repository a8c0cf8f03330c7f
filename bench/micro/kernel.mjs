/**
 * How long the kernel's functions take: one pass over a block that finds where the fields end
 * (`indexRecords`) and one that writes all records with one more column (`emitRecords`), beside one
 * that only copies the bytes, which says how fast this machine's memory is today; then
 * nanoseconds a cell for reading columns of usual shapes, and for printing them.
 *
 *   npm run build && node bench/micro/kernel.mjs [records]
 */
import { readFileSync } from 'node:fs';
import { NA_TOKENS } from '../../dist/csv/missing.js';
import { loadKernel } from '../../dist/kernel/load-kernel.js';
import { POWER_TABLE_BYTES, writePowerTable } from '../../dist/kernel/power-table.js';
import { tokenTableBytes, writeTokenTable } from '../../dist/kernel/token-table.js';

const RECORDS = Number(process.argv[2] ?? 5000);
const ROUNDS = Math.max(31, Math.ceil(2_000_000 / RECORDS));
/** The first rounds run in the compiler's first, slower code. */
const WARM_UP = ROUNDS;
const COMMA = 0x2c;
const QUOTE = 0x22;

let state = 20261121;
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};
const below = (n) => Math.floor(random() * n);
const pick = (list) => list[below(list.length)];
const CITIES = ['Berlin', 'Oslo', 'Rio', 'Nairobi', 'New York', 'São Paulo', 'Lima', 'Ebro'];
const pad = (n) => String(n).padStart(2, '0');
const date = () => `2025-${pad(1 + below(12))}-${pad(1 + below(28))}`;
const cents = () => Math.exp(random() * 6 - 1).toFixed(2);

/** One cell of each column. */
const COLUMNS = {
  'money (12.34)': cents,
  'one shape (12.34)': () => (10 + random() * 89).toFixed(2),
  'integer, 1 - 7 digits': () => String(below(10 ** (1 + below(7)))),
  'one digit': () => String(below(10)),
  'signed, 6 decimals': () => (random() * 360 - 180).toFixed(6),
  'quoted money': () => `"${cents()}"`,
  '16 - 18 digits (String)': () => String(random() * 100),
  'exponent (1.5e-7)': () => (random() * 10 ** -below(20)).toExponential(3),
  empty: () => '',
  'half empty': () => (random() < 0.5 ? '' : cents()),
  'tokens (NA)': () => pick(['NA', 'N/A', 'null', '-', 'NaN']),
  'words (Berlin)': () => pick(CITIES),
  date,
  'date and time': () => `${date()} ${pad(below(24))}:${pad(below(60))}:00`,
};

const names = Object.keys(COLUMNS);
const rows = [];
for (let i = 0; i < RECORDS; i++) rows.push(names.map((name) => COLUMNS[name]()).join(','));
const block = Buffer.from(`${rows.join('\n')}\n`);

/** Where everything lies, one after the other, each at a multiple of 64. */
let used = 1024;
const place = (bytes) => {
  const at = used;
  used = Math.ceil((used + bytes + 64) / 64) * 64;
  return at;
};
const powers = place(POWER_TABLE_BYTES);
const tokens = place(tokenTableBytes(NA_TOKENS));
const source = place(block.length);
const target = place(block.length);
const fieldEnds = place(4 * RECORDS * (names.length + 1));
const recordFields = place(4 * (RECORDS + 1));
const flags = place(RECORDS + 1);
const values = place(8 * RECORDS);
const kinds = place(RECORDS);
const acts = place(RECORDS);
const pieces = place(16);
const made = place(8);
const printed = place(26 * RECORDS);
const printedEnds = place(4 * (RECORDS + 1));
const output = place(2 * block.length + 26 * RECORDS);

const memory = new WebAssembly.Memory({ initial: Math.ceil(used / 65536) });
const wasm = readFileSync(new URL('../../dist/kernel/kernel.wasm', import.meta.url));
const { exports } = loadKernel(new WebAssembly.Module(wasm), memory);
writePowerTable(memory.buffer, powers);
writeTokenTable(NA_TOKENS, memory.buffer, tokens);
const bytes = new Uint8Array(memory.buffer);
bytes.set(block, source);

const index = () => {
  const lists = [fieldEnds, recordFields, flags];
  const { length } = block;
  return exports.indexRecords(
    source,
    length,
    1,
    COMMA,
    QUOTE,
    0,
    names.length,
    1 << 24,
    1 << 24,
    ...[0, 0, 0, 0],
    ...lists,
  );
};
const read = (column) => {
  const where = [source, RECORDS, fieldEnds, recordFields, flags];
  const tables = [powers, tokens, NA_TOKENS.size];
  exports.readColumn(...where, 1, 8, column, QUOTE, 0, ...tables, values, kinds);
};
const print = () =>
  exports.printNumbers(values, kinds, acts, RECORDS, printed, printedEnds, powers);
/** All input columns, then the printed one. */
const emit = () => {
  const words = new Uint32Array(memory.buffer);
  words.set([0, names.length - 1, 0xffffffff, 0], pieces / 4);
  words.set([printed, printedEnds], made / 4);
  const lists = [source, fieldEnds, recordFields, flags, 8, 0, COMMA, QUOTE, 0, RECORDS, acts];
  return exports.emitRecords(...lists, pieces, 2, made, 0, output, used);
};
const copy = () => bytes.copyWithin(target, source, source + block.length);

const printing = (name) => `${name}, printed`;

// So that the first call to write finds printed cells.
index();
read(0);
print();
if (emit() !== RECORDS) throw new Error('the kernel stopped before the last record');

const jobs = new Map([
  ['copy', copy],
  ['index', index],
  ['emit', emit],
  ...names.flatMap((name, column) => [
    [name, () => read(column)],
    [printing(name), print],
  ]),
]);
const times = new Map([...jobs.keys()].map((name) => [name, []]));
for (let round = -WARM_UP; round < ROUNDS; round++) {
  for (const [name, job] of jobs) {
    const start = performance.now();
    job();
    if (round >= 0) times.get(name).push(performance.now() - start);
  }
}
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const gigabytes = (name) => (block.length / median(times.get(name)) / 1e6).toFixed(2);
console.log(
  `${RECORDS} records, ${(block.length / RECORDS).toFixed(0)} bytes each, ${ROUNDS} rounds`,
);
const speeds = ['copy', 'index', 'emit'].map((name) => `${name} ${gigabytes(name)} GB/s`);
console.log(speeds.join(', '));
for (const [column, name] of names.entries()) {
  read(column);
  const slow = bytes.subarray(kinds, kinds + RECORDS).filter((kind) => kind === 5).length;
  const numbers = bytes.subarray(kinds, kinds + RECORDS).filter((kind) => kind >= 2).length;
  const ns = (job) => ((median(times.get(job)) * 1e6) / RECORDS).toFixed(1).padStart(6);
  const told = [
    `${name.padEnd(26)}${ns(name)} ns a cell`,
    ...(numbers > RECORDS / 2 ? [`${ns(printing(name))} printed`] : []),
    ...(slow > 0 ? [`${slow} slow`] : []),
  ];
  console.log(told.join(', '));
}
