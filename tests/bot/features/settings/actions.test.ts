import type { Settings } from '../../../../domain/community.ts';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Card } from '../../../../bot/cards.ts';
import { settings as settingsFeature } from '../../../../bot/features/settings/index.ts';
import { definitions } from '../../../../bot/lists/model.ts';
import type { Provisioned } from '../../../../bot/lists/provisioning.ts';
import type { Community, Member } from '../../../../domain/community.ts';
import { actionsIn, checkCard, faultsOf, samplesOf, textsIn } from '../../../support/cards.ts';
import {
  ask,
  cardOf,
  community,
  member,
  newCommunity,
  noticeOf,
  person,
  press,
  rosterOf,
  settings,
  textsOf,
  type RecordingMessenger,
} from '../../../support/feature-parts.ts';
import { sceneOf, type SceneParts } from '../../../support/feature-scene.ts';
import { settingsIn, type InMemoryLists } from '../../../support/in-memory-lists.ts';
import { failureOf } from '../../../support/requests.ts';

const priya = member('Priya Raman');
const omar = member('Omar Haddad', { owner: true });
const ben = member('Ben Ito');
const fresh = newCommunity();
const good = {
  community: fresh.id,
  timeZone: 'Europe/London',
  day: '1',
  time: '09:00',
  facilitators: `${priya.id},${ben.id}`,
  coordinators: priya.id,
  destination: 'chats',
};
const chosen = settings({ facilitation: { facilitators: [person('Priya Raman'), person('Ben Ito')] } });
/** As they are kept when a community is set up: its week begins on that day. */
const begun = {
  ...chosen,
  facilitation: { ...chosen.facilitation, from: '2026-11-22' },
  country: { code: 'GB', region: null },
};

let lists: InMemoryLists;
let messenger: RecordingMessenger;
let outcomes: Provisioned[];
let parts: SceneParts;
let feature: ReturnType<typeof settingsFeature>;

beforeEach(() => {
  outcomes = [];
  ({ feature, parts, lists, messenger } = sceneOf(made => settingsFeature({ ...made, provision }), {
    members: [priya, omar, ben],
    communities: [fresh],
  }));
});

test.each(samplesOf('settings'))('the sample of $name renders', ({ card }) => {
  checkCard(card);

  expect(textsIn(card).length).toBeGreaterThan(2);
});

describe('the app is added to a team', () => {
  test('one card in the channel names who added it and who may set it up; nobody gets a message', async () => {
    await installed(fresh);

    expect(messenger.posted.map(({ kind, period, to }) => ({ kind, period, to }))).toEqual([
      { kind: 'settings.installed', period: 'once', to: 'channel' },
    ]);
    const [{ card } = { card: undefined }] = messenger.posted;
    checkCard(card!);
    expect(textsIn(card!)).toEqual(
      expect.arrayContaining([
        'Priya Raman added me to Data Storytellers.',
        'Priya Raman and the owners of this team can set me up. People who are here already get no message.',
      ]),
    );
    expect(actionsIn(card!).map(({ title, verb }) => [title, verb])).toEqual([['Set it up', 'settings.begin']]);
  });

  test('twice in one installation is once; a new installation posts again', async () => {
    const first = { ...fresh, installedAt: '2026-11-01T10:00:00.000Z' };

    await installed(first);
    await installed(first);
    await installed({ ...fresh, installedAt: '2026-11-22T10:00:00.000Z' });

    expect(messenger.posted.map(({ period }) => period)).toEqual([
      '2026-11-01T10:00:00.000Z',
      '2026-11-22T10:00:00.000Z',
    ]);
  });

  test('by somebody Teams does not name', async () => {
    await feature.events?.appInstalled?.({
      community: { ...fresh, installedBy: null },
      by: null,
      t: textsOf(feature).for('settings', 'en'),
    });

    expect(textsIn(messenger.posted[0]!.card)).toEqual(
      expect.arrayContaining([
        'I was added to Data Storytellers.',
        'The owners of this team can set me up. People who are here already get no message.',
      ]),
    );
  });

  test('again, with settings that still hold, says so instead of offering set-up', async () => {
    await installed(community());

    expect(textsIn(messenger.posted[0]!.card)).toContain('Data Storytellers is set up');
    expect(actionsIn(messenger.posted[0]!.card).map(({ verb }) => verb)).toEqual(['facilitation.now']);
  });
});

