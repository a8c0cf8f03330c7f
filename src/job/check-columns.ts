/**
 * Finds column names that no input has, before any work: a typing error must not cost a night's
 * run.
 */
import { unknownColumn } from '../engine/columns.js';
import { missingColumns, type NamedColumn, planTable } from '../engine/plan-table.js';
import { peekHeader } from '../task/peek-header.js';
import type { RunSettings, TaskSettings } from '../task/task.js';
import type { PlannedInput } from './plan-outputs.js';

/**
 * Reads headers until each column the rules name was seen in one. A column that only some inputs
 * lack is an error of those, when they are cleaned.
 * @throws CsvcleanError USAGE for names that leave no column or clash, UNKNOWN_COLUMN for the first
 *   name that is in no input, with the nearest that is.
 */
export async function checkColumns(
  inputs: readonly PlannedInput[],
  settings: RunSettings,
): Promise<void> {
  for (const [index, one] of settings.entries()) {
    await checkThose(
      inputs.filter(({ settingsIndex }) => settingsIndex === index),
      one,
    );
  }
}

/** Those that the same rules are for. */
async function checkThose(inputs: readonly PlannedInput[], settings: TaskSettings): Promise<void> {
  let missing: readonly NamedColumn[] | null = null;
  const seen = new Set<string>();
  for (const input of inputs) {
    // One that cannot be looked at may have any column.
    if (input.isStream || input.compression !== null) return;
    const header = await peekHeader(input.path, input.name, settings);
    if (header === null) continue;
    const lacks = missingColumns(header.names, settings.rules);
    const key = (one: NamedColumn): string => JSON.stringify([one.flag, one.name]);
    const lacking = new Set(lacks.map(key));
    missing = missing === null ? lacks : missing.filter((one) => lacking.has(key(one)));
    if (lacks.length === 0) {
      // All names are there: what is still wrong is wrong with the rules, such as no column left.
      planTable(header.names, settings.rules);
    }
    if (missing.length === 0) return;
    for (const name of header.cleaned) seen.add(name);
  }
  const first = missing?.[0];
  if (first === undefined) return;
  const columns = [...seen].map((name) => ({ name }));
  throw unknownColumn(first.name, columns, first.flag, inputs.length);
}
