import { beforeEach, describe, expect, test } from '@jest/globals';
import { checkCard, textsIn } from '../../../support/cards.ts';
import { community, member, settings } from '../../../support/feature-parts.ts';
import { request } from '../../../support/requests.ts';
import { api } from '../../../../domain/api.ts';
import { CommunityError } from '../../../../domain/errors.ts';
import { here, id, people, priya, scene, type Scene } from './parts.ts';

const [ann, ben] = people as [typeof priya, typeof priya];
let now: Scene;
beforeEach(() => {
  now = scene();
});

test.each([
  ['Europe/London', '2026-03-28T09:00:00Z', '2026-03-29T08:00:00Z', 'over the change to summer time'],
  ['Europe/London', '2026-11-27T09:00:00Z', '2026-11-28T09:00:00Z', 'on Saturdays too'],
  ['Pacific/Auckland', '2026-11-23T00:00:00Z', '2026-11-23T20:00:00Z', 'in the community’s own zone'],
])('in %s, after %s it checks at %s: %s', (timeZone, after, expected) => {
  const next = now.feature.jobs![0]!.next(community({ settings: settings({ timeZone }) }), new Date(after));

  expect(next).toEqual(new Date(expected));
});

test('a survey that cannot be opened is set aside by its title, the others are opened, and it comes back when it can be', async () => {
  now = scene([priya, ...people]);
  await now.plan({ title: 'Broken', opensOn: '2026-11-24', audience: 'channel', anonymous: false }, 'broken-2026');
  await now.plan({ title: 'Whole', opensOn: '2026-11-24', audience: 'channel', anonymous: false }, 'whole-2026');
  now.lists.beforeNext('find', 'participation', () =>
    Promise.reject(new CommunityError('invalid', 'SharePoint refuses it')),
  );

  await now.checks('2026-11-24T09:00:00Z');

  expect([
    now.messenger.posted.map(({ period }) => period),
    (await now.setAside.of(here.id)).map(({ list, key, what, reason }) => ({ list, key, what, reason })),
  ]).toEqual([['whole-2026'], [{ list: 'Surveys', key: 'broken-2026', what: 'Broken', reason: 'failed' }]]);
  await now.checks('2026-11-25T09:00:00Z');
  expect([now.messenger.posted.map(({ period }) => period), await now.setAside.of(here.id)]).toEqual([
    ['whole-2026', 'broken-2026'],
    [],
  ]);
});

describe('opening', () => {
  test('sends each member one card on the first day, however often it looks', async () => {
    await now.plan({ opensOn: '2026-11-24' });
    expect(now.messenger.posted).toEqual([]);

    await now.checks('2026-11-24T09:00:00Z');
    await now.checks('2026-11-25T09:00:00Z');

    expect(now.messenger.posted.map(({ to, kind, period, expires }) => ({ to, kind, period, expires }))).toEqual(
      [...people, priya].map(({ id: to }) => ({
        to,
        kind: 'surveys.ask',
        period: id,
        expires: '2026-11-30T00:00:00.000Z',
      })),
    );
    for (const { card } of now.messenger.posted) checkCard(card);
  });

  test('makes up for a day on which the server stood still', async () => {
    await now.plan({ opensOn: '2026-11-24', audience: 'channel' });

    await now.checks('2026-11-26T09:00:00Z');

    expect(now.messenger.posted.map(({ to }) => to)).toEqual(['channel']);
  });

  test('spares whoever had two surveys this month, and writes down whom', async () => {
    await now.plan({ anonymous: false }, 'first-survey');
    await now.plan({ anonymous: false }, 'second-survey');

    await now.plan();
    await now.checks('2026-11-24T09:00:00Z');

    const { asked, spared } = (await now.lists.of(here.id).participation.find(`${id}/0`))!.value;
    expect({ asked, spared: spared.length }).toEqual({ asked: [], spared: 9 });
    expect(now.messenger.posted.filter(({ kind, period }) => kind === 'surveys.ask' && period === id)).toEqual([]);
  });

  test('asks again in a new month', async () => {
    await now.plan({ anonymous: false }, 'first-survey');
    await now.plan({ anonymous: false }, 'second-survey');
    await now.plan({ opensOn: '2026-12-01', closesOn: '2026-12-05' });

    await now.checks('2026-12-01T09:00:00Z');

    expect(now.messenger.posted.filter(({ period, kind }) => period === id && kind === 'surveys.ask')).toHaveLength(9);
  });

  test('reaches two thousand members with twenty rows, also when it is stopped halfway', async () => {
    const crowd = Array.from({ length: 2_000 }, (_, index) => member(`Member ${String(index).padStart(4, '0')}`));
    now = scene([priya, ...crowd]);
    await now.plan({ opensOn: '2026-11-24' });
    now.clock.moveTo('2026-11-24T09:00:00Z');
    now.lists.beforeNext('create', 'participation', () => Promise.reject(new CommunityError('unavailable', 'stopped')));
    await expect(now.checks('2026-11-24T09:00:00Z')).rejects.toThrow('stopped');

    await now.checks('2026-11-24T09:01:00Z');

    expect(now.messenger.posted).toHaveLength(2_001);
    expect(now.lists.writes.filter(({ list }) => list === 'participation')).toHaveLength(21);
  });
});

