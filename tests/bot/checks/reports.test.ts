import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { checksText, createWatch } from '../../../bot/checks/checks.ts';
import { createReports, keepFindings } from '../../../bot/checks/reports.ts';
import { createCommunityHealth } from '../../../bot/database/community-health.ts';
import { createTexts } from '../../../bot/text.ts';
import type { FoundCommunity, Reports } from '../../../bot/ports.ts';
import { localOutside } from '../../../infra/local/product.ts';
import { sampleTeam } from '../../../infra/local/sample-people.ts';
import { openStage, permissions, type Stage } from './stage.ts';

const texts = createTexts(checksText);
const t = texts.for('administration', 'en');
const morning = new Date('2026-11-23T06:00:00Z');
const log = { info() {}, warn() {} } as never;

let stage: Stage;
let now: Date;
/** What was asked of Microsoft 365. */
let asked: string[];
/** Whether Microsoft Graph does not answer. */
let silent: boolean;
let reports: Reports;
let night: () => Promise<void>;
beforeAll(async () => {
  stage = await openStage();
}, 60_000);
beforeEach(async () => {
  now = morning;
  asked = [];
  silent = false;
  await stage.database.db.updateTable('communities').set({ looked_at: null, findings: null }).execute();
  await stage.database.db.deleteFrom('communities').where('id', '<>', sampleTeam.id).execute();
  stage.microsoft365.graph.grantSite(sampleTeam.id, 'fullcontrol');
  const there = localOutside(stage.microsoft365).fetch;
  const checks = stage.checks({
    fetch: (input, init) => {
      const url = String(input instanceof Request ? input.url : input);
      asked.push(url);
      return silent && url.includes('graph') ? Promise.reject(new TypeError('fetch failed')) : there(input, init);
    },
  });
  const health = createCommunityHealth(stage.database.db, () => now);
  reports = createReports({ checks, health, now: () => now });
  night = createWatch({
    checks,
    keep: keepFindings({ health, now: () => now }),
    log,
    texts,
    isStopping: () => false,
  }).byNight;
});

const all = async () => (await reports.communities({ limit: 10 }, t)).entries;
const statesOf = (found: FoundCommunity | undefined) => found?.found.map(({ check, state }) => [check, state]);
async function add(id: string, name: string, more: object = {}): Promise<void> {
  await stage.database.db
    .insertInto('communities')
    .values({
      ...{ id, name, thread_id: id, channel_id: id, service_url: 'http://localhost/', installed_by: null },
      ...{ installed_at: new Date(), settings: {} as never, removed_at: null },
      ...more,
    })
    .execute();
}

describe('the report of the server', () => {
  test('is in words, and made anew after a minute only, however many open the page', async () => {
    const [first, second] = await Promise.all([
      reports.server({ again: false, t }),
      reports.server({ again: false, t }),
    ]);
    const calls = asked.length;
    now = new Date(morning.getTime() + 30_000);
    const third = await reports.server({ again: false, t });

    expect(first.found[0]).toEqual({
      check: 'address',
      state: 'good',
      title: 'The server answers at its public address, over TLS',
    });
    expect([second, third]).toEqual([first, first]);
    expect({ calls: calls > 0, more: asked.length - calls }).toEqual({ calls: true, more: 0 });
  });

  test('asked for again is made anew, once for all who ask at that moment', async () => {
    const first = await reports.server({ again: false, t });
    now = new Date(morning.getTime() + 5000);
    const [second, third] = await Promise.all([reports.server({ again: true, t }), reports.server({ again: true, t })]);
    const shown = await reports.server({ again: false, t });

    expect([first.lookedAt, second.lookedAt]).toEqual([morning.toISOString(), now.toISOString()]);
    expect([third, shown]).toEqual([second, second]);
  });
});

