import { expect, test } from '@jest/globals';
import type { TeamsActivity } from '../../../bot/teams/activity.ts';
import { nameTyped, restOf, typedText } from '../../../bot/teams/typed.ts';

const names = ['add', 'plan', 'my data', 'forget me', 'my'];

test.each([
  ['plan', 'plan', '', 'a word'],
  ['/Plan!', 'plan', '', 'as people write it'],
  ['  my   data ', 'my data', '', 'two words, however far apart'],
  ['My Data, please', 'my data', 'please', 'the longest that fits'],
  ['my dat', 'my', 'dat', 'the shorter one where the longer does not fit'],
  ['forget me not', 'forget me', 'not', 'what follows'],
  ['forget', 'forget', '', 'half a name is none'],
  ['add action Book a room', 'add', 'action Book a room', 'one word and what follows'],
  ['/add action x', 'add', 'action x', 'a slash is no part of what follows'],
  ['mydata', 'mydata', '', 'no name'],
  ['', '', '', 'nothing'],
])('%j is %j, and then %j: %s', (text, name, rest) => {
  expect(nameTyped(text, names)).toBe(name);
  expect(restOf(text, name)).toBe(rest);
});

const bot = { id: '28:bot' };
const ofBot = { type: 'mention', text: '<at>CoP Companion</at>', mentioned: bot };
const ofAnn = { type: 'mention', text: '<at>Ann</at>', mentioned: { id: '29:ann' } };

test.each<[string | undefined, TeamsActivity['entities'], string, string]>([
  ['<at>CoP Companion</at> plan ', [ofBot], 'plan', 'the mention of the bot goes'],
  ['<at>CoP Companion</at> add <at>Ann</at>', [ofAnn, ofBot], 'add <at>Ann</at>', 'those of people stay'],
  ['<at>CoP Companion</at> plan', [{ ...ofBot, type: 'Mention' }], 'plan', 'whatever the case of its type'],
  ['plan', [{ type: 'clientInfo' }, { type: 'mention', mentioned: bot }], 'plan', 'a mention without words is none'],
  [' plan ', undefined, 'plan', 'in a chat nothing is mentioned'],
  [undefined, undefined, '', 'an attachment alone has no words'],
])('%j with %j is %j: %s', (text, entities, expected, _reason) => {
  expect(typedText({ text, entities, recipient: bot })).toBe(expected);
});

test('words without a recipient are what was typed', () => {
  expect(typedText({ text: 'plan', entities: [ofBot], recipient: undefined })).toBe('plan');
});