describe('the one reminder', () => {
  test.each([true, false])('goes to those who have not answered, anonymous or not: %s', async anonymous => {
    await now.plan({ anonymous });
    await now.checks('2026-11-24T09:00:00Z');
    await now.answers(ann, { worth: 4 });
    await now.answers(ben, { worth: 4 });

    await now.checks('2026-11-27T09:00:00Z');
    await now.checks('2026-11-27T10:00:00Z');

    const reminders = now.messenger.posted.filter(({ kind }) => kind === 'surveys.reminder');
    expect(reminders.map(({ to }) => to)).toEqual([...people.slice(2), priya].map(({ id: to }) => to));
    expect(textsIn(reminders[0]!.card).join(' ')).toContain('This is the only reminder.');
  });

  test('does not go to somebody who was asked and has left the team since', async () => {
    const gone = member('Gone Meanwhile');
    await now.plan();
    const { participation } = now.lists.of(here.id);
    const row = (await participation.find(`${id}/0`))!;
    await participation.update(row, { ...row.value, asked: [...row.value.asked, gone] });
    await now.checks('2026-11-24T09:00:00Z');

    await now.checks('2026-11-27T09:00:00Z');

    const reminders = now.messenger.posted.filter(({ kind }) => kind === 'surveys.reminder');
    expect(reminders.map(({ to }) => to)).toEqual([...people, priya].map(({ id: to }) => to));
  });

  test('in a channel is one line to all', async () => {
    await now.plan({ audience: 'channel' });
    await now.answers(ann, { worth: 4 });

    await now.checks('2026-11-27T09:00:00Z');

    const [reminder, ...others] = now.messenger.posted.filter(({ kind }) => kind === 'surveys.reminder');
    expect([reminder?.to, others]).toEqual(['channel', []]);
    checkCard(reminder!.card);
  });

  test('goes to nobody while the key is missing: nobody knows who has answered', async () => {
    await now.plan();
    await now.answers(ann, { worth: 4 });
    now.box.lock(here.id, id, true);

    await now.checks('2026-11-27T09:00:00Z');

    expect(now.messenger.posted.filter(({ kind }) => kind === 'surveys.reminder')).toEqual([]);
  });

  test('names nobody who answered, anywhere in SharePoint', async () => {
    await now.plan({ audience: 'channel' });
    await now.answers(ann, { worth: 4 });
    await now.checks('2026-11-27T09:00:00Z');

    const { surveys, answers, participation } = now.lists.of(here.id);
    const kept = JSON.stringify(await Promise.all([surveys.all(), answers.all(), participation.all()]));

    expect(kept).not.toContain(`"${ann.id}"`);
    expect(kept).not.toContain(`/${ann.id}`);
  });
});

