import { beforeEach, describe, expect, test } from '@jest/globals';
import { roles } from '../../../../bot/features/roles/index.ts';
import { changeCoordinators } from '../../../../bot/features/settings/index.ts';
import { api } from '../../../../domain/api.ts';
import type { RolesView } from '../../../../domain/roles/api.ts';
import { checkCard, textsIn } from '../../../support/cards.ts';
import {
  cardOf,
  community,
  member,
  newCommunity,
  person,
  press,
  type RecordingMessenger,
  type TestClock,
} from '../../../support/feature-parts.ts';
import { settingsIn, type InMemoryLists } from '../../../support/in-memory-lists.ts';
import { sceneOf } from '../../../support/feature-scene.ts';
import { failureOf, request, tokenOf } from '../../../support/requests.ts';

const here = community();
const priya = member('Priya Raman');
const omar = member('Omar Haddad', { owner: true });
const ann = member('Ann Okafor');
const term = { since: '2026-11-22', until: '2027-11-22', note: 'Fridays' };
let lists: InMemoryLists;
let messenger: RecordingMessenger;
let clock: TestClock;
let feature: ReturnType<typeof roles>;

beforeEach(async () => {
  ({ feature, lists, messenger, clock } = sceneOf(
    parts => roles({ ...parts, changeCoordinators: changeCoordinators(parts) }),
    { members: [priya, omar, ann], communities: [here] },
  ));
  await lists.of(here.id).settings.create({ key: 'settings', settings: here.settings });
});

describe('reading', () => {
  test('gives all twenty roles, today and the day a term would end', async () => {
    const view = await read();

    expect({ today: view.today, termEnd: view.termEnd, roles: view.roles.length }).toEqual({
      today: '2026-11-22',
      termEnd: '2027-11-22',
      roles: 20,
    });
    expect(view.roles[0]?.holders).toEqual([
      {
        person: { ...person('Priya Raman'), mail: null },
        since: null,
        until: null,
        note: '',
        term: 'open',
        left: false,
        etag: null,
      },
    ]);
  });

  test('with lists older than roles shows every role free', async () => {
    lists.missing.add('roles').add('ownRoles');

    expect((await read()).roles.filter(({ vacant }) => !vacant).map(({ id }) => id)).toEqual(['coordinator']);
  });

  test('keeps a volunteer’s words from other members', async () => {
    await request(feature, api.volunteer, {
      who: ann,
      community: here,
      params: { role: 'sponsor' },
      body: { note: 'I can' },
    });
    const noteFor = async (who: typeof ann) =>
      (await read(who)).roles.find(({ id }) => id === 'sponsor')?.volunteers[0]?.note;

    expect([await noteFor(ann), await noteFor(priya), await noteFor(member('Ben Ito'))]).toEqual([
      'I can',
      'I can',
      '',
    ]);
  });
});

describe('a row that a member wrote into SharePoint', () => {
  const claim = {
    key: 'sponsor/ben-ito/2026-11-20',
    role: 'sponsor',
    person: { ...person('Ann Okafor'), mail: null },
    since: '2026-11-20',
    until: null,
    note: '',
    state: 'accepted' as const,
    changedBy: person('Priya Raman'),
    changedAt: '2026-11-20T09:00:00.000Z',
  };
  const decide = (who: typeof ann, decision: 'confirm' | 'put-back', view: RolesView) =>
    request(feature, api.settleRolesByHand, {
      who,
      community: here,
      body: { decision, rows: (view.byHand ?? []).map(({ key, etag }) => ({ key, etag })) },
    });
  beforeEach(() => lists.byHand(here.id, 'roles', claim));

  test('gives nobody a role, whoever it says it is from, and waits for a coordinator', async () => {
    const view = await read(priya);

    expect(view.roles.find(({ id }) => id === 'sponsor')).toMatchObject({ holders: [], vacant: true });
    expect(view.byHand).toEqual([
      expect.objectContaining({ key: claim.key, role: 'sponsor', person: claim.person, ended: false }),
    ]);
    expect((await read(ann)).byHand).toBeUndefined();
  });

  test('counts once a coordinator has confirmed it', async () => {
    await decide(priya, 'confirm', await read(priya));

    const view = await read(priya);
    expect([
      view.byHand,
      view.roles.find(({ id }) => id === 'sponsor')?.holders.map(holder => holder.person.name),
    ]).toEqual([undefined, ['Ann Okafor']]);
  });

  test('is put back to what it said before, or deleted where the product never wrote it', async () => {
    await give('critical-friends', { id: ann.id });
    const [written] = await lists
      .of(here.id)
      .roles.all()
      .then(rows => rows.filter(({ byHand }) => !byHand));
    await lists.byHand(here.id, 'roles', { ...written!.value, role: 'sponsor' });

    await decide(omar, 'put-back', await read(omar));

    expect((await lists.of(here.id).roles.all()).map(({ value, byHand }) => [value.key, value.role, byHand])).toEqual([
      [written!.value.key, 'critical-friends', undefined],
    ]);
  });

  test('that has changed again is left for another look', async () => {
    const seen = await read(priya);
    await lists.byHand(here.id, 'roles', { ...claim, person: { ...person('Omar Haddad'), mail: null } });

    await decide(priya, 'confirm', seen);

    expect((await read(priya)).byHand?.map(one => one.person.name)).toEqual(['Omar Haddad']);
  });

  test('is nobody else’s to confirm', async () => {
    const failure = await failureOf(decide(ann, 'confirm', await read(priya)));

    expect([failure.code, (await read(priya)).byHand?.length]).toEqual(['not-allowed', 1]);
  });
});

