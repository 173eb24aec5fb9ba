import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sampleTeam } from '../../infra/local/sample-people.ts';
import { eventually } from '../support/engines.ts';
import { personOf, startSystem, type System } from '../support/system.ts';

/** Microsoft moves people and tenants, and forgets chats: what the app says unasked arrives all the same. */
let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

const connector = () => system.microsoft365.connector;
const facilitator = personOf('Priya');

function chatOf(who: string) {
  const { id } = personOf(who);
  const chat = connector()
    .conversationsOf(id)
    .find(({ conversation }) => conversation.kind === 'personal');
  return chat ? connector().messages(chat.conversation.id) : [];
}
const channel = () => connector().messages(sampleTeam.threadId);
/** Cards of the week that reached this person so far, in the chat that Teams knows. */
const weeks = (who: string) =>
  chatOf(who).filter(({ summary }) => /minutes today|hardly anything/.test(summary ?? '')).length;

test('the tenant is moved, and somebody says something: the week’s card arrives at once', async () => {
  await system.moveTo('2026-11-23T09:00:00Z');
  await eventually('the first week', () => weeks('Priya') === 1);
  connector().move('emea');
  await connector().says(personOf('Amara').id, 'channel', 'help');
  await eventually('an answer in the channel', () => channel().at(-1)?.from === null);

  await system.moveTo('2026-11-30T09:00:00Z');

  await eventually('the second week', () => weeks('Priya') === 2);
});

test('one person is moved and writes: from then on they are written to where they are', async () => {
  connector().move('fr', { person: facilitator.id, answer: 404 });
  await connector().says(facilitator.id, 'personal', 'help');
  await eventually('an answer', () => chatOf('Priya').at(-1)?.from === null);

  await system.moveTo('2026-12-07T09:00:00Z');

  await eventually('the third week', () => weeks('Priya') === 3);
});

test('Teams forgets the chat: the next card opens another', async () => {
  connector().forgetChat(facilitator.id);
  expect(chatOf('Priya')).toEqual([]);

  await system.moveTo('2026-12-14T09:00:00Z');

  await eventually('the fourth week', () => weeks('Priya') === 1);
});
