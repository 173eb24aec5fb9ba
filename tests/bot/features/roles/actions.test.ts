import { beforeEach, describe, expect, test } from '@jest/globals';
import { changeCoordinators } from '../../../../bot/features/settings/index.ts';
import { readHoldings } from '../../../../bot/lists/holdings.ts';
import { roles } from '../../../../bot/features/roles/index.ts';
import type { ReadyCommunity } from '../../../../domain/community.ts';
import { actionsIn, checkCard, faultsOf, samplesOf, textsIn } from '../../../support/cards.ts';
import {
  ask,
  cardOf,
  community,
  member,
  noticeOf,
  person,
  press,
  type RecordingMessenger,
  type TestClock,
} from '../../../support/feature-parts.ts';
import { sceneOf } from '../../../support/feature-scene.ts';
import { settingsIn, type InMemoryLists } from '../../../support/in-memory-lists.ts';
import { failureOf } from '../../../support/requests.ts';

const here = community();
const priya = member('Priya Raman');
const omar = member('Omar Haddad', { owner: true });
const ann = member('Ann Okafor');
const offer = { role: 'member-support', person: ann.id };
let lists: InMemoryLists;
let messenger: RecordingMessenger;
let clock: TestClock;
let feature: ReturnType<typeof roles>;

beforeEach(async () => {
  ({ feature, lists, messenger, clock } = sceneOf(
    parts => roles({ ...parts, changeCoordinators: changeCoordinators(parts) }),
    { members: [priya, omar, ann, member('Ben Ito')], communities: [here] },
  ));
  await lists.of(here.id).settings.create({ key: 'settings', settings: here.settings });
});

test.each(samplesOf('roles'))('the sample of $name is a good card', ({ card }) => {
  expect(faultsOf(card)).toEqual([]);
});

describe('roles, typed to the bot', () => {
  test('shows who does what and what is free, and offers everything one does not hold', async () => {
    const card = cardOf(await ask(feature, 'roles', { who: priya, community: here }));

    checkCard(card);
    expect(textsIn(card)).toEqual(
      expect.arrayContaining([
        'Who does what in Data Storytellers',
        'Coordinator',
        'Priya Raman',
        'Nobody yet',
        'You hold **Coordinator**.',
        'Step down',
      ]),
    );
    expect(actionsIn(card).map(({ verb }) => verb)).toEqual(['roles.stepDown', 'roles.volunteer']);
  });

  test('in a channel says nothing about who asked', async () => {
    const card = cardOf(await ask(feature, 'roles', { who: priya, community: here, place: 'channel' }));

    expect(actionsIn(card).map(({ verb }) => verb)).toEqual(['roles.volunteer']);
  });

  test('stays a good card with the longest of everything', async () => {
    for (let index = 0; index < 20; index++)
      await lists
        .of(here.id)
        .ownRoles.create({ key: `own-${index}`, title: '"_'.repeat(40), purpose: 'x'.repeat(500), addedBy: priya });
    for (const role of ['member-support', 'sponsor', 'social-reporters']) {
      for (let index = 0; index < 9; index++)
        await hold({
          role,
          person: {
            id: index === 0 ? ann.id : `mail:${index}`,
            name: '漢'.repeat(256),
            mail: index === 0 ? null : 'a@example.org',
          },
          note: '"'.repeat(500),
        });
    }

    const card = cardOf(await ask(feature, 'roles', { who: ann, community: here }));

    expect(faultsOf(card)).toEqual([]);
    expect(textsIn(card)).toContain('You have 1 more; find it in the tab.');
  });
});

describe('volunteering', () => {
  test('keeps the offer, thanks, and tells the coordinators once', async () => {
    const card = await volunteer({ role: 'member-support', note: ' I *can*. ' });
    await volunteer({ role: 'member-support', note: 'again' });

    checkCard(card);
    expect(textsIn(card)).toContain('Thank you! The coordinators have your offer to take on Member support.');
    expect(await rows()).toEqual([
      {
        key: 'member-support/ann-okafor/2026-11-22',
        role: 'member-support',
        person: { id: ann.id, name: ann.name, mail: null },
        since: '2026-11-22',
        until: null,
        note: 'I *can*.',
        state: 'volunteered',
        changedBy: { id: ann.id, name: ann.name },
        changedAt: '2026-11-22T10:00:00.000Z',
      },
    ]);
    expect(messenger.posted.map(({ kind, to, summary }) => ({ kind, to, summary }))).toEqual([
      { kind: 'roles.offer', to: priya.id, summary: 'Ann Okafor would like to take on Member support' },
    ]);
    expect(textsIn(messenger.posted[0]!.card)).toContain('In their words: I \\*can\\*\\.');
    checkCard(messenger.posted[0]!.card);
  });

  test('by somebody who gives roles takes it on at once, for a year', async () => {
    const reply = await press(feature, 'volunteer', { data: { role: 'sponsor' }, who: omar, community: here });

    expect(textsIn(cardOf(reply))).toContain('Sponsor is yours.');
    expect((await rows()).map(({ state, until }) => ({ state, until }))).toEqual([
      { state: 'accepted', until: '2027-11-22' },
    ]);
    expect(messenger.posted).toEqual([]);
  });

  test.each([
    ['no role chosen', {}, 'Please choose a role first.'],
    ['a role that is gone', { role: 'own-tea' }, 'This role is not there any more. Type roles to see those there are.'],
  ])('with %s says so', async (_reason, data, notice) => {
    expect(noticeOf(await press(feature, 'volunteer', { data, who: ann, community: here }))).toBe(notice);
    expect(await rows()).toEqual([]);
  });

  test('goes to the owners where no coordinator is left in the team', async () => {
    const alone = { ...here, settings: { ...here.settings, coordinators: [person('Gone Away')] } };

    await press(feature, 'volunteer', { data: { role: 'sponsor' }, who: ann, community: alone });

    expect(messenger.posted.map(({ to }) => to)).toEqual([omar.id]);
  });
});

