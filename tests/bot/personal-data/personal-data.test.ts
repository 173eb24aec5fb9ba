import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createCommunities, type Installations } from '../../../bot/database/communities.ts';
import { withoutPerson } from '../../../bot/personal-data/person-in-rows.ts';
import { createErasureLog } from '../../../bot/personal-data/erasure-log.ts';
import { createPersonalData } from '../../../bot/personal-data/personal-data.ts';
import type { PersonalData } from '../../../bot/ports.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { temporaryFolder } from '../../support/clean-up.ts';
import { createEngines, type OpenedEngine } from '../../support/engines.ts';
import { person, settings } from '../../support/feature-parts.ts';
import { createInMemoryLists, type InMemoryLists } from '../../support/in-memory-lists.ts';

const engines = createEngines();
const gwen = person('Gwen Pritchard');
const priya = person('Priya Raman');
const somebody = { id: 'somebody-who-left', name: 'somebody who left' };
const at = '2026-11-23T09:00:00.000Z';
let opened: OpenedEngine;
let lists: InMemoryLists;
let communities: Installations;
let data: PersonalData;
let keys: string;
beforeAll(async () => {
  opened = await engines.open('the embedded database');
});
afterAll(async () => {
  await opened.close();
  await engines.stop();
});
beforeEach(async () => {
  await opened.database.db.deleteFrom('communities').execute();
  lists = createInMemoryLists();
  communities = createCommunities(
    opened.database.db,
    () => new Date(at),
    async () => {},
    async () => {},
  );
  keys = (await temporaryFolder('erasures')).path;
  data = createPersonalData({
    ...{ db: opened.database.db, lists, now: () => new Date(at) },
    erasures: createErasureLog(join(keys, 'erasures'), () => {}),
  });
  await communities.install({
    id: 'cedar',
    name: 'Cedar',
    generalChannelId: '19:cedar',
    channelId: '19:cedar',
    serviceUrl: '',
    by: gwen,
  });
  const of = lists.of('cedar');
  await of.settings.create({ key: 'settings', settings: settings({ facilitation: { facilitators: [gwen, priya] } }) });
  await of.roles.create({
    key: 'r/gwen',
    role: 'sponsor',
    person: { ...gwen, mail: null },
    since: '2026-01-01',
    until: null,
    note: 'in her words',
    state: 'accepted',
    changedBy: priya,
    changedAt: at,
  });
  await of.roles.create({
    key: 'r/priya',
    role: 'sponsor',
    person: { ...priya, mail: null },
    since: '2026-01-01',
    until: null,
    note: 'about Priya',
    state: 'accepted',
    changedBy: gwen,
    changedAt: at,
  });
  await of.participation.create({ key: 'p', survey: 's', month: '2026-11', asked: [priya, gwen], spared: [] });
  await of.plan.create({
    key: 'a',
    title: 'Count chairs',
    owners: [gwen, priya],
    due: null,
    state: 'to-do',
    steps: [],
    links: [],
    weight: 'baseline',
    aim: null,
    notes: '',
    addedBy: gwen,
    addedAt: at,
    doneAt: null,
    changedBy: priya,
    changedAt: at,
  });
});

test('shows what is about the person, and of all else only which row it is', async () => {
  const held = await data.held('cedar', gwen);

  expect(held.map(({ kind, fate, entries }) => [kind, fate, entries])).toEqual([
    ['settings', 'loses-name', [{}]],
    ['roles', 'goes', [{ role: 'sponsor', since: '2026-01-01', note: 'in her words', state: 'accepted' }]],
    ['roles', 'loses-name', [{}]],
    ['plan', 'loses-name', [{ title: 'Count chairs', state: 'to-do' }]],
    ['participation', 'loses-name', [{ survey: 's', month: '2026-11' }]],
  ]);
  expect(JSON.stringify(held)).not.toMatch(/Priya/);
});

test('what they want no messages about is theirs, and goes: whoever is forgotten gets none at all', async () => {
  await opened.database.db
    .insertInto('topic_opt_outs')
    .values({ community: 'cedar', person: gwen.id, topic: 'surveys', since: new Date(at) })
    .execute();

  const held = await data.held('cedar', gwen);
  await data.forget('cedar', gwen, true);

  expect(held).toContainEqual({
    kind: 'topic_opt_outs',
    fate: 'goes',
    entries: [{ topic: 'surveys', since: new Date(at) }],
  });
  expect(await opened.database.db.selectFrom('topic_opt_outs').selectAll().execute()).toEqual([]);
});

test('erases what is about the person, and takes the name out of the rest', async () => {
  await data.forget('cedar', gwen, true);

  const of = lists.of('cedar');
  expect((await of.roles.all()).map(({ value }) => [value.key, value.changedBy])).toEqual([['r/priya', somebody]]);
  expect((await of.participation.all())[0]?.value.asked).toEqual([priya, somebody]);
  expect((await of.plan.all())[0]?.value).toMatchObject({ owners: [priya], addedBy: somebody, changedBy: priya });
  expect((await of.settings.all())[0]?.value.settings.facilitation.facilitators).toEqual([priya]);
  expect(await communities.find('cedar')).toMatchObject({ installedBy: null });
  expect(await data.held('cedar', gwen)).toEqual([
    { kind: 'opt_outs', fate: 'stays', entries: [{ since: new Date(at) }] },
  ]);
});

test('what broke in the middle is finished by asking again', async () => {
  lists.beforeNext('update', 'plan', () => {
    throw new CommunityError('unavailable', 'SharePoint does not answer');
  });

  await expect(data.forget('cedar', gwen, true)).rejects.toThrow('does not answer');
  await data.forget('cedar', gwen, true);

  expect((await data.held('cedar', gwen)).map(({ kind }) => kind)).toEqual(['opt_outs']);
});

test('somebody who saves the same row at the same moment loses nothing, and the name still goes', async () => {
  lists.beforeNext('update', 'plan', async () => {
    const { plan } = lists.of('cedar');
    const row = await plan.find('a');
    await plan.update(row!, { ...row!.value, title: 'Count tables' });
  });

  await data.forget('cedar', gwen, true);

  expect((await lists.of('cedar').plan.all())[0]?.value).toMatchObject({
    title: 'Count tables',
    owners: [priya],
    addedBy: somebody,
  });
});

test('of whoever left only the id is known, and what rows call them goes as well', async () => {
  const coming = [
    { kind: 'term', day: '2026-12-01', title: 'Sponsor', name: gwen.name },
    { kind: 'term', day: '2026-12-01', title: 'Sponsor', name: priya.name },
  ];

  expect(withoutPerson({ coming }, gwen, {})).toEqual({ coming: [{ ...coming[0], name: somebody.name }, coming[1]] });
  await data.forget('cedar', { id: gwen.id, name: '' }, false);
  expect(await data.held('cedar', gwen)).toEqual([]);
});

test('lists that are not there yet keep nobody from being forgotten', async () => {
  for (const name of ['roles', 'plan', 'answers', 'settings'] as const) lists.missing.add(name);

  await data.forget('cedar', gwen, true);

  expect((await data.held('cedar', gwen)).map(({ kind }) => kind)).toEqual(['opt_outs']);
});
