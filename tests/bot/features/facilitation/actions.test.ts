import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Destination, Member } from '../../../../domain/community.ts';
import type { Feature } from '../../../../bot/feature.ts';
import { facilitation } from '../../../../bot/features/facilitation/index.ts';
import { facilitationWeek } from '../../../../domain/facilitation/method.ts';
import { actionsIn, checkCard, textsIn } from '../../../support/cards.ts';
import {
  ask,
  cardOf,
  community,
  member,
  newCommunity,
  noticeOf,
  person,
  press,
  settings,
  type RecordingMessenger,
  type TestClock,
  rosterOf,
} from '../../../support/feature-parts.ts';
import { sceneOf, type SceneParts } from '../../../support/feature-scene.ts';
import { type InMemoryLists } from '../../../support/in-memory-lists.ts';

const team = community();
const priya = member('Priya Raman');
const tomasz = member('Tomasz Nowak');
const guest = member('Ines Duarte');
const week = '2026-11-23';

let lists: InMemoryLists;
let messenger: RecordingMessenger;
let clock: TestClock;
let feature: Feature;
let parts: SceneParts;

beforeEach(() => {
  ({ feature, parts, lists, messenger, clock } = sceneOf(facilitation, { at: '2026-11-23T09:30:00Z' }));
});

describe('tick', () => {
  test('stores who and when, and answers with the card that shows it', async () => {
    const reply = await press(feature, 'tick', { who: priya, community: team, data: dataOf('figures') });

    expect(await stored()).toEqual([
      {
        key: '2026-11-23/figures',
        week,
        task: 'figures',
        tickedBy: { id: 'priya-raman', name: 'Priya Raman' },
        tickedAt: '2026-11-23T09:30:00.000Z',
      },
    ]);
    expect(textsIn(cardOf(reply))).toEqual(
      expect.arrayContaining(['10 of 290 minutes done', '☑', 'Priya Raman, 09:30']),
    );
  });

  test('shows the same to everybody who has the card', async () => {
    await press(feature, 'tick', { who: priya, community: team, data: dataOf('figures') });

    expect(messenger.refreshed).toHaveLength(1);
    expect(messenger.refreshed[0]).toMatchObject({ community: team.id, kind: 'facilitation.week', period: week });
    expect(textsIn(messenger.refreshed[0]!.card)).toContain('Priya Raman, 09:30');
  });

  test('two people tick different tasks at the same moment: both ticks are on the card', async () => {
    lists.beforeNext('create', 'ticks', () =>
      press(feature, 'tick', { who: tomasz, community: team, data: dataOf('content') }),
    );

    const reply = await press(feature, 'tick', { who: priya, community: team, data: dataOf('figures') });

    expect(textsIn(cardOf(reply))).toEqual(
      expect.arrayContaining(['40 of 290 minutes done', 'Priya Raman, 09:30', 'Tomasz Nowak, 09:30']),
    );
  });

  test('a second tick of one task keeps the first', async () => {
    await press(feature, 'tick', { who: priya, community: team, data: dataOf('figures') });
    clock.moveTo('2026-11-23T09:45:00Z');

    const reply = await press(feature, 'tick', { who: tomasz, community: team, data: dataOf('figures') });

    expect((await stored()).map(row => [row.tickedBy.name, row.tickedAt])).toEqual([
      ['Priya Raman', '2026-11-23T09:30:00.000Z'],
    ]);
    expect(textsIn(cardOf(reply))).toContain('Priya Raman, 09:30');
  });

  test('two people tick one task at the same moment: whoever was stored first stays', async () => {
    lists.beforeNext('create', 'ticks', () =>
      press(feature, 'tick', { who: tomasz, community: team, data: dataOf('figures') }),
    );

    await press(feature, 'tick', { who: priya, community: team, data: dataOf('figures') });

    expect((await stored()).map(row => row.tickedBy.name)).toEqual(['Tomasz Nowak']);
  });

  test.each([
    [
      '2026-11-16',
      'figures',
      'This card belongs to a week that is over. Type “week” to see the present one.',
      'a week that is over',
    ],
    ['2026-11-30', 'figures', 'This week has not begun yet.', 'a week to come'],
    [week, 'nonsense', 'This task is not on the list any more. Type “week” to see the present card.', 'no such task'],
    [
      week,
      '${json(1)}',
      'This task is not on the list any more. Type “week” to see the present card.',
      'an expression instead of a task',
    ],
  ])('%s/%s gets "%s" and nothing is stored: %s', async (ofWeek, task, expected) => {
    const reply = await press(feature, 'tick', {
      who: priya,
      community: team,
      data: { community: team.id, week: ofWeek, task },
    });

    expect(noticeOf(reply)).toBe(expected);
    expect(lists.writes).toEqual([]);
    expect(messenger.refreshed).toEqual([]);
  });

  test.each<[object, string]>([
    [{}, 'no data'],
    [{ week: 'Monday', task: 'figures' }, 'a week that is no day'],
    [{ week: '2026-02-30', task: 'figures' }, 'a day that does not exist'],
    [{ week, task: ['figures'] }, 'a task that is no text'],
    [{ week, task: 'x'.repeat(61) }, 'a task longer than any'],
  ])('refuses %j: %s', async data => {
    const pressed = press(feature, 'tick', { who: priya, community: team, data });

    await expect(pressed).rejects.toThrow();
    expect(lists.writes).toEqual([]);
  });

  test.each(['tick', 'untick'])('%s is for facilitators, coordinators and owners', async action => {
    const pressed = press(feature, action, { who: guest, community: team, data: dataOf('figures') });

    await expect(pressed).rejects.toMatchObject({ code: 'not-allowed' });
    expect(lists.writes).toEqual([]);
  });

  test('says so when the lists cannot be reached', async () => {
    lists.missing.add('ticks');

    const pressed = press(feature, 'tick', { who: priya, community: team, data: dataOf('figures') });

    await expect(pressed).rejects.toMatchObject({ code: 'not-set-up' });
  });
});

