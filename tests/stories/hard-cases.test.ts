import { createInMemoryLedger } from '../support/ledger-of-wishes.ts';
import { comingQuestions, morning } from '../../bot/features/morning/index.ts';
import { describe, expect, test } from '@jest/globals';
import { facilitation } from '../../bot/features/facilitation/index.ts';
import { departuresWaiting } from '../../bot/features/departures/index.ts';
import departuresText from '../../bot/features/departures/text.en.json' with { type: 'json' };
import { digest } from '../../bot/features/digest/index.ts';
import { comingReader, heldReader } from '../../bot/features/events/index.ts';
import { overview } from '../../bot/features/overview/index.ts';
import { plan, planAdder, planNote, planWaiting } from '../../bot/features/plan/index.ts';
import { roles } from '../../bot/features/roles/index.ts';
import { changeCoordinators, changeWeek } from '../../bot/features/settings/index.ts';
import { surveys } from '../../bot/features/surveys/index.ts';
import type { Feature } from '../../bot/feature.ts';
import { api } from '../../domain/api.ts';
import type { DigestView } from '../../domain/digest/api.ts';
import type { OverviewView } from '../../domain/overview/api.ts';
import type { PlanView } from '../../domain/plan/api.ts';
import type { RolesView } from '../../domain/roles/api.ts';
import type { SurveysView } from '../../domain/surveys/api.ts';
import type { Member, ReadyCommunity } from '../../domain/community.ts';
import { longestIntro, type DigestWords } from '../../domain/digest/digest.ts';
import { templates } from '../support/method-text.ts';
import type { Action } from '../../domain/plan/plan.ts';
import type { SurveyDraft } from '../../domain/surveys/survey.ts';
import { createInMemoryBallotBox } from '../support/ballot-box.ts';
import { checkCard, textsIn } from '../support/cards.ts';
import {
  clockAt,
  communitiesOf,
  community,
  member,
  recordingMessenger,
  settings,
  textsOf,
  quietLog,
} from '../support/feature-parts.ts';
import { createInMemoryBundles } from '../support/bundles.ts';
import { createInMemoryLists } from '../support/in-memory-lists.ts';
import { grantWishes } from '../support/wishes.ts';
import { failureOf, request } from '../support/requests.ts';
import { createInMemorySetAside } from '../support/set-aside.ts';
import { createRestDays } from '../../bot/shared/rest-days.ts';

const monday = '2026-11-23T09:00:00Z';
const priya = member('Priya Raman', { owner: true });
const { title, intro, questions, anonymous } = templates.find(({ id }) => id === 'pulse')!;
const pulse: SurveyDraft = {
  title,
  intro,
  questions: [...questions],
  anonymous,
  audience: 'members',
  event: null,
  tellsResults: false,
  everyQuarter: false,
  repeats: null,
  opensOn: '2026-11-23',
  closesOn: '2026-11-29',
};
const room: Action = {
  title: 'Book a room',
  owners: [],
  due: '2026-11-25',
  state: 'to-do',
  weight: 'baseline',
  aim: null,
  notes: '',
};

