/**
 * Settles the ranks of all columns of some tables, of each table by itself and of all together, by
 * as many common passes as it takes. Who runs them is not known here.
 */

import { type SampleLimits, samplePerColumn } from '../split/limits.js';
import type { ColumnRequest } from '../split/measures.js';
import type { Moments } from '../statistics/exact-sum.js';
import type { Interval, IntervalCounts } from '../statistics/interval-counts.js';
import { mergeIntervals } from '../statistics/interval-counts.js';
import type { RankGuide } from './column-state.js';
import { type NumberFigures, settleNumbers } from './number-figures.js';

/** A column of a table. */
export interface Place {
  readonly table: number;
  readonly column: number;
}

/** Numbers of which ranks are wanted, and where they stand. */
export interface Quest {
  readonly places: readonly Place[];
  readonly moments: Moments;
  readonly guide: RankGuide;
}

/** What a table is asked for in a pass. */
export interface TableRequest {
  readonly table: number;
  readonly columns: readonly ColumnRequest[];
}

/** Of each requested column, its intervals. */
type TableAnswer = readonly (readonly IntervalCounts[])[];

/** @yields what to ask tables; is told their answers in the same order. */
export function* settleProfiles(
  quests: readonly Quest[],
  limits: SampleLimits,
): Generator<readonly TableRequest[], readonly NumberFigures[], readonly TableAnswer[]> {
  const most = samplePerColumn(limits, quests.length);
  const searches = quests.map(({ moments, guide }) => settleNumbers(moments, guide, most));
  const states = searches.map((search) => search.next());
  for (;;) {
    const open = states.flatMap(({ done, value }, at) =>
      done === true ? [] : [{ at, intervals: value as readonly Interval[] }],
    );
    if (open.length === 0) break;
    const wanted = open.flatMap(({ at, intervals }) =>
      quests[at]!.places.map((place) => ({ at, place, intervals })),
    );
    const requests = requestsOf(wanted, most);
    const answers = yield requests;
    const parts = new Map<number, (readonly IntervalCounts[])[]>();
    for (const { at } of open) parts.set(at, []);
    requests.forEach(({ table, columns }, i) => {
      columns.forEach(({ column }, k) => {
        let rest = answers[i]![k]!;
        for (const one of wantedOf(wanted, { table, column })) {
          parts.get(one.at)!.push(rest.slice(0, one.intervals.length));
          rest = rest.slice(one.intervals.length);
        }
      });
    });
    for (const { at } of open) {
      states[at] = searches[at]!.next(mergeIntervals(parts.get(at)!, most));
    }
  }
  return states.map(({ value }) => value as NumberFigures);
}

interface Wanted {
  /** The place of the quest. */
  readonly at: number;
  readonly place: Place;
  readonly intervals: readonly Interval[];
}

/** One request for each column, for all who want something of it. */
function requestsOf(wanted: readonly Wanted[], mostKept: number): readonly TableRequest[] {
  const tables = new Map<number, Map<number, Interval[]>>();
  for (const { place, intervals } of wanted) {
    const columns = tables.get(place.table) ?? new Map<number, Interval[]>();
    tables.set(place.table, columns);
    columns.set(place.column, [...(columns.get(place.column) ?? []), ...intervals]);
  }
  return [...tables].map(([table, columns]) => ({
    table,
    columns: [...columns].map(
      ([column, intervals]): ColumnRequest => ({
        ...{ column, intervals, mostKept },
        ...{ distanceFrom: null, wantsTails: false, wantsMoments: false },
      }),
    ),
  }));
}

function wantedOf(wanted: readonly Wanted[], { table, column }: Place): readonly Wanted[] {
  return wanted.filter(({ place }) => place.table === table && place.column === column);
}
