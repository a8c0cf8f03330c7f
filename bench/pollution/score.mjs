/**
 * Whether a tool's answer is the true table: the same names and every undamaged row, cell by cell
 * after trimming, in order, and no others. A damaged row may be absent or stand there as anything of
 * the table's width. Empty columns at the right may be there or not.
 */

/**
 * - `right`;
 * - `crashed`: the tool refused the file, with an error;
 * - `hung`: it took longer than 5 s;
 * - `told`: a wrong table, and the tool said that something was odd;
 * - `silent`: a wrong table without a word.
 */
export const VERDICTS = ['right', 'told', 'silent', 'crashed', 'hung'];

export function judge(truth, answer) {
  if (answer.isHung) return { verdict: 'hung', difference: answer.error };
  if (answer.error !== null) return { verdict: 'crashed', difference: answer.error };
  const difference = findDifference(truth, answer);
  if (difference === null) return { verdict: 'right', difference };
  return { verdict: answer.isTold ? 'told' : 'silent', difference };
}

/** The first difference in words, or null. */
export function findDifference(truth, answer) {
  const isHeaderless = truth.names === null;
  const trueWidth = (truth.names ?? truth.rows[0]).length;
  const width = widthWithoutEmpties(answer, trueWidth);
  // Names that a tool made up are none.
  const given = isMadeUp(answer.names) ? null : answer.names;
  if (isHeaderless !== (given === null)) {
    return given === null ? 'no header found' : `taken for a header: ${show(given)}`;
  }
  const names = given?.slice(0, width) ?? null;
  const choices = [truth.names, ...truth.otherNames];
  if (names !== null && !choices.some((choice) => isSameNames(choice, names, truth))) {
    return `header ${show(names)} instead of ${show(truth.names)}`;
  }
  if (width !== trueWidth) return `${width} columns instead of ${trueWidth}`;
  return compareRows(
    truth,
    answer.rows.map((row) => cutEmpties(row, width)),
  );
}

/** The columns of the answer, without those beyond the true ones that hold nothing at all. */
function widthWithoutEmpties({ names, rows }, trueWidth) {
  let width = Math.max(names?.length ?? 0, ...rows.map((row) => row.length));
  const isEmpty = (column) =>
    isNoName(names?.[column] ?? '') && rows.every((row) => (row[column] ?? '').trim() === '');
  while (width > trueWidth && isEmpty(width - 1)) width -= 1;
  return width;
}

function cutEmpties(row, width) {
  return row.length > width ? row.slice(0, width) : row;
}

function isNoName(name) {
  return /^(?:|(?:column|unnamed|col|_)[\s:_]*\d*(?:_\d+)?)$/i.test(name.trim());
}

function isMadeUp(names) {
  return names === null || (names.length > 0 && names.every((name) => /^column_?\d+$/.test(name)));
}

/** Names of several rows may be joined by anything, and where there is none one may be made up. */
function isSameNames(wanted, given, { pollution }) {
  if (wanted.length !== given.length) return false;
  const isJoined = pollution === 'header-two-rows' || pollution === 'header-units';
  const between = isJoined ? /[\s_./-]+/g : /\s+/g;
  const plain = (name) => name.replace(between, ' ').trim();
  const isSame = (name, other) => plain(name) === plain(other) || (name === '' && isNoName(other));
  return wanted.every((name, i) => isSame(name, given[i]));
}

function normalise(cell) {
  return cell.replace(/\r\n?/g, '\n').trim();
}

function isSameRow(wanted, given) {
  if (wanted.length !== given.length) return false;
  return wanted.every((cell, i) => normalise(cell) === normalise(given[i]));
}

function compareRows({ rows: wanted, loose }, given) {
  const damaged = new Set(loose);
  const width = wanted[0].length;
  let furthest = [0, 0];
  const matches = (i, j) => {
    if (i + j > furthest[0] + furthest[1]) furthest = [i, j];
    if (i === wanted.length) return j === given.length;
    if (damaged.has(i)) {
      return matches(i + 1, j) || (given[j]?.length === width && matches(i + 1, j + 1));
    }
    return j < given.length && isSameRow(wanted[i], given[j]) && matches(i + 1, j + 1);
  };
  if (matches(0, 0)) return null;
  const [i, j] = furthest;
  return `row ${i + 1}: ${show(given[j])} instead of ${show(wanted[i])}`;
}

const LONGEST_SHOWN = 160;

function show(cells) {
  if (cells === undefined || cells === null) return 'nothing';
  const text = JSON.stringify(cells);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN - 1)}…` : text;
}
