/**
 * From a header and the rules to a plan for one table: columns, compiled expressions, what to judge
 * and what to write. Pure; shared by the engines, and by the check of rules and names before any
 * work.
 */
import { CsvcleanError } from '../base/error.js';
import { isSameLead, NO_LEAD, type RecordLead } from '../kernel/record-lead.js';
import { type Column, findColumn, nameColumns, unknownColumn } from './columns.js';
import type { CompiledAggregate, CompiledExpression } from './expression/compile-expression.js';
import { expressionCompiler } from './expression/load-compiler.js';
import type { Expression } from './expression/syntax.js';
import type { Slot } from './expression/tree.js';
import { type DedupPlan, hasKeys, keyPlans, planDedup } from './plan-keys.js';
import type { Bound, Rules } from './rules.js';
import { schemaRules, schemaTools } from './schema/load-schema.js';
import { NO_SCHEMA, type SchemaPlan } from './schema/schema.js';
import { loadedValueTools } from './values/load-values.js';
import { needsEvidence, planValues, type ValueColumn } from './values/plan-values.js';

export interface WherePlan {
  readonly source: string;
  readonly compiled: CompiledExpression;
}

/** A derived column. `slot` is its place in a row, after all input cells. */
export interface DerivePlan {
  readonly source: string;
  readonly name: string;
  readonly slot: number;
  readonly compiled: CompiledExpression;
  /** How many aggregate passes must be over before it can be evaluated. */
  readonly level: number;
  /** The pass that settles each of its aggregates, 1-based. */
  readonly aggregateLevels: readonly number[];
}

export interface BoundPlan {
  readonly column: Column;
  readonly bound: Bound;
}

export interface OutputColumn {
  readonly name: string;
  readonly slot: number;
}

export interface TablePlan {
  readonly rules: Rules;
  readonly columns: readonly Column[];
  /** How a record begins that may be the header once more. */
  readonly lead: RecordLead;
  readonly where: WherePlan | null;
  readonly schema: SchemaPlan;
  readonly dedup: DedupPlan | null;
  readonly derives: readonly DerivePlan[];
  readonly bounds: readonly BoundPlan[];
  /** Columns whose values rules may change, in the order of the header. */
  readonly values: readonly ValueColumn[];
  /** Columns the outlier rule judges. */
  readonly judged: readonly Column[];
  readonly groupBy: readonly Column[];
  /** Where the flag of `--outlier-action flag` stands, or null. */
  readonly flagSlot: number | null;
  readonly output: readonly OutputColumn[];
}

/** Aggregates of aggregates, one pass each: `x = v / max(v)`, `y = x / sum(x)`, … */
export const MAX_AGGREGATE_LEVELS = 8;

const FLAG_COLUMN = 'outlier';

/** A column the rules name, and the flag that names it. */
export interface NamedColumn {
  readonly flag: string;
  readonly name: string;
}

/**
 * Checks everything about the rules that no header is needed for: syntax, types, derived names.
 * Like all plans it needs `loadCompiler` and `loadValues` before.
 * @throws CsvcleanError BAD_EXPRESSION, or USAGE for a format of dates.
 */
export function checkRules(rules: Rules): void {
  const anyColumn = (): Slot => ({ index: 0, type: 'cell' });
  compileWhere(rules.where, anyColumn);
  const schema = schemaRules(rules);
  if (schema.length > 0) schemaTools().checkSchemaRules(schema);
  compileDerives(rules.derive, [], anyColumn);
  for (const { dates } of [rules.values, ...rules.columns.map((one) => one.rules)]) {
    if (typeof dates === 'object') loadedValueTools().dateReader(dates.format);
  }
}

/** The columns that the rules name and this header lacks, in the order of the flags. */
export function missingColumns(header: readonly string[], rules: Rules): readonly NamedColumn[] {
  const cleaned = nameColumns(header, { ...rules, rename: [] });
  const missing: NamedColumn[] = rules.rename
    .filter(({ from }) => findColumn(cleaned, from) === null)
    .map(({ from }) => ({ flag: '--rename', name: from }));
  if (missing.length > 0) return missing;
  const columns = nameColumns(header, rules);
  const derived = new Set<string>();
  const want = (flag: string, name: string): void => {
    if (!derived.has(name) && findColumn(columns, name) === null) missing.push({ flag, name });
  };
  for (const name of whereExpression(rules.where)?.columnNames ?? []) want('--where', name);
  for (const name of rules.dedup?.columns ?? []) want('--dedup', name);
  for (const { column } of rules.columns) want('columns', column);
  for (const { column, side } of rules.bounds) want(`--${side}`, column);
  for (const name of rules.outliers.columns ?? []) want('--outlier-columns', name);
  for (const name of rules.outliers.exclude) want('--outlier-exclude', name);
  for (const name of rules.outliers.groupBy) want('--group-by', name);
  for (const text of rules.derive) {
    const { name, expression } = located('--derive', text, () =>
      expressionCompiler().parseDerive(text),
    );
    for (const used of expression.columnNames) want('--derive', used);
    derived.add(name);
  }
  if (rules.outliers.action === 'flag') derived.add(FLAG_COLUMN);
  for (const name of rules.drop) want('--drop', name);
  for (const name of rules.select ?? []) want('--select', name);
  return missing;
}