/** A community with all its features over the same lists; `team` is who is in it, and changes as people come and go. */
function worldOf(
  people: readonly Member[],
  where: ReadyCommunity = community({
    settings: settings({ coordinators: [{ id: priya.id, name: priya.name }], facilitation: { facilitators: [] } }),
  }),
) {
  const clock = clockAt(monday);
  const team = [...people];
  const lists = createInMemoryLists(clock.now);
  const ledger = createInMemoryLedger();
  const communities = communitiesOf(where);
  const messenger = recordingMessenger(() =>
    textsOf(...Object.values(features), { name: 'departures', text: { en: departuresText } }),
  );
  const roster = {
    members: async () => team,
    member: async (_community: string, id: string) => team.find(one => one.id === id),
  };
  const parts = {
    lists,
    messenger,
    roster,
    log: quietLog,
    clock: clock.now,
    links: { tab: (id: string, page: string) => `https://example.org/${id}/${page}` },
    restDays: createRestDays(),
    setAside: createInMemorySetAside(),
    ballotBox: createInMemoryBallotBox(),
    asKnown: <R>(work: () => Promise<R>) => work(),
    deliveryLog: { read: async () => ({ lines: [], next: null }) },
  };
  const departed = {
    since: async () =>
      people
        .filter(({ id }) => team.every(one => one.id !== id))
        .map(({ id }) => ({ person: id, at: new Date('2026-11-20T15:00:00Z') })),
  };
  const others = {
    facilitation: facilitation({
      ...parts,
      notes: planNote(parts),
      waiting: async where => {
        const coming = comingQuestions({ ledger, roster });
        const lines = [
          await planWaiting({ ...parts, coming })(where),
          await departuresWaiting({ ...parts, departed })(where),
        ];
        return (...reader) => lines.flatMap(read => read(...reader));
      },
      changeWeek: changeWeek({ ...parts, communities }),
      addAction: planAdder(parts),
    }),
    roles: roles({
      ...parts,
      departed,
      changeCoordinators: changeCoordinators({ ...parts, communities }),
    }),
    plan: plan(parts),
    surveys: surveys({ ...parts, reached: ledger.reached, heldEvents: heldReader(parts) }),
    digest: digest({ ...parts, communities, bundles: createInMemoryBundles() }),
    overview: overview({ ...parts, comingEvents: comingReader(parts) }),
  };
  const features = {
    ...others,
    morning: morning({
      ...parts,
      ledger,
      features: () => Object.values<Feature>(others),
      sponsorsOf: async () => new Set(),
    }),
  } satisfies Record<string, Feature>;

  async function run(job: string, moment: string): Promise<void> {
    clock.moveTo(moment);
    const found = Object.values<Feature>(features)
      .flatMap(({ jobs = [] }) => jobs)
      .find(({ name }) => name === job);
    if (!found) throw new Error(`there is no job ${job}`);
    await found.run({ community: where, due: clock.now(), since: clock.now(), now: clock.now() });
  }
  return {
    where,
    team,
    lists,
    messenger,
    features,
    run,
    posted: (kind: string) => messenger.posted.filter(copy => copy.kind === kind),
    async board(who: Member) {
      return (await request(features.roles, api.roles, { who, community: where })).body as RolesView;
    },
    async overview(who: Member) {
      return (await request(features.overview, api.overview, { who, community: where })).body as OverviewView;
    },
    async plan(who: Member) {
      return (await request(features.plan, api.plan, { who, community: where })).body as PlanView;
    },
    async adds(id: string, change: Partial<Action>) {
      return request(features.plan, api.saveAction, {
        who: priya,
        community: where,
        params: { action: id },
        body: { ...room, ...change },
        ifMatch: null,
      });
    },
    async gives(role: string, person: Member) {
      await request(features.roles, api.giveRole, {
        who: priya,
        community: where,
        params: { role },
        body: { person: { id: person.id }, term: { since: '2026-11-01', until: '2027-11-01', note: '' } },
      });
    },
    /** As on a morning with room for all of it. */
    async surveysCome(moment: string) {
      clock.moveTo(moment);
      await grantWishes(features.surveys, messenger, { community: where, now: clock.now(), members: team });
    },
    async asks(draft: SurveyDraft) {
      await request(features.surveys, api.planSurvey, {
        who: priya,
        community: where,
        params: { survey: 'pulse-2026-11' },
        body: draft,
      });
    },
  };
}

describe('a community of one', () => {
  test('gets its facilitation week, owns its actions and reads what is due', async () => {
    const world = worldOf([priya]);
    await world.adds('book-a-room', { owners: [{ id: priya.id, name: priya.name }] });

    await world.run('facilitation.week', monday);

    const [card, ...others] = world.posted('facilitation.week');
    checkCard(card!.card);
    expect([card!.to, others]).toEqual([priya.id, []]);
    expect(textsIn(card!.card)).toContain('The plan: 1 action is due this week.');
  });

  test('sends its survey to its one member, and says nothing of one answer', async () => {
    const world = worldOf([priya]);
    await world.asks(pulse);
    await world.surveysCome('2026-11-24T09:00:00Z');
    await request(world.features.surveys, api.answerSurvey, {
      who: priya,
      community: world.where,
      params: { survey: 'pulse-2026-11' },
      body: { sheet: { worth: 4 }, token: null },
    });

    await world.run('surveys.check', '2026-11-30T09:00:00Z');

    const {
      surveys: [survey],
    } = (await request(world.features.surveys, api.surveys, { who: priya, community: world.where }))
      .body as SurveysView;
    expect(world.posted('surveys.ask').map(({ to }) => to)).toEqual([priya.id]);
    expect(survey).toMatchObject({
      phase: 'closed',
      answered: 0,
      asked: 1,
      results: { state: 'hidden', why: 'too-few' },
    });
    expect(await world.lists.of(world.where.id).answers.all()).toEqual([]);
  });

  test('without a sponsor sends no digest, and shows the draft', async () => {
    const world = worldOf([priya]);

    await world.run('digest.check', '2027-01-01T09:00:00Z');

    const view = (await request(world.features.digest, api.digest, { who: priya, community: world.where }))
      .body as DigestView;
    expect(world.posted('digest.sponsor')).toEqual([]);
    expect(view.drafts.map(({ audience }) => audience)).toContain('sponsor');
  });

  test('holds every role in one pair of hands, and is asked once about those that are free', async () => {
    const world = worldOf([priya]);
    await world.gives('sponsor', priya);

    await world.run('morning.wishes', '2026-11-24T09:00:00Z');
    await world.run('morning.wishes', '2026-11-25T09:00:00Z');

    const held = (await world.board(priya)).roles
      .filter(({ holders }) => holders.some(({ person }) => person.id === priya.id))
      .map(({ id }) => id);
    expect(held.toSorted()).toEqual(['coordinator', 'sponsor']);
    expect(world.messenger.posted.map(({ to }) => to)).toEqual([priya.id]);
  });

  test('sees itself on the overview', async () => {
    const world = worldOf([priya]);

    const view = await world.overview(priya);

    expect(view).toMatchObject({ people: { members: 1, newcomers: 0 }, roles: { filled: 1, total: 5 } });
  });
});

