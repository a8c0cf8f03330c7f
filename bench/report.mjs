/** Sections of results as Markdown tables. Pure: plain data in, text out. */
import { busyCores, countedRuns, median, ratioByRound, spread } from './statistics.mjs';

const MEGABYTE = 1e6;

/** Limits, which clean nothing, are told apart from what is compared. */
export const NAMES_BY_KIND = {
  csvclean: (name) => `**${name}**`,
  rival: (name) => name,
  limit: (name) => `*${name}*`,
};

/** A table for each job and number of workers, with the sentences that compare them. */
export function sectionReport(section) {
  const groups = groupsOf(section);
  return [
    ...groups.map((group) => `${headingOf(section, group)}\n\n${tableOf(section, group)}`),
    ...compareJobs(section),
    ...compareWorkers(section),
  ].join('\n\n');
}

/** The entries of each job and number of workers, in the order of the run. */
function groupsOf(section) {
  const groups = new Map();
  for (const entry of section.entries) {
    const key = `${entry.job} ${entry.workers}`;
    if (!groups.has(key)) groups.set(key, { job: entry.job, workers: entry.workers, entries: [] });
    groups.get(key).entries.push(entry);
  }
  return [...groups.values()];
}

/** The fastest rival that writes the same, or null. */
export function fastestRival(entries) {
  const ranked = entries.filter(({ kind, problem }) => kind === 'rival' && problem === null);
  return ranked.sort((left, right) => wallOf(left) - wallOf(right))[0] ?? null;
}

/** The median wall time of an entry, in seconds. */
export function wallOf(entry) {
  return median(countedRuns(entry.runs).map(({ wallSeconds }) => wallSeconds));
}

/** The median speed of an entry, in MB of input a second of wall time. */
export function speedOf(entry, section) {
  return section.inputBytes / MEGABYTE / wallOf(entry);
}

/** The largest resident memory of an entry in MB, as a median; a run may be too short to see it. */
export function peakText(entry) {
  const bytes = median(countedRuns(entry.runs).map(({ peakBytes }) => peakBytes));
  return bytes > 0 ? figure(bytes / MEGABYTE) : '–';
}

/** Two or three digits that count, as a table shows a figure. */
export function figure(number) {
  if (number >= 100) return number.toFixed(0);
  if (number >= 10) return number.toFixed(1);
  return number.toFixed(number >= 0.1 || number === 0 ? 2 : 3);
}

export function isTimed(entry) {
  return entry.problem === null && entry.runs.length > 0;
}

function headingOf(section, { job, workers }) {
  const files = section.fileCount === 1 ? '1 file' : `${section.fileCount} files`;
  const size = `${figure(section.inputBytes / MEGABYTE)} MB`;
  const threads = workers === 1 ? '1 worker' : `${workers} workers`;
  return `### ${section.set}: ${files}, ${size}, ${job} job, ${threads}`;
}

function tableOf(section, { entries }) {
  const own = entries.find(({ kind }) => kind === 'csvclean');
  const timed = entries.filter(isTimed).sort((left, right) => wallOf(left) - wallOf(right));
  const rows = timed.map((entry) => rowOf(entry, own, section));
  const silent = entries
    .filter((entry) => !isTimed(entry))
    .map(({ name, problem }) => `| ${name} | ${escapeCell(problem)} | | | | | | | | |`);
  const sentence = fastestSentence(entries, own);
  return [
    '| tool | wall s (min – max) | MB/s | CPU s | MB per CPU s | peak MB | time ÷ csvclean | ' +
      'CPU ÷ csvclean | others, cores | rounds |',
    '| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |',
    ...[...rows, ...silent],
    ...(sentence === null ? [] : ['', sentence]),
  ].join('\n');
}

