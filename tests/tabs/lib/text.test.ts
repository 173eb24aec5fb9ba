import { expect, test } from '@jest/globals';
import { createTexts } from '../../../tabs/lib/text.ts';

const sentences = {
  en: { hello: 'Hello {{name}}', left_one: '{{count}} day', left_other: '{{count}} days' },
  de: { hello: 'Hallo {{name}}' },
};

test.each([
  { reason: 'the language of the host', locale: 'de', sentence: 'Hallo Ada', dates: 'de' },
  { reason: 'a region of a language we have', locale: 'de-at', sentence: 'Hallo Ada', dates: 'de-AT' },
  { reason: 'a language we do not have, dates and all', locale: 'fr-fr', sentence: 'Hello Ada', dates: 'en-GB' },
  { reason: 'something that is no locale', locale: '??', sentence: 'Hello Ada', dates: 'en-GB' },
])('speaks the person’s language where it can: $reason', ({ locale, sentence, dates }) => {
  const texts = createTexts(locale, ['en', 'de']);

  expect([texts.for('part', sentences)('hello', { name: 'Ada' }), texts.locale]).toEqual([sentence, dates]);
});

test('what a person typed is never read as a template', () => {
  expect(createTexts('en').for('part', sentences)('hello', { name: '$t(left) {{count}} <b>' })).toBe(
    'Hello $t(left) {{count}} <b>',
  );
});

test('counts in words', () => {
  const t = createTexts('en-GB').for('part', sentences);

  expect([t('left', { count: 1 }), t('left', { count: 2 })]).toEqual(['1 day', '2 days']);
});
