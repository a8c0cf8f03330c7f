/** Which lines a sample holds, and that cuts do not change it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { collectSample, SAMPLE_BYTES } from '../../src/encoding/collect-sample.js';
import { cutRandomly } from './cut-randomly.js';

const seed = Number(process.env.SEED ?? 20_260_107);

function sampleOf(pieces: readonly Uint8Array[], limitBytes?: number): string {
  const collector = collectSample(limitBytes);
  for (const piece of pieces) {
    collector.write(piece);
    piece.fill(0);
  }
  return Buffer.from(collector.sample()).toString('latin1');
}

function bytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

describe('collectSample', () => {
  test.each([
    ['', ''],
    ['a,b\n1,2\n', ''],
    ['a,b\n1,café\n2,x\n3,Zürich\n', '1,café\n3,Zürich\n'],
    ['é', 'é'],
    ['a\r\nbé\r\nc', 'bé\r'],
    ['a\rbé\rc', 'bé\r'],
    [`${'x'.repeat(600)}é,b\nc`, `${'x'.repeat(512)}é,b\n`],
  ])('takes from %j %j', (text, sample) => {
    expect(sampleOf([bytes(text)])).toBe(sample);
  });

  test('finds one letter behind much ASCII', () => {
    const collector = collectSample();
    const ascii = bytes('1,2,3\n'.repeat(20_000));
    for (let i = 0; i < 10; i++) collector.write(ascii);
    collector.write(bytes('4,é,5\n'));
    collector.write(ascii);
    expect(Buffer.from(collector.sample()).toString('latin1')).toBe('4,é,5\n');
    expect(collector.isFull()).toBe(false);
  });

  test('stops at its limit, after a whole word', () => {
    const collector = collectSample();
    const lines = bytes('1,Zürich,Köln\n'.repeat(1_000));
    for (let i = 0; i < 10; i++) collector.write(lines);
    expect(collector.isFull()).toBe(true);
    const sample = collector.sample();
    expect(sample.length).toBeLessThanOrEqual(SAMPLE_BYTES);
    expect(sample.length).toBeGreaterThan(SAMPLE_BYTES - 20);
    expect(sample.at(-1)).toBeLessThan(0x30);
  });

  test(`gathers the same wherever a file is cut (SEED=${seed})`, () => {
    const parts = fc.constantFrom('a', 'bc,', 'é', 'ü', '\n', '\r\n', 'x'.repeat(300), '\r');
    const texts = fc.array(parts, { maxLength: 40 }).map((each) => each.join(''));
    fc.assert(
      fc.property(texts, fc.infiniteStream(fc.nat(200)), fc.nat(500), (text, lengths, limit) => {
        const whole = bytes(text);
        const cut = cutRandomly(whole, lengths);
        expect(sampleOf(cut, limit)).toBe(sampleOf([whole.slice()], limit));
        const lines = text.split(/(?<=[\r\n])/).filter((line) => /[éü]/.test(line));
        const shortened = lines.map((line) => line.replace(/^[a-z,]+(?=[a-z,]{512})/, ''));
        expect(sampleOf([whole])).toBe(shortened.join(''));
      }),
      { seed, numRuns: 1_000 },
    );
  });
});