describe('what a role lets people do', () => {
  const supporting = 'member-support';
  const acceptances = async () =>
    (await lists.of(here.id).acceptances.all()).map(({ value }) => [value.role, value.person.name, value.held]);
  const accepted = () =>
    lists.of(here.id).acceptances.create({
      key: `${supporting}/${ann.id}`,
      role: supporting,
      person: person('Ann Okafor'),
      held: true,
      changedBy: person('Priya Raman'),
      changedAt: '2026-11-20T09:00:00.000Z',
      thankedBy: null,
    });
  const row = {
    key: 'member-support/ann-okafor/2026-11-20',
    role: supporting,
    person: { ...person('Ann Okafor'), mail: null },
    since: '2026-11-20',
    until: null,
    note: '',
    state: 'accepted' as const,
    changedBy: person('Priya Raman'),
    changedAt: '2026-11-20T09:00:00.000Z',
  };
  const settle = (decision: 'confirm' | 'put-back', rows: RolesView['byHand'] = []) =>
    request(feature, api.settleRolesByHand, {
      who: priya,
      community: here,
      body: { decision, rows: rows.map(({ key, etag }) => ({ key, etag })) },
    });

  test('begins when somebody who may gives or accepts it, and ends when it ends', async () => {
    await give(supporting, { id: ann.id, name: 'Somebody Else' });
    expect(await acceptances()).toEqual([[supporting, 'Ann Okafor', true]]);

    await request(feature, api.stepDown, { who: ann, community: here, params: { role: supporting } });
    expect(await acceptances()).toEqual([[supporting, 'Ann Okafor', false]]);

    clock.moveTo('2026-11-22T11:00:00Z');
    const params = { role: supporting, person: ann.id };
    await request(feature, api.volunteer, { who: ann, community: here, params, body: { note: '' } });
    expect(await acceptances()).toEqual([[supporting, 'Ann Okafor', false]]);
    await request(feature, api.acceptVolunteer, { who: priya, community: here, params });
    expect(await acceptances()).toEqual([[supporting, 'Ann Okafor', true]]);
    await request(feature, api.endHolding, { who: priya, community: here, params });
    expect(await acceptances()).toEqual([[supporting, 'Ann Okafor', false]]);
  });

  test('is kept of nobody outside the team, and of no coordinator', async () => {
    await give('sponsor', { name: 'Helen Osei', mail: 'helen.osei@example.org' });
    await give('coordinator', { id: ann.id });

    expect(await acceptances()).toEqual([]);
  });

  test('never comes from a row by hand: not from a new one, nor from one that was changed', async () => {
    await give('critical-friends', { id: ann.id });
    const [written] = await lists.of(here.id).roles.all();
    await lists.byHand(here.id, 'roles', row);
    await lists.byHand(here.id, 'roles', { ...written!.value, role: 'teams-administrator' });

    const { byHand, older } = await read(priya);

    expect([byHand?.length, older]).toEqual([2, undefined]);
    expect(await acceptances()).toEqual([['critical-friends', 'Ann Okafor', true]]);
  });

  test('comes from a row by hand once somebody who may has confirmed it, to whom the roster names', async () => {
    const disguised = { ...row, person: { id: omar.id, name: 'Ann Okafor', mail: null } };
    await lists.byHand(here.id, 'roles', disguised);

    const { byHand } = await read(priya);
    expect(byHand?.map(({ person: { name } }) => name)).toEqual(['Omar Haddad']);
    await settle('confirm', byHand);

    expect(await acceptances()).toEqual([[supporting, 'Omar Haddad', true]]);
  });

  test('stays in sight and in force when its row is deleted by hand', async () => {
    await accepted();

    expect(holdersIn(await read(priya), supporting)).toEqual(['Ann Okafor null null ']);
    await request(feature, api.endHolding, {
      who: priya,
      community: here,
      params: { role: supporting, person: ann.id },
    });
    expect([holdersIn(await read(priya), supporting), await acceptances()]).toEqual([
      [],
      [[supporting, 'Ann Okafor', false]],
    ]);
  });

  test('holders from before are shown to coordinators, and may once one of them says so', async () => {
    await lists.of(here.id).roles.create(row);
    await lists.of(here.id).roles.create({ ...row, key: 'scout/ann-okafor/2026-11-20', role: 'scout' });

    const { older } = await read(priya);
    expect([older?.map(({ role }) => role), (await read(ann)).older]).toEqual([[supporting], undefined]);
    await settle('put-back', older);
    expect(await acceptances()).toEqual([]);
    await settle('confirm', older);

    expect([await acceptances(), (await read(priya)).older]).toEqual([[[supporting, 'Ann Okafor', true]], undefined]);
  });

  describe('when a role is over', () => {
    const posted = (kind: string) => messenger.posted.filter(one => one.kind === kind);
    const over = async () => {
      await lists.of(here.id).plan.create({
        key: 'a1',
        title: 'Greet everybody',
        owners: [person('Ann Okafor')],
        due: null,
        state: 'to-do',
        steps: [],
        links: [],
        weight: 'baseline',
        aim: null,
        notes: '',
        addedBy: person('Priya Raman'),
        addedAt: '2026-11-20T09:00:00.000Z',
        doneAt: null,
        changedBy: person('Priya Raman'),
        changedAt: '2026-11-20T09:00:00.000Z',
      });
      await give(supporting, { id: ann.id });
      await request(feature, api.stepDown, { who: ann, community: here, params: { role: supporting } });
      await request(feature, api.stepDown, { who: ann, community: here, params: { role: supporting } });
    };
    const thank = (who: typeof ann) =>
      press(feature, 'thank', {
        who,
        community: here,
        data: { role: supporting, holding: 'member-support/ann-okafor/2026-11-22' },
      });

    test('those who decide hear once what is left, and what the next one may ask', async () => {
      await over();

      const [card, ...more] = posted('roles.handOver');
      expect([card?.to, more.length]).toEqual([priya.id, 0]);
      expect(textsIn(card!.card)).toEqual(
        expect.arrayContaining([
          'Ann Okafor holds Member support no more',
          '- Greet everybody',
          '- Who is new, and has somebody spoken with them?',
        ]),
      );
    });

    test('thanks go by the first press, in the name of who pressed', async () => {
      await over();

      checkCard(cardOf(await thank(priya)));
      const again = textsIn(cardOf(await thank(omar)));

      expect(posted('roles.thanks').map(({ to, summary }) => [to, summary])).toEqual([
        [ann.id, 'Priya Raman thanks you for Member support'],
      ]);
      expect(again).toContain('Priya Raman has sent Ann Okafor thanks.');
      expect((await failureOf(thank(ann))).code).toBe('not-allowed');
    });

    test('nobody is told of an offer that was taken back', async () => {
      const params = { role: supporting };
      await request(feature, api.volunteer, { who: ann, community: here, params, body: { note: '' } });
      await request(feature, api.stepDown, { who: ann, community: here, params });

      expect(posted('roles.handOver')).toEqual([]);
    });
  });

  describe('of the core group', () => {
    const ben = member('Ben Ito');
    const withCore = { ...here, acceptances: [{ role: 'core-group', person: ben.id }] };
    const offered = (role: string) =>
      request(feature, api.volunteer, { who: ann, community: here, params: { role }, body: { note: 'Me' } });
    const decide = (endpoint: typeof api.acceptVolunteer, role: string, whom = ann) =>
      request(feature, endpoint, { who: ben, community: withCore, params: { role, person: whom.id } });

    test('accepts and declines offers, whose words stay with coordinators', async () => {
      await offered('scout');
      await offered('mentor');
      const { body } = await request(feature, api.roles, { who: ben, community: withCore });
      const view = body as RolesView;
      expect([view.mayAcceptInto.includes('scout'), view.mayAcceptInto.includes('coordinator')]).toEqual([true, false]);
      expect(JSON.stringify(view)).not.toContain('"Me"');

      await decide(api.acceptVolunteer, 'scout');
      await decide(api.endHolding, 'mentor');

      const after = await read(priya);
      expect(['scout', 'mentor'].map(role => holdersIn(after, role).length)).toEqual([1, 0]);
      expect(after.roles.flatMap(({ volunteers }) => volunteers)).toEqual([]);
    });

    test.each(['coordinator', 'teams-administrator', supporting])('makes nobody more than they are: %s', async role => {
      await offered(role);

      const failures = [
        await failureOf(decide(api.acceptVolunteer, role)),
        await failureOf(decide(api.endHolding, role)),
      ];

      expect(failures.map(({ code }) => code)).toEqual(['not-allowed', 'not-allowed']);
      expect(await acceptances()).toEqual([]);
    });

    test('ends nobody’s role', async () => {
      await give('scout', { id: ann.id });

      expect((await failureOf(decide(api.endHolding, 'scout'))).code).toBe('not-allowed');
      expect(holdersIn(await read(priya), 'scout')).toHaveLength(1);
    });
  });
});

