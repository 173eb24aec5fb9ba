import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { api } from '../../domain/api.ts';
import { sampleTeam } from '../../infra/local/sample-people.ts';
import { personOf, startSystem, type System } from '../support/system.ts';

/** Graph gives the list of a team's people badly or not at all; Teams itself still knows who is in the team. */
let system: System;
let minutes = 0;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());
beforeEach(async () => {
  system.microsoft365.faults.clear();
  // What was read before is not remembered any more.
  await system.moveTo(new Date(Date.parse('2026-11-22T12:00:00Z') + (minutes += 10) * 60_000).toISOString());
});

const oddities = ['nameless', 'repeats', 'breaks', 400, 403, 500] as const;

describe.each(oddities)('a list of people that is odd: %s', oddity => {
  beforeEach(() => system.microsoft365.graph.oddities.setRoster(sampleTeam.id, oddity));

  test('members stay members, owners owners, and a stranger a stranger', async () => {
    const [member, coordinator, newcomer] = [
      await system.ask('Amara', api.community),
      await system.ask('Priya', api.newcomers),
      await system.ask('Jonas', api.community),
    ];

    expect([member.status, coordinator.status, newcomer.status]).toEqual([200, 200, 404]);
    const { delivery } = await system.microsoft365.connector.says(personOf('Amara').id, 'personal', 'plan');
    expect(delivery?.status).toBe(200);
  });

  test('nobody is taken for somebody who has left', async () => {
    const before = await system.ask('Priya', api.plan);

    await system.night();

    const { status, body } = await system.ask('Priya', api.plan);
    expect([status, body]).toEqual([200, before.body]);
  });
});

test('somebody whom the list lacks stays a member, by day and by night', async () => {
  const amara = personOf('Amara');
  expect((await system.ask('Amara', api.community)).status).toBe(200);
  system.microsoft365.graph.oddities.setRoster(sampleTeam.id, { lacks: amara.id });
  await system.moveTo(new Date(Date.parse('2026-11-22T12:00:00Z') + (minutes += 10) * 60_000).toISOString());

  await system.night();

  const others = [await system.ask('Amara', api.community), await system.ask('Jonas', api.community)];
  expect(others.map(({ status }) => status)).toEqual([200, 404]);
  system.microsoft365.directory.removeMember(sampleTeam.id, amara.id);
  await system.moveTo(new Date(Date.parse('2026-11-22T12:00:00Z') + (minutes += 10) * 60_000).toISOString());
  await system.night();
  expect((await system.ask('Amara', api.community)).status).toBe(404);
  system.microsoft365.directory.addMember(sampleTeam.id, amara.id);
  system.microsoft365.graph.oddities.setRoster(sampleTeam.id, null);
});

test('when Teams does not answer either, people are asked to try again, and nobody is turned away', async () => {
  system.microsoft365.graph.oddities.setRoster(sampleTeam.id, 403);
  system.microsoft365.faults.add({ path: '/pagedmembers', status: 500, count: 100 });

  const { status, body } = await system.ask('Amara', api.community);

  expect([status, (body as { code: string }).code]).toEqual([503, 'unavailable']);
});
