import { beforeEach, describe, expect, test } from '@jest/globals';
import { settings as settingsFeature } from '../../../../bot/features/settings/index.ts';
import { api } from '../../../../domain/api.ts';
import type { HolidaysView, SettingsView } from '../../../../domain/settings/api.ts';
import type { Provisioned } from '../../../../bot/lists/provisioning.ts';
import type { Settings } from '../../../../domain/community.ts';
import { textsIn } from '../../../support/cards.ts';
import {
  communitiesOf,
  community,
  member,
  newCommunity,
  person,
  settings,
  textsOf,
  type RecordingMessenger,
} from '../../../support/feature-parts.ts';
import { sceneOf } from '../../../support/feature-scene.ts';
import { settingsIn, type InMemoryLists } from '../../../support/in-memory-lists.ts';
import { failureOf, request, tokenOf } from '../../../support/requests.ts';

const priya = member('Priya Raman');
const omar = member('Omar Haddad', { owner: true });
const tomasz = member('Tomasz Nowak');
const fresh = newCommunity();
const here = community();
const allReady: Provisioned = { lists: [{ name: 'CoP Settings', state: 'ready' }] };

/** As they are kept when a community is set up: its week begins on that day. */
const begun = settings({ facilitation: { from: '2026-11-22' } });

let lists: InMemoryLists;
let messenger: RecordingMessenger;
let communities: ReturnType<typeof communitiesOf>;
let provisioned: number;
let outcome: Provisioned;
let feature: ReturnType<typeof settingsFeature>;

beforeEach(() => {
  provisioned = 0;
  outcome = allReady;
  const scene = sceneOf(
    parts =>
      settingsFeature({
        ...parts,
        provision: async () => {
          provisioned++;
          if (outcome === allReady) parts.lists.missing.clear();
          return outcome;
        },
      }),
    { members: [tomasz, priya, omar], communities: [fresh] },
  );
  ({ feature, lists, messenger, communities } = scene);
});

describe('public holidays', () => {
  test.each<[Readonly<Record<string, string>>, string | null, string | undefined, boolean, string]>([
    [{}, 'GB', undefined, false, 'nothing chosen: the country of its zone is offered, and no more'],
    [{ zone: 'Etc/UTC' }, null, undefined, false, 'a zone that is nowhere'],
    [{ zone: 'nonsense' }, 'GB', undefined, false, 'no zone'],
    [{ country: 'GB', region: 'ENG' }, 'GB', 'Christmas Day', true, 'a country and its part'],
    [{ country: 'GB', region: '' }, 'GB', 'Christmas Day', true, 'a country'],
    [{ country: 'ZZ' }, 'GB', undefined, false, 'a country that is not known'],
    [{ country: '../..' }, 'GB', undefined, false, 'no country'],
  ])('for %j suggest %s and begin with %s: %s', async (params, suggested, first, parted) => {
    const answer = await request(feature, api.holidays, { who: tomasz, community: here, params });
    const body = answer.body as HolidaysView;

    expect([body.suggested, body.holidays[0]?.title, body.regions.length > 0]).toEqual([suggested, first, parted]);
    expect(body.countries.length).toBeGreaterThan(150);
  });
});

describe('the community', () => {
  test.each([
    [
      'its coordinator',
      priya,
      here,
      true,
      {
        'community.read': true,
        'charter.edit': true,
        'settings.edit': true,
        'facilitation.change': true,
        'facilitation.greet': true,
        'facilitation.tick': true,
        'welcome.read': true,
        'roles.manage': true,
        'roles.accept': true,
        'surveys.plan': true,
        'surveys.results': true,
        'surveys.answers': true,
        'events.edit': true,
        'events.feedback': true,
        'agenda.edit': true,
        'library.edit': true,
        'plan.edit': true,
        'digest.edit': true,
        'delivery.read': true,
      },
    ],
    [
      'a facilitator',
      tomasz,
      here,
      true,
      {
        'community.read': true,
        'charter.edit': false,
        'settings.edit': false,
        'facilitation.change': true,
        'facilitation.greet': true,
        'facilitation.tick': true,
        'welcome.read': false,
        'roles.manage': false,
        'roles.accept': false,
        'surveys.plan': false,
        'surveys.results': false,
        'surveys.answers': false,
        'events.edit': false,
        'events.feedback': false,
        'agenda.edit': false,
        'library.edit': false,
        'plan.edit': false,
        'digest.edit': false,
        'delivery.read': false,
      },
    ],
    [
      'who added the app, before set-up',
      priya,
      fresh,
      false,
      {
        'community.read': true,
        'charter.edit': false,
        'settings.edit': true,
        'facilitation.change': false,
        'facilitation.greet': false,
        'facilitation.tick': false,
        'welcome.read': false,
        'roles.manage': false,
        'roles.accept': false,
        'surveys.plan': false,
        'surveys.results': false,
        'surveys.answers': false,
        'events.edit': false,
        'events.feedback': false,
        'agenda.edit': false,
        'library.edit': false,
        'plan.edit': false,
        'digest.edit': false,
        'delivery.read': false,
      },
    ],
  ])('as seen by %s', async (_reason, who, where, ready, may) => {
    const { body } = await request(feature, api.community, { who, community: where });

    expect(body).toEqual({
      id: where.id,
      name: 'Data Storytellers',
      ready,
      me: { id: who.id, name: who.name },
      administrator: false,
      may: { 'audit.read': may['delivery.read'], ...may },
      off: [],
      setUpByAdministrator: false,
      tab: null,
      teamsApp: null,
    });
  });

  test('has its members by name', async () => {
    const { body } = await request(feature, api.members, { who: tomasz, community: here });

    expect(body).toEqual({ members: [omar, priya, tomasz] });
  });
});

