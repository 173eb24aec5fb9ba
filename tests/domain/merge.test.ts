import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mergeEdits, type MergedEdits } from '../../domain/merge.ts';

const charter = 'We share what works.\n\nWe meet monthly. Everybody may speak.\n\n- Listen\n- Ask\n- Thank';

test.each([
  {
    reason: 'different paragraphs',
    base: charter,
    mine: charter.replace('what works', 'what works and what does not'),
    current: charter.replace('Thank', 'Say thank you'),
    text: 'We share what works and what does not.\n\nWe meet monthly. Everybody may speak.\n\n- Listen\n- Ask\n- Say thank you',
  },
  {
    reason: 'neighbouring lines of a list',
    base: '- Listen\n- Ask\n- Thank',
    mine: '- Listen first\n- Ask\n- Thank',
    current: '- Listen\n- Ask openly\n- Thank',
    text: '- Listen first\n- Ask openly\n- Thank',
  },
  {
    reason: 'neighbouring sentences of one paragraph',
    base: 'We meet monthly. Everybody may speak.',
    mine: 'We meet weekly. Everybody may speak.',
    current: 'We meet monthly. Everybody should speak.',
    text: 'We meet weekly. Everybody should speak.',
  },
  {
    reason: 'one adds at the start, the other at the end',
    base: 'Middle',
    mine: 'Middle\n\nEnd',
    current: 'Start\n\nMiddle',
    text: 'Start\n\nMiddle\n\nEnd',
  },
  {
    reason: 'one deletes a paragraph, the other edits another',
    base: 'A\n\nB\n\nC',
    mine: 'A\n\nC',
    current: 'A\n\nB\n\nC!',
    text: 'A\n\nC!',
  },
  { reason: 'both made the same edit', base: 'A', mine: 'B', current: 'B', text: 'B' },
  {
    reason: 'both made the same edit, and one made another',
    base: 'A\n\nB\n\nC',
    mine: 'A!\n\nB\n\nC',
    current: 'A!\n\nB\n\nC!',
    text: 'A!\n\nB\n\nC!',
  },
  { reason: 'line ends of Windows are no edit', base: 'A\r\nB', mine: 'A\nB', current: 'A\r\nC', text: 'A\nC' },
  { reason: 'both started from nothing, one wrote nothing', base: '', mine: '', current: 'New', text: 'New' },
  {
    reason: 'text that looks like names of object properties',
    base: '__proto__\n\nconstructor',
    mine: '__proto__\n\ntoString',
    current: 'valueOf\n\nconstructor',
    text: 'valueOf\n\ntoString',
  },
])('merges: $reason', ({ base, mine, current, text }) => {
  expect(mergeEdits(base, mine, current)).toEqual({ kind: 'merged', text });
});

test.each([
  {
    reason: 'one sentence, changed by both, stands side by side and the rest is shared',
    base: 'We meet monthly. Everybody may speak.',
    mine: 'We meet weekly. Everybody may speak.',
    current: 'We meet daily. Everybody may speak.',
    parts: [
      { kind: 'clash', mine: 'We meet weekly.', current: 'We meet daily.' },
      { kind: 'same', text: ' Everybody may speak.' },
    ],
  },
  {
    reason: 'one deletes what the other edits',
    base: 'A\n\nB',
    mine: 'A',
    current: 'A\n\nB!',
    parts: [
      { kind: 'same', text: 'A' },
      { kind: 'clash', mine: '', current: '\n\nB!' },
    ],
  },
  {
    reason: 'both add at the end',
    base: 'A',
    mine: 'A\n\nMine',
    current: 'A\n\nTheirs',
    parts: [
      { kind: 'same', text: 'A\n\n' },
      { kind: 'clash', mine: 'Mine', current: 'Theirs' },
    ],
  },
  {
    reason: 'both wrote the first version',
    base: '',
    mine: 'Mine',
    current: 'Theirs',
    parts: [{ kind: 'clash', mine: 'Mine', current: 'Theirs' }],
  },
  {
    reason: 'edits elsewhere are merged around a clash',
    base: 'A\n\nB\n\nC\n\nD',
    mine: 'A1\n\nB\n\nC1\n\nD',
    current: 'A2\n\nB\n\nC\n\nD2',
    parts: [
      { kind: 'clash', mine: 'A1', current: 'A2' },
      { kind: 'same', text: '\n\nB\n\nC1\n\nD2' },
    ],
  },
])('shows a clash: $reason', ({ base, mine, current, parts }) => {
  expect(mergeEdits(base, mine, current)).toEqual({ kind: 'conflict', parts });
});

