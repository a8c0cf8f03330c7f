/**
 * Puts together what is told of each file and of all: adds up what workers found, as it comes, asks
 * them for the ranks that are still open, and describes every column.
 */
import { assert } from '../base/assert.js';
import type { ColumnProfile } from '../engine/profile/column-profile.js';
import type { ColumnState, TableState } from '../engine/profile/column-state.js';
import { describeColumn } from '../engine/profile/describe-column.js';
import type { ProfileLimits } from '../engine/profile/limits.js';
import { mergeColumns, placeIn } from '../engine/profile/merge-states.js';
import type { NumberFigures } from '../engine/profile/number-figures.js';
import {
  type Place,
  type Quest,
  settleProfiles,
  type TableRequest,
} from '../engine/profile/settle-profiles.js';
import { isNumeric } from '../engine/profile/value-kind.js';
import { SAMPLE_LIMITS } from '../engine/split/limits.js';
import type { IntervalCounts } from '../engine/statistics/interval-counts.js';
import type { InputResult, TaskInput } from '../task/task.js';
import { type Member, MemberFailure, measureMember } from './members.js';
import type { FileProfile, ProfiledRows, ProfileResult } from './profile-result.js';

/** A file after the first pass. */
export interface Measured {
  readonly member: Member;
  readonly table: TableState;
}

/** All that is told, but for what compares files. */
type Profiles = Pick<ProfileResult, 'files' | 'all'>;

export interface ProfileTables {
  /** Files may come in any order. @param at the place of the input. */
  add(at: number, file: Measured | InputResult): void;
  /** Once all files are there. @returns the first that could not be read once more, instead. */
  finish(): Promise<Profiles | MemberFailure>;
}

/** A column of which some ranks are not known yet, and in which tables it holds numbers. */
interface OpenColumn {
  readonly name: string;
  readonly original: string;
  readonly state: ColumnState;
  readonly places: readonly Place[];
}

/** One of all files while these are added. */
interface GrowingColumn {
  readonly name: string;
  /** Of the first file that has it. */
  original: string;
  first: Place;
  /** To be merged together. */
  readonly parts: ColumnState[];
  readonly places: Place[];
}

/** So many states of a column are merged at once: each merge begins with all that is there. */
const MOST_PARTS = 16;

interface ReadFile {
  readonly member: Member;
  readonly rows: ProfiledRows;
  readonly rejected: TableState['rejected'];
  readonly columns: readonly (ColumnProfile | OpenColumn)[];
}

export function describeProfiles(
  inputs: readonly TaskInput[],
  limits: ProfileLimits,
): ProfileTables {
  const files = new Map<number, ReadFile | InputResult>();
  const all = new Map<string, GrowingColumn>();
  return {
    add(at, file) {
      files.set(at, 'table' in file ? readFile(at, file) : file);
      if ('table' in file) addToAll(all, at, file, limits);
    },
    async finish() {
      const common = [...all.values()]
        .sort((a, b) => a.first.table - b.first.table || a.first.column - b.first.column)
        .map((one): OpenColumn => ({ ...one, state: mergeColumns(one.parts, limits) }));
      const own = [...files.values()].flatMap((file) => ('member' in file ? file.columns : []));
      const open = [...own.filter((column) => 'state' in column), ...common];
      const figures = await settleFigures(files, open);
      if (figures instanceof MemberFailure) return figures;
      const describe = (column: ColumnProfile | OpenColumn): ColumnProfile =>
        'state' in column ? describeColumn(column, figures.get(column) ?? null) : column;
      const told = inputs.map((input, at): FileProfile => {
        const file = files.get(at)!;
        const columns = 'member' in file ? file.columns.map(describe) : [];
        return fileProfile(input, file, columns);
      });
      return { files: told, all: tellAll(told, common.map(describe)) };
    },
  };
}

/** Describes at once what needs no further pass. */
function readFile(at: number, { member, table }: Measured): ReadFile {
  const { plan, header } = member.run.table;
  const columns = plan.columns.map(({ name, original }, column) => {
    const state = table.columns[column]!;
    const open = { name, original, state, places: [{ table: at, column }] };
    return isOpen(state) ? open : describeColumn(open, null);
  });
  const blank = table.blank + header.leadingBlankRows;
  const rejected = table.rejected.reduce((sum, { count }) => sum + count, 0);
  const rows = {
    in: table.rows + header.leadingBlankRows,
    ...{ blank, rejected, table: table.rows - table.blank - rejected },
  };
  return { member, rows, rejected: sortRejected(table.rejected), columns };
}

