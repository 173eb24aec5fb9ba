import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createDeliveryLog } from '../../../../bot/messages/delivery-log.ts';
import { pageOf } from '../../../../bot/shared/page.ts';
import { delivery } from '../../../../bot/features/delivery/index.ts';
import type { Roster } from '../../../../bot/ports.ts';
import { api } from '../../../../domain/api.ts';
import type { AnyEndpoint, FileAnswer } from '../../../../domain/endpoint.ts';
import type { DeliveryEntry, DeliveryView } from '../../../../domain/delivery/api.ts';
import {
  deliveryReasons,
  deliveryStates,
  type DeliveryReason,
  type DeliveryState,
} from '../../../../domain/delivery/delivery.ts';
import { CommunityError } from '../../../../domain/errors.ts';
import { createEngines, type OpenedEngine } from '../../../support/engines.ts';
import { clockAt, community, member, rosterOf, settings, translateFor } from '../../../support/feature-parts.ts';
import { knownCommunity } from '../../../support/known-community.ts';
import { failureOf, request } from '../../../support/requests.ts';

const here = community();
const elsewhere = { ...here, id: 'elsewhere', name: '=Tea & "biscuits"' };
const priya = member('Priya Raman');
const ann = member('Ann Okafor');
const database = createEngines();
let opened: OpenedEngine;
let count = 0;

beforeAll(async () => {
  opened = await database.open('the embedded database');
});
afterAll(async () => {
  await opened.close();
  await database.stop();
});
beforeEach(async () => {
  count = 0;
  await opened.database.db.deleteFrom('communities').execute();
  for (const { id, name } of [here, elsewhere]) await knownCommunity(opened.database.db, id, settings(), name);
});

interface Kept {
  readonly in?: string;
  readonly kind?: string;
  readonly to?: string;
  readonly state?: DeliveryState;
  readonly reason?: DeliveryReason | null;
  readonly attempts?: number;
  readonly uncertain?: number;
  readonly updated?: boolean;
}

/** One message a minute later than the one before. */
async function keep({
  in: where = here.id,
  kind = 'facilitation.week',
  to = ann.id,
  state = 'sent',
  reason = null,
  attempts = 1,
  uncertain = 0,
  updated = false,
}: Kept): Promise<void> {
  const at = new Date(Date.parse('2026-11-23T09:00:00Z') + count * 60_000);
  await opened.database.db
    .insertInto('messages')
    .values({
      id: `m${String(count++).padStart(4, '0')}`,
      community: where,
      kind,
      period: `2026-11-23${count > 1 ? `/${count}` : ''}`,
      recipient: to,
      thread: to,
      card: { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: 'a secret' }] },
      summary: 'a secret too',
      state,
      reason,
      detail: reason ? '403 MessageWritesBlocked' : null,
      attempts,
      uncertain,
      sent_version: 1,
      conversation_id: null,
      activity_id: null,
      created_at: at,
      changed_at: at,
      expires_at: null,
      sent_at: state === 'sent' ? at : null,
      updated_at: updated ? at : null,
    })
    .execute();
}

function featureWith(roster: Roster = rosterOf(priya, ann), deliveryLog = createDeliveryLog(opened.database.db)) {
  return delivery({
    deliveryLog,
    roster,
    clock: clockAt('2026-11-24T12:00:00Z').now,
  });
}
async function read(params: Record<string, string> = {}, roster?: Roster): Promise<DeliveryView> {
  return (await request(featureWith(roster), api.delivery, { who: priya, community: here, params }))
    .body as DeliveryView;
}
async function administer<Answer>(endpoint: AnyEndpoint, params: Record<string, string> = {}): Promise<Answer> {
  const feature = featureWith();
  const found = feature.administration?.find(one => one.endpoint === endpoint);
  return (await found!.handle({ params, t: translateFor(feature) })).body as Answer;
}
const recipients = ({ entries }: DeliveryView) =>
  entries.map(({ to }) => (to.is === 'person' ? to.person.name : to.is));

