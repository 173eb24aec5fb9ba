import { expect, test } from '@jest/globals';
import fc from 'fast-check';
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

test.each([
  [['Template for SPC charts', 'helps when a board asks'], 'spc board', true, 'words anywhere'],
  [['Template for SPC charts'], 'chart', true, 'a part of a word'],
  [['Template for SPC charts'], 'chart run', false, 'one word that is nowhere'],
  [['Überblick'], 'uber', true, 'no umlaut'],
  [['Anything'], '', true, 'nothing is searched for'],
  [['Anything'], '?!', true, 'nothing that could be found'],
])('%j has the words of %j: %j (%s)', (said, searched, expected) => {
  expect(searchFor(searched)(said)).toBe(expected);
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
