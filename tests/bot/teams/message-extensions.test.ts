import { beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { Writable } from 'node:stream';
import { z } from 'zod';
import { messageAction, type Feature, type MessageRequest } from '../../../bot/feature.ts';
import type { TeamsActivity } from '../../../bot/teams/activity.ts';
import type { DialogBody } from '../../../bot/teams/dialogs.ts';
import { createMessageActions, isMessageAction } from '../../../bot/teams/message-extensions.ts';
import botText from '../../../bot/teams/text.en.json' with { type: 'json' };
import { createTexts } from '../../../bot/text.ts';
import { plain, renderCard } from '../../../bot/cards.ts';
import type { Community, Member } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { everythingOn } from '../../../domain/switches.ts';
import type { NotedAct } from '../../../bot/ports.ts';
import { checkCard } from '../../support/cards.ts';
import { community, member } from '../../support/feature-parts.ts';

const cedar = community();
const oak = community({ id: 'oak', name: 'Oak Improvers' });
const priya = member('Priya Raman');
const link = 'https://teams.microsoft.com/l/message/19:general/1763974800000';
const message = { text: 'Book the room', author: 'Amara Okafor', link };
const messagePayload = {
  linkToMessage: link,
  body: { contentType: 'html', content: '<div><p>Book the room</p></div>' },
  from: { user: { displayName: 'Amara Okafor' } },
};

/** What reached the feature. */
let asked: { step: 'open' | 'submit'; request: Omit<MessageRequest, 't'> & { data?: unknown; again?: unknown } }[];
let fails: Error | null;
let members: Map<string, readonly Member[]>;
let known: Community[];
let lines: string[];
let acts: NotedAct[];
let isOn: boolean;
beforeEach(() => {
  asked = [];
  fails = null;
  members = new Map([
    [cedar.id, [priya]],
    [oak.id, [priya]],
  ]);
  known = [cedar];
  lines = [];
  acts = [];
  isOn = true;
});

const notes: Feature = {
  name: 'notes',
  text: { en: { title: 'Keep it', kept: 'Kept.' } },
  messageActions: {
    keep: messageAction(
      { may: 'community.read' },
      {
        title: 'title',
        data: z.object({ words: z.string() }),
        async open({ t: _, ...request }) {
          asked.push({ step: 'open', request });
          return {
            card: renderCard(
              { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: '${text}' }] },
              { text: request.again ? `again: ${request.again.problem}` : 'form' },
            ),
          };
        },
        async submit({ t, ...request }) {
          asked.push({ step: 'submit', request });
          if (fails) throw fails;
          return { notice: t('kept') };
        },
      },
    ),
  },
};

function invoke(
  name: 'fetchTask' | 'submitAction',
  value: object,
  { team = null as string | null, from = priya as Partial<Member> } = {},
): Promise<DialogBody> {
  const answer = createMessageActions({
    features: [notes],
    communities: {
      find: async id => known.find(one => one.id === id),
      findByGeneralChannel: async thread => known.find(one => `19:${one.id}` === thread),
      perhapsOf: async () => known,
      met: async () => undefined,
    },
    roster: {
      members: async id => members.get(id) ?? [],
      member: async (id, person) => members.get(id)?.find(one => one.id === person),
    },
    switches: { ...everythingOn, addToPlanFromMessages: isOn },
    audit: act => void acts.push(act),
    texts: createTexts({ bot: { en: botText }, notes: notes.text as Record<string, object> }),
    log: pino(
      { base: null },
      new Writable({
        write: (chunk, _encoding, done) => {
          lines.push(String(chunk));
          done();
        },
      }),
    ),
  });
  return answer({
    type: 'invoke',
    id: 'f:1',
    name: `composeExtension/${name}`,
    channelId: 'msteams',
    serviceUrl: 'http://localhost',
    from: { id: '29:p', ...(from.id ? { aadObjectId: from.id } : {}) },
    conversation: { id: '19:chat' },
    channelData: team === null ? {} : { team: { id: team, aadGroupId: 'a-team-of-its-own' } },
    value: { commandId: 'notes.keep', ...value },
  } as TeamsActivity);
}
/** A sentence, in a small card: Teams shows nothing of one without a card. */
function noticed(text: string): object {
  const content = expect.objectContaining({
    fallbackText: text,
    body: [expect.objectContaining({ text: plain(text) })],
  });
  const card = { contentType: 'application/vnd.microsoft.card.adaptive', content };
  return { task: { type: 'continue', value: { title: 'CoP Companion', width: 'small', height: 'small', card } } };
}
const opens = (more: object = {}, where: Parameters<typeof invoke>[2] = {}) =>
  invoke('fetchTask', { messagePayload, ...more }, where);
