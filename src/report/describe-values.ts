/** What rules did to the values of columns, in lines for people. */
import { formatCount } from '../base/format-count.js';
import { visible } from '../base/visible.js';
import type { ColumnValueReport, ValueRule } from '../engine/values/report-values.js';
import type { ValueFinding } from '../engine/values/verdict.js';
import type { FileResult } from '../job/job-result.js';
import { formatNoun } from './format-units.js';

/** What a rule did to a cell. */
const DEEDS: { readonly [K in ValueRule]: string } = {
  nulls: 'blanked',
  numbers: 'written as plain numbers',
  dates: 'written as ISO dates',
  booleans: 'written as true or false',
  fill: 'filled',
  squeeze: 'squeezed',
  unicode: 'normalised',
  mojibake: 'mended',
  case: 'in another case',
  replace: 'replaced',
};

/** Reasons that a person should know of without asking. */
const TELLING: ReadonlySet<string> = new Set([
  'text',
  'ambiguous',
  'mixed',
  'mixed_units',
  'id_like',
]);

/** @param isVerbose every column that was looked at, file by file. */
export function describeValues(
  files: readonly FileResult[],
  isVerbose: boolean,
): readonly string[] {
  const all = files.flatMap(({ input, report }) =>
    (report?.values ?? []).map((column) => ({ input, column })),
  );
  return [
    ...sumUp(all.map(({ column }) => column)),
    ...all.flatMap(({ input, column }) => describeColumn(input, column, isVerbose)),
  ];
}

const SHOWN_COLUMNS = 6;

/** One line a rule: how many cells, in which columns. */
function sumUp(columns: readonly ColumnValueReport[]): readonly string[] {
  return (Object.keys(DEEDS) as ValueRule[]).flatMap((rule) => {
    const counts = new Map<string, number>();
    for (const { column, changed } of columns) {
      const cells = changed.find((one) => one.rule === rule)?.cells ?? 0;
      if (cells > 0) counts.set(column, (counts.get(column) ?? 0) + cells);
    }
    if (counts.size === 0) return [];
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const shown = [...counts].slice(0, SHOWN_COLUMNS);
    const more = counts.size - shown.length;
    const names = shown.map(([name, count]) => `${visible(name)} ${formatCount(count)}`).join(', ');
    const rest = more > 0 ? `, and ${formatCount(more)} more` : '';
    return [`Values: ${formatNoun(total, 'cell')} ${DEEDS[rule]}: ${names}${rest}`];
  });
}

/** Why a column was left, and what to do about it; how it was read only when asked. */
function describeColumn(
  input: string,
  { column, misfits, findings }: ColumnValueReport,
  isVerbose: boolean,
): readonly string[] {
  const place = `${visible(input)}, column "${visible(column)}"`;
  const told = findings.filter(
    ({ rule, reason }) =>
      (isVerbose && rule !== 'nulls') || (reason !== null && TELLING.has(reason)),
  );
  return [
    ...told.flatMap((finding) => describeFinding(place, finding)),
    ...(misfits > 0 ? [`${place}: ${formatNoun(misfits, 'value')} of another format`] : []),
  ];
}

function describeFinding(place: string, finding: ValueFinding): readonly string[] {
  const { rule, convention, reason, detail, example, remedy } = finding;
  const shown = example === null ? '' : ` (line ${example.line}: ${visible(example.value)})`;
  if (reason === null) return [`${place}: ${rule} read as ${visible(convention ?? '')}${shown}`];
  const line = `${place}: ${rule} left (${reason}): ${visible(detail)}${shown}`;
  return remedy === null ? [line] : [line, `  ${visible(remedy)}`];
}
