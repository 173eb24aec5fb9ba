import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { folded } from '../../domain/folded.ts';
import { mostTopics, searchFor, topicsFrom, usedTopics, wordsOf } from '../../domain/topics.ts';

test.each([
  ['SPC', 'spc', 'capitals'],
  ['Überblick', 'uberblick', 'an umlaut'],
  ['Who has a template?', 'who has a template', 'the question mark'],
  ["What's new", 'whats new', 'an apostrophe'],
  ['run-chart', 'run chart', 'a hyphen'],
])('%j and %j say the same (%s)', (one, other) => {
  expect(wordsOf(one)).toBe(wordsOf(other));
});

test('texts without letters are the same only as they stand', () => {
  expect(wordsOf('🎉')).not.toBe(wordsOf('🚀'));
});

test('topics are kept once, clean, and at most so many', () => {
  expect(topicsFrom(['SPC ', 'spc', '', '  ', 'run\ncharts', 'x'.repeat(41)])).toEqual(['SPC', 'run charts']);
  expect(topicsFrom(['a', 'b', 'c', 'd', 'e', 'f'])).toHaveLength(mostTopics);
});

test('topics are counted by their words, in the spelling of most', () => {
  const items = [{ topics: ['SPC', 'charts'] }, { topics: ['spc'] }, { topics: ['SPC'] }];

  expect(usedTopics(items)).toEqual([
    { topic: 'SPC', count: 3 },
    { topic: 'charts', count: 1 },
  ]);
});

test.each<[called: string[], said: string, searched: string, expected: 'named' | 'said' | null, why: string]>([
  [['Template for SPC charts'], 'helps when a board asks', 'spc board', 'said', 'words of both'],
  [['Template', 'SPC charts'], 'helps when a board asks', 'charts template', 'named', 'words of what it is called'],
  [['Template for SPC charts'], '', 'chart', 'named', 'a part of a word'],
  [['Template for SPC charts'], 'in SPC', 'chart run', null, 'one word that is nowhere'],
  [['Überblick'], 'Für Łódź', 'uber lodz', 'said', 'no umlaut'],
  [['Staff’s view'], '', "staff's", 'named', 'another apostrophe'],
  [['Anything'], '', '', 'named', 'nothing is searched for'],
  [['Anything'], '', '?!', 'named', 'nothing that could be found'],
])('%j and %j have the words of %j: %j (%s)', (called, said, searched, expected) => {
  expect(searchFor(searched)(called, said)).toBe(expected);
});

test('letters of English are folded as all others are', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii' }), text => {
      // With a letter that is none of theirs at its end, it goes the other way.
      expect(folded(text)).toBe(folded(`${text} ж`).replace(/ ?ж$/, ''));
    }),
  );
});

test('what is kept of topics can be kept again', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' })), texts => {
      const topics = topicsFrom(texts);

      expect(topicsFrom(topics)).toEqual(topics);
      expect(usedTopics([{ topics }]).map(({ count }) => count)).toEqual(topics.map(() => 1));
    }),
  );
});
