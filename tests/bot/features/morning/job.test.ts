import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Wish } from '../../../../bot/feature.ts';
import { morning } from '../../../../bot/features/morning/index.ts';
import type { MorningParts } from '../../../../bot/features/morning/parts.ts';
import type { Ledger } from '../../../../bot/features/morning/ledger.ts';
import { CommunityError } from '../../../../domain/errors.ts';
import { addDays, localDay } from '../../../../domain/schedule.ts';
import { actionsIn, checkCard, textsIn } from '../../../support/cards.ts';
import {
  cardOf,
  community,
  member,
  noticeOf,
  person,
  press,
  settings,
  type RecordingMessenger,
  type TestClock,
} from '../../../support/feature-parts.ts';
import { sceneOf, type FeatureScene } from '../../../support/feature-scene.ts';
import { createInMemoryLedger } from '../../../support/ledger-of-wishes.ts';

const priya = member('Priya Raman');
const ann = member('Ann Okafor');
const helen = member('Helen Osei');
const here = community({ settings: settings({ coordinators: [person('Priya Raman')] }) });
const card = { type: 'AdaptiveCard', version: '1.5', body: [] } as const;

let wishes: Wish[];
let reached: string[];
let failing: Error | null;
/** What is wished by what is known of the lists; as it is when undefined. */
let known: Wish[] | undefined;
let readings: string[];
let ledger: Ledger;
let scene: FeatureScene<ReturnType<typeof morning>>;
let messenger: RecordingMessenger;
let clock: TestClock;

function wish(period: string, choices: Partial<Wish> = {}): Wish {
  return {
    kind: 'morning.test',
    period,
    to: { person: person('Ann Okafor') },
    urgency: 'soon',
    until: '2026-12-31',
    card: () => card,
    summary: () => period,
    line: () => `About ${period}`,
    ...choices,
  };
}

beforeEach(() => {
  [wishes, reached, failing, known, readings] = [[], [], null, undefined, []];
  let isKnown = false;
  ledger = createInMemoryLedger();
  const wishing: ReturnType<MorningParts['features']>[number] = {
    name: 'wishing',
    async wishes() {
      readings.push(isKnown ? 'known' : 'anew');
      if (failing) throw failing;
      return isKnown ? (known ?? wishes) : wishes;
    },
    reaches: async () => reached,
  };
  scene = sceneOf(
    parts =>
      morning({
        ...parts,
        ledger,
        features: () => [wishing],
        sponsorsOf: async () => new Set([helen.id]),
        async asKnown(work) {
          isKnown = true;
          return work().finally(() => {
            isKnown = false;
          });
        },
      }),
    { members: [priya, ann, helen], at: '2026-11-23T09:00:00Z' },
  );
  ({ messenger, clock } = scene);
});

async function run(moment: string, since = moment): Promise<void> {
  clock.moveTo(moment);
  const [job] = scene.feature.jobs ?? [];
  await job!.run({ community: here, due: clock.now(), since: new Date(since), now: clock.now() });
}
const sent = () => messenger.posted.map(({ kind, period, to }) => `${kind} ${period} ${to}`);

