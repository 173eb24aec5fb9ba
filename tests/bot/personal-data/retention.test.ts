import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { waitingTooLong } from '../../../bot/messages/delivery-log.ts';
import { createDatabaseList } from '../../../bot/lists/database-list.ts';
import type { List } from '../../../bot/lists/list.ts';
import { definitions, type Row } from '../../../bot/lists/model.ts';
import { forgetOld } from '../../../bot/personal-data/retention.ts';
import type { Sheet } from '../../../domain/surveys/survey.ts';
import { createEngines, type OpenedEngine } from '../../support/engines.ts';

const engines = createEngines();
let opened: OpenedEngine;
beforeAll(async () => {
  opened = await engines.open('PostgreSQL');
  await opened.database.db
    .insertInto('communities')
    .values({
      id: 'c',
      name: 'C',
      thread_id: '19:c',
      channel_id: '19:c',
      service_url: '',
      installed_by: null,
      installed_at: new Date(0),
      settings: null,
      removed_at: null,
    })
    .execute();
});
afterAll(async () => {
  await opened.close();
  await engines.stop();
});

const now = new Date('2026-11-23T09:00:00Z');
const months = (count: number): Date => new Date(now.getTime() - count * 30.5 * 24 * 3_600_000);
const minutes = (count: number): Date => new Date(now.getTime() - count * 60_000);

function message(id: string, changes: object) {
  return {
    id,
    community: 'c',
    kind: 'welcome.card',
    period: 'once',
    recipient: id,
    thread: id,
    card: { type: 'AdaptiveCard', version: '1.5', body: [] },
    summary: '',
    state: 'sent',
    reason: null,
    sent_version: 1,
    conversation_id: null,
    activity_id: null,
    created_at: now,
    changed_at: now,
    expires_at: null,
    next_at: null,
    ...changes,
  } as const;
}

test('what is old and settled is forgotten; what is younger, was changed lately or still waits is not', async () => {
  const { db } = opened.database;
  await db
    .insertInto('messages')
    .values([
      message('old', { created_at: months(14), changed_at: months(14) }),
      message('old and refused', { state: 'refused', created_at: months(20), changed_at: months(14) }),
      message('a year old', { created_at: months(12), changed_at: months(12) }),
      message('old, and replaced lately', { created_at: months(14), changed_at: months(1) }),
      message('old, and still to be sent', {
        state: 'waiting',
        created_at: months(14),
        changed_at: months(14),
        next_at: now,
      }),
    ])
    .execute();
  const hours = (count: number): number => Date.now() - count * 3_600_000;
  await db
    .insertInto('threads')
    .values([
      { thread: 'silent', calls: [hours(9), hours(8)], busy_until: hours(8) },
      { thread: 'never called', calls: [], busy_until: hours(8) },
      { thread: 'called in the last hour', calls: [hours(0.5)], busy_until: hours(8) },
      { thread: 'in somebody’s hands', calls: [], busy_until: hours(-0.01) },
    ])
    .execute();
  await db
    .insertInto('gatherings')
    .values(['2025-09', '2026-11'].map(month => ({ month, person: 'p', community: 'c', carrier: null })))
    .execute();

  const line = {
    person: 'p',
    community: 'c',
    act: 'settings.save',
    door: 'tab',
    via: 'saveSettings',
    about: '',
    outcome: 'refused',
    reason: 'not-allowed',
    request: null,
    repeats: null,
  } as const;
  await db
    .insertInto('audit')
    .values([
      { ...line, id: 'over a year old', at: months(12.5), last_at: months(12.5) },
      { ...line, id: 'eleven months old', at: months(11), last_at: months(11) },
    ])
    .execute();
  await db.insertInto('memberships').values({ community: 'c', person: 'member' }).execute();
  await db
    .insertInto('calendar_links')
    .values(
      (['member', 'somebody who left', 'just made'] as const).map(
        subject =>
          ({
            kind: 'person',
            subject,
            token: subject,
            made_by: { id: subject, name: '' },
            made_at: subject === 'just made' ? now : months(1),
          }) as const,
      ),
    )
    .execute();

  await db
    .insertInto('chats')
    .values(
      ['member', 'a year old', 'a stranger'].map(person => ({
        person,
        user_id: null,
        conversation_id: null,
        service_url: '',
        locale: null,
        time_zone: null,
      })),
    )
    .execute();

  const sealed = { label: Buffer.from('x'), content: Buffer.from('x') };
  await db
    .insertInto('handed_files')
    .values([
      { id: 'over', ...sealed, expires_at: new Date(now.getTime() - 1000) },
      { id: 'waiting', ...sealed, expires_at: new Date(now.getTime() + 1000) },
    ])
    .execute();

  const forgotten = await forgetOld(db, now);

  expect(forgotten).toEqual({
    messages: 2,
    threads: 2,
    gatherings: 1,
    mornings: 0,
    audit: 1,
    calendarLinks: 1,
    chats: 1,
    handedFiles: 1,
    erasures: 0,
    feedback: 0,
  });
  expect(
    (await db.selectFrom('chats').select('person').orderBy('person').execute()).map(({ person }) => person),
  ).toEqual(['a year old', 'member']);
  expect((await db.selectFrom('audit').select('id').execute()).map(({ id }) => id)).toEqual(['eleven months old']);
  expect(
    (await db.selectFrom('calendar_links').select('subject').orderBy('subject').execute()).map(
      ({ subject }) => subject,
    ),
  ).toEqual(['just made', 'member']);
  expect((await db.selectFrom('messages').select('id').orderBy('id').execute()).map(({ id }) => id)).toEqual([
    'a year old',
    'old, and replaced lately',
    'old, and still to be sent',
  ]);
  expect(
    (await db.selectFrom('threads').select('thread').orderBy('thread').execute()).map(({ thread }) => thread),
  ).toEqual(['called in the last hour', 'in somebody’s hands']);
  await db.deleteFrom('messages').execute();
});

