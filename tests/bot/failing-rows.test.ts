import { expect, test } from '@jest/globals';
import { api } from '../../domain/api.ts';
import type { SurveyDraft } from '../../domain/surveys/survey.ts';
import { ann, createWorld, helen, here, people, priya, there, tomasz, type World } from '../support/breaking-world.ts';
import { templates } from '../support/method-text.ts';

/**
 * One row, one person or one community that always fails, planted into every job that goes through several: the others
 * get what is theirs, and those who coordinate read what was set aside.
 */
interface Planted {
  /** What fails, as the call that fails names it. */
  readonly spoils: string;
  prepare(world: World): Promise<void>;
  /** When the job runs. */
  readonly at: string;
  /** Kinds, periods and recipients of what reaches the others. */
  readonly others: readonly (readonly [kind: string, period: string, to: string])[];
  /** What was set aside, by its words. */
  readonly aside: readonly string[];
}

const ben = people[1]!;
const { title: _title, intro, questions } = templates.find(({ id }) => id === 'pulse')!;
const survey = (title: string): SurveyDraft => ({
  title,
  intro,
  questions: [...questions],
  anonymous: false,
  audience: 'channel',
  event: null,
  tellsResults: false,
  everyQuarter: false,
  repeats: null,
  opensOn: '2026-11-24',
  closesOn: '2026-11-29',
});

async function sponsoredBy(world: World, who: readonly (typeof helen)[], where = here): Promise<void> {
  for (const { id } of who)
    await world.asks(
      api.giveRole,
      {
        who: priya,
        params: { role: 'sponsor' },
        body: { person: { id }, term: { since: '2026-01-01', until: null, note: '' } },
      },
      where,
    );
}
async function toldOfDrafts(world: World): Promise<void> {
  world.clock.moveTo('2026-11-26T09:00:00Z');
  for (const where of [here, there]) await world.job('digest.check', '2026-11-26T09:00:00Z', where);
}

const planted: Readonly<Record<string, Planted>> = {
  'morning.wishes': {
    spoils: ann.id,
    at: '2026-11-23T09:00:00Z',
    async prepare(world) {
      const owners = [ann, ben].map(({ id, name }) => ({ id, name }));
      const body = {
        title: 'Book',
        owners,
        due: '2026-11-24',
        state: 'to-do',
        weight: 'baseline',
        aim: null,
        notes: '',
      };
      await world.asks(api.saveAction, { who: priya, params: { action: 'book-a-room' }, body, ifMatch: null });
    },
    others: [['plan.reminder', '2026-11-23', ben.id]],
    aside: ['Ann'],
  },
  'surveys.check': {
    spoils: 'broken-2026',
    at: '2026-11-24T09:00:00Z',
    async prepare(world) {
      for (const [key, title] of [
        ['broken-2026', 'Broken'],
        ['whole-2026', 'Whole'],
      ] as const)
        await world.asks(api.planSurvey, { who: priya, params: { survey: key }, body: survey(title) });
    },
    others: [['surveys.ask', 'whole-2026', 'channel']],
    aside: ['Broken'],
  },
  'digest.check': {
    spoils: helen.id,
    at: '2026-12-01T09:00:00Z',
    async prepare(world) {
      // The channel gets no digest of a month in which nothing happened and nothing comes.
      const body = {
        title: 'Book',
        owners: [],
        due: '2026-12-05',
        state: 'to-do',
        weight: 'baseline',
        aim: null,
        notes: '',
      };
      await world.asks(api.saveAction, { who: priya, params: { action: 'book-a-room' }, body, ifMatch: null });
      await sponsoredBy(world, [helen, tomasz]);
      await toldOfDrafts(world);
    },
    others: [
      ['digest.sponsor', '2026-11', tomasz.id],
      ['digest.members', '2026-11', 'channel'],
    ],
    aside: ['sponsor'],
  },
};

/** They are about one thing: there are no others that could go on. */
const ofOneThing: Readonly<Record<string, string>> = {
  'facilitation.week': 'one message about one week; a note on it that fails is left out',
  'facilitation.morning': 'one card that is replaced',
  'settings.copy': 'one row',
  'plan.comments': 'rows of which nobody waits for any: one that fails is erased a week later',
};

/** What they bring forth is rows, not messages: see the test of it. */
const makesRows = ['events.ahead'];

test('every job has a row that fails, or is about one thing', async () => {
  const { features } = await createWorld();

  const jobs = features.flatMap(feature => feature.jobs ?? []).map(({ name }) => name);

  expect([...Object.keys(planted), ...Object.keys(ofOneThing), ...makesRows].toSorted()).toEqual(jobs.toSorted());
});