describe('Set it up', () => {
  test('offers Monday morning, the presser’s own zone and the presser', async () => {
    const card = await begin(priya, fresh, 'America/Boise');

    checkCard(card);
    expect(inputsIn(card)).toEqual({
      day: '1',
      time: '09:00',
      timeZone: 'America/Boise',
      destination: 'chats',
      facilitators: priya.id,
      coordinators: priya.id,
    });
    expect(choicesOf(card, 'timeZone')[0]).toEqual({ title: 'America/Boise', value: 'America/Boise' });
    expect(choicesOf(card, 'facilitators').map(({ title }) => title)).toEqual([
      'Ben Ito',
      'Omar Haddad',
      'Priya Raman',
    ]);
  });

  test.each([
    ['a zone that is none', 'Nowhere/Land'],
    ['no zone', null],
  ])('with %s offers UTC', async (_reason, timeZone) => {
    expect(inputsIn(await begin(priya, fresh, timeZone))['timeZone']).toBe('UTC');
  });

  test('on a community that is set up shows what was chosen', async () => {
    await begin(priya, fresh);
    await save(priya, fresh, { ...good, day: '3', time: '14:30' });

    expect(inputsIn(await begin(omar, community()))).toEqual(
      expect.objectContaining({ day: '3', time: '14:30', coordinators: priya.id }),
    );
  });

  test.each([
    ['a member before set-up', ben, fresh],
    [
      'the installer after set-up, when they do not coordinate',
      priya,
      community({ settings: settings({ coordinators: [person('Ben Ito')] }) }),
    ],
  ])('is refused to %s', async (_reason, who, where) => {
    const failure = await failureOf(press(feature, 'begin', { data: {}, who, community: where }));

    expect(failure.code).toBe('not-allowed');
  });

  test.each([
    ['Latin letters', 'Wolfeschlegelsteinhausenbergerdorff '],
    ['a script of three bytes a letter', 'श्रीमती '],
  ])('keeps under 25 KB in a team of hundreds, names the chosen first: %s', async (_reason, letters) => {
    const crowd = Array.from({ length: 300 }, (_, index) => ({
      id: `5d9c1a52-3e5f-4c58-8a3e-0a6f1f6f2${String(index).padStart(3, '0')}`,
      name: letters.repeat(6) + index,
      owner: false,
    }));
    const chosenPeople = crowd.slice(-40).map(({ id, name }) => ({ id, name }));
    feature = settingsFeature({ ...parts, provision, roster: rosterOf(...crowd, omar) });

    const card = await begin(
      omar,
      community({
        name: letters.repeat(10),
        settings: settings({
          coordinators: chosenPeople.slice(0, 20),
          facilitation: { facilitators: chosenPeople.slice(20) },
        }),
      }),
    );

    expect(faultsOf(card)).toEqual([]);
    const offered = choicesOf(card, 'coordinators').map(({ value }) => value);
    expect(chosenPeople.filter(({ id }) => !offered.includes(id))).toEqual([]);
    expect(textsIn(card).some(text => text.startsWith(`Only ${offered.length} people fit on this card.`))).toBe(true);
  });
});

