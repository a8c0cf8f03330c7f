/** Tables of what a run over polluted files found. */
import { VERDICTS } from './score.mjs';

const FAILURES_SHOWN = 3;

/** Percent of the files that each tool read right, by pollution. */
export function pollutionTable(results, tools) {
  const lines = [...groupByPollution(results)].map(([pollution, own]) => [
    pollution,
    own.length,
    ...tools.map((tool) => percentRight(own, tool)),
  ]);
  const total = ['**all**', results.length, ...tools.map((tool) => percentRight(results, tool))];
  return markdown(['right, %', 'files', ...tools], [...lines, total]);
}

/** How many files ended how, by tool. */
export function verdictTable(results, tools) {
  const lines = tools.map((tool) => [tool, ...VERDICTS.map((one) => countOf(results, tool, one))]);
  return markdown(['files', ...VERDICTS], lines);
}

/** The first failing files of each pollution with the first difference of each. */
export function failureList(results, tool) {
  const failing = results.filter(({ verdicts }) => verdicts[tool].verdict !== 'right');
  const groups = groupByPollution(failing);
  const sorted = [...groups].sort((a, b) => b[1].length - a[1].length);
  return sorted.flatMap(([pollution, own]) => [
    `${pollution}: ${own.length}`,
    ...own.slice(0, FAILURES_SHOWN).map(({ name, note, verdicts }) => {
      const { verdict, difference } = verdicts[tool];
      return `  ${name} (${verdict})${note === '' ? '' : ` [${note}]`}: ${difference}`;
    }),
  ]);
}

/** In the order in which they first stand there. */
export function groupByPollution(results) {
  const groups = new Map();
  for (const result of results) {
    const own = groups.get(result.pollution);
    if (own === undefined) groups.set(result.pollution, [result]);
    else own.push(result);
  }
  return groups;
}

export function countOf(results, tool, verdict) {
  return results.filter(({ verdicts }) => verdicts[tool].verdict === verdict).length;
}

function percentRight(results, tool) {
  return ((100 * countOf(results, tool, 'right')) / results.length).toFixed(1);
}

function markdown(head, lines) {
  const widths = head.map((text, i) =>
    Math.max(String(text).length, ...lines.map((line) => String(line[i]).length)),
  );
  const pad = (cell, i) =>
    i === 0 ? String(cell).padEnd(widths[i]) : String(cell).padStart(widths[i]);
  const row = (cells) => `| ${cells.map(pad).join(' | ')} |`;
  const rule = `| ${widths.map((width, i) => (i === 0 ? '-' : '-'.repeat(width - 1)).padEnd(width, i === 0 ? '-' : ':')).join(' | ')} |`;
  return [row(head), rule, ...lines.map(row)].join('\n');
}
