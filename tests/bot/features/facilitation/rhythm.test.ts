import { beforeEach, describe, expect, test } from '@jest/globals';
import type { ReadyCommunity } from '../../../../domain/community.ts';
import type { Feature } from '../../../../bot/feature.ts';
import { facilitation } from '../../../../bot/features/facilitation/index.ts';
import { actionsIn, checkCard, textsIn } from '../../../support/cards.ts';
import {
  ask,
  cardOf,
  community,
  member,
  noticeOf,
  press,
  settings,
  type RecordingMessenger,
  type TestClock,
} from '../../../support/feature-parts.ts';
import { sceneOf } from '../../../support/feature-scene.ts';
import { settingsIn, type InMemoryLists } from '../../../support/in-memory-lists.ts';

const week = '2026-11-23';
const priya = member('Priya Raman');
const tomasz = member('Tomasz Nowak');
const ines = member('Ines Duarte');
const team = community({ installedAt: '2026-10-01T09:00:00Z' });

let lists: InMemoryLists;
let messenger: RecordingMessenger;
let clock: TestClock;
let feature: Feature;

beforeEach(() => {
  ({ feature, lists, messenger, clock } = sceneOf(facilitation, {
    at: '2026-11-23T09:30:00Z',
    members: [priya, tomasz, ines],
  }));
});

async function here(): Promise<ReadyCommunity> {
  return { ...team, settings: (await settingsIn(lists, team.id)) ?? team.settings };
}

async function presses(verb: string, data: object = {}, who = priya) {
  return press(feature, verb, { who, community: await here(), data: { community: team.id, week, ...data } });
}

async function runs(job: string, at: string): Promise<void> {
  clock.moveTo(at);
  const found = feature.jobs!.find(({ name }) => name === `facilitation.${job}`)!;
  await found.run({ community: await here(), due: new Date(at), since: new Date(at), now: new Date(at) });
}

async function ticked(task: string, inWeek: string): Promise<void> {
  await lists.of(team.id).ticks.create({
    key: `${inWeek}/${task}`,
    week: inWeek,
    task,
    tickedBy: { id: priya.id, name: priya.name },
    tickedAt: `${inWeek}T10:00:00Z`,
  });
}

describe('the size of the week', () => {
  test('is changed with one press, for everybody who has the card, and back with another', async () => {
    await ticked('content', '2026-11-16');
    await runs('week', '2026-11-23T09:30:00Z');

    const smaller = cardOf(await presses('size', { size: 'light' }, tomasz));

    checkCard(smaller);
    expect((await here()).settings.facilitation.size).toBe('light');
    expect(textsIn(smaller)).toEqual(expect.arrayContaining(['A larger week: 290 minutes instead of 120']));
    expect(
      messenger.posted.map(({ card }) => textsIn(card).some(text => /of (90|120) minutes done/.test(text))),
    ).toEqual([true, true]);

    await presses('size', { size: 'full' });

    expect(textsIn(messenger.posted[0]!.card)).toContain('0 of 290 minutes done');
  });

  test('what was ticked stays on the card', async () => {
    await presses('tick', { task: 'content' });

    const card = cardOf(await presses('size', { size: 'bare' }));

    expect(textsIn(card)).toEqual(expect.arrayContaining(['Prepare what you will share', '30 of 75 minutes done']));
  });

  test('is not for members', async () => {
    await expect(presses('size', { size: 'bare' }, ines)).rejects.toMatchObject({ code: 'not-allowed' });
  });

  test('a bare week has nothing on Tuesday, and says when it goes on', async () => {
    await presses('size', { size: 'bare' });
    clock.moveTo('2026-11-24T10:00:00Z');

    const card = cardOf(await ask(feature, 'week', { who: priya, community: await here() }));

    expect(textsIn(card)).toContain('Nothing is planned for today. The next tasks come on Friday.');
  });
});

