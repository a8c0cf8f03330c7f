#!/usr/bin/env node
/**
 * Writes small data sets of one shape each, those included that suit csvclean least: the same bytes
 * for the same call.
 *
 *   node bench/gen-shapes.mjs OUTDIR [SHAPE ...]      (default: all shapes)
 *
 * Writes OUTDIR/shapes/<shape>/table_0000.csv, …; GEN_SHAPE_MB=100 makes each 100 MB (default 20).
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom, writeTable } from './random.mjs';

const MEGABYTE = 1e6;
const SEED = 201;
const USUAL_FILES = 4;
const WIDE_COLUMNS = 500;

/** A shape gives, for a source of random numbers, its header and a function for row after row. */
const SHAPES = new Map([
  ['numbers', { shape: numbers }],
  ['long-text', { shape: longText }],
  ['quoted', { shape: alwaysQuoted }],
  ['one-byte', { shape: oneByteCells }],
  ['wide', { shape: wide }],
  ['mess', { shape: mess }],
  ['semicolon', { shape: semicolons }],
  ['small-files', { shape: orders, fileCount: 2000 }],
]);

const WORDS = ['amber', 'birch', 'clay', 'dune', 'elm', 'fjord', 'grove', 'höhe', 'isle', 'jute'];

main(process.argv.slice(2));

function main([outFolder, ...asked]) {
  const names = asked.length > 0 ? asked : [...SHAPES.keys()];
  const unknown = names.filter((name) => !SHAPES.has(name));
  const megabytes = Number(process.env.GEN_SHAPE_MB ?? 20);
  if (outFolder === undefined || unknown.length > 0 || !(megabytes > 0)) {
    console.error(`usage: node bench/gen-shapes.mjs OUTDIR [${[...SHAPES.keys()].join(' ')}]`);
    if (unknown.length > 0) console.error(`no such shape: ${unknown.join(', ')}`);
    process.exitCode = 2;
    return;
  }
  for (const name of names) writeShape(outFolder, name, megabytes * MEGABYTE);
}

function writeShape(outFolder, name, wantedBytes) {
  const { shape, fileCount = USUAL_FILES } = SHAPES.get(name);
  const folder = join(outFolder, 'shapes', name);
  mkdirSync(folder, { recursive: true });
  let totalBytes = 0;
  for (let index = 0; index < fileCount; index += 1) {
    const { header, nextRow } = shape(createDice(SEED * 1_000_003 + index), index);
    const path = join(folder, `table_${String(index).padStart(4, '0')}.csv`);
    totalBytes += writeTable(path, header, wantedBytes / fileCount, nextRow).writtenBytes;
  }
  const megabytes = (totalBytes / MEGABYTE).toFixed(2);
  console.log(`shapes/${name}: ${fileCount} file(s), ${megabytes} MB`);
}

/** Random things to make cells of. */
function createDice(seed) {
  const random = createRandom(seed);
  const below = (limit) => Math.floor(random() * limit);
  const word = () => WORDS[below(WORDS.length)];
  return {
    random,
    below,
    word,
    chance: (share) => random() < share,
    words: (count) => Array.from({ length: count }, word).join(' '),
    money: () => (random() * 1000).toFixed(2),
  };
}

/** Twelve columns, each a kind of number; the last three take all of a double's digits. */
function numbers({ random, below, money }) {
  const header = 'row,count,price,rate,delta,ppm,tiny,huge,flag,share,ratio,root\n';
  let row = 0;
  const nextRow = () => {
    row += 1;
    const plain = `${row},${below(100_000)},${money()},${random().toFixed(4)}`;
    const signed = `${(random() - 0.5).toFixed(6)},${below(1e6) / 10}`;
    const far = `${(random() * 1e-7).toExponential(3)},${below(2 ** 31) * 4_000_001}`;
    const long = `${random() * random()},${(1 + random()) / 3},${Math.sqrt(random())}`;
    return `${plain},${signed},${far},${below(2)},${long}\n`;
  };
  return { header, nextRow };
}