describe('deciding', () => {
  beforeEach(() => volunteer({ role: 'member-support', note: 'Me!' }));

  test('accepting begins a term of a year, tells the volunteer, and turns every copy', async () => {
    clock.moveTo('2026-11-25T10:00:00Z');

    const card = cardOf(await press(feature, 'accept', { data: offer, who: priya, community: here }));
    await press(feature, 'accept', { data: offer, who: omar, community: here });

    checkCard(card);
    expect(textsIn(card)).toContain('Accepted by Priya Raman, until 25 November 2027.');
    expect(
      (await rows()).map(({ since, until, note, state, changedBy }) => ({
        since,
        until,
        note,
        state,
        by: changedBy.id,
      })),
    ).toEqual([{ since: '2026-11-25', until: '2027-11-25', note: '', state: 'accepted', by: priya.id }]);
    expect(messenger.posted.map(({ kind, to }) => `${kind} ${to}`)).toEqual([
      `roles.offer ${priya.id}`,
      `roles.accepted ${ann.id}`,
    ]);
    expect(textsIn(messenger.posted[0]!.card)).toContain('Accepted by Priya Raman, until 25 November 2027.');
    checkCard(messenger.posted[1]!.card);
  });

  test('not now puts the offer away and writes to nobody', async () => {
    const card = cardOf(await press(feature, 'decline', { data: offer, who: priya, community: here }));

    expect(textsIn(card)).toContain('Not now, said Priya Raman.');
    expect((await rows()).map(({ state, until }) => ({ state, until }))).toEqual([{ state: 'ended', until: null }]);
    expect(messenger.posted).toHaveLength(1);
  });

  test('not now on an old card ends nobody’s role', async () => {
    await press(feature, 'accept', { data: offer, who: priya, community: here });

    const card = cardOf(await press(feature, 'decline', { data: offer, who: omar, community: here }));

    expect(textsIn(card)).toContain('Accepted by Priya Raman, until 22 November 2027.');
  });

  test('an offer that was taken back cannot be accepted', async () => {
    await press(feature, 'stepDown', { data: { role: 'member-support' }, who: ann, community: here });

    const card = cardOf(await press(feature, 'accept', { data: offer, who: priya, community: here }));

    expect(textsIn(card)).toContain('Ann Okafor took the offer back.');
    expect((await rows()).map(({ state }) => state)).toEqual(['ended']);
  });

  test('taking back and accepting at the same moment: whoever saves first counts', async () => {
    lists.beforeNext(
      'update',
      'offers',
      async () =>
        void (await press(feature, 'stepDown', { data: { role: 'member-support' }, who: ann, community: here })),
    );

    await press(feature, 'accept', { data: offer, who: priya, community: here });

    expect((await rows()).map(({ state }) => state)).toEqual(['ended']);
    expect(messenger.posted.map(({ kind }) => kind)).toEqual(['roles.offer']);
  });

  test.each(['accept', 'decline'])('%s is for coordinators and owners', async action => {
    const failure = await failureOf(
      press(feature, action, { data: { ...offer, community: here.id }, who: member('Ben Ito'), community: here }),
    );

    expect(failure.code).toBe('not-allowed');
    expect((await rows()).map(({ state }) => state)).toEqual(['volunteered']);
  });
});