describe('a pause', () => {
  test('is offered until the beginning of a week, or until a day that is entered', async () => {
    const card = cardOf(await presses('pause'));

    checkCard(card);
    expect(textsIn(card)).toEqual(
      expect.arrayContaining(['Until Monday 7 December', 'Until Monday 21 December', 'Until the day entered']),
    );
  });

  test('says when it ends, and no card goes out in it; then the card comes back', async () => {
    await runs('week', '2026-11-23T09:30:00Z');

    await presses('pauseUntil', { until: '2026-12-07' });

    const said = 'The week is paused until Monday 7 December. Its card comes back on that day by itself.';
    expect(messenger.posted.map(({ card }) => textsIn(card).includes(said))).toEqual([true, true]);
    await runs('week', '2026-11-30T09:00:00Z');
    expect(messenger.posted.map(({ period }) => period)).toEqual([week, week]);
    await runs('week', '2026-12-07T09:00:00Z');
    expect(messenger.posted.map(({ period }) => period)).toEqual([week, week, '2026-12-07', '2026-12-07']);
  });

  test('that ends within a week brings that week’s card, with what is left of it', async () => {
    await presses('pauseUntil', { day: '2026-12-09' });

    await runs('week', '2026-12-09T09:00:00Z');

    expect(messenger.posted.map(({ period }) => period)).toEqual(['2026-12-07', '2026-12-07']);
    expect(textsIn(messenger.posted[0]!.card)).toContain('0 of 170 minutes done');
  });

  test('is ended with one press', async () => {
    await presses('pauseUntil', { until: '2026-12-07' });

    const card = cardOf(await presses('resume'));

    expect(textsIn(card)).toContain('0 of 290 minutes done');
    expect((await here()).settings.facilitation.from).toBe(week);
  });

  test.each([
    [{}, 'Which day? Enter one, such as 7 December.'],
    [{ day: 'soon' }, 'Which day? Enter one, such as 7 December.'],
    [{ day: '2026-11-23' }, 'A pause ends on a day to come, within a year.'],
    [{ day: '2028-11-23' }, 'A pause ends on a day to come, within a year.'],
  ])('%j: "%s", and nothing is changed', async (data, expected) => {
    expect(noticeOf(await presses('pauseUntil', data))).toBe(expected);
    expect(lists.writes).toEqual([]);
  });
});

describe('after weeks in which hardly anything was ticked', () => {
  test('one is nobody’s business', async () => {
    await ticked('content', '2026-11-09');
    await runs('week', '2026-11-23T09:30:00Z');

    expect(verbsOn(messenger.posted[0]!.card)).toContain('facilitation.tick');
    expect(messenger.posted[0]!.summary).toBe('Data Storytellers: a new week, 50 minutes today');
  });

  test('two are asked about, with a smaller week, a pause and other hands', async () => {
    await ticked('content', '2026-11-02');
    await runs('week', '2026-11-23T09:30:00Z');

    const [{ card, summary }] = messenger.posted as [(typeof messenger.posted)[number]];
    checkCard(card);
    expect(textsIn(card)).toContain('Hardly anything was ticked for 2 weeks. What would help?');
    expect(verbsOn(card)).toEqual(
      expect.arrayContaining(['facilitation.size', 'facilitation.pause', 'facilitation.hand']),
    );
    expect(summary).toBe('Data Storytellers: hardly anything was ticked for 2 weeks. What would help?');
  });

  test('the next cards say shortly that nothing has changed, until there is a tick', async () => {
    await runs('week', '2026-11-23T09:30:00Z');

    expect(textsIn(messenger.posted[0]!.card)).toContain(
      'Nothing has changed: hardly anything was ticked for 4 weeks or more.',
    );
    expect(messenger.posted[0]!.summary).toBe(
      'Data Storytellers: hardly anything was ticked for 4 weeks or more. What would help?',
    );
    const card = cardOf(await presses('tick', { task: 'content' }));
    expect(textsIn(card).some(text => text.includes('hardly anything'))).toBe(false);
  });

  test('a smaller week answers the question, and begins afresh', async () => {
    await runs('week', '2026-11-23T09:30:00Z');
    clock.moveTo('2026-11-24T10:00:00Z');
    const { data } = actionsIn(messenger.posted[0]!.card).find(({ verb }) => verb === 'facilitation.size')!;

    const card = cardOf(await presses('size', data as object));

    expect(textsIn(card)).toEqual(expect.arrayContaining(['0 of 20 min', 'A larger week: 290 minutes instead of 120']));
    expect(textsIn(card).some(text => text.includes('hardly anything'))).toBe(false);
    expect(textsIn(card)).not.toContain('Still open from earlier days');
  });

  test('so do other hands', async () => {
    await presses('handOver', { to: ines.id });

    await presses('takeOver', { asker: priya.id }, ines);

    const hers = messenger.posted.find(({ kind, to }) => kind === 'facilitation.week' && to === ines.id)!;
    expect(textsIn(hers.card).some(text => text.includes('hardly anything'))).toBe(false);
  });

  test('weeks of a pause are not among them', async () => {
    await presses('pauseUntil', { until: '2026-11-30' });

    await runs('week', '2026-12-07T09:00:00Z');

    expect(textsIn(messenger.posted[0]!.card).some(text => text.includes('hardly anything'))).toBe(false);
  });

  test('a week that was worked on is told of, with who did it', async () => {
    await ticked('content', '2026-11-16');
    await runs('week', '2026-11-23T09:30:00Z');

    expect(textsIn(messenger.posted[0]!.card)).toContain('Last week: 30 minutes, by Priya Raman.');
  });
});

