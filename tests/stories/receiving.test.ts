import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Card } from '../../bot/cards.ts';
import { api, type CommunityView } from '../../domain/api.ts';
import type { DeliveryView } from '../../domain/delivery/api.ts';
import type { RolesView } from '../../domain/roles/api.ts';
import { botId, enveloped, type ActivityJson } from '../../infra/local/connector/activities.ts';
import type { Message } from '../../infra/local/connector/index.ts';
import { actionsIn, textsIn } from '../support/cards.ts';
import { eventually } from '../support/engines.ts';
import { startPostgres, type Postgres } from '../support/postgres.ts';
import { personOf, startSystem, type System } from '../support/system.ts';

/**
 * What comes in, over signed HTTP, with a PostgreSQL that may go away. Each test goes on where the one before ended.
 */
let postgres: Postgres;
let system: System;
beforeAll(async () => {
  postgres = await startPostgres();
  system = await startSystem({ databaseUrl: await postgres.database() });
}, 60_000);
afterAll(async () => {
  await system.stop();
  await postgres.stop();
});

function activity(who: string, where: 'personal' | 'channel', changes: ActivityJson): ActivityJson {
  const { directory, clock, url } = system.microsoft365;
  const team = directory.team(system.team)!;
  const user = directory.user(personOf(who).id)!;
  return enveloped(changes, {
    user,
    serviceUrl: `${url}/connector/`,
    now: clock.now(),
    id: `f:${randomUUID()}`,
    conversation: where === 'personal' ? { id: chatOf(who), kind: 'personal' } : { id: team.threadId, kind: 'channel' },
    ...(where === 'channel' ? { team } : {}),
  });
}
async function happens(channelData: object, changes: object = {}): Promise<void> {
  const given = activity('Priya', 'channel', { type: 'conversationUpdate', ...changes, channelData });
  const { status } = await system.microsoft365.connector.deliver(given);
  expect(status).toBe(200);
}
function chatOf(who: string): string {
  return system.microsoft365.connector
    .conversationsOf(personOf(who).id)
    .find(one => one.conversation.kind === 'personal')!.conversation.id;
}
function answers(who: string, containing: string): readonly Message[] {
  return system.microsoft365.connector
    .messages(chatOf(who))
    .filter(
      one =>
        one.from === null &&
        !one.deleted &&
        `${one.text} ${one.cards.flatMap(card => textsIn(card as Card)).join(' ')}`.includes(containing),
    );
}
async function log(): Promise<DeliveryView['entries']> {
  return ((await system.ask('Priya', api.delivery)).body as DeliveryView).entries;
}
async function health(): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${system.productUrl}/health`);
  return { status: response.status, body: await response.json() };
}

describe('what somebody types', () => {
  test('is answered once, however often Teams sends it', async () => {
    await system.microsoft365.connector.says(personOf('Amara').id, 'personal', 'mumble');
    await eventually('the first answer', () => answers('Amara', 'I do not know that').length > 0);
    const help = activity('Amara', 'personal', { type: 'message', text: 'help' });

    const statuses = (await Promise.all([1, 2, 3].map(() => system.microsoft365.connector.deliver(help)))).map(
      ({ status }) => status,
    );
    await eventually('the answer', () => answers('Amara', 'Hello Amara').length > 0);
    statuses.push((await system.microsoft365.connector.deliver(help)).status);
    await new Promise(resolve => setTimeout(resolve, 300));

    expect({ statuses, answers: answers('Amara', 'Hello Amara').length }).toEqual({
      statuses: [200, 200, 200, 200],
      answers: 1,
    });
  });

  test('while PostgreSQL is down waits for it, /health says why, and nothing is lost or doubled', async () => {
    await postgres.down();
    const { status, body } = await health();
    const said = ['Daniel', 'Gwen', 'Nadia'].map(who =>
      system.microsoft365.connector.says(personOf(who).id, 'personal', 'help'),
    );
    await new Promise(resolve => setTimeout(resolve, 1500));
    await postgres.up();

    const statuses = (await Promise.all(said)).map(one => one.delivery?.status);
    for (const who of ['Daniel', 'Gwen', 'Nadia'])
      await eventually(`the answer to ${who}`, () => answers(who, `Hello ${who}`).length > 0);
    await eventually('health', async () => (await health()).status === 200);

    expect({ status, state: (body as { state: string }).state }).toEqual({ status: 503, state: 'not ready' });
    expect((body as { parts: Record<string, string> }).parts['database']).toMatch(/\w/);
    expect({ statuses, answers: ['Daniel', 'Gwen', 'Nadia'].map(who => answers(who, `Hello ${who}`).length) }).toEqual({
      statuses: [200, 200, 200],
      answers: [1, 1, 1],
    });
  }, 60_000);
});

describe('a button', () => {
  test('that takes long is answered in time, and the card changes when it is done', async () => {
    await system.moveTo('2026-11-23T09:00:00Z');
    const [card] = await eventually('the week’s card', () => {
      const found = answers('Priya', 'of 290 minutes done');
      return found.length > 0 && found;
    });
    const tick = actionsIn(card!.cards[0] as Card).find(one => one['verb'] === 'facilitation.tick')!;
    system.microsoft365.faults.latencyMs = 3000;

    const began = performance.now();
    const result = await system.microsoft365.connector.presses(personOf('Priya').id, card!.id, {
      verb: 'facilitation.tick',
      data: tick['data'],
    });
    const took = performance.now() - began;

    expect(result).toEqual({
      outcome: 'notice',
      text: 'That is taking longer than usual. I am still on it, and the card will change when it is done.',
    });
    // A tick asks Graph more than twice, one after another: the answer did not wait for it.
    expect(took).toBeLessThan(2 * system.microsoft365.faults.latencyMs);
    system.microsoft365.faults.latencyMs = 0;
    await eventually(
      'the tick on the card',
      () => answers('Priya', '10 of 290 minutes done').length + answers('Priya', 'Priya Raman, 09:00').length > 0,
    );
  }, 60_000);
});

describe('the log of messages', () => {
  test('is for those who coordinate, and across communities for administrators', async () => {
    const statuses = await Promise.all(
      [
        system.ask('Priya', api.delivery),
        system.ask('Amara', api.delivery),
        system.ask('Jonas', api.delivery),
        system.ask('Priya', api.deliveryOfAll),
        system.ask('Tomasz', api.deliveryOfAll),
      ].map(async asked => (await asked).status),
    );

    expect(statuses).toEqual([200, 403, 404, 200, 403]);
  });

  test('says who had blocked the app', async () => {
    const refused = (await log()).find(({ state }) => state === 'refused');

    expect(refused).toMatchObject({
      what: 'Somebody offers to take a role',
      to: { is: 'person', person: personOf('Tomasz') },
      reason: { code: 'blocked' },
    });
  });

  test('says what was missed while the server was down', async () => {
    await system.moveTo('2026-12-01T08:00:00Z');

    const missed = await eventually('what was missed', async () => {
      const found = (await log()).filter(({ reason }) => reason?.code === 'missed');
      return found.length > 0 && found;
    });

    expect(missed.map(({ kind, period, state, attempts }) => ({ kind, period, state, attempts }))).toEqual(
      Array(2).fill({ kind: 'facilitation.week', period: '2026-11-30', state: 'expired', attempts: 0 }),
    );
  });

  test.each(['', '?state=lost'])('as a file needs no more than the list: /export%s', async query => {
    const token = await system.microsoft365.entra.issueTabToken(personOf('Priya').id);

    const response = await fetch(`${system.productUrl}/api/communities/${system.team}/delivery/export${query}`, {
      headers: { Authorization: `Bearer ${token}` },
    });

    expect([response.status, response.headers.get('content-type')]).toEqual(
      query === '' ? [200, 'text/csv; charset=utf-8'] : [400, 'application/json'],
    );
  });
});

describe('in the team', () => {
  test('somebody who left is not written to any more', async () => {
    await system.microsoft365.connector.leaves(system.team, [personOf('Lars').id]);

    await eventually(
      'their leaving',
      async () =>
        !((await system.ask('Priya', api.members)).body as { members: { name: string }[] }).members.some(({ name }) =>
          name.startsWith('Lars'),
        ),
    );
  });

  test('the deleted channel of another community changes nothing', async () => {
    await happens({ eventType: 'channelDeleted', channel: { id: '19:another@thread.tacv2', name: 'Another' } });
    await happens({ eventType: 'somethingNew' });

    await new Promise(resolve => setTimeout(resolve, 300));
    expect(answers('Priya', 'Your channel was deleted')).toEqual([]);
  });

  test('an archived team gets no card; brought back, it gets the next', async () => {
    await happens({ eventType: 'teamArchived' });
    await eventually('the archiving', () =>
      system.log.some(({ msg, event }) => msg === 'a team was archived or brought back' && event === 'teamarchived'),
    );
    await system.moveTo('2026-12-07T09:00:00Z');
    await new Promise(resolve => setTimeout(resolve, 300));
    const during = (await log()).filter(({ period }) => period === '2026-12-07');

    await happens({ eventType: 'teamUnarchived' });
    await eventually('its coming back', () =>
      system.log.some(({ msg, event }) => msg === 'a team was archived or brought back' && event === 'teamunarchived'),
    );
    await system.moveTo('2026-12-14T09:00:00Z');
    await eventually(
      'the next card',
      async () => (await log()).filter(({ period, state }) => period === '2026-12-14' && state === 'sent').length === 2,
    );

    expect(during).toEqual([]);
  }, 60_000);

  test('who removes the app from their own chat gets no more there', async () => {
    await system.microsoft365.connector.deliver(
      activity('Tomasz', 'personal', { type: 'installationUpdate', action: 'remove' }),
    );
    system.microsoft365.connector.block(personOf('Tomasz').id, true);
    const { body } = await system.ask('Amara', api.volunteer, { params: { role: 'sponsor' }, body: { note: '' } });
    expect((body as RolesView).roles.length).toBeGreaterThan(0);

    const [latest] = await eventually('the refusal', async () => {
      const found = (await log()).filter(
        ({ state, createdAt }) => state === 'refused' && createdAt.startsWith('2026-12-14'),
      );
      return found.length > 0 && found;
    });
    expect(latest).toMatchObject({ to: { person: personOf('Tomasz') }, reason: { code: 'blocked' } });
  });

  test('a deleted team is forgotten, what SharePoint keeps is not: restored, it goes on', async () => {
    await happens({ eventType: 'teamDeleted' });
    await eventually('the removal', async () => (await system.ask('Priya', api.community)).status === 404);

    system.microsoft365.clock.moveTo(new Date('2026-12-15T09:00:00Z'));
    await happens({ eventType: 'teamRestored' });

    const community = await eventually('the restoration', async () => {
      const { status, body } = await system.ask('Priya', api.community);
      return status === 200 && (body as CommunityView).ready && (body as CommunityView);
    });
    expect(community.name).toBe('Data Storytellers');
  });

  test('the app removed, and the bot among those removed, is one removal', async () => {
    await happens({ eventType: 'teamMemberRemoved' }, { membersRemoved: [{ id: botId }] });
    await system.microsoft365.connector.deliver(
      activity('Priya', 'channel', { type: 'installationUpdate', action: 'remove' }),
    );

    await eventually('the removal', async () => (await system.ask('Priya', api.community)).status === 404);
    expect(
      system.log.filter(({ msg, why }) => msg === 'the app was removed from a team' && why === 'app-removed'),
    ).toHaveLength(1);
  });

  test('its channel deleted, General takes its place; restored, it has it again; who coordinates hears of either', async () => {
    const { connector } = system.microsoft365;
    const name = 'Figures';
    const channel = { id: await connector.createChannel(system.team, name, 'standard', personOf('Priya').id), name };
    await system.microsoft365.connector.deliver(
      activity('Priya', 'channel', {
        type: 'installationUpdate',
        action: 'add',
        channelData: { settings: { selectedChannel: channel } },
      }),
    );
    await eventually(
      'the installation',
      async () => ((await system.ask('Priya', api.community)).body as CommunityView).ready,
    );

    await connector.renameChannel(system.team, channel.id, 'Numbers');
    connector.nextEvents('twice');
    await connector.deleteChannel(system.team, channel.id);

    await eventually('the news', () => answers('Priya', 'Your channel was deleted').length > 0);
    await new Promise(resolve => setTimeout(resolve, 300));
    expect(answers('Priya', 'Your channel was deleted')).toHaveLength(1);

    connector.nextEvents('twice');
    await connector.restoreChannel(system.team, channel.id);

    await eventually('the good news', () => answers('Priya', 'Your channel is back').length > 0);
    await new Promise(resolve => setTimeout(resolve, 300));
    expect(answers('Priya', 'Your channel is back')).toHaveLength(1);
    expect(system.log.filter(({ msg }) => String(msg).startsWith('the community’s channel was restored'))).toHaveLength(
      1,
    );
    expect(system.log.filter(({ msg, level }) => msg === 'a turn failed' && Number(level) >= 50)).toEqual([]);
  });
});
