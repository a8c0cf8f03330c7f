/** What checks cells against a schema, loaded where rules hold one. */
import { assert } from '../../base/assert.js';
import type { NamedRules } from '../column-rules.js';
import type { Rules } from '../rules.js';
import type { checkSchemaRules, planSchema } from './plan-schema.js';

interface SchemaTools {
  readonly checkSchemaRules: typeof checkSchemaRules;
  readonly planSchema: typeof planSchema;
}

let tools: SchemaTools | null = null;

/** The columns with a rule of a schema. */
export function schemaRules({ columns }: Pick<Rules, 'columns'>): readonly NamedRules[] {
  return columns.filter(({ rules }) => {
    const { required, unique, type, min, max, pattern, allowed } = rules;
    const isOn = required === true || unique === true;
    return isOn || [type, min, max, pattern, allowed].some((rule) => rule !== undefined);
  });
}

/** To be awaited once in each thread, before its first plan of a table by such rules. */
export async function loadSchema(rules: Pick<Rules, 'columns'>): Promise<void> {
  if (tools === null && schemaRules(rules).length > 0) tools = await import('./plan-schema.js');
}

export function schemaTools(): SchemaTools {
  assert(tools !== null, 'what plans a schema is loaded');
  return tools;
}
