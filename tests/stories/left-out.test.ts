import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { tenant } from '../../infra/local/directory.ts';
import { publishedActivities } from '../support/corpus.ts';
import { eventually } from '../support/engines.ts';
import { personOf, startSystem, type System } from '../support/system.ts';
import { teamStory, type TeamStory } from '../support/team-story.ts';

/** What activities leave out, and what is made of it. Each test goes on where the one before ended. */
let system: System;
let story: TeamStory;
beforeAll(async () => {
  system = await startSystem();
  story = teamStory(system);
}, 120_000);
afterAll(() => system.stop());

test('of a team whose installation never reached us Teams is asked, and it is taken in by its name', async () => {
  const other = { ...story.team(), id: randomUUID(), threadId: '19:other@thread.tacv2', displayName: 'Bread Bakers' };
  system.microsoft365.directory.putTeam({
    ...other,
    channels: [
      { id: other.threadId, displayName: 'General' },
      { id: '19:ovens@thread.tacv2', displayName: 'Ovens' },
    ],
    sitePath: '/sites/bakers',
  });
  story.connector.nextEvents('lost', 2);
  await story.connector.installApp(other.id, personOf('Priya').id);

  await story.connector.says(personOf('Tomasz').id, '19:ovens@thread.tacv2', 'help');
  await eventually('the answer', () => story.sentTo('19:ovens@thread.tacv2').length === 1);

  expect(story.sentTo('19:ovens@thread.tacv2')[0]).toMatch(/Hello Tomasz.*Bread Bakers/);
});

test('a name that is known stays when a team is told of without one', async () => {
  await story.happens(
    story.activity({
      type: 'installationUpdate',
      action: 'add',
      channelData: { team: { id: story.team().threadId, aadGroupId: story.team().id } },
    }),
  );
  await story.happens(story.activity({ type: 'conversationUpdate', channelData: { eventType: 'teamArchived' } }));
  await story.happens(story.activity({ type: 'conversationUpdate', channelData: { eventType: 'teamUnarchived' } }));

  expect(await story.handled()).toContain('Data Storytellers');
});

test('a team that was renamed is asked for its name', async () => {
  system.microsoft365.directory.putTeam({ ...story.team(), displayName: 'Storytellers of Data' });
  await story.happens(story.activity({ type: 'conversationUpdate', channelData: { eventType: 'teamRenamed' } }));

  expect(await story.handled()).toContain('Storytellers of Data');
  system.microsoft365.directory.putTeam({ ...story.team(), displayName: 'Data Storytellers' });
  await story.happens(story.activity({ type: 'conversationUpdate', channelData: { eventType: 'teamRenamed' } }));
  expect(await story.handled()).toContain('Data Storytellers');
});

test.each<[string, string, (id: string) => object]>([
  ['objectId', 'Jonas', id => ({ id: `29:${id}`, objectId: id })],
  ['Teams’ own id', 'Ruth', id => ({ id: `29:${id}` })],
  ['Teams’ own id, and null', 'Kofi', id => ({ id: `29:${id}`, aadObjectId: null, name: null })],
])('somebody who joined is found by %s', async (_how, who, account) => {
  const person = personOf(who);
  system.microsoft365.directory.addMember(system.team, person.id);
  await story.happens(
    story.activity({
      type: 'conversationUpdate',
      membersAdded: [account(person.id)],
      channelData: { eventType: 'teamMemberAdded' },
    }),
  );

  await eventually('the welcome', () => story.welcomesOf(person) === 1);
  expect(await story.newcomers()).toContain(person.name);
});

test('somebody who wrote is found by Teams’ own id', async () => {
  const { id } = personOf('Daniel');
  await story.happens({ ...story.activity({ type: 'message', text: 'help' }), from: { id: `29:${id}`, name: null } });

  await eventually('the answer', () =>
    story.sentTo(story.team().threadId).some(words => words.includes('Hello Daniel')),
  );
});

test('null is as if it were not there, wherever it stands', async () => {
  const nulls = { name: null, locale: null, replyToId: null, entities: null, attachments: null, value: null };
  await story.happens({
    ...story.activity({ type: 'message', text: 'help' }),
    ...nulls,
    recipient: null,
    localTimezone: null,
  });
  await story.happens({ ...story.activity({ type: 'message' }), text: null });
  const { channelData: _, ...event } = story.activity({ type: 'conversationUpdate', channelData: {} });
  await story.happens({
    ...event,
    from: null,
    membersAdded: [null],
    channelData: { tenant: { id: tenant.id }, team: null, channel: null },
  });

  await eventually('the answers', () => story.sentTo(story.team().threadId).length >= 3);
  expect(system.log.filter(({ msg }) => msg === 'an activity was refused')).toEqual([]);
});

test('what cannot be read from a signed sender is kept, reported, and read anew when the server starts', async () => {
  const broken = { ...story.activity({ type: 'message', text: 'help' }), membersAdded: 'nobody' };

  expect((await story.connector.deliver(broken)).status).toBe(200);
  expect((await story.connector.deliver({ ...broken, channelId: 'webchat' })).status).toBe(400);
  expect((await story.connector.deliver({ ...broken, conversation: { id: 'x', tenantId: randomUUID() } })).status).toBe(
    400,
  );

  expect(system.log.filter(({ msg }) => String(msg).includes('cannot be read'))).toEqual([
    expect.objectContaining({ level: 40, faults: [expect.stringContaining('membersAdded')] }),
  ]);
  await system.restart();
  await eventually('that it was looked at again', () =>
    system.log.some(({ msg }) => String(msg).includes('it waits for the next start')),
  );
});

test('every published body is taken, and none stands in the way of those after it', async () => {
  const { url } = system.microsoft365;
  const begun = system.log.length;

  const statuses = new Map<string, number>();
  for (const { id, body } of publishedActivities()) {
    const given = { ...body, serviceUrl: `${url}/connector/` };
    statuses.set(id, (await story.connector.deliver(given)).status);
  }

  expect([...statuses].filter(([, status]) => status !== 200)).toEqual([]);
  const { id, conversationId } = (await story.connector.says(personOf('Amara').id, 'personal', 'help')).message;
  expect(id).toBeTruthy();
  await eventually('an answer to words after them', () => story.sentTo(conversationId).at(-1)?.includes('Hello Amara'));
  expect(system.log.slice(begun).filter(({ msg }) => /refused|cannot be read/.test(String(msg)))).toEqual([]);
}, 60_000);