describe('untick', () => {
  test('takes one’s own tick back, for everybody', async () => {
    await press(feature, 'tick', { who: priya, community: team, data: dataOf('figures') });

    const reply = await press(feature, 'untick', { who: priya, community: team, data: dataOf('figures') });

    expect(await stored()).toEqual([]);
    expect(textsIn(cardOf(reply))).toContain('0 of 290 minutes done');
    expect(textsIn(messenger.refreshed.at(-1)!.card)).toContain('0 of 290 minutes done');
  });

  test('leaves somebody else’s tick alone and names them', async () => {
    await press(feature, 'tick', { who: priya, community: team, data: dataOf('figures') });

    const reply = await press(feature, 'untick', { who: tomasz, community: team, data: dataOf('figures') });

    expect(noticeOf(reply)).toBe('Priya Raman ticked this, so only they can take it back.');
    expect(await stored()).toHaveLength(1);
  });

  test('twice is as good as once', async () => {
    await press(feature, 'tick', { who: priya, community: team, data: dataOf('figures') });
    await press(feature, 'untick', { who: priya, community: team, data: dataOf('figures') });

    const reply = await press(feature, 'untick', { who: priya, community: team, data: dataOf('figures') });

    expect(textsIn(cardOf(reply))).toContain('0 of 290 minutes done');
  });

  test('is over when the week is', async () => {
    await press(feature, 'tick', { who: priya, community: team, data: dataOf('figures') });
    clock.moveTo('2026-11-30T09:00:00Z');

    const reply = await press(feature, 'untick', { who: priya, community: team, data: dataOf('figures') });

    expect(noticeOf(reply)).toBe('This card belongs to a week that is over. Type “week” to see the present one.');
    expect(await stored()).toHaveLength(1);
  });
});

