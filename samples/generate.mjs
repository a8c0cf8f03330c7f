#!/usr/bin/env node
/**
 * Writes the sample files: small exports with the faults that real ones have, the same bytes every
 * time. They stand in the repository for the demo and for tests; this script is the place to
 * change them.
 *
 *   node samples/generate.mjs [OUTDIR]      (default: this folder)
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BOM = '\ufeff';
const DAY_MS = 86_400_000;

const TAXI_HEADER = [
  'Trip ID',
  ' Vendor Name ',
  'Pickup Time',
  'Passenger Count',
  'Trip Distance (km)',
  'Fare Amount',
  'Tip %',
  'Payment Type',
  "Driver's Note",
];
const TAXI_NOTES = [
  '',
  '',
  '',
  'airport',
  'airport, terminal 2',
  'passenger said "keep the change"',
  'two stops\nwaited 10 min',
  'N/A',
];

const ORDER_HEADER = [
  'Bestell-Nr.',
  'Datum',
  'Kunde',
  'Anschrift',
  'Artikel',
  'Größe',
  'Stück',
  'Einzelpreis (€)',
  'Rabatt %',
  'Versandkosten',
  'Datum',
  'Bemerkung',
];
const CUSTOMERS = [
  'Müller, Anna',
  'Groß, Jürgen',
  'Ångström AB',
  'Café "Zur Post"',
  'Weiß & Söhne GmbH',
  'Lefèvre, Zoé',
  'Nowak, Łukasz',
  'Yıldız Export',
];
const ADDRESSES = [
  'Hauptstraße 5\n10115 Berlin',
  'Königsallee 27\n40212 Düsseldorf',
  'Am Markt 1, 18055 Rostock',
  'Schloßgasse 12\n01067 Dresden',
  'Postfach 1234',
];
const ARTICLES = ['Regenjacke', 'Wanderschuh', 'Rucksack 30 l', 'Trinkflasche', 'Mütze', 'Zelt'];
const REMARKS = [
  '',
  '',
  '',
  '',
  'bitte klingeln',
  'vor 12 Uhr, wenn möglich',
  'als "Geschenk" packen',
];

const SENSOR_HEADER = [
  'Reading ID',
  'Timestamp (UTC)',
  'StationName',
  'Temp °C',
  'Humidity %',
  'PM2.5 (µg/m³)',
  'Battery #',
];
const STATIONS = ['  Harbour', 'Old Town ', 'Airport', 'Parc de l’Étoile'];

const BANK_HEADER = [
  'Transaction ID',
  'Booking Date',
  'Value Date',
  ' Payee ',
  'Reference',
  'Amount',
  'Balance',
  'Currency',
];
const PAYEES = [
  ['GREEN GROCER 0231', 'card payment'],
  ['City Transport Authority', 'monthly pass, zone A+B'],
  ['Corner Bakery', 'card payment'],
  ['Book & Bean', 'order "4711"'],
  ['POWER SUPPLY CO', 'instalment\ncontract 88-1204'],
  ['Dr. Ellis, Dentist', 'invoice 2024/118'],
];

const HOSPITAL_HEADER = [
  'Provider Identification Number',
  'Facility Name and Address (as registered)',
  'State/Province',
  'Reporting Year',
  'Number of Discharges (Inpatient, All Payers)',
  'Average Length of Stay in Days',
  'Average Covered Charges ($)',
  'Readmission Rate Within 30 Days %',
  '# of Licensed Beds',
  'Footnote',
];
const HOSPITALS = ['General Hospital', 'Regional Medical Center', "Children's Hospital", 'Clinic'];
const TOWNS = ['Springfield', 'Riverside', 'Fairview', 'San José', 'Coeur d’Alene', 'Lakewood'];

const [outFolder = dirname(fileURLToPath(import.meta.url))] = process.argv.slice(2);
mkdirSync(outFolder, { recursive: true });
writeSample('taxi-trips-2025-01.csv', taxiJanuary());
writeSample('taxi-trips-2025-02.csv', taxiFebruary());
// The month has not begun: a header and nothing else.
writeSample('taxi-trips-2025-03.csv', toText([TAXI_HEADER]));
writeSample('web-shop-orders.csv', webShopOrders());
writeSample('sensor-readings.csv', sensorReadings());
writeSample('bank-statement.csv', bankStatement());
writeSample('hospital-discharges.csv', hospitalDischarges());

function writeSample(name, text) {
  const bytes = Buffer.from(text);
  writeFileSync(join(outFolder, name), bytes);
  console.log(`${name}: ${bytes.length} bytes`);
}

/** Two fares with the point lost, blank rows; the last ids come from another meter. */
function taxiJanuary() {
  const rows = taxiRows(createSource(11), 208, '2025-01-01', 480_001);
  rows[57][5] = '18000';
  rows[163][5] = '23450';
  for (const [index, row] of rows.slice(-3).entries()) row[0] = String(9_000_001 + index);
  const lines = toLines([TAXI_HEADER, ...rows]);
  return joinLines(insertLines(lines, [30, ',,,,,,,,'], [31, ''], [140, ' , ,,, ,,,,  ']));
}