describe('Save', () => {
  test('makes the lists, keeps the settings, plans the week and turns the channel’s card', async () => {
    await installed(fresh);

    const card = await save(priya);

    checkCard(card);
    expect((await lists.of(fresh.id).settings.find('settings'))?.value).toEqual({
      key: 'settings',
      settings: begun,
    });
    expect(await settingsIn(lists, fresh.id)).toEqual(begun);
    expect(factsIn(card)).toEqual({
      'The week begins': 'Every Monday at 09:00 (Europe/London)',
      'Next card': 'Monday 23 November at 09:00',
      Facilitators: 'Priya Raman and Ben Ito',
      'The card goes': 'to each facilitator’s own chat',
      Coordinators: 'Priya Raman',
      'Public holidays': 'Those of United Kingdom; the Settings page has parts of countries and quiet days of your own',
    });
    expect(textsIn(messenger.posted[0]!.card)).toContain('Data Storytellers is set up');
    expect(factsIn(messenger.posted[0]!.card)['Next card']).toBeUndefined();
    expect(messenger.posted).toHaveLength(1);
  });

  test.each<[string, Settings['country'], string]>([
    ['Europe/London', { code: 'GB', region: null }, 'the zone of one country'],
    ['UTC', undefined, 'the zone of none'],
  ])('in %s takes the holidays of %j: %s', async (timeZone, country) => {
    const card = await save(priya, fresh, { ...good, timeZone });

    expect((await settingsIn(lists, fresh.id))?.country).toEqual(country);
    expect(factsIn(card)['Public holidays']).toMatch(country ? /^Those of United Kingdom/ : /^None; choose a country/);
  });

  test('leaves a community that has chosen no country without one', async () => {
    await save(priya, { ...fresh, settings: chosen }, { ...good, time: '10:30' });

    expect((await settingsIn(lists, fresh.id))?.country).toBeUndefined();
  });

  test('keeps what was chosen in the tab and the card does not ask for', async () => {
    const inTab: Partial<Settings> = {
      digest: { sponsor: 'monthly', members: 'off' },
      surveys: { perMonth: 4 },
      country: { code: 'GB', region: 'ENG' },
      quiet: [{ from: '2026-12-24', to: '2026-12-31', title: 'Between the years' }],
    };
    await save(priya);
    const stored = (await lists.of(fresh.id).settings.find('settings'))!;
    await lists.of(fresh.id).settings.update(stored, { key: 'settings', settings: { ...chosen, ...inTab } });

    await save(priya, { ...fresh, settings: chosen }, { ...good, time: '10:30' });

    expect((await lists.of(fresh.id).settings.find('settings'))?.value.settings).toEqual({
      ...chosen,
      ...inTab,
      facilitation: { ...chosen.facilitation, time: '10:30' },
    });
  });

  test('twice leaves the same', async () => {
    await save(priya);

    await save(priya);

    expect(await lists.of(fresh.id).settings.all()).toHaveLength(1);
  });

  test.each([
    ['a zone that is none', { timeZone: 'Nowhere/Land' }, /^Time zone: /],
    ['no zone', { timeZone: '' }, /^Time zone: /],
    ['no day', { day: '' }, /^Day: /],
    ['a day there is not', { day: '8' }, /^Day: /],
    ['no time', { time: '' }, /^Time: /],
    ['a time there is not', { time: '25:00' }, /^Time: /],
    ['somewhere else', { destination: 'mail' }, /^Where the card goes: /],
    [
      'too many facilitators',
      { facilitators: Array.from({ length: 21 }, (_, index) => `p${index}`).join(',') },
      /^Facilitators: /,
    ],
    [
      'too many coordinators',
      { coordinators: Array.from({ length: 21 }, (_, index) => `p${index}`).join(',') },
      /^Coordinators: /,
    ],
    ['a stranger', { coordinators: 'somebody-else' }, /^Somebody you chose is not in this team/],
  ])('with %s names the field and keeps nothing', async (_reason, change, expected) => {
    const reply = await press(feature, 'save', { data: { ...good, ...change }, who: priya, community: fresh });

    expect(noticeOf(reply)).toMatch(expected);
    expect(lists.writes).toEqual([]);
  });

  test('with nobody named is fine: the owners stand in', async () => {
    const card = await save(omar, fresh, { ...good, facilitators: '', coordinators: '' });

    expect(factsIn(card)['Coordinators']).toBe('The team’s owners, until somebody is named');
  });

  test('keeps somebody who was chosen before and has left the team', async () => {
    await save(priya);
    feature = settingsFeature({ ...parts, provision, roster: rosterOf(priya, omar) });

    await save(omar, community(), { ...good, coordinators: `${priya.id},${omar.id}` });

    expect((await lists.of(fresh.id).settings.find('settings'))?.value.settings.facilitation.facilitators).toEqual([
      person('Priya Raman'),
      person('Ben Ito'),
    ]);
  });

  test('offers nobody who has left the team, and says who has', async () => {
    await save(priya);
    feature = settingsFeature({ ...parts, provision, roster: rosterOf(priya, omar) });

    const card = JSON.stringify(cardOf(await press(feature, 'begin', { data: {}, who: omar, community: community() })));

    expect(card).toContain('Ben Ito – no longer in the team');
    expect(card).not.toContain(person('Ben Ito').id);
  });

  test('is refused to a member', async () => {
    const failure = await failureOf(press(feature, 'save', { data: good, who: ben, community: fresh }));

    expect(failure.code).toBe('not-allowed');
    expect(lists.writes).toEqual([]);
  });

  test('that cannot make a list says which, what Graph said and what to do; trying again completes it', async () => {
    outcomes.push({
      lists: [
        { name: 'CoP Settings', state: 'created' },
        {
          name: 'CoP Charter',
          state: 'failed',
          problem: { code: 'not-granted', said: 'Access denied' },
        },
      ],
    });

    const trouble = await save(priya);
    const again = actionsIn(trouble).find(one => one['associatedInputs'] !== undefined);
    const kept = [...lists.writes];
    const done = cardOf(await press(feature, 'save', { data: again!['data'], who: priya, community: fresh }));

    checkCard(trouble);
    expect(textsIn(trouble)).toEqual(
      expect.arrayContaining([
        'CoP Charter',
        'Microsoft 365 refused: Access denied\\. The app may not make lists on this team’s site yet, or the site is read\\-only\\. Your IT can allow it: with the role “fullcontrol” on the site, which may be lowered to “write” once the lists are there\\.',
        'Try again',
      ]),
    );
    expect(kept).toEqual([]);
    expect(again!['associatedInputs']).toBe('none');
    expect(textsIn(done)).toContain('Data Storytellers is set up');
    expect((await lists.of(fresh.id).settings.find('settings'))?.value.settings).toEqual(begun);
  });

  test('while the site is unknown says the one thing to do, first among its buttons, and names no list', async () => {
    const problem = { code: 'site-unknown' as const, said: 'access denied' };
    outcomes.push({ lists: [{ name: 'CoP Charter', state: 'failed', problem }] });

    const waiting = await save(priya);

    checkCard(waiting);
    expect(textsIn(waiting).join('\n')).not.toContain('CoP Charter');
    expect(
      (waiting['actions'] as { title: string; style?: string }[]).map(({ title, style }) => [title, style]),
    ).toEqual([
      ['Open the tab', 'positive'],
      ['Try again', 'default'],
      ['Back to the settings', undefined],
    ]);
  });

  test('that waited goes on by itself when Teams shows the card again, and never goes back on what was chosen since', async () => {
    const first = cardOf(
      await press(feature, 'save', {
        data: { ...good, community: fresh.id },
        who: priya,
        community: fresh,
        automatic: true,
      }),
    );
    const chosenThen = (await lists.of(fresh.id).settings.find('settings'))?.value.settings;
    const writes = lists.writes.length;
    const later = await press(feature, 'save', {
      data: { ...good, day: '5', community: fresh.id },
      who: priya,
      community: fresh,
      automatic: true,
    });

    expect(textsIn(first)).toContain('Data Storytellers is set up');
    expect(textsIn(cardOf(later))).toContain('Data Storytellers is set up');
    expect([(await lists.of(fresh.id).settings.find('settings'))?.value.settings, lists.writes.length]).toEqual([
      chosenThen,
      writes,
    ]);
  });

  test('that cannot make a list leads back to the form as it was filled in', async () => {
    outcomes.push({
      lists: [{ name: 'CoP Charter', state: 'failed', problem: { code: 'not-granted', said: 'Access denied' } }],
    });
    const trouble = await save(priya, fresh, { ...good, day: '5' });

    const form = cardOf(
      await press(feature, 'begin', { data: actionsIn(trouble)[1]!['data'], who: priya, community: fresh }),
    );

    expect(inputsIn(form)).toEqual(expect.objectContaining({ day: '5', facilitators: `${priya.id},${ben.id}` }));
  });

  test('that fails for every list still fits into one card', async () => {
    outcomes.push({
      lists: Object.values(definitions)
        .filter(({ kept }) => kept === 'team')
        .map(({ title }) => ({
          name: title,
          state: 'failed' as const,
          problem: { code: 'unavailable' as const, said: 'श्री '.repeat(500) },
        })),
    });

    expect(faultsOf(await save(priya))).toEqual([]);
  });
});

