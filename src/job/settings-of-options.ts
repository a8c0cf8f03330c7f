/**
 * From options to what travels below this layer: rules, dialect and limits, as plain frozen data.
 */
import { type OutputForm, PLAIN_FORM } from '../csv/output-form.js';
import type { ColumnRules } from '../engine/column-rules.js';
import type { Rules } from '../engine/rules.js';
import { planMemory } from '../executor/plan-memory.js';
import type { Options } from '../options/options.js';
import type { DialectRequest, TaskSettings } from '../task/task.js';

export function settingsOf(options: Options): TaskSettings {
  return Object.freeze({
    rules: rulesOf(options),
    dialect: dialectOf(options),
    // What is joined is given its form when that is done.
    form: options.concat === null ? formOfOptions(options) : PLAIN_FORM,
    keepsDialect: options.keepDialect,
    engine: options.engine,
    arenaBytes: planMemory(options.maxMemory).arenaBytes,
    isDurable: options.durable,
    isInPlace: options.inPlace,
    expandLimits: options.maxDecompressed,
    // Cells are shown only to who asks for them.
    wantsSamples: options.dryRun || options.check,
    isCheck: options.check,
    profiles: false,
  });
}

/** How outputs are asked to be written. */
export function formOfOptions(options: Options): OutputForm {
  return {
    delimiter: options.outDelimiter ?? ',',
    isCrlf: options.crlf,
    hasMark: options.bom,
    escapesFormulas: options.escapeFormulas,
  };
}

/** What was not given is undefined there. */
function dialectOf(options: Options): DialectRequest {
  const { delimiter, quote, encoding, encodingErrors, skipLines, comment } = options;
  return {
    isSniffed: options.sniff,
    delimiter,
    quote: quote === 'auto' ? undefined : quote,
    escape: options.escape === 'auto' ? undefined : options.escape,
    headerRows: options.headers ? options.headerRows : 0,
    ...{ skipLines, comment, encoding, encodingErrors },
  };
}

/** What is said of all columns, and of single ones: a flag wins over `columns`. */
function valueRulesOf(options: Options): Pick<Rules, 'values' | 'columns'> {
  const { booleans, unicode, squeeze, mojibake } = options;
  let values: ColumnRules = {
    ...(booleans === 'off' ? {} : { booleans }),
    ...(unicode === 'off' ? {} : { unicode }),
    ...(squeeze ? { squeeze } : {}),
    ...(mojibake === 'off' ? {} : { mojibake }),
  };
  const columns = new Map(options.columns.map(({ column, rules }) => [column, rules]));
  for (const key of ['nulls', 'numbers', 'dates'] as const) {
    for (const { column, value } of options[key]) {
      if (column === null) values = { ...values, [key]: joined(values[key], value) };
      else columns.set(column, { ...columns.get(column), [key]: value });
    }
  }
  return { values, columns: [...columns].map(([column, rules]) => ({ column, rules })) };
}

/** Lists of texts given one by one are one list; else the last word counts. */
function joined(before: unknown, value: unknown): unknown {
  return Array.isArray(before) && Array.isArray(value) ? [...before, ...value] : value;
}

/**
 * What `--check` makes of outliers that nobody asked for: a file is not wrong for having some, so
 * they are only told. Beside bounds, whose values are to be acted upon, they are not looked for.
 */
function judgedAs(options: Options): Options {
  const { check, asksOutliers, min, max } = options;
  if (!check || asksOutliers) return options;
  return min.length + max.length > 0
    ? { ...options, outliers: { method: { kind: 'off' }, isAuto: false } }
    : { ...options, outlierAction: 'report' };
}

function rulesOf(given: Options): Rules {
  const options = judgedAs(given);
  return {
    hasHeader: options.headers && options.headerRows !== 0,
    maxFieldBytes: options.maxField,
    maxColumns: options.maxColumns,
    maxGroups: options.maxGroups,
    cleanNames: options.cleanNames,
    nameCase: options.case,
    rename: options.rename,
    select: options.select,
    drop: options.drop,
    trim: options.trim,
    keepBlank: options.keepBlank,
    ragged: options.ragged,
    where: options.where,
    dedup: options.dedup === null ? null : { columns: options.dedup, keep: options.dedupKeep },
    derive: options.derive,
    ...valueRulesOf(options),
    outliers: {
      method: options.outliers.method,
      named: !options.outliers.isAuto || options.outlierColumns !== null,
      action: options.outlierAction,
      columns: options.outlierColumns,
      exclude: options.outlierExclude,
      groupBy: options.groupBy,
    },
    bounds: [
      ...options.min.map((bound) => ({ ...bound, side: 'min' as const })),
      ...options.max.map((bound) => ({ ...bound, side: 'max' as const })),
    ],
  };
}
