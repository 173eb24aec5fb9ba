import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { pino } from 'pino';
import { createCommunities, type Installations } from '../../../bot/database/communities.ts';
import { change } from '../../../bot/lists/list.ts';
import { createSettingsList, settingsKey } from '../../../bot/lists/settings-list.ts';
import type { Feature, Job } from '../../../bot/feature.ts';
import { planCommunity, planNewJobs } from '../../../bot/scheduler/planning.ts';
import { startScheduler, type Scheduler } from '../../../bot/scheduler/scheduler.ts';
import { startQueue, type Queue } from '../../../bot/scheduler/queue.ts';
import type { Settings } from '../../../domain/community.ts';
import { nextWeekly } from '../../../domain/schedule.ts';
import { createEngines, engines, eventually, type OpenedEngine } from '../../support/engines.ts';
import { settings } from '../../support/feature-parts.ts';

const database = createEngines();
afterAll(() => database.stop());

const log = pino({ level: 'silent' });

describe.each(engines)('the scheduler on %s', engine => {
  let opened: OpenedEngine;
  let queue: Queue;
  let scheduler: Scheduler;
  let communities: Installations;
  let now: Date;
  let failures: number;
  let happened: string[];
  let count = 0;
  let id: string;
  const installation = { name: 'Data Storytellers', channelId: '19:c', serviceUrl: 'http://localhost', by: null };

  /** A feature that is due each week when facilitation is. */
  const weekly: Feature = {
    name: 'weekly',
    text: {},
    jobs: [
      {
        name: 'weekly.card',
        next: ({ settings: chosen }, after) =>
          nextWeekly(
            { day: chosen.facilitation.day, time: chosen.facilitation.time, timeZone: chosen.timeZone },
            after,
          ),
        async run({ community, due, now: moment }) {
          if (failures-- > 0) throw new Error('not now');
          happened.push(`${community.name}: due ${due.toISOString()}, done ${moment.toISOString()}`);
        },
      },
    ],
  };

  beforeAll(async () => {
    opened = await database.open(engine);
    queue = await startQueue(opened.database, log);
    communities = createCommunities(
      opened.database.db,
      () => now,
      community => scheduler.plan(community),
      async () => {},
    );
    scheduler = await startScheduler({
      db: opened.database.db,
      queue,
      now: () => now,
      features: [weekly],
      communities,
      log,
    });
  });
  beforeEach(async () => {
    now = new Date('2026-11-18T12:00:00Z');
    failures = 0;
    happened = [];
    await opened.database.db.deleteFrom('communities').execute();
    // Work is known by its moment, so each test has a community of its own.
    id = `c${++count}`;
    await communities.install({ ...installation, id, generalChannelId: `19:${id}` });
    await choose(settings());
  });
  async function choose(chosen: Settings): Promise<void> {
    await change(createSettingsList(opened.database.db, id), settingsKey, () => ({
      key: settingsKey,
      settings: chosen,
    }));
    await communities.planAnew(id);
  }
  afterAll(async () => {
    await queue.stop();
    await opened.close();
  });

  test('nothing happens before its time', async () => {
    now = new Date('2026-11-23T08:59:59Z');

    expect(await scheduler.check()).toBe(0);
    expect(happened).toEqual([]);
  });

  test('each run happens once, however often a server looks', async () => {
    now = new Date('2026-11-23T09:00:00Z');

    const found = await Promise.all([scheduler.check(), scheduler.check(), scheduler.check()]);

    expect(found.reduce((sum, count) => sum + count)).toBe(1);
    await eventually('the run', () => happened.length > 0);
    expect(await scheduler.check()).toBe(0);
    expect(happened).toEqual(['Data Storytellers: due 2026-11-23T09:00:00.000Z, done 2026-11-23T09:00:00.000Z']);
  });

  describe('a community whose next moment cannot be told', () => {
    const jobs = new Map((weekly.jobs ?? []).map(job => [job.name, job] as const));
    let broken: string;
    beforeEach(async () => {
      const { db } = opened.database;
      broken = `${id}-broken`;
      await communities.install({ ...installation, id: broken, generalChannelId: `19:${broken}` });
      await db
        .updateTable('communities')
        .set({ settings: settings({ timeZone: 'Nowhere/Nothing' }) })
        .where('id', '=', broken)
        .execute();
    });

    test('keeps no server from starting, and no other community from what is due there', async () => {
      const { db } = opened.database;
      await db.deleteFrom('due').execute();
      await planNewJobs(db, jobs, () => now, log);
      await db
        .insertInto('due')
        .values({ community: broken, job: 'weekly.card', due_at: new Date('2026-11-23T08:00:00Z') })
        .execute();
      now = new Date('2026-11-23T09:00:00Z');

      expect(await scheduler.check()).toBe(2);

      await eventually('the other’s run', () => happened.length > 0);
      const left = await db.selectFrom('due').select(['community', 'due_at']).orderBy('community').execute();
      expect(left).toEqual([
        { community: id, due_at: new Date('2026-11-30T09:00:00Z') },
        { community: broken, due_at: new Date('2026-11-23T10:00:00Z') },
      ]);
    });

    test('is told to whoever changed its settings, and one job keeps no other from being planned', async () => {
      const { db } = opened.database;
      const [job] = jobs.values();
      const unsure: Job = {
        ...job!,
        next() {
          throw new RangeError('no such zone');
        },
      };
      await db.deleteFrom('due').execute();

      const planning = planCommunity(
        db,
        new Map([
          ['weekly.broken', unsure],
          ['weekly.card', job!],
        ]),
        (await communities.find(id))!,
        () => now,
      );

      await expect(planning).rejects.toThrow('no such zone');
      expect(await db.selectFrom('due').select('job').where('community', '=', id).execute()).toEqual([
        { job: 'weekly.card' },
      ]);
    });
  });

  test('after three missed weeks there is one run, of the newest, not three', async () => {
    now = new Date('2026-12-11T10:00:00Z');

    expect(await scheduler.check()).toBe(1);
    await eventually('the run', () => happened.length > 0);
    const next = await opened.database.db.selectFrom('due').select('due_at').executeTakeFirst();

    expect(happened).toEqual(['Data Storytellers: due 2026-12-07T09:00:00.000Z, done 2026-12-11T10:00:00.000Z']);
    expect(next).toEqual({ due_at: new Date('2026-12-14T09:00:00Z') });
  });

  test('a changed zone and day are planned anew', async () => {
    await choose(settings({ timeZone: 'America/New_York', facilitation: { day: 2, time: '08:30' } }));

    expect(await opened.database.db.selectFrom('due').select('due_at').execute()).toEqual([
      { due_at: new Date('2026-11-24T13:30:00Z') },
    ]);
  });

  test('in a community that is not set up nothing is ever due, and what was is not done', async () => {
    const fresh = `c${++count}`;
    await communities.install({ ...installation, name: 'Not yet', id: fresh, generalChannelId: `19:${fresh}` });
    await communities.planAnew(fresh);
    const planned = await opened.database.db.selectFrom('due').selectAll().where('community', '=', fresh).execute();
    await opened.database.db.insertInto('due').values({ community: fresh, job: 'weekly.card', due_at: now }).execute();
    now = new Date('2026-11-23T09:00:00Z');

    const found = await scheduler.check();

    expect([planned, found]).toEqual([[], 2]);
    await eventually('the other run', () => happened.length > 0);
    expect(happened.map(what => what.split(':')[0])).toEqual(['Data Storytellers']);
    expect(await opened.database.db.selectFrom('due').select('community').execute()).toEqual([{ community: id }]);
  });

  test('a job that fails is tried again', async () => {
    failures = 1;
    now = new Date('2026-11-23T09:00:00Z');

    await scheduler.check();

    await eventually('the second try', () => happened.length > 0);
    expect(happened).toHaveLength(1);
  });

  test('a job that is new is planned for communities that were there before it', async () => {
    await opened.database.db.deleteFrom('due').execute();

    await startScheduler({
      db: opened.database.db,
      queue: { ...queue, work: async () => {}, everyMinute: async () => {} },
      now: () => now,
      features: [weekly],
      communities,
      log,
    });

    expect(await opened.database.db.selectFrom('due').select(['job', 'due_at']).execute()).toEqual([
      { job: 'weekly.card', due_at: new Date('2026-11-23T09:00:00Z') },
    ]);
  });

  test('… and for many at once, by however many servers that start together', async () => {
    const { db } = opened.database;
    const row = await db.selectFrom('communities').selectAll().executeTakeFirstOrThrow();
    await db
      .insertInto('communities')
      .values(
        Array.from({ length: 1200 }, (_none, index) => ({
          ...row,
          id: `many ${index}`,
          installed_by: null,
          settings: JSON.stringify(row.settings) as never,
        })),
      )
      .execute();
    await db.deleteFrom('due').execute();

    await Promise.all(
      [1, 2, 3].map(() =>
        startScheduler({
          db,
          queue: { ...queue, work: async () => {}, everyMinute: async () => {} },
          now: () => now,
          features: [weekly],
          communities,
          log,
        }),
      ),
    );

    expect(
      await db
        .selectFrom('due')
        .select(['due_at', sql<number>`count(*)::integer`.as('count')])
        .groupBy('due_at')
        .execute(),
    ).toEqual([{ due_at: new Date('2026-11-23T09:00:00Z'), count: 1201 }]);
  });

  test('when the app is removed nothing is due any more; added again, it goes on', async () => {
    await communities.uninstall(id);
    now = new Date('2026-11-23T09:00:00Z');
    expect(await scheduler.check()).toBe(0);

    await communities.install({ ...installation, id, generalChannelId: `19:${id}` });
    await communities.planAnew(id);

    expect(await opened.database.db.selectFrom('due').select('due_at').execute()).toEqual([
      { due_at: new Date('2026-11-30T09:00:00Z') },
    ]);
  });
});

