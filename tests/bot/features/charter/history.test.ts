import { beforeEach, expect, test } from '@jest/globals';
import { charter } from '../../../../bot/features/charter/index.ts';
import { api } from '../../../../domain/api.ts';
import type { HistoryView, SectionView } from '../../../../domain/charter/api.ts';
import { community, member, type TestClock } from '../../../support/feature-parts.ts';
import { type InMemoryLists } from '../../../support/in-memory-lists.ts';
import { sceneOf } from '../../../support/feature-scene.ts';
import { failureOf, request, tokenOf } from '../../../support/requests.ts';

const priya = member('Priya Raman');
const ben = member('Ben Ito');
const here = community();
let lists: InMemoryLists;
let clock: TestClock;
let feature: ReturnType<typeof charter>;

beforeEach(() => {
  ({ feature, lists, clock } = sceneOf(charter, { members: [priya, ben] }));
});

test('of an unwritten section is empty', async () => {
  expect(await historyOf('purpose')).toEqual({ etag: null, versions: [], more: false });
});

test('tells what it said, who saved it and when, newest first, to every member', async () => {
  const first = await save('One', null);
  clock.moveTo('2026-11-23T10:00:00Z');
  const second = await save('Two', first.etag);

  const history = await historyOf('purpose');

  expect(history).toEqual({
    etag: second.etag,
    versions: [
      { version: '2.0', text: 'Two', by: tokenOf(priya), at: '2026-11-23T10:00:00.000Z' },
      { version: '1.0', text: 'One', by: tokenOf(priya), at: '2026-11-22T10:00:00.000Z' },
    ],
    more: false,
  });
});

test('names the person on whose wish the app saved', async () => {
  await lists.of(here.id).charter.create({
    key: 'purpose',
    section: 'purpose',
    text: 'x',
    reviewOn: null,
    changedBy: { id: ben.id, name: ben.name },
    changedAt: '2026-11-22T10:00:00Z',
  });

  const { versions } = await historyOf('purpose');

  expect(versions.map(({ by }) => by)).toEqual(['Ben Ito']);
});

test('an old text that is brought back is a new version, saved on behalf of the person', async () => {
  const first = await save('One', null);
  await save('Two', first.etag);
  const { versions, etag } = await historyOf('purpose');

  await save(versions[1]!.text, etag);

  expect((await historyOf('purpose')).versions.map(({ text }) => text)).toEqual(['One', 'Two', 'One']);
  expect(lists.writes.at(-1)).toEqual({
    community: here.id,
    list: 'charter',
    operation: 'update',
    key: 'purpose',
    onBehalfOf: tokenOf(priya),
  });
});

test('is not brought back over what somebody saved meanwhile', async () => {
  const first = await save('One', null);
  const { etag } = await historyOf('purpose');
  await save('Two', first.etag);

  const failure = await failureOf(save('One again', etag));

  expect(failure.code).toBe('version-conflict');
});

test('shows the last fifty and says that there are more', async () => {
  let etag: string | null = null;
  for (let number = 1; number <= 52; number++) ({ etag } = await save(`text ${number}`, etag));

  const { versions, more } = await historyOf('purpose');

  expect([versions.length, versions[0]?.text, more]).toEqual([50, 'text 52', true]);
});

test('of a section that does not exist is not found', async () => {
  const failure = await failureOf(historyOf('review'));

  expect(failure.code).toBe('not-found');
});

async function historyOf(section: string): Promise<HistoryView> {
  const { body } = await request(feature, api.sectionHistory, { who: ben, community: here, params: { section } });
  return body as HistoryView;
}

async function save(text: string, ifMatch: string | null): Promise<SectionView> {
  const { body } = await request(feature, api.saveSection, {
    who: priya,
    community: here,
    params: { section: 'purpose' },
    body: { text },
    ifMatch,
  });
  return body as SectionView;
}