describe('reading settings', () => {
  test('before set-up suggests Monday morning by who asks', async () => {
    const { body } = await request(feature, api.settings, { who: priya, community: fresh });

    const me = [person('Priya Raman')];
    expect(body).toEqual({
      settings: null,
      etag: null,
      suggested: {
        timeZone: 'UTC',
        coordinators: me,
        facilitation: { day: 1, time: '09:00', facilitators: me, destination: 'chats' },
      },
      now: '2026-11-22T10:00:00.000Z',
    });
  });

  test('after set-up gives them with their ETag', async () => {
    const saved = await save(settings(), null);

    const read = await request(feature, api.settings, { who: tomasz, community: here });

    expect(read).toEqual({
      body: { settings: begun, etag: saved.etag, suggested: begun, now: '2026-11-22T10:00:00.000Z' },
      etag: saved.etag,
    });
  });
});

describe('saving settings', () => {
  test('the first time makes the lists, saves on behalf of the person, plans anew and turns the channel’s card', async () => {
    for (const name of ['charter', 'ticks'] as const) lists.missing.add(name);
    await feature.events?.appInstalled?.({ community: fresh, by: priya, t: textsOf(feature).for('settings', 'en') });

    const { body } = await save(settings(), null);

    expect((body as SettingsView).settings).toEqual(begun);
    expect(provisioned).toBe(1);
    expect(lists.writes).toEqual(
      ['settings', 'settingsCopy'].map(list => ({
        community: fresh.id,
        list,
        operation: 'create',
        key: 'settings',
        onBehalfOf: tokenOf(priya),
      })),
    );
    expect(await settingsIn(lists, fresh.id)).toEqual(begun);
    expect(textsIn(messenger.posted[0]!.card)).toContain('Data Storytellers is set up');
  });

  test('later leaves the lists alone', async () => {
    const first = await save(settings(), null);

    await save(settings({ timeZone: 'Asia/Tokyo' }), first.etag ?? '');

    expect(provisioned).toBe(1);
    expect((await settingsIn(lists, fresh.id))?.timeZone).toBe('Asia/Tokyo');
  });

  test('with a stale ETag is refused, says what is stored, and plans nothing', async () => {
    const first = await save(settings(), null);
    const second = await save(settings({ timeZone: 'Asia/Tokyo' }), first.etag ?? '');

    const failure = await failureOf(save(settings({ timeZone: 'Europe/Paris' }), first.etag ?? ''));

    expect(failure).toEqual({ code: 'version-conflict', details: { current: second.body, etag: second.etag } });
    expect((await settingsIn(lists, fresh.id))?.timeZone).toBe('Asia/Tokyo');
  });

  test('again after a lost answer is fine, and makes sure that they are planned', async () => {
    const first = await save(settings(), null);

    const again = await save(settings(), null);

    expect(again).toEqual(first);
    expect(communities.planned).toEqual([fresh.id, fresh.id]);
  });

  test('takes names from the team, not from what was sent', async () => {
    const { body } = await save(
      settings({
        coordinators: [
          { id: priya.id, name: 'The Boss' },
          { id: priya.id, name: 'Twice' },
        ],
      }),
      null,
    );

    expect((body as SettingsView).settings?.coordinators).toEqual([person('Priya Raman')]);
  });

  test.each([
    ['a stranger as coordinator', settings({ coordinators: [person('Some Body')] })],
    ['a stranger as facilitator', settings({ facilitation: { facilitators: [person('Some Body')] } })],
  ])('is refused with %s', async (_reason, wanted) => {
    const failure = await failureOf(save(wanted, null));

    expect(failure.code).toBe('invalid');
    expect(lists.writes).toEqual([]);
  });

  test('is refused to a member, before anything is made', async () => {
    const failure = await failureOf(
      request(feature, api.saveSettings, { who: tomasz, community: here, body: settings(), ifMatch: null }),
    );

    expect([failure.code, provisioned]).toEqual(['not-allowed', 0]);
  });

  test('a Teams administrator changes them, but not who coordinates: the last one never loses them so', async () => {
    await save(settings(), null);
    const administered = { ...here, acceptances: [{ role: 'teams-administrator', person: tomasz.id }] };
    const change = async (body: Settings, who = tomasz) => {
      const { etag } = (await request(feature, api.settings, { who, community: administered })).body as SettingsView;
      return request(feature, api.saveSettings, { who, community: administered, body, ifMatch: etag });
    };

    await change(settings({ timeZone: 'Europe/Oslo' }));
    const failures = [
      await failureOf(change(settings({ coordinators: [person('Priya Raman'), person('Tomasz Nowak')] }))),
      await failureOf(change(settings({ coordinators: [] }))),
    ];

    expect(failures.map(({ code }) => code)).toEqual(['not-allowed', 'not-allowed']);
    expect(await settingsIn(lists, here.id)).toMatchObject({
      timeZone: 'Europe/Oslo',
      coordinators: [person('Priya Raman')],
    });
    await change(settings({ coordinators: [person('Tomasz Nowak')] }), omar);
    expect((await settingsIn(lists, here.id))?.coordinators).toEqual([person('Tomasz Nowak')]);
  });

  test('when a list cannot be made, keeps nothing and names the list', async () => {
    outcome = {
      lists: [
        { name: 'CoP Settings', state: 'ready' },
        { name: 'CoP Charter', state: 'failed', problem: { code: 'not-granted', said: 'Access denied' } },
      ],
    };

    const failure = await failureOf(save(settings(), null));

    expect(failure).toMatchObject({ code: 'not-granted' });
    expect(lists.writes).toEqual([]);
  });
});