describe('a morning', () => {
  test('with one wish brings its own card, once, however often it runs', async () => {
    wishes = [wish('room')];

    await run('2026-11-23T09:00:00Z');
    await run('2026-11-23T11:00:00Z');
    await run('2026-11-24T09:00:00Z');

    expect(sent()).toEqual(['morning.test room ann-okafor']);
  });

  test('with several brings one card with a line and a button each', async () => {
    wishes = [wish('room'), wish('*role*')];

    await run('2026-11-23T09:00:00Z');

    expect(sent()).toEqual(['morning.several 2026-11-23 ann-okafor']);
    const [copy] = messenger.posted;
    checkCard(copy!.card);
    expect(textsIn(copy!.card)).toEqual(expect.arrayContaining(['About room', 'About \\*role\\*']));
    expect(actionsIn(copy!.card).map(({ verb }) => verb)).toEqual(['morning.show', 'morning.show', 'morning.stop']);
    expect([copy!.summary, copy!.expires]).toEqual([
      '2 things this morning in Data Storytellers',
      '2026-11-24T00:00:00.000Z',
    ]);
  });

  test('on which nothing is wished, or only what was said, reads nothing anew', async () => {
    await run('2026-11-23T09:00:00Z');
    const none = [...readings];
    wishes = [wish('room')];
    await run('2026-11-24T09:00:00Z');
    readings = [];
    await run('2026-11-25T09:00:00Z');

    expect([none, readings]).toEqual([['known'], ['known']]);
    expect(sent()).toEqual(['morning.test room ann-okafor']);
  });

  test('says nothing that is no longer so where what is known is old', async () => {
    known = [wish('done meanwhile'), wish('room')];
    wishes = [wish('room')];

    await run('2026-11-23T09:00:00Z');

    expect(sent()).toEqual(['morning.test room ann-okafor']);
  });

  test('sends what a run that broke had settled, though all of it counts as said', async () => {
    wishes = [wish('room')];
    const { post } = messenger;
    messenger.post = async () => {
      throw new CommunityError('unavailable', 'the database is away');
    };
    await run('2026-11-23T09:00:00Z').catch(() => {});
    messenger.post = post;

    await run('2026-11-23T09:00:00Z');

    expect(sent()).toEqual(['morning.test room ann-okafor']);
  });

  test('before its time today is no morning yet', async () => {
    wishes = [wish('room')];

    await run('2026-11-23T08:59:00Z');

    expect(sent()).toEqual([]);
  });

  test('leaves whoever has a card of their own alone, and asks again on the next', async () => {
    wishes = [wish('room')];
    reached = [ann.id];
    await run('2026-11-23T09:00:00Z');
    const before = sent();
    reached = [];

    await run('2026-11-24T09:00:00Z');

    expect([before, sent()]).toEqual([[], ['morning.test room ann-okafor']]);
  });

  test('says nothing to a sponsor that they did not agree to, and nothing to who is not in the team', async () => {
    wishes = [
      wish('survey', { to: { person: person('Helen Osei') } }),
      wish('own', { to: { person: person('Helen Osei') }, agreed: true }),
      wish('gone', { to: { person: person('Gone Away') } }),
    ];

    await run('2026-11-23T09:00:00Z');

    expect(sent()).toEqual(['morning.test own helen-osei']);
  });

  test('lets a feature write down what is said before it is said, and nothing of what nobody is sent', async () => {
    const noted: string[] = [];
    const noting = (period: string, to = 'Ann Okafor'): Wish =>
      wish(period, {
        to: { person: person(to) },
        beforeSent: async () => void noted.push(`${period} after ${messenger.posted.length}`),
      });
    await messenger.optOut(here.id, helen.id, true);
    reached = [ann.id];
    wishes = [noting('room'), noting('bake'), noting('alone', 'Priya Raman'), noting('stopped', 'Helen Osei')];
    await run('2026-11-23T09:00:00Z');
    reached = [];
    await run('2026-11-24T09:00:00Z');

    expect(noted).toEqual(['alone after 0', 'room after 1', 'bake after 1']);
    expect(sent()).toEqual(['morning.test alone priya-raman', 'morning.several 2026-11-24 ann-okafor']);
  });

  test('what was sent as a line is not called missed by a server that was down on its last day', async () => {
    wishes = [wish('1', { until: '2026-11-25' }), wish('2', { until: '2026-11-25' })];
    await run('2026-11-23T09:00:00Z');
    wishes = [...wishes, wish('3', { until: '2026-11-25' })];

    await run('2026-11-27T09:00:00Z', '2026-11-24T09:00:00Z');

    expect(messenger.missedOnes.filter((one, index, all) => all.indexOf(one) === index)).toEqual([
      'morning.test 3 ann-okafor',
    ]);
  });

  test('what several are told alone is one message, whoever else is told more', async () => {
    const posts: number[] = [];
    const { post } = messenger;
    messenger.post = async message => {
      posts.push(message.to.length);
      await post(message);
    };
    const noted: string[] = [];
    const survey = wish('survey', { beforeSent: async () => void noted.push('survey') });
    wishes = ['Priya Raman', 'Ann Okafor', 'Helen Osei'].map(name => ({ ...survey, to: { person: person(name) } }));
    wishes = [
      ...wishes.map(one => ({ ...one, agreed: true as const })),
      wish('room', { to: { person: person('Priya Raman') } }),
    ];

    await run('2026-11-23T09:00:00Z');
    await run('2026-11-23T09:05:00Z');

    expect(posts.slice(0, 2).toSorted()).toEqual([1, 2]);
    expect(sent().toSorted()).toEqual([
      'morning.several 2026-11-23 priya-raman',
      'morning.test survey ann-okafor',
      'morning.test survey helen-osei',
    ]);
    expect(noted.slice(0, 2)).toEqual(['survey', 'survey']);
  });

  test('a line that leads to a page has a link in the place of its button', async () => {
    wishes = [wish('room'), wish('survey', { opens: 'https://teams.example/surveys' })];

    await run('2026-11-23T09:00:00Z');

    const card = JSON.stringify(messenger.posted[0]!.card);
    checkCard(messenger.posted[0]!.card);
    expect(card.match(/"url":"https:\/\/teams.example\/surveys"/g)).toHaveLength(1);
    expect(card.match(/morning\.show/g)).toHaveLength(1);
  });

  test('a wish whose day passed unsent is in the log; one that was settled is not', async () => {
    wishes = [wish('1'), wish('2')];
    await run('2026-11-23T09:00:00Z');
    wishes = [wish('3')];
    await run('2026-11-24T09:00:00Z');
    wishes = [wish('late', { until: '2026-11-25' }), wish('settled', { until: '2026-12-31' })];
    await run('2026-11-25T09:00:00Z');
    wishes = [];

    await run('2026-11-26T09:00:00Z');
    await run('2026-11-27T09:00:00Z');

    expect(sent()).toEqual(['morning.several 2026-11-23 ann-okafor', 'morning.test 3 ann-okafor']);
    expect(messenger.missedOnes).toEqual(['morning.test late ann-okafor']);
    expect(await ledger.waiting(here.id)).toEqual([]);
  });

  test('that broke is taken up as it was settled, whatever has come up since', async () => {
    wishes = [wish('room')];
    const post = messenger.post;
    messenger.post = async () => Promise.reject(new CommunityError('unavailable', 'stopped'));
    await expect(run('2026-11-23T09:00:00Z')).rejects.toThrow('stopped');
    messenger.post = post;
    wishes = [wish('room'), wish('role')];

    await run('2026-11-23T09:05:00Z');
    await run('2026-11-24T09:00:00Z');

    expect(sent()).toEqual(['morning.test room ann-okafor', 'morning.test role ann-okafor']);
  });

  test('two servers at the same moment send one card', async () => {
    wishes = [wish('room'), wish('role')];

    await Promise.all([run('2026-11-23T09:00:00Z'), run('2026-11-23T09:00:00Z')]);

    expect(sent()).toEqual(['morning.several 2026-11-23 ann-okafor']);
  });

  test.each([
    ['unavailable', 'unavailable', 0],
    ['not-set-up', 'not-set-up', 0],
  ] as const)('of which a feature says %s fails, to be run again', async (_name, code, count) => {
    wishes = [wish('room')];
    failing = new CommunityError(code, 'not now');

    await expect(run('2026-11-23T09:00:00Z')).rejects.toMatchObject({ code });
    const before = sent().length;
    failing = null;
    await run('2026-11-23T09:05:00Z');

    expect([before, sent()]).toEqual([count, ['morning.test room ann-okafor']]);
  });
});