const submits = (data: object, where: Parameters<typeof invoke>[2] = {}) => invoke('submitAction', { data }, where);

describe('choosing it in the menu of a message', () => {
  test('opens the feature’s dialog, with who, where and the message', async () => {
    const answer = await opens({}, { team: `19:${cedar.id}` });

    expect(answer).toEqual({
      task: {
        type: 'continue',
        value: {
          title: 'Keep it',
          width: 'medium',
          height: 'medium',
          card: {
            contentType: 'application/vnd.microsoft.card.adaptive',
            content: expect.objectContaining({ body: [{ type: 'TextBlock', text: 'form' }] }),
          },
        },
      },
    });
    expect(asked).toEqual([{ step: 'open', request: { who: priya, community: cedar, message, again: null } }]);
  });

  test.each<[object | undefined, object, string]>([
    [undefined, { text: '', author: null, link: null }, 'Teams sent none'],
    [
      { subject: 'Room', body: { content: '<p>Book it</p>' } },
      { text: 'Room\nBook it', author: null, link: null },
      'the subject of a post comes first',
    ],
    [
      { body: { contentType: 'text', content: 'a < b' } },
      { text: 'a < b', author: null, link: null },
      'plain text is no HTML',
    ],
    [
      {
        from: { user: null, application: { displayName: 'Polly' } },
        body: { content: '<attachment id="1"></attachment>' },
      },
      { text: '', author: 'Polly', link: null },
      'a card of another app',
    ],
    [
      { linkToMessage: 'javascript:alert(1)', body: { content: 'x' } },
      { text: 'x', author: null, link: null },
      'a link that is none',
    ],
    [
      { linkToMessage: 'https://evil.example/l/message/1', body: { content: 'x' } },
      { text: 'x', author: null, link: null },
      'a link to somewhere else',
    ],
    [
      { linkToMessage: 'https://teams.microsoft.com.evil.example/', body: { content: 'x' } },
      { text: 'x', author: null, link: null },
      'a host that only begins like Teams',
    ],
    [
      { linkToMessage: 'https://teams.microsoft.com@evil.example/', body: { content: 'x' } },
      { text: 'x', author: null, link: null },
      'a name before the host',
    ],
    [
      { linkToMessage: 'https://gov.teams.microsoft.us/l/message/1', body: { content: 'x' } },
      { text: 'x', author: null, link: 'https://gov.teams.microsoft.us/l/message/1' },
      'Teams for a government',
    ],
    [
      { linkToMessage: 'https://teams.cloud.microsoft/l/message/1', body: { content: 'x' } },
      { text: 'x', author: null, link: 'https://teams.cloud.microsoft/l/message/1' },
      'Teams at its new address',
    ],
    [
      { from: { user: { displayName: 'Am\u202eara\u0000' } }, body: { content: 'a\ud800' } },
      { text: 'a\ufffd', author: 'Amara', link: null },
      'odd characters',
    ],
    [
      { body: { content: `<p>${'é'.repeat(1200)}</p>` } },
      { text: 'é'.repeat(1000), author: null, link: null },
      'a long one is cut',
    ],
    [
      { body: { content: `<p>${'x'.repeat(999)}🎉</p>` } },
      { text: 'x'.repeat(999), author: null, link: null },
      'not within a character',
    ],
  ])('reads %j: %#, %s', async (payload, expected) => {
    await opens({ messagePayload: payload });

    expect(asked[0]?.request.message).toEqual(expected);
  });

  test('in a chat, with several communities, asks first which one is meant', async () => {
    known = [cedar, oak];
    const answer = await opens();
    const card = (answer.task.value as { card: { content: Parameters<typeof checkCard>[0] } }).card.content;
    checkCard(card);
    expect(asked).toEqual([]);
    expect(card).toMatchObject({
      body: [
        {
          id: 'community',
          choices: [
            { title: cedar.name, value: cedar.id },
            { title: oak.name, value: oak.id },
          ],
        },
      ],
      actions: [{ type: 'Action.Submit', data: { chosen: true, message } }],
    });

    await submits({ chosen: true, message, community: oak.id });

    expect(asked).toEqual([{ step: 'open', request: { who: priya, community: oak, message, again: null } }]);
  });

  test('in a team that does not have the app, goes by the person’s communities; the team is not taken in', async () => {
    await opens({}, { team: '19:elsewhere' });

    expect(asked[0]?.request.community).toBe(cedar);
    expect(known).toEqual([cedar]);
  });

  test('in no community of ours, says what to do', async () => {
    members.clear();

    const answer = await opens();

    expect(answer).toEqual(noticed(botText.nowhere));
  });
});

