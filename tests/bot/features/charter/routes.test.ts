import { beforeEach, describe, expect, test } from '@jest/globals';
import { charter } from '../../../../bot/features/charter/index.ts';
import { api } from '../../../../domain/api.ts';
import type { CharterView, SectionView } from '../../../../domain/charter/api.ts';
import { sectionIds } from '../../../../domain/charter/charter.ts';
import { community, member, type TestClock } from '../../../support/feature-parts.ts';
import { sceneOf } from '../../../support/feature-scene.ts';
import { type InMemoryLists } from '../../../support/in-memory-lists.ts';
import { failureOf, request, tokenOf } from '../../../support/requests.ts';

const priya = member('Priya Raman');
const ben = member('Ben Ito');
const here = community();
let lists: InMemoryLists;
let clock: TestClock;
let feature: ReturnType<typeof charter>;

beforeEach(() => {
  ({ feature, lists, clock } = sceneOf(charter, { members: [priya] }));
});

describe('reading', () => {
  test('an unwritten charter has all its sections, empty', async () => {
    const { body } = await request(feature, api.charter, { who: ben, community: here });

    expect(body).toEqual({
      today: '2026-11-22',
      sections: sectionIds.map(id => ({ id, text: '', etag: null, changed: null })),
      review: { on: null, etag: null },
      voices: { sections: sectionIds.map(id => ({ id, agreed: [], comments: [] })), round: null, drafts: [] },
      coordinators: here.settings?.coordinators,
    });
  });

  test('says what day it is where the community is', async () => {
    clock.moveTo('2026-11-22T11:30:00Z');
    const auckland = { ...here, settings: { ...here.settings, timeZone: 'Pacific/Auckland' } };

    const { body } = await request(feature, api.charter, { who: ben, community: auckland });

    expect((body as CharterView).today).toBe('2026-11-23');
  });

  test('what is written comes with its ETag, and who wrote it when', async () => {
    const { etag } = await save('purpose', 'We share.', null);

    const { body } = await request(feature, api.charter, { who: ben, community: here });

    const purpose = (body as CharterView).sections.find(({ id }) => id === 'purpose');
    expect(purpose).toEqual({
      id: 'purpose',
      text: 'We share.',
      etag,
      changed: { by: { id: priya.id, name: priya.name }, at: '2026-11-22T10:00:00.000Z' },
    });
  });

  test('fails as not set up without lists', async () => {
    lists.missing.add('charter');

    const failure = await failureOf(request(feature, api.charter, { who: ben, community: here }));

    expect(failure.code).toBe('not-set-up');
  });
});

