import { beforeEach, describe, expect, test } from '@jest/globals';
import { api } from '../../../../domain/api.ts';
import type { Member } from '../../../../domain/community.ts';
import { CommunityError } from '../../../../domain/errors.ts';
import { actionsIn, checkCard, textsIn } from '../../../support/cards.ts';
import { cardOf, member, person, press } from '../../../support/feature-parts.ts';
import { request } from '../../../support/requests.ts';
import { amara, daniel, here, priya, room, scene, type Scene } from './parts.ts';

const morning = '2026-11-23T09:00:00Z';
let now: Scene;
beforeEach(() => {
  now = scene();
});

function presses(verb: string, who: Member, id = 'book-a-room', due = '2026-11-24') {
  return press(now.feature, verb, {
    who,
    community: here,
    data: { community: here.id, action: id, due, from: 'reminder' },
  });
}

describe('the daily look', () => {
  test('sends each owner one card with all that is due, once, until the end of the day', async () => {
    await now.adds('book-a-room');
    await now.adds('ask-a-ward', { title: 'Ask a ward', due: '2026-11-23', owners: [amara, daniel] });

    await now.reminds(morning);
    await now.reminds('2026-11-23T15:00:00Z');

    expect(
      now.messenger.posted.map(({ to, kind, period, summary, expires }) => ({ to, kind, period, summary, expires })),
    ).toEqual([
      {
        to: amara.id,
        kind: 'plan.reminder',
        period: '2026-11-23',
        summary: '2 of your actions in Data Storytellers are due',
        expires: '2026-11-24T00:00:00.000Z',
      },
      {
        to: daniel.id,
        kind: 'plan.reminder',
        period: '2026-11-23',
        summary: 'Due: Ask a ward',
        expires: '2026-11-24T00:00:00.000Z',
      },
    ]);
    const card = now.messenger.posted[0]!.card;
    checkCard(card);
    expect(textsIn(card)).toEqual(
      expect.arrayContaining(['2 of your actions are due', 'Due today', 'Ask a ward', 'Due tomorrow', 'Book a room']),
    );
    expect(actionsIn(card).map(action => action['verb'])).toEqual([
      'plan.done',
      'plan.later',
      'plan.done',
      'plan.later',
      'plan.stop',
    ]);
  });

  test.each([
    ['the day before and on the day', {}, ['2026-11-23', '2026-11-24']],
    ['not of what is done', { state: 'done' as const }, []],
    ['not of what has no day', { due: null }, []],
    ['not of what nobody does', { owners: [] }, []],
  ])('is about an action %s', async (_reason, change, expected) => {
    await now.adds('book-a-room', change);

    for (const day of ['22', '23', '24', '25']) await now.reminds(`2026-11-${day}T09:00:00Z`);

    expect(now.messenger.posted.map(({ period }) => period)).toEqual(expected);
  });

  test('who left the team, or wants no messages, gets none', async () => {
    await now.adds('book-a-room', { owners: [amara, daniel] });
    const row = (await now.lists.of(here.id).plan.find('book-a-room'))!;
    await now.lists.of(here.id).plan.update(row, { ...row.value, owners: [...row.value.owners, person('Gone Away')] });
    await press(now.feature, 'stop', { who: daniel, community: here, data: { community: here.id } });

    await now.reminds(morning);

    expect(now.messenger.posted.map(({ to }) => to)).toEqual([amara.id]);
  });
});

