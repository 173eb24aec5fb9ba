import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nameTyped } from '../../../bot/teams/typed.ts';
import { germanStem } from '../../../bot/understanding/german-stem.ts';
import { commandNameIn, german } from '../../../bot/understanding/words.ts';
import { corpusLines, isOffered, isRight, sampleUnderstanding, typedBy } from '../../support/sample-understanding.ts';

// What people say in German, in the sample community, whose plan is in English: tests/corpus/sentences/README.md.

const sample = await sampleUnderstanding();
const acts = sample.features.flatMap(({ commands = [] }) =>
  commands.flatMap(({ name, changes }) => (changes ? [name] : [])),
);
const isAct = (typed: string): boolean => acts.some(act => `${typed} `.startsWith(`${act} `));
const lines = corpusLines('german.tsv');
const notMeant = readFileSync(join(import.meta.dirname, '../../corpus/sentences/german-not-meant.tsv'), 'utf8')
  .trim()
  .split('\n');

describe('sentences in German', () => {
  test.each(['de-DE', 'en-GB'])('nine of ten are understood, by whoever has Teams in %s', async locale => {
    const read = await Promise.all(
      lines.map(async line => {
        const reading = await sample.read(line.text, locale);
        return { line, typed: typedBy(reading), offered: isOffered(line, reading) };
      }),
    );
    const wrong = read.filter(({ line, typed }) => !isRight(line, typed));

    expect(lines.length).toBeGreaterThanOrEqual(60);
    expect([wrong.map(({ line, typed }) => `${line.text} → ${typed}`), wrong.length <= lines.length / 10]).toEqual([
      expect.any(Array),
      true,
    ]);
    expect(
      read.filter(({ line, typed }) => isAct(typed) && !isRight(line, typed)).map(({ line }) => line.text),
    ).toEqual([]);
  });

  test('of those that nobody has tuned anything to two of three are understood, and no act is done that was not meant', async () => {
    const blind = corpusLines('german-blind.tsv');
    const typed = await Promise.all(blind.map(async line => typedBy(await sample.read(line.text, 'de-DE'))));
    const right = blind.filter((line, index) => isRight(line, typed[index]!));

    expect(right.length).toBeGreaterThanOrEqual((blind.length * 2) / 3);
    expect(blind.filter((line, index) => isAct(typed[index]!) && !right.includes(line))).toEqual([]);
  });

  test.each(notMeant)('nothing is done for “%s”', async text => {
    const typed = await Promise.all(['de-DE', 'en-GB'].map(async locale => typedBy(await sample.read(text, locale))));

    expect(typed.filter(isAct)).toEqual([]);
  });
});

describe('what people are told to type', () => {
  const commands = sample.features.flatMap(({ commands: own = [] }) => own);
  const names = commands.map(({ name }) => name);

  test.each(commands.filter(({ about }) => about !== undefined).map(({ name }) => name))(
    'help names “%s” in German, and it is understood',
    async name => {
      const word = commandNameIn('de-DE', name);

      expect(Object.keys(german.list.commands)).toContain(word);
      expect(await sample.read(word, 'de-DE')).toMatchObject({ kind: 'sure', name });
    },
  );

  test.each(['home', 'Overview', 'startseite', 'Überblick'])(
    '“%s” leads Home, which the earlier word does still',
    async word => {
      expect(['en-GB', 'de-DE'].map(locale => commandNameIn(locale, 'overview'))).toEqual(['home', 'startseite']);
      expect(await sample.read(word, 'en-GB')).toMatchObject({ kind: 'sure', name: 'overview' });
    },
  );

  test('neue aufgabe takes what is to be done along', async () => {
    expect(await sample.read('Neue Aufgabe: Raum für Mai buchen', 'de-DE')).toMatchObject({
      kind: 'sure',
      name: 'add',
      rest: 'action Raum für Mai buchen',
    });
  });

  test('no German sentence tells anybody to type an English word', () => {
    const quoted = sample.features.flatMap(({ text: { de = {} } }) =>
      [...JSON.stringify({ ...de, phrases: {} }).matchAll(/„([^“]+)“/g)].map(([, words = '']) => words),
    );
    const ownWords = Object.keys(german.list.commands);
    const typed = quoted.map(words => nameTyped(words, [...names, ...ownWords]));

    expect(typed.filter(name => ownWords.includes(name)).length).toBeGreaterThan(20);
    expect(typed.filter(name => names.includes(name) && !ownWords.includes(name))).toEqual([]);
  });
});

test.each([
  ['de-DE', 'Setz bitte nichts auf den Plan'],
  ['en-GB', 'Add bitte nichts to the plan'],
])('a guess is said in the language of %s: “%s”', async (locale, label) => {
  const reading = await sample.read('Setz bitte nichts auf den Plan', locale);

  expect(reading.kind === 'guesses' ? reading.guesses.map(guess => guess.label) : reading).toEqual([label]);
});

test.each([
  ['aufgaben', 'aufgab'],
  ['gemacht', 'mach'],
  ['zustandigen', 'zustandig'],
  ['schiff', 'schiff'],
  ['tische', 'tisch'],
  ['ziele', 'ziel'],
])('the stem of %s is %s', (word, stem) => {
  expect(germanStem(word)).toBe(stem);
});
