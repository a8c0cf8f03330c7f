/**
 * From the text of a recipe to its nodes. YAML 1.2 in its core schema, and JSON, which is part of
 * it. Tags and several documents are refused, depth and number of nodes bounded, so that aliases
 * cannot make much of little. Knows no key.
 */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  Parser,
  parseDocument,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { recipeError } from './recipe-error.js';
import type { MapEntry, RecipeNode, RecipePlace } from './recipe-node.js';

/** More nodes than this, aliases followed, are no recipe. */
export const MAX_RECIPE_NODES = 100_000;
/** Deeper nested than this is no recipe either. */
export const MAX_RECIPE_DEPTH = 32;

/** Where texts are read from: a path, without lines for what is no file. */
export interface TextOrigin {
  readonly path: string;
  readonly hasLines: boolean;
}

interface Reading {
  /** By name, as far as the text was read. */
  readonly anchors: Map<string, Node>;
  readonly placeAt: (offset: number) => RecipePlace;
  nodesLeft: number;
}

/**
 * @returns null for a text without any value: empty, or only comments.
 * @throws CsvcleanError BAD_RECIPE.
 */
export function readYaml(text: string, origin: TextOrigin): RecipeNode | null {
  const lines = new LineCounter();
  const placeAt = (offset: number): RecipePlace => {
    if (!origin.hasLines) return { path: origin.path };
    const { line, col } = lines.linePos(offset);
    return { path: origin.path, line, character: col };
  };
  refuseDepth(text, lines, placeAt);
  const document = parseDocument(text, {
    ...{ version: '1.2', schema: 'core', merge: false },
    ...{ uniqueKeys: true, strict: true, prettyErrors: false, logLevel: 'error' },
  });
  const flaw = document.errors[0];
  if (flaw !== undefined) {
    const remedy = REMEDIES.get(flaw.code) ?? 'Texts with special characters go into quotes.';
    throw recipeError(
      placeAt(flaw.pos[0]),
      `not valid YAML: ${plainMessage(flaw.message)}`,
      remedy,
    );
  }
  const { contents } = document;
  if (contents === null || isBlank(contents)) return null;
  return toNode(contents, { anchors: new Map(), placeAt, nodesLeft: MAX_RECIPE_NODES }, 0);
}

const REMEDIES = new Map<string, string>([
  ['MULTIPLE_DOCS', 'Keep one document in a file.'],
  ['DUPLICATE_KEY', 'Keep one.'],
]);

/** The library's words, as the rest of a sentence. */
function plainMessage(message: string): string {
  const first = message.split('\n')[0]!;
  return first.charAt(0).toLowerCase() + first.slice(1);
}

/** The library reads nested values by recursion; this does not. */
function refuseDepth(
  text: string,
  lines: LineCounter,
  placeAt: (offset: number) => RecipePlace,
): void {
  lines.addNewLine(0);
  const parser = new Parser(lines.addNewLine);
  // A level takes up to four of the parser's own.
  const limit = 4 * MAX_RECIPE_DEPTH;
  for (const lexeme of new Lexer().lex(text)) {
    for (const _ of parser.next(lexeme));
    if (parser.stack.length > limit) throw tooDeep(placeAt(parser.offset));
  }
}

function tooDeep(place: RecipePlace): Error {
  const message = `values are nested more than ${MAX_RECIPE_DEPTH} deep`;
  return recipeError(place, message, 'No key of a recipe takes that.');
}

function isBlank(node: Node): boolean {
  return isScalar(node) && node.value === null && (node.source ?? '') === '';
}

function toNode(given: Node, reading: Reading, depth: number): RecipeNode {
  const place = reading.placeAt(given.range?.[0] ?? 0);
  if (depth > MAX_RECIPE_DEPTH) throw tooDeep(place);
  if (--reading.nodesLeft < 0) {
    const message = `it holds more than ${MAX_RECIPE_NODES} values`;
    throw recipeError(place, message, 'Look for aliases (*name) that repeat one another.');
  }
  if (isAlias(given)) {
    const target = reading.anchors.get(given.source);
    if (target === undefined) {
      throw recipeError(place, `nothing is named &${given.source}`, 'Name it before it is used.');
    }
    return toNode(target, reading, depth + 1);
  }
  const { anchor } = given as { readonly anchor?: string };
  if (anchor !== undefined) reading.anchors.set(anchor, given);
  if (given.tag !== undefined) {
    throw recipeError(place, `found the tag ${given.tag}`, 'Recipes have no tags: leave it out.');
  }
  if (isMap(given)) {
    return { kind: 'map', entries: entriesOf(given, reading, depth), place };
  }
  if (isSeq(given)) {
    const items = given.items.map((item) => toNode(item as Node, reading, depth + 1));
    return { kind: 'list', items, place };
  }
  const { value, source, type } = given as Scalar;
  const isNull = value === null && type === 'PLAIN';
  const text = isNull ? null : (source ?? String(value));
  return { kind: 'scalar', text, isBlank: isNull && (source ?? '') === '', place };
}

function entriesOf(map: YAMLMap, reading: Reading, depth: number): readonly MapEntry[] {
  const seen = new Set<string>();
  return map.items.map(({ key, value }): MapEntry => {
    const keyNode = toNode(key as Node, reading, depth + 1);
    const { place } = keyNode;
    if (keyNode.kind !== 'scalar' || keyNode.text === null) {
      throw recipeError(place, 'found a key that is no text', 'Put it in quotes.');
    }
    if (seen.has(keyNode.text)) {
      throw recipeError(place, `the key "${keyNode.text}" stands there twice`, 'Keep one.');
    }
    seen.add(keyNode.text);
    const blank: RecipeNode = { kind: 'scalar', text: null, isBlank: true, place };
    const node = value === null ? blank : toNode(value as Node, reading, depth + 1);
    return { key: keyNode.text, place, value: node };
  });
}