/** A number and two long texts; one in ten is quoted, for a comma or a line end. */
function longText({ below, words, chance }) {
  let row = 0;
  const text = () => {
    const plain = words(40 + below(200));
    if (!chance(0.1)) return plain;
    return `"${plain}${chance(0.5) ? ', ' : '\n'}${words(20)}"`;
  };
  const nextRow = () => {
    row += 1;
    return `${row},${text()},${text()}\n`;
  };
  return { header: 'row,body,remarks\n', nextRow };
}

/** Every cell quoted, as many exporters do; a few with a doubled quote or a comma. */
function alwaysQuoted({ money, word, words, below, chance }) {
  const names = ['row', 'amount', 'first', 'second', 'third', 'size', 'remarks'];
  const line = (cells) => `"${cells.join('","')}"\n`;
  let row = 0;
  const nextRow = () => {
    row += 1;
    const remarks = chance(0.05) ? `the ""${word()}"", ${word()}` : words(3);
    return line([row, money(), word(), word(), word(), below(100), remarks]);
  };
  return { header: line(names), nextRow };
}

/** Twenty columns of one character: as many separators as text. */
function oneByteCells({ below }) {
  const columns = Array.from({ length: 20 }, (_, i) => i);
  const cell = (i) => (i % 2 === 0 ? below(10) : String.fromCharCode(97 + below(26)));
  const nextRow = () => `${columns.map(cell).join(',')}\n`;
  return { header: `${columns.map((i) => `c${i}`).join(',')}\n`, nextRow };
}

function wide({ below, money, word }) {
  const columns = Array.from({ length: WIDE_COLUMNS }, (_, i) => i);
  const cell = (i) => (i % 5 === 0 ? word() : i % 5 === 1 ? money() : below(1000));
  const nextRow = () => `${columns.map(cell).join(',')}\n`;
  return { header: `${columns.map((i) => `c${i}`).join(',')}\n`, nextRow };
}

/**
 * What hand-made exports look like: a byte order mark, CRLF in every second file, padded cells and
 * names, quotes without need, short and long rows, blank rows, and many ways to say "missing".
 */
function mess({ random, below, money, word, words, chance }, index) {
  const end = index % 2 === 0 ? '\r\n' : '\n';
  const mark = index === 1 ? '\ufeff' : '';
  const pad = (cell) => (chance(0.2) ? `  ${cell} ` : cell);
  const missing = ['', 'NA', 'n/a', '-', 'NULL'];
  let row = 0;
  const nextRow = () => {
    row += 1;
    if (chance(0.01)) return chance(0.5) ? end : `,,,,,${end}`;
    const amount = chance(0.05) ? missing[below(missing.length)] : money();
    const cells = [row, pad(word()), pad(amount), chance(0.3) ? `"${words(2)}"` : words(2)];
    cells.push(chance(0.03) ? `"${word()}${end}${word()}"` : word(), below(50));
    const fate = random();
    if (fate < 0.02) cells.length = 4;
    else if (fate < 0.04) cells.push('', '');
    else if (fate < 0.041) cells.push('one', 'more');
    return `${cells.join(',')}${end}`;
  };
  return { header: `${mark}Row, Tree Name ,Amount (€),Notes,"Two Lines",Size${end}`, nextRow };
}

/** A spreadsheet's export where the comma stands in numbers. */
function semicolons({ below, money, word, words, chance }) {
  let row = 0;
  const nextRow = () => {
    row += 1;
    const text = chance(0.05) ? `"${word()}; ${word()}"` : words(2);
    return `${row};${money().replace('.', ',')};${word()};${below(1000)};${text};${word()}\n`;
  };
  return { header: 'row;amount;place;size;remarks;kind\n', nextRow };
}

/** An ordinary table; its files are small and many. */
function orders({ below, money, word, words }, index) {
  let row = index * 100_000;
  const nextRow = () => {
    row += 1;
    return `${row},${word()},${money()},${below(20)},${words(3)}\n`;
  };
  return { header: 'order,place,amount,pieces,remarks\n', nextRow };
}