describe('a member', () => {
  test('volunteers and takes it back, on their own behalf, as often as they press', async () => {
    const params = { role: 'sponsor' };
    for (let times = 0; times < 2; times++)
      await request(feature, api.volunteer, { who: ann, community: here, params, body: { note: '' } });
    for (let times = 0; times < 2; times++) await request(feature, api.stepDown, { who: ann, community: here, params });

    expect(lists.writes.slice(1)).toEqual(
      ['create', 'update'].map(operation => ({
        community: here.id,
        list: 'offers',
        operation,
        key: 'sponsor/ann-okafor/2026-11-22',
        onBehalfOf: tokenOf(ann),
      })),
    );
    expect(messenger.posted).toHaveLength(1);
  });

  test.each([
    ['accept', api.acceptVolunteer, { role: 'sponsor', person: ann.id }, undefined],
    ['give', api.giveRole, { role: 'sponsor' }, { person: { id: ann.id }, term }],
    ['end another’s', api.endHolding, { role: 'coordinator', person: priya.id }, undefined],
    ['change a term', api.saveTerm, { role: 'coordinator', person: priya.id }, term],
    ['add a role', api.addRole, {}, { title: 'Tea', purpose: '' }],
    ['remove a role', api.removeRole, { role: 'own-tea' }, undefined],
  ])('may not %s', async (_act, endpoint, params, body) => {
    const failure = await failureOf(
      request(feature, endpoint, { who: ann, community: here, params, body, ifMatch: null }),
    );

    expect(failure.code).toBe('not-allowed');
    expect(lists.writes).toHaveLength(1);
  });

  test('learns that a role is gone, and that a community is not set up', async () => {
    const gone = await failureOf(
      request(feature, api.volunteer, { who: ann, community: here, params: { role: 'own-tea' }, body: { note: '' } }),
    );
    const fresh = await failureOf(
      request(feature, api.volunteer, {
        who: ann,
        community: newCommunity(),
        params: { role: 'sponsor' },
        body: { note: '' },
      }),
    );

    expect([gone.code, fresh.code]).toEqual(['not-found', 'not-set-up']);
  });
});

