/** Lines with an empty one before them, if there are any. */
export function gap(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}