test('whom a survey reminded is forgotten three days after its last day', async () => {
  const { db } = opened.database;
  const days = (count: number): Date => new Date(now.getTime() - count * 24 * 3_600_000);
  const reminder = (id: string, expires: number, changes: object = {}) =>
    message(id, { kind: 'surveys.reminder', expires_at: days(expires), ...changes });
  await db
    .insertInto('messages')
    .values([
      reminder('over', 4),
      reminder('just over', 2),
      reminder('channel', 4),
      reminder('still to be replaced', 4, { next_at: now }),
      message('asked', { kind: 'surveys.ask', expires_at: days(4) }),
    ])
    .execute();

  const forgotten = await forgetOld(db, now);

  expect(forgotten.messages).toBe(1);
  const left = await db.selectFrom('messages').select('id').orderBy('id').execute();
  expect(left.map(({ id }) => id)).toEqual(['asked', 'channel', 'just over', 'still to be replaced']);
  await db.deleteFrom('messages').execute();
});

test('a reminder that never went out is forgotten as well', async () => {
  const { db } = opened.database;
  const days = (count: number): Date => new Date(now.getTime() - count * 24 * 3_600_000);
  await db
    .insertInto('messages')
    .values([
      message('gave way', { kind: 'surveys.reminder', state: 'expired', reason: 'gave-way', created_at: days(4) }),
      message('gave way lately', {
        kind: 'surveys.reminder',
        state: 'expired',
        reason: 'gave-way',
        created_at: days(2),
      }),
    ])
    .execute();

  await forgetOld(db, now);

  expect((await db.selectFrom('messages').select('id').execute()).map(({ id }) => id)).toEqual(['gave way lately']);
  await db.deleteFrom('messages').execute();
});

