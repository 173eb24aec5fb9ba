import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createCalendarLinks } from '../../../../bot/features/calendar/feed-links.ts';
import type { CalendarLinks } from '../../../../bot/features/calendar/feed-links.ts';
import { createInMemoryCalendarLinks } from '../../../support/calendar-links.ts';
import { createEngines, engines, type OpenedEngine } from '../../../support/engines.ts';

const priya = { id: 'priya-raman', name: 'Priya Raman' };
const hers = { kind: 'person', id: priya.id } as const;
const ours = { kind: 'community', id: 'cedar' } as const;
const monday = new Date('2026-11-23T09:00:00Z');
const tuesday = new Date('2026-11-24T09:00:00Z');
const databases = createEngines();
afterAll(() => databases.stop());

describe.each([...engines, 'memory'] as const)('calendar links in %s', where => {
  let engine: OpenedEngine | undefined;
  let links: CalendarLinks;
  beforeAll(async () => {
    engine = where === 'memory' ? undefined : await databases.open(where);
  });
  afterAll(() => engine?.close());
  beforeEach(async () => {
    await engine?.database.db.deleteFrom('calendar_links').execute();
    links = engine ? createCalendarLinks(engine.database.db) : createInMemoryCalendarLinks();
  });

  test('lead to the calendar they were made for', async () => {
    const [mine, community] = [await links.make(hers, priya, monday), await links.make(ours, priya, tuesday)];

    expect([await links.open(mine), await links.open(community)]).toEqual([hers, ours]);
    expect([await links.find(hers), await links.find(ours)]).toEqual([
      { madeBy: priya, madeAt: monday },
      { madeBy: priya, madeAt: tuesday },
    ]);
  });

  test('a new one ends the one before', async () => {
    const before = await links.make(hers, priya, monday);

    const after = await links.make(hers, priya, tuesday);

    expect([await links.open(before), await links.open(after)]).toEqual([undefined, hers]);
    expect(await links.find(hers)).toEqual({ madeBy: priya, madeAt: tuesday });
  });

  test('lead nowhere once taken back, and taking back may be repeated', async () => {
    const [mine, community] = [await links.make(hers, priya, monday), await links.make(ours, priya, monday)];

    await links.revoke(hers);
    await links.revoke(hers);

    expect([await links.open(mine), await links.open(community), await links.find(hers)]).toEqual([
      undefined,
      ours,
      undefined,
    ]);
  });

  test.each(['', 'guessed', "' OR '1'='1"])('%j leads nowhere', async token => {
    await links.make(hers, priya, monday);

    expect(await links.open(token)).toBeUndefined();
  });

  if (where !== 'memory') {
    test('cannot be guessed, and the database does not hold what opens them', async () => {
      const tokens = [await links.make(hers, priya, monday), await links.make(hers, priya, monday)];

      const rows = await engine!.database.db.selectFrom('calendar_links').selectAll().execute();

      // 43 characters of base64url are 256 bits.
      for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
      expect(new Set(tokens).size).toBe(2);
      expect(JSON.stringify(rows)).not.toContain(tokens[1]);
    });
  }
});