describe('when the answers are gone, because the app was removed and added again', () => {
  test('the survey is shown as closed at once, takes no answer, and ends in the morning', async () => {
    await now.plan();
    for (const who of people) await now.answers(who, { worth: 2 });
    await now.box.destroy(here.id, id);

    const { body } = await request(now.feature, api.surveys, { who: priya, community: here });
    const late = await now.answers(priya, { worth: 1 }).catch((error: unknown) => error);
    await now.checks('2026-11-24T09:00:00Z');

    expect(body).toMatchObject({
      surveys: [{ id, phase: 'closed', answered: 0, results: { state: 'hidden', why: 'lost' } }],
    });
    expect(late).toMatchObject({ code: 'version-conflict', details: { current: { kind: 'closed' } } });
    expect((await now.lists.of(here.id).surveys.find(id))?.value).toMatchObject({
      closedOn: '2026-11-24',
      answered: -1,
    });
    const told = now.messenger.posted.filter(({ kind }) => kind === 'surveys.closed');
    expect(told.map(({ to }) => to)).toEqual([priya.id]);
    expect(textsIn(told[0]!.card).join(' ')).toContain('the app was removed');
  });

  test('one that nobody had answered goes on', async () => {
    await now.plan();

    await now.checks('2026-11-24T09:00:00Z');

    expect((await now.lists.of(here.id).surveys.find(id))?.value).toMatchObject({ closedOn: null, answered: null });
  });
});