describe('a coordinator reads', () => {
  test('what was sent to whom, newest first, and why it did not arrive', async () => {
    await keep({});
    await keep({ to: 'channel', updated: true, attempts: 2 });
    await keep({ to: priya.id, state: 'refused', reason: 'blocked', attempts: 3, uncertain: 1 });

    const view = await read();

    const common: Omit<DeliveryEntry, 'id' | 'to' | 'createdAt' | 'sentAt' | 'period'> = {
      community: { id: here.id, name: here.name, timeZone: 'Europe/London' },
      kind: 'facilitation.week',
      what: 'Facilitation week',
      state: 'sent',
      reason: null,
      detail: null,
      attempts: 1,
      uncertain: 0,
      updatedAt: null,
    };
    expect(view).toEqual({
      kinds: [{ id: 'facilitation.week', words: 'Facilitation week' }],
      states: [
        ['waiting', 'Waiting'],
        ['sending', 'On its way'],
        ['sent', 'Sent'],
        ['refused', 'Not delivered'],
        ['expired', 'Too late'],
        ['opted-out', 'Not wanted'],
      ].map(([id, words]) => ({ id, words })),
      entries: [
        {
          ...common,
          id: 'm0002',
          to: { is: 'person', person: { id: priya.id, name: priya.name } },
          period: '',
          state: 'refused',
          attempts: 3,
          uncertain: 1,
          createdAt: '2026-11-23T09:02:00.000Z',
          sentAt: null,
          reason: {
            code: 'blocked',
            said: 'This person has blocked the app, or removed it from their chats.',
            todo: 'Ask them, if it matters. They can unblock the app in Teams, under its name in their chats, or add it there again; the next message then reaches them.',
          },
        },
        {
          ...common,
          id: 'm0001',
          to: { is: 'channel' },
          period: '',
          attempts: 2,
          createdAt: '2026-11-23T09:01:00.000Z',
          sentAt: '2026-11-23T09:01:00.000Z',
          updatedAt: '2026-11-23T09:01:00.000Z',
        },
        {
          ...common,
          id: 'm0000',
          to: { is: 'person', person: { id: ann.id, name: ann.name } },
          period: '2026-11-23',
          createdAt: '2026-11-23T09:00:00.000Z',
          sentAt: '2026-11-23T09:00:00.000Z',
        },
      ],
      next: null,
      people: [ann, priya].map(({ id, name }) => ({ id, words: name })),
    });
  });

  test('nothing of another community, and nothing of what a message says', async () => {
    await keep({});
    await keep({ in: elsewhere.id });

    const view = await read();

    expect(view.entries.map(({ id }) => id)).toEqual(['m0000']);
    expect(JSON.stringify(view)).not.toContain('secret');
  });

  test.each<[Record<string, string>, readonly string[], string]>([
    [{ kind: 'welcome.card' }, ['m0001'], 'by what it is'],
    [{ state: 'refused' }, ['m0002'], 'by its state'],
    [{ recipient: 'channel' }, ['m0003'], 'the channel'],
    [{ recipient: ann.id }, ['m0002', 'm0001', 'm0000'], 'a person'],
    [{ recipient: ann.id, kind: 'facilitation.week', state: 'sent' }, ['m0000'], 'all three'],
    [{ kind: "'; DROP TABLE messages; --" }, [], 'nothing of this kind'],
    [{ before: 'nonsense' }, [], 'no such page'],
    [{ before: '2026-11-24T09:00:00.000Z_m\u0000' }, [], 'an id that no database can hold'],
    [{ before: '+100000-01-01T00:00:00.000Z_m' }, [], 'a year that no database can hold'],
  ])('%j gives %j: %s', async (params, expected) => {
    await keep({});
    await keep({ kind: 'welcome.card' });
    await keep({ state: 'refused', reason: 'blocked' });
    await keep({ to: 'channel' });

    expect((await read(params)).entries.map(({ id }) => id)).toEqual(expected);
  });

  test('page after page, each message once', async () => {
    for (let index = 0; index < 120; index++) await keep({});
    const seen: string[] = [];

    let next: string | null = '';
    let pages = 0;
    while (next !== null) {
      const page: DeliveryView = await read(next === '' ? {} : { before: next });
      seen.push(...page.entries.map(({ id }) => id));
      next = page.next;
      pages++;
    }

    expect({ pages, seen }).toEqual({
      pages: 3,
      seen: Array.from({ length: 120 }, (_, index) => `m${String(119 - index).padStart(4, '0')}`),
    });
  });

  test('about somebody who left, and about people whose names nobody can say now', async () => {
    await keep({ to: 'gone-away' });
    const down: Roster = {
      members: () => Promise.reject(new CommunityError('unavailable', 'no')),
      member: async () => undefined,
    };

    expect([recipients(await read()), recipients(await read({}, down))]).toEqual([['left'], ['']]);
  });

  test.each(deliveryReasons)('the reason %s in words, with what to do', async reason => {
    await keep({ state: 'refused', reason });

    const [entry] = (await read()).entries;

    expect(entry?.reason?.said).toMatch(/^[A-Z].*\.$/);
    expect(entry?.reason?.todo).toMatch(/^[A-Z].*\.$/);
  });

  test('a kind of a later version, in plain words', async () => {
    await keep({ kind: 'horoscope.weekly' });

    expect((await read()).entries.map(({ what }) => what)).toEqual(['Another message']);
  });
});

