import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { textVersions, type TextVersion } from '../../../domain/charter/history.ts';

function saves(...texts: readonly string[]): readonly TextVersion[] {
  return texts.map((text, index) => ({
    version: `${texts.length - index}.0`,
    text,
    by: 'Priya Raman',
    at: '2026-11-22T10:00:00Z',
  }));
}

test.each([
  { texts: [], versions: [], reason: 'nothing was saved' },
  { texts: ['a'], versions: ['1.0'], reason: 'the first text' },
  { texts: ['c', 'b', 'a'], versions: ['3.0', '2.0', '1.0'], reason: 'newest first' },
  {
    texts: ['b', 'b', 'a'],
    versions: ['2.0', '1.0'],
    reason: 'who wrote it is named, not who touched another column later',
  },
  { texts: ['a', 'b', 'a'], versions: ['3.0', '2.0', '1.0'], reason: 'an old text brought back is a new version' },
])('$texts has the versions $versions: $reason', ({ texts, versions }) => {
  expect(textVersions(saves(...texts)).map(({ version }) => version)).toEqual(versions);
});

test('no text is lost, neighbours differ, and the first one says what is stored now', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }), texts => {
      const shown = textVersions(saves(...texts)).map(({ text }) => text);

      expect(shown[0]).toBe(texts[0]);
      expect(new Set(shown)).toEqual(new Set(texts));
      expect(shown.some((text, index) => text === shown[index + 1])).toBe(false);
    }),
  );
});