/** A distance from an odometer and a refund booked as a fare; two rows end early. */
function taxiFebruary() {
  const rows = taxiRows(createSource(12), 208, '2025-02-01', 480_209);
  rows[88][4] = '15203.4';
  rows[120][5] = '-900';
  rows[14].length = 7;
  rows[199].length = 8;
  const lines = toLines([TAXI_HEADER, ...rows]);
  return joinLines(insertLines(lines, [66, ',,,,,,,,'], [150, ''], [151, '']));
}

function taxiRows(source, rowCount, firstDay, firstId) {
  const minutesApart = (28 * 24 * 60) / rowCount;
  return Array.from({ length: rowCount }, (_, index) => {
    const distance = source.bell(6, 2.7);
    const vendor = source.pick([
      'Yellow Cab',
      '  Yellow Cab ',
      'Blue Line',
      'Smith, Jones & Co',
      'Curb',
    ]);
    return [
      String(firstId + index),
      vendor,
      timeAfter(firstDay, index * minutesApart).replace('T', ' '),
      String(source.pick([1, 1, 1, 2, 2, 3, 4])),
      distance.toFixed(1),
      (6 + 2.6 * distance + source.bell(4, 2)).toFixed(2),
      source.pick(['0', '0', '10', '15', '18', '20', '']),
      source.pick(['card', 'Card ', 'cash', 'NA']),
      source.pick(TAXI_NOTES),
    ];
  });
}

/** BOM, accents, a header twice, decimal commas, one number of pieces mistyped. */
function webShopOrders() {
  const source = createSource(21);
  const rows = Array.from({ length: 115 }, (_, index) => {
    const ordered = index * 0.66 * 24 * 60;
    return [
      `2024-${String(index + 1).padStart(5, '0')}`,
      germanDate(timeAfter('2024-09-02', ordered)),
      source.pick(CUSTOMERS),
      source.pick(ADDRESSES),
      source.pick(ARTICLES),
      source.pick(['S', 'M', 'L', 'XL', '-', ' M']),
      String(Math.round(source.bell(9, 4))),
      source.bell(60, 25).toFixed(2),
      source.pick(['', '', '5', '10']),
      source.pick(['4,90', '6,90', '0,00']),
      germanDate(timeAfter('2024-09-04', ordered + 2 * 24 * 60 * source.uniform())),
      source.pick(REMARKS),
    ];
  });
  rows[71][6] = '5000';
  rows[103].length = 11;
  const lines = toLines([ORDER_HEADER, ...rows]);
  // A remark with a comma that nobody quoted: one field too many.
  lines[80] = `${toLines([rows[79].slice(0, 11)])[0]},klingeln, dann warten`;
  return BOM + joinLines(insertLines(lines, [45, ',,,,,,,,,,,'], [90, '']));
}

/** NA in many spellings, a column with -999 for "no reading", three impossible values elsewhere. */
function sensorReadings() {
  const source = createSource(31);
  const missing = ['', 'NA', 'N/A', 'null', '#N/A'];
  const rows = Array.from({ length: 305 }, (_, index) => {
    const sun = 1 - Math.abs(((index / 4) % 24) - 12) / 12;
    return [
      `R-${String(index + 1).padStart(4, '0')}`,
      `${timeAfter('2025-06-01', index * 15)}Z`,
      source.pick(STATIONS),
      source.chance(0.03) ? source.pick(missing) : (13 + 9 * sun + source.bell(0, 2)).toFixed(1),
      source.chance(0.03)
        ? source.pick(missing)
        : ` ${(80 - 35 * sun + source.bell(0, 5)).toFixed(0)}`,
      source.chance(0.1) ? '-999' : source.bell(14, 5).toFixed(1),
      String(source.pick([1, 2, 3])),
    ];
  });
  rows[77][3] = '9999';
  rows[210][3] = '-273.2';
  rows[301][4] = '8800';
  rows[155].length = 5;
  const lines = toLines([SENSOR_HEADER, ...rows]);
  return joinLines(insertLines(lines, [100, ',,,,,,'], [101, ',,,,,,'], [250, '']));
}