describe('settings, typed to the bot', () => {
  test('shows what is set up, and the way to change it to those who may', async () => {
    const [coordinator, anybody] = [await typed(priya), await typed(ben)];

    expect(actionsIn(coordinator).map(({ verb }) => verb)).toEqual(['facilitation.now', 'settings.begin']);
    expect(actionsIn(anybody)).toEqual([]);
    checkCard(anybody);
  });

  test.each([
    ['in a chat, to who may set it up: the form', priya, 'chat', 'settings.save'],
    ['in a chat, to a member: who may', ben, 'chat', 'settings.begin'],
    ['in the channel: the offer', priya, 'channel', 'settings.begin'],
  ] as const)('before set-up, %s', async (_reason, who, place, verb) => {
    const card = cardOf(await ask(feature, 'settings', { who, community: fresh, place }));

    expect(actionsIn(card).map(action => action['verb'])).toEqual([verb]);
  });
});

test('a name with Markdown, HTML and expressions in it is shown as it was typed', async () => {
  const odd = { ...member('x'), id: 'odd', name: '*Ann* <b>${json(1)}</b>' };
  feature = settingsFeature({ ...parts, provision, roster: rosterOf(odd, omar) });

  const form = await begin(omar, community({ settings: settings({ coordinators: [odd] }) }));
  await save(omar, community(), { ...good, facilitators: 'odd', coordinators: 'odd' });
  const done = await typed(omar, community());

  expect(choicesOf(form, 'coordinators')[0]?.title).toBe('*Ann* <b>${json(1)}</b>');
  expect(factsIn(done)['Coordinators']).toBe('\\*Ann\\* \\<b\\>$\\{json\\(1\\)\\}\\</b\\>');
});