describe('giving a role', () => {
  test('to a member, with the name the team knows', async () => {
    const view = await give('critical-friends', { id: ann.id, name: 'Somebody Else' });

    expect(holdersIn(view, 'critical-friends')).toEqual(['Ann Okafor 2026-11-22 2027-11-22 Fridays']);
    expect(lists.writes.at(-1)).toEqual({
      community: here.id,
      list: 'roles',
      operation: 'create',
      key: 'critical-friends/ann-okafor/2026-11-22',
      onBehalfOf: tokenOf(omar),
    });
  });

  test('of coordinator makes somebody one in the settings', async () => {
    await give('coordinator', { id: ann.id });

    expect((await settingsIn(lists, here.id))?.coordinators).toEqual([person('Priya Raman'), person('Ann Okafor')]);
  });

  test('of sponsor to somebody outside, once for one address however it is spelt', async () => {
    await give('sponsor', { name: 'Helen Osei', mail: "helen.o'sei@example.org" });
    const view = await give('sponsor', { name: 'Helen Osei', mail: "Helen.O'Sei@example.org" });

    expect(holdersIn(view, 'sponsor')).toEqual(['Helen Osei 2026-11-22 2027-11-22 Fridays']);
  });

  test.each([
    ['a stranger', 'critical-friends', { id: 'nobody' }],
    ['somebody outside, for another role', 'critical-friends', { name: 'Helen Osei', mail: 'helen@example.org' }],
  ])('to %s is refused', async (_reason, role, candidate) => {
    const failure = await failureOf(give(role, candidate));

    expect(failure).toEqual({ code: 'invalid', details: { fields: ['person'] } });
  });
});