let last: { readonly header: readonly string[]; readonly plan: TablePlan } | null = null;

/**
 * The plan of a table; the same object as the last time where header and rules are the same, as
 * those of the files of one job mostly are.
 *
 * @throws CsvcleanError UNKNOWN_COLUMN for the first name the header lacks.
 */
export function planTable(
  header: readonly string[],
  rules: Rules,
  lead: RecordLead = NO_LEAD,
): TablePlan {
  const isSame =
    last?.plan.rules === rules &&
    isSameLead(last.plan.lead, lead) &&
    last.header.length === header.length &&
    last.header.every((name, i) => name === header[i]);
  if (last === null || !isSame) last = { header, plan: makePlan(header, rules, lead) };
  return last.plan;
}

function makePlan(header: readonly string[], rules: Rules, lead: RecordLead): TablePlan {
  const missing = missingColumns(header, rules)[0];
  if (missing !== undefined) {
    const known = nameColumns(header, { ...rules, rename: [] });
    throw unknownColumn(missing.name, known, missing.flag);
  }
  const columns = nameColumns(header, rules);
  const byName = (name: string): Column => findColumn(columns, name)!;
  const inputSlot = (name: string): Slot => ({ index: byName(name).index, type: 'cell' });
  const derives = compileDerives(rules.derive, columns, inputSlot);
  const { groupBy, exclude, method, action } = rules.outliers;
  const grouping = groupBy.map(byName);
  const excluded = new Set([...exclude.map(byName), ...grouping]);
  const named = rules.outliers.columns?.map(byName) ?? columns;
  const flagSlot = action === 'flag' ? columns.length + derives.length : null;
  return {
    rules,
    columns,
    lead,
    where: compileWhere(rules.where, inputSlot),
    schema: planSchemaOf(rules, byName),
    dedup: planDedup(columns, byName, rules),
    derives,
    bounds: rules.bounds.map((bound) => ({ bound, column: byName(bound.column) })),
    values: planValues(columns, rules.values, rules.columns, byName),
    judged: method.kind === 'off' ? [] : named.filter((column) => !excluded.has(column)),
    groupBy: grouping,
    flagSlot,
    output: planOutput(columns, derives, flagSlot, rules),
  };
}

function planSchemaOf(rules: Rules, byName: (name: string) => Column): SchemaPlan {
  const schema = schemaRules(rules);
  return schema.length === 0 ? NO_SCHEMA : schemaTools().planSchema(schema, byName);
}

/** The aggregates of `--derive` that the pass of `level` settles: the column and its aggregate. */
export function aggregatesOf(
  { derives }: TablePlan,
  level: number,
): readonly { readonly at: number; readonly i: number }[] {
  return derives.flatMap((derive, at) =>
    derive.aggregateLevels.flatMap((one, i) => (one === level ? [{ at, i }] : [])),
  );
}

/** How many passes the aggregates of `--derive` need. */
export function deriveLevels(plan: TablePlan): number {
  return Math.max(0, ...plan.derives.flatMap((derive) => derive.aggregateLevels));
}

/** Whether rows are cleaned by themselves, so that a table is looked at once; for any header. */
export function needsOneLook(rules: Rules): boolean {
  const { outliers, values, columns } = rules;
  const isAlone = outliers.method.kind === 'off' && !hasKeys(rules);
  return isAlone && !needsEvidence(values, columns) && aggregatesAsked(rules).length === 0;
}

/** The aggregates that the rules ask for, whatever the header. */
export function aggregatesAsked(rules: Rules): readonly CompiledAggregate[] {
  const anyColumn = (): Slot => ({ index: 0, type: 'cell' });
  const where = compileWhere(rules.where, anyColumn);
  const plans = [
    ...(where === null ? [] : [where]),
    ...compileDerives(rules.derive, [], anyColumn),
  ];
  return plans.flatMap(({ compiled }) => compiled.aggregates);
}

/** Whether columns are judged before their values are converted. */
export function needsVerdicts({ values }: TablePlan): boolean {
  return values.some(({ kinds }) => kinds.length > 0);
}

/** How many passes there are at the most. */
export function countPasses(plan: TablePlan): number {
  const where = (plan.where?.compiled.aggregates.length ?? 0) > 0 ? 1 : 0;
  const dedup = keyPlans(plan).length;
  const outliers = plan.judged.length > 0 ? 2 : 0;
  const values = needsVerdicts(plan) ? 1 : 0;
  return values + where + dedup + outliers + deriveLevels(plan) + 1;
}