test.each(Object.entries(planted))('%s: what fails is set aside by name, and the others go on', async (name, one) => {
  const world = await createWorld();
  await one.prepare(world);
  world.clock.moveTo(one.at);
  const before = world.messenger.posted.length;
  world.spoil(one.spoils);

  await world.job(name, one.at);
  world.mend();

  const told = world.messenger.posted.slice(before).map(({ kind, period, to }) => [kind, period, to]);
  expect(told).toEqual(expect.arrayContaining(one.others.map(other => [...other])));
  const { aside } = (await world.state()) as { aside: readonly { readonly what: string; readonly reason: string }[] };
  expect(aside.map(({ what, reason }) => [what, reason])).toEqual(one.aside.map(what => [what, 'failed']));
});

test.each(Object.entries(planted))('%s: mended, it comes back, and nothing comes twice', async (name, one) => {
  const world = await createWorld();
  await one.prepare(world);
  world.clock.moveTo(one.at);
  world.spoil(one.spoils);
  await world.job(name, one.at);
  const between = world.messenger.posted.length;
  world.mend();

  await world.job(name, one.at);

  expect(world.messenger.posted.length).toBeGreaterThan(between);
  const keys = world.messenger.posted.map(({ community, kind, period, to }) => `${community} ${kind} ${period} ${to}`);
  expect(new Set(keys).size).toBe(keys.length);
  expect(((await world.state()) as { aside: readonly unknown[] }).aside).toEqual([]);
});

test('events.ahead: a rhythm that fails is set aside by name, and the events of the others are made', async () => {
  const world = await createWorld();
  for (const [rhythm, title] of [
    ['broken-rhythm', 'Broken'],
    ['whole-rhythm', 'Whole'],
  ] as const)
    await world.asks(api.saveRhythm, {
      who: priya,
      params: { rhythm },
      body: {
        ...{
          title,
          kind: 'coffee',
          rule: { every: 'weeks', weeks: 1, from: '2026-11-24' },
          time: '15:00',
          minutes: 30,
        },
        ...{ mode: 'online', place: '', link: null, audience: 'everybody', hosts: [], until: null },
      },
      ifMatch: null,
    });
  const last = async (title: string) => {
    const rows = await world.lists.of(here.id).events.all();
    const days = rows.filter(({ value }) => value.title === title).map(({ value }) => value.startsAt.slice(0, 10));
    return days.toSorted().at(-1);
  };
  const before = await last('Whole');
  world.clock.moveTo('2026-12-08T09:00:00Z');
  world.spoil('broken-rhythm-2027-01-05');

  await world.job('events.ahead', '2026-12-08T09:00:00Z');
  world.mend();

  const { aside } = (await world.state()) as { aside: readonly { readonly what: string }[] };
  expect([await last('Broken'), aside.map(({ what }) => what)]).toEqual([before, ['Broken']]);
  const after = await last('Whole');
  expect(String(after) > String(before)).toBe(true);
  await world.job('events.ahead', '2026-12-08T09:00:00Z');
  expect(await last('Broken')).toBe(after);
  expect(((await world.state()) as { aside: readonly unknown[] }).aside).toEqual([]);
});

test('facilitation.week: a note that fails is left out, and the others stand on the card', async () => {
  const world = await createWorld();
  await world.happens('membersJoined', { people: [ann], at: new Date('2026-11-20T09:00:00Z') });
  world.lists.beforeNext('all', 'plan', () => Promise.reject(new TypeError('a row is odd')));

  await world.job('facilitation.week', '2026-11-23T09:00:00Z');

  const week = world.messenger.posted.find(({ kind }) => kind === 'facilitation.week');
  expect(JSON.stringify(week?.card)).toContain('Joined in the last seven days');
});

test('digest.check: a digest of another community that cannot be had keeps none from this one’s sponsor', async () => {
  const world = await createWorld();
  await sponsoredBy(world, [helen]);
  await sponsoredBy(world, [helen], there);
  await toldOfDrafts(world);
  world.clock.moveTo('2026-12-01T09:00:00Z');
  world.spoil(there.id);

  await world.job('digest.check', '2026-12-01T09:00:00Z');
  world.mend();

  const told = () => world.messenger.posted.filter(({ kind }) => kind === 'digest.sponsor');
  expect(told().map(({ community, to }) => [community, to])).toEqual([[here.id, helen.id]]);
  await world.job('digest.check', '2026-12-01T09:00:00Z', there);
  expect(told().map(({ community, to }) => [community, to])).toEqual([
    [here.id, helen.id],
    [there.id, helen.id],
  ]);
});
