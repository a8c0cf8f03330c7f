/** Where a value is from, in words. */
import type { Origin } from './layer.js';

/** `csvclean.yaml:3:1`, `--where`, `CSVCLEAN_WORKERS`, `preset strict`, `default`. */
export function describeOrigin(origin: Origin): string {
  switch (origin.kind) {
    case 'flag':
      return origin.flag;
    case 'given':
      return 'given';
    case 'set':
      return `--set ${origin.text}`;
    case 'environment':
      return origin.name;
    case 'recipe': {
      const { path, line, character } = origin.place;
      return line === undefined ? path : `${path}:${line}:${character}`;
    }
    case 'preset':
      return `preset ${origin.name}`;
    case 'default':
      return 'default';
  }
}
