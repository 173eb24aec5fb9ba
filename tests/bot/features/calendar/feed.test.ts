import { beforeEach, describe, expect, test } from '@jest/globals';
import ical from 'node-ical';
import { CommunityError } from '../../../../domain/errors.ts';
import { person } from '../../../support/feature-parts.ts';
import { action, amara, cedar, oak, openCalendar, priya, type Stage } from './parts.ts';

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
  return text === undefined
    ? undefined
    : Object.values(ical.sync.parseICS(text)).flatMap(one => (one?.type === 'VEVENT' ? [String(one.summary)] : []));
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
    expect(await stage.fetches(ours)).toContain('Plan of Data Storytellers');
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

test.each(['', 'guessed-token-of-no-use'])('there is no calendar behind %j', async token => {
  expect(await stage.fetches(token)).toBeUndefined();
});
