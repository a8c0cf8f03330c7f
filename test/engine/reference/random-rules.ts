/**
 * Random rules for a random table, each with what it means: columns by their place instead of
 * names, expressions as closures. Names are made here a second time, from the table's own list.
 */
import type { ColumnRules } from '../../../src/engine/column-rules.js';
import type { DedupKeep, OutlierAction, OutlierMethod, Rules } from '../../../src/engine/rules.js';
import {
  type Draw,
  type Reference,
  type Written,
  writeCondition,
  writeNumber,
} from './random-expression.js';
import type { RandomTable } from './random-table.js';

/** Where a value stands in a row: `c0` is the first input column, `d0` the first derived one. */
export type Key = string;

export interface NaiveColumn {
  readonly original: string;
  readonly cleaned: string;
  readonly name: string;
}

export interface NaiveBound {
  readonly column: number;
  readonly side: 'min' | 'max';
  readonly limit: number;
}

/** The rules of the column at a place. */
export interface NaiveSchema {
  readonly column: number;
  readonly rules: ColumnRules;
}

/** The places of the key columns. */
export interface NaiveDedup {
  readonly columns: readonly number[];
  readonly keep: DedupKeep;
}

/** The meaning of the rules, beside what is handed to the engine. */
export interface Meant {
  readonly rules: Rules;
  readonly columns: readonly NaiveColumn[];
  readonly where: Written<boolean | null> | null;
  readonly derives: readonly (Written & { readonly key: Key })[];
  readonly bounds: readonly NaiveBound[];
  readonly judged: readonly number[];
  readonly groupBy: readonly number[];
  readonly dedup: NaiveDedup | null;
  readonly schema: readonly NaiveSchema[];
  /** Names and keys of what is written, in order; `flag` is the key of the outlier flag. */
  readonly output: readonly { readonly name: string; readonly key: Key }[];
}

const METHODS: readonly OutlierMethod[] = [
  { kind: 'off' },
  { kind: 'gap' },
  { kind: 'iqr', k: 3 },
  { kind: 'iqr', k: 1.5 },
  { kind: 'percentile', low: 2, high: 97.5 },
  { kind: 'mad', cutoff: 3.5 },
  { kind: 'zscore', cutoff: 2 },
];
const ACTIONS: readonly OutlierAction[] = ['drop', 'clip', 'null', 'flag', 'report'];

/** A draw from a list that begins again at its end. */
export function drawFrom(draws: readonly number[]): Draw {
  let next = 0;
  return (count) => draws[next++ % draws.length]! % count;
}

export function randomRules(table: RandomTable, draw: Draw): Meant {
  const hasHeader = draw(5) > 0;
  const cleanNames = draw(5) > 0 && table.header.every(([, snake]) => snake !== null);
  const nameCase = draw(4) === 3 ? 'const' : 'snake';
  const cleaned = cleanedNames(table, hasHeader, cleanNames, nameCase);
  const originals = table.header.map(([name], i) => (hasHeader ? name : `column_${i + 1}`));
  const plain = originals.map((original, i) => {
    return { original, cleaned: cleaned[i]!, name: cleaned[i]! };
  });
  const renamed = draw(4) === 3 ? resolve(plain, plain[draw(plain.length)]!.name) : null;
  const columns = plain.map((column, i) =>
    i === renamed ? { ...column, name: 'New name' } : column,
  );
  const rename = renamed === null ? [] : [{ from: plain[renamed]!.name, to: 'New name' }];
  const context = { columns, draw };
  const where = draw(3) > 0 ? null : writeCondition(draw, inputReferences(context), 2);
  const { derives, texts, named } = randomDerives(context);
  const outliers = randomOutliers(context);
  const bounds = randomBounds(context);
  const shaped = randomOutput(context, named, outliers.rules.action === 'flag');
  const dedup = randomDedup(context);
  const ragged = draw(12) === 11 ? 'error' : draw(3) === 2 ? 'reject' : 'pad';
  const schema = randomSchema(context, ragged !== 'error');
  return {
    rules: {
      ...{ hasHeader, cleanNames, nameCase, rename, maxColumns: 16_384, maxGroups: 100_000 },
      maxFieldBytes: draw(12) === 11 ? 9 : 1 << 24,
      ...{ select: shaped.select, drop: shaped.drop },
      trim: draw(4) < 3,
      keepBlank: draw(4) === 3,
      ragged,
      where: where?.source ?? null,
      dedup: dedup.rules,
      derive: texts,
      values: {},
      outliers: outliers.rules,
      columns: schema.map(({ column, rules }) => ({ column: nameOf(context, column), rules })),
      bounds: bounds.map(({ column, side, limit }) => {
        return { column: nameOf(context, column), side, limit };
      }),
    },
    columns,
    where,
    derives,
    bounds,
    judged: outliers.judged,
    groupBy: outliers.groupBy,
    dedup: dedup.meant,
    schema,
    output: shaped.output,
  };
}

