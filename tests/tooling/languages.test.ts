import { describe, expect, test } from '@jest/globals';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createFeatures, type FeatureParts } from '../../bot/features/index.ts';
import { checksText } from '../../bot/checks/checks.ts';
import { languages as listed } from '../../domain/locale.ts';
import { sharedText } from '../../bot/shared/quiet.ts';
import { botText } from '../../bot/teams/bot-feature.ts';
import { german } from '../../tabs/languages/de.ts';

const root = join(import.meta.dirname, '..', '..');

/** What stays English, with why. */
const onlyEnglish: Readonly<Record<string, string>> = {
  'infra/tenant/text.en.json': 'commands for administrators, who read the guides beside them, which are in English',
};

type Json = string | readonly Json[] | { readonly [name: string]: Json };

const inEnglish = globSync('{bot,domain,tabs,infra}/**/*text.en.json', { cwd: root })
  .map(file => file.replaceAll('\\', '/'))
  .filter(file => !(file in onlyEnglish));
const languages = [
  ...new Set(globSync('{bot,domain,tabs,infra}/**/*text.*.json', { cwd: root }).map(file => file.split('.').at(-2)!)),
].filter(language => language !== 'en');

function read(file: string): Json {
  return JSON.parse(readFileSync(join(root, file), 'utf8')) as Json;
}

/** Every sentence and every list of examples, by its key. */
function entriesOf(
  value: Json,
  path = '',
): readonly (readonly [key: string, said: readonly string[], isList: boolean])[] {
  if (typeof value === 'string') return [[path, [value], false]];
  if (Array.isArray(value)) return [[path, value as readonly string[], true]];
  return Object.entries(value as { readonly [name: string]: Json }).flatMap(([name, inner]) =>
    entriesOf(inner, path === '' ? name : `${path}.${name}`),
  );
}

const ending = /_(zero|one|two|few|many|other)$/;

/** The keys that a language needs for these English ones. */
function wantedKeys(english: ReadonlySet<string>, language: string): ReadonlySet<string> {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  return new Set(
    [...english].flatMap(key => {
      const base = key.replace(ending, '');
      // Where English has one form alone, the number is always one, or always several.
      const isCounted = ending.test(key) && english.has(`${base}_one`) && english.has(`${base}_other`);
      return isCounted && !key.endsWith('_zero') ? forms.map(form => `${base}_${form}`) : [key];
    }),
  );
}

/** What is put into a sentence; a plural may leave its number out: "tomorrow". */
function placeholders(key: string, said: readonly string[]): readonly string[] {
  const found = said.flatMap(one => [...one.matchAll(/\{\{\s*([^}]*?)\s*\}\}/g)].map(([, name = '']) => name));
  const isNumber = (name: string): boolean => ending.test(key) && name.split(',')[0] === 'count';
  return [...new Set(found.filter(name => !isNumber(name)))].toSorted();
}

/**
 * Examples are a language's own, as many as it needs. What varies in them is called as in English, and some of them have
 * something in the place of what varies in what could be typed.
 */
function faultsOfExamples(key: string, said: readonly string[], english: readonly string[]): readonly string[] {
  const slots = (examples: readonly string[]): readonly string[] =>
    examples.flatMap(one => [...one.matchAll(/…|@\p{L}+/gu)].map(([slot]) => slot));
  const strange = slots(said).filter(slot => !slots(english).includes(slot) && slot !== '…');
  const filling = ['…', ...slots(english).filter(slot => !['@person', '@day', '@number'].includes(slot))];
  return [
    ...strange.map(slot => `${key} has ${slot}, which is not in English`),
    ...(key.includes('…') && !slots(said).some(slot => filling.includes(slot)) ? [`${key} takes nothing`] : []),
  ];
}

function faultsOf(file: string, language: string): readonly string[] {
  const english = new Map(entriesOf(read(file)).map(([key, ...rest]) => [key, rest]));
  const theirs = new Map(entriesOf(read(inLanguage(file, language))).map(([key, ...rest]) => [key, rest]));
  const wanted = wantedKeys(new Set(english.keys()), language);
  const same = [...theirs].flatMap(([key, [said, isList]]): readonly string[] => {
    const [of, ofList] = english.get(key) ?? english.get(key.replace(ending, '_other')) ?? [];
    if (of === undefined || !wanted.has(key)) return [`${key} is not in English`];
    if (isList !== ofList) return [`${key} is ${isList ? 'a list' : 'no list'}`];
    if (said.length === 0 || said.some(one => one.trim() === '')) return [`${key} is empty`];
    if (key.startsWith('phrases.')) return faultsOfExamples(key, said, of);
    const [ours, theirs_] = [placeholders(key, said), placeholders(key, of)];
    if (ours.join() !== theirs_.join()) return [`${key} has ${ours.join(', ')} for ${theirs_.join(', ')}`];
    const edges = (one: string): string => `${/^\s*/.exec(one)?.[0]}|${/\s*$/.exec(one)?.[0]}`;
    return !isList && edges(said[0]!) !== edges(of[0]!) ? [`${key} begins or ends with other spaces`] : [];
  });
  return [...[...wanted].filter(key => !theirs.has(key)).map(key => `${key} is missing`), ...same];
}

function inLanguage(file: string, language: string): string {
  return file.replace(/\.en\.json$/, `.${language}.json`);
}

test('there is something to look at', () => {
  expect([['en', ...languages], inEnglish.length > 40]).toEqual([listed, true]);
  expect(Object.keys(onlyEnglish).filter(file => !existsSync(join(root, file)))).toEqual([]);
});

describe.each(languages)('in %s', language => {
  test.each(inEnglish)('all of %s is said, with the same values', file => {
    expect(existsSync(join(root, inLanguage(file, language)))).toBe(true);
    expect(faultsOf(file, language)).toEqual([]);
  });

  test('there is no file without an English one', () => {
    const files = globSync(`{bot,domain,tabs,infra}/**/*.${language}.json`, { cwd: root });

    expect(files.filter(file => !existsSync(join(root, file.replace(`.${language}.json`, '.en.json'))))).toEqual([]);
  });

  test('every feature of the bot has it beside its English, key by key', () => {
    const features = createFeatures({ switches: {} } as unknown as FeatureParts);
    const texts: Readonly<Record<string, Readonly<Record<string, object>>>> = {
      ...Object.fromEntries(features.map(({ name, text }) => [name, text])),
      ...checksText,
      ...sharedText,
      bot: botText,
    };
    const keys = (text: object | undefined): readonly string[] =>
      [...new Set(entriesOf((text ?? {}) as Json).map(([key]) => key.replace(ending, '')))].toSorted();

    const differs = Object.entries(texts).filter(([, text]) => keys(text[language]).join() !== keys(text['en']).join());
    expect(differs.map(([name]) => name)).toEqual([]);
  });
});

test('every part of the tab is among what comes with its language', () => {
  const parts = globSync('tabs/**/*.{ts,tsx}', { cwd: root }).flatMap(file => {
    const source = readFileSync(join(root, file), 'utf8');
    const names = [...source.matchAll(/(?:textOf|useText|texts\.for)\('([\w-]+)'/g)].map(([, name = '']) => name);
    const files = [...source.matchAll(/from '([^']+text)\.en\.json'/g)].map(([, name = '']) =>
      join(dirname(file), `${name}.de.json`),
    );
    return names.map(name => [name, Object.assign({}, ...files.map(read)) as Json] as const);
  });

  expect(parts.length).toBeGreaterThan(20);
  expect(german).toEqual(Object.fromEntries(parts));
});
