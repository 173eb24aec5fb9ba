import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createInstance } from 'i18next';
import { createTexts } from '../../../tabs/lib/text.ts';

const sentences = { en: { hello: 'Hello {{name}}', left_one: '{{count}} day', left_other: '{{count}} days' } };
const german = { part: { hello: 'Hallo {{name}}' } };

test.each([
  { reason: 'the language of the host', locale: 'de', sentence: 'Hallo Ada', dates: 'de' },
  { reason: 'a region of a language we have', locale: 'de-at', sentence: 'Hallo Ada', dates: 'de-AT' },
  { reason: 'a language we do not have, dates and all', locale: 'fr-fr', sentence: 'Hello Ada', dates: 'en-GB' },
  { reason: 'something that is no locale', locale: '??', sentence: 'Hello Ada', dates: 'en-GB' },
])('speaks the person’s language where it can: $reason', ({ locale, sentence, dates }) => {
  const texts = createTexts(locale, { de: german });

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

const root = join(import.meta.dirname, '../../..');
const files = ['tabs', 'domain'].flatMap(folder =>
  readdirSync(join(root, folder), { recursive: true })
    .map(String)
    .filter(name => name.endsWith('.en.json'))
    .map(name => join(folder, name)),
);

/** Every key of a file of sentences, without the ends of plurals. */
function keysIn(sentences: object, before = ''): string[] {
  return Object.entries(sentences).flatMap(([name, value]) =>
    typeof value === 'string'
      ? [`${before}${name.replace(/_(zero|one|two|few|many|other)$/, '')}`]
      : keysIn(value as object, `${before}${name}.`),
  );
}

test.each(files)('%s says here what i18next says of it', async file => {
  const english = JSON.parse(readFileSync(join(root, file), 'utf8')) as object;
  const i18next = createInstance();
  await i18next.init({
    lng: 'en-GB',
    fallbackLng: 'en',
    resources: { en: { part: english } },
    interpolation: { escapeValue: false, skipOnVariables: true },
    returnEmptyString: false,
  });
  const theirs = i18next.getFixedT(null, 'part');
  const ours = createTexts('en-GB').for('part', { en: english });
  const named = [...JSON.stringify(english).matchAll(/\{\{\s*(\w+)/g)]
    .filter(([, name]) => name !== 'count')
    .map(([, name = '']) => [name, `“${name}”`]);

  const differs = [...new Set(keysIn(english)), 'nothing.like.this'].flatMap(key =>
    [0, 1, 2, 1234, undefined].flatMap(count => {
      const values = { ...Object.fromEntries(named), ...(count === undefined ? {} : { count }) };
      return ours(key, values) === theirs(key, values) ? [] : [[ours(key, values), theirs(key, values)]];
    }),
  );

  expect(differs).toEqual([]);
});

test('in other languages too', async () => {
  const polish = {
    day_one: '{{count}} dzień',
    day_few: '{{count}} dni',
    day_many: '{{count}} dni!',
    day_other: '{{count}} dnia',
  };
  const ours = createTexts('pl-PL', { pl: { part: polish } }).for('part', sentences);
  const theirs = createInstance();
  await theirs.init({
    lng: 'pl-PL',
    fallbackLng: 'en',
    resources: { pl: { translation: polish }, en: { translation: sentences.en } },
  });

  for (const count of [0, 1, 2, 5, 22, 1.5]) expect(ours('day', { count })).toBe(theirs.t('day', { count }));
  expect(ours('left', { count: 1 })).toBe('1 day');
  const t = createTexts('de-DE', { de: { part: { big: '{{count, number}}', empty: '' } } }).for('part', {
    en: { ...sentences.en, empty: 'Not yet' },
  });
  expect([t('big', { count: 1234.5 }), t('empty')]).toEqual(['1.234,5', 'Not yet']);
});
