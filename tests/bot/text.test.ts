import { describe, expect, test } from '@jest/globals';
import { createTexts } from '../../bot/text.ts';

const texts = createTexts({
  welcome: {
    en: {
      hello: 'Hello, {{name}}',
      people_one: '{{count}} person',
      people_other: '{{count}} people',
      on: 'On {{when, datetime}}',
    },
    de: { hello: 'Hallo, {{name}}', on: 'Am {{when, datetime}}' },
  },
  charter: { en: { hello: 'The charter' } },
});
const onDay = {
  when: new Date('2026-11-23T12:00:00Z'),
  formatParams: { when: { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' } },
};

describe('the language', () => {
  test.each<[string | null, string, string]>([
    ['de-AT', 'Hallo, Ann', 'the closest there is'],
    ['en-US', 'Hello, Ann', 'English of any country'],
    ['pt-BR', 'Hello, Ann', 'English when there is none'],
    [null, 'Hello, Ann', 'English when nothing is known'],
    ['not a locale', 'Hello, Ann', 'English when it is no locale'],
  ])('for %s: "%s", %s', (locale, expected) => {
    const sentence = texts.for('welcome', locale)('hello', { name: 'Ann' });

    expect(sentence).toBe(expected);
  });

  test.each([
    ['de-DE', 'Am Montag, 23. November', 'German in a German sentence'],
    ['en-US', 'On Monday, November 23', 'American in an English sentence'],
    ['fr-FR', 'On Monday 23 November', 'a sentence and its date speak one language'],
  ])('dates for %s: "%s", %s', (locale, expected) => {
    const sentence = texts.for('welcome', locale)('on', onDay);

    expect(sentence).toBe(expected);
  });

  test('a sentence that is not translated yet is English', () => {
    const sentence = texts.for('welcome', 'de-DE')('people', { count: 2 });

    expect(sentence).toBe('2 people');
  });
});

test('features keep their sentences apart', () => {
  const sentence = texts.for('charter', 'en-GB')('hello', { name: 'Ann' });

  expect(sentence).toBe('The charter');
});

test.each(['{{count}}', '$t(people)', '<b>&amp;</b>', '${1}'])('a name such as %s is inserted as it is', name => {
  const sentence = texts.for('welcome', 'en-GB')('hello', { name, count: 3 });

  expect(sentence).toBe(`Hello, ${name}`);
});

test('a sentence is asked for once, and again after others have come in its place', () => {
  const own = createTexts({ welcome: { en: { hello: 'Hello' } } });
  const before = own.for('welcome', 'en-GB');
  expect([before('hello'), before('hello')]).toEqual(['Hello', 'Hello']);
  expect(own.for('welcome', 'en-GB')).toBe(before);

  own.add('welcome', { en: { hello: 'Good morning' }, de: { hello: 'Guten Morgen' } });

  expect(own.for('welcome', 'en-GB')('hello')).toBe('Good morning');
  expect(own.for('welcome', 'de-DE')('hello')).toBe('Guten Morgen');
});