describe('closing', () => {
  test.each([
    [true, 6, ['6 people answered.', '6 of 6']],
    [true, 4, ['This survey has closed. Thank you to everybody who answered.']],
    [false, 6, ['This survey has closed. Thank you to everybody who answered.']],
  ])('turns its card in the channel into what was promised: %s, with %i answers', async (tellsResults, count, said) => {
    await now.plan({ audience: 'channel', tellsResults });
    for (const who of people.slice(0, count)) await now.answers(who, { worth: 4, wish: 'my own words' });

    await now.checks('2026-11-30T09:00:00Z');

    const card = now.messenger.refreshed.findLast(({ kind }) => kind === 'surveys.ask')!.card;
    expect(textsIn(card)).toEqual(expect.arrayContaining(said));
    expect(JSON.stringify(card)).not.toContain('my own words');
  });

  test('puts an anonymous survey down torn into questions, all at once, and forgets the rest', async () => {
    await now.plan();
    for (const [index, who] of people.slice(0, 6).entries())
      await now.answers(who, { worth: 1 + (index % 5), ...(index < 4 ? { wish: `wish ${index}` } : {}) });
    expect(now.lists.writes.filter(({ list }) => list === 'answers')).toEqual([]);

    await now.checks('2026-11-30T09:00:00Z');
    await now.checks('2026-12-01T09:00:00Z');

    const rows = (await now.lists.of(here.id).answers.all({ survey: id })).map(({ value }) => value);
    expect(
      rows.map(({ key, person, day, sheets }) => ({
        key,
        person,
        day,
        worth: sheets.map(sheet => sheet['worth']).toSorted(),
      })),
    ).toEqual([{ key: `${id}/worth/0`, person: null, day: '2026-11-30', worth: [1, 1, 2, 3, 4, 5] }]);
    expect(await now.box.look(here.id, id)).toEqual({ state: 'gone' });
  });

  test('of fewer than five keeps nothing', async () => {
    await now.plan();
    for (const who of people.slice(0, 4)) await now.answers(who, { worth: 2 });

    await now.checks('2026-11-30T09:00:00Z');

    expect(await now.lists.of(here.id).answers.all({ survey: id })).toEqual([]);
    expect((await now.lists.of(here.id).surveys.find(id))?.value.answered).toBe(0);
    expect(await now.box.look(here.id, id)).toEqual({ state: 'gone' });
  });

  test('stopped halfway is finished the next time, with no answer lost or doubled', async () => {
    await now.plan();
    for (const who of people) await now.answers(who, { worth: 2, safe: 3 });
    now.clock.moveTo('2026-11-30T09:00:00Z');
    now.lists.beforeNext('update', 'surveys', () => Promise.reject(new CommunityError('unavailable', 'stopped')));
    await expect(now.checks('2026-11-30T09:00:00Z')).rejects.toThrow('stopped');

    await now.checks('2026-11-30T09:01:00Z');

    const rows = await now.lists.of(here.id).answers.all({ survey: id });
    expect(rows.map(({ value }) => value.sheets.length)).toEqual([8, 8]);
    expect((await now.lists.of(here.id).surveys.find(id))?.value.answered).toBe(8);
  });

  test('stopped before the box was destroyed destroys it the next time, and counts nothing twice', async () => {
    await now.plan();
    for (const who of people) await now.answers(who, { worth: 2 });
    const { destroy } = now.box;
    now.box.destroy = async () => Promise.reject(new CommunityError('unavailable', 'stopped'));
    await expect(now.checks('2026-11-30T09:00:00Z')).rejects.toThrow('stopped');
    now.box.destroy = destroy;

    await now.checks('2026-12-01T09:00:00Z');

    expect(await now.box.look(here.id, id)).toEqual({ state: 'gone' });
    expect((await now.lists.of(here.id).answers.all({ survey: id })).map(({ value }) => value.sheets.length)).toEqual([
      8,
    ]);
  });

  test('on two servers at once, the one that comes late takes nothing back', async () => {
    await now.plan();
    for (const who of people) await now.answers(who, { worth: 2 });
    const { count } = now.box;
    // The other server counts, writes down and destroys before this one looks into the box.
    now.box.count = async (...which) => {
      now.box.count = count;
      await now.checks('2026-11-30T09:00:00Z');
      return now.box.count(...which);
    };

    await now.checks('2026-11-30T09:00:00Z');

    expect((await now.lists.of(here.id).surveys.find(id))?.value.answered).toBe(8);
  });

  test('waits for the key when it is missing, and holds up no other survey', async () => {
    await now.plan();
    for (const who of people) await now.answers(who, { worth: 2 });
    await now.plan({ anonymous: false, closesOn: '2026-11-28' }, 'with-names');
    now.box.lock(here.id, id, true);

    await now.checks('2026-11-30T09:00:00Z');
    const { body } = await request(now.feature, api.surveys, { who: priya, community: here });
    now.box.lock(here.id, id, false);
    await now.checks('2026-12-01T09:00:00Z');

    expect(body).toMatchObject({
      surveys: expect.arrayContaining([expect.objectContaining({ id, results: { state: 'hidden', why: 'locked' } })]),
    });
    const answered = await Promise.all(
      [id, 'with-names'].map(async survey => (await now.lists.of(here.id).surveys.find(survey))?.value.answered),
    );
    expect(answered).toEqual([8, 0]);
  });

  test('waits for a missing key a month, and then says that the answers are lost', async () => {
    await now.plan();
    for (const who of people) await now.answers(who, { worth: 2 });
    now.box.lock(here.id, id, true);

    await now.checks('2026-12-29T09:00:00Z');
    const waiting = (await now.lists.of(here.id).surveys.find(id))?.value.answered;
    await now.checks('2026-12-30T09:00:00Z');

    expect([waiting, (await now.lists.of(here.id).surveys.find(id))?.value.answered]).toEqual([null, -1]);
    expect(await now.box.look(here.id, id)).toEqual({ state: 'gone' });
  });

  test('tells the team’s owners where the coordinators have left the team', async () => {
    const owner = member('Helen Osei', { owner: true });
    now = scene([owner, ...people]);
    await now.plan();
    for (const who of people) await now.answers(who, { worth: 2 });

    await now.checks('2026-11-30T09:00:00Z');

    const told = now.messenger.posted.filter(({ kind }) => kind === 'surveys.closed');
    expect(told.map(({ to }) => to)).toEqual([owner.id]);
  });

  test('turns every copy of the card, and tells the coordinators', async () => {
    await now.plan();
    await now.checks('2026-11-24T09:00:00Z');
    for (const who of people) await now.answers(who, { worth: 2 });

    await now.checks('2026-11-30T09:00:00Z');

    const copies = now.messenger.posted.filter(({ kind }) => kind === 'surveys.ask');
    const told = now.messenger.posted.filter(({ kind }) => kind === 'surveys.closed');
    for (const { card } of [...copies, ...told]) checkCard(card);
    expect(copies.map(({ card }) => textsIn(card)[1])).toEqual(
      Array<string>(9).fill('This survey has closed. Thank you to everybody who answered.'),
    );
    expect(told.map(({ to }) => to)).toEqual([priya.id]);
    expect(textsIn(told[0]!.card)).toContain('8 people answered.');
  });
});