function planOutput(
  columns: readonly Column[],
  derives: readonly DerivePlan[],
  flagSlot: number | null,
  rules: Rules,
): readonly OutputColumn[] {
  const all: { name: string; slot: number; column?: Column }[] = columns.map((column) => ({
    name: column.name,
    slot: column.index,
    column,
  }));
  for (const { name, slot } of derives) {
    const same = all.find((output) => output.name === name);
    if (same === undefined) all.push({ name, slot });
    else same.slot = slot;
  }
  if (flagSlot !== null) all.push({ name: unusedName(FLAG_COLUMN, all), slot: flagSlot });
  const find = (name: string) => {
    const column = findColumn(columns, name);
    return (
      all.find((output) => output.name === name) ?? all.find((output) => output.column === column)!
    );
  };
  const dropped = new Set(rules.drop.map(find));
  const chosen = rules.select === null ? all : [...new Set(rules.select.map(find))];
  const output = chosen.filter((one) => !dropped.has(one));
  if (output.length === 0) {
    throw new CsvcleanError('USAGE', '--select and --drop leave no column', {
      remedy: 'Keep at least one column.',
    });
  }
  return output.map(({ name, slot }) => ({ name, slot }));
}

function unusedName(name: string, taken: readonly { readonly name: string }[]): string {
  const names = new Set(taken.map((one) => one.name));
  if (!names.has(name)) return name;
  let count = 2;
  while (names.has(`${name}_${count}`)) count++;
  return `${name}_${count}`;
}

function whereExpression(source: string | null): Expression | null {
  if (source === null) return null;
  return located('--where', source, () => expressionCompiler().parseExpression(source));
}

function compileWhere(source: string | null, resolve: (name: string) => Slot): WherePlan | null {
  const expression = whereExpression(source);
  if (source === null || expression === null) return null;
  return located('--where', source, () => {
    const { compileExpression, requireBoolean } = expressionCompiler();
    const compiled = compileExpression(expression, resolve);
    requireBoolean(compiled, source);
    return { source, compiled };
  });
}

/**
 * Derived columns left to right: each sees the earlier ones under their names, and one that took
 * the place of an input column under every name of that column.
 */
function compileDerives(
  texts: readonly string[],
  columns: readonly Column[],
  inputSlot: (name: string) => Slot,
): readonly DerivePlan[] {
  const plans: DerivePlan[] = [];
  const slotByName = new Map<string, Slot>();
  const slotByReplaced = new Map<number, Slot>();
  // Before any header is known, one column stands for all.
  const inputCount = Math.max(1, columns.length);
  const slotOf = (name: string): Slot => {
    const derived = slotByName.get(name);
    if (derived !== undefined) return derived;
    const input = inputSlot(name);
    return slotByReplaced.get(input.index) ?? input;
  };
  const levelOf = (slot: number): number =>
    slot < inputCount ? 0 : plans[slot - inputCount]!.level;
  for (const text of texts) {
    plans.push(
      located('--derive', text, () => {
        const { parseDerive, compileExpression } = expressionCompiler();
        const { name, expression } = parseDerive(text);
        const used = new Set<number>();
        const compiled = compileExpression(expression, (wanted) => {
          const slot = slotOf(wanted);
          used.add(slot.index);
          return slot;
        });
        const aggregateLevels = compiled.aggregates.map(
          (aggregate) => 1 + highest(aggregate.slots.map(levelOf)),
        );
        const level = highest([...aggregateLevels, ...[...used].map(levelOf)]);
        if (level > MAX_AGGREGATE_LEVELS) throw tooManyLevels();
        return {
          source: text,
          name,
          slot: inputCount + plans.length,
          compiled,
          level,
          aggregateLevels,
        };
      }),
    );
    const plan = plans.at(-1)!;
    const slot: Slot = { index: plan.slot, type: plan.compiled.type };
    slotByName.set(plan.name, slot);
    const replaced = columns.find((column) => column.name === plan.name);
    if (replaced !== undefined) slotByReplaced.set(replaced.index, slot);
  }
  return plans;
}

function highest(levels: readonly number[]): number {
  return levels.reduce((most, level) => Math.max(most, level), 0);
}

function tooManyLevels(): CsvcleanError {
  return new CsvcleanError(
    'BAD_EXPRESSION',
    `aggregates build on aggregates more than ${MAX_AGGREGATE_LEVELS} times`,
    { remedy: 'Derive the last ones in a second run over the output.' },
  );
}

/** Runs `work`; an error in the expression names the flag and the text it stands in. */
function located<T>(flag: string, text: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof CsvcleanError) || error.code !== 'BAD_EXPRESSION') throw error;
    const excerpt = expressionCompiler().excerptOf(text, error);
    throw new CsvcleanError('BAD_EXPRESSION', `${flag} "${text}": ${error.message}`, {
      ...{ ...error.place, option: flag },
      ...(excerpt === null ? {} : { excerpt }),
      ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
    });
  }
}