/** CRLF, leading zeros in the ids, a rent and a salary every month that must stay. */
function bankStatement() {
  const source = createSource(41);
  let balance = 1_840.55;
  const rows = Array.from({ length: 95 }, (_, index) => {
    const booked = timeAfter('2024-07-01', index * 1.6 * 24 * 60).slice(0, 10);
    const [payee, reference] = paymentOf(index, source);
    const amount = amountOf(index, source);
    balance += amount;
    return [
      `00${71_300 + index}`,
      booked,
      timeAfter(booked, 24 * 60).slice(0, 10),
      payee,
      reference,
      amount.toFixed(2),
      balance.toFixed(2),
      'EUR',
    ];
  });
  const lines = toLines([BANK_HEADER, ...rows], '\r\n');
  return joinLines(insertLines(lines, [20, ',,,,,,,'], [96, '']), '\r\n');
}

function paymentOf(index, source) {
  if (index % 19 === 0) return ['ACME Ltd., Payroll', 'salary'];
  if (index % 19 === 2) return ['Hillside Housing', 'rent, flat 4'];
  return source.pick(PAYEES);
}

function amountOf(index, source) {
  if (index % 19 === 0) return 2_650;
  if (index % 19 === 2) return -980;
  return -source.bell(48, 20);
}

/**
 * Long names, text in quotes throughout, a sum of the column at the end, one delimiter too many.
 */
function hospitalDischarges() {
  const source = createSource(51);
  const rows = Array.from({ length: 110 }, () => [
    String(source.integer(100_000, 999_999)),
    `"${source.pick(TOWNS)} ${source.pick(HOSPITALS)}, ${source.integer(1, 900)} Main St."`,
    `"${source.pick(['CA', 'ID', 'IL', 'OR '])}"`,
    '2024',
    String(Math.round(source.bell(2_400, 900))),
    source.bell(4.8, 1.4).toFixed(1),
    source.bell(31_000, 9_000).toFixed(2),
    source.chance(0.05) ? 'n/a' : source.bell(15, 3).toFixed(1),
    String(Math.round(source.bell(240, 80))),
    source.chance(0.1) ? '"Suppressed; see ""Notes"", page 3"' : '""',
  ]);
  const total = rows.reduce((sum, row) => sum + Number(row[4]), 0);
  // The texts above are quoted already.
  const lines = [toLines([HOSPITAL_HEADER])[0], ...rows.map((row) => row.join(','))];
  lines[40] += ',';
  lines.push(`"Grand Total",,,2024,${total}`);
  return joinLines(insertLines(lines, [60, '']));
}

/** The sample's text: one line a record, RFC 4180 quoting. */
function toText(records) {
  return joinLines(toLines(records));
}

/** One line a record, without its end; line ends inside cells become `lineEnd`. */
function toLines(records, lineEnd = '\n') {
  return records.map((cells) => cells.map((cell) => toCell(cell, lineEnd)).join(','));
}

function toCell(text, lineEnd) {
  if (!/[",\n]/.test(text)) return text;
  return `"${text.replaceAll('"', '""').replaceAll('\n', lineEnd)}"`;
}

/** `lines` with texts put in, each before the line that had its index; the header's index is 0. */
function insertLines(lines, ...inserts) {
  const spoiled = [...lines];
  for (const [index, text] of inserts.toReversed()) spoiled.splice(index, 0, text);
  return spoiled;
}

function joinLines(lines, lineEnd = '\n') {
  return lines.map((line) => line + lineEnd).join('');
}

/** `2025-01-31T08:15:00`, so many minutes after the start of a day. */
function timeAfter(day, minutes) {
  const time = new Date(Date.parse(day) + Math.floor(minutes) * (DAY_MS / 1440));
  return time.toISOString().slice(0, 19);
}

/** `31.01.2025` for a time that begins `2025-01-31`. */
function germanDate(time) {
  return time.slice(0, 10).split('-').reverse().join('.');
}

/** Seeded chance, shared by a file's rows in order. */
function createSource(seed) {
  const uniform = createRandom(seed);
  return {
    uniform,
    chance: (share) => uniform() < share,
    pick: (values) => values[Math.floor(uniform() * values.length)],
    /** Both ends included. */
    integer: (low, high) => low + Math.floor(uniform() * (high - low + 1)),
    /** About normal, never more than two spreads from the mean. */
    bell: (mean, spread) => mean + spread * (uniform() + uniform() + uniform() + uniform() - 2),
  };
}

/** Uniform numbers in [0, 1), 32 bits each: mulberry32. */
function createRandom(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
