/** In which files a column is missing, new, or of another type than in most. Pure. */
import type { Drift, FileProfile } from './profile-result.js';

/** Files whose columns overlap less, as a share of all of both, are tables of another kind. */
const LEAST_OVERLAP = 0.5;

/** @param files in the order of the inputs. */
export function findDrift(files: readonly FileProfile[]): readonly Drift[] {
  const read = files.filter(({ error, columns }) => error === null && columns.length > 0);
  return groupAlike(read).flatMap((group) => {
    const names = new Set(group.flatMap((file) => namesOf(file)));
    return [...names].flatMap((name) => [...presenceOf(name, group), ...typesOf(name, group)]);
  });
}

function namesOf({ columns }: FileProfile): readonly string[] {
  return columns.map(({ name }) => name);
}

/**
 * Files that seem to hold tables of one kind: each joins the most frequent header that it overlaps
 * with. Groups of several files, in the order of their first one.
 */
function groupAlike(files: readonly FileProfile[]): readonly (readonly FileProfile[])[] {
  const byHeader = new Map<string, FileProfile[]>();
  const places = new Map<FileProfile, number>();
  for (const [place, file] of files.entries()) {
    const key = JSON.stringify([...namesOf(file)].sort());
    const alike = byHeader.get(key) ?? [];
    byHeader.set(key, alike);
    alike.push(file);
    places.set(file, place);
  }
  const groups: FileProfile[][] = [];
  for (const alike of [...byHeader.values()].sort((a, b) => b.length - a.length)) {
    const kin = groups.find(([first]) => overlapOf(first!, alike[0]!) >= LEAST_OVERLAP);
    if (kin === undefined) groups.push(alike);
    else for (const file of alike) kin.push(file);
  }
  const placeOf = (file: FileProfile): number => places.get(file)!;
  return groups
    .filter(({ length }) => length > 1)
    .map((group) => [...group].sort((a, b) => placeOf(a) - placeOf(b)))
    .sort(([a], [b]) => placeOf(a!) - placeOf(b!));
}

function overlapOf(a: FileProfile, b: FileProfile): number {
  const names = new Set(namesOf(a));
  const shared = namesOf(b).filter((name) => names.has(name)).length;
  return shared / (a.columns.length + b.columns.length - shared);
}

function presenceOf(column: string, files: readonly FileProfile[]): readonly Drift[] {
  const hasIt = (file: FileProfile): boolean => file.columns.some(({ name }) => name === column);
  const having = files.filter(hasIt);
  if (having.length === files.length) return [];
  const isNew = having.length * 2 < files.length;
  const differing = isNew ? having : files.filter((file) => !hasIt(file));
  const message = `${having.length} of ${files.length} files have it`;
  const inputs = differing.map(({ input }) => input);
  return [{ column, kind: isNew ? 'new' : 'missing', message, inputs }];
}

/** Columns without a value have no type of their own. */
function typesOf(column: string, files: readonly FileProfile[]): readonly Drift[] {
  const types = files.flatMap(({ input, columns }) => {
    const type = columns.find(({ name }) => name === column)?.type;
    if (type === undefined || type.name === 'empty') return [];
    const name = type.name === 'mixed' ? `mixed, mostly ${type.mostly}` : type.name;
    return [{ input, type: type.format === null ? name : `${name} ${type.format}` }];
  });
  const counts = new Map<string, number>();
  for (const { type } of types) counts.set(type, 1 + (counts.get(type) ?? 0));
  const [usual, ...others] = [...counts].sort(([, a], [, b]) => b - a);
  return others.map(([type, count]) => ({
    column,
    kind: 'type',
    message: `${type} in ${count}, ${usual![0]} in ${usual![1]} files`,
    inputs: types.filter((one) => one.type === type).map(({ input }) => input),
  }));
}