describe('changing a term', () => {
  const params = { role: 'critical-friends', person: ann.id };

  test('needs the ETag that was read; a stale one learns what is stored now', async () => {
    const etag = holdingIn(await give('critical-friends', { id: ann.id }), 'critical-friends')?.etag ?? '';
    const saved = await request(feature, api.saveTerm, {
      who: priya,
      community: here,
      params,
      body: { ...term, until: null },
      ifMatch: etag,
    });
    expect(holdersIn(saved.body as RolesView, 'critical-friends')).toEqual(['Ann Okafor 2026-11-22 null Fridays']);

    const failure = await failureOf(
      request(feature, api.saveTerm, {
        who: omar,
        community: here,
        params,
        body: { ...term, note: 'Mondays' },
        ifMatch: etag,
      }),
    );

    const current = holdingIn(saved.body as RolesView, 'critical-friends');
    expect(failure).toEqual({ code: 'version-conflict', details: { current, etag: current?.etag } });
  });

  test('of a coordinator whom only the settings name begins their row', async () => {
    const { body } = await request(feature, api.saveTerm, {
      who: omar,
      community: here,
      params: { role: 'coordinator', person: priya.id },
      body: term,
      ifMatch: null,
    });

    expect(holdersIn(body as RolesView, 'coordinator')).toEqual(['Priya Raman 2026-11-22 2027-11-22 Fridays']);
  });

  test('of nobody is refused', async () => {
    const failure = await failureOf(
      request(feature, api.saveTerm, { who: omar, community: here, params, body: term, ifMatch: null }),
    );

    expect(failure.code).toBe('not-found');
  });
});

