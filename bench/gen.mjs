#!/usr/bin/env node
/**
 * Writes the benchmark's data sets: taxi-like CSV files, the same bytes for the same call.
 * It stands apart from what is measured, so that every tool reads the same files; it knows nothing
 * of them.
 *
 *   node bench/gen.mjs OUTDIR [XS S M L XL ONE]      (default: all sets but XL)
 *
 * Writes OUTDIR/<set>/trips_0000.csv, trips_0001.csv, ...; GEN_L_MB=2000 makes L 2 GB. See
 * bench/README.md.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom, writeTable } from './random.mjs';

const MEGABYTE = 1e6;
/** Ids of one file never meet those of the next. */
const IDS_PER_FILE = 10_000_000;

/** Files, and the size at which a file of the set is full. */
const SETS = new Map([
  ['XS', { fileCount: 20, fileBytes: 0.05 * MEGABYTE, seed: 101 }],
  ['S', { fileCount: 200, fileBytes: 0.5 * MEGABYTE, seed: 102 }],
  ['M', { fileCount: 16, fileBytes: 25 * MEGABYTE, seed: 103 }],
  ['L', { fileCount: 1, fileBytes: largeSetMegabytes() * MEGABYTE, seed: 104 }],
  ['XL', { fileCount: 1, fileBytes: 2000 * MEGABYTE, seed: 106, isLarge: true }],
  ['ONE', { fileCount: 1, fileBytes: 1000, seed: 105 }],
]);

const HEADER = 'id,Pickup Time, Vendor Name ,value,fare,tip,distance,city,note,flag\n';
const BLANK_ROW = ',,,,,,,,,\n';

const PLAIN_VENDORS = [
  'Harbour Cabs',
  'Metro Wheels',
  'Northside Taxi',
  'City Link',
  'Comet',
  'Blue Badge Cars',
  'Station Rank Cooperative',
  'Swift',
];
const QUOTED_VENDORS = [
  '"Brown, Hill & Sons"',
  '"The ""Night Owl"" Service"',
  '"Airport Cars, Inc."',
  '"Lee ""Lucky"" Wong, Ltd"',
];
const CITIES = [
  'Boston',
  'Genève',
  'Hamburg',
  'Lisbon',
  'Málaga',
  'New Orleans',
  'Oslo',
  'Rome',
  'San Diego',
  'Utrecht',
];
const WORDS = [
  'airport',
  'card',
  'cash',
  'dog',
  'ferry',
  'hotel',
  'late',
  'night',
  'ok',
  'snow',
  'toll',
  'wait',
];

/** `MM-DD` of every day of 2025. */
const DAYS = Array.from({ length: 365 }, (_, day) =>
  new Date(Date.UTC(2025, 0, 1 + day)).toISOString().slice(5, 10),
);

main(process.argv.slice(2));

function main([outFolder, ...asked]) {
  const usual = [...SETS].filter(([, { isLarge }]) => isLarge !== true).map(([name]) => name);
  const names = asked.length > 0 ? asked : usual;
  const unknown = names.filter((name) => !SETS.has(name));
  if (outFolder === undefined || unknown.length > 0) {
    console.error(`usage: node bench/gen.mjs OUTDIR [${[...SETS.keys()].join(' ')}]`);
    if (unknown.length > 0) console.error(`no such set: ${unknown.join(', ')}`);
    process.exitCode = 2;
    return;
  }
  for (const name of names) writeSet(outFolder, name);
}

function largeSetMegabytes() {
  const megabytes = Number(process.env.GEN_L_MB ?? 500);
  if (!(megabytes > 0))
    throw new Error(`GEN_L_MB must be a number above 0: ${process.env.GEN_L_MB}`);
  return megabytes;
}

/** Writes one set and prints a line about it. */
function writeSet(outFolder, name) {
  const { fileCount, fileBytes, seed } = SETS.get(name);
  const folder = join(outFolder, name);
  mkdirSync(folder, { recursive: true });
  let totalBytes = 0;
  let totalRows = 0;
  for (let index = 0; index < fileCount; index += 1) {
    const path = join(folder, `trips_${String(index).padStart(4, '0')}.csv`);
    const nextRow = createRows(createRandom(seed * 1_000_003 + index), index * IDS_PER_FILE);
    const { writtenBytes, rowCount } = writeTable(path, HEADER, fileBytes, nextRow);
    totalBytes += writtenBytes;
    totalRows += rowCount;
  }
  const megabytes = (totalBytes / MEGABYTE).toFixed(2);
  console.log(`${name}: ${fileCount} file(s), ${megabytes} MB, ${totalRows} rows`);
}

/** A function that gives one row after another, line end included. */
function createRows(random, firstId) {
  const gauss = createGauss(random);
  const money = (mu, sigma) => Math.exp(mu + sigma * gauss()).toFixed(2);
  const chance = (share) => random() < share;
  const pick = (values) => values[Math.floor(random() * values.length)];
  let id = firstId;
  return () => {
    id += 1;
    if (chance(0.005)) return BLANK_ROW;
    const vendor = chance(0.08) ? pick(QUOTED_VENDORS) : pick(PLAIN_VENDORS);
    // Log-normal: about 0.9 % are above 500, the limit of the benchmark's filter.
    const value = chance(0.01) ? '' : money(3.6, 1.1);
    const fare = money(2.6, 0.6);
    const tip = chance(0.3) ? '0.00' : money(0.8, 0.7);
    const distance = money(0.9, 0.8);
    const trip = `${id},${pickupTime(random)},${vendor},${value},${fare},${tip},${distance}`;
    return `${trip},${pick(CITIES)},${note(random, pick)},${chance(0.5) ? 'Y' : 'N'}\n`;
  };
}

/** A second of 2025, as `2025-03-09T17:04:59`. */
function pickupTime(random) {
  const second = Math.floor(random() * 86_400);
  const hours = twoDigits(Math.floor(second / 3600));
  const minutes = twoDigits(Math.floor(second / 60) % 60);
  return `2025-${DAYS[Math.floor(random() * 365)]}T${hours}:${minutes}:${twoDigits(second % 60)}`;
}

/** 2 % two lines in quotes, 48 % one word, 40 % two words, 10 % nothing. */
function note(random, pick) {
  const kind = random();
  if (kind < 0.02) return `"${pick(WORDS)}\n${pick(WORDS)}"`;
  if (kind < 0.5) return pick(WORDS);
  if (kind < 0.9) return `${pick(WORDS)} ${pick(WORDS)}`;
  return '';
}

function twoDigits(number) {
  return number < 10 ? `0${number}` : String(number);
}

/** Standard normal numbers by pairs: Box and Muller 1958. */
function createGauss(random) {
  let spare = null;
  return () => {
    if (spare !== null) {
      const second = spare;
      spare = null;
      return second;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}