describe('this week now', () => {
  test('sends the card to those who facilitate, whichever day it is, once', async () => {
    await ticked('content', '2026-11-16');
    clock.moveTo('2026-11-26T15:00:00Z');

    const said = noticeOf(await ask(feature, 'this week now', { who: tomasz, community: await here() }));
    await presses('now', {}, tomasz);

    expect(said).toBe('This week’s card is in the chat with Priya Raman and Tomasz Nowak.');
    expect(messenger.posted.map(({ to, period }) => [to, period])).toEqual([
      ['priya-raman', week],
      ['tomasz-nowak', week],
    ]);
    expect(messenger.posted[0]!.summary).toBe('Data Storytellers: 50 minutes today · last week: 30 minutes');
  });

  test('of a community that came today has the tasks from today on', async () => {
    clock.moveTo('2026-11-26T15:00:00Z');

    await press(feature, 'now', {
      who: priya,
      community: { ...team, installedAt: '2026-11-26T08:00:00Z' },
      data: { community: team.id },
    });

    expect(textsIn(messenger.posted[0]!.card)).toContain('0 of 120 minutes done');
    expect(textsIn(messenger.posted[0]!.card)).not.toContain('Still open from earlier days');
  });

  test.each([
    ['2026-11-28T10:00:00Z', {}, 'This week has no working day left. The next card comes on Monday 30 November.'],
    [
      '2026-11-26T10:00:00Z',
      { from: '2026-12-07' },
      'The week is paused until Monday 7 December. Type “week” to end it earlier.',
    ],
    ['2026-11-26T10:00:00Z', { destination: 'channel' as const }, 'This week’s card is in the channel.'],
  ])('at %s with %j: "%s"', async (at, choices, expected) => {
    clock.moveTo(at);
    const where = { ...team, settings: settings({ facilitation: choices }) };

    expect(noticeOf(await ask(feature, 'this week now', { who: priya, community: where }))).toBe(expected);
  });

  test('is for those who facilitate', async () => {
    await expect(ask(feature, 'this week now', { who: ines, community: team })).rejects.toMatchObject({
      code: 'not-allowed',
    });
  });
});

describe('handing over', () => {
  test('asks the other person first, and changes nothing', async () => {
    const asked = cardOf(await presses('handOver', { to: ines.id }));

    expect(textsIn(asked)).toContain('I have asked Ines Duarte');
    expect(messenger.posted.map(({ to, summary }) => [to, summary])).toEqual([
      ['ines-duarte', 'Priya Raman asks whether you would facilitate Data Storytellers'],
    ]);
    checkCard(messenger.posted[0]!.card);
    expect((await here()).settings.facilitation.facilitators.map(({ name }) => name)).toEqual([
      'Priya Raman',
      'Tomasz Nowak',
    ]);
  });

  test('with a yes they stand in that place and have the card; who asked hears of it', async () => {
    await presses('handOver', { to: ines.id });
    const { data } = actionsIn(messenger.posted[0]!.card).find(({ verb }) => verb === 'facilitation.takeOver')!;

    const thanks = cardOf(await presses('takeOver', data as object, ines));

    expect(textsIn(thanks)).toContain('You facilitate Data Storytellers now');
    expect((await here()).settings.facilitation.facilitators.map(({ name }) => name)).toEqual([
      'Ines Duarte',
      'Tomasz Nowak',
    ]);
    expect(messenger.posted.map(({ to, kind }) => `${kind} ${to}`)).toEqual([
      'facilitation.handOver ines-duarte',
      'facilitation.week ines-duarte',
      'facilitation.week tomasz-nowak',
      'facilitation.handOverAnswer priya-raman',
    ]);
    expect(await lists.of(team.id).handOvers.all()).toEqual([]);
  });

  test('with a no all stays as it was, and who asked hears of it', async () => {
    await presses('handOver', { to: ines.id });

    await presses('decline', { asker: priya.id }, ines);

    expect((await here()).settings.facilitation.facilitators.map(({ name }) => name)).toEqual([
      'Priya Raman',
      'Tomasz Nowak',
    ]);
    expect(messenger.posted.at(-1)).toMatchObject({
      to: 'priya-raman',
      summary: 'Ines Duarte cannot facilitate just now',
    });
  });

  test.each([
    ['takeOver', ines, 'nobody asked her'],
    ['decline', tomasz, 'it was somebody else who was asked'],
  ])('%s by somebody who was not asked changes nothing: %#', async (verb, who) => {
    if (who === tomasz) await presses('handOver', { to: ines.id });

    expect(noticeOf(await presses(verb, { asker: priya.id }, who))).toBe(
      'This question is not open any more: nothing has changed.',
    );
    expect(await settingsIn(lists, team.id)).toBeUndefined();
  });

  test.each([[{}], [{ to: 'a-stranger' }], [{ to: priya.id }]])('%j names nobody who can be asked', async data => {
    expect(noticeOf(await presses('handOver', data))).toBe(
      'Whom shall I ask? Choose somebody else who is in the team.',
    );
  });
});

