import { beforeEach, describe, expect, test } from '@jest/globals';
import { api } from '../../../../domain/api.ts';
import type { EventsView } from '../../../../domain/events/api.ts';
import type { Rhythm } from '../../../../domain/events/rhythm-rule.ts';
import { community, person, settings } from '../../../support/feature-parts.ts';
import { failureOf, request } from '../../../support/requests.ts';
import { daniel, gwen, here, priya, scene, type Scene } from './parts.ts';

const rhythm = 'coffee-rhythm';
const coffee: Rhythm = {
  title: 'Coffee',
  kind: 'coffee',
  rule: { every: 'weeks', weeks: 2, from: '2026-11-26' },
  time: '10:00',
  minutes: 30,
  mode: 'online',
  place: '',
  link: null,
  audience: 'everybody',
  hosts: [person('Gwen Parry')],
  until: null,
};
const quiet = community({
  settings: settings({ quiet: [{ from: '2026-12-21', to: '2027-01-03', title: 'Winter break' }] }),
});

let now: Scene;
beforeEach(() => {
  now = scene();
});

async function saves(
  change: Partial<Rhythm> = {},
  {
    ifMatch = null,
    who = priya,
    where = here,
  }: { ifMatch?: string | null; who?: typeof priya; where?: typeof here } = {},
) {
  const { body, etag } = await request(now.feature, api.saveRhythm, {
    who,
    community: where,
    params: { rhythm },
    body: { ...coffee, ...change },
    ifMatch,
  });
  return { view: body as EventsView, etag: etag ?? '' };
}
const daysOf = ({ events }: EventsView) => events.map(({ day, time, state }) => `${day} ${time} ${state}`);

test('makes its drafts six weeks ahead, at once and then each day', async () => {
  const { view } = await saves();
  expect(daysOf(view)).toEqual(['2026-11-26 10:00 draft', '2026-12-10 10:00 draft', '2026-12-24 10:00 draft']);
  expect(now.messenger.posted).toEqual([]);

  await now.ahead('2026-12-01T09:00:00Z');
  await now.ahead('2026-12-01T09:00:00Z');

  expect((await now.seesAll(priya)).events.map(({ day, rhythm: of }) => [day, of])).toEqual([
    ['2026-11-26', rhythm],
    ['2026-12-10', rhythm],
    ['2026-12-24', rhythm],
    ['2027-01-07', rhythm],
  ]);
});

test('skips quiet days, and says so', async () => {
  const { view } = await saves({}, { where: quiet });

  expect(daysOf(view)).toEqual(['2026-11-26 10:00 draft', '2026-12-10 10:00 draft']);
  expect(view.rhythms).toMatchObject([{ id: rhythm, title: 'Coffee', skipped: [{ day: '2026-12-24', why: 'quiet' }] }]);
});

test('days that become quiet later lose what nobody has touched', async () => {
  await saves();
  await now.ahead('2026-11-24T09:00:00Z', quiet);

  expect(daysOf(await now.seesAll(priya))).toEqual(['2026-11-26 10:00 draft', '2026-12-10 10:00 draft']);
});

describe('a change of the rhythm', () => {
  test('moves the drafts that nobody has touched, and leaves what is somebody’s', async () => {
    const { etag, view } = await saves();
    const [first, second] = view.events;
    await now.moves('announce', gwen, first!.id);
    now.clock.moveTo('2026-11-23T10:00:00Z');
    const { etag: draft } = await now.sees(gwen, second!.id);
    await request(now.feature, api.saveEvent, {
      who: gwen,
      community: here,
      params: { event: second!.id },
      body: { ...(await bodyOf(second!.id)), title: 'Coffee with cake' },
      ifMatch: draft,
    });

    const after = await saves({ time: '15:00' }, { ifMatch: etag });

    expect(after.view.events.map(({ day, time, title, state }) => [day, time, title, state])).toEqual([
      ['2026-11-26', '10:00', 'Coffee', 'announced'],
      ['2026-12-10', '10:00', 'Coffee with cake', 'draft'],
      ['2026-12-24', '15:00', 'Coffee', 'draft'],
    ]);
  });

  test('to another day takes the old days away', async () => {
    const { etag } = await saves();
    const { view } = await saves(
      { rule: { every: 'months', months: 1, nth: 'last', weekday: 4, from: '2026-11-01' } },
      { ifMatch: etag },
    );

    expect(daysOf(view)).toEqual(['2026-11-26 10:00 draft', '2026-12-31 10:00 draft']);
  });

  test('that ends it leaves nothing after its last day', async () => {
    const { etag } = await saves();
    const { view } = await saves({ until: '2026-12-01' }, { ifMatch: etag });

    expect(daysOf(view)).toEqual(['2026-11-26 10:00 draft']);
  });

  test('by two at once is refused the second one, and repeated it is the same', async () => {
    const { etag } = await saves();
    await saves({ minutes: 45 }, { ifMatch: etag });

    await saves({ minutes: 45 }, { ifMatch: etag });
    expect((await failureOf(saves({ minutes: 20 }, { ifMatch: etag }))).code).toBe('version-conflict');
  });
});

test('a cancelled day stays cancelled, and is not made anew', async () => {
  const { view } = await saves();
  await now.moves('cancel', gwen, view.events[0]!.id);
  await now.ahead('2026-11-24T09:00:00Z');

  expect(daysOf(await now.seesAll(priya))).toEqual(['2026-12-10 10:00 draft', '2026-12-24 10:00 draft']);
});

test('the next one begins with the agenda that the last one had', async () => {
  const { view } = await saves();
  const event = view.events[0]!.id;
  const { etag } = await now.sees(gwen, event);
  const agenda = [{ id: 'round', title: 'One thing I tried', minutes: 10, who: '', first: false }];
  await request(now.feature, api.saveEvent, {
    who: gwen,
    community: here,
    params: { event },
    body: { ...(await bodyOf(event)), agenda },
    ifMatch: etag,
  });
  await now.ahead('2026-12-01T09:00:00Z');

  const [, next] = (await now.seesAll(priya)).events;
  expect((await now.sees(gwen, next!.id)).agenda).toEqual(agenda);
});

test('stays at its hour when the clocks change', async () => {
  const { view } = await saves({ rule: { every: 'weeks', weeks: 1, from: '2026-03-26' } });
  expect(view.events.every(({ time }) => time === '10:00')).toBe(true);

  now = scene();
  now.clock.moveTo('2026-03-25T09:00:00Z');
  const spring = (await saves({ rule: { every: 'weeks', weeks: 1, from: '2026-03-26' } })).view;
  expect(spring.events.slice(0, 2).map(({ startsAt, time }) => [startsAt, time])).toEqual([
    ['2026-03-26T10:00:00.000Z', '10:00'],
    ['2026-04-02T09:00:00.000Z', '10:00'],
  ]);
});

test('is made by those who look after events', async () => {
  expect((await failureOf(saves({}, { who: daniel }))).code).toBe('not-allowed');
});

async function bodyOf(event: string) {
  const view = await now.sees(gwen, event);
  const { title, kind, activity, day, time, minutes, mode, place, link, audience, named, hosts, agenda } = view;
  const { keep, change, summary, recording } = view;
  return {
    ...{ title, kind, activity, day, time, minutes, mode, place, link, audience, named, hosts, agenda },
    ...{ keep, change, summary, recording },
  };
}
