import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { createDrafts, keptDays, removeOldDrafts, type Draft, type Drafts } from '../../../tabs/lib/drafts.ts';
import { memoryStorage } from '../memory-storage.ts';

const at = '2026-11-22T09:00:00.000Z';
const draft: Draft<string> = { value: 'Half a thought', base: '', etag: null, at };
const thing = 'charter/purpose';

function draftsOf(storage: Storage, { person = 'ada', community = 'team-1', daysLater = 0 } = {}): Drafts {
  const now = () => new Date(Date.parse(at) + daysLater * 86_400_000);
  return createDrafts({ storage: () => storage, community, person, now });
}

describe('drafts', () => {
  test('come back in the next visit', () => {
    const storage = memoryStorage();
    draftsOf(storage).keep(thing, draft);

    expect(draftsOf(storage).find(thing, z.string())).toEqual(draft);
  });

  test.each([
    ['another thing', {}, 'charter/risks'],
    ['another person on the same computer', { person: 'ben' }, thing],
    ['another community', { community: 'team-2' }, thing],
    ['the same person, when they are too old', { daysLater: keptDays + 1 }, thing],
  ])('belong to one person, community and thing, for a time: not to %s', (_reason, who, wanted) => {
    const storage = memoryStorage();
    draftsOf(storage).keep(thing, draft);

    expect(draftsOf(storage, who).find(wanted, z.string())).toBeNull();
  });

  test('are there on their last day', () => {
    const storage = memoryStorage();
    draftsOf(storage).keep(thing, draft);

    expect(draftsOf(storage, { daysLater: keptDays }).find(thing, z.string())).toEqual(draft);
  });

  test('go when they are discarded', () => {
    const storage = memoryStorage();
    draftsOf(storage).keep(thing, draft);

    draftsOf(storage).discard(thing);

    expect(storage.length).toBe(0);
  });

  test('go all at once, and only those of this person in this community', () => {
    const storage = memoryStorage();
    for (const who of [{}, { person: 'ben' }, { community: 'team-2' }])
      for (const each of [thing, 'settings']) draftsOf(storage, who).keep(each, draft);
    storage.setItem('of-another-page', 'stays');

    draftsOf(storage).discardAll();

    expect(draftsOf(storage).find('settings', z.string())).toBeNull();
    expect(storage.length).toBe(5);
  });

  test.each([
    ['no JSON', '{'],
    ['something else', '7'],
    ['what another version kept', JSON.stringify({ ...draft, value: 7 })],
    ['a base of another version', JSON.stringify({ ...draft, base: 7 })],
  ])('do not stumble over %s', (_reason, stored) => {
    const storage = memoryStorage();
    storage.setItem(`cop-companion.draft/team-1/ada/${thing}`, stored);

    expect(draftsOf(storage).find(thing, z.string())).toBeNull();
  });

  test('say when there is no room', () => {
    expect(draftsOf(memoryStorage(10)).keep(thing, draft)).toBe(false);
  });

  test('say when the browser refuses even to name its storage', () => {
    const storage = (): Storage => {
      throw new DOMException('denied', 'SecurityError');
    };
    const drafts = createDrafts({ storage, community: 'c', person: 'p' });

    expect([drafts.keep(thing, draft), drafts.find(thing, z.string())]).toEqual([false, null]);
    expect(() => [drafts.discard(thing), drafts.discardAll(), removeOldDrafts(storage, new Date())]).not.toThrow();
  });
});

test('old drafts, unreadable ones and those of earlier versions are taken out, whoever wrote them; the rest of the browser is left alone', () => {
  const storage = memoryStorage();
  draftsOf(storage, { person: 'ben' }).keep(thing, draft);
  draftsOf(storage).keep(thing, { ...draft, at: '2026-12-20T09:00:00.000Z' });
  storage.setItem('cop-companion.draft/team-1/ada/settings', '{');
  storage.setItem('cop-companion.draft.team-1.purpose.ada', JSON.stringify({ text: 'Old', base: '', etag: null, at }));
  storage.setItem('cop-companion.plan-draft.team-1.new.ada', '{}');
  storage.setItem('cop-companion.plan-view', 'list');

  removeOldDrafts(() => storage, new Date('2026-12-23T09:00:00.000Z'));

  expect([storage.length, draftsOf(storage).find(thing, z.string())?.at]).toEqual([2, '2026-12-20T09:00:00.000Z']);
});