function rowOf(entry, own, section) {
  const runs = countedRuns(entry.runs);
  const wall = spread(runs.map(({ wallSeconds }) => wallSeconds));
  const cpu = median(runs.map(({ cpuSeconds }) => cpuSeconds));
  const megabytes = section.inputBytes / MEGABYTE;
  const cells = [
    NAMES_BY_KIND[entry.kind](entry.name),
    `${figure(wall.median)} (${figure(wall.low)} – ${figure(wall.high)})`,
    figure(megabytes / wall.median),
    figure(cpu),
    cpu > 0 ? figure(megabytes / cpu) : '',
    peakText(entry),
    entry === own ? '1' : ratioText(entry, own, 'wallSeconds'),
    entry === own ? '1' : ratioText(entry, own, 'cpuSeconds'),
    median(runs.map(busyCores)).toFixed(2),
    `${runs.length} of ${entry.runs.length}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

function ratioText(upper, lower, key) {
  const ratio = lower === undefined || !isTimed(lower) ? null : timesRatio(upper, lower, key);
  return ratio === null ? '' : figure(ratio.median);
}

function timesRatio(upper, lower, key) {
  const ratio = ratioByRound(upper.runs, lower.runs, key);
  return ratio !== null && Number.isFinite(ratio.median) ? ratio : null;
}

function fastestSentence(entries, own) {
  const fastest = fastestRival(entries);
  if (fastest === null || own === undefined || !isTimed(own)) return null;
  const ratio = timesRatio(fastest, own, 'wallSeconds');
  return (
    `Fastest rival with the same output: ${fastest.name}, ${figure(ratio.median)} times ` +
    `csvclean's time (${figure(ratio.low)} – ${figure(ratio.high)}, ${ratio.rounds} rounds).`
  );
}

/** What the default job costs more than the seed job. */
export function compareJobs(section) {
  return pairs(section, (entry) => entry.job === 'default').flatMap(([entry, others]) => {
    const seed = others.find(({ job, workers }) => job === 'seed' && workers === entry.workers);
    if (seed === undefined) return [];
    const wall = timesRatio(entry, seed, 'wallSeconds');
    return [
      `${entry.name}, default job against seed job, ×${entry.workers}: ` +
        `${figure(wall.median)} times as long (${figure(wall.low)} – ${figure(wall.high)}).`,
    ];
  });
}

/** What more workers bring against one, for each tool and job. */
export function compareWorkers(section) {
  return pairs(section, (entry) => entry.workers > 1).flatMap(([entry, others]) => {
    const one = others.find(({ job, workers }) => job === entry.job && workers === 1);
    if (one === undefined) return [];
    const wall = timesRatio(one, entry, 'wallSeconds');
    const cpu = timesRatio(entry, one, 'cpuSeconds');
    const share = cpu === null ? '' : `, for ${figure(cpu.median)} times the CPU time`;
    return [
      `${entry.name}, ${entry.job} job, ${entry.workers} workers against 1: ` +
        `${figure(wall.median)} times as fast (${figure(wall.low)} – ${figure(wall.high)}, ` +
        `${wall.rounds} rounds)${share}.`,
    ];
  });
}

/** Every timed entry that `isWanted` takes, with all timed ones of the same tool. */
function pairs(section, isWanted) {
  const timed = section.entries.filter(isTimed);
  return timed
    .filter(isWanted)
    .map((entry) => [entry, timed.filter(({ name }) => name === entry.name)]);
}

/** What was compared before the clock ran, a line a tool. */
export function checkReport(section) {
  const lines = section.entries
    .filter(({ check }) => check !== null)
    .map(({ name, job, workers, check }) => {
      const verdict = check.difference ?? equalText(check);
      return `- ${name}, ${job} job, ×${workers}: ${escapeCell(verdict)}`;
    });
  return lines.length === 0 ? '' : `Compared with csvclean's output:\n\n${lines.join('\n')}`;
}

function equalText({ files, rows, rewritten, lastPlaceCells }) {
  const columns = Object.entries(rewritten).map(([column, count]) => `${count} in ${column}`);
  const other = columns.length === 0 ? '' : `; numbers in another text: ${columns.join(', ')}`;
  const last =
    lastPlaceCells === 0 ? '' : `; ${lastPlaceCells} normalized_value off by one in the last place`;
  return `equal, ${files} files, ${rows} rows${other}${last}`;
}

function escapeCell(text) {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