describe('the role of coordinator', () => {
  test('is not given up by the last one before they read who looks after the community then', async () => {
    const last = 'Nobody else holds it: the owners of the team look after the community until somebody is chosen.';
    const alone = JSON.stringify(cardOf(await ask(feature, 'roles', { who: priya, community: here })));

    await volunteer({ role: 'coordinator' });
    await press(feature, 'accept', { data: { role: 'coordinator', person: ann.id }, who: priya, community: here });
    const both: ReadyCommunity = { ...here, settings: (await settingsIn(lists, here.id))! };
    const shared = JSON.stringify(cardOf(await ask(feature, 'roles', { who: priya, community: both })));

    expect(alone).toContain(last);
    expect(shared).not.toContain(last);
  });

  test('is what the settings say: accepted there first, given up there first', async () => {
    await volunteer({ role: 'coordinator' });
    await press(feature, 'accept', { data: { role: 'coordinator', person: ann.id }, who: priya, community: here });
    const both: ReadyCommunity = { ...here, settings: (await settingsIn(lists, here.id))! };
    expect(both.settings.coordinators).toEqual([person('Priya Raman'), person('Ann Okafor')]);

    const card = cardOf(
      await press(feature, 'stepDown', { data: { role: 'coordinator' }, who: priya, community: both }),
    );

    expect(textsIn(card)).toContain('You have stepped down from Coordinator. Thank you for what you did!');
    expect((await settingsIn(lists, here.id))?.coordinators).toEqual([person('Ann Okafor')]);
    expect((await lists.of(here.id).settings.find('settings'))?.value.settings.coordinators).toEqual([
      person('Ann Okafor'),
    ]);
  });

  test('says when there are as many as there can be', async () => {
    const coordinators = Array.from({ length: 20 }, (_, index) => person(`Coordinator ${index}`));
    const full = { ...here, settings: { ...here.settings, coordinators } };
    const [row] = await lists.of(here.id).settings.all();
    await lists.of(here.id).settings.update(row!, { key: 'settings', settings: full.settings });
    await press(feature, 'volunteer', { data: { role: 'coordinator' }, who: ann, community: full });

    const reply = await press(feature, 'accept', {
      data: { role: 'coordinator', person: ann.id },
      who: omar,
      community: full,
    });

    expect(noticeOf(reply)).toBe('There are as many coordinators as there can be. Somebody has to step down first.');
    expect((await rows()).map(({ state }) => state)).toEqual(['volunteered']);
  });
});

test('stepping down from what one does not hold says so', async () => {
  expect(noticeOf(await press(feature, 'stepDown', { data: { role: 'sponsor' }, who: ann, community: here }))).toBe(
    'You do not hold Sponsor, and have not offered to take it on.',
  );
});

describe('the card about a term', () => {
  const data = { ...offer, until: '2026-12-01' };
  beforeEach(() =>
    hold({ role: 'member-support', person: { id: ann.id, name: ann.name, mail: null }, until: '2026-12-01' }),
  );

  test('renews it by a year from its last day, once', async () => {
    await press(feature, 'renew', { data, who: priya, community: here });
    const card = cardOf(await press(feature, 'renew', { data, who: omar, community: here }));

    checkCard(card);
    expect(textsIn(card)).toContain('Renewed by Priya Raman, until 1 December 2027.');
    expect((await rows()).map(({ until }) => until)).toEqual(['2027-12-01']);
  });

  test('asks before it ends it, and others read nothing of the question', async () => {
    const card = cardOf(await press(feature, 'end', { data, who: priya, community: here }));
    const before = await rows();
    const done = cardOf(await presses(card, 'Yes, end it'));

    checkCard(card);
    expect(textsIn(card)).toContainEqual(expect.stringMatching(/^End Ann Okafor’s term as Member support today\?/));
    expect(actionsIn(card).map(({ title, style }) => [title, style])).toEqual([
      ['Another year', 'default'],
      ['Yes, end it', 'destructive'],
    ]);
    expect(before).toMatchObject([{ state: 'accepted' }]);
    expect(messenger.refreshed.filter(({ kind }) => kind === 'roles.term')).toHaveLength(1);
    expect(textsIn(done)).toContain('Ended by Priya Raman.');
  });

  test('what was ended can be taken back that day, whoever presses how often, and not later', async () => {
    const ended = cardOf(await press(feature, 'end', { data: { ...data, sure: 'yes' }, who: priya, community: here }));
    const [first] = await Promise.all([presses(ended, 'Undo'), presses(ended, 'Undo', omar)]);
    const back = await rows();
    await press(feature, 'end', { data: { ...data, sure: 'yes' }, who: priya, community: here });
    clock.moveTo('2026-11-24T10:00:00Z');
    const late = cardOf(await press(feature, 'reopen', { data, who: priya, community: here }));

    expect(actionsIn(cardOf(first)).map(({ title }) => title)).toEqual(['Another year', 'End it today…']);
    expect(back).toMatchObject([{ state: 'accepted', until: '2026-12-01' }]);
    expect(actionsIn(late)).toEqual([]);
    expect((await rows()).map(({ state }) => state)).toEqual(['ended']);
  });

  test('ends it, but not a term that was renewed meanwhile', async () => {
    await press(feature, 'renew', { data, who: priya, community: here });
    await press(feature, 'end', { data: { ...data, sure: 'yes' }, who: omar, community: here });
    expect((await rows()).map(({ state }) => state)).toEqual(['accepted']);

    const sure = { ...data, until: '2027-12-01', sure: 'yes' };
    const card = cardOf(await press(feature, 'end', { data: sure, who: omar, community: here }));

    expect(textsIn(card)).toContain('Ended by Omar Haddad.');
    expect((await rows()).map(({ state, until }) => ({ state, until }))).toEqual([
      { state: 'ended', until: '2026-11-22' },
    ]);
  });
});