describe('the reports of communities', () => {
  test('are what the night found, and showing them asks nobody', async () => {
    const before = await all();
    await night();
    asked = [];

    const [found] = await all();

    expect(before).toEqual([
      { id: sampleTeam.id, name: sampleTeam.displayName, state: 'not-seen', lookedAt: null, found: [], aside: 0 },
    ]);
    expect(found).toMatchObject({ state: 'healthy', lookedAt: morning.toISOString() });
    expect(statesOf(found)).toEqual([
      ['members', 'good'],
      ['site', 'good'],
      ['lists', 'good'],
      ['tab', 'good'],
    ]);
    expect(asked).toEqual([]);
  });

  test('the night asks SharePoint nothing about what the app has met lately; a press does', async () => {
    const { db } = stage.database;
    const { id: community } = sampleTeam;
    const [lately, longAgo] = [1, 40].map(days => new Date(Date.now() - days * 86_400_000));
    const copy = { community, list: 'plan', source: '/sites/s/lists/l', link: 'next' };
    await db
      .insertInto('mirrored_lists')
      .values({
        ...copy,
        read_at: lately!,
        read_from: 1,
        doubted_from: 0,
        looked_at: null,
        changed_at: null,
        leased_until: longAgo!,
      })
      .execute();
    await db.updateTable('communities').set({ lists_right_for: 'these', lists_right_at: lately! }).execute();
    const toSharePoint = async (look: () => Promise<unknown>): Promise<number> => {
      asked = [];
      await look();
      return asked.filter(url => /\/sites\/|\$batch/.test(url)).length;
    };
    const met = await toSharePoint(night);
    const found = statesOf((await all())[0]);
    const pressed = await toSharePoint(() => reports.check(community, t));
    await db.updateTable('mirrored_lists').set({ read_at: longAgo! }).execute();
    const unmet = await toSharePoint(night);
    await db.deleteFrom('mirrored_lists').execute();

    expect({ met, found }).toEqual({
      met: 0,
      found: ['members', 'site', 'lists', 'tab'].map(check => [check, 'good']),
    });
    expect([pressed > 0, unmet > 0]).toEqual([true, true]);
  });

  test('say of a site that cannot be read what to do, until somebody looks again', async () => {
    stage.microsoft365.graph.grantSite(sampleTeam.id, null);
    await night();
    const [refused] = await all();
    stage.microsoft365.graph.grantSite(sampleTeam.id, 'fullcontrol');
    const still = (await all())[0];
    now = new Date(morning.getTime() + 60_000);

    const again = await reports.check(sampleTeam.id, t);

    expect(refused?.state).toBe('needs-mending');
    expect(refused?.found.find(({ check }) => check === 'site')).toMatchObject({
      state: 'gap',
      who: 'A SharePoint Administrator.',
      todo: expect.stringMatching(/^npm run grant -- http/),
    });
    expect(still).toEqual(refused);
    expect(again).toMatchObject({ state: 'healthy', lookedAt: now.toISOString() });
    expect(await all()).toEqual([again]);
  });

  test('are made once when several press at the same moment', async () => {
    await reports.check(sampleTeam.id, t);
    const forOne = asked.length;
    now = new Date(morning.getTime() + 5000);
    const [one, other] = await Promise.all([reports.check(sampleTeam.id, t), reports.check(sampleTeam.id, t)]);

    expect(one?.lookedAt).toBe(now.toISOString());
    expect([other, asked.length]).toEqual([one, 2 * forOne]);
  });

  test('that are days old say nothing of health any more', async () => {
    await night();
    now = new Date(morning.getTime() + 3 * 86_400_000);

    expect((await all())[0]).toMatchObject({ state: 'not-seen', lookedAt: morning.toISOString() });
  });

  test('that are of a service which did not answer are not of a healthy community', async () => {
    silent = true;
    await night();

    expect((await all())[0]?.state).toBe('not-seen');
  });

  test('of what another version found leave out what has no words here', async () => {
    await keepFindings({ health: createCommunityHealth(stage.database.db, () => now), now: () => now })({
      community: { id: sampleTeam.id, name: '' },
      found: [
        { check: 'site', finding: { state: 'gap', gap: 'site-of-tomorrow' as never } },
        { check: 'members', finding: { state: 'good' } },
      ],
    });

    const [found] = await all();

    expect([found?.state, statesOf(found)]).toEqual(['needs-mending', [['members', 'good']]]);
  });

  test('come with those that need somebody first, page by page, and by state or name', async () => {
    await night();
    const gap = {
      looked_at: now,
      findings: JSON.stringify([{ check: 'site', finding: { state: 'gap', gap: 'site-unknown' } }]),
    };
    await add('c', 'Carers', { ...gap, findings: gap.findings as never });
    await add('b', 'Beekeepers', { settings: null });
    await add('a', 'Archivists', { archived_at: now });
    await add('r', 'Removed', { removed_at: now });
    const names = async (filter: object) =>
      (await reports.communities({ limit: 10, ...filter }, t)).entries.map(({ name }) => name);

    const first = await reports.communities({ limit: 2 }, t);
    const second = await reports.communities({ limit: 2, after: first.next! }, t);

    expect(first.entries.map(({ name }) => name)).toEqual(['Carers', 'Beekeepers']);
    expect([second.entries.map(({ name }) => name), second.next]).toEqual([
      [sampleTeam.displayName, 'Archivists'],
      null,
    ]);
    expect(await names({ state: 'not-set-up' })).toEqual(['Beekeepers']);
    expect(await names({ name: 'KEEP' })).toEqual(['Beekeepers']);
    expect(await names({ name: '%' })).toEqual([]);
    expect(await reports.counts()).toEqual({
      ...{ 'needs-mending': 1, 'not-set-up': 1, 'not-seen': 0, healthy: 1, archived: 1 },
    });
    expect(await reports.check('r', t)).toBeUndefined();
  });

  test('of one that was never there is none', async () => {
    expect(await reports.check('nowhere', t)).toBeUndefined();
    expect(asked).toEqual([]);
  });

  test('say when the team has not let the app read its members', async () => {
    stage.microsoft365.graph.setTeamConsent(sampleTeam.id, []);
    const found = await reports.check(sampleTeam.id, t);
    stage.microsoft365.graph.setTeamConsent(sampleTeam.id, permissions);

    expect(found?.found.find(({ check }) => check === 'members')).toMatchObject({
      state: 'gap',
      who: 'An owner of the team.',
    });
  });
});
