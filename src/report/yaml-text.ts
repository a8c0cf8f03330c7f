/** Values as they would stand in a recipe, on one line. */

/** What needs no quotes, inside brackets either. */
const PLAIN = /^[\p{L}\p{N}_./][\p{L}\p{N}_ ./()+*%=<>-]*$/u;
const NULL = /^(null|~)$/i;
/** What single quotes cannot hold. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028\u2029\ufeff]/gu;

/** Texts, numbers, booleans, null, lists and maps of these. */
export function yamlText(value: unknown): string {
  if (typeof value === 'string') return scalarText(value);
  if (Array.isArray(value)) return `[${value.map(yamlText).join(', ')}]`;
  if (value instanceof Map) {
    const entries = [...(value as Map<string, unknown>)];
    const inner = entries.map(([key, one]) => `${scalarText(key)}: ${yamlText(one)}`).join(', ');
    return entries.length === 0 ? '{}' : `{ ${inner} }`;
  }
  if (typeof value === 'object' && value !== null) return yamlText(new Map(Object.entries(value)));
  return String(value);
}

function scalarText(text: string): string {
  if (PLAIN.test(text) && !NULL.test(text) && !text.endsWith(' ')) return text;
  if (!UNPRINTABLE.test(text)) return `'${text.replaceAll("'", "''")}'`;
  return JSON.stringify(text).replace(
    UNPRINTABLE,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
