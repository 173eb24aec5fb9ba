import { beforeEach, describe, expect, test } from '@jest/globals';
import { api } from '../../../../domain/api.ts';
import { mostShown } from '../../../../domain/events/api.ts';
import type { Event } from '../../../../domain/events/event.ts';
import { community, member, person, settings } from '../../../support/feature-parts.ts';
import { textsIn } from '../../../support/cards.ts';
import { failureOf, request, tokenOf } from '../../../support/requests.ts';
import { amara, daniel, gwen, here, id, priya, scene, surgery, type Scene } from './parts.ts';

let now: Scene;
beforeEach(() => {
  now = scene();
});

describe('proposing an event', () => {
  test('is for every member, on their behalf, once for a repeated request', async () => {
    const first = await now.saves({}, { who: amara });
    const second = await now.saves({}, { who: amara });

    expect(second).toEqual(first);
    expect(first).toMatchObject({
      ...surgery,
      id,
      state: 'draft',
      startsAt: '2026-11-26T15:00:00.000Z',
      endsAt: '2026-11-26T16:00:00.000Z',
      addedBy: person('Amara Okafor'),
      announcedBy: null,
      there: null,
      mayEdit: true,
      moves: ['announce', 'cancel'],
      takesAnswers: false,
      byHand: false,
    });
    expect(now.lists.writes).toEqual([
      { community: here.id, list: 'events', operation: 'create', key: id, onBehalfOf: tokenOf(amara) },
    ]);
    expect(now.messenger.posted).toEqual([]);
  });

  test('takes the names of hosts from the team, and refuses strangers', async () => {
    const { hosts } = await now.saves({ hosts: [{ id: amara.id, name: 'Somebody else' }] });

    expect(hosts).toEqual([person('Amara Okafor')]);
    const failure = await failureOf(now.saves({ hosts: [person('Gone Away')] }, { event: 'another-event' }));
    expect(failure).toMatchObject({ code: 'invalid', details: { fields: ['hosts'] } });
  });

  test.each<[string, Partial<Event>, string]>([
    ['Europe/London', { day: '2026-03-29', time: '01:30' }, '2026-03-29T01:30:00.000Z'],
    ['Europe/London', { day: '2026-10-25', time: '01:30' }, '2026-10-25T00:30:00.000Z'],
    ['Asia/Kathmandu', { day: '2026-11-26', time: '09:00' }, '2026-11-26T03:15:00.000Z'],
  ])('in %s on %j begins at %s: by the clock on the wall', async (timeZone, change, startsAt) => {
    const where = community({ settings: settings({ timeZone }) });
    const body = { ...surgery, ...change };
    const saves = () =>
      request(now.feature, api.saveEvent, { who: priya, community: where, params: { event: id }, body, ifMatch: null });

    const first = (await saves()).body;

    expect(first).toMatchObject({ startsAt });
    expect((await saves()).body).toEqual(first);
  });

  test('on a day that the zone skips is refused, and says which field', async () => {
    const where = community({ settings: settings({ timeZone: 'Pacific/Apia' }) });

    const failure = await failureOf(now.saves({ day: '2011-12-30' }, { where }));

    expect(failure).toMatchObject({ code: 'invalid', details: { fields: ['day'] } });
    expect(now.lists.writes).toEqual([]);
  });

  test.each(['javascript:alert(1)', 'https://ann:secret@example.org/', 'http://example.org'])(
    'refuses %s as a link',
    async link => {
      await expect(now.saves({ link })).rejects.toThrow();
      expect(now.lists.writes).toEqual([]);
    },
  );
});

describe('saving an event', () => {
  test('keeps both of two who edited at once: the second one sees what is there', async () => {
    const { etag } = await now.saves();
    await now.saves({ title: 'Chart clinic' }, { ifMatch: etag });

    const failure = await failureOf(now.saves({ place: 'Room 4' }, { ifMatch: etag, who: gwen }));

    expect(failure).toMatchObject({ code: 'version-conflict', details: { current: { title: 'Chart clinic' } } });
  });

  test.each([
    ['a host', gwen, true],
    ['who looks after events', priya, true],
    ['anybody else', daniel, false],
  ])('is for %s', async (_who, who, may) => {
    const { etag } = await now.announced();

    const outcome = await now.saves({ title: 'Chart clinic' }, { ifMatch: etag, who }).then(
      ({ title }) => title,
      ({ code }) => code,
    );

    expect(outcome).toBe(may ? 'Chart clinic' : 'not-allowed');
  });

  test('changes no moment of what was held', async () => {
    await now.announced();
    now.clock.moveTo('2026-11-26T17:00:00Z');
    await now.notes({ people: [{ id: amara.id, was: 'yes' }] });
    const { etag } = await now.sees(gwen);

    const saved = await now.saves({ day: '2026-12-03', minutes: 5, keep: 'Six people' }, { ifMatch: etag });

    expect(saved).toMatchObject({ day: '2026-11-26', minutes: 60, keep: 'Six people', state: 'held' });
  });

  test('by hand in SharePoint makes nobody a host', async () => {
    await now.announced();
    const row = (await now.lists.of(here.id).events.find(id))!.value;
    await now.lists.byHand(here.id, 'events', { ...row, hosts: [person('Daniel Fitzgerald')] });

    const seen = await now.sees(daniel);
    const failure = await failureOf(now.moves('cancel', daniel));

    expect(seen).toMatchObject({ byHand: true, mayEdit: false, moves: [] });
    expect(failure.code).toBe('not-allowed');
    // Whoever looks after events saves it, and from then on it counts.
    await now.saves({ hosts: [person('Daniel Fitzgerald')] }, { ifMatch: seen.etag });
    expect(await now.sees(daniel)).toMatchObject({ byHand: false, mayEdit: true });
  });
});

