import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createPlaceStore } from '../../../bot/lists/place-store.ts';
import { createPlaces, listPath, type Places } from '../../../bot/lists/places.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { samplePeople } from '../../../infra/local/sample-people.ts';
import { createEngines } from '../../support/engines.ts';
import { knownCommunity } from '../../support/known-community.ts';
import { startListsOverHttp, type ListsOverHttp } from '../../support/lists.ts';
import { placesInMemory } from '../../support/places.ts';

let over: ListsOverHttp;
let places: Places;
beforeEach(async () => {
  over = await startListsOverHttp();
  places = createPlaces({ store: placesInMemory(), graphAs: over.graphAs });
});
afterEach(() => over.stop());

const owner = samplePeople[0]!;

async function learn(who = owner.id): Promise<void> {
  await places.learn(over.team, await over.microsoft365.entra.issueTabToken(who));
}

describe('a team’s site', () => {
  test('is unknown to an app with Sites.Selected until somebody of the team opens the tab', async () => {
    await expect(places.find(over.team)).rejects.toMatchObject({ code: 'site-unknown' });

    await learn();

    expect((await places.find(over.team)).site).toEqual({
      id: expect.stringMatching(/^cedarvalley\.sharepoint\.example,/),
      url: expect.stringMatching(/^https:\/\/cedarvalley\.sharepoint\.example\/sites\//),
    });
    expect(await places.siteOf(over.team)).toEqual((await places.find(over.team)).site);
  });

  test('is found without anybody where the app may read all sites', async () => {
    over.microsoft365.entra.consent.setApplication(['Sites.Selected', 'Sites.Read.All']);

    expect((await places.find(over.team)).site.url).toContain('/sites/');
  });

  test('is not learnt from somebody who is not in the team: Graph answers for that person', async () => {
    const { members } = over.microsoft365.directory.team(over.team)!;
    const stranger = over.microsoft365.directory.users().find(({ id }) => !members.some(({ userId }) => userId === id));

    await expect(learn(stranger!.id)).rejects.toMatchObject({ code: 'not-allowed' });
    expect(await places.siteOf(over.team)).toBeUndefined();
  });

  test('is not kept when what is looked at there could not be seen', async () => {
    const look = async () => {
      throw new CommunityError('throttled', 'wait');
    };
    places = createPlaces({ store: placesInMemory(), graphAs: over.graphAs, look });

    await expect(learn()).rejects.toMatchObject({ code: 'throttled' });
    expect(await places.siteOf(over.team)).toBeUndefined();
  });
});

test('a list is reached by its id where one is kept, else by its title', () => {
  const place = { site: { id: 'site', url: 'https://example.org' }, lists: { charter: 'an-id' } };

  expect([listPath(place, 'charter', 'CoP Charter'), listPath(place, 'plan', 'CoP Plan')]).toEqual([
    '/sites/site/lists/an-id',
    '/sites/site/lists/CoP%20Plan',
  ]);
});

test('the database keeps a site and its lists with the community', async () => {
  const { database, close } = await createEngines().open('the embedded database');
  try {
    await knownCommunity(database.db, over.team);
    const store = createPlaceStore(database.db);
    const site = { id: 'host,1,2', url: 'https://host/sites/one' };

    const before = await store.read(over.team);
    await store.keepSite(over.team, site);
    await store.keepLists(over.team, { plan: 'an-id' });

    expect([before, await store.read(over.team), await store.read('nobody')]).toEqual([
      undefined,
      { site, lists: { plan: 'an-id' } },
      undefined,
    ]);
  } finally {
    await close();
  }
});

test('what another server learned of a place is known five seconds later', async () => {
  const { database, close } = await createEngines().open('the embedded database');
  const clock = jest.spyOn(Date, 'now');
  try {
    await knownCommunity(database.db, over.team);
    const [one, other] = [createPlaceStore(database.db), createPlaceStore(database.db)];
    await one.keepSite(over.team, { id: 'host,1,2', url: 'https://host/sites/one' });
    await one.keepLists(over.team, { plan: 'an-id' });
    await other.read(over.team);
    await one.keepLists(over.team, { plan: 'another-id' });

    expect((await one.read(over.team))?.lists).toEqual({ plan: 'another-id' });
    clock.mockReturnValue(Date.now() + 5_000);
    expect((await other.read(over.team))?.lists).toEqual({ plan: 'another-id' });
  } finally {
    clock.mockRestore();
    await close();
  }
});
