import { beforeEach, describe, expect, test } from '@jest/globals';
import { api } from '../../../../domain/api.ts';
import type { ActionView, OlderActions } from '../../../../domain/plan/api.ts';
import type { FileAnswer } from '../../../../domain/endpoint.ts';
import type { Member } from '../../../../domain/community.ts';
import type { DetailChange } from '../../../../domain/plan/details.ts';
import type { Action } from '../../../../domain/plan/plan.ts';
import { member, newCommunity, person } from '../../../support/feature-parts.ts';
import { failureOf, request, tokenOf } from '../../../support/requests.ts';
import { amara, daniel, here, priya, room, scene, type Scene } from './parts.ts';

const id = 'book-a-room';
let now: Scene;
beforeEach(() => {
  now = scene();
});

function saves(who: Member, body: Action, ifMatch: string | null) {
  return request(now.feature, api.saveAction, { who, community: here, params: { action: id }, body, ifMatch });
}

describe('adding', () => {
  test('is for every member, on their behalf, once for a repeated request', async () => {
    const first = await now.adds(id, {}, daniel);
    const second = await now.adds(id, {}, daniel);

    expect(second).toEqual(first);
    expect(first).toEqual({
      ...room,
      id,
      steps: [],
      links: [],
      etag: expect.any(String),
      addedBy: person('Daniel Fitzgerald'),
      doneAt: null,
      changed: { by: person('Daniel Fitzgerald'), at: '2026-11-23T09:00:00.000Z' },
      reach: 'everything',
    });
    expect(now.lists.writes).toEqual([
      { community: here.id, list: 'plan', operation: 'create', key: id, onBehalfOf: tokenOf(daniel) },
    ]);
  });

  test.each<[string, Partial<Action>, string, string]>([
    ['with an owner who is not in the team', { owners: [person('Gone Away')] }, id, 'invalid'],
    ['under an id that is none', {}, '../x', 'not-found'],
  ])('is refused %s', async (_reason, change, action, code) => {
    const failure = await failureOf(
      request(now.feature, api.saveAction, {
        who: priya,
        community: here,
        params: { action },
        body: { ...room, ...change },
        ifMatch: null,
      }),
    );

    expect(failure.code).toBe(code);
    expect(now.lists.writes).toEqual([]);
  });

  test('takes owners’ names from the team, not from who asks', async () => {
    const { owners } = await now.adds(id, { owners: [{ id: amara.id, name: 'Somebody else' }] });

    expect(owners).toEqual([person('Amara Okafor')]);
  });

  test('keeps 10,000 characters, emoji and what is written from right to left', async () => {
    const notes = 'שלום 🫖 '.repeat(1250);

    await now.adds(id, { title: 'פגישה 🗓️ =1+1', notes });

    const {
      actions: [found],
    } = await now.sees(amara);
    expect([found?.title, found?.notes]).toEqual(['פגישה 🗓️ =1+1', notes]);
  });
});