function verbsOn(card: Parameters<typeof actionsIn>[0]): readonly unknown[] {
  return actionsIn(card).map(action => action['verb']);
}

describe('planning the next week', () => {
  const friday = '2026-11-27T10:00:00Z';

  test('asks its four questions on the last day, under the way to answer them', async () => {
    clock.moveTo(friday);

    const card = cardOf(await ask(feature, 'week', { who: priya, community: await here() }));

    const asked = 'Which events are there, and what do they still need?';
    expect(textsIn(card).some(text => text.startsWith(asked))).toBe(false);
    await ticked('content', '2026-11-16');
    const worked = cardOf(await ask(feature, 'week', { who: priya, community: await here() }));
    checkCard(worked);
    expect(textsIn(worked).some(text => text.startsWith(asked))).toBe(true);
    expect(verbsOn(worked)).toContain('facilitation.planning');
  });

  test('makes an action of each line, once, and ticks the task', async () => {
    clock.moveTo(friday);
    checkCard(cardOf(await presses('planning')));

    const answers = { events: '- Book the room\nInvite a guest', posts: '', people: 'Nadia from the library' };
    const card = cardOf(await presses('plan', answers));
    await presses('plan', answers);

    const kept = (await lists.of(team.id).plan.all()).map(({ value }) => value);
    expect(kept.map(({ title, due, owners }) => [title, due, owners.map(({ name }) => name)])).toEqual([
      ['Book the room', '2026-12-04', ['Priya Raman']],
      ['Invite a guest', '2026-12-04', ['Priya Raman']],
      ['Write to Nadia from the library', '2026-12-04', ['Priya Raman']],
    ]);
    expect(textsIn(card)).toContain('In the plan, by Friday 4 December: 3 actions');
    expect((await lists.of(team.id).ticks.all({ week })).map(({ value }) => value.task)).toEqual(['plan']);
  });

  test('without an answer changes nothing', async () => {
    clock.moveTo(friday);

    expect(noticeOf(await presses('plan', { events: ' ' }))).toBe('Nothing was entered, so nothing has changed.');
    expect(lists.writes).toEqual([]);
  });
});

describe('the line on other mornings', () => {
  test('is for those who want one, and they can stop it on the card', async () => {
    const card = cardOf(await presses('mornings', { line: 'on' }, tomasz));
    expect(textsIn(card)).toContain('You get a line on the other mornings');

    await runs('morning', '2026-11-24T09:00:00Z');

    expect(messenger.posted.map(({ kind, to, summary }) => [kind, to, summary])).toEqual([
      ['facilitation.line', 'tomasz-nowak', 'Data Storytellers today: 4 tasks, 50 minutes'],
    ]);
    checkCard(messenger.posted[0]!.card);
    await presses('mornings', { line: 'off' }, tomasz);
    await runs('morning', '2026-11-25T09:00:00Z');
    expect(messenger.posted).toHaveLength(1);
  });

  test('comes to nobody in a pause, on a quiet day, or when today is done', async () => {
    await presses('mornings', { line: 'on' }, tomasz);
    for (const task of ['discussions-2', 'listen', 'invite', 'announce']) await ticked(task, week);

    await runs('morning', '2026-11-24T09:00:00Z');
    await presses('pauseUntil', { until: '2026-12-07' });
    await runs('morning', '2026-11-25T09:00:00Z');

    expect(messenger.posted).toEqual([]);
  });

  test('in a bare week it is the second card, for everybody who gets the first', async () => {
    await presses('size', { size: 'bare' });

    await runs('morning', '2026-11-26T09:00:00Z');
    await runs('morning', '2026-11-27T09:00:00Z');

    expect(messenger.posted.map(({ to, summary }) => [to, summary])).toEqual(
      ['priya-raman', 'tomasz-nowak'].map(to => [to, 'Data Storytellers today: 2 tasks, 25 minutes']),
    );
  });
});
