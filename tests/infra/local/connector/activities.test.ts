import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Activity } from 'botbuilder';
import { botId } from '../../../../infra/local/connector/activities.ts';
import { messagingId, tenant } from '../../../../infra/local/directory.ts';
import { samplePeople, sampleTeam } from '../../../../infra/local/sample-people.ts';
import { fact } from '../fact.ts';
import { openStage, type Stage } from './receiving-bot.ts';

const [priya = '', tomasz = ''] = samplePeople.map(person => person.id);
const [jonas = '', ruth = ''] = samplePeople.filter(person => person.role === 'newcomer').map(person => person.id);
const general = sampleTeam.threadId;

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
  await connector().installApp(sampleTeam.id, priya);
});
afterEach(() => stage.close());

const connector = () => stage.microsoft365.connector;
const said = (activity: Activity | undefined) => activity?.channelData as Record<string, unknown> | undefined;
async function hears(what: () => Promise<unknown>): Promise<readonly Activity[]> {
  stage.heard.length = 0;
  await what();
  return [...stage.heard];
}
async function asksFor(path: string): Promise<unknown> {
  const bot = await stage.bot();
  const token = await (bot.credentials as unknown as { getToken(): Promise<string> }).getToken();
  const response = await fetch(`${stage.microsoft365.url}/connector/v3/${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return response.json();
}
async function channel(type: 'private' | 'shared', hasApp = true): Promise<string> {
  const id = await connector().createChannel(sampleTeam.id, 'Partners', type, priya);
  if (hasApp) await connector().allowInChannel(sampleTeam.id, id, true);
  return id;
}

fact('activities/messages-name-team-by-id', async () => {
  const id = await connector().createChannel(sampleTeam.id, 'Ovens', 'standard', priya);

  for (const where of [general, id]) {
    const [message] = await hears(() => connector().says(priya, where, 'plan'));

    expect(said(message)).toEqual({
      teamsTeamId: general,
      teamsChannelId: where,
      team: { id: general },
      channel: { id: where },
      tenant: { id: tenant.id },
    });
  }
});

fact('activities/installation-names-team', () => {
  expect(stage.heard.map(said)).toEqual(
    Array(2).fill(
      expect.objectContaining({
        team: { id: general, aadGroupId: sampleTeam.id, name: sampleTeam.displayName },
        settings: { selectedChannel: { id: general } },
      }),
    ),
  );
});

fact('activities/installation-told-twice', () => {
  expect(stage.heard.map(({ type, action }) => [type, action])).toEqual([
    ['installationUpdate', 'add'],
    ['conversationUpdate', undefined],
  ]);
});

fact('activities/bot-is-recipient', () => {
  expect(stage.heard[1]?.membersAdded?.map(({ id }) => id)).toEqual([stage.heard[1]?.recipient.id]);
});

fact('activities/removal-told-twice', async () => {
  const heard = await hears(() => connector().uninstallApp(sampleTeam.id, priya));

  expect(heard.map(({ type, action, membersRemoved }) => [type, action, membersRemoved?.[0]?.id])).toEqual([
    ['conversationUpdate', undefined, botId],
    ['installationUpdate', 'remove', undefined],
  ]);
});

fact('activities/events-under-team-id', async () => {
  const heard = await hears(async () => {
    await connector().joins(sampleTeam.id, [jonas]);
    await connector().leaves(sampleTeam.id, [jonas]);
  });

  expect(heard.map(({ conversation }) => conversation.id)).toEqual([general, general]);
});

fact('activities/events-name-team-by-id', async () => {
  const heard = await hears(async () => {
    await connector().joins(sampleTeam.id, [jonas]);
    await connector().leaves(sampleTeam.id, [jonas]);
  });

  expect(heard.map(activity => said(activity)?.['team'])).toEqual([{ id: general }, { id: general }]);
});

fact('activities/removed-by-chat-id', async () => {
  await connector().joins(sampleTeam.id, [jonas]);

  const [left] = await hears(() => connector().leaves(sampleTeam.id, [jonas]));

  expect(left?.membersRemoved).toEqual([{ id: messagingId(jonas) }]);
});

fact('activities/channel-created', async () => {
  const [created] = await hears(() => connector().createChannel(sampleTeam.id, 'Ovens', 'standard', priya));

  expect(created?.conversation.id).toBe(general);
  expect(said(created)).toMatchObject({
    eventType: 'channelCreated',
    team: { id: general },
    channel: { id: expect.stringMatching(/^19:/), name: 'Ovens' },
  });
});

fact('activities/channel-renamed', async () => {
  const id = await connector().createChannel(sampleTeam.id, 'Ovens', 'standard', priya);
  const [renamed] = await hears(() => connector().renameChannel(sampleTeam.id, id, 'Kilns'));

  expect(renamed?.conversation.id).toBe(general);
  expect(said(renamed)).toMatchObject({
    eventType: 'channelRenamed',
    team: { id: general },
    channel: { id, name: 'Kilns' },
  });
});

fact('activities/channel-deleted', async () => {
  const id = await connector().createChannel(sampleTeam.id, 'Ovens', 'standard', priya);
  const [deleted] = await hears(() => connector().deleteChannel(sampleTeam.id, id));

  expect([deleted?.conversation.id, said(deleted)]).toMatchObject([
    general,
    { eventType: 'channelDeleted', team: { id: general }, channel: { id, name: 'Ovens' } },
  ]);
  await expect(connector().says(priya, id, 'plan', { mention: true })).rejects.toThrow('There is no conversation');
  await expect(connector().deleteChannel(sampleTeam.id, general)).rejects.toThrow('beside General, which stays');
});

fact('activities/channel-restored', async () => {
  const id = await connector().createChannel(sampleTeam.id, 'Ovens', 'standard', priya);
  await connector().deleteChannel(sampleTeam.id, id);
  const [restored, ...after] = await hears(async () => {
    await connector().restoreChannel(sampleTeam.id, id);
    await connector().says(priya, id, 'plan', { mention: true });
  });

  expect(said(restored)).toMatchObject({ eventType: 'channelRestored', team: { id: general }, channel: { id } });
  expect(after.map(({ conversation }) => conversation.id.split(';')[0])).toEqual([id]);
  await expect(connector().restoreChannel(sampleTeam.id, id)).rejects.toThrow('no deleted channel');
});

fact('activities/apps-allowed-per-channel', async () => {
  const id = await channel('shared', false);
  const before = await hears(() => connector().says(priya, id, 'plan'));
  const [allowed, ...after] = await hears(async () => {
    await connector().allowInChannel(sampleTeam.id, id, true);
    await connector().says(priya, id, 'plan');
  });

  expect(before).toEqual([]);
  expect(allowed?.membersAdded?.map(account => account.id)).toEqual([botId]);
  expect(after.map(({ type }) => type)).toEqual(['message']);
});

fact('activities/disallowed-in-channel', async () => {
  const id = await channel('shared');

  const [gone, ...others] = await hears(() => connector().allowInChannel(sampleTeam.id, id, false));

  expect(others).toEqual([]);
  expect(gone?.membersRemoved?.map(account => account.id)).toEqual([botId]);
  expect(said(gone)).toMatchObject({
    eventType: 'channelMemberRemoved',
    channel: { id, type: 'shared', name: 'Partners' },
    team: { id: general },
  });
  expect(connector().isInstalled(sampleTeam.id)).toBe(true);
});

fact('activities/channel-members', async () => {
  const id = await channel('shared');

  const [added] = await hears(() => connector().joinsChannel(sampleTeam.id, id, tomasz));

  expect(added).toMatchObject({
    type: 'conversationUpdate',
    conversation: { id },
    membersAdded: [{ id: messagingId(tomasz), aadObjectId: tomasz }],
    channelData: { eventType: 'channelMemberAdded', channel: { id, type: 'shared' } },
  });
  expect(said(added)?.['team']).toEqual({ id: general });
});

fact('activities/membership-source', async () => {
  const id = await channel('shared');

  const heard = await hears(async () => {
    await connector().joinsChannel(sampleTeam.id, id, tomasz);
    await connector().joinsChannel(sampleTeam.id, id, jonas);
  });

  expect(heard.map(activity => said(activity)?.['membershipSource'])).toEqual([
    expect.objectContaining({ sourceType: 'team', membershipType: 'transitive' }),
    expect.objectContaining({ sourceType: 'channel', membershipType: 'direct' }),
  ]);
});

fact('activities/outsiders-in-shared-channels', async () => {
  const [shared, hidden] = [await channel('shared'), await channel('private')];
  await connector().joinsChannel(sampleTeam.id, shared, jonas);

  const seen = connector().conversationsOf(jonas);

  expect(seen.map(({ conversation }) => conversation.id)).toEqual([shared]);
  await expect(connector().joinsChannel(sampleTeam.id, hidden, jonas)).rejects.toThrow('members of its team only');
});

fact('activities/mentioned-only', async () => {
  expect(await hears(() => connector().says(priya, general, 'just us', { mention: false }))).toEqual([]);
});

fact('activities/mention-entities', async () => {
  const [message] = await hears(() => connector().says(priya, general, 'plan'));

  expect(message?.text).toBe('<at>CoP Companion</at> plan');
  expect(message?.entities?.filter(({ type }) => type === 'mention')).toEqual([
    { type: 'mention', mentioned: { id: botId, name: 'CoP Companion' }, text: '<at>CoP Companion</at>' },
  ]);
});

fact('activities/rosters-say-object-id', async () => {
  const entry = await asksFor(`conversations/${encodeURIComponent(general)}/members/${messagingId(tomasz)}`);

  expect(entry).toMatchObject({ id: messagingId(tomasz), objectId: tomasz });
  expect(entry).not.toHaveProperty('aadObjectId');
});

fact('activities/team-details', async () => {
  expect(await asksFor(`teams/${encodeURIComponent(general)}`)).toMatchObject({
    id: general,
    name: sampleTeam.displayName,
    aadGroupId: sampleTeam.id,
  });
});

fact('activities/general-has-no-name', async () => {
  const id = await channel('shared');

  expect(await asksFor(`teams/${encodeURIComponent(general)}/conversations`)).toEqual({
    conversations: [
      { id: general, name: null, type: 'standard' },
      { id, name: 'Partners', type: 'shared' },
    ],
  });
});

describe('events that go wrong on request', () => {
  test('are lost, come twice under two ids, or say no more than they must; then all is as usual', async () => {
    connector().nextEvents('lost');
    connector().nextEvents('twice');
    connector().nextEvents('with-less');
    const [lost, twice, bare, usual] = [
      await hears(() => connector().joins(sampleTeam.id, [jonas])),
      await hears(() => connector().leaves(sampleTeam.id, [jonas])),
      await hears(() => connector().joins(sampleTeam.id, [ruth])),
      await hears(() => connector().joins(sampleTeam.id, [jonas])),
    ];

    expect(lost).toEqual([]);
    expect(twice.map(({ type }) => type)).toEqual(['conversationUpdate', 'conversationUpdate']);
    expect(new Set(twice.map(({ id }) => id)).size).toBe(2);
    expect(bare[0]?.membersAdded).toEqual([{ id: messagingId(ruth), name: null }]);
    expect(bare[0]?.from).not.toHaveProperty('aadObjectId');
    expect(usual[0]?.membersAdded).toEqual([{ id: messagingId(jonas), aadObjectId: jonas }]);
  });
});