describe('a survey with names', () => {
  test('that three answered is for its coordinators to read: the card says how many and where, and never that nobody may', async () => {
    await now.plan({ anonymous: false });
    await now.checks('2026-11-24T09:00:00Z');
    for (const who of people.slice(0, 3)) await now.answers(who, { worth: 4, wish: 'a secret of mine' });

    await now.checks('2026-11-30T09:00:00Z');

    const [told, ...others] = now.messenger.posted.filter(({ kind }) => kind === 'surveys.closed');
    checkCard(told!.card);
    const texts = textsIn(told!.card);
    expect([told!.to, others]).toEqual([priya.id, []]);
    expect(texts).toContain('3 people answered. Read them, with names, on the Surveys page.');
    expect(texts).toContain('3 of 3');
    expect(texts.join(' ')).not.toMatch(/nobody sees|Fewer than five|a secret of mine|Show in the channel/);
  });

  test('that nobody answered says so', async () => {
    await now.plan({ anonymous: false });

    await now.checks('2026-11-30T09:00:00Z');

    const told = now.messenger.posted.find(({ kind }) => kind === 'surveys.closed');
    expect(textsIn(told!.card)[1]).toContain('Nobody answered.');
  });

  test('shows its coordinators who said what, and members nothing of fewer than five but that they do', async () => {
    await now.plan({ anonymous: false });
    await now.answers(ann, { worth: 4 });
    await now.checks('2026-11-30T09:00:00Z');

    const [forPriya, forAnn] = await Promise.all(
      [priya, ann].map(async who => (await request(now.feature, api.surveys, { who, community: here })).body),
    );

    expect(forPriya).toMatchObject({ surveys: [{ named: [{ person: { name: 'Ann' }, sheet: { worth: 4 } }] }] });
    expect(forAnn).toMatchObject({
      surveys: [{ named: [], results: { state: 'hidden', why: 'for-coordinators' } }],
    });
  });
});

describe('whom it asks', () => {
  test('a sponsor gets no survey for members', async () => {
    await now.holds(ben, 'sponsor');

    await now.plan();
    await now.checks('2026-11-24T09:00:00Z');

    const asked = now.messenger.posted.filter(({ kind }) => kind === 'surveys.ask').map(({ to }) => to);
    expect(asked).toHaveLength(8);
    expect(asked).not.toContain(ben.id);
  });

  test('one that everybody is spared tells the coordinators at opening, and says why at the close', async () => {
    await now.plan({ anonymous: false }, 'first-survey');
    await now.plan({ anonymous: false }, 'second-survey');
    const before = await request(now.feature, api.surveys, { who: priya, community: here });

    await now.plan();
    await now.checks('2026-11-24T09:00:00Z');
    await now.checks('2026-11-30T09:00:00Z');

    expect(before.body).toMatchObject({ reach: { members: { people: 9, free: 0 }, core: { people: 1, free: 0 } } });
    const told = now.messenger.posted.filter(({ kind }) => kind === 'surveys.nobody');
    for (const { card } of told) checkCard(card);
    expect(told.map(({ to }) => to)).toEqual([priya.id]);
    expect(textsIn(told[0]!.card).join(' ')).toContain('had been sent 2 surveys this month already');
    const closed = now.messenger.posted.find(({ kind, period }) => kind === 'surveys.closed' && period === id);
    expect(textsIn(closed!.card)[1]).toBe(
      'Nobody was asked: everybody had been sent as many surveys that month as your settings allow.',
    );
  });

  test('a group without anybody in it is said, too', async () => {
    await now.plan({ audience: 'new-this-month' });
    await now.checks('2026-11-24T09:00:00Z');

    const told = now.messenger.posted.filter(({ kind }) => kind === 'surveys.nobody');
    expect(textsIn(told[0]!.card).join(' ')).toContain('Nobody belongs to the group');
  });

  test('members are told nothing of whom a survey would reach', async () => {
    const { body } = await request(now.feature, api.surveys, { who: ann, community: here });

    expect(body).toMatchObject({ reach: {} });
  });
});
