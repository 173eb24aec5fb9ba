import { beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { api } from '../../../../domain/api.ts';
import type { FileAnswer } from '../../../../domain/endpoint.ts';
import type { SurveysView } from '../../../../domain/surveys/api.ts';
import type { Member } from '../../../../domain/community.ts';
import { templates } from '../../../support/method-text.ts';
import { SurveyDraft } from '../../../../domain/surveys/survey.ts';
import { community, settings } from '../../../support/feature-parts.ts';
import { failureOf, request, tokenOf } from '../../../support/requests.ts';
import { here, id, people, priya, scene, type Scene } from './parts.ts';

const [ann, ben] = people as [Member, Member];
const pulse = templates.find(({ id: template }) => template === 'pulse')!;
const sameQuestions = pulse.questions.map((question, index) => ({
  ...question,
  id: `other-${index}`,
  text: `  ${question.text.toUpperCase()} `,
}));
let now: Scene;
beforeEach(() => {
  now = scene();
});

async function seenBy(who: Member, where: Scene = now): Promise<SurveysView> {
  return (await request(where.feature, api.surveys, { who, community: here })).body as SurveysView;
}

test.each([
  ['with names: as many as there are', false, 8],
  ['anonymous: by fives, as while it was open', true, 5],
])('one that has closed and is not counted yet says how many answered, %s', async (_reason, anonymous, expected) => {
  await now.plan({ anonymous });
  for (const who of people) await now.answers(who, { worth: 4 });

  now.clock.moveTo('2026-11-30T08:00:00Z');

  const [survey] = (await seenBy(ann)).surveys;
  expect(survey).toMatchObject({ phase: 'closed', answered: expected, mine: { answered: false, sheet: null } });
});

describe('planning', () => {
  test('is saved on behalf of the coordinator, once for a repeated request, and comes into people’s chats in the morning when its day has come', async () => {
    await now.plan();
    await now.plan();
    const atOnce = now.messenger.posted.length;
    await now.checks('2026-11-24T09:00:00Z');

    expect(atOnce).toBe(0);
    expect(now.lists.writes.filter(({ list }) => list === 'surveys')).toEqual([
      { community: here.id, list: 'surveys', operation: 'create', key: id, onBehalfOf: tokenOf(priya) },
    ]);
    expect(now.messenger.posted).toHaveLength(9);
  });

  test.each<[string, object, string]>([
    ['by a member', { who: ann }, 'not-allowed'],
    ['for a day that is over', { body: { opensOn: '2026-11-22' } }, 'invalid'],
    ['under an id that is none', { params: { survey: '../x' } }, 'not-found'],
  ])('is refused %s', async (_reason, { body = {}, ...change }: { body?: object }, code) => {
    const draft = {
      title: 'Pulse',
      intro: '',
      questions: [{ id: 'say', kind: 'text', text: 'Say', options: [], low: '', high: '', required: false }],
      anonymous: true,
      audience: 'channel',
      event: null,
      tellsResults: false,
      everyQuarter: false,
      repeats: null,
      opensOn: '2026-11-23',
      closesOn: '2026-11-29',
    };

    const failure = await failureOf(
      request(now.feature, api.planSurvey, {
        who: priya,
        community: here,
        params: { survey: id },
        body: { ...draft, ...body },
        ...change,
      }),
    );

    expect(failure.code).toBe(code);
    expect(now.lists.writes).toEqual([]);
  });

  test('shows members nothing before the first day; taken back, it is gone for all', async () => {
    await now.plan({ opensOn: '2026-11-25' });
    const [before, planned] = [await seenBy(ann), await seenBy(priya)];

    await request(now.feature, api.closeSurvey, { who: priya, community: here, params: { survey: id } });
    await now.checks('2026-11-25T09:00:00Z');

    expect([before.surveys.length, planned.surveys[0]?.phase]).toEqual([0, 'planned']);
    expect((await seenBy(priya)).surveys).toEqual([]);
    expect(now.messenger.posted).toEqual([]);
  });
});

describe('changing a planned survey', () => {
  async function planned(): Promise<{ readonly draft: SurveyDraft; readonly etag: string }> {
    await now.plan({ opensOn: '2026-11-25' });
    const {
      surveys: [survey],
    } = await seenBy(priya);
    return { draft: SurveyDraft.parse(survey), etag: survey!.etag };
  }
  function change(draft: SurveyDraft, ifMatch: string | null, who = priya) {
    return request(now.feature, api.changeSurvey, {
      who,
      community: here,
      params: { survey: id },
      body: draft,
      ifMatch,
    });
  }

  test('saves everything on behalf of the coordinator, once for a repeated request, and nobody hears of it', async () => {
    const { draft, etag } = await planned();
    const wanted: SurveyDraft = {
      title: 'Shorter',
      intro: 'Two minutes',
      questions: draft.questions.slice(0, 1),
      anonymous: false,
      audience: 'channel',
      event: null,
      tellsResults: true,
      everyQuarter: true,
      repeats: null,
      opensOn: '2026-11-26',
      closesOn: '2026-11-28',
    };

    const first = await change(wanted, etag);
    const second = await change(wanted, etag);

    expect(first.body).toMatchObject({ ...wanted, phase: 'planned' });
    expect(second).toEqual(first);
    expect(now.lists.writes.filter(({ operation }) => operation === 'update')).toEqual([
      { community: here.id, list: 'surveys', operation: 'update', key: id, onBehalfOf: tokenOf(priya) },
    ]);
    expect(now.messenger.posted).toEqual([]);
  });

  test('to begin today sends it into the channel at once', async () => {
    const { draft, etag } = await planned();

    await change({ ...draft, audience: 'channel', opensOn: '2026-11-23' }, etag);

    expect(now.messenger.posted.map(({ to }) => to)).toEqual(['channel']);
  });

  test('to begin today brings it into people’s chats on the next morning', async () => {
    const { draft, etag } = await planned();

    const { body } = await change({ ...draft, opensOn: '2026-11-23' }, etag);
    const atOnce = now.messenger.posted.length;
    await now.checks('2026-11-24T09:00:00Z');

    expect(body).toMatchObject({ phase: 'open', asked: 9, sent: 0, arrives: '2026-11-24' });
    expect([atOnce, now.messenger.posted.length]).toEqual([0, 9]);
  });

  test('with an old version is a conflict that shows what is stored now', async () => {
    const { draft, etag } = await planned();
    await change({ ...draft, title: 'Theirs' }, etag);

    const failure = await failureOf(change({ ...draft, title: 'Mine' }, etag));

    expect(failure).toMatchObject({
      code: 'version-conflict',
      details: { current: { title: 'Theirs', phase: 'planned' }, etag: (await seenBy(priya)).surveys[0]?.etag },
    });
  });

  test.each<[string, string, string]>([
    ['2026-11-25T00:00:00Z', 'open', 'its first day has come'],
    ['2026-12-02T09:00:00Z', 'closed', 'it is over'],
  ])('is too late at %s: %s', async (moment, phase, _reason) => {
    const { draft, etag } = await planned();
    now.clock.moveTo(moment);

    const failure = await failureOf(change({ ...draft, opensOn: '2026-12-05', closesOn: '2026-12-09' }, etag));

    expect(failure).toMatchObject({ code: 'version-conflict', details: { current: { phase, opensOn: '2026-11-25' } } });
  });

  test('is too late once it was taken back', async () => {
    const { draft, etag } = await planned();
    await request(now.feature, api.closeSurvey, { who: priya, community: here, params: { survey: id } });

    expect(await failureOf(change({ ...draft, title: 'Mine' }, etag))).toMatchObject({
      code: 'version-conflict',
      details: { current: { phase: 'closed' } },
    });
  });

  test.each<[string, Partial<SurveyDraft>, Member, string]>([
    ['to a member', { title: 'Mine' }, ann, 'not-allowed'],
    ['for a day that is over', { opensOn: '2026-11-22' }, priya, 'invalid'],
  ])('is refused %s', async (_reason, part, who, code) => {
    const { draft, etag } = await planned();

    expect((await failureOf(change({ ...draft, ...part }, etag, who))).code).toBe(code);
  });
});

describe('an anonymous survey that asks what another has just asked', () => {
  test.each<[string, string, Partial<SurveyDraft>, boolean]>([
    ['while the other is open', '2026-11-25', {}, false],
    ['a week after its last day', '2026-12-06', {}, false],
    ['later than that', '2026-12-07', {}, true],
    [
      'under another title and with other ids',
      '2026-11-25',
      { title: 'Something else', questions: sameQuestions },
      false,
    ],
    ['with names', '2026-11-25', { anonymous: false }, true],
    [
      'with other questions',
      '2026-11-25',
      {
        questions: [
          { id: 'worth', kind: 'text', text: 'Something else?', options: [], low: '', high: '', required: false },
        ],
      },
      true,
    ],
  ])('%s, on %s', async (_reason, opensOn, change, allowed) => {
    await now.plan();

    const outcome = await now.plan({ opensOn, closesOn: '2026-12-14', ...change }, 'second-survey').then(
      () => null,
      (error: unknown) => error,
    );

    if (allowed) expect(outcome).toBeNull();
    else expect(outcome).toMatchObject({ code: 'invalid', details: { fields: ['opensOn'] } });
  });

  test('is not refused because of one that was taken back, and may be sent twice by a browser', async () => {
    await now.plan({ opensOn: '2026-11-25' });
    await request(now.feature, api.closeSurvey, { who: priya, community: here, params: { survey: id } });

    await now.plan({}, 'second-survey');
    await now.plan({}, 'second-survey');

    expect((await seenBy(priya)).surveys.map(survey => survey.id)).toEqual(['second-survey']);
  });

  test('is refused, too, when one that is planned is changed to ask it', async () => {
    await now.plan();
    await now.plan({ opensOn: '2026-11-25', anonymous: false }, 'second-survey');
    const planned = (await now.lists.of(here.id).surveys.find('second-survey'))!;
    const { title, intro, questions, audience, opensOn, closesOn } = planned.value;
    const body = { title, intro, questions, audience, opensOn, closesOn, anonymous: true };

    const failure = await failureOf(
      request(now.feature, api.changeSurvey, {
        who: priya,
        community: here,
        params: { survey: 'second-survey' },
        body,
        ifMatch: planned.etag,
      }),
    );

    expect(failure).toMatchObject({ code: 'invalid', details: { fields: ['opensOn'] } });
  });
});

test('how many a member is sent is the community’s choice', async () => {
  const once = community({ settings: settings({ surveys: { perMonth: 1 } }) });
  await now.plan({ anonymous: false }, 'first-survey');
  await now.plan({ opensOn: '2026-11-24' });

  await now.checks('2026-11-24T09:00:00Z', once);

  const { body } = await request(now.feature, api.surveys, { who: priya, community: once });
  expect(body).toMatchObject({
    perMonth: 1,
    surveys: [
      { id, asked: 0 },
      { id: 'first-survey', asked: 9 },
    ],
  });
  expect(now.messenger.posted.filter(({ kind, period }) => kind === 'surveys.ask' && period === id)).toEqual([]);
});

describe('what a member sees', () => {
  test('of a survey with names: their own answer, and no results before the close', async () => {
    await now.plan({ anonymous: false });
    await now.answers(ann, { worth: 4 });

    const {
      surveys: [survey],
    } = await seenBy(ann);

    expect(survey).toMatchObject({
      answered: 1,
      mine: { answered: true, sheet: { worth: 4 } },
      results: { state: 'hidden', why: 'until-close' },
      spared: [],
    });
    expect((await seenBy(ben)).surveys[0]?.mine).toEqual({ answered: false, sheet: null });
  });

  test('of an anonymous one: that they have answered, and not what', async () => {
    await now.plan();
    await now.answers(ann, { worth: 4 });

    expect((await seenBy(ann)).surveys[0]?.mine).toEqual({ answered: true, sheet: null });
  });
});

describe('coordinators', () => {
  test.each<[string, Partial<SurveyDraft>, string | null, string]>([
    ['2026-11-23T08:00:00Z', {}, '2026-11-23', 'this morning is still to come'],
    ['2026-11-23T09:00:00Z', {}, '2026-11-24', 'this morning is over'],
    ['2026-11-23T09:00:00Z', { opensOn: '2026-11-28' }, null, 'it closes on a Sunday, before a morning comes'],
    ['2026-11-23T09:00:00Z', { closesOn: '2026-11-23' }, null, 'it closes today'],
    ['2026-11-23T09:00:00Z', { audience: 'channel' }, null, 'it is in the channel'],
  ])('who plan at %s %j read that it comes on %s: %s', async (moment, draft, expected) => {
    now.clock.moveTo(moment);
    await now.plan(draft);

    expect((await seenBy(priya)).surveys[0]?.arrives).toBe(expected);
    expect((await seenBy(ann)).surveys[0]?.arrives ?? null).toBeNull();
  });

  test('read how many have been sent it, while it is open and afterwards', async () => {
    await now.plan();
    const before = (await seenBy(priya)).surveys[0];
    await now.checks('2026-11-24T09:00:00Z');
    const after = (await seenBy(priya)).surveys[0];
    await now.checks('2026-11-30T09:00:00Z');

    const closed = (await seenBy(priya)).surveys[0];
    expect([before, after, closed].map(one => [one?.sent, one?.asked])).toEqual([
      [0, 9],
      [9, 9],
      [9, 9],
    ]);
    expect((await seenBy(ann)).surveys[0]).toMatchObject({ sent: null, asked: null });
  });

  test('see who was spared', async () => {
    await now.plan({ anonymous: false }, 'first-survey');
    await now.plan({ anonymous: false }, 'second-survey');
    await now.plan();

    const view = (await seenBy(priya)).surveys.find(survey => survey.id === id);

    expect({ asked: view?.asked, spared: view?.spared.length }).toEqual({ asked: 0, spared: 9 });
    expect((await seenBy(ann)).surveys.find(survey => survey.id === id)).toMatchObject({ asked: null, spared: [] });
  });

  test('close before the time, and what comes later is refused', async () => {
    await now.plan();
    for (const who of people) await now.answers(who, { worth: 3 });

    await request(now.feature, api.closeSurvey, { who: priya, community: here, params: { survey: id } });
    const late = await failureOf(now.answers(priya, { worth: 1 }));

    expect(late).toMatchObject({ code: 'version-conflict', details: { current: { kind: 'closed' } } });
    expect((await seenBy(ann)).surveys[0]).toMatchObject({
      phase: 'closed',
      answered: 8,
      results: { state: 'shown', answered: 8 },
    });
  });

  test('save what came of it as a file that no spreadsheet takes for formulas', async () => {
    await now.plan({ anonymous: false });
    await now.answers(ann, { worth: 4, wish: '=HYPERLINK("http://x")' });
    await now.answers(ben, { change: [0], wish: '@SUM(1)\n"two" lines, مرحبا' });

    const { body } = await request(now.feature, api.exportSurvey, {
      who: priya,
      community: here,
      params: { survey: id },
    });

    const { name, type, bytes } = body as FileAnswer;
    expect([name, type]).toEqual(['survey-2026-11-23.csv', 'text/csv; charset=utf-8']);
    expect(new TextDecoder().decode(bytes).split('\r\n').slice(1)).toEqual([
      `Ann,2026-11-23,4,,,"'=HYPERLINK(""http://x"")"`,
      `Ben,2026-11-23,,,"Yes, more than once","'@SUM(1)\n""two"" lines, مرحبا"`,
      '',
    ]);
  });

  test('of an anonymous survey save the same numbers as everybody sees', async () => {
    await now.plan();
    for (const who of people) await now.answers(who, { worth: 4, wish: '-1' });
    await now.checks('2026-11-30T09:00:00Z');

    const { body } = await request(now.feature, api.exportSurvey, {
      who: priya,
      community: here,
      params: { survey: id },
    });

    const lines = new TextDecoder('utf-8', { ignoreBOM: true }).decode((body as FileAnswer).bytes).split('\r\n');
    expect(lines.slice(0, 2)).toEqual([
      '\ufeffQuestion,Answer,Count',
      'Is this community worth the time you give it?,1 · not really,0',
    ]);
    expect(lines.filter(line => line.endsWith(",'-1,"))).toHaveLength(8);
    expect(people.filter(({ name }) => lines.some(line => line.includes(name)))).toEqual([]);
  });

  test('alone may save, close and share', async () => {
    await now.plan();

    const codes = await Promise.all(
      [api.exportSurvey, api.closeSurvey, api.shareSurvey].map(
        async endpoint =>
          (await failureOf(request(now.feature, endpoint, { who: ann, community: here, params: { survey: id } }))).code,
      ),
    );

    expect(codes).toEqual(['not-allowed', 'not-allowed', 'not-allowed']);
  });
});

describe('whoever holds a role that surveys belong to', () => {
  const inRole = (role: string) => ({ ...here, acceptances: [{ role, person: ann.id }] });
  const ask = (role: string, endpoint: Parameters<typeof request>[1]) =>
    request(now.feature, endpoint, { who: ann, community: inRole(role), params: { survey: id } });
  const wordsFor = async (role: string) =>
    ((await ask(role, api.surveys)).body as SurveysView).surveys[0]?.results.state === 'shown'
      ? ((await ask(role, api.surveys)).body as SurveysView).surveys.flatMap(({ results }) =>
          results.state === 'shown' ? results.questions.flatMap(({ texts }) => texts) : [],
        )
      : 'hidden';

  test('community keepers read the words of an anonymous survey, which carry no name', async () => {
    await now.plan();
    for (const who of people) await now.answers(who, { worth: 4, wish: 'Tea' });
    await now.checks('2026-11-30T09:00:00Z');

    expect([await wordsFor('community-keepers'), await wordsFor('scout')]).toEqual([Array(8).fill('Tea'), []]);
    expect((await ask('community-keepers', api.exportSurvey)).body).toMatchObject({ name: 'survey-2026-11-23.csv' });
    expect((await failureOf(ask('community-keepers', api.closeSurvey))).code).toBe('not-allowed');
  });

  test.each(['community-keepers', 'agenda-activists', 'critical-friends'])(
    '%s read no name: that was promised to coordinators',
    async role => {
      await now.plan({ anonymous: false });
      await now.answers(ben, { worth: 4, wish: 'Tea' });

      expect(await wordsFor(role)).toBe('hidden');
      expect((await failureOf(ask(role, api.exportSurvey))).code).toBe('not-allowed');
    },
  );

  test('agenda activists and critical friends plan, change and close them', async () => {
    await now.plan();

    await ask('critical-friends', api.closeSurvey);

    expect((await seenBy(ann)).surveys[0]?.phase).toBe('closed');
  });
});

test('whatever happens in an anonymous survey, everything that anybody can see has one state, and of five or more', async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('answer' as const), person: fc.nat(7), worth: fc.integer({ min: 1, max: 5 }) }),
    fc.record({ kind: fc.constant('look' as const), person: fc.nat(7) }),
    fc.record({ kind: fc.constant('day' as const) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async steps => {
      const one = scene();
      await one.plan();
      const tokens = new Map<number, string>();
      const answered = new Map<number, number>();
      const states = new Set<string>();
      let day = 23;

      async function look(person: number): Promise<void> {
        for (const who of [priya, people[person]!]) {
          const { results } = (await seenBy(who, one)).surveys[0]!;
          if (results.state === 'shown') states.add(JSON.stringify(results));
        }
        const file = await request(one.feature, api.exportSurvey, {
          who: priya,
          community: here,
          params: { survey: id },
        }).catch(() => null);
        if (file) expect(states.size).toBe(1);
        for (const { card } of one.messenger.posted) expect(JSON.stringify(card)).not.toContain('token-');
      }

      for (const each of steps) {
        if (each.kind === 'day') await one.checks(`2026-11-${Math.min(30, ++day)}T09:00:00Z`);
        if (each.kind === 'look') await look(each.person);
        if (each.kind !== 'answer' || day > 29) continue;
        tokens.set(
          each.person,
          (await one.answers(people[each.person]!, { worth: each.worth }, tokens.get(each.person) ?? null)) ?? '',
        );
        answered.set(each.person, each.worth);
        expect(states.size).toBe(0);
      }
      await one.checks('2026-11-30T09:00:00Z');
      await look(0);

      const expected = [1, 2, 3, 4, 5].map(rating => [...answered.values()].filter(worth => worth === rating).length);
      const [state, ...others] = [...states].map(
        text => JSON.parse(text) as { questions: { bars: { count: number }[] }[] },
      );
      expect(others).toEqual([]);
      expect(state?.questions[0]?.bars.map(({ count }) => count)).toEqual(answered.size < 5 ? undefined : expected);
    }),
    { numRuns: 40 },
  );
});
