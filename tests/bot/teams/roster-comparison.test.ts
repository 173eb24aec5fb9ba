import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { pino } from 'pino';
import type { Community, Member, Person } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { createRosterComparison } from '../../../bot/teams/roster-comparison.ts';
import { createEngines, type OpenedEngine } from '../../support/engines.ts';
import { knownCommunity } from '../../support/known-community.ts';

const database = createEngines();
let opened: OpenedEngine;
beforeAll(async () => {
  opened = await database.open('the embedded database');
});
afterAll(async () => {
  await opened.close();
  await database.stop();
});

const ids = ['bakers', 'weavers'] as const;
let now: Date;
let roster: Map<string, readonly string[] | CommunityError>;
let told: string[];
let failure: Error | undefined;

beforeEach(async () => {
  now = new Date('2026-11-23T02:00:00Z');
  roster = new Map(ids.map(id => [id, ['ann', 'ben']]));
  told = [];
  failure = undefined;
  for (const id of ids) await knownCommunity(opened.database.db, id);
});
afterEach(async () => {
  await opened.database.db.deleteFrom('communities').execute();
});

function comparison() {
  const members = async (id: string): Promise<readonly Member[]> => {
    const people = roster.get(id) ?? [];
    if (people instanceof Error) throw people;
    return people.map(person => ({ id: person, name: person, owner: false }));
  };
  const joined = async ({ community, people }: { community: Community; people: readonly Person[] }) => {
    if (failure) throw failure;
    told.push(...people.map(({ id }) => `${id} in ${community.id}`));
  };
  return createRosterComparison({
    db: opened.database.db,
    features: [{ name: 'welcome', events: { membersJoined: joined }, text: {} }],
    communities: { find: async id => communityOf(id) },
    roster: { members, forget: () => {} },
    now: () => now,
    log: pino({ level: 'silent' }),
  });
}
function communityOf(id: string): Community {
  return { id, name: id, settings: null, installedBy: null, installedAt: now.toISOString() };
}
async function membersOf(id: string): Promise<readonly string[]> {
  const rows = await opened.database.db
    .selectFrom('memberships')
    .select('person')
    .where('community', '=', id)
    .execute();
  return rows.map(({ person }) => person).toSorted();
}

test('the first look tells nobody, and learns who is there; the next tells who came', async () => {
  await comparison().all();
  roster.set('bakers', ['ann', 'ben', 'kim']);
  await comparison().all();
  await comparison().all();

  expect(told).toEqual(['kim in bakers']);
  expect(await membersOf('bakers')).toEqual(['ann', 'ben', 'kim']);
});

test('whoever could not be told of is found again', async () => {
  await comparison().all();
  roster.set('bakers', ['ann', 'ben', 'kim']);
  failure = new Error('SharePoint is away');
  await comparison().all();
  failure = undefined;
  await comparison().all();

  expect(told).toEqual(['kim in bakers']);
});

test('one team that cannot be read, or is empty, keeps no other from being looked at', async () => {
  await comparison().all();
  roster = new Map<string, readonly string[] | CommunityError>([
    ['bakers', new CommunityError('not-allowed', 'no consent')],
    ['weavers', ['ann', 'ben', 'kim']],
  ]);
  await comparison().all();
  roster.set('bakers', []);
  await comparison().all();

  expect(told).toEqual(['kim in weavers']);
  expect(await membersOf('bakers')).toEqual(['ann', 'ben']);
});

test('a team that was archived, or lost the app, is left in peace', async () => {
  await comparison().all();
  await opened.database.db.updateTable('communities').set({ archived_at: now }).where('id', '=', 'bakers').execute();
  await opened.database.db.updateTable('communities').set({ removed_at: now }).where('id', '=', 'weavers').execute();
  for (const id of ids) roster.set(id, ['ann', 'ben', 'kim']);
  await comparison().all();
  for (const id of ids) await comparison().whenMet(communityOf(id));

  expect(told).toEqual([]);
});

test('nobody is new who left a while ago, or wants to hear nothing', async () => {
  const { db } = opened.database;
  await comparison().all();
  await db.insertInto('leavers').values({ community: 'bakers', person: 'ola', left_at: now }).execute();
  await db.insertInto('opt_outs').values({ community: 'bakers', person: 'nia', since: now }).execute();
  roster.set('bakers', ['ann', 'ben', 'ola', 'nia']);
  await comparison().all();

  expect(told).toEqual([]);
  expect(await membersOf('bakers')).toEqual(['ann', 'ben', 'ola']);
  expect(await db.selectFrom('leavers').selectAll().execute()).toEqual([]);
});

test('a team that is met is looked at now and then', async () => {
  await comparison().whenMet(communityOf('bakers'));
  roster.set('bakers', ['ann', 'ben', 'kim']);
  now = new Date('2026-11-23T02:05:00Z');
  await comparison().whenMet(communityOf('bakers'));
  expect(told).toEqual([]);

  now = new Date('2026-11-23T02:10:00Z');
  await comparison().whenMet(communityOf('bakers'));
  expect(told).toEqual(['kim in bakers']);
});