describe('saving', () => {
  test.each<[string, Member, Partial<Action>, 'saved' | 'not-allowed']>([
    [
      'the coordinator changes all of it',
      priya,
      { title: 'Book two rooms', owners: [], weight: 'nice-to-have' },
      'saved',
    ],
    ['its owner says how it goes', amara, { state: 'stuck', due: '2026-12-01', notes: 'No room free' }, 'saved'],
    ['its owner cannot call it something else', amara, { title: 'Rest' }, 'not-allowed'],
    ['its owner cannot hand it on', amara, { owners: [person('Daniel Fitzgerald')] }, 'not-allowed'],
    ['another member changes nothing', daniel, { state: 'done' }, 'not-allowed'],
    ['a team owner changes all of it', member('Helen Osei', { owner: true }), { aim: 'Share what works' }, 'saved'],
  ])('%s', async (_reason, who, change, expected) => {
    const { etag } = await now.adds(id);

    const outcome = await saves(who, { ...room, ...change }, etag).then(
      () => 'saved',
      (error: { code: string }) => error.code,
    );

    expect(outcome).toBe(expected);
    expect((await now.sees(priya)).actions[0]).toMatchObject(expected === 'saved' ? change : room);
  });

  test('over somebody else’s save is refused, with what is stored now', async () => {
    const { etag } = await now.adds(id);
    await saves(priya, { ...room, state: 'doing' }, etag);

    const failure = await failureOf(saves(amara, { ...room, state: 'stuck' }, etag));

    const [current] = (await now.sees(amara)).actions;
    expect(failure).toEqual({ code: 'version-conflict', details: { current, etag: current?.etag } });
  });

  test('what was removed meanwhile is refused, with nothing stored', async () => {
    const { etag } = await now.adds(id);
    await request(now.feature, api.removeAction, {
      who: priya,
      community: here,
      params: { action: id },
      ifMatch: etag,
    });

    const failure = await failureOf(saves(amara, { ...room, state: 'done' }, etag));

    expect(failure).toEqual({ code: 'version-conflict', details: { current: null, etag: undefined } });
  });

  test('what is stored already, because an answer was lost, succeeds', async () => {
    const { etag } = await now.adds(id);
    const { body: first } = await saves(amara, { ...room, state: 'done' }, etag);

    const { body: second } = await saves(amara, { ...room, state: 'done' }, etag);

    expect(second).toEqual(first);
    expect((first as ActionView).doneAt).toBe('2026-11-23T09:00:00.000Z');
  });

  test('keeps an owner who has left the team; only who is there can be added', async () => {
    const { etag } = await now.adds(id);
    const after = scene([priya, daniel]);
    const stored = (await now.lists.of(here.id).plan.all())[0]!.value;
    await after.lists.of(here.id).plan.create(stored);

    const { body } = await request(after.feature, api.saveAction, {
      who: priya,
      community: here,
      params: { action: id },
      body: { ...room, owners: [person('Amara Okafor'), person('Daniel Fitzgerald')] },
      ifMatch: (await after.sees(priya)).actions[0]!.etag,
    });

    expect((body as ActionView).owners).toEqual([person('Amara Okafor'), person('Daniel Fitzgerald')]);
    expect((await after.sees(priya)).left).toEqual([amara.id]);
    expect(etag).not.toBe('');
  });
});

describe('steps and links', () => {
  const [bake, lay] = ['step-bake', 'step-lay-out'];
  function changes(who: Member, body: DetailChange) {
    return request(now.feature, api.changeDetail, { who, community: here, params: { action: id }, body });
  }
  beforeEach(async () => {
    await now.adds(id);
    await changes(priya, { kind: 'add-step', id: bake, text: 'Bake a cake' });
    await changes(amara, { kind: 'add-step', id: lay, text: 'Lay the table' });
  });

  test('are added by coordinators and owners, on their behalf, and everybody sees them', async () => {
    await changes(amara, { kind: 'add-link', id: 'link-menu', title: 'Menu', address: 'https://example.org/menu' });

    const [action] = (await now.sees(daniel)).actions;
    expect(action).toMatchObject({
      steps: [
        { id: bake, text: 'Bake a cake', done: false },
        { id: lay, text: 'Lay the table', done: false },
      ],
      links: [{ id: 'link-menu', title: 'Menu', address: 'https://example.org/menu' }],
      changed: { by: person('Amara Okafor') },
    });
    expect(now.lists.writes.at(-1)?.onBehalfOf).toBe(tokenOf(amara));
  });

  test('two people who tick two steps at the same moment both hold', async () => {
    now.lists.beforeNext('update', 'plan', async () => {
      await changes(amara, { kind: 'tick-step', id: lay, done: true });
    });

    const { body } = await changes(priya, { kind: 'tick-step', id: bake, done: true });

    expect((body as ActionView).steps.map(({ done }) => done)).toEqual([true, true]);
    expect((await now.sees(daniel)).actions[0]?.steps.map(({ done }) => done)).toEqual([true, true]);
  });

  test('the same press twice is written once', async () => {
    await changes(priya, { kind: 'tick-step', id: bake, done: true });
    const { length } = now.lists.writes;

    await changes(priya, { kind: 'tick-step', id: bake, done: true });

    expect(now.lists.writes).toHaveLength(length);
  });

  test('somebody whose action it is not changes nothing', async () => {
    const failure = await failureOf(changes(daniel, { kind: 'tick-step', id: bake, done: true }));

    expect(failure.code).toBe('not-allowed');
  });

  test('of an action that is gone are not found', async () => {
    const { etag } = (await now.sees(priya)).actions[0]!;
    await request(now.feature, api.removeAction, {
      who: priya,
      community: here,
      params: { action: id },
      ifMatch: etag,
    });

    const failure = await failureOf(changes(priya, { kind: 'tick-step', id: bake, done: true }));

    expect(failure.code).toBe('not-found');
  });

  test('stay as they are while somebody saves the action, whatever that says of them', async () => {
    const { etag } = (await now.sees(priya)).actions[0]!;

    await saves(priya, { ...room, title: 'Book two rooms', ...{ steps: [], links: [] } }, etag);

    expect((await now.sees(priya)).actions[0]).toMatchObject({ title: 'Book two rooms', steps: [{ id: bake }, {}] });
  });

  test('come back with an action whose removal is undone', async () => {
    const { etag, steps, links } = (await now.sees(priya)).actions[0]!;
    await request(now.feature, api.removeAction, {
      who: priya,
      community: here,
      params: { action: id },
      ifMatch: etag,
    });

    await saves(priya, { ...room, ...{ steps, links } }, null);

    expect((await now.sees(priya)).actions[0]?.steps).toEqual(steps);
  });
});