test('three servers on one PostgreSQL share the work: each run happens once', async () => {
  const opened = await database.open('PostgreSQL');
  const others = await Promise.all([opened.another(), opened.another()]);
  const now = new Date('2026-11-23T09:00:00Z');
  const happened: string[] = [];
  const servers = await Promise.all(
    [opened.database, ...others].map(async one => {
      const queue = await startQueue(one, log);
      const communities = createCommunities(
        one.db,
        () => now,
        async () => {},
        async () => {},
      );
      const feature: Feature = {
        name: 'weekly',
        text: {},
        jobs: [
          {
            name: 'weekly.card',
            next: () => new Date('2026-11-30T09:00:00Z'),
            run: async ({ community }) => void happened.push(community.id),
          },
        ],
      };
      return {
        queue,
        communities,
        scheduler: await startScheduler({ db: one.db, queue, now: () => now, features: [feature], communities, log }),
      };
    }),
  );
  const ids = Array.from({ length: 30 }, (_, index) => `c${String(index).padStart(2, '0')}`);
  for (const id of ids) {
    await servers[0]!.communities.install({
      id,
      name: id,
      generalChannelId: `19:${id}`,
      channelId: `19:${id}`,
      serviceUrl: 'http://localhost',
      by: null,
    });
    await change(createSettingsList(opened.database.db, id), settingsKey, () => ({
      key: settingsKey,
      settings: settings(),
    }));
    await opened.database.db.insertInto('due').values({ community: id, job: 'weekly.card', due_at: now }).execute();
  }

  const found = await Promise.all(servers.map(server => server.scheduler.check()));

  expect(found.reduce((sum, count) => sum + count)).toBe(30);
  await eventually('all runs', () => happened.length >= 30);
  expect(happened.toSorted()).toEqual(ids);
  await Promise.all(servers.map(server => server.queue.stop()));
  await Promise.all(others.map(other => other.close()));
  await opened.close();
});