describe('own roles', () => {
  const tea = { title: 'Tea & talk', purpose: 'Brings biscuits.' };
  const add = (body: object) => request(feature, api.addRole, { who: priya, community: here, body });

  test('are added once, held, and removed when nobody is in them', async () => {
    await add(tea);
    await add({ ...tea, purpose: 'Something else' });
    await give('own-tea-talk', { id: ann.id });
    const remove = () =>
      request(feature, api.removeRole, { who: priya, community: here, params: { role: 'own-tea-talk' } });
    expect((await failureOf(remove())).code).toBe('invalid');
    expect(
      (await read()).roles.filter(({ kind }) => kind === 'own').map(({ title, purpose }) => ({ title, purpose })),
    ).toEqual([tea]);

    await request(feature, api.endHolding, {
      who: priya,
      community: here,
      params: { role: 'own-tea-talk', person: ann.id },
    });
    await remove();
    await remove();

    expect((await read()).roles.filter(({ kind }) => kind === 'own')).toEqual([]);
  });

  test.each([
    ['the name of a role of the method', { title: 'sponsor', purpose: '' }],
    ['a name without a letter', { title: '🫖', purpose: '' }],
  ])('with %s are refused', async (_reason, body) => {
    expect((await failureOf(add(body))).code).toBe('invalid');
  });

  describe('can be renamed', () => {
    const change = (body: object, ifMatch: string | null, role = 'own-tea-talk', who = priya) =>
      request(feature, api.changeRole, { who, community: here, params: { role }, body, ifMatch });
    const owns = (view: RolesView) =>
      view.roles
        .filter(({ kind }) => kind === 'own')
        .map(
          ({ id, title, purpose, holders }) =>
            `${id}: ${title}, ${purpose} ${holders.map(({ person: { name } }) => name).join()}`,
        );
    async function added(): Promise<string> {
      const { roles: all } = (await add(tea)).body as RolesView;
      return all.find(({ id }) => id === 'own-tea-talk')!.etag!;
    }

    test('and keep their key and whoever holds them; a repeated press changes nothing more', async () => {
      const etag = await added();
      await give('own-tea-talk', { id: ann.id });

      await change({ title: 'Keeper of the kettle', purpose: 'Tea.' }, etag);
      const again = await change({ title: 'Keeper of the kettle', purpose: 'Tea.' }, etag);

      expect(owns(again.body as RolesView)).toEqual(['own-tea-talk: Keeper of the kettle, Tea. Ann Okafor']);
      expect(lists.writes.filter(({ list, operation }) => list === 'ownRoles' && operation === 'update')).toEqual([
        { community: here.id, list: 'ownRoles', operation: 'update', key: 'own-tea-talk', onBehalfOf: tokenOf(priya) },
      ]);
    });

    test('and their old name is free for another role, which gets a key of its own, once', async () => {
      await change({ title: 'Keeper of the kettle', purpose: '' }, await added());

      await add(tea);
      const { body } = await add(tea);

      expect(owns(body as RolesView)).toEqual([
        'own-tea-talk: Keeper of the kettle,  ',
        'own-tea-talk-2: Tea & talk, Brings biscuits. ',
      ]);
    });

    test('with an old version is a conflict that shows what is stored now', async () => {
      const etag = await added();
      await change({ title: 'Theirs', purpose: '' }, etag);

      const failure = await failureOf(change({ title: 'Mine', purpose: '' }, etag));

      const current = (await read()).roles.find(({ id }) => id === 'own-tea-talk');
      expect(failure).toEqual({ code: 'version-conflict', details: { current, etag: current?.etag } });
      expect(current?.title).toBe('Theirs');
    });

    test.each<[string, object, string, typeof ann, string]>([
      ['to the name of a role of the method', { title: 'Sponsor', purpose: '' }, 'own-tea-talk', priya, 'invalid'],
      ['to the name of another own role', { title: 'MAPS', purpose: '' }, 'own-tea-talk', priya, 'invalid'],
      ['to a name without a letter', { title: '🫖', purpose: '' }, 'own-tea-talk', priya, 'invalid'],
      ['when it is a role of the method', { title: 'Patron', purpose: '' }, 'sponsor', priya, 'invalid'],
      ['when there is none', { title: 'Patron', purpose: '' }, 'own-nothing', priya, 'not-found'],
      ['by a member', { title: 'Patron', purpose: '' }, 'own-tea-talk', ann, 'not-allowed'],
    ])('but not %s', async (_reason, body, role, who, code) => {
      const etag = await added();
      await add({ title: 'Maps', purpose: '' });

      expect((await failureOf(change(body, etag, role, who))).code).toBe(code);
    });
  });

  test('are twenty at most', async () => {
    for (let index = 0; index < 20; index++) await add({ title: `Role ${index}`, purpose: '' });

    expect((await failureOf(add(tea))).code).toBe('invalid');
  });

  test('those of the method stay', async () => {
    expect(
      (await failureOf(request(feature, api.removeRole, { who: priya, community: here, params: { role: 'sponsor' } })))
        .code,
    ).toBe('invalid');
  });
});

async function read(who = ann): Promise<RolesView> {
  return (await request(feature, api.roles, { who, community: here })).body as RolesView;
}

async function give(role: string, candidate: object): Promise<RolesView> {
  return (
    await request(feature, api.giveRole, {
      who: omar,
      community: here,
      params: { role },
      body: { person: candidate, term },
    })
  ).body as RolesView;
}

function holdingIn(view: RolesView, role: string) {
  return view.roles.find(({ id }) => id === role)?.holders[0];
}

function holdersIn(view: RolesView, role: string): readonly string[] {
  return (view.roles.find(({ id }) => id === role)?.holders ?? []).map(
    ({ person: { name }, since, until, note }) => `${name} ${since} ${until} ${note}`,
  );
}