describe('refresh', () => {
  test.each([true, false])(
    'answers with the card and updates no message, or Teams would ask for ever (automatic: %s)',
    async automatic => {
      const reply = await press(feature, 'refresh', {
        who: priya,
        community: team,
        automatic,
        data: { community: team.id, week },
      });

      expect(textsIn(cardOf(reply))).toContain('0 of 290 minutes done');
      expect(messenger.refreshed).toEqual([]);
    },
  );

  test.each<[Member, Destination, boolean, string]>([
    [priya, 'chats', true, 'it came to her unasked'],
    [guest, 'chats', false, 'it never comes to those who only look'],
    [priya, 'channel', false, 'there it would be everybody’s'],
  ])('%#: the line that ends the message stays', async (who, destination, expected) => {
    const withThem = facilitation({ ...parts, roster: rosterOf(priya, tomasz, guest) });

    const card = cardOf(
      await press(withThem, 'refresh', {
        who,
        community: community({ settings: settings({ facilitation: { destination } }) }),
        automatic: true,
        data: { community: team.id, week },
      }),
    );

    expect(verbsOn(card).includes('privacy.stop')).toBe(expected);
  });

  test('an old card stays the card of its week and can no longer be ticked', async () => {
    await press(feature, 'tick', { who: priya, community: team, data: dataOf('figures') });
    clock.moveTo('2026-12-01T10:00:00Z');

    const card = cardOf(
      await press(feature, 'refresh', {
        who: priya,
        community: team,
        automatic: true,
        data: { community: team.id, week },
      }),
    );

    expect(textsIn(card)).toEqual(
      expect.arrayContaining(['The week of Monday 23 November is over', '10 minutes were done']),
    );
    expect(verbsOn(card)).toEqual(['facilitation.refresh']);
  });

  test('members who do not facilitate see the card without anything to tick', async () => {
    const card = cardOf(
      await press(feature, 'refresh', {
        who: guest,
        community: team,
        automatic: true,
        data: { community: team.id, week },
      }),
    );

    expect(verbsOn(card)).toEqual(['facilitation.refresh']);
  });
});

describe('week, typed to the bot', () => {
  test('shows the running week', async () => {
    const card = cardOf(await ask(feature, 'week', { who: priya, community: team }));

    checkCard(card);
    expect(textsIn(card)).toEqual(
      expect.arrayContaining(['Data Storytellers: facilitation week', 'Monday 23 November', '0 of 60 min']),
    );
    expect(actionsIn(card).every(action => (action['data'] as { week: string }).week === week)).toBe(true);
  });

  test('shows a member what is on for them, and nothing of the coordinators’ card', async () => {
    await lists.of(team.id).plan.create({
      ...{ key: 'book-the-room', title: 'Book the *room*', owners: [{ id: guest.id, name: guest.name }] },
      ...{
        due: '2026-11-26',
        state: 'to-do',
        steps: [],
        links: [],
        weight: 'baseline',
        aim: null,
        notes: '',
        doneAt: null,
      },
      ...{ addedBy: person('Priya Raman'), addedAt: '2026-11-01T09:00:00Z' },
      ...{ changedBy: person('Priya Raman'), changedAt: '2026-11-01T09:00:00Z' },
    });

    const card = cardOf(await ask(feature, 'week', { who: guest, community: team }));

    checkCard(card);
    expect(textsIn(card)).toEqual(
      expect.arrayContaining([
        'Data Storytellers: your week',
        'Book the \\*room\\*, by Thursday 26 November',
        'Roles that nobody holds',
        'Three small things, if you like',
        'Only you see this. Nobody counts how much of it you do.',
      ]),
    );
    expect(textsIn(card).join(' ')).not.toMatch(/minutes done|facilitate here/);
    expect(verbsOn(card)).toEqual([]);
  });

  test('is for the person’s own eyes, and sending it to others is asked about first', () => {
    const flags = feature.commands!.map(({ name, personal, changes, offeredTo }) => [
      name,
      personal,
      changes,
      offeredTo,
    ]);

    expect(flags).toEqual([
      ['week', true, undefined, undefined],
      ['this week now', undefined, true, 'facilitation.change'],
    ]);
  });

  test.each([
    [priya, {}, 'You get this card because you facilitate here; the settings say who does.'],
    [member('Olive Owner', { owner: true }), {}, 'This card goes to those who facilitate here. You may tick it, too.'],
    [
      priya,
      { facilitators: [] },
      'You get this card because you coordinate here and nobody facilitates; the settings say who does.',
    ],
    [
      priya,
      { destination: 'channel' as const },
      'This card is in the channel because the settings say so. Those who facilitate tick it.',
    ],
  ])('%#: says why this reader sees it', async (who, choices, expected) => {
    const withThem = facilitation({ ...parts, roster: rosterOf(priya, tomasz, who) });
    const where = community({ settings: settings({ facilitation: choices }) });

    const card = cardOf(await ask(withThem, 'week', { who, community: where }));

    expect(textsIn(card).at(-1)).toContain(expected);
  });

  test('is for member support as well, who may tick what is about newcomers', async () => {
    const withHer = facilitation({ ...parts, roster: rosterOf(priya, tomasz, guest) });

    const card = cardOf(await ask(withHer, 'week', { who: guest, community: inRole('member-support') }));

    checkCard(card);
    expect(tasksOn(card)).toEqual(['newcomers-1', 'newcomers-2', 'newcomers-3', 'newcomers-4', 'newcomers-5']);
    expect(textsIn(card)).not.toContain('Size and rhythm of the week');
    expect(textsIn(card).at(-1)).toContain(
      'This card goes to those who facilitate here. By your role you may tick the welcomes, too.',
    );
  });

  test('shows the core group all ticks, and nothing that only those may press who facilitate', async () => {
    const card = cardOf(await ask(feature, 'week', { who: guest, community: inRole('core-group') }));

    expect(tasksOn(card)).toHaveLength(20);
    expect([...new Set(verbsOn(card))]).toEqual(['facilitation.refresh', 'facilitation.tick']);
  });

  test('before the card’s time on Monday it is still the week before', async () => {
    clock.moveTo('2026-11-23T08:00:00Z');

    const card = cardOf(await ask(feature, 'week', { who: priya, community: team }));

    expect(textsIn(card)).toContain('The next week starts today at 09:00.');
    expect(actionsIn(card)[0]?.['data']).toEqual({ community: team.id, week: '2026-11-16' });
  });

  test('a community that is not set up has none', async () => {
    await expect(ask(feature, 'week', { who: priya, community: newCommunity() })).rejects.toMatchObject({
      code: 'not-set-up',
    });
  });
});