test('after three weeks without a server: this morning’s wishes go out, and the others are in the log', async () => {
  const wishing = scene.parts;
  const late = morning({
    ...wishing,
    ledger,
    features: () => [
      {
        name: 'daily',
        wishes: async ({ today }) => [wish(today, { until: today })],
      },
    ],
    sponsorsOf: async () => new Set(),
  });
  clock.moveTo('2026-12-14T09:30:00Z');

  await late.jobs![0]!.run({
    community: here,
    due: new Date('2026-12-14T09:00:00Z'),
    since: new Date('2026-11-23T09:00:00Z'),
    now: clock.now(),
  });

  expect(sent()).toEqual(['morning.test 2026-12-14 ann-okafor']);
  expect(messenger.missedOnes).toEqual(
    ['11-30', '12-01', '12-02', '12-03', '12-04', '12-07', '12-08', '12-09', '12-10', '12-11'].map(
      day => `morning.test 2026-${day} ann-okafor`,
    ),
  );
  expect(localDay(clock.now(), 'Europe/London')).toBe('2026-12-14');
});

test('a question that stays open is put three times: now, after two weeks and after six', async () => {
  wishes = [wish('offer', { again: { since: null } })];
  const days = [];
  for (let day = '2026-11-23'; day < '2027-06-01'; day = addDays(day, 1)) {
    const before = messenger.posted.length;
    wishes = [wish('offer', { again: { since: null }, until: addDays(day, 30) })];
    await run(`${day}T10:00:00Z`);
    if (messenger.posted.length > before) days.push(day);
  }

  expect(days.slice(0, 2)).toEqual(['2026-11-23', '2026-12-07']);
  expect(sent()).toEqual(['offer', 'offer#2', 'offer#3'].map(period => `morning.test ${period} ann-okafor`));
});

