/** Small tables as offices have them: a few typed columns, names, places and texts, some gaps. */
import { ENGLISH_COLUMN_NAMES, languagesOf } from './words.mjs';

/** Columns that a reader knows by their looks; every table has two at least. */
const TYPED_KINDS = ['amount', 'decimal', 'count', 'date', 'time', 'moment', 'amount', 'date'];
const NAMED_AS = { code: 'id', moment: 'date' };
const WORD_KINDS = ['person', 'city', 'category', 'text', 'flag', 'text', 'city'];

const DATE_FORMS = [
  (y, m, d) => `${y}-${m}-${d}`,
  (y, m, d) => `${d}.${m}.${y}`,
  (y, m, d) => `${d}/${m}/${y}`,
];
const groupThousands = (text) => text.replace(/\B(?=(\d{3})+\.)/g, ',');
/** From a plain decimal; `footer-total` writes its sums in the same form. */
export const AMOUNT_FORMS = [
  (text) => text,
  (text) => text,
  groupThousands,
  (text) => `$${groupThousands(text)}`,
  (text) => `${text} EUR`,
];
const FLAGS = [
  ['yes', 'no'],
  ['true', 'false'],
  ['Y', 'N'],
  ['0', '1'],
];
const GROUPS = [
  { heads: ['2023', '2024'], names: ['Sales', 'Cost'] },
  { heads: ['Q1', 'Q2', 'Q3'], names: ['Units', 'Revenue'] },
  { heads: ['Inbound', 'Outbound'], names: ['Count', 'Weight'] },
  { heads: ['Male', 'Female'], names: ['Number', 'Share', 'Mean age'] },
];

/** Draws from lists and ranges. */
export function createPicker(random) {
  const below = (count) => Math.floor(random() * count);
  return {
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (share) => random() < share,
    one: (list) => list[below(list.length)],
    some: (list, count) => {
      const left = [...list];
      return Array.from({ length: Math.min(count, left.length) }, () => {
        return left.splice(below(left.length), 1)[0];
      });
    },
  };
}

/**
 * A table of 8 to 60 rows and 3 to 9 columns: `kinds`, `names`, `rows`. `encoding` says what its
 * letters must fit into; `hasText` that it has a column of texts.
 */
export function makeTable(pick, { encoding = 'utf-8', hasText = false, hasAmount = false } = {}) {
  const language = pick.one(languagesOf(encoding));
  const kinds = drawKinds(pick, { hasText: hasText || encoding !== 'utf-8', hasAmount });
  const names = drawNames(pick, kinds, pick.chance(0.5) ? language.names : ENGLISH_COLUMN_NAMES);
  return fillTable(pick, { language, kinds, names });
}

/** A table below two rows of names: `heads` above `names`, joined in `joined`. */
export function makeGroupedTable(pick) {
  const language = pick.one(languagesOf('utf-8'));
  const { heads, names: inner } = pick.one(GROUPS);
  const kinds = [pick.one(['id', 'city', 'person']), ...(pick.chance(0.4) ? ['category'] : [])];
  const free = drawNames(pick, kinds, ENGLISH_COLUMN_NAMES);
  const top = free.map(() => '');
  const isRepeated = pick.chance(0.3);
  const names = [...free];
  const joined = [...free];
  for (const head of heads) {
    inner.forEach((name, i) => {
      kinds.push(i === 0 ? 'count' : 'decimal');
      top.push(i === 0 || isRepeated ? head : '');
      names.push(name);
      joined.push(`${head} ${name}`);
    });
  }
  return { ...fillTable(pick, { language, kinds, names }), top, joined };
}

function drawKinds(pick, { hasText, hasAmount }) {
  const width = pick.between(3, 9);
  const typed = pick.some(TYPED_KINDS, Math.max(2, Math.round(width * 0.4)));
  if (hasAmount && !typed.includes('amount')) typed[0] = 'amount';
  const wordCount = Math.max(1, width - typed.length - 1);
  const words = pick.some(WORD_KINDS, wordCount);
  if (hasText && !words.includes('text')) words[0] = 'text';
  const rest = pick.some([...typed, ...words], width);
  if (rest.length < width) return [pick.one(['id', 'id', 'code']), ...rest];
  const first = rest.findIndex((kind) => kind === 'person' || kind === 'city' || kind === 'date');
  if (first > 0) rest.unshift(...rest.splice(first, 1));
  return rest;
}

function drawNames(pick, kinds, namesByKind) {
  const used = new Set();
  return kinds.map((kind) => {
    const choices = namesByKind[NAMED_AS[kind] ?? kind];
    const free = choices.filter((name) => !used.has(name));
    const name = free.length > 0 ? pick.one(free) : `${choices[0]} ${used.size + 1}`;
    used.add(name);
    return name;
  });
}

function fillTable(pick, { language, kinds, names }) {
  const rowCount = pick.between(8, 60);
  const gap = pick.one(['', '', '', '', '-', 'n/a']);
  const gaps = pick.one([0, 0.05, 0.12]);
  const makers = kinds.map((kind) => cellMaker(pick, kind, language));
  const rows = Array.from({ length: rowCount }, (_, row) =>
    makers.map((make, column) => (column > 0 && pick.chance(gaps) ? gap : make(row))),
  );
  return { kinds, names, rows };
}

/** What writes the cells of one column, all in one form. */
function cellMaker(pick, kind, language) {
  const from = pick.between(1, 9000);
  const prefix = pick.one(['A-', 'C', 'INV']);
  const writeDate = pick.one(DATE_FORMS);
  const flags = pick.one(FLAGS);
  const writeAmount = pick.one(AMOUNT_FORMS);
  const two = (value) => String(value).padStart(2, '0');
  const day = () =>
    writeDate(pick.between(2019, 2025), two(pick.between(1, 12)), two(pick.between(1, 28)));
  const makers = {
    id: (row) => String(from + row),
    code: (row) => `${prefix}${from + row}`,
    person: () => pick.one(language.person.split(',')),
    city: () => pick.one(language.city.split(',')),
    category: () => pick.one(language.category.split(',')),
    text: () => pick.one(language.text),
    flag: () => pick.one(flags),
    amount: () => writeAmount((pick.between(100, 900_000) / 100).toFixed(2)),
    decimal: () => (pick.between(1, 99_999) / 1000).toFixed(3),
    count: () => String(pick.between(0, 400)),
    date: day,
    moment: () => `${day()} ${two(pick.between(6, 22))}:${two(pick.below(60))}:00`,
    time: () => `${two(pick.between(6, 22))}:${two(pick.below(60))}`,
  };
  return makers[kind];
}
