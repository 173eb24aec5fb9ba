import { describe, expect, test } from '@jest/globals';
import delivery from '../../../bot/features/delivery/text.en.json' with { type: 'json' };
import {
  isSameStopped,
  isStopped,
  nothingStopped,
  topicOfKind,
  topics,
  topicsFor,
  type Stopped,
} from '../../../domain/messages/topics.ts';

test('every kind of message is about a topic, or says that it is about none', () => {
  const kinds = Object.entries(delivery.kind).flatMap(([feature, names]) =>
    typeof names === 'string' ? [] : Object.keys(names).map(name => `${feature}.${name}`),
  );

  expect(Object.keys(topicOfKind).toSorted()).toEqual(kinds.toSorted());
});

test('every topic has messages', () => {
  expect(topics.filter(topic => !Object.values(topicOfKind).includes(topic))).toEqual([]);
});

describe('whether a message is wanted', () => {
  test.each<[string, Stopped, boolean, string]>([
    ['surveys.ask', nothingStopped, false, 'nothing is stopped'],
    ['surveys.ask', { all: true, topics: [] }, true, 'everything is'],
    ['surveys.ask', { all: false, topics: ['surveys'] }, true, 'its topic is'],
    ['surveys.reminder', { all: false, topics: ['surveys'] }, true, 'another kind of the topic'],
    ['surveys.closed', { all: false, topics: ['surveys'] }, false, 'for those who coordinate'],
    ['plan.reminder', { all: false, topics: ['surveys', 'week'] }, false, 'other topics are'],
    ['welcome.card', { all: false, topics: [...topics] }, false, 'it has no topic'],
    ['of.anotherVersion', { all: false, topics: [...topics] }, false, 'nobody knows this kind'],
    ['constructor', { all: false, topics: [...topics] }, false, 'no kind at all'],
  ])('%s, %j: %s, %s', (kind, stopped, expected) => {
    expect(isStopped(kind, stopped)).toBe(expected);
  });
});

test.each<[Stopped, Stopped, boolean]>([
  [{ all: false, topics: ['week', 'surveys'] }, { all: false, topics: ['surveys', 'week'] }, true],
  [{ all: false, topics: ['week'] }, { all: false, topics: ['week', 'surveys'] }, false],
  [{ all: true, topics: [] }, nothingStopped, false],
])('%j and %j are the same: %s', (one, other, expected) => {
  expect(isSameStopped(one, other)).toBe(expected);
});

test.each([
  [{ facilitates: false, coordinates: false, sponsors: false }, ['reminders', 'events', 'surveys'], 'a member'],
  [
    { facilitates: true, coordinates: false, sponsors: false },
    ['week', 'reminders', 'events', 'surveys'],
    'who facilitates',
  ],
  [
    { facilitates: false, coordinates: false, sponsors: true },
    ['reminders', 'events', 'digest'],
    'a sponsor is in no survey',
  ],
  [{ facilitates: true, coordinates: true, sponsors: true }, [...topics], 'a sponsor who coordinates'],
])('%j can get messages about %j: %s', (reached, expected) => {
  expect(topicsFor(reached)).toEqual(expected);
});