describe('whoever joined in the week before', () => {
  const joinedAt = '2026-11-18T14:00:00Z';
  const withHer = () => facilitation({ ...parts, roster: rosterOf(priya, tomasz, guest) });
  beforeEach(() =>
    lists.of(team.id).newcomers.create({
      ...{ key: guest.id, person: { id: guest.id, name: guest.name }, joinedAt, answeredAt: null, forSupport: false },
      ...{ reasons: [], inOwnWords: '', contributions: [], noMessages: false },
    }),
  );

  test.each([
    ['2026-11-18T15:00:00Z', true, 'they were greeted on the card of that week'],
    ['2026-11-18T13:00:00Z', false, 'the tick was before they came'],
  ])('a tick at %s: needs nobody %s, %s', async (tickedAt, expected) => {
    const tick = { week: '2026-11-16', task: 'newcomers-3', tickedBy: person('Priya Raman'), tickedAt };
    await lists.of(team.id).ticks.create({ key: '2026-11-16/newcomers-3', ...tick });

    const card = cardOf(await ask(withHer(), 'week', { who: priya, community: team }));

    expect(textsIn(card).includes('Ticked by itself: nobody new to welcome since last time')).toBe(expected);
  });
});

describe('a tick by member support', () => {
  test.each(['tick', 'untick'])('%s: what is about newcomers is theirs', async verb => {
    const reply = await press(feature, verb, {
      who: guest,
      community: inRole('member-support'),
      data: dataOf('newcomers-1'),
    });

    expect(textsIn(cardOf(reply))).toContain('Welcome who has joined');
    expect((await stored()).map(({ task }) => task)).toEqual(verb === 'tick' ? ['newcomers-1'] : []);
  });

  test.each(['tick', 'untick'])('%s: the rest of the week is for others', async verb => {
    await expect(
      press(feature, verb, { who: guest, community: inRole('member-support'), data: dataOf('content') }),
    ).rejects.toMatchObject({ code: 'not-allowed', details: { context: 'facilitators' } });
    expect(await stored()).toEqual([]);
  });
});

