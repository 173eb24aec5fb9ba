import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import ical from 'node-ical';
import { api } from '../../../domain/api.ts';
import type { NewCalendarLink } from '../../../domain/calendar/api.ts';
import { personOf, startSystem, type System } from '../../support/system.ts';

/**
 * Calendars over HTTP, as a calendar fetches them: without signing in. Each test goes on where the one before ended.
 */
let system: System;
beforeAll(async () => {
  system = await startSystem();
  system.microsoft365.clock.moveTo(new Date('2026-11-23T09:00:00Z'));
  for (const [id, title, owner, due] of [
    ['feed-action-1', 'Book the room', 'Amara', '2026-12-04'],
    ['feed-action-2', 'Ask the baker', 'Priya', '2026-12-03'],
  ] as const) {
    const { status } = await system.ask('Priya', api.saveAction, {
      params: { action: id },
      body: { title, owners: [personOf(owner)], due, state: 'to-do', weight: 'baseline', aim: null, notes: '' },
      headers: { 'If-None-Match': '*' },
    });
    if (status !== 200) throw new Error(`the plan did not take ${id}: ${status}`);
  }
});
afterAll(() => system.stop());

async function makes(who: string, scope: 'mine' | 'community'): Promise<string> {
  const { body } = await system.ask(who, api.makeCalendarLink, { params: { scope } });
  return (body as NewCalendarLink).url.replace(/^http:\/\/localhost:\d+/, system.productUrl);
}
async function titles(url: string): Promise<readonly string[]> {
  const events = Object.values(ical.sync.parseICS(await (await fetch(url)).text())).flatMap(one =>
    one?.type === 'VEVENT' ? [String(one.summary)] : [],
  );
  return events.filter(title => ['Book the room', 'Ask the baker', 'Sweep up'].includes(title));
}
function later(minutes: number): void {
  const { clock } = system.microsoft365;
  clock.moveTo(new Date(clock.now().getTime() + minutes * 60_000));
}

let hers = '';
let ours = '';

describe('whoever has the link', () => {
  test('reads the calendar, with headers that keep it out of shared caches and search engines', async () => {
    hers = await makes('Amara', 'mine');

    const response = await fetch(hers);

    expect(hers).toMatch(/\/calendar\/[A-Za-z0-9_-]{43}\.ics$/);
    expect(response.status).toBe(200);
    expect(
      Object.fromEntries(
        ['content-type', 'cache-control', 'x-robots-tag', 'x-content-type-options', 'referrer-policy'].map(name => [
          name,
          response.headers.get(name),
        ]),
      ),
    ).toEqual({
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'private, max-age=300',
      'x-robots-tag': 'noindex',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    expect(await titles(hers)).toEqual(['Book the room']);
  });

  test('is told when nothing has changed', async () => {
    const etag = (await fetch(hers)).headers.get('etag') ?? '';

    const again = await fetch(hers, { headers: { 'If-None-Match': etag } });

    expect({ status: again.status, length: (await again.text()).length }).toEqual({ status: 304, length: 0 });
  });

  test('costs Graph one reading a minute, however often they ask', async () => {
    later(2);
    await fetch(hers);
    system.microsoft365.faults.add({ path: '/items', method: 'GET', status: 503, count: 100 });

    const soon = await Promise.all(Array.from({ length: 20 }, () => fetch(hers)));
    system.microsoft365.faults.clear();

    expect(new Set(soon.map(({ status }) => status))).toEqual(new Set([200]));
  });

  test('sees what was added a minute ago', async () => {
    ours = await makes('Priya', 'community');
    expect(await titles(ours)).toEqual(['Ask the baker', 'Book the room']);
    await system.ask('Priya', api.saveAction, {
      params: { action: 'feed-action-3' },
      body: {
        title: 'Sweep up',
        owners: [],
        due: '2026-12-05',
        state: 'to-do',
        weight: 'baseline',
        aim: null,
        notes: '',
      },
      headers: { 'If-None-Match': '*' },
    });

    later(1);

    expect(await titles(ours)).toEqual(['Ask the baker', 'Book the room', 'Sweep up']);
  });

  test('gets what is known while SharePoint does not answer', async () => {
    later(2);
    system.microsoft365.faults.add({ path: '/items', method: 'GET', status: 500, count: 100 });

    const known = await titles(ours);
    system.microsoft365.faults.clear();

    expect(known).toHaveLength(3);
  });
});

describe('nobody reads on', () => {
  test('with a link that was replaced or taken back, from that moment', async () => {
    const replaced = ours;
    ours = await makes('Priya', 'community');
    expect([(await fetch(replaced)).status, (await fetch(ours)).status]).toEqual([404, 200]);

    await system.ask('Priya', api.revokeCalendarLink, { params: { scope: 'community' } });

    expect((await fetch(ours)).status).toBe(404);
  });

  test('what happens in a team they have left', async () => {
    await system.microsoft365.connector.leaves(system.team, [personOf('Amara').id]);
    later(2);

    expect(await titles(hers)).toEqual([]);
  });

  test('by guessing', async () => {
    const token = /calendar\/(.+)\.ics/.exec(hers)?.[1] ?? '';
    const addresses = [
      'calendar/guessed.ics',
      `calendar/${'A'.repeat(43)}.ics`,
      `calendar/${token}`,
      `calendar/${token}.json`,
      `calendar/${token.slice(0, -1)}.ics`,
      'calendar/..%2F..%2Fpackage.json',
      'calendar/',
      `calendar/${'x'.repeat(5000)}.ics`,
    ];

    const statuses = await Promise.all(
      addresses.map(async address => (await fetch(`${system.productUrl}/${address}`)).status),
    );

    expect(statuses).toEqual(addresses.map(() => 404));
  });
});

test('the link works after the server was started anew, and no token was ever logged', async () => {
  const mine = await makes('Priya', 'mine');
  await system.restart();
  const address = mine.replace(/^http:\/\/localhost:\d+/, system.productUrl);

  expect(await titles(address)).toEqual(['Ask the baker']);
  expect(system.log.length).toBeGreaterThan(0);
  for (const url of [hers, ours, mine])
    expect(JSON.stringify(system.log)).not.toContain(/calendar\/(.+)\.ics/.exec(url)?.[1] ?? url);
});

test('a community that removed the app has an empty calendar', async () => {
  const link = await makes('Priya', 'community');
  await system.microsoft365.connector.uninstallApp(system.team, personOf('Priya').id);
  later(2);

  const response = await fetch(link);

  expect(response.status).toBe(200);
  expect(await response.text()).not.toContain('BEGIN:VEVENT');
});