test('of mornings stays what they count for, and of what was said what may be said again or is still counted', async () => {
  const { db } = opened.database;
  const wish = (person: string, kind: string, until: string, again = false, day: string | null = until) => ({
    ...{ community: 'c', person, kind, period: 'p', until, again, day },
  });
  await db
    .insertInto('wishes')
    .values([
      wish('reminded', 'surveys.reminder', '2026-11-19'),
      wish('reminded lately', 'surveys.reminder', '2026-11-20'),
      wish('due', 'plan.reminder', '2026-11-19'),
      wish('gave way', 'surveys.reminder', '2026-11-19', false, null),
      wish('asked', 'surveys.ask', '2026-10-10'),
      wish('asked long ago', 'surveys.ask', '2026-10-01'),
      wish('open', 'roles.vacant', '2025-11-19', true),
      wish('open long ago', 'roles.vacant', '2025-10-01', true),
    ])
    .execute();
  await db
    .insertInto('mornings')
    .values(['2026-11-14', '2026-11-15'].map(day => ({ community: 'c', person: 'p', day, counted: true })))
    .execute();

  await forgetOld(db, now);

  const left = await db.selectFrom('wishes').select('person').orderBy('person').execute();
  expect(left.map(({ person }) => person)).toEqual(['asked', 'open', 'reminded lately']);
  expect((await db.selectFrom('mornings').select('day').execute()).map(({ day }) => day)).toEqual(['2026-11-15']);
  await db.deleteFrom('wishes').execute();
  await db.deleteFrom('mornings').execute();
});

test('what people wrote about an event goes a year after it was passed on; numbers and other surveys stay', async () => {
  const { db } = opened.database;
  const listOf = <Name extends 'surveys' | 'answers'>(name: Name, at: Date): List<Row<Name>> =>
    createDatabaseList({ db, now: () => at, name, definition: definitions[name], community: 'c', by: null });
  const survey = (key: string, event: string | null): Row<'surveys'> => ({
    key,
    title: 'Says "event":"x"',
    intro: '',
    questions: [{ id: 'keep', kind: 'text', text: 'Keep?', options: [], low: '', high: '', required: false }],
    anonymous: true,
    audience: 'channel',
    event,
    tellsResults: false,
    everyQuarter: false,
    repeats: null,
    opensOn: '2025-11-01',
    closesOn: '2025-11-05',
    closedOn: null,
    plannedBy: { id: 'p', name: 'P' },
    answered: 5,
    sent: null,
  });
  const put = (name: string, at: Date, sheets: Sheet[]) =>
    listOf('answers', at).create({ key: name, survey: name.split('/')[0]!, person: null, day: '2025-11-06', sheets });
  for (const row of [survey('on-an-event', 'Chart surgery'), survey('pulse-2025', null)])
    await listOf('surveys', months(13)).create(row);
  await put('on-an-event/keep/0', months(13), [{ keep: 'The sketches' }]);
  await put('on-an-event/use/0', months(13), [{ use: 5 }, { use: 4 }, { use: 5 }, { use: 5 }, { use: 1 }]);
  await put('on-an-event/change/0', months(11), [{ change: 'Shorter' }]);
  await put('pulse-2025/wish/0', months(13), [{ wish: 'More' }]);

  const forgotten = await forgetOld(db, now);

  const left = (await listOf('answers', now).all()).map(({ value }) => value.key).toSorted();
  expect([forgotten.feedback, left]).toEqual([1, ['on-an-event/change/0', 'on-an-event/use/0', 'pulse-2025/wish/0']]);
  await db.deleteFrom('rows').execute();
});

test('however much there is, all of it goes', async () => {
  const { db } = opened.database;
  for (let start = 0; start < 6000; start += 1000) {
    await db
      .insertInto('messages')
      .values(
        Array.from({ length: 1000 }, (_none, index) =>
          message(`m${start + index}`, { created_at: months(14), changed_at: months(14) }),
        ),
      )
      .execute();
  }

  expect(await forgetOld(db, now)).toMatchObject({ messages: 6000, threads: 0, gatherings: 0 });
});

test('says what waits for too long and why, and nothing while all is well', async () => {
  const { db } = opened.database;
  await db
    .insertInto('messages')
    .values([
      message('sent', { created_at: minutes(60) }),
      message('new', { state: 'waiting', created_at: minutes(14), next_at: now }),
    ])
    .execute();

  const well = await waitingTooLong(db, now);
  await db
    .insertInto('messages')
    .values([
      ...['a', 'b'].map(id =>
        message(id, { state: 'waiting', reason: 'throttled', created_at: minutes(16), next_at: now }),
      ),
      message('c', { state: 'sending', created_at: minutes(16), next_at: now }),
    ])
    .execute();
  const unwell = await waitingTooLong(db, now);

  expect({ well, unwell }).toEqual({
    well: undefined,
    unwell: 'waiting for more than 15 minutes: 2 throttled, 1 not tried yet',
  });
});