/** Whether some ranks are not known. */
function isOpen({ many }: ColumnState): boolean {
  return many !== null && many.numbers !== null && many.numbers.guide !== null;
}

function sortRejected(rejected: TableState['rejected']): TableState['rejected'] {
  return [...rejected].sort((a, b) => b.count - a.count || (a.rule < b.rule ? -1 : 1));
}

function addToAll(
  all: Map<string, GrowingColumn>,
  table: number,
  file: Measured,
  limits: ProfileLimits,
): void {
  file.member.run.table.plan.columns.forEach(({ name, original }, column) => {
    const state = placeIn(file.table.columns[column]!, table);
    const place = { table, column };
    let one = all.get(name);
    if (one === undefined) {
      one = { name, original, first: place, parts: [], places: [] };
      all.set(name, one);
    } else if (table < one.first.table) Object.assign(one, { original, first: place });
    if (state.kinds.some(({ kind }) => isNumeric(kind))) one.places.push(place);
    one.parts.push(state);
    if (one.parts.length < MOST_PARTS) return;
    one.parts.splice(0, MOST_PARTS, mergeColumns(one.parts, limits));
  });
}

/** Asks the workers for what is open. */
async function settleFigures(
  files: ReadonlyMap<number, ReadFile | InputResult>,
  open: readonly OpenColumn[],
): Promise<ReadonlyMap<OpenColumn, NumberFigures> | MemberFailure> {
  const asking = open.filter(({ state }) => isOpen(state));
  const quests = asking.map(({ state, places }): Quest => {
    const { moments, guide } = state.many!.numbers!;
    return { places, moments, guide: guide! };
  });
  const passes = settleProfiles(quests, SAMPLE_LIMITS);
  let now = passes.next();
  while (now.done !== true) {
    const answers = await Promise.all(now.value.map((request) => askTable(files, request)));
    const failure = answers.find((answer) => answer instanceof MemberFailure);
    if (failure !== undefined) return failure as MemberFailure;
    now = passes.next(answers as readonly (readonly (readonly IntervalCounts[])[])[]);
  }
  return new Map(asking.map((column, i) => [column, (now.value as readonly NumberFigures[])[i]!]));
}

async function askTable(
  files: ReadonlyMap<number, ReadFile | InputResult>,
  { table, columns }: TableRequest,
): Promise<readonly (readonly IntervalCounts[])[] | MemberFailure> {
  const { member } = files.get(table) as ReadFile;
  const lastSpan = member.run.table.spans.length - 1;
  const request = { kind: 'columns' as const, columns };
  const answer = await measureMember(member, { request, firstSpan: 0, lastSpan });
  if (answer instanceof MemberFailure) return answer;
  assert(answer.kind === 'columns', 'columns were asked for');
  return answer.columns.map(({ intervals }) => intervals);
}

function fileProfile(
  { name, sizeBytes }: TaskInput,
  file: ReadFile | InputResult,
  columns: readonly ColumnProfile[],
): FileProfile {
  const base = { input: name, bytes: sizeBytes, columns };
  if ('member' in file) {
    const { found, warnings } = file.member.split.opened;
    return {
      ...base,
      dialect: found,
      rows: file.rows,
      rejected: file.rejected,
      warnings,
      error: null,
    };
  }
  const { found, report, error } = file;
  const rows = { in: report?.rows.in ?? 0, blank: report?.rows.blank ?? 0, rejected: 0, table: 0 };
  return { ...base, dialect: found, rows, rejected: [], warnings: report?.warnings ?? [], error };
}

function tellAll(
  files: readonly FileProfile[],
  columns: readonly ColumnProfile[],
): ProfileResult['all'] {
  const read = files.filter(({ error }) => error === null);
  const sum = (of: (rows: ProfiledRows) => number): number =>
    read.reduce((total, { rows }) => total + of(rows), 0);
  const rows = {
    in: sum((one) => one.in),
    blank: sum((one) => one.blank),
    rejected: sum((one) => one.rejected),
    table: sum((one) => one.table),
  };
  return { files: read.length, rows, columns };
}