interface Context {
  readonly columns: readonly NaiveColumn[];
  readonly draw: Draw;
}

/**
 * As the engine must name the columns; what is no part of the rules' meaning does not matter here.
 */
function cleanedNames(
  table: RandomTable,
  hasHeader: boolean,
  cleanNames: boolean,
  nameCase: 'snake' | 'const',
): readonly string[] {
  if (!cleanNames) return table.header.map(([name], i) => (hasHeader ? name : `column_${i + 1}`));
  const names = table.header.map(([, snake], i) => {
    const filled = snake === '' || snake === null || !hasHeader ? `column_${i + 1}` : snake;
    return nameCase === 'const' ? filled.toUpperCase() : filled;
  });
  const unique: string[] = [];
  for (const name of names) {
    let count = 1;
    const numbered = (): string => (count === 1 ? name : `${name}_${count}`);
    while (unique.includes(numbered()) || (count > 1 && names.includes(numbered()))) count++;
    unique.push(numbered());
  }
  return unique;
}

/**
 * The column a name means: a final name first, then a cleaned one, then one of the header's own.
 */
function resolve(columns: readonly NaiveColumn[], name: string): number {
  for (const kind of ['name', 'cleaned', 'original'] as const) {
    const index = columns.findIndex((column) => column[kind] === name);
    if (index >= 0) return index;
  }
  throw new Error(`no column ${name}`);
}

/**
 * A name that means column `index`; where names are shared, it may be another column's: ask
 * `resolve`.
 */
function nameOf({ columns, draw }: Context, index: number): string {
  const { name, cleaned, original } = columns[index]!;
  const other = draw(2) === 1 ? cleaned : original;
  const isOwn = other !== '' && resolve(columns, other) === index;
  return isOwn && draw(3) > 0 ? other : name;
}

/** Columns that a name can reach: not the later ones of equal names, nor one without any name. */
function reachable({ columns }: Context): readonly number[] {
  return columns.flatMap(({ name }, i) => (name !== '' && resolve(columns, name) === i ? [i] : []));
}

function pick<T>(draw: Draw, among: readonly T[]): T | undefined {
  return among[draw(Math.max(1, among.length))];
}

function quoted(name: string): string {
  return `\`${name}\``;
}

function inputReferences(context: Context): readonly Reference[] {
  return reachable(context).map((index) => {
    return { source: quoted(nameOf(context, index)), key: `c${index}`, type: 'cell' as const };
  });
}

/** A name of the table as it grows, and where its value stands now. */
interface Named {
  readonly name: string;
  readonly key: Key;
  /** The input column whose place it has, or null. */
  readonly column: number | null;
}

function randomDerives(context: Context) {
  const { columns, draw } = context;
  const named: Named[] = columns.map(({ name }, i) => ({ name, key: `c${i}`, column: i }));
  let references = inputReferences(context);
  const derives: (Written & { key: Key })[] = [];
  const texts: string[] = [];
  const count = Math.max(0, draw(6) - 2);
  for (let i = 0; i < count; i++) {
    const isCondition = draw(4) === 3;
    const written = isCondition
      ? writeCondition(draw, references, 2)
      : numberOf(writeNumber(draw, references, 2));
    const replaced = draw(3) === 2 ? pick(draw, reachable(context)) : undefined;
    const name =
      replaced === undefined ? (draw(4) === 3 ? 'd1' : `d${i}`) : columns[replaced]!.name;
    const key = `d${i}`;
    derives.push({ ...written, key });
    texts.push(`${quoted(name)} = ${written.source}`);
    const at = named.findIndex((one) => one.name === name);
    if (at < 0) named.push({ name, key, column: null });
    else named[at] = { ...named[at]!, key };
    const type = isCondition ? ('boolean' as const) : ('number' as const);
    // Whatever name the column is called by: its place is taken.
    references = references
      .filter(({ source }) => source !== quoted(name))
      .map((one) => (finalName(columns, one.source) === name ? { ...one, key, type } : one));
    references = [...references, { source: quoted(name), key, type }];
  }
  return { derives, texts, named };
}

function numberOf(written: Written<number | null>): Written<number | null> {
  return { ...written, source: `(${written.source}) + 0` };
}

/** The final name of the input column that a reference means, or null when it means none. */
function finalName(columns: readonly NaiveColumn[], source: string): string | null {
  const name = source.slice(1, -1);
  const isInput = columns.some((one) => [one.name, one.cleaned, one.original].includes(name));
  return isInput ? columns[resolve(columns, name)]!.name : null;
}