describe('announcing', () => {
  test('puts one card into the channel, however often it is asked', async () => {
    await now.announced();
    await now.moves('announce');

    expect(now.messenger.posted.map(({ kind, period, to }) => [kind, period, to])).toEqual([
      ['events.card', id, 'channel'],
    ]);
    expect(JSON.stringify(now.messenger.posted[0]!.card)).toContain('Thursday 26 November, 15:00–16:00 (London time)');
    expect(await now.sees(amara)).toMatchObject({ announcedBy: person('Priya Raman'), takesAnswers: true });
  });

  test('of an event for the core group tells the channel nothing', async () => {
    await now.announced({ audience: 'core' });

    expect(now.messenger.posted).toEqual([]);
    expect(await now.sees(daniel)).toMatchObject({ takesAnswers: false });
    expect(await now.sees(priya)).toMatchObject({ takesAnswers: true });
  });

  test('is too late once it has begun', async () => {
    await now.saves();
    now.clock.moveTo('2026-11-26T15:00:00Z');

    expect((await failureOf(now.moves('announce'))).code).toBe('invalid');
  });
});

describe('moving and cancelling', () => {
  beforeEach(async () => {
    await now.announced();
    await now.answers(amara, 'coming');
    await now.answers(daniel, 'not');
  });

  test('tells those who had said that they come, once, and keeps what they said as said before', async () => {
    const { etag } = await now.sees(priya);
    now.clock.moveTo('2026-11-24T09:00:00Z');
    await now.saves({ day: '2026-11-27' }, { ifMatch: etag });
    await now.saves({ day: '2026-11-27' }, { ifMatch: etag });

    const told = now.messenger.posted.filter(({ kind }) => kind === 'events.moved');
    expect(told.map(({ to }) => to)).toEqual([amara.id]);
    expect(await now.sees(amara)).toMatchObject({ mine: { says: 'coming', before: true } });
    expect(await now.answers(amara, 'coming')).toMatchObject({ mine: { says: 'coming', before: false } });
  });

  test('back and forth within a day is told each time it moves', async () => {
    const { etag } = await now.sees(priya);
    now.clock.moveTo('2026-11-24T09:00:00Z');
    const once = await now.saves({ day: '2026-11-27' }, { ifMatch: etag });
    now.clock.moveTo('2026-11-24T10:00:00Z');
    await now.saves({}, { ifMatch: once.etag });

    expect(now.messenger.posted.filter(({ kind }) => kind === 'events.moved')).toHaveLength(2);
  });

  test('turns the card in the channel', async () => {
    await now.moves('cancel');

    const [card] = now.messenger.posted.filter(({ kind }) => kind === 'events.card');
    expect(textsIn(card!.card)).toContain('It does not take place');
    expect(JSON.stringify(card!.card)).not.toContain('events.answer');
    expect(now.messenger.posted.filter(({ kind }) => kind === 'events.cancelled').map(({ to }) => to)).toEqual([
      amara.id,
    ]);
  });

  test('afterwards, that it did not take place, tells nobody who stood there', async () => {
    now.clock.moveTo('2026-11-26T17:00:00Z');
    await now.moves('cancel');

    expect(now.messenger.posted.filter(({ kind }) => kind === 'events.cancelled')).toEqual([]);
  });

  test('nothing of it reaches somebody who has left the team', async () => {
    const left = scene([priya, gwen]);
    await left.announced();
    const { key, ...row } = (await now.lists.of(here.id).attendance.find(`${id}/${amara.id}`))!.value;
    await left.lists.of(here.id).attendance.create({ key, ...row });
    await left.moves('cancel');

    expect(left.messenger.posted.filter(({ kind }) => kind === 'events.cancelled')).toEqual([]);
  });
});

