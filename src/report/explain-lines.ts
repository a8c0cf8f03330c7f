/** How the outlier rule decides about each column, for people: `csvclean profile --explain`. */
import { formatCount } from '../base/format-count.js';
import { visible } from '../base/visible.js';
import { MIN_DISTINCT, MIN_NUMERIC_PERCENT, MIN_VALUES } from '../engine/outliers/eligibility.js';
import { FILE_CAP_SHARE } from '../engine/outliers/file-cap.js';
import { ID_LIKE_WORDS } from '../engine/outliers/id-like.js';
import type { SkipReason } from '../engine/outliers/verdict.js';
import type { ExplainedColumn, ExplainedFile } from '../job/explain-outliers.js';

/** What each guard asks, as what must hold. */
const QUESTIONS: Readonly<Record<SkipReason, string>> = {
  not_numeric: `${MIN_NUMERIC_PERCENT} % of the values are numbers`,
  few_values: `${MIN_VALUES} numbers at least`,
  few_distinct: `${MIN_DISTINCT} different ones at least`,
  iqr_zero: 'the middle half is not one number',
  not_finite: 'the quartiles are finite',
  clump: 'no more values stand apart than can be outliers',
  no_gap: 'a value is farther out than the tail explains',
  id_like: 'numbers measure something: no identifier, year, code, or place',
  file_cap: `at most ${FILE_CAP_SHARE * 100} % of the rows would go`,
};

export function explainLines(files: readonly ExplainedFile[]): readonly string[] {
  const lines = files.flatMap(({ input, columns }) =>
    columns.flatMap((column) => [
      `  ${visible(input)}, ${visible(column.column)}: ${decisionOf(column)}`,
      ...guardLines(column),
    ]),
  );
  return [
    '',
    'How the outlier rule decides, guard by guard:',
    ...(lines.length === 0 ? ['  no column is judged'] : lines),
    '',
    'Names that say "identifier" or the like, as whole words:',
    ...wrap(ID_LIKE_WORDS),
  ];
}

function guardLines({ guards, detail }: ExplainedColumn): readonly string[] {
  const unasked = guards.filter(({ outcome }) => outcome === 'unasked');
  const asked = guards.filter(({ outcome }) => outcome !== 'unasked');
  return [
    ...asked.map(({ guard, outcome }) =>
      outcome === 'passed'
        ? `    yes  ${QUESTIONS[guard]}`
        : `    no   ${QUESTIONS[guard]}: ${visible(detail)}`,
    ),
    ...(unasked.length === 0
      ? []
      : [`    not asked: ${unasked.map(({ guard }) => guard).join(', ')}`]),
  ];
}

function decisionOf({ reason, outlierCount, valueCount }: ExplainedColumn): string {
  if (reason !== null) return `left alone (${reason})`;
  return `${formatCount(outlierCount)} of ${formatCount(valueCount)} values are outliers`;
}

const WIDTH = 78;

function wrap(words: readonly string[]): readonly string[] {
  const lines: string[] = [];
  let line = ' ';
  for (const [at, word] of words.entries()) {
    const next = at === words.length - 1 ? word : `${word},`;
    if (line.length + 1 + next.length > WIDTH) {
      lines.push(line);
      line = ' ';
    }
    line += ` ${next}`;
  }
  return [...lines, line];
}