async function provision(): Promise<Provisioned> {
  const all = Object.values(definitions).filter(({ kept }) => kept === 'team');
  return outcomes.shift() ?? { lists: all.map(({ title }) => ({ name: title, state: 'ready' })) };
}

async function installed(where: Community): Promise<void> {
  await feature.events?.appInstalled?.({
    community: where,
    by: where.installedBy,
    t: textsOf(feature).for('settings', 'en'),
  });
}

async function begin(who: Member, where: Community, timeZone: string | null = null) {
  return cardOf(await press(feature, 'begin', { data: { community: where.id }, who, community: where, timeZone }));
}

async function save(who: Member, where: Community = fresh, data: object = good) {
  return cardOf(await press(feature, 'save', { data, who, community: where }));
}

async function typed(who: Member, where: Community = community()) {
  return cardOf(await ask(feature, 'settings', { who, community: where }));
}

interface Element {
  readonly id?: string;
  readonly type?: string;
  readonly value?: unknown;
  readonly choices?: readonly { readonly title: string; readonly value: string }[];
}

function elementsOf(value: unknown): readonly Element[] {
  if (Array.isArray(value)) return value.flatMap(elementsOf);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Element, ...Object.values(value).flatMap(elementsOf)];
}

function inputsIn(card: object): Record<string, unknown> {
  return Object.fromEntries(
    elementsOf(card)
      .filter(({ type }) => type?.startsWith('Input.'))
      .map(({ id, value }) => [id, value]),
  );
}

function choicesOf(card: object, id: string): readonly { readonly title: string; readonly value: string }[] {
  return elementsOf(card).find(element => element.id === id)?.choices ?? [];
}

function factsIn(card: Card): Record<string, string> {
  return Object.fromEntries(
    textsIn(card).flatMap(text => {
      const [, title, value] = /^\*\*(.+):\*\* (.*)$/.exec(text) ?? [];
      return title === undefined || value === undefined ? [] : [[title, value]];
    }),
  );
}