describe('the copy of the settings in SharePoint', () => {
  const forged = { ...begun, coordinators: [person('Tomasz Nowak')], timeZone: 'Asia/Tokyo' };

  test('changed by a member is shown to those who may put it back, and has no effect', async () => {
    await save(settings(), null);
    await lists.byHand(fresh.id, 'settingsCopy', { key: 'settings', settings: forged });

    const seen = (await request(feature, api.settings, { who: priya, community: here })).body as SettingsView;
    const byMember = (await request(feature, api.settings, { who: tomasz, community: here })).body as SettingsView;
    expect(seen).toMatchObject({
      settings: begun,
      byHand: { by: 'Daniel Fitzgerald', differs: ['timeZone', 'coordinators'] },
    });
    expect([byMember.settings, byMember.byHand]).toEqual([begun, undefined]);

    const back = (await request(feature, api.putSettingsBack, { who: priya, community: here })).body as SettingsView;
    expect(back.byHand).toBeUndefined();
    expect((await lists.of(fresh.id).settingsCopy.find('settings'))?.value.settings).toEqual(begun);
  });

  test('is not what a save builds on', async () => {
    const first = await save(settings(), null);
    await lists.byHand(fresh.id, 'settingsCopy', { key: 'settings', settings: forged });

    const { body } = await save(settings({ timeZone: 'Europe/Paris' }), first.etag ?? '');

    expect((body as SettingsView).settings).toEqual({ ...begun, timeZone: 'Europe/Paris' });
  });

  test('is written anew by the daily check when it is gone, and left for a look when somebody changed it', async () => {
    const daily = feature.jobs?.find(({ name }) => name === 'settings.copy');
    const moment = new Date('2026-11-23T03:00:00Z');
    const occasion = { community: here, due: moment, since: moment, now: moment };
    await daily?.run(occasion);
    const written = await lists.of(here.id).settingsCopy.find('settings');
    await lists.byHand(here.id, 'settingsCopy', { key: 'settings', settings: forged });

    await daily?.run(occasion);

    expect([written?.value.settings, (await lists.of(here.id).settingsCopy.find('settings'))?.value.settings]).toEqual([
      here.settings,
      forged,
    ]);
  });

  test('of a community that our database has lost is only suggested', async () => {
    await lists.byHand(fresh.id, 'settingsCopy', { key: 'settings', settings: forged });

    const { body } = await request(feature, api.settings, { who: omar, community: fresh });

    expect(body).toMatchObject({ settings: null, suggested: forged });
  });

  test('is nobody else’s to put back', async () => {
    expect((await failureOf(request(feature, api.putSettingsBack, { who: tomasz, community: here }))).code).toBe(
      'not-allowed',
    );
  });
});

describe('the lists', () => {
  test('are made and repaired for those who may', async () => {
    const { body } = await request(feature, api.provision, { who: omar, community: here });

    expect(body).toEqual(allReady);
  });

  test('are nobody else’s to make', async () => {
    const failure = await failureOf(request(feature, api.provision, { who: tomasz, community: here }));

    expect([failure.code, provisioned]).toEqual(['not-allowed', 0]);
  });
});

function save(wanted: Settings, ifMatch: string | null) {
  return request(feature, api.saveSettings, { who: priya, community: fresh, body: wanted, ifMatch });
}
