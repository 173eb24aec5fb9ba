import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Destination, Person, ReadyCommunity } from '../../../../domain/community.ts';
import type { Feature } from '../../../../bot/feature.ts';
import type { Roster } from '../../../../bot/ports.ts';
import { facilitation } from '../../../../bot/features/facilitation/index.ts';
import { tick } from '../../../../domain/facilitation/facilitation.ts';
import { actionsIn, checkCard, textsIn } from '../../../support/cards.ts';
import {
  community,
  member,
  person,
  press,
  rosterOf,
  settings,
  type RecordingMessenger,
  type SettingsChoices,
} from '../../../support/feature-parts.ts';
import { sceneOf, type SceneParts } from '../../../support/feature-scene.ts';
import { type InMemoryLists } from '../../../support/in-memory-lists.ts';

const team = community();
const monday = '2026-11-23T09:00:00Z';

let lists: InMemoryLists;
let messenger: RecordingMessenger;
let feature: Feature;
let logged: string[];
let parts: SceneParts;

beforeEach(() => {
  ({ parts, lists, messenger } = sceneOf(facilitation, { at: monday }));
  logged = [];
  feature = featureWith();
});

describe('the week’s card', () => {
  test('is due at the community’s own time', () => {
    const next = job('week').next(team, new Date('2026-03-27T09:00:00Z'));

    expect(next).toEqual(new Date('2026-03-30T08:00:00Z'));
  });

  test('goes to each facilitator’s chat, once, and not after the day is over', async () => {
    await run('week', team);
    await run('week', team);

    expect(
      messenger.posted.map(({ to, kind, period, summary, expires }) => ({ to, kind, period, summary, expires })),
    ).toEqual(
      ['priya-raman', 'tomasz-nowak'].map(to => ({
        to,
        kind: 'facilitation.week',
        period: '2026-11-23',
        summary: 'Data Storytellers: a new week, 50 minutes today',
        expires: '2026-11-24T00:00:00.000Z',
      })),
    );
  });

  test.each<[Destination, string]>([
    [
      'chats',
      'Data Storytellers: a new week, 50 minutes today · Joined in the last seven days: Ann *Li* · last week: 30 minutes',
    ],
    ['channel', 'Data Storytellers: a new week, 50 minutes today · last week: 30 minutes'],
  ])('in %s its notification says what is new: %s', async (destination, expected) => {
    const [week, task] = ['2026-11-16', 'content'];
    const before = tick(undefined, {
      week,
      task,
      person: person('Priya Raman'),
      now: new Date('2026-11-16T10:00:00Z'),
    });
    await lists.of(team.id).ticks.create({ key: `${week}/${task}`, ...before });
    feature = facilitation({
      ...parts,
      roster: rosterOf(member('Priya Raman'), member('Tomasz Nowak')),
      notes: async () => (_t, mayReadNewcomers, asText) =>
        mayReadNewcomers ? [] : [`Joined in the last seven days: ${asText?.('Ann *Li*')}`],
    });

    await run('week', community({ settings: settings({ facilitation: { destination, from: week } }) }));

    expect(messenger.posted[0]!.summary).toBe(expected);
  });

  test('shows today’s tasks ready to tick, and the other days folded', async () => {
    await run('week', team);

    const card = messenger.posted[0]!.card;
    checkCard(card);
    expect(textsIn(card)).toEqual(
      expect.arrayContaining(['Monday 23 November', 'Today', '0 of 60 min', 'Tuesday', '0 of 5 done']),
    );
    expect(actionsIn(card).map(action => action['verb'])).toEqual([
      'facilitation.refresh',
      ...Array<string>(20).fill('facilitation.tick'),
      ...['facilitation.size', 'facilitation.pause', 'facilitation.hand'],
    ]);
    expect(actionsIn(card, 'Action.ToggleVisibility').map(action => action['title'])).toEqual([
      'Tuesday 0 of 5 done, show or hide',
      'Wednesday 0 of 3 done, show or hide',
      'Thursday 0 of 4 done, show or hide',
      'Friday 0 of 4 done, show or hide',
      'Size and rhythm of the week, show or hide',
    ]);
  });

  const present = rosterOf(member('Priya Raman'), member('Tomasz Nowak'), member('Helen Osei', { owner: true }));
  test.each<[SettingsChoices, Roster, readonly string[], string]>([
    [{ facilitation: { destination: 'channel' } }, present, ['channel'], 'the channel was chosen'],
    [{ facilitation: { facilitators: [] } }, present, ['priya-raman'], 'nobody facilitates: the coordinators'],
    [
      { facilitation: { facilitators: [person('Gone Away')] } },
      present,
      ['priya-raman'],
      'the facilitator has left the team',
    ],
    [{ facilitation: { facilitators: [] }, coordinators: [] }, present, ['helen-osei'], 'nobody is named: the owners'],
  ])('%j, with roster %j, goes to %j: %s', async (choices, roster, expected) => {
    feature = featureWith({ roster });

    await run('week', community({ settings: settings(choices) }));

    expect(messenger.posted.map(copy => copy.to)).toEqual(expected);
  });

  test.each([
    ['2026-11-23T23:59:59Z', 2, [], 'late on the same day is not too late'],
    ['2026-11-24T00:00:00Z', 0, ['facilitation card not sent: its day is over'], 'the day is over'],
  ])('run at %s, %i copies are sent: %s', async (now, copies, sentences) => {
    await run('week', team, { since: monday, now });

    expect(messenger.posted).toHaveLength(copies);
    expect(logged).toEqual(sentences);
  });

  test.each([
    ['2026-11-23T23:00:00Z', [], 'late on the same day nothing is missed'],
    ['2026-11-24T00:00:00Z', ['2026-11-23'], 'the day after'],
    [
      '2026-12-08T09:00:00Z',
      ['2026-11-23', '2026-11-30', '2026-12-07'],
      'each week of a long outage, of which the calendar tells but once',
    ],
  ])('run at %s, the weeks %j are noted as missed: %s', async (now, weeks) => {
    await run('week', team, { since: monday, now });

    expect(messenger.missedOnes).toEqual(
      weeks.flatMap(week => ['priya-raman', 'tomasz-nowak'].map(to => `facilitation.week ${week} ${to}`)),
    );
  });

  test.each<[SettingsChoices, string, readonly string[], string]>([
    [{}, '2026-12-29T09:00:00Z', [], 'no country: Monday is the day, and Tuesday another'],
    [{ country: { code: 'GB', region: 'ENG' } }, '2026-12-28T09:00:00Z', [], 'a public holiday'],
    [{ country: { code: 'GB', region: 'ENG' } }, '2026-12-29T09:00:00Z', ['2026-12-28'], 'the day after it'],
    [{ country: { code: 'GB', region: 'ENG' } }, '2026-12-30T09:00:00Z', [], 'once a week'],
    [
      { quiet: [{ from: '2026-12-24', to: '2026-12-31', title: 'Closed' }] },
      '2027-01-01T09:00:00Z',
      ['2026-12-28'],
      'the first day after quiet ones, in the week that began in them',
    ],
    [
      { quiet: [{ from: '2026-12-24', to: '2027-01-03', title: 'Closed' }] },
      '2027-01-01T09:00:00Z',
      [],
      'a quiet week',
    ],
  ])('with %j, at %s, the cards of these weeks go out: %j, %s', async (choices, moment, weeks) => {
    await run('week', community({ settings: settings(choices) }), { since: moment, now: moment });

    expect([...new Set(messenger.posted.map(({ period }) => period))]).toEqual(weeks);
    expect(messenger.missedOnes).toEqual([]);
  });

  test('a server that comes back on the very day sends this week’s card, and tells of those that were missed', async () => {
    await run('week', team, { since: '2026-12-07T09:00:00Z', now: '2026-12-28T09:05:00Z' });

    expect([...new Set(messenger.posted.map(({ period }) => period))]).toEqual(['2026-12-28']);
    expect([...new Set(messenger.missedOnes.map(one => one.split(' ')[1]))]).toEqual([
      '2026-12-07',
      '2026-12-14',
      '2026-12-21',
    ]);
  });

  test('a week in which the community rested was not missed', async () => {
    const quiet = [{ from: '2026-12-21', to: '2027-01-01', title: 'Closed' }];

    await run('week', community({ settings: settings({ quiet }) }), {
      since: '2026-12-14T09:00:00Z',
      now: '2027-01-04T09:00:00Z',
    });

    expect([...new Set(messenger.posted.map(({ period }) => period))]).toEqual(['2027-01-04']);
    expect([...new Set(messenger.missedOnes.map(one => one.split(' ')[1]))]).toEqual(['2026-12-14']);
  });

  test('a moment from before the settings were changed sends nothing', async () => {
    await run('week', community({ settings: settings({ facilitation: { day: 3 } }) }), { since: monday, now: monday });

    expect([messenger.posted, messenger.missedOnes, logged]).toEqual([[], [], []]);
  });

  test('a community without anybody to send to is said in the log', async () => {
    feature = featureWith({ roster: rosterOf() });

    await run('week', team);

    expect(logged).toEqual(['facilitation card not sent: the community has nobody to send it to']);
  });

  test('fails, to be run again, when the list cannot be read', async () => {
    lists.missing.add('ticks');

    const running = run('week', team);

    await expect(running).rejects.toMatchObject({ code: 'not-set-up' });
    expect(messenger.posted).toEqual([]);
  });

  test('names people and the community as text, whatever their names contain', async () => {
    const odd = community({ name: '**Data** [x](http://x) ${json(1)} {{week}}' });
    const who: Person = { id: 'priya-raman', name: '<b>*P*</b> ${1+1} $t(title)' };

    await run('week', odd);
    await press(feature, 'tick', {
      who: { ...who, owner: true },
      community: odd,
      data: { community: odd.id, week: '2026-11-23', task: 'plan' },
    });

    const card = messenger.posted[0]!.card;
    checkCard(card);
    expect(textsIn(card)).toEqual(
      expect.arrayContaining([
        '\\*\\*Data\\*\\* \\[x\\]\\(http://x\\) $\\{json\\(1\\)\\} \\{\\{week\\}\\}: facilitation week',
        '\\<b\\>\\*P\\*\\</b\\> $\\{1\\+1\\} $t\\(title\\), 09:00',
      ]),
    );
  });
});