describe('removing', () => {
  test('may be repeated', async () => {
    const { etag } = await now.adds(id);
    const remove = () =>
      request(now.feature, api.removeAction, { who: priya, community: here, params: { action: id }, ifMatch: etag });

    await remove();
    await remove();

    expect((await now.sees(priya)).actions).toEqual([]);
    expect(now.lists.writes.map(({ operation, onBehalfOf }) => [operation, onBehalfOf])).toEqual([
      ['create', tokenOf(priya)],
      ['remove', tokenOf(priya)],
    ]);
  });

  test.each([
    ['its owner, who did not add it', amara, 'not-allowed'],
    ['a coordinator who saw an older version', priya, 'version-conflict'],
  ] as const)('is refused to %s', async (_reason, who, code) => {
    const { etag } = await now.adds(id);
    await saves(priya, { ...room, notes: 'New' }, etag);

    const failure = await failureOf(
      request(now.feature, api.removeAction, { who, community: here, params: { action: id }, ifMatch: etag }),
    );

    expect(failure.code).toBe(code);
    expect((await now.sees(priya)).actions).toHaveLength(1);
  });
});

describe('the plan', () => {
  test('offers the charter’s aims, reads soonest first, and says what is mine to change', async () => {
    await now.lists.of(here.id).charter.create({
      key: 'aims',
      section: 'aims',
      text: '- Share what works\n- **Save** time',
      reviewOn: null,
      changedBy: person('Priya Raman'),
      changedAt: '2026-11-23T09:00:00Z',
    });
    await now.adds('without-a-day', { due: null, owners: [] });
    await now.adds(id);

    const { today, aims, actions, left } = await now.sees(amara);

    expect({ today, aims, left, actions: actions.map(action => [action.id, action.reach]) }).toEqual({
      today: '2026-11-23',
      aims: ['Share what works', 'Save time'],
      left: [],
      actions: [
        [id, 'progress'],
        ['without-a-day', 'nothing'],
      ],
    });
  });

  test('reads a row that somebody edited in SharePoint as well as it goes', async () => {
    await now.adds(id);
    const { plan } = now.lists.of(here.id);
    const row = (await plan.find(id))!;
    await plan.update(row, { ...row.value, title: ' ', due: 'next week', aim: ' ', notes: 'x'.repeat(12_000) });

    const {
      actions: [action],
    } = await now.sees(priya);

    expect([action?.title, action?.due, action?.aim, action?.notes.length]).toEqual(['…', null, null, 10_000]);
  });

  describe('what was done long ago', () => {
    beforeEach(async () => {
      await now.adds('still-open');
      const { plan } = now.lists.of(here.id);
      for (const [key, doneAt] of [
        ['done-lately', '2026-10-25T09:00:00Z'],
        ['done-in-summer', '2026-07-01T09:00:00Z'],
        ['done-last-year', '2025-07-01T09:00:00Z'],
      ] as const) {
        await now.adds(key, { state: 'done' }, daniel);
        const row = (await plan.find(key))!;
        await plan.update(row, { ...row.value, doneAt });
      }
    });

    const older = async (before?: string) =>
      (
        await request(now.feature, api.olderActions, {
          who: priya,
          community: here,
          params: before === undefined ? {} : { before },
        })
      ).body as OlderActions;

    test('is counted, and comes on ask, the last first', async () => {
      const { actions, doneBefore } = await now.sees(priya);

      expect(actions.map(action => action.id).toSorted()).toEqual(['done-lately', 'still-open']);
      expect(doneBefore).toBe(2);
      expect(await older()).toMatchObject({
        actions: [{ id: 'done-in-summer' }, { id: 'done-last-year', reach: 'everything' }],
        next: null,
        left: [],
      });
      expect((await older('2026-01-01T00:00:00.000Z_1')).actions.map(action => action.id)).toEqual(['done-last-year']);
      expect((await older('yesterday')).actions).toEqual([]);
    });

    test('is found by its id, changed, and in the file', async () => {
      const one = { who: priya, community: here, params: { action: 'done-last-year' } };
      const { body, etag } = await request(now.feature, api.action, one);
      expect(body).toMatchObject({ id: 'done-last-year', state: 'done', etag });

      const saved = await request(now.feature, api.saveAction, {
        ...one,
        body: { ...room, state: 'doing' },
        ifMatch: etag ?? null,
      });
      expect(saved.body).toMatchObject({ state: 'doing', doneAt: null });
      expect((await now.sees(priya)).doneBefore).toBe(1);

      const file = (await request(now.feature, api.exportPlan, { who: daniel, community: here })).body as FileAnswer;
      expect(new TextDecoder().decode(file.bytes).trim().split('\r\n')).toHaveLength(5);
    });

    test('that was removed is not found', async () => {
      const failure = await failureOf(
        request(now.feature, api.action, { who: priya, community: here, params: { action: 'never-there' } }),
      );

      expect(failure.code).toBe('not-found');
    });
  });

  test('is not there before the community is set up', async () => {
    const failure = await failureOf(request(now.feature, api.plan, { who: priya, community: newCommunity() }));

    expect(failure.code).toBe('not-set-up');
  });
});

test('the file names states in words and owners by name, and holds no formula', async () => {
  await now.adds(id, {
    title: '=HYPERLINK("http://evil.example")',
    state: 'done',
    owners: [person('Amara Okafor'), person('Daniel Fitzgerald')],
    aim: 'Save time',
    notes: 'Two\nlines',
    steps: [
      { id: 'step-one', text: 'Ask', done: true },
      { id: 'step-two', text: 'Book', done: false },
    ],
    links: [{ id: 'link-one', title: 'Room', address: 'https://example.org/room' }],
  } as object);

  const { body } = await request(now.feature, api.exportPlan, { who: daniel, community: here });

  const { name, type, bytes } = body as FileAnswer;
  expect([name, type]).toEqual(['Data Storytellers plan 2026-11-23.csv', 'text/csv; charset=utf-8']);
  expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)).toBe(
    '\ufeffAction,State,Owners,Due,Baseline or nice to have,Aim,Notes,Steps,Links,Done on\r\n' +
      '"\'=HYPERLINK(""http://evil.example"")",Done,"Amara Okafor; Daniel Fitzgerald",2026-11-24,Baseline,Save time,"Two\nlines","☑ Ask\n☐ Book",Room: https://example.org/room,2026-11-23\r\n',
  );
});