test('among several it says that it is put again, and when for the last time', async () => {
  const shown: string[] = [];
  for (let day = '2026-11-23'; day < '2027-06-01'; day = addDays(day, 1)) {
    const before = messenger.posted.length;
    const open = { again: { since: null }, until: addDays(day, 30) };
    wishes = [wish('offer', open), wish('vacancy', open)];
    await run(`${day}T10:00:00Z`);
    for (const posted of messenger.posted.slice(before))
      shown.push(...textsIn(posted.card).filter(text => text.startsWith('About offer')));
  }

  expect(shown).toEqual([
    'About offer',
    String.raw`About offer \(asked for the second time\)`,
    String.raw`About offer \(asked for the last time\)`,
  ]);
});

test('a topic that somebody stopped takes nobody’s morning and stands on no card', async () => {
  wishes = [wish('room'), wish('2026-11-23', { kind: 'plan.reminder' })];
  await messenger.stop(here.id, ann.id, { all: false, topics: ['reminders'] });

  await run('2026-11-23T09:00:00Z');

  expect(sent()).toEqual(['morning.test room ann-okafor']);
});

describe('a line of several, opened', () => {
  const data = { community: here.id, wish: 'morning.test', period: 'room' };
  beforeEach(async () => {
    wishes = [wish('room'), wish('role')];
    await run('2026-11-23T09:00:00Z');
  });

  test('is there as its own card, once', async () => {
    const first = noticeOf(await press(scene.feature, 'show', { data, who: ann, community: here }));
    await press(scene.feature, 'show', { data, who: ann, community: here });

    expect(first).toBe('It is in this chat now.');
    expect(sent()).toEqual(['morning.several 2026-11-23 ann-okafor', 'morning.test room ann-okafor']);
  });

  test('says so when it is settled, and shows nobody what is for others', async () => {
    const others = noticeOf(await press(scene.feature, 'show', { data, who: priya, community: here }));
    wishes = [];
    const over = noticeOf(await press(scene.feature, 'show', { data, who: ann, community: here }));

    expect([others, over]).toEqual([over, 'That is settled by now, or its day is over.']);
    expect(sent()).toHaveLength(1);
  });

  test('no more messages is one press, and so is the way back', async () => {
    const stopped = cardOf(await press(scene.feature, 'stop', { data: {}, who: ann, community: here }));
    const out = messenger.optedOut.size;
    await press(scene.feature, 'resume', { data: {}, who: ann, community: here });

    expect(actionsIn(stopped).map(({ verb }) => verb)).toEqual(['morning.resume']);
    expect([out, messenger.optedOut.size]).toEqual([1, 0]);
  });
});