describe('each other morning', () => {
  test.each([
    ['2026-11-23T09:00:00Z', '2026-11-24T09:00:00Z', 'Tuesday'],
    ['2026-11-27T09:00:00Z', '2026-12-01T09:00:00Z', 'not on Monday: that is the next card'],
    ['2026-03-27T09:00:00Z', '2026-03-31T08:00:00Z', 'over the change to summer time'],
  ])('after %s the next is %s: %s', (after, expected) => {
    const next = job('morning').next(team, new Date(after));

    expect(next).toEqual(new Date(expected));
  });

  test('the card turns to the new day in place, with what was left', async () => {
    await run('week', team);
    await press(feature, 'tick', {
      who: member('Priya Raman'),
      community: team,
      data: { community: team.id, week: '2026-11-23', task: 'content' },
    });

    await run('morning', team, { since: '2026-11-24T09:00:00Z', now: '2026-11-24T09:00:10Z' });

    expect(messenger.posted).toHaveLength(2);
    for (const { card } of messenger.posted) {
      checkCard(card);
      expect(textsIn(card)).toEqual(
        expect.arrayContaining([
          'Tuesday 24 November',
          'Still open from earlier days',
          '2 tasks',
          'From Monday, 10 min',
          'Priya Raman, Mon 09:00',
        ]),
      );
    }
  });

  test('the card shows what is known, and a line says only what was read anew', async () => {
    await run('week', team);
    let isKnown = false;
    const readings: string[] = [];
    const of: SceneParts['lists']['of'] = id => {
      const all = parts.lists.of(id);
      const read: typeof all.ticks.all = where => {
        readings.push(isKnown ? 'known' : 'anew');
        return all.ticks.all(where);
      };
      return { ...all, ticks: { ...all.ticks, all: read } };
    };
    const log = { info: () => {}, warn: () => {} };
    feature = facilitation({
      ...parts,
      lists: { ...parts.lists, of },
      roster: rosterOf(member('Priya Raman'), member('Tomasz Nowak')),
      log,
      async asKnown(work) {
        isKnown = true;
        return work().finally(() => {
          isKnown = false;
        });
      },
    });
    const { facilitation: week } = team.settings;
    const wanting: ReadyCommunity = {
      ...team,
      settings: { ...team.settings, facilitation: { ...week, mornings: [person('Priya Raman')] } },
    };
    const at = { since: '2026-11-24T09:00:00Z', now: '2026-11-24T09:00:10Z' };
    await run('morning', team, at);
    const withoutLine = new Set(readings);
    readings.length = 0;
    await run('morning', wanting, at);

    expect([...withoutLine]).toEqual(['known']);
    expect([readings[0], readings.at(-1)]).toEqual(['known', 'anew']);
    expect(messenger.posted.filter(({ kind }) => kind === 'facilitation.line')).toHaveLength(1);
  });

  test('many left-over tasks are folded, so that today stays in sight', async () => {
    await run('week', team);

    await run('morning', team, { since: '2026-11-25T09:00:00Z', now: '2026-11-25T09:00:00Z' });

    const toggles = actionsIn(messenger.posted[0]!.card, 'Action.ToggleVisibility').map(action => action['title']);
    expect(toggles).toEqual([
      'Still open from earlier days 7 tasks, show or hide',
      'Monday 1 of 4 done, show or hide',
      'Tuesday 1 of 5 done, show or hide',
      'Thursday 0 of 4 done, show or hide',
      'Friday 0 of 4 done, show or hide',
      'Size and rhythm of the week, show or hide',
    ]);
  });
});

function featureWith({
  roster = rosterOf(member('Priya Raman'), member('Tomasz Nowak')),
}: {
  readonly roster?: Roster;
} = {}): Feature {
  const log = {
    info: (_ids: object, sentence: string) => void logged.push(sentence),
    warn: (_ids: object, sentence: string) => void logged.push(sentence),
  };
  return facilitation({ ...parts, roster, log });
}

function job(name: 'week' | 'morning') {
  const found = feature.jobs?.find(candidate => candidate.name === `facilitation.${name}`);
  if (!found) throw new Error(`no job facilitation.${name}`);
  return found;
}

async function run(
  name: 'week' | 'morning',
  of: ReadyCommunity,
  { since = monday, now = since }: { readonly since?: string; readonly now?: string } = {},
): Promise<void> {
  await job(name).run({ community: of, due: new Date(since), since: new Date(since), now: new Date(now) });
}