async function presses(card: object, title: string, who = priya) {
  const button = actionsIn(card as never).find(one => one['title'] === title);
  const verb = String(button?.['verb']).replace('roles.', '');
  return press(feature, verb, { data: button?.['data'], who, community: here });
}

describe('by word', () => {
  const types = (name: string, rest: string, who = ann) => ask(feature, name, { who, community: here, rest });

  test.each(['member support', 'for the role of member suport', 'Member Support please'])(
    '“volunteer %s” shows the role, and one button offers',
    async rest => {
      const card = cardOf(await types('volunteer', rest));
      const before = await rows();
      await presses(card, 'Yes, I offer', ann);
      const again = noticeOf(await types('volunteer', rest));

      checkCard(card);
      expect(textsIn(card)[0]).toBe('Take on Member support?');
      expect(before).toEqual([]);
      expect(await rows()).toMatchObject([{ role: 'member-support', state: 'volunteered', person: { id: ann.id } }]);
      expect(again).toMatch(/^Thank you! The coordinators have your offer/);
    },
  );

  test('whoever may give roles is told that it is theirs at once', async () => {
    const card = cardOf(await types('volunteer', 'member support', priya));

    expect(textsIn(card)).toContain('Yes, take it on');
    expect(await rows()).toEqual([]);
  });

  test.each([
    ['', /^Who does what/, 'no role'],
    ['zebra', /^Who does what/, 'no such role'],
    ['x'.repeat(10_000), /^Who does what/, 'a long word'],
    ['support zebra', /^Which role do you mean\?/, 'half a title'],
  ])('“volunteer %.20s” offers nothing: %s', async (rest, expected) => {
    const card = cardOf(await types('volunteer', rest));

    expect(textsIn(card)[0]).toMatch(expected);
    expect(await rows()).toEqual([]);
  });

  test('“accept” shows the one offer there is, and its button accepts; members may not', async () => {
    const none = noticeOf(await types('accept', '', priya));
    await press(feature, 'volunteer', { data: { role: 'member-support' }, who: ann, community: here });
    const card = cardOf(await types('accept', 'Ann', priya));
    const before = await rows();
    await presses(card, 'Accept for a year');

    expect(none).toBe('Nobody offers to take on a role at the moment.');
    expect(textsIn(card)[0]).toMatch(/^Ann Okafor/);
    expect(before.map(({ state }) => state)).toEqual(['volunteered']);
    expect((await rows()).map(({ state }) => state)).toEqual(['accepted']);
    await expect(types('accept', 'Ann', ann)).rejects.toMatchObject({ code: 'not-allowed' });
  });

  test('of several offers, or of a name that nobody has, it asks which', async () => {
    for (const role of ['member-support', 'information-resources'])
      await press(feature, 'volunteer', { data: { role }, who: ann, community: here });

    const [both, stranger] = [await types('accept', 'ann', priya), await types('accept', 'zebra', priya)];
    const one = await presses(cardOf(both), String(actionsIn(cardOf(both))[0]?.['title']));

    expect([both, stranger].map(reply => textsIn(cardOf(reply))[0])).toEqual(Array(2).fill('Which offer do you mean?'));
    expect(textsIn(cardOf(one))[0]).toMatch(/^Ann Okafor/);
    expect((await rows()).map(({ state }) => state)).toEqual(['volunteered', 'volunteered']);
  });
});

async function volunteer(data: object) {
  return cardOf(await press(feature, 'volunteer', { data, who: ann, community: here }));
}

async function rows() {
  return (await readHoldings(lists, here.id)).counted.map(({ etag: _etag, ...holding }) => holding);
}

async function hold(choices: {
  role: string;
  person: { id: string; name: string; mail: string | null };
  until?: string;
  note?: string;
}): Promise<void> {
  await lists.of(here.id).roles.create({
    key: `${choices.role}/${choices.person.id}/2026-01-10`,
    since: '2026-01-10',
    until: null,
    note: '',
    state: 'accepted',
    changedBy: person('Priya Raman'),
    changedAt: '2026-01-10T10:00:00.000Z',
    ...choices,
  });
}