describe('sending the dialog', () => {
  test('hands over what was typed, and may end with a notice', async () => {
    const answer = await submits({ community: cedar.id, message, words: 'hello' });

    expect(answer).toEqual(noticed('Kept.'));
    expect(asked).toEqual([
      { step: 'submit', request: { who: priya, community: cedar, message, data: { words: 'hello' } } },
    ]);
  });

  test('takes a message back of which Teams said neither author nor place, as a card carries it', async () => {
    await submits({ community: cedar.id, message: { text: '' }, words: 'hello' });

    expect(asked[0]?.request.message).toEqual({ text: '', author: null, link: null });
  });

  test.each([
    [
      new CommunityError('throttled', 'Graph is busy'),
      'again: Microsoft 365 asked me to slow down. Please try again in a minute.',
    ],
    [
      new TypeError('a fault of ours'),
      'again: Something went wrong on my side. What you did may have been saved all the same: look before you try again.',
    ],
  ])('keeps what was typed after %s', async (error, says) => {
    fails = error;

    const answer = await submits({ community: cedar.id, message, words: 'hello' });

    expect(JSON.stringify(answer)).toContain(says);
    expect(asked[1]).toEqual({
      step: 'open',
      request: {
        who: priya,
        community: cedar,
        message,
        again: { typed: { words: 'hello' }, problem: says.slice('again: '.length) },
      },
    });
    expect(lines.join('')).not.toContain('hello');
  });

  test.each<[object, string, string]>([
    [{ community: 'nowhere', message, words: 'x' }, botText.errors['not-a-member'], 'a community that is none of ours'],
    [{ community: oak.id, message, words: 'x' }, botText.errors['not-a-member'], 'one that the app has left'],
    [{ community: cedar.id, words: 'x' }, botText.errors.malformed, 'the message is missing'],
    [
      { community: cedar.id, message: { ...message, link: 'javascript:alert(1)' }, words: 'x' },
      botText.errors.malformed,
      'a link that somebody put in',
    ],
    [{ community: cedar.id, message, words: 7 }, botText.errors.malformed, 'what was typed is of another kind'],
  ])('refuses %j', async (data, says) => {
    expect(await submits(data)).toEqual(noticed(says));
    expect(asked).toEqual([]);
  });

  test('refuses who has left the team meanwhile', async () => {
    members.set(cedar.id, []);

    expect(await submits({ community: cedar.id, message, words: 'x' })).toEqual(
      noticed(botText.errors['not-a-member']),
    );
    expect(asked).toEqual([]);
  });
});

test.each<[object, object, string, string]>([
  [{ commandId: 'notes.burn' }, {}, botText.errors['unknown-verb'], 'an unknown command'],
  [{ commandId: 'constructor' }, {}, botText.errors['unknown-verb'], 'a word that every object knows'],
  [{ commandId: '' }, {}, botText.errors.malformed, 'no command'],
  [{}, { from: {} }, botText.errors.malformed, 'nobody'],
])('%j is refused: %#', async (value, where, says) => {
  expect(await invoke('fetchTask', value, where)).toEqual(noticed(says));
});

test.each([
  [{ type: 'invoke', name: 'composeExtension/fetchTask' }, true],
  [{ type: 'invoke', name: 'composeExtension/submitAction' }, true],
  [{ type: 'invoke', name: 'adaptiveCard/action' }, false],
  [{ type: 'message', name: 'composeExtension/fetchTask' }, false],
  [{ type: 'invoke' }, false],
])('isMessageAction(%j) is %s', (activity, expected) => {
  expect(isMessageAction(activity)).toBe(expected);
});

describe('the audit trail', () => {
  const data = { community: cedar.id, message, words: 'Book it' };
  const line = { person: priya.id, act: 'unknown', door: 'message', via: 'unknown', about: '', request: 'f:1' };

  test('names who was refused because they are not in the team, and where, and nothing of the message', async () => {
    members.set(cedar.id, []);

    await submits(data);

    expect(acts).toEqual([{ ...line, community: cedar.id, outcome: 'refused', reason: 'not-a-member' }]);
    expect(JSON.stringify(acts)).not.toContain('Book');
  });

  test('and who was refused by the feature', async () => {
    fails = new CommunityError('not-allowed', 'no');

    await submits(data);

    expect(acts).toEqual([{ ...line, community: cedar.id, outcome: 'refused', reason: 'not-allowed' }]);
  });
});

test('switched off, neither the dialog opens nor does one that is open still save', async () => {
  isOn = false;

  const answers = [await opens(), await submits({ community: cedar.id, message, words: 'Book it' })];

  for (const answer of answers) expect(answer).toEqual(noticed(botText.errors['switched-off']));
  expect(asked).toEqual([]);
});
