/**
 * Shapes of values in the words of JSON Schema (draft 7), for editors. What an option takes is said
 * by how it is read; this only repeats it, as far as the words reach.
 */

/** A schema: its keywords. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** In a recipe every scalar is a text, as on the command line. */
export const TEXT_SCHEMA: JsonSchema = { type: ['string', 'number', 'boolean'] };

/** A text or number of `pattern`. */
export function textSchema(pattern: string): JsonSchema {
  return { type: ['string', 'number'], pattern };
}

/** Any of several. */
export function anyOf(...schemas: readonly JsonSchema[]): JsonSchema {
  return { anyOf: schemas.flatMap((one) => (isAnyOf(one) ? one.anyOf : [one])) };
}

function isAnyOf(schema: JsonSchema): schema is { readonly anyOf: readonly JsonSchema[] } {
  return Object.keys(schema).length === 1 && Array.isArray(schema.anyOf);
}

/** One, or a list of them. */
export function oneOrMore(schema: JsonSchema): JsonSchema {
  return anyOf(schema, { type: 'array', items: schema });
}

/** A map from any name. */
export function mapOf(schema: JsonSchema): JsonSchema {
  return { type: 'object', additionalProperties: schema };
}

/** A map of these keys, and no others. */
export function recordOf(
  properties: ReadonlyMap<string, JsonSchema>,
  required: readonly string[] = [],
): JsonSchema {
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  };
}
