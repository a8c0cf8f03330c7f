/**
 * Options from the environment: `CSVCLEAN_MAX_MEMORY` is `--max-memory`. Switches take 1, 0, true
 * and false; an empty variable says nothing.
 */
import type { OptionSpec } from '../options/option-spec.js';
import { OPTION_TABLE } from '../options/option-table.js';
import { markRepeated } from '../options/parse-lists.js';
import { type Layer, layerOf } from './layer.js';

export type Environment = Readonly<Record<string, string | undefined>>;

export const ENVIRONMENT_PREFIX = 'CSVCLEAN_';

const WORDS = new Map([
  ['1', 'true'],
  ['0', 'false'],
]);

/** `maxMemory` → `CSVCLEAN_MAX_MEMORY`. */
export function variableOf(key: string): string {
  return ENVIRONMENT_PREFIX + key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

/** By variable: the options that may be given so, which are those with a flag. */
const OPTIONS = new Map(
  (Object.entries(OPTION_TABLE) as [string, OptionSpec<unknown>][])
    .filter(([key, { flags }]) => flags !== null && key !== 'set' && key !== 'printConfig')
    .map(([key, spec]) => [variableOf(key), { key, spec }]),
);

/** @throws CsvcleanError USAGE for a value that its option does not take. */
export function environmentLayer(environment: Environment): Layer {
  return layerOf(
    new Map(
      [...OPTIONS].flatMap(([name, { key, spec }]) => {
        const text = environment[name];
        if (text === undefined || text === '') return [];
        const isSwitch = spec.parse.schema.type === 'boolean';
        const plain = isSwitch ? (WORDS.get(text) ?? text) : text;
        const value = spec.isRepeatable === true ? markRepeated([plain]) : plain;
        spec.parse(value, name);
        return [[key, { value, origin: { kind: 'environment', name } }]];
      }),
    ),
  );
}

/** Variables that look like ours, and are not. */
export function unknownVariables(environment: Environment): readonly string[] {
  return Object.keys(environment)
    .filter((name) => name.startsWith(ENVIRONMENT_PREFIX) && !OPTIONS.has(name))
    .sort();
}