test('a survey to two thousand members is handed over in one call, whose cards are all within bounds', async () => {
  const crowd = Array.from({ length: 1_999 }, (_, index) => member(`Member ${index}`));
  const world = worldOf([priya, ...crowd]);
  const { post } = world.messenger;
  const calls: number[] = [];
  world.messenger.post = async message => {
    calls.push(message.to.length);
    await post(message);
  };

  await request(world.features.surveys, api.planSurvey, {
    who: priya,
    community: world.where,
    params: { survey: 'pulse-2026-11' },
    body: pulse,
  });
  const before = [...calls];
  await world.run('morning.wishes', '2026-11-24T09:00:00Z');

  // The coordinator reads of it among other things.
  expect([before, calls.toSorted((one, other) => one - other)]).toEqual([[], [1, 1_999]]);
  expect(new Set(world.posted('surveys.ask').map(({ to }) => to)).size).toBe(1_999);
  checkCard(world.posted('surveys.ask')[0]!.card);
});

describe('somebody leaves who owns actions and holds a role', () => {
  const daniel = member('Daniel Fitzgerald');
  const amara = member('Amara Okafor');

  async function left() {
    const world = worldOf([priya, daniel, amara]);
    await world.gives('sponsor', daniel);
    await world.adds('book-a-room', { owners: [{ id: daniel.id, name: daniel.name }] });
    await world.adds('ask-a-ward', { due: null, owners: [daniel, amara].map(({ id, name }) => ({ id, name })) });
    world.team.splice(world.team.indexOf(daniel), 1);
    return world;
  }

  test('their role is free again and says who held it, until somebody ends it', async () => {
    const world = await left();

    const sponsor = (await world.board(priya)).roles.find(({ id }) => id === 'sponsor')!;
    expect({
      vacant: sponsor.vacant,
      holders: sponsor.holders.map(({ person, left: gone }) => [person.name, gone]),
    }).toEqual({ vacant: true, holders: [['Daniel Fitzgerald', true]] });

    await request(world.features.roles, api.endHolding, {
      who: priya,
      community: world.where,
      params: { role: 'sponsor', person: daniel.id },
    });
    expect((await world.board(priya)).roles.find(({ id }) => id === 'sponsor')?.holders).toEqual([]);
  });

  test('their actions stay theirs and say so, until somebody takes them on; nobody new can be given to them', async () => {
    const world = await left();

    const before = await world.plan(priya);
    expect([before.left, before.actions.map(({ owners }) => owners.map(({ name }) => name)).toSorted()]).toEqual([
      [daniel.id],
      [['Daniel Fitzgerald'], ['Daniel Fitzgerald', 'Amara Okafor']],
    ]);
    expect((await failureOf(world.adds('new-action', { owners: [{ id: daniel.id, name: daniel.name }] }))).code).toBe(
      'invalid',
    );

    for (const { id, etag, title: name, due, state, weight, aim, notes } of before.actions) {
      await request(world.features.plan, api.saveAction, {
        who: priya,
        community: world.where,
        params: { action: id },
        body: { title: name, due, state, weight, aim, notes, owners: [{ id: amara.id, name: amara.name }] },
        ifMatch: etag,
      });
    }
    expect((await world.plan(priya)).left).toEqual([]);
  });

  test('the overview counts what waits, and the Monday line says it', async () => {
    const world = await left();

    const { waiting, roles: filled } = await world.overview(priya);
    await world.run('facilitation.week', monday);

    expect(waiting).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'left', count: 1, names: ['Book a room'] }),
        expect.objectContaining({ kind: 'terms', count: 1, names: ['Daniel Fitzgerald'] }),
      ]),
    );
    expect(filled.free.map(({ id }) => id)).toContain('sponsor');
    expect(textsIn(world.posted('facilitation.week')[0]!.card)).toContain(
      '- Has left the team: Daniel Fitzgerald (Sponsor, “Book a room” and 1 more)',
    );
  });

  test('nobody writes to them: no reminder, no survey, no digest', async () => {
    const world = await left();

    await world.run('morning.wishes', '2026-11-24T09:00:00Z');
    await world.asks({ ...pulse, opensOn: '2026-11-24' });
    await world.surveysCome('2026-11-25T09:00:00Z');
    await world.run('digest.check', '2027-01-01T09:00:00Z');

    expect(world.messenger.posted.filter(({ to }) => to === daniel.id)).toEqual([]);
    expect(
      world
        .posted('surveys.ask')
        .map(({ to }) => to)
        .toSorted(),
    ).toEqual([amara.id, priya.id]);
  });
});

