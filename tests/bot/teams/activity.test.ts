import { describe, expect, test } from '@jest/globals';
import { TeamsActivity } from '../../../bot/teams/activity.ts';

const words = {
  type: 'message',
  channelId: 'msteams',
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  from: { id: '29:anna' },
  conversation: { id: 'a:chat' },
  text: 'help',
};
const mention = { type: 'mention', text: '<at>CoP</at>', mentioned: { id: '28:bot', name: 'CoP' } };

describe('what a message carries beside its words', () => {
  test.each([
    [[mention], [mention], 'a mention'],
    [
      [{ type: 'clientInfo', locale: 'en-GB' }, mention],
      [{ type: 'clientInfo', locale: 'en-GB' }, mention],
      'something that only passes through',
    ],
    [[{ type: 'mention', text: '<at>x</at>' }, mention], [mention], 'a mention of nobody'],
    [[{ type: 7 }, { mentioned: mention.mentioned }, null, 'mention', [], mention], [mention], 'what has no kind'],
    ['mention', undefined, 'no list'],
    [null, undefined, 'nothing'],
  ])('%j is read as %j: %s', (entities, expected, _what) => {
    expect(TeamsActivity.parse({ ...words, entities }).entities).toEqual(expected);
  });
});