describe('an open question', () => {
  const open = (choices: Partial<Wish> = {}) =>
    wish('offer', {
      again: { since: null },
      until: '2027-12-31',
      card: () => ({ ...card, fallbackText: 'An offer' }),
      ...choices,
    });
  const data = { wish: 'morning.test', period: 'offer' };
  const pressed = (verb: string, who = ann) => press(scene.feature, verb, { who, community: here, data });
  const secondary = () =>
    actionsIn(messenger.posted.at(-1)!.card).flatMap(({ verb, mode }) => (mode === 'secondary' ? [verb] : []));

  test('says what becomes of it, and offers two ways to say otherwise until it comes for the last time', async () => {
    wishes = [open()];
    const said: unknown[] = [];
    for (const day of ['2026-11-23', '2026-12-07', '2027-01-04']) {
      await run(`${day}T09:00:00Z`);
      checkCard(messenger.posted.at(-1)!.card);
      said.push([textsIn(messenger.posted.at(-1)!.card)[0], secondary()]);
    }

    expect(said).toEqual([
      [
        'While this is open, I will ask again after two weeks and after six, and then not any more.',
        ['morning.later', 'morning.letGo'],
      ],
      ['While this is open, I will ask once more, and then not any more.', ['morning.later', 'morning.letGo']],
      ['This is the last time that I ask about this. While it is open, it stays on its page.', []],
    ]);
  });

  test('that is wanted later comes a week later, and says when', async () => {
    wishes = [open()];
    await run('2026-11-23T09:00:00Z');

    const card = cardOf(await pressed('later'));
    await run('2026-11-27T09:00:00Z');
    await run('2026-11-30T09:00:00Z');

    checkCard(card);
    expect(textsIn(card).slice(0, 2)).toEqual([
      'About offer',
      'It comes again on Monday 30 November, or on the next morning with room for it.',
    ]);
    expect(sent()).toEqual(['morning.test offer ann-okafor', 'morning.test offer#2 ann-okafor']);
    expect(messenger.posted[0]!.card).toEqual(card);
  });

  test('that is let go does not come again, to who let it go', async () => {
    wishes = [open(), open({ to: { person: person('Priya Raman') } })];
    await run('2026-11-23T09:00:00Z');

    expect(textsIn(cardOf(await pressed('letGo')))).toContain(
      'I will not ask you about it again. While it is open, it stays on its page.',
    );
    await run('2026-12-07T09:00:00Z');
    await run('2027-02-01T09:00:00Z');

    expect(sent().filter(line => line.endsWith('ann-okafor'))).toEqual(['morning.test offer ann-okafor']);
    expect(sent().filter(line => line.endsWith('priya-raman')).length).toBe(3);
  });

  test('is taken back on the same day, and not on a later one', async () => {
    wishes = [open()];
    await run('2026-11-23T09:00:00Z');
    await pressed('letGo');

    const back = cardOf(await pressed('takeBack'));
    await pressed('letGo');
    clock.moveTo('2026-11-24T09:00:00Z');

    expect(actionsIn(back).map(({ verb }) => verb)).toEqual(['morning.later', 'morning.letGo']);
    expect(noticeOf(await pressed('takeBack'))).toMatch(/earlier day/);
    await run('2026-12-07T09:00:00Z');
    expect(sent()).toEqual(['morning.test offer ann-okafor']);
  });

  test.each(['later', 'letGo', 'takeBack'])(
    'of somebody else, or that is settled, is not for who presses %s',
    async verb => {
      wishes = [open()];
      await run('2026-11-23T09:00:00Z');
      const other = noticeOf(await pressed(verb, priya));
      wishes = [];

      expect([other, noticeOf(await pressed(verb))]).toEqual(
        Array.from({ length: 2 }, () => 'That is settled by now, or its day is over.'),
      );
    },
  );
});
