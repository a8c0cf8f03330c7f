/** A run whose files are all UTF-8 must not wait for the tables of other encodings. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const FOLDER = 'src/encoding';
const WITH_TABLES = ['decode-multi-byte.ts', 'guess-encoding.ts', 'transcode.ts'];

test('only three files of src/encoding load a library, and no other file there loads these', () => {
  const loading = readdirSync(FOLDER).filter((name) => {
    const imported = readFileSync(join(FOLDER, name), 'utf8').matchAll(/ from '([^']+)'/g);
    return [...imported].some(([, module]) =>
      /^(iconv-lite|chardet|\.\/(decode-multi-byte|guess-encoding|transcode)\.js)$/.test(module!),
    );
  });
  expect(loading.sort()).toEqual(WITH_TABLES);
});