test('thousands of equal lines become one clash instead of minutes of comparing', () => {
  const base = 'Same again.\n'.repeat(1_600);

  const merged = mergeEdits(base, `Mine.\n${base}`, `${base}Theirs.\n`);

  expect(merged).toEqual({
    kind: 'conflict',
    parts: [
      { kind: 'clash', mine: `Mine.\n${base}`.trimEnd(), current: `${base}Theirs.` },
      { kind: 'same', text: '\n' },
    ],
  });
});

describe('whatever was written', () => {
  const sentence = fc.constantFrom(
    'We meet.',
    'We share.',
    'Ask!',
    '- one',
    '',
    'e.g. this',
    '# Title',
    '🙂 hi',
    'ein Satz. Noch einer.',
  );
  const text = fc.oneof(
    fc.array(sentence, { maxLength: 8 }).map(some => some.join('\n')),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
  );
  const unix = (some: string) => some.replace(/\r\n?/g, '\n');

  test('an edit of one person alone is taken as it is', () => {
    fc.assert(
      fc.property(text, text, (base, edited) => {
        expect(mergeEdits(base, base, edited)).toEqual({ kind: 'merged', text: unix(edited) });
        expect(mergeEdits(base, edited, base)).toEqual({ kind: 'merged', text: unix(edited) });
      }),
    );
  });

  test('the same edit by both is that edit', () => {
    fc.assert(
      fc.property(text, text, (base, edited) => {
        expect(mergeEdits(base, edited, edited)).toEqual({ kind: 'merged', text: unix(edited) });
      }),
    );
  });

  test('a merge reads the same whoever was first', () => {
    fc.assert(
      fc.property(text, text, text, (base, mine, current) => {
        expect(mergeEdits(base, current, mine)).toEqual(swapped(mergeEdits(base, mine, current)));
      }),
    );
  });

  test('edits in different paragraphs merge', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(1000), { minLength: 2, maxLength: 12 }),
        fc.nat(),
        fc.nat(),
        (numbers, one, other) => {
          const paragraphs = numbers.map((number, index) => `Paragraph ${index} says ${number}.`);
          const [a, b] = [one % paragraphs.length, other % paragraphs.length];
          fc.pre(a !== b);
          const mine = paragraphs.with(a, 'My own words.');
          const current = paragraphs.with(b, 'Their own words.');

          const merged = mergeEdits(paragraphs.join('\n\n'), mine.join('\n\n'), current.join('\n\n'));

          expect(merged).toEqual({ kind: 'merged', text: mine.with(b, 'Their own words.').join('\n\n') });
        },
      ),
    );
  });

  test('no word that either added is lost', () => {
    fc.assert(
      fc.property(text, text, text, fc.nat(), fc.nat(), (base, mine, current, here, there) => {
        const [ours, theirs] = [inserted(unix(mine), here, 'QMINEQ'), inserted(unix(current), there, 'QTHEIRSQ')];

        const merged = mergeEdits(base, ours, theirs);

        expect(everything(merged)).toContain('QMINEQ');
        expect(everything(merged)).toContain('QTHEIRSQ');
      }),
    );
  });

  test('a conflict has a clash of texts that differ, no empty part, and no two shared parts in a row', () => {
    fc.assert(
      fc.property(text, text, text, (base, mine, current) => {
        const merged = mergeEdits(base, mine, current);
        fc.pre(merged.kind === 'conflict');

        const shape = merged.parts
          .map(part =>
            part.kind === 'same'
              ? `same${part.text === '' ? '!' : ''}`
              : `clash${part.mine === part.current ? '!' : ''}`,
          )
          .join(' ');
        expect(shape).toContain('clash');
        expect(shape).not.toMatch(/!|same same/);
      }),
    );
  });

  test('clashes alone, without merges around them, give back both texts', () => {
    fc.assert(
      fc.property(text, text, (mine, current) => {
        const merged = mergeEdits('', mine, current);
        fc.pre(merged.kind === 'conflict');

        expect(picked(merged, 'mine')).toBe(unix(mine));
        expect(picked(merged, 'current')).toBe(unix(current));
      }),
    );
  });
});

function picked(merged: MergedEdits, side: 'mine' | 'current'): string {
  if (merged.kind === 'merged') return merged.text;
  return merged.parts.map(part => (part.kind === 'same' ? part.text : part[side])).join('');
}

function everything(merged: MergedEdits): string {
  return `${picked(merged, 'mine')}\n${picked(merged, 'current')}`;
}

function swapped(merged: MergedEdits): MergedEdits {
  if (merged.kind === 'merged') return merged;
  return {
    kind: 'conflict',
    parts: merged.parts.map(part =>
      part.kind === 'same' ? part : { kind: 'clash', mine: part.current, current: part.mine },
    ),
  };
}

function inserted(text: string, at: number, word: string): string {
  const place = at % (text.length + 1);
  return text.slice(0, place) + word + text.slice(place);
}
