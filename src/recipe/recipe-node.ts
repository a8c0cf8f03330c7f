/**
 * What is written in a recipe, each part with its place. Scalars are texts here, as on the command
 * line: what they mean is said by the option that takes them.
 */

/** Where something stands. */
export interface RecipePlace {
  /** As the user would name it: a file, or `--set key=value`. */
  readonly path: string;
  /** From 1; absent where there are no lines. */
  readonly line?: number;
  /** From 1, in UTF-16 units. */
  readonly character?: number;
}

export interface ScalarNode {
  readonly kind: 'scalar';
  /** As it is written, without quotes; null for null. */
  readonly text: string | null;
  /** Nothing is written at all. */
  readonly isBlank: boolean;
  readonly place: RecipePlace;
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly RecipeNode[];
  readonly place: RecipePlace;
}

export interface MapEntry {
  readonly key: string;
  readonly place: RecipePlace;
  readonly value: RecipeNode;
}

export interface MapNode {
  readonly kind: 'map';
  /** Each key once. */
  readonly entries: readonly MapEntry[];
  readonly place: RecipePlace;
}

export type RecipeNode = ScalarNode | ListNode | MapNode;

/** As plain values: texts, nulls, arrays and maps. */
export function plainValue(node: RecipeNode): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.text;
    case 'list':
      return node.items.map(plainValue);
    case 'map':
      return new Map(node.entries.map(({ key, value }) => [key, plainValue(value)]));
  }
}