describe('saving a section', () => {
  test('is done on behalf of the person, so that version history names them', async () => {
    await save('purpose', 'We share.', null);

    expect(lists.writes).toEqual([
      { community: here.id, list: 'charter', operation: 'create', key: 'purpose', onBehalfOf: tokenOf(priya) },
    ]);
  });

  test('answers with the new ETag, good for the next save', async () => {
    const first = await save('purpose', 'One', null);
    clock.moveTo('2026-11-22T11:00:00Z');

    const second = await save('purpose', 'Two', first.etag ?? '');

    expect(second.body).toEqual({
      id: 'purpose',
      text: 'Two',
      etag: second.etag,
      changed: { by: { id: priya.id, name: priya.name }, at: '2026-11-22T11:00:00.000Z' },
    });
    expect(second.etag).not.toBe(first.etag);
  });

  test.each([
    ['an ETag of before', (etag: string) => etag],
    ['"there is none yet"', () => null],
  ])('is refused with %s, and says what is stored now', async (_reason, ifMatchOf) => {
    const first = await save('purpose', 'One', null);
    const second = await save('purpose', 'Two', first.etag ?? '');

    const failure = await failureOf(save('purpose', 'Three', ifMatchOf(first.etag ?? '')));

    expect(failure).toEqual({ code: 'version-conflict', details: { current: second.body, etag: second.etag } });
    expect((await lists.of(here.id).charter.find('purpose'))?.value.text).toBe('Two');
  });

  test('somebody who saves between the look and the save is not overwritten', async () => {
    const first = await save('purpose', 'One', null);
    lists.beforeNext('update', 'charter', () => save('purpose', 'Theirs', first.etag ?? ''));

    const failure = await failureOf(save('purpose', 'Mine', first.etag ?? ''));

    expect((failure.details['current'] as SectionView).text).toBe('Theirs');
  });

  test('the same save again, after a lost answer, is fine and changes nothing', async () => {
    const first = await save('purpose', 'One', null);

    const again = await save('purpose', 'One', null);

    expect(again).toEqual(first);
    expect(lists.writes).toHaveLength(1);
  });

  test.each([
    ['somebody who does not coordinate', { who: ben }, 'not-allowed'],
    ['a section that does not exist', { params: { section: 'review' } }, 'not-found'],
    ['no section', { params: {} }, 'not-found'],
  ])('is refused: %s', async (_reason, change, code) => {
    const failure = await failureOf(
      request(feature, api.saveSection, {
        who: priya,
        community: here,
        params: { section: 'purpose' },
        body: { text: 'x' },
        ifMatch: null,
        ...change,
      }),
    );

    expect(failure.code).toBe(code);
    expect(lists.writes).toEqual([]);
  });

  test('a team owner may, without coordinating', async () => {
    const { body } = await request(feature, api.saveSection, {
      who: member('Omar Haddad', { owner: true }),
      community: here,
      params: { section: 'aims' },
      body: { text: 'x' },
      ifMatch: null,
    });

    expect((body as SectionView).text).toBe('x');
  });

  test.each([
    { text: `Fine\n${'> '.repeat(30)}deep`, details: { context: 'nested', line: 2, most: 20 } },
    { text: 'a\n=\n'.repeat(5_000), details: { context: 'lines', line: 1_001, most: 1_000 } },
    { text: '_*'.repeat(9_000), details: { context: 'marks', line: 1, most: 2_000 } },
  ])(
    'what nobody could read is not saved, and it is said what and where: $details.context',
    async ({ text, details }) => {
      const failure = await failureOf(save('scope', text, null));

      expect([failure.code, failure.details, lists.writes]).toEqual(['too-complex', details, []]);
    },
  );

  test('keeps text as it was typed, and evaluates none of it', async () => {
    const text = '# <b>${json(1)}</b> {{name}} $t(open)\n';

    const { body } = await save('scope', text, null);

    expect((body as SectionView).text).toBe(text);
  });
});

describe('the next review', () => {
  test('is set, moved and taken away', async () => {
    const set = await saveReview('2027-03-01', null);
    const moved = await saveReview('2027-04-01', set.etag ?? '');
    const gone = await saveReview(null, moved.etag ?? '');

    expect([set.body, moved.body, gone.body]).toEqual([
      { on: '2027-03-01', etag: set.etag },
      { on: '2027-04-01', etag: moved.etag },
      { on: null, etag: gone.etag },
    ]);
  });

  test('a stale ETag is refused with the day that is stored', async () => {
    const set = await saveReview('2027-03-01', null);

    const failure = await failureOf(saveReview('2027-05-01', '"old"'));

    expect(failure).toEqual({ code: 'version-conflict', details: { current: set.body, etag: set.etag } });
  });

  test('is for those who may edit the charter', async () => {
    const failure = await failureOf(
      request(feature, api.saveReview, { who: ben, community: here, body: { on: null }, ifMatch: null }),
    );

    expect(failure.code).toBe('not-allowed');
  });
});

function save(section: string, text: string, ifMatch: string | null) {
  return request(feature, api.saveSection, {
    who: priya,
    community: here,
    params: { section },
    body: { text },
    ifMatch,
  });
}

function saveReview(on: string | null, ifMatch: string | null) {
  return request(feature, api.saveReview, { who: priya, community: here, body: { on }, ifMatch });
}
