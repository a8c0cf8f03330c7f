/**
 * Random expressions as source text, most of them well-typed: every operator, function and
 * aggregate, constants that fold, and `null` where it may stand.
 */
import type { ValueType } from '../../../../src/engine/expression/tree.js';

/** The next draw, below `count`. */
export type Draw = (count: number) => number;

export interface NamedColumn {
  readonly name: string;
  readonly type: ValueType;
}

const NUMBERS = ['0', '1', '2', '0.5', '10', '1e200', '1e-9', '3', '1e308', '2.675', 'null'];
const TEXTS = ["'abc'", "'Z'", "'1'", "'12'", "'NA'", "'😀'", "'\uff01'", "''", "'é'"];
const ARITHMETIC = ['+', '-', '*', '/', '%', '**'];
const COMPARISONS = ['==', '!=', '<', '<=', '>', '>='];
const NUMBER_FUNCTIONS = ['abs', 'floor', 'ceil', 'sqrt', 'log', 'exp', 'round'];
const DATES = [
  "'2024-02-29'",
  "'2023-02-29'",
  "'1999-12-31 23:59:59.25-0530'",
  "'2025-03-09T14:05Z'",
];
const DATE_PARTS = ['year', 'month', 'day', 'weekday', 'hour', 'minute', 'second'];
const UNITS = ["'days'", "'hours'", "'minutes'", "'seconds'"];
const TEXT_TESTS = ['contains', 'starts_with', 'ends_with'];
const AGGREGATES = ['min', 'max', 'mean', 'median', 'sum', 'std', 'count'];

/** An expression over `columns` of the type, or one that is refused for it. */
export function randomSource(
  type: ValueType | 'any',
  columns: readonly NamedColumn[],
  draw: Draw,
  depth: number,
): string {
  const writer = createWriter(columns, draw);
  return writer.write(type, depth, true);
}

function createWriter(columns: readonly NamedColumn[], draw: Draw) {
  const pick = <T>(choices: readonly T[]): T => choices[draw(choices.length)]!;
  const column = (type: ValueType, otherwise: () => string): string => {
    const usable = columns.filter((one) => one.type === type);
    return usable.length === 0 ? otherwise() : pick(usable).name;
  };

  const write = (type: ValueType | 'any', depth: number, aggregates: boolean): string => {
    if (type === 'any') {
      return write(pick(['number', 'text', 'boolean', 'cell'] as const), depth, aggregates);
    }
    if (depth <= 0) return leaf(type);
    // Branches of one type are of that type.
    const shape = draw(8);
    if (shape === 0 && type !== 'cell') {
      const condition = write('boolean', depth - 1, aggregates);
      return `if(${condition}, ${part(type)}, ${part(type)})`;
    }
    if (shape === 1) {
      const extra = draw(3) === 0 ? `, ${part(type)}` : '';
      return `coalesce(${part(type)}, ${part(type)}${extra})`;
    }
    if (shape === 2 && draw(2) === 0) return leaf(type);
    return operation(type);

    function part(wanted: ValueType | 'any'): string {
      return draw(25) === 0 ? 'null' : write(wanted, depth - 1, aggregates);
    }
    function numeric(): string {
      return part(pick(['number', 'cell', 'cell']));
    }
    function textual(): string {
      return part(pick(['text', 'cell', 'cell']));
    }
    function operation(wanted: ValueType): string {
      switch (wanted) {
        case 'number':
          return numberOperation();
        case 'text':
          return textOperation();
        case 'boolean':
          return booleanOperation();
        case 'cell':
          return `if(${part('boolean')}, ${part('any')}, ${part('any')})`;
      }
    }
    function textOperation(): string {
      const kind = draw(8);
      if (kind === 0) return `replace(${textual()}, ${textual()}, ${textual()})`;
      if (kind === 1) return `substr(${textual()}, ${numeric()}, ${numeric()})`;
      if (kind === 2) return `split_part(${textual()}, ${textual()}, ${numeric()})`;
      if (kind === 3) return `concat(${part('any')}, ${part('any')}, ${part('any')})`;
      if (kind === 4) return `(${part('any')} || ${part('any')})`;
      return `${pick(['lower', 'upper', 'trim'])}(${textual()})`;
    }
    function dated(): string {
      return draw(2) === 0 ? pick(DATES) : textual();
    }
    function numberOperation(): string {
      const kind = draw(13);
      if (kind === 10) return `${pick(['least', 'greatest'])}(${numeric()}, ${numeric()})`;
      if (kind === 11) return `${pick(DATE_PARTS)}(${dated()})`;
      if (kind === 12) return `date_diff(${dated()}, ${dated()}, ${pick(UNITS)})`;
      if (kind < 5) return `(${numeric()} ${pick(ARITHMETIC)} ${numeric()})`;
      if (kind === 5) return `(${pick(['-', '+'])} ${numeric()})`;
      if (kind === 6) return `${pick(NUMBER_FUNCTIONS)}(${numeric()})`;
      if (kind === 7) return `round(${numeric()}, ${draw(4)})`;
      if (kind === 8) return `length(${textual()})`;
      if (!aggregates) return `(${numeric()} ${pick(ARITHMETIC)} ${numeric()})`;
      const name = pick(AGGREGATES);
      const groups = by();
      if (name === 'count') {
        return draw(2) === 0 ? `count()${groups}` : `count(${unaggregated('any')})${groups}`;
      }
      return `${name}(${unaggregated(pick(['number', 'cell']))})${groups}`;
    }
    /** Over all rows, or by one or two columns of any type. */
    function by(): string {
      const name = (): string => pick(columns).name;
      return pick([() => '', () => ` by ${name()}`, () => ` by (${name()}, ${name()})`])();
    }
    function unaggregated(wanted: ValueType | 'any'): string {
      return write(wanted, draw(depth), false);
    }
    function booleanOperation(): string {
      const kind = draw(13);
      if (kind === 9) return `(${numeric()} ${pick(['in', 'not in'])} (0, 1, -3.5))`;
      if (kind === 10) return `(${textual()} ${pick(['in', 'not in'])} ('abc', 'Z', '1'))`;
      if (kind === 11) return `${pick(TEXT_TESTS)}(${textual()}, ${textual()})`;
      if (kind === 12) {
        const type = pick(['number', 'text', 'cell'] as const);
        const word = pick(['between', 'not between']);
        return `(${part(type)} ${word} ${part(type)} and ${part(pick([type, 'cell']))})`;
      }
      if (kind < 3) return `(${part('boolean')} ${pick(['and', 'or'])} ${part('boolean')})`;
      if (kind === 3) return `(not ${part('boolean')})`;
      if (kind === 4) return `is_missing(${part('any')})`;
      if (kind === 5) return `(${part('number')} ${pick(COMPARISONS)} ${numeric()})`;
      if (kind === 6) return `(${textual()} ${pick(COMPARISONS)} ${part('text')})`;
      if (kind === 7) return `(${part('cell')} ${pick(COMPARISONS)} ${part('cell')})`;
      return `(${part('boolean')} ${pick(['==', '!='])} ${part('boolean')})`;
    }
  };

  function leaf(type: ValueType): string {
    if (draw(3) > 0) return column(type, () => constant(type));
    return constant(type);
  }
  function constant(type: ValueType): string {
    switch (type) {
      case 'number':
        return pick(NUMBERS);
      case 'text':
        return pick(TEXTS);
      case 'boolean':
        return pick(['true', 'false']);
      case 'cell':
        return column('cell', () => 'null');
    }
  }
  return { write };
}