describe('a press on the reminder', () => {
  beforeEach(async () => {
    await now.adds('book-a-room', { owners: [amara, daniel] });
    await now.reminds(morning);
  });

  test('done: every owner’s card shows it, and it can be taken back', async () => {
    const done = cardOf(await presses('done', amara));
    const [, danielsCopy] = now.messenger.posted;
    const reopened = cardOf(await presses('reopen', amara));

    for (const card of [done, danielsCopy!.card, reopened]) checkCard(card);
    expect(textsIn(done)).toEqual(
      expect.arrayContaining(['Nothing is left for now. Thank you!', 'Done: Book a room. Thank you!', '☑ Book a room']),
    );
    expect(textsIn(danielsCopy!.card)).toEqual(
      expect.arrayContaining(['Nothing is left for now. Thank you!', '☑ Book a room']),
    );
    expect(textsIn(reopened)).toEqual(
      expect.arrayContaining(['One of your actions is due', 'Book a room is not done after all.']),
    );
    expect((await now.sees(priya)).actions[0]).toMatchObject({
      state: 'doing',
      doneAt: null,
      changed: { by: person('Amara Okafor') },
    });
  });

  test('a week later, pressed twice or on two copies, is one week', async () => {
    const moved = cardOf(await presses('later', amara));
    await presses('later', amara);
    await presses('later', daniel);

    checkCard(moved);
    expect(textsIn(moved)).toContain('Book a room is due Tuesday 1 December now.');
    expect((await now.sees(priya)).actions[0]?.due).toBe('2026-12-01');
    expect(textsIn(now.messenger.posted[1]!.card)).not.toContain('Book a room');
  });

  test('by two owners at the same moment keeps the first “done”', async () => {
    now.lists.beforeNext('update', 'plan', async () => void (await presses('done', daniel)));

    await presses('done', amara);

    expect((await now.sees(priya)).actions[0]).toMatchObject({
      state: 'done',
      changed: { by: person('Daniel Fitzgerald') },
    });
  });

  test('by somebody whose action it is no more is refused', async () => {
    const pressing = presses('done', member('Gwen Pritchard'));

    await expect(pressing).rejects.toMatchObject({ code: 'not-allowed' });
  });

  test('on an action that was removed says so', async () => {
    const { etag } = (await now.sees(priya)).actions[0]!;
    await request(now.feature, api.removeAction, {
      who: priya,
      community: here,
      params: { action: 'book-a-room' },
      ifMatch: etag,
    });

    await expect(presses('done', amara)).rejects.toMatchObject({ code: 'not-found' });
    expect(textsIn(now.messenger.posted[0]!.card)).not.toContain('Book a room');
  });
});

describe('a change in the tab', () => {
  test('reaches the reminders of today', async () => {
    const { etag } = await now.adds('book-a-room');
    await now.reminds(morning);

    await request(now.feature, api.saveAction, {
      who: priya,
      community: here,
      params: { action: 'book-a-room' },
      body: { ...room, state: 'done' },
      ifMatch: etag,
    });

    expect(textsIn(now.messenger.posted[0]!.card)).toContain('☑ Book a room');
  });

  test('is saved also when the reminders cannot be shown anew, and saving it again shows it', async () => {
    const { etag } = await now.adds('book-a-room');
    await now.reminds(morning);
    now.lists.beforeNext('all', 'plan', () => {
      throw new CommunityError('throttled', 'wait');
    });

    const save = () =>
      request(now.feature, api.saveAction, {
        who: priya,
        community: here,
        params: { action: 'book-a-room' },
        body: { ...room, state: 'done' },
        ifMatch: etag,
      });
    await expect(save()).rejects.toMatchObject({ code: 'throttled' });
    expect((await now.sees(priya)).actions[0]?.state).toBe('done');

    await save();

    expect(textsIn(now.messenger.posted[0]!.card)).toContain('☑ Book a room');
  });
});

test('no more messages is one press, and so is the way back', async () => {
  const stopped = cardOf(
    await press(now.feature, 'stop', { who: amara, community: here, data: { community: here.id } }),
  );
  const quiet = [...now.messenger.optedOut];
  const resumed = cardOf(
    await press(now.feature, 'resume', { who: amara, community: here, data: { community: here.id } }),
  );

  for (const card of [stopped, resumed]) checkCard(card);
  expect([quiet, [...now.messenger.optedOut]]).toEqual([[`${here.id} ${amara.id}`], []]);
  expect(actionsIn(stopped).map(action => action['verb'])).toEqual(['plan.resume']);
});