describe('who has answered a survey', () => {
  beforeEach(async () => {
    for (const to of [priya.id, ann.id])
      await keep({ kind: 'surveys.ask', to, attempts: to === ann.id ? 2 : 1, updated: to === ann.id });
    await keep({ kind: 'surveys.reminder', to: priya.id });
  });

  test('cannot be read from who was reminded, whose card has changed, or how often', async () => {
    const view = await read();

    expect(view.entries.map(({ what, to, attempts, updatedAt }) => ({ what, to: to.is, attempts, updatedAt }))).toEqual(
      [
        { what: 'Reminder of a survey', to: 'withheld', attempts: 1, updatedAt: null },
        ...['person', 'person'].map(to => ({ what: 'Survey', to, attempts: 1, updatedAt: null })),
      ],
    );
  });

  test('cannot be read from who was told its results', async () => {
    await keep({ kind: 'surveys.told', to: ann.id });

    expect((await read()).entries[0]).toMatchObject({
      what: 'Results for those who were promised them',
      to: { is: 'withheld' },
    });
  });

  test('cannot be found by asking for a person', async () => {
    expect((await read({ recipient: priya.id })).entries.map(({ kind }) => kind)).toEqual(['surveys.ask']);
  });

  test.each([api.exportDelivery, api.exportDeliveryOfAll])('is in no file: $path', async endpoint => {
    const { bytes } =
      endpoint === api.exportDelivery
        ? ((await request(featureWith(), endpoint, { who: priya, community: here })).body as FileAnswer)
        : await administer<FileAnswer>(endpoint);

    const [reminder] = linesOf(bytes).slice(1);
    expect(reminder).toContain('Not named: it would say who has answered');
    expect(reminder).not.toContain('riya');
  });
});

test.each([api.delivery, api.exportDelivery])('a member without that right may not: $path', async endpoint => {
  expect(await failureOf(request(featureWith(), endpoint, { who: ann, community: here }))).toMatchObject({
    code: 'not-allowed',
    details: { permission: 'delivery.read' },
  });
});

test('a state there is not is refused', async () => {
  expect(
    await failureOf(request(featureWith(), api.delivery, { who: priya, community: here, params: { state: 'lost' } })),
  ).toEqual({ code: 'invalid', details: { fields: ['state'] } });
});

