import { beforeEach, describe, expect, test } from '@jest/globals';
import { CommunityError } from '../../../../domain/errors.ts';
import { eventsIn } from '../../../support/calendars.ts';
import { person } from '../../../support/feature-parts.ts';
import { action, amara, cedar, meeting, oak, openCalendar, priya, type Stage } from './parts.ts';

let stage: Stage;
let hers: string;
let ours: string;
beforeEach(async () => {
  stage = openCalendar();
  stage.plans.set(cedar.id, [
    action(),
    action({ id: 'amaras-action', title: 'Bring the cake', owners: [person('Amara Okafor')] }),
    action({ id: 'nobodys-action', title: 'Sweep up', owners: [] }),
    action({ id: 'done-action', title: 'Ask around', state: 'done' }),
    action({ id: 'some-day', title: 'Some day', due: null }),
  ]);
  stage.plans.set(oak.id, [
    action({
      id: 'shared-action',
      title: 'Plant an oak',
      owners: [person('Amara Okafor'), person('Priya Raman')],
      due: '2026-11-24',
    }),
  ]);
  hers = await stage.calendarLinks.make({ kind: 'person', id: priya.id }, priya, stage.clock.now());
  ours = await stage.calendarLinks.make({ kind: 'community', id: cedar.id }, priya, stage.clock.now());
});

/** The titles in the calendar behind a token, in its order; undefined when there is none. */
async function titles(token: string): Promise<readonly string[] | undefined> {
  const text = await stage.fetches(token);
  return text === undefined ? undefined : eventsIn(text).map(({ summary }) => String(summary));
}

test('links name the app as Teams does in the team, where that was learnt', async () => {
  stage = openCalendar([cedar, { ...oak, teamsApp: 'catalogue' }]);
  const planned = { owners: [person('Priya Raman')] };
  stage.plans.set(cedar.id, [action(planned)]);
  stage.plans.set(oak.id, [action(planned)]);
  const token = await stage.calendarLinks.make({ kind: 'person', id: priya.id }, priya, stage.clock.now());

  const text = (await stage.fetches(token))?.replace(/\r\n /g, '');

  expect([...(text ?? '').matchAll(/^URL;.*?:(.*)$/gm)].map(([, url]) => url).toSorted()).toEqual([
    `https://teams.example.org/catalogue/${oak.id}/plan`,
    `https://teams.example.org/manifest/${cedar.id}/plan`,
  ]);
});

describe('a person’s calendar', () => {
  test('holds what they have to do in all their communities, and nothing of others', async () => {
    expect(await titles(hers)).toEqual(['Plant an oak', 'Book the room']);
  });

  test('loses a community’s actions when they leave it', async () => {
    stage.people.set(cedar.id, [amara]);

    expect(await titles(hers)).toEqual(['Plant an oak']);
  });

  test('is empty when they have left all: a calendar then takes its entries away', async () => {
    stage.people.clear();

    expect(await titles(hers)).toEqual([]);
  });

  test('passes over a community that has no plan yet', async () => {
    stage.plans.set(cedar.id, () => {
      throw new CommunityError('not-set-up', 'no list');
    });

    expect(await titles(hers)).toEqual(['Plant an oak']);
  });

  test.each(['throttled', 'unavailable'] as const)(
    'fails as a whole when one plan is %s: half of it would look like the whole',
    async code => {
      stage.plans.set(cedar.id, () => {
        throw new CommunityError(code, 'Graph is busy');
      });

      await expect(titles(hers)).rejects.toThrow('Graph is busy');
    },
  );

  test('keeps notes to itself', async () => {
    expect(await stage.fetches(hers)).not.toContain('The key is with Lars');
  });
});

