import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { Writable } from 'node:stream';
import { createAuditTrail } from '../../../bot/database/audit-trail.ts';
import type { AuditTrail, NotedAct } from '../../../bot/ports.ts';
import type { Db } from '../../../bot/database/tables.ts';
import { createEngines, engines, type OpenedEngine } from '../../support/engines.ts';
import { clockAt } from '../../support/feature-parts.ts';

const databases = createEngines();
afterAll(() => databases.stop());

const act: NotedAct = {
  person: 'priya',
  community: 'cedar',
  act: 'settings.save',
  door: 'tab',
  via: 'saveSettings',
  about: '',
  outcome: 'done',
  reason: null,
  request: 'r1',
};
const refused: NotedAct = { ...act, person: 'amara', outcome: 'refused', reason: 'not-allowed' };

describe.each(engines)('the audit trail in %s', engine => {
  let opened: OpenedEngine;
  let trail: AuditTrail;
  let lines: Record<string, unknown>[];
  const clock = clockAt('2026-11-23T09:00:00Z');

  function logTo(kept: Record<string, unknown>[]) {
    return pino(
      { base: null, timestamp: false },
      new Writable({
        write: (chunk, _encoding, done) => {
          kept.push(JSON.parse(String(chunk)) as Record<string, unknown>);
          done();
        },
      }),
    );
  }
  beforeAll(async () => {
    opened = await databases.open(engine);
  });
  afterAll(() => opened.close());
  beforeEach(() => {
    clock.moveTo('2026-11-23T09:00:00Z');
    lines = [];
    trail = createAuditTrail({ db: opened.database.db, now: clock.now, log: logTo(lines), pause: 1 });
  });
  afterEach(() => opened.database.db.deleteFrom('audit').execute());
  const read = (query: Partial<Parameters<AuditTrail['read']>[0]> = {}) =>
    trail.read({ community: 'cedar', limit: 50, ...query });

  test('keeps each act as a row and as a line of the log', async () => {
    trail.note(act);
    trail.note({ ...act, request: 'r2' });
    await trail.settled();

    const kept = await read();

    expect(kept.lines.map(({ id: _, ...line }) => line)).toEqual(
      expect.arrayContaining(
        ['r1', 'r2'].map(request => ({
          ...act,
          request,
          community: { id: 'cedar', name: '', timeZone: 'UTC', removed: true },
          at: clock.now(),
          lastAt: clock.now(),
          count: 1,
        })),
      ),
    );
    expect(lines).toEqual(['r1', 'r2'].map(request => ({ level: 30, ...act, request, msg: 'audit' })));
  });

  test('a flood of refusals is one row with a count, and a few lines of the log', async () => {
    for (let index = 0; index < 5000; index++) {
      if (index === 2500) await trail.settled();
      trail.note({ ...refused, request: `r${index}` });
    }
    clock.moveTo('2026-11-23T09:59:00Z');
    trail.note(refused);
    trail.note({ ...refused, person: 'helen' });
    clock.moveTo('2026-11-23T10:01:00Z');
    trail.note(refused);
    await trail.settled();

    const kept = await read();

    expect(kept.lines.map(({ person, count, lastAt }) => [person, count, lastAt.toISOString()])).toEqual(
      expect.arrayContaining([
        ['amara', 1, '2026-11-23T10:01:00.000Z'],
        ['helen', 1, '2026-11-23T09:59:00.000Z'],
        ['amara', 5001, '2026-11-23T09:59:00.000Z'],
      ]),
    );
    expect(kept.lines).toHaveLength(3);
    expect(lines).toHaveLength(6);
  });

  test('page after page, each line once, newest first', async () => {
    for (let index = 0; index < 7; index++) {
      clock.moveTo(`2026-11-23T09:00:0${index}Z`);
      trail.note({ ...act, request: String(index) });
    }
    await trail.settled();

    const seen: (string | null)[] = [];
    for (let before: string | undefined; ; ) {
      const { lines: page, next } = await read({ limit: 3, before });
      seen.push(...page.map(({ request }) => request));
      if (next === null) break;
      before = next;
    }

    expect(seen).toEqual(['6', '5', '4', '3', '2', '1', '0']);
    for (const before of ['nonsense', '2026-11-24T09:00:00.000Z_\u0000', '+100000-01-01T00:00:00.000Z_a']) {
      expect(await read({ before })).toEqual({ lines: [], next: null });
    }
  });

  test('of one community, of one outcome, of one person', async () => {
    for (const one of [act, refused, { ...act, community: 'oak' }, { ...act, community: null }]) trail.note(one);
    await trail.settled();

    const counts = await Promise.all(
      [{}, { outcome: 'refused' as const }, { person: 'priya' }, { community: null }].map(
        async query => (await read(query)).lines.length,
      ),
    );

    expect(counts).toEqual([2, 1, 1, 4]);
  });

  test('nobody waits for a database that fails, and what it did not take is in the log', async () => {
    const broken = createAuditTrail({
      db: opened.database.db.withSchema('nowhere') as Db,
      now: clock.now,
      log: logTo(lines),
      pause: 1,
    });

    broken.note(act);
    broken.note(act);
    await broken.settled();

    expect(lines.map(({ msg }) => msg)).toEqual([
      'audit',
      'audit',
      'lines of the audit trail could not be stored; the log has them',
    ]);
    expect((await read()).lines).toEqual([]);
  });
});
