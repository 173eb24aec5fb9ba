import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { differences, wordsChanged } from '../../../../tabs/features/charter/differences.ts';

const same = (text: string) => ({ kind: 'same', text });
const added = (text: string) => ({ kind: 'added', text });
const removed = (text: string) => ({ kind: 'removed', text });

describe('differences', () => {
  test.each([
    { before: 'a b', after: 'a b', shown: [same('a b')], reason: 'nothing changed' },
    { before: '', after: 'new', shown: [added('new')], reason: 'the first text' },
    {
      before: 'We meet monthly.',
      after: 'We meet weekly.',
      shown: [same('We meet '), removed('monthly'), added('weekly'), same('.')],
      reason: 'a word',
    },
    {
      before: 'one\r\ntwo',
      after: 'one\ntwo',
      shown: [same('one\ntwo')],
      reason: 'line ends of another system are no change',
    },
    {
      before: 'größer',
      after: 'größere',
      shown: [removed('größer'), added('größere')],
      reason: 'words with umlauts stay whole',
    },
  ])('from $before to $after: $reason', ({ before, after, shown }) => {
    expect(differences(before, after)).toEqual(shown);
  });

  test('hold all of both texts', () => {
    const text = fc
      .array(fc.constantFrom('we', 'meet', ' ', '\n', '.', '😀', 'שלום', '**'))
      .map(parts => parts.join(''));

    fc.assert(
      fc.property(text, text, (before, after) => {
        const changes = differences(before, after);
        const without = (kind: string): string =>
          changes
            .filter(change => change.kind !== kind)
            .map(change => change.text)
            .join('');

        expect(without('added')).toBe(before);
        expect(without('removed')).toBe(after);
      }),
    );
  });
});

test('wordsChanged counts words, not marks', () => {
  expect(wordsChanged(differences('We *meet* once.', 'We meet once a month!'))).toEqual({ added: 2, removed: 0 });
});
