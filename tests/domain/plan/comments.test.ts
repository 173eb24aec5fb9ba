import { describe, expect, test } from '@jest/globals';
import { mentionedIn, textOf, toldOf, Words, wordsOf } from '../../../domain/plan/comments.ts';

const ann = { id: 'ann', name: 'Ann Lee' };
const otherAnn = { id: 'ann-2', name: 'Ann Lee' };
const annLeeds = { id: 'leeds', name: 'Ann Leeds' };
const ben = { id: 'ben', name: 'Ben' };

describe('who is mentioned in a text', () => {
  test.each([
    ['nobody', 'Hello', [ann], ['Hello']],
    ['at the beginning', '@Ann Lee, hello', [ann], [ann, ', hello']],
    ['at the end', 'Hello @Ann Lee', [ann], ['Hello ', ann]],
    ['alone', '@Ben', [ben], [ben]],
    ['two, one after the other', '@Ben@Ann Lee', [ann, ben], [ben, '@Ann Lee']],
    ['two, with a space', '@Ben @Ann Lee', [ann, ben], [ben, ' ', ann]],
    ['the longest name that fits', '@Ann Leeds', [ann, annLeeds], [annLeeds]],
    ['not in a longer name', '@Ann Leeds', [ann], ['@Ann Leeds']],
    ['not in an address', 'mail ann@Ben.example', [ben], ['mail ann@Ben.example']],
    ['not whom nobody chose', '@Cat', [ann], ['@Cat']],
    ['two people with one name, each once', '@Ann Lee @Ann Lee', [ann, otherAnn], [ann, ' ', otherAnn]],
    ['one person twice', '@Ann Lee @Ann Lee', [ann], [ann, ' ', ann]],
    ['several lines', 'Hello\n@Ben\nwell', [ben], ['Hello\n', ben, '\nwell']],
    ['nothing but signs', '@@@', [ben], ['@@@']],
    ['a name that is empty', '@ you', [{ id: 'x', name: '' }], ['@ you']],
  ])('%s', (_what, text, people, words) => {
    expect(wordsOf(text, people)).toEqual(words);
    expect(textOf(words)).toBe(text);
    expect(Words.parse(words)).toEqual(words);
  });

  test('each is named once', () => {
    expect(mentionedIn([ben, ' and ', ann, ' and ', ben])).toEqual([ben, ann]);
  });
});

describe('who is told of a comment', () => {
  const comment = { by: ann, words: ['Is it done, ', ben, '?'], at: '2026-11-20T10:00:00Z' };

  test('whom it mentions and who owns the action, each once', () => {
    expect(toldOf(comment, [otherAnn, ben], [comment])).toEqual([
      { person: otherAnn, mentioned: false },
      { person: ben, mentioned: true },
    ]);
  });

  test('not its author, whether they mention themselves or own the action', () => {
    const own = { ...comment, words: ['Note to ', ann] };

    expect(toldOf(own, [ann], [own])).toEqual([]);
  });

  test('not who has answered since; who said something before is told', () => {
    const before = { by: ben, words: ['?'], at: '2026-11-20T09:00:00Z' };
    const after = { by: ben, words: ['Yes'], at: '2026-11-20T11:00:00Z' };

    expect(toldOf(comment, [], [before, comment])).toEqual([{ person: ben, mentioned: true }]);
    expect(toldOf(comment, [], [before, comment, after])).toEqual([]);
  });
});