describe('answering', () => {
  test('is everybody’s own, counted on the card, and can be changed', async () => {
    await now.announced();
    await now.answers(amara, 'maybe');
    await now.answers(amara, 'coming');
    const seen = await now.answers(daniel, 'not');

    expect(seen).toMatchObject({ counts: { coming: 1, maybe: 0, not: 1 }, coming: [person('Amara Okafor')] });
    expect((await now.seesAll(daniel)).events[0]).toMatchObject({
      mine: { says: 'not', appetite: null, before: false },
    });
    const [card] = now.messenger.posted;
    expect(textsIn(card!.card)).toContain('One person comes: Amara Okafor.');
  });

  test.each([
    ['before it is announced', async () => void (await now.saves())],
    ['when it is cancelled', async () => void (await now.announced().then(() => now.moves('cancel')))],
    [
      'when it is over',
      async () => {
        await now.announced();
        now.clock.moveTo('2026-11-26T16:00:00Z');
      },
    ],
  ])('%s is refused', async (_when, prepare) => {
    await prepare();

    expect((await failureOf(now.answers(amara, 'coming'))).code).toBe('invalid');
  });

  test('is for those who are invited', async () => {
    await now.announced({ audience: 'named', named: [person('Amara Okafor')] });

    expect(await now.answers(amara, 'coming')).toMatchObject({ mine: { says: 'coming' } });
    expect((await failureOf(now.answers(daniel, 'coming'))).code).toBe('not-allowed');
  });

  test('a launch asks how they would take part, and no other event does', async () => {
    await now.announced({ kind: 'launch' });
    await now.announced({}, 'another-event');

    expect(await now.answers(amara, 'coming', 'lead')).toMatchObject({ mine: { appetite: 'lead' } });
    expect(await now.answers(amara, 'coming', 'lead', 'another-event')).toMatchObject({ mine: { appetite: null } });
  });

  test('by two thousand at once makes the card anew a few times only, and counts them all', async () => {
    const crowd = Array.from({ length: 2000 }, (_, place) => member(`Person ${place}`));
    const full = scene([priya, gwen, ...crowd]);
    await full.announced();

    await Promise.all(crowd.map(one => full.answers(one, 'coming')));

    expect(full.messenger.refreshed.length).toBeLessThan(100);
    expect(textsIn(full.messenger.posted[0]!.card).join('\n')).toMatch(/2,?000 people come/);
    expect(await full.sees(priya)).toMatchObject({ counts: { coming: 2000 } });
  }, 120_000);

  test('one whose card cannot be made is told so, and everybody else is not', async () => {
    await now.announced();
    await now.announced({}, 'another-event');
    const refresh = now.messenger.refresh;
    now.messenger.refresh = async message => {
      if (message.period === id) throw new Error('the outbox is down');
      return refresh(message);
    };

    const outcomes = await Promise.allSettled([
      now.answers(amara, 'coming'),
      now.answers(daniel, 'coming', null, 'another-event'),
    ]);

    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    now.messenger.refresh = refresh;
    // Pressed again it changes nothing, and tells all the same.
    await now.answers(amara, 'coming');
    expect(textsIn(now.messenger.posted.find(({ period }) => period === id)!.card)).toContain(
      'One person comes: Amara Okafor.',
    );
  });
});

