/** Results as the short tables for README: one of the sets, one of the shapes. Pure. */
import {
  compareWorkers,
  fastestRival,
  figure,
  isTimed,
  NAMES_BY_KIND,
  peakText,
  speedOf,
  wallOf,
} from './report.mjs';
import { ratioByRound } from './statistics.mjs';

const MEGABYTE = 1e6;

/** Of several results, the later replace sets of the earlier ones. */
export function readmeTables(allResults) {
  const sections = new Map(
    allResults.flatMap((results) => results.sections.map((section) => [section.set, section])),
  );
  const all = [...sections.values()];
  const shapes = all.filter(({ set }) => set.startsWith('shapes/'));
  const sets = all.filter((section) => !shapes.includes(section));
  return [
    introduction(allResults),
    ...(sets.length === 0 ? [] : [setsTable(sets), versionsText(sets)]),
    ...(shapes.length === 0 ? [] : [shapesTable(shapes)]),
    ...workersText(all),
  ].join('\n\n');
}

/** Results of several runs name all their commits, days and numbers of rounds. */
function introduction(allResults) {
  const { machine } = allResults.at(-1);
  const distinct = (pick) => [...new Set(allResults.map(pick))].join(', ');
  const memory = `${figure(machine.memoryBytes / 1e9)} GB`;
  return (
    `Medians of ${distinct(({ asked }) => asked.runs)} interleaved rounds, each run a fresh ` +
    `process, outputs compared before the clock ran: ${machine.cpu}, ${machine.cores} cores, ` +
    `${memory}, ${machine.os}, Node ${machine.node}; commit ` +
    `${distinct(({ sources }) => sources.commit)}, ${distinct(({ date }) => date.slice(0, 10))}.`
  );
}

/** A row a tool, a column a set; a cell is time, times csvclean's, and memory. */
function setsTable(sections) {
  const [job, defaultJob] = ['seed', 'default'];
  const columns = sections.map((section) => {
    const seed = entriesOf(section, job);
    const extra = entriesOf(section, defaultJob)
      .filter(({ kind }) => kind === 'csvclean')
      .map((entry) => ({ ...entry, name: `${entry.name}, default rules` }));
    return { section, entries: [...seed, ...extra], own: ownOf(seed) };
  });
  const kinds = new Map(
    columns.flatMap(({ entries }) => entries.map((one) => [one.name, one.kind])),
  );
  const names = [...kinds.keys()].sort(
    (left, right) => meanRatio(columns, left) - meanRatio(columns, right),
  );
  const heads = columns.map(({ section }) => sizeOf(section));
  const rows = names.map((name) => {
    const cells = columns.map((column) => setCell(column, name));
    return `| ${NAMES_BY_KIND[kinds.get(name)](name)} | ${cells.join(' | ')} |`;
  });
  const divider = `| --- |${' --: |'.repeat(columns.length)}`;
  return [`| seed job | ${heads.join(' | ')} |`, divider, ...rows].join('\n');
}

function setCell({ entries, own }, name) {
  const entry = entries.find((one) => one.name === name);
  if (entry === undefined) return '';
  if (!isTimed(entry)) return entry.problem.split(':', 1)[0];
  const parts = [`${figure(wallOf(entry))} s`];
  const ratio = own !== null && entry !== own && ratioByRound(entry.runs, own.runs, 'wallSeconds');
  if (ratio) parts.push(`${figure(ratio.median)} ×`);
  parts.push(`${peakText(entry)} MB`);
  return parts.join(' · ');
}

/** The order of rows: by time over csvclean's on the sets where a tool was timed, untimed last. */
function meanRatio(columns, name) {
  const logs = columns.flatMap(({ entries, own }) => {
    const entry = entries.find((one) => one.name === name);
    return entry !== undefined && own !== null && isTimed(entry)
      ? [Math.log(wallOf(entry) / wallOf(own))]
      : [];
  });
  if (logs.length === 0) return Number.MAX_VALUE;
  return logs.reduce((sum, one) => sum + one, 0) / logs.length;
}

function versionsText(sections) {
  const rivals = sections
    .flatMap(({ entries }) => entries)
    .filter(({ kind, version }) => kind === 'rival' && version !== null);
  const versions = new Map(rivals.map(({ name, version }) => [name, version]));
  const list = [...versions].map(([name, version]) => `${name} ${version}`).join(', ');
  return (
    'Each cell: time, times csvclean’s (rounds compared one by one), most memory. *cp* and ' +
    `*node-copy* clean nothing: they read and write the same bytes. Versions: ${list}.`
  );
}

/** MB of input a second: reading and writing anew, with csvclean's default rules, and copying. */
function shapesTable(sections) {
  const rows = sections.map((section) => {
    const entries = entriesOf(section, 'rewrite');
    const rival = fastestRival(entries);
    const cells = [
      speedText(ownOf(entries), section),
      speedText(ownOf(entriesOf(section, 'default')), section),
      rival === null ? '' : `${speedText(rival, section)} (${rival.name})`,
      speedText(entries.find(({ name }) => name === 'node-copy') ?? null, section),
    ];
    return `| ${section.set.slice('shapes/'.length)} | ${cells.join(' | ')} |`;
  });
  return [
    '| MB/s by shape | csvclean, rewrite only | csvclean, default rules | ' +
      'fastest rival, rewrite only | *node-copy* |',
    '| --- | --: | --: | --: | --: |',
    ...rows,
  ].join('\n');
}

function speedText(entry, section) {
  return entry !== null && isTimed(entry) ? figure(speedOf(entry, section)) : '';
}

function workersText(sections) {
  const lines = sections.flatMap((section) =>
    compareWorkers(section)
      .filter((line) => line.startsWith('csvclean'))
      .map((line) => `- Set ${section.set}: ${line}`),
  );
  return lines.length === 0 ? [] : [lines.join('\n')];
}

/** The entries of a job with the most workers that were measured. */
function entriesOf(section, job) {
  const entries = section.entries.filter((entry) => entry.job === job);
  const most = Math.max(...entries.map(({ workers }) => workers));
  return entries.filter(({ workers }) => workers === most);
}

function ownOf(entries) {
  return entries.find((entry) => entry.kind === 'csvclean' && isTimed(entry)) ?? null;
}

function sizeOf({ set, fileCount, inputBytes }) {
  const files = fileCount === 1 ? '1 file' : `${fileCount} files`;
  return `${set}: ${files}, ${figure(inputBytes / MEGABYTE)} MB`;
}
