import { expect, test } from '@jest/globals';
import { corpusLines, isOffered, isRight, sampleUnderstanding, typedBy } from '../../support/sample-understanding.ts';

// What people say, in the sample community: tests/corpus/sentences/README.md.

const sample = await sampleUnderstanding();
const acts = sample.features.flatMap(({ commands = [] }) =>
  commands.flatMap(({ name, changes }) => (changes ? [name] : [])),
);
const lines = ['measured.tsv', 'fresh.tsv', 'tried.tsv', 'heard.tsv'].flatMap(corpusLines);
const read = await Promise.all(lines.map(async line => ({ line, typed: typedBy(await sample.read(line.text)) })));
const blind = await Promise.all(
  ['blind.tsv', 'unseen.tsv'].flatMap(corpusLines).map(async line => {
    const reading = await sample.read(line.text);
    return { line, typed: typedBy(reading), offered: isOffered(line, reading) };
  }),
);
const leastBlind = 0.85;
/** Of which they have too few to be all understood. */
const least = 0.95;

test.each([
  ['park How do we measure success?', 'park How do we measure success?'],
  ['Park: who coordinates the community?', 'park who coordinates the community?'],
  ['park what is overdue and why not?', 'park what is overdue and why not?'],
  ['parken Wie messen wir Erfolg?', 'park Wie messen wir Erfolg?'],
])('“%s” keeps a question that could be answered', async (text, typed) => {
  expect(typedBy(await sample.read(text))).toBe(typed);
});

test('there are at least 300 of them, each another one, from six people and from both places', () => {
  expect(lines.length).toBeGreaterThanOrEqual(300);
  expect(new Set(lines.map(({ text }) => text)).size).toBe(lines.length);
  expect(new Set(lines.map(({ who }) => who)).size).toBeGreaterThanOrEqual(6);
  expect(new Set(lines.map(({ place }) => place))).toEqual(new Set(['chat', 'channel']));
});

test('95 of 100 are understood', () => {
  const wrong = read
    .filter(({ line, typed }) => !isRight(line, typed))
    .map(({ line, typed }) => `${line.text} → ${typed}`);

  expect([wrong, (read.length - wrong.length) / read.length >= least]).toEqual([expect.any(Array), true]);
});

test('of sentences that nothing was tried with, most are understood, or asked about with the right one among them', () => {
  const understood = blind.filter(({ line, typed, offered }) => isRight(line, typed) || offered);

  expect([blind.length >= 100, understood.length / blind.length >= leastBlind]).toEqual([true, true]);
});

test('nothing is done that was not meant', () => {
  const done = [...read, ...blind].filter(
    ({ line, typed }) => acts.some(act => `${typed} `.startsWith(`${act} `)) && !isRight(line, typed),
  );

  expect(done.map(({ line, typed }) => `${line.text} → ${typed}`)).toEqual([]);
  expect(acts).toEqual(expect.arrayContaining(['add', 'done', 'stuck', 'move']));
});

test('what is only measured is no phrase, but for single words and what everybody says to everybody', () => {
  const everywhere = ['hello', 'thanks', 'goodbye', 'not meant'];
  const plain = (text: string): string =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  const phrases = sample.features.flatMap(({ text }) =>
    Object.entries((text['en'] as { phrases?: Record<string, string[]> }).phrases ?? {})
      .filter(([typed]) => !everywhere.includes(typed))
      .flatMap(([, examples]) => examples.map(plain)),
  );
  const measured = ['measured.tsv', 'blind.tsv']
    .flatMap(corpusLines)
    .map(({ text }) => plain(text))
    .filter(text => text.includes(' '));

  expect(measured.filter(text => phrases.includes(text))).toEqual([]);
});
