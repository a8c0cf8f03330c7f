import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { JobEvent } from '../../src/job/job-result.js';
import { profileInputs } from '../../src/job/profile-inputs.js';
import { parseOptions } from '../../src/options/parse-options.js';
import { tempFolder } from '../support/temp-folder.js';

test('a profile tells how far it is, and at the end that all is done', async () => {
  const folder = tempFolder();
  const text = `id,v\n${'1,2\n'.repeat(1000)}`;
  for (const name of ['a.csv', 'b.csv', 'c.csv']) writeFileSync(join(folder, name), text);
  const events: JobEvent[] = [];
  const options = parseOptions({ inputs: [folder], workers: 0 });
  const result = await profileInputs(options, undefined, (event) => events.push(event));
  expect(result!.all.rows.table).toBe(3000);
  const bytes = 3 * text.length;
  expect(events[0]).toEqual({ kind: 'start', files: 3, bytes, workers: 1 });
  expect(events.at(-1)).toMatchObject({ kind: 'progress', doneFiles: 3, doneBytes: bytes });
});