describe('who was there', () => {
  beforeEach(async () => {
    await now.announced();
    await now.answers(amara, 'coming');
    now.clock.moveTo('2026-11-26T17:00:00Z');
  });

  test('is noted person by person, guests once, and said against what was answered', async () => {
    const view = await now.notes({
      people: [
        { id: amara.id, was: 'yes' },
        { id: daniel.id, was: 'yes' },
      ],
      guests: [
        { name: 'A guest', organisation: 'St Mary’s', was: 'yes' },
        { name: 'a  GUEST', organisation: 'st mary’s', was: 'yes' },
      ],
    });

    expect(view.counts).toEqual({ coming: 1, maybe: 0, not: 0, there: 3, guests: 1 });
    expect(view.compared).toEqual({ asSaid: 1, unsaid: 1, missing: 0 });
    expect(view.organisations).toEqual([{ name: 'St Mary’s', count: 1 }]);
    expect(await now.sees(gwen)).toMatchObject({ state: 'held', there: 3 });
  });

  test('by two hosts at once is a row a person: both hold', async () => {
    await Promise.all([
      now.notes({ people: [{ id: amara.id, was: 'yes' }] }, gwen),
      now.notes({ people: [{ id: daniel.id, was: 'yes' }] }, priya),
    ]);

    expect((await now.seesAttendance(gwen)).counts.there).toBe(2);
  });

  test('said again, and with one taken back, is what was said last', async () => {
    await now.notes({
      people: [{ id: amara.id, was: 'yes' }],
      guests: [{ name: 'Jo', organisation: '', was: 'yes' }],
    });
    const writes = now.lists.writes.length;
    await now.notes({ people: [{ id: amara.id, was: 'yes' }] });
    expect(now.lists.writes.length).toBe(writes);

    const view = await now.notes({ guests: [{ name: 'Jo', organisation: '', was: 'no' }] });
    expect(view.counts).toMatchObject({ there: 1, guests: 0 });
    expect(await now.sees(gwen)).toMatchObject({ there: 1 });
  });

  test('may be nobody: it is held with none', async () => {
    await now.notes({ people: [{ id: amara.id, was: 'no' }] });

    expect(await now.sees(gwen)).toMatchObject({ state: 'held', there: 0 });
  });

  test.each([
    ['a stranger', { people: [{ id: 'nobody-we-know', was: 'yes' as const }] }, gwen, 'invalid'],
    ['by somebody who may not', { people: [{ id: amara.id, was: 'yes' as const }] }, daniel, 'not-allowed'],
  ])('is refused: %s', async (_what, noted, who, code) => {
    expect((await failureOf(now.notes(noted, who))).code).toBe(code);
    expect(await now.sees(gwen)).toMatchObject({ state: 'announced' });
  });

  test('is not said of what has not begun', async () => {
    await now.announced({ day: '2026-12-24' }, 'another-event');

    const failure = await failureOf(now.notes({ people: [] }, gwen, 'another-event'));

    expect(failure.code).toBe('invalid');
  });

  test('is found by name where there are many', async () => {
    const crowd = Array.from({ length: 400 }, (_, place) => member(`Person ${String(place).padStart(3, '0')}`));
    const full = scene([priya, gwen, ...crowd]);
    await full.announced();
    full.clock.moveTo('2026-11-26T17:00:00Z');
    await full.notes({ people: crowd.map(({ id: one }) => ({ id: one, was: 'yes' as const })) });

    const all = await full.seesAttendance(gwen);
    const some = await full.seesAttendance(gwen, 'person 39');

    expect([all.rows.length, all.found]).toEqual([mostShown, 400]);
    expect(some.rows.map(({ person: one }) => one?.name)).toHaveLength(10);
    expect(some.counts.there).toBe(400);
  });
});

test('what comes next goes to the plan, once', async () => {
  await now.announced();
  const steps = [{ id: 'step-number-1', title: 'Share the corrected chart' }];
  const asks = (who = gwen) =>
    request(now.feature, api.planSteps, { who, community: here, params: { event: id }, body: { steps } });

  await asks();
  await asks();

  expect(now.planned).toEqual([{ title: 'Share the corrected chart', id: 'step-number-1' }]);
  expect((await failureOf(asks(daniel))).code).toBe('not-allowed');
});

test('the six Ps are written down one at a time, whatever else was changed', async () => {
  const { etag } = await now.saves();
  const writes = (ps: string, text: string, who = gwen) =>
    request(now.feature, api.prepareEvent, {
      who,
      community: here,
      params: { event: id },
      body: { ps, text, done: true },
    });

  await Promise.all([writes('purpose', 'Charts that people read'), writes('place', 'Online', priya)]);

  expect(await now.sees(gwen)).toMatchObject({
    ps: {
      purpose: { text: 'Charts that people read', done: true },
      place: { text: 'Online', done: true },
    },
  });
  expect((await failureOf(writes('people', 'All', daniel))).code).toBe('not-allowed');
  expect((await now.sees(gwen)).etag).not.toBe(etag);
});

test('before the next event stands what was said after the last two', async () => {
  for (const [event, day, keep] of [
    ['first-event', '2026-11-23', 'Pairs'],
    ['second-event', '2026-11-24', 'Six people'],
    ['third-event', '2026-11-25', 'Tea'],
  ] as const) {
    await now.announced({ day }, event);
    now.clock.moveTo(`${day}T17:00:00Z`);
    await now.notes({}, gwen, event);
    const { etag } = await now.sees(gwen, event);
    await now.saves({ day, keep }, { event, ifMatch: etag });
  }
  await now.saves();

  expect((await now.sees(amara)).lastTimes.map(({ keep, day }) => [day, keep])).toEqual([
    ['2026-11-25', 'Tea'],
    ['2026-11-24', 'Six people'],
  ]);
});

test('in a community whose lists are older there are no events', async () => {
  now.lists.missing.add('events');

  expect(await now.seesAll(amara)).toMatchObject({ events: [] });
});