describe.each([
  ['from right to left', 'مرحبا بكم في المجتمع '],
  ['in emoji', '👩🏽‍🔬🫖 '],
  ['with marks that turn the direction', '\u202Eabc\u202C '],
])('words %s', (_reason, letters) => {
  /** As it is sent. */
  const sent = (length: number): string =>
    letters
      .repeat(Math.ceil(length / letters.length))
      .slice(0, length - 1)
      .trim()
      .replace(/[\uD800-\uDBFF]$/, '');

  /** As everybody reads it: what turns the reading direction is taken out. */
  const read = (length: number): string =>
    sent(length)
      .replace(/[\u202A-\u202E]/g, '')
      .trim();

  test('come back from the notes of an action as they were written, ten thousand characters of them', async () => {
    const world = worldOf([priya]);
    const notes = sent(10_000);

    await world.adds('book-a-room', { title: sent(100), notes });

    expect((await world.plan(priya)).actions.map(action => [action.title, action.notes])).toEqual([
      [read(100), read(10_000)],
    ]);
  });

  test('fit on the card of a survey, and ten thousand of them in an answer are refused with a reason, not cut', async () => {
    const world = worldOf([priya]);
    await world.asks({
      ...pulse,
      title: sent(80),
      intro: sent(300),
      anonymous: false,
      questions: [{ id: 'say', kind: 'text', text: sent(140), options: [], low: '', high: '', required: false }],
    });
    const answer = (say: string) =>
      request(world.features.surveys, api.answerSurvey, {
        who: priya,
        community: world.where,
        params: { survey: 'pulse-2026-11' },
        body: { sheet: { say }, token: null },
      });

    await world.surveysCome('2026-11-24T09:00:00Z');
    await answer(sent(2_000));

    checkCard(world.posted('surveys.ask')[0]!.card);
    expect((await failureOf(answer(letters.repeat(10_000 / letters.length + 1)))).code).toBe('too-large');
    expect((await world.lists.of(world.where.id).answers.all()).map(({ value }) => value.sheets)).toEqual([
      [{ say: read(2_000) }],
    ]);
  });

  test('fit into a digest that two sponsors get', async () => {
    const helen = member('Helen Osei');
    const world = worldOf([priya, helen]);
    for (const sponsor of [helen, priya]) await world.gives('sponsor', sponsor);
    const words: DigestWords = {
      intro: sent(longestIntro),
      ask: sent(300),
      story: sent(1_200),
      questions: [{ text: sent(160), name: null }],
      times: [sent(80)],
      sendOn: null,
    };
    await request(world.features.digest, api.saveDigest, {
      who: priya,
      community: world.where,
      params: { audience: 'sponsor' },
      body: words,
      ifMatch: null,
    });

    await request(world.features.digest, api.sendDigest, {
      who: priya,
      community: world.where,
      params: { audience: 'sponsor' },
    });

    const cards = world.posted('digest.sponsor');
    expect(cards.map(({ to }) => to).toSorted()).toEqual([helen.id, priya.id]);
    for (const { card } of cards) checkCard(card);
    expect((await world.lists.of(world.where.id).digests.all()).map(({ value }) => value.intro)).toContain(
      read(longestIntro),
    );
  });
});
