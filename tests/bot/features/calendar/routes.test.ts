import { beforeEach, describe, expect, test } from '@jest/globals';
import ical from 'node-ical';
import { api } from '../../../../domain/api.ts';
import type { FileAnswer } from '../../../../domain/endpoint.ts';
import type { NewCalendarLink } from '../../../../domain/calendar/api.ts';
import { newCommunity } from '../../../support/feature-parts.ts';
import { failureOf, request } from '../../../support/requests.ts';
import { action, amara, cedar, oak, openCalendar, priya, type Stage } from './parts.ts';

let stage: Stage;
beforeEach(() => {
  stage = openCalendar();
});
const ask = (
  endpoint: Parameters<typeof request>[1],
  who = priya,
  params: Record<string, string> = {},
  community = cedar,
) => request(stage.feature, endpoint, { who, community, params });
async function makes(scope: string, who = priya): Promise<NewCalendarLink> {
  return (await ask(api.makeCalendarLink, who, { scope })).body as NewCalendarLink;
}
function tokenIn({ url }: NewCalendarLink): string {
  return /\/calendar\/(.+)\.ics$/.exec(url)?.[1] ?? '';
}

describe('a link of one’s own', () => {
  test('is there for every member, and shown once', async () => {
    const made = await makes('mine', amara);

    const links = {
      mine: { madeAt: '2026-11-23T09:00:00.000Z', madeBy: { id: 'amara-okafor', name: 'Amara Okafor' } },
      community: null,
    };
    expect(made).toEqual({ url: 'https://cop.example.org/calendar/calendar-token-number-1.ics', links });
    expect((await ask(api.calendar, amara)).body).toEqual(links);
    expect((await ask(api.calendar, priya)).body).toEqual({ mine: null, community: null });
  });

  test('is the same in all communities', async () => {
    await makes('mine');

    expect((await ask(api.calendar, priya, {}, oak)).body).toMatchObject({ mine: { madeBy: { id: priya.id } } });
  });

  test('leads nowhere once a new one is made, and none does once it is taken back', async () => {
    const first = await makes('mine');
    const second = await makes('mine');
    expect([await stage.fetches(tokenIn(first)), await stage.fetches(tokenIn(second))]).toEqual([
      undefined,
      expect.any(String),
    ]);

    const { body } = await ask(api.revokeCalendarLink, priya, { scope: 'mine' });

    expect(body).toEqual({ mine: null, community: null });
    expect(await stage.fetches(tokenIn(second))).toBeUndefined();
  });

  test('nobody ends somebody else’s', async () => {
    const hers = await makes('mine', priya);

    await ask(api.revokeCalendarLink, amara, { scope: 'mine' });

    expect(await stage.fetches(tokenIn(hers))).toEqual(expect.any(String));
  });
});

describe('the community’s link', () => {
  test('is its coordinators’ to make and to take back; everybody sees that there is one', async () => {
    const made = await makes('community', priya);

    expect((await ask(api.calendar, amara)).body).toEqual({
      mine: null,
      community: { madeAt: '2026-11-23T09:00:00.000Z', madeBy: { id: priya.id, name: priya.name } },
    });
    expect(await failureOf(ask(api.makeCalendarLink, amara, { scope: 'community' }))).toMatchObject({
      code: 'not-allowed',
    });
    expect(await failureOf(ask(api.revokeCalendarLink, amara, { scope: 'community' }))).toMatchObject({
      code: 'not-allowed',
    });
    expect(await stage.fetches(tokenIn(made))).toEqual(expect.any(String));
  });
});

test.each(['theirs', 'constructor', ''])('there is no calendar %j', async scope => {
  expect(await failureOf(ask(api.makeCalendarLink, priya, { scope }))).toMatchObject({ code: 'not-found' });
});

describe('one action as a file', () => {
  test('can be taken over into any calendar, by every member', async () => {
    stage.plans.set(cedar.id, [action(), action({ id: 'another-one' })]);

    const { name, type, bytes } = (await ask(api.actionCalendar, amara, { action: 'book-the-room' }))
      .body as FileAnswer;

    const events = Object.values(ical.sync.parseICS(new TextDecoder().decode(bytes))).filter(
      one => one?.type === 'VEVENT',
    );
    expect({ name, type }).toEqual({ name: 'action-2026-11-27.ics', type: 'text/calendar; charset=utf-8' });
    expect(events).toMatchObject([
      { uid: `book-the-room.${cedar.id}@cop-companion`, summary: 'Book the room', method: 'PUBLISH' },
    ]);
  });

  test.each([
    ['some-day-soon', 'invalid', 'it has no day'],
    ['not-there', 'not-found', 'it is not in the plan'],
    ['../../secret', 'not-found', 'that is no id'],
  ])('%s fails with %s: %s', async (id, code) => {
    stage.plans.set(cedar.id, [action({ id: 'some-day-soon', due: null })]);

    expect(await failureOf(ask(api.actionCalendar, priya, { action: id }))).toMatchObject({ code });
  });

  test('a community that is not set up has none', async () => {
    expect(
      await failureOf(
        request(stage.feature, api.actionCalendar, {
          who: priya,
          community: newCommunity(),
          params: { action: 'book-the-room' },
        }),
      ),
    ).toMatchObject({ code: 'not-set-up' });
  });
});