test('the file has the same in the community’s time, safe to open in a spreadsheet', async () => {
  await keep({ to: member('=HYPERLINK("http://x")').id, state: 'expired', reason: 'missed', attempts: 0 });
  const { name, type, bytes } = (
    await request(
      featureWith(rosterOf({ id: 'hyperlink-http-x', name: '=HYPERLINK("http://x")', owner: false })),
      api.exportDelivery,
      { who: priya, community: here },
    )
  ).body as FileAnswer;

  expect({ name, type }).toEqual({ name: 'messages-2026-11-24.csv', type: 'text/csv; charset=utf-8' });
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(linesOf(bytes)).toEqual([
    'When,To,What,For,State,Why,What to do,Attempts,Attempts with unknown outcome,Sent,Last updated,Time zone',
    `2026-11-23 09:00,"'=HYPERLINK(""http://x"")",Facilitation week,2026-11-23,Too late,"The app was not running, or could not reach Microsoft 365, until its moment had passed.","There is nothing to do: a prompt that comes too late would only confuse. If this comes often, tell whoever looks after the app.",0,0,,,Europe/London`,
  ]);
});

test('a file that cannot hold everything says so', async () => {
  await keep({});
  const all = createDeliveryLog(opened.database.db);
  const many: typeof all = {
    ...all,
    // The newest line again and again: twenty thousand in the database would take the test a minute.
    async read(query) {
      const { lines } = await all.read(query);
      return pageOf(
        Array.from({ length: 20_001 }, () => lines[0]!),
        query.limit,
        ({ createdAt }) => createdAt,
      );
    },
  };

  const { bytes } = (await request(featureWith(undefined, many), api.exportDelivery, { who: priya, community: here }))
    .body as FileAnswer;

  const lines = linesOf(bytes);
  expect(lines).toHaveLength(20_002);
  expect(lines.at(-1)).toBe(
    '"There are older messages than these 20,000. Filter them in the tab, and download those.",,,,,,,,,,,',
  );
});

describe('an administrator', () => {
  test('reads all communities, with what Teams answered', async () => {
    await keep({ state: 'refused', reason: 'blocked' });
    await keep({ in: elsewhere.id });

    const view = await administer<DeliveryView>(api.deliveryOfAll);

    expect(view.entries.map(({ community: where, detail }) => ({ where: where.name, detail }))).toEqual([
      { where: '=Tea & "biscuits"', detail: null },
      { where: 'Data Storytellers', detail: '403 MessageWritesBlocked' },
    ]);
  });

  test('narrows them to those of one team, in the list and in the file', async () => {
    await keep({ state: 'refused', reason: 'blocked' });
    await keep({ in: elsewhere.id });
    const asked = { team: elsewhere.id };

    const view = await administer<DeliveryView>(api.deliveryOfAll, asked);
    const lines = linesOf((await administer<FileAnswer>(api.exportDeliveryOfAll, asked)).bytes);

    expect(view.entries.map(({ community: where }) => where.id)).toEqual([elsewhere.id]);
    expect([lines.length, lines[0]?.startsWith('Community,')]).toEqual([2, true]);
  });

  test('gets a file with the communities, and Entra ids for names', async () => {
    await keep({ in: elsewhere.id });

    const [head, line] = linesOf((await administer<FileAnswer>(api.exportDeliveryOfAll)).bytes);

    expect(head?.startsWith('Community,When,To,')).toBe(true);
    expect(line?.startsWith(`"'=Tea & ""biscuits""",2026-11-23 09:00,${ann.id},`)).toBe(true);
  });
});

test('every state has its words', async () => {
  expect((await read()).states.map(({ id }) => id)).toEqual([...deliveryStates]);
});

function linesOf(bytes: Uint8Array): string[] {
  return new TextDecoder().decode(bytes).trimEnd().split('\r\n');
}