describe('a community’s calendar', () => {
  test('holds everything that is due, whoever does it', async () => {
    expect((await titles(ours))?.toSorted()).toEqual(['Book the room', 'Bring the cake', 'Sweep up']);
    expect(await stage.fetches(ours)).toContain('Plan and events of Data Storytellers');
  });

  test('leads nowhere once whoever made it has left, and again when they are back', async () => {
    stage.people.set(cedar.id, [amara]);
    const gone = await titles(ours);
    stage.people.set(cedar.id, [amara, priya]);

    expect([gone, (await titles(ours))?.length]).toEqual([undefined, 3]);
  });

  test('leads nowhere when whoever made it coordinates no more', async () => {
    const hisOwn = await stage.calendarLinks.make({ kind: 'community', id: cedar.id }, amara, stage.clock.now());

    expect(await titles(hisOwn)).toBeUndefined();
  });

  test('is empty when the app is no longer in the team', async () => {
    const gone = await stage.calendarLinks.make({ kind: 'community', id: 'removed' }, priya, stage.clock.now());

    expect(await titles(gone)).toEqual([]);
  });
});

describe('events in a calendar', () => {
  const events = async (token: string) =>
    eventsIn((await stage.fetches(token)) ?? '').filter(({ datetype }) => datetype === 'date-time');

  beforeEach(() => {
    stage.meetings.set(cedar.id, [
      { event: meeting(), of: [priya.id] },
      { event: meeting({ id: 'cancelled-one', title: 'Coffee', state: 'cancelled' }), of: [priya.id] },
      { event: meeting({ id: 'not-hers-at-all', title: 'Visit' }), of: [amara.id] },
    ]);
  });

  test('are those that a person comes to, beside what they have to do', async () => {
    expect(await titles(hers)).toEqual([
      'Plant an oak',
      'Book the room',
      'Does not take place: Coffee',
      'Chart surgery',
    ]);
  });

  test('are all of the community’s, with what was cancelled struck out', async () => {
    const found = await events(ours);

    expect(found.map(({ summary, status }) => [summary, status]).toSorted()).toEqual([
      ['Chart surgery', 'CONFIRMED'],
      ['Does not take place: Coffee', 'CANCELLED'],
      ['Visit', 'CONFIRMED'],
    ]);
  });

  test('lie at their moment, say where they are joined, and lead to the page of events', async () => {
    const [event] = (await events(hers)).filter(({ summary }) => summary === 'Chart surgery');

    expect(event).toMatchObject({
      uid: `event.chart-surgery.${cedar.id}@cop-companion`,
      start: new Date('2026-11-26T15:00:00Z'),
      end: new Date('2026-11-26T16:00:00Z'),
      location: 'Room 4, https://teams.microsoft.com/l/meetup-join/1',
      description: `Host: Priya Raman\nAn event of Data Storytellers.\nhttps://teams.example.org/manifest/${cedar.id}/events`,
      transparency: 'OPAQUE',
    });
    expect(await stage.fetches(hers)).toContain('DTSTART:20261126T150000Z');
  });

  test.each([
    ['2026-10-25T00:30:00.000Z', '20261025T003000Z', 'the hour that comes twice in London'],
    ['2027-03-28T01:00:00.000Z', '20270328T010000Z', 'the hour that London skips'],
  ])('lie at the same instant through a change of the clocks: %s', async (startsAt, written) => {
    stage.meetings.set(cedar.id, [{ event: meeting({ startsAt }), of: [priya.id] }]);

    expect((await events(hers)).map(({ start }) => start)).toEqual([new Date(startsAt)]);
    expect(await stage.fetches(hers)).toContain(`DTSTART:${written}`);
  });

  test('that have moved are the same ones, with a higher number', async () => {
    const before = (await events(hers)).find(({ summary }) => summary === 'Chart surgery');
    stage.meetings.set(cedar.id, [
      {
        event: meeting({ startsAt: '2026-11-27T10:00:00.000Z', changedAt: '2026-11-22T09:00:00.000Z' }),
        of: [priya.id],
      },
    ]);
    const [after] = await events(hers);

    expect(after?.uid).toBe(before?.uid);
    expect(after?.start).toEqual(new Date('2026-11-27T10:00:00Z'));
    expect(Number(after?.sequence)).toBeGreaterThan(Number(before?.sequence));
  });
});

test.each(['', 'guessed-token-of-no-use'])('there is no calendar behind %j', async token => {
  expect(await stage.fetches(token)).toBeUndefined();
});
