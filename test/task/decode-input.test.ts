/**
 * An input in any encoding, sound or broken, decoded and surveyed span by span: the same bytes, the
 * same counts and the same errors as at once, for spans of every size.
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { addCounts, createUtf8Survey, NO_COUNTS } from '../../src/encoding/survey-utf8.js';
import { createTranscoder } from '../../src/encoding/transcode.js';
import { sourceOf } from '../../src/engine/byte-source.js';
import { planSpans } from '../../src/engine/split/span.js';
import { cutPart } from '../../src/task/cut-part.js';
import { beginDecoding, decodeSpan } from '../../src/task/decode-input.js';
import { surveySpan } from '../../src/task/find-encoding.js';
import type { EncodingErrors } from '../../src/task/task.js';
import { alphabetOf, orderedNames } from '../encoding/alphabets.js';
import { makeTempFolder } from '../support/temp-folder.js';

const seed = Number(process.env.SEED ?? 20_261_122);
const folder = makeTempFolder();
const path = join(folder, 'decoded');

/** The text, or code, line and byte offset of the error. */
type Outcome = string | readonly unknown[];

function outcomeOf(error: unknown): Outcome {
  const { code, place } = error as { code?: string; place?: Record<string, unknown> };
  if (code !== 'BAD_ENCODING') throw error;
  return [code, place!.line, place!.byteOffset];
}

function decodeAtOnce(bytes: Uint8Array, encoding: string, errors: EncodingErrors): Outcome {
  const transcoder = createTranscoder(encoding, errors === 'reject' ? 'mark' : errors);
  try {
    const most = Buffer.from(transcoder.write(bytes));
    return Buffer.concat([most, transcoder.end()]).toString('latin1');
  } catch (error) {
    return outcomeOf(error);
  }
}

async function decodeInSpans(
  bytes: Uint8Array,
  encoding: string,
  errors: EncodingErrors,
  spanBytes: number,
): Promise<Outcome> {
  rmSync(path, { force: true });
  const spans = planSpans(0, bytes.length, spanBytes);
  const ledger = beginDecoding(path, spans.length);
  try {
    for (const span of spans) {
      await decodeSpan(sourceOf(bytes), { encoding, errors }, span, path, ledger);
    }
    return readFileSync(path, 'latin1');
  } catch (error) {
    return outcomeOf(error);
  }
}

/** Rows in an encoding, with other bytes among them. */
function inputs(encoding: string): fc.Arbitrary<Uint8Array> {
  const encode = (text: string): Buffer => iconv.encode(text, encoding as 'utf8');
  const hex = (digits: string): Buffer => Buffer.from(digits, 'hex');
  const part = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...alphabetOf(encoding)).map(encode) },
    { weight: 2, arbitrary: fc.constantFrom(',', '\n', 'ab').map(encode) },
    fc.constantFrom('00d8', 'd800', '00dc', 'dc00', 'ff', '81', '8e', '8fa1', '3081').map(hex),
    fc.uint8Array({ maxLength: 4 }),
    fc.constantFrom('fffe', 'feff', 'efbbbf').map(hex),
  );
  return fc.array(part, { maxLength: 40 }).map((parts) => Buffer.concat(parts));
}

describe(`span by span as at once (SEED=${seed})`, () => {
  test.each(orderedNames)('from %s', async (encoding) => {
    const errors = fc.constantFrom('reject', 'replace', 'strict');
    await fc.assert(
      fc.asyncProperty(
        inputs(encoding),
        errors,
        fc.integer({ min: 1, max: 90 }),
        async (...asked) => {
          const [bytes, onError, spanBytes] = asked as [Uint8Array, EncodingErrors, number];
          const found = await decodeInSpans(bytes, encoding, onError, spanBytes);
          expect(found).toEqual(decodeAtOnce(bytes, encoding, onError));
        },
      ),
      { seed, numRuns: 15 },
    );
  });

  test.each(['utf-8', 'windows-1252', 'shift_jis', 'utf-16be'])(
    'counts how much of %s is UTF-8',
    (encoding) => {
      fc.assert(
        fc.property(inputs(encoding), fc.integer({ min: 1, max: 90 }), (bytes, spanBytes) => {
          const survey = createUtf8Survey();
          survey.write(bytes);
          const source = sourceOf(bytes);
          const found = planSpans(0, bytes.length, spanBytes)
            .map((span) => surveySpan(source, span))
            .reduce(addCounts, NO_COUNTS);
          expect(found).toEqual(survey.end());
        }),
        { seed, numRuns: 200 },
      );
    },
  );

  test.each([
    ['windows-1252', 'é'.repeat(9_000), [9_000]],
    ['shift_jis', `${'日本'.repeat(3_000)}\n日`, [12_001, 2]],
    ['utf-16le', '😀'.repeat(3_000), [4_000, 3_996, 4_000, 4]],
  ])('where %s has few places to be cut, spans are empty or longer', (encoding, text, lengths) => {
    const bytes = iconv.encode(text, encoding as 'utf8');
    const source = sourceOf(bytes);
    const parts = planSpans(0, bytes.length, 3_998).map((span) => cutPart(source, span, encoding));
    const found = parts.map(({ startBytes, endBytes }) => endBytes - startBytes);
    expect(found.reduce((sum, length) => sum + length)).toBe(bytes.length);
    expect(found.filter((length) => length > 0)).toEqual(lengths);
  });
});
