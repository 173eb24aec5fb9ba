import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { api } from '../../domain/api.ts';
import { botId } from '../../infra/local/connector/activities.ts';
import { eventually } from '../support/engines.ts';
import { personOf, startSystem, type System } from '../support/system.ts';
import { teamStory, type TeamStory } from '../support/team-story.ts';

/** Of what happens in one channel of a team: a shared one, a private one. Each test goes on where the one before ended. */
let system: System;
let story: TeamStory;
beforeAll(async () => {
  system = await startSystem();
  story = teamStory(system);
}, 120_000);
afterAll(() => system.stop());

const settings = async () => ((await system.ask('Priya', api.settings)).body as { settings: unknown }).settings;
async function channel(type: 'private' | 'shared'): Promise<string> {
  const id = await story.connector.createChannel(system.team, 'Partners', type, personOf('Priya').id);
  await story.connector.allowInChannel(system.team, id, true);
  await eventually('the first words in the channel', () => story.sentTo(id).length === 1);
  return id;
}

test('makes no newcomer of whoever is added to it, and lets nobody go who is taken out', async () => {
  const shared = await channel('shared');
  const amara = personOf('Amara');
  await story.connector.says(amara.id, 'personal', 'help');
  await eventually('an answer', () => story.messagesOf(amara).at(-1)?.includes('Hello Amara'));
  const before = story.messagesOf(amara).length;

  for (const who of ['Jonas', 'Amara']) await story.connector.joinsChannel(system.team, shared, personOf(who).id);
  await story.connector.leavesChannel(system.team, shared, personOf('Amara').id);
  await story.handled();

  expect(story.messagesOf(personOf('Jonas'))).toEqual([]);
  expect(story.messagesOf(amara)).toHaveLength(before);
  expect(await story.newcomers()).not.toContain('Jonas Weber');
  await story.connector.says(amara.id, 'personal', 'plan');
  await eventually('that her chat is still known', () => story.messagesOf(amara).length === before + 1);
});

test('that the app is taken out of leaves the community as it was', async () => {
  const before = await settings();
  const shared = await channel('shared');

  await story.connector.allowInChannel(system.team, shared, false);
  await story.handled();

  expect(await settings()).toEqual(before);
  expect(before).not.toBeNull();
  await system.moveTo('2026-11-23T09:00:00Z');
  await eventually('the week’s card', () =>
    story.messagesOf(personOf('Priya')).some(words => words.includes('290 minutes')),
  );
});

test.each([
  { eventType: undefined, channelData: { membershipSource: { sourceType: 'team', membershipType: 'transitive' } } },
  { eventType: 'teamMemberRemoved', channelData: { channel: { id: '19:x@thread.tacv2', type: 'private' } } },
  { eventType: 'channelMemberRemoved', channelData: {} },
  { eventType: 'ChannelUnshared', channelData: {} },
  { eventType: 'somethingNew', channelData: {} },
])('speaks for no team, however it is told: $eventType', async ({ eventType, channelData }) => {
  await story.happens(
    story.activity({
      type: 'conversationUpdate',
      membersRemoved: [{ id: botId }],
      channelData: { ...channelData, ...(eventType ? { eventType } : {}) },
    }),
  );
  await story.handled();

  expect(await settings()).not.toBeNull();
});

test('that people from outside read hears nothing of the community; a member is told where to ask', async () => {
  const shared = await channel('shared');
  await story.connector.joinsChannel(system.team, shared, personOf('Jonas').id);
  const [hello] = story.sentTo(shared);

  await story.connector.says(personOf('Priya').id, shared, 'plan');
  await eventually('the answer', () => story.sentTo(shared).length === 2);
  await story.connector.says(personOf('Jonas').id, shared, 'plan');
  await eventually('the other answer', () => story.sentTo(shared).length === 3);

  expect(hello).toContain('I show nothing of the community in this channel');
  expect(story.sentTo(shared)[1]).toContain('Write to me in our own chat');
  expect(story.sentTo(shared)[2]).toContain('you are not one of them');
  expect(story.sentTo(shared).join(' ')).not.toContain('Data Storytellers');
});

test('that is private is answered as the team is, and told so', async () => {
  const hidden = await channel('private');

  await story.connector.says(personOf('Priya').id, hidden, 'help');
  await eventually('the answer', () => story.sentTo(hidden).length === 2);

  expect(story.sentTo(hidden)[0]).toContain('nothing of it is kept for this private channel alone');
  expect(story.sentTo(hidden)[1]).toContain('Hello Priya');
});

test('that the app is taken out of while somebody asks: they hear in their own chat why there is no answer', async () => {
  const hidden = await channel('private');
  await story.connector.allowInChannel(system.team, hidden, false);
  const before = story.sentTo(hidden).length;

  const asked = story.activity({ type: 'message', text: 'help' });
  await story.happens({ ...asked, conversation: { ...(asked['conversation'] as object), id: hidden } });

  await eventually('the reason', () => story.messagesOf(personOf('Priya')).at(-1)?.includes('I was not added to it'));
  expect(story.sentTo(hidden)).toHaveLength(before);
});
