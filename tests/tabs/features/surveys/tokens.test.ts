import { expect, test } from '@jest/globals';
import { createAnswerTokens } from '../../../../tabs/features/surveys/tokens.ts';

test('a token is found again by the same person only', () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  createAnswerTokens(storage, 'cedar', 'ann').keep('pulse', 'secret');

  const found = ['ann', 'ben'].map(person => createAnswerTokens(storage, 'cedar', person).of('pulse'));

  expect(found).toEqual(['secret', null]);
});

test.each([
  ['no storage', null],
  [
    'one that refuses',
    {
      getItem: () => {
        throw new Error('refused');
      },
      setItem: () => {
        throw new Error('full');
      },
    },
  ],
])('a browser with %s loses tokens, and nothing else', (_reason, storage) => {
  const tokens = createAnswerTokens(storage, 'cedar', 'ann');

  tokens.keep('pulse', 'secret');

  expect(tokens.of('pulse')).toBeNull();
});