describe('notes from elsewhere', () => {
  const joined = '3 people joined this week: Ann, Ben and Chloé';

  test.each<[Destination, 'channel' | 'chat', Member, boolean, string]>([
    ['chats', 'chat', priya, true, 'a facilitator in their own chat'],
    ['chats', 'chat', guest, false, 'not for everybody'],
    ['channel', 'chat', priya, false, 'the card is in the channel'],
  ])('with the card in %s, asked in a %s: %#', async (destination, place, who, expected) => {
    const withNotes = facilitation({
      ...parts,
      notes: async () => () => [joined],
    });

    const card = cardOf(
      await ask(withNotes, 'week', {
        who,
        community: community({ settings: settings({ facilitation: { destination } }) }),
        place,
      }),
    );

    expect(textsIn(card).includes(joined)).toBe(expected);
  });

  test.each([
    ['a coordinator', priya, true],
    ['a facilitator who does not coordinate', tomasz, false],
  ])('tell what newcomers answered to %s, in their own card: %#', async (_reason, who, expected) => {
    const withNotes = facilitation({
      ...parts,
      roster: rosterOf(priya, tomasz),
      notes: async () => (_t, mayReadNewcomers) =>
        mayReadNewcomers ? [joined, 'What brings them: tips (3)'] : [joined],
    });
    const chosen = community({
      settings: settings({
        coordinators: [person('Priya Raman')],
        facilitation: { facilitators: [person('Priya Raman'), person('Tomasz Nowak')] },
      }),
    });

    const own = cardOf(
      await ask(withNotes, 'week', { who: { ...who, owner: false }, community: chosen, place: 'chat' }),
    );
    await withNotes.jobs
      ?.find(({ name }) => name === 'facilitation.week')
      ?.run({
        community: chosen,
        due: new Date('2026-11-23T09:00:00Z'),
        since: new Date('2026-11-23T09:00:00Z'),
        now: new Date('2026-11-23T09:00:00Z'),
      });

    expect(textsIn(own).includes('What brings them: tips (3)')).toBe(expected);
    expect(
      messenger.posted.map(({ card }) => [
        textsIn(card).includes(joined),
        textsIn(card).includes('What brings them: tips (3)'),
      ]),
    ).toEqual([
      [true, false],
      [true, false],
    ]);
  });

  test('the card comes without them when they cannot be read', async () => {
    const warnings: string[] = [];
    const log = { info: () => undefined, warn: (_ids: object, sentence: string) => void warnings.push(sentence) };
    const withNotes = facilitation({
      ...parts,
      log,
      notes: () => Promise.reject(new Error('no list')),
    });

    const card = cardOf(await ask(withNotes, 'week', { who: priya, community: team }));

    expect(textsIn(card)).toContain('0 of 290 minutes done');
    expect(warnings).toEqual(['facilitation card shown without its notes']);
  });
});

test('every task of the week can be ticked from the card', async () => {
  for (const { id } of facilitationWeek)
    await press(feature, 'tick', { who: priya, community: team, data: dataOf(id) });

  const card = cardOf(await ask(feature, 'week', { who: priya, community: team }));

  expect(textsIn(card)).toEqual(
    expect.arrayContaining(['290 of 290 minutes done', 'All 290 minutes are done. What a week – thank you!']),
  );
});

function dataOf(task: string): object {
  return { community: team.id, week, task };
}

async function stored() {
  return (await lists.of(team.id).ticks.all({ week })).map(row => row.value);
}

function verbsOn(card: Parameters<typeof actionsIn>[0]): readonly unknown[] {
  return actionsIn(card).map(action => action['verb']);
}

function inRole(role: string): ReturnType<typeof community> {
  return community({ acceptances: [{ role, person: guest.id }] });
}

function tasksOn(card: Parameters<typeof actionsIn>[0]): readonly string[] {
  return actionsIn(card).flatMap(({ data }) => ('task' in (data as object) ? [(data as { task: string }).task] : []));
}