function randomOutliers(context: Context) {
  const { columns, draw } = context;
  const method = METHODS[draw(METHODS.length)]!;
  const action = ACTIONS[draw(ACTIONS.length)]!;
  const some = (isWanted: boolean): readonly number[] => {
    const index = isWanted ? pick(draw, reachable(context)) : undefined;
    return index === undefined ? [] : [index];
  };
  const only = some(draw(4) === 3);
  const exclude = some(draw(5) === 4);
  const groupBy = some(draw(4) === 3);
  const wanted = only.length > 0 ? only : columns.map((_, i) => i);
  const kept = wanted.filter((i) => !exclude.includes(i) && !groupBy.includes(i));
  const names = (list: readonly number[]): readonly string[] =>
    list.map((index) => nameOf(context, index));
  return {
    rules: {
      method,
      named: method.kind !== 'gap' || only.length > 0 || draw(2) === 0,
      action,
      columns: only.length > 0 ? names(only) : null,
      exclude: names(exclude),
      groupBy: names(groupBy),
    },
    judged: method.kind === 'off' ? [] : kept,
    groupBy,
  };
}

const SCHEMAS: readonly ColumnRules[] = [
  { required: true },
  { type: 'number' },
  { type: 'integer', required: true },
  { type: 'boolean' },
  { type: 'date' },
  { min: -1, max: 4 },
  { required: true, min: 0 },
  { pattern: '^[a-z]' },
  { pattern: '[0-9]$|^.?$', max: 7 },
  { allowed: ['a', '1', '2', 'x y', '5'] },
  { unique: true },
  { unique: true, pattern: '.' },
];

/** None mostly; else of one column or two. */
function randomSchema(context: Context, mayFail: boolean): readonly NaiveSchema[] {
  const { draw } = context;
  const columns =
    draw(3) < 2 ? [] : [pick(draw, reachable(context)), pick(draw, reachable(context))];
  const different = [...new Set(columns)].filter((column) => column !== undefined);
  return different.map((column) => {
    const rules = SCHEMAS[draw(SCHEMAS.length)]!;
    const mayEmpty = rules.required === undefined && rules.unique === undefined;
    const others = [...(mayEmpty ? (['null', 'null'] as const) : []), 'reject' as const];
    const drawn = draw(8);
    if (drawn === 7 && mayFail) return { column, rules: { ...rules, onInvalid: 'fail' as const } };
    if (drawn < 3) return { column, rules };
    return { column, rules: { ...rules, onInvalid: others[draw(others.length)]! } };
  });
}

/** By all columns, or by one or two of them. */
function randomDedup(context: Context) {
  const { draw, columns } = context;
  if (draw(3) < 2) return { rules: null, meant: null };
  const keep = draw(2) === 0 ? ('first' as const) : ('last' as const);
  const wanted = [pick(draw, reachable(context)), pick(draw, reachable(context))];
  const named = draw(4) === 0 ? [] : wanted.filter((index) => index !== undefined);
  const names = named.map((index) => nameOf(context, index));
  const all = columns.map((_, i) => i);
  return {
    rules: { columns: names, keep },
    meant: { columns: named.length === 0 ? all : named, keep },
  };
}

function randomBounds(context: Context): readonly NaiveBound[] {
  const { draw } = context;
  const bounds: NaiveBound[] = [];
  for (const side of ['min', 'max'] as const) {
    const column = draw(4) === 3 ? pick(draw, reachable(context)) : undefined;
    const limit = (side === 'min' ? -4 : 5) + draw(5) / 2;
    if (column !== undefined) bounds.push({ column, side, limit });
  }
  return bounds;
}

function randomOutput(context: Context, named: readonly Named[], hasFlag: boolean) {
  const { draw, columns } = context;
  const all = hasFlag ? [...named, { name: 'outlier', key: 'flag', column: null }] : [...named];
  const nameable = all.filter(
    ({ name, column }) => name !== '' && (column === null || resolve(columns, name) === column),
  );
  const askedFor = (one: Named): string =>
    one.column === null ? one.name : nameOf(context, one.column);
  const shape = draw(6);
  if (shape === 4 && nameable.length > 0) {
    const chosen = [pick(draw, nameable)!, pick(draw, nameable)!, pick(draw, nameable)!];
    return { select: chosen.map(askedFor), drop: [], output: [...new Set(chosen)] };
  }
  if (shape === 5 && nameable.length > 1) {
    const dropped = pick(draw, nameable)!;
    const output = all.filter((one) => one !== dropped);
    return { select: null, drop: [askedFor(dropped)], output };
  }
  return { select: null, drop: [], output: all };
}
