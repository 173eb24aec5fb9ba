import { beforeEach, describe, expect, test } from '@jest/globals';
import type { FileAnswer } from '../../../../domain/endpoint.ts';
import { api } from '../../../../domain/api.ts';
import type { SurveysView } from '../../../../domain/surveys/api.ts';
import type { Wish } from '../../../../bot/feature.ts';
import type { Member } from '../../../../domain/community.ts';
import type { SurveyDraft } from '../../../../domain/surveys/survey.ts';
import { localDay } from '../../../../domain/schedule.ts';
import { actionsIn, checkCard, textsIn } from '../../../support/cards.ts';
import { press as pressOn, translateFor } from '../../../support/feature-parts.ts';
import { request } from '../../../support/requests.ts';
import { restWith } from '../../../support/rest.ts';
import { here, id, people, priya, scene, type Scene } from './parts.ts';

const [ann, ben] = people as [Member, Member];
let now: Scene;
beforeEach(() => {
  now = scene();
});

/** What the feature would like to say at this moment, with nothing said. */
async function wishedAt(moment: string, kind: string): Promise<readonly Wish[]> {
  now.clock.moveTo(moment);
  const today = localDay(now.clock.now(), here.settings.timeZone);
  const wishes = await now.feature.wishes!({ community: here, now: now.clock.now(), today, rest: restWith() });
  return wishes.filter(wish => wish.kind === kind);
}
const namesOf = (wishes: readonly Wish[]): readonly string[] =>
  wishes.map(({ to }) => ('channel' in to ? 'channel' : to.person.id));

describe('a survey in people’s own chats', () => {
  test('may wait as long as another morning comes before it closes, and is urgent on the last', async () => {
    await now.plan();

    const [first] = await wishedAt('2026-11-24T09:00:00Z', 'surveys.ask');
    const [last] = await wishedAt('2026-11-27T09:00:00Z', 'surveys.ask');

    expect([first, last].map(wish => ({ urgency: wish?.urgency, until: wish?.until }))).toEqual([
      { urgency: 'soon', until: '2026-11-29' },
      { urgency: 'now', until: '2026-11-29' },
    ]);
    expect(first!.line(translateFor(now.feature))).toBe(
      'A short survey, open until Sunday 29 November: How are we doing?',
    );
  });

  test('is one message to all of them, who are written down once', async () => {
    await now.plan({ opensOn: '2026-11-24' });

    const wishes = await wishedAt('2026-11-24T09:00:00Z', 'surveys.ask');
    const before = now.lists.writes.filter(({ list }) => list === 'participation').length;
    for (const wish of wishes) await wish.beforeSent?.();

    expect([wishes.length, new Set(wishes.map(({ card }) => card)).size]).toEqual([9, 1]);
    expect(before).toBe(0);
    expect(now.lists.writes.filter(({ list }) => list === 'participation')).toHaveLength(1);
  });

  test('of two that open on one day, nobody is asked more than the settings allow in a month', async () => {
    await now.plan({ anonymous: false }, 'first-survey');
    for (const survey of ['second-survey', 'third-survey'])
      await now.plan({ opensOn: '2026-11-24', anonymous: false }, survey);

    const wishes = await wishedAt('2026-11-24T09:00:00Z', 'surveys.ask');

    expect(new Set(wishes.map(({ period }) => period))).toEqual(new Set(['first-survey', 'second-survey']));
  });

  test.each([
    ['with names: who has answered is not asked', false, [...people.slice(1), priya]],
    ['anonymous: everybody is, so that nothing tells who had answered by then', true, [...people, priya]],
  ])('%s', async (_reason, anonymous, asked) => {
    await now.plan({ anonymous });
    await now.answers(ann, { worth: 4 });

    expect(namesOf(await wishedAt('2026-11-24T09:00:00Z', 'surveys.ask'))).toEqual(asked.map(one => one.id));
  });

  test.each([
    ['anonymous', true, true],
    ['with names', false, false],
  ])('%s, as a line leads to the tab: %s', async (_reason, anonymous, leads) => {
    await now.plan({ anonymous });

    const [wish] = await wishedAt('2026-11-24T09:00:00Z', 'surveys.ask');

    expect(wish?.opens !== undefined).toBe(leads);
  });

  test('is asked nobody for whose answer would be lost', async () => {
    await now.plan();
    await now.answers(ann, { worth: 4 });
    now.box.lock(here.id, id, true);
    const locked = await wishedAt('2026-11-24T09:00:00Z', 'surveys.ask');
    now.box.lock(here.id, id, false);
    await now.box.destroy(here.id, id);

    expect([locked, await wishedAt('2026-11-24T09:00:00Z', 'surveys.ask')]).toEqual([[], []]);
  });

  test('that an earlier version has sent to all at once is not asked again', async () => {
    await now.plan();
    await now.lists
      .of(here.id)
      .participation.create({ key: `${id}/sent`, survey: id, month: '', asked: [], spared: [] });

    expect(await wishedAt('2026-11-24T09:00:00Z', 'surveys.ask')).toEqual([]);
  });
});

describe('the reminder', () => {
  test('may give way, from the open day before the last on, and is for those whom it reached before that', async () => {
    await now.plan({ closesOn: '2026-11-27' });
    const { participation } = now.lists.of(here.id);
    const row = (await participation.find(`${id}/0`))!;
    const late = { id: 'late', name: 'Late' };
    await now.checks('2026-11-24T09:00:00Z');
    await participation.update(row, { ...row.value, asked: [...row.value.asked, late] });
    await now.answers(ben, { worth: 4 });

    const early = await wishedAt('2026-11-25T09:00:00Z', 'surveys.reminder');
    const first = await wishedAt('2026-11-26T09:00:00Z', 'surveys.reminder');
    const last = await wishedAt('2026-11-27T09:00:00Z', 'surveys.reminder');

    expect(early).toEqual([]);
    for (const wishes of [first, last])
      expect(namesOf(wishes)).toEqual([...people.filter(one => one !== ben), priya].map(one => one.id));
    expect(first[0]).toMatchObject({ urgency: 'sometime', until: '2026-11-27', period: id });
  });
});

describe('what came of it', () => {
  test('says how many of those it was for were sent it, when that is not all', async () => {
    await now.plan({ anonymous: false });
    const { participation } = now.lists.of(here.id);
    await now.checks('2026-11-24T09:00:00Z');
    const row = (await participation.find(`${id}/0`))!;
    const full = [1, 2].map(number => ({ id: `full-${number}`, name: `Full ${number}` }));
    await participation.update(row, { ...row.value, asked: [...row.value.asked, ...full] });
    for (const who of people.slice(0, 6)) await now.answers(who, { worth: 4 });

    await now.checks('2026-11-30T09:00:00Z');

    const told = now.messenger.posted.find(({ kind }) => kind === 'surveys.closed');
    expect(textsIn(told!.card)).toContain(
      '6 people answered. It was sent to 9 of the 11 people it was for; the rest had no morning with room for it, get no messages about surveys, or could not be reached. Read them, with names, on the Surveys page.',
    );
  });

  test('says so when nobody was sent it', async () => {
    await now.plan({ closesOn: '2026-11-23' });

    await now.checks('2026-11-24T09:00:00Z');

    const told = now.messenger.posted.find(({ kind }) => kind === 'surveys.closed');
    expect(textsIn(told!.card)[1]).toContain('Nobody was sent it in their own chat');
    expect((await now.lists.of(here.id).surveys.find(id))?.value.sent).toBe(0);
  });

  test('is news for two weeks', async () => {
    await now.plan({ anonymous: false });
    await now.checks('2026-11-30T09:00:00Z');

    const news = await wishedAt('2026-12-13T09:00:00Z', 'surveys.closed');
    const old = await wishedAt('2026-12-14T09:00:00Z', 'surveys.closed');

    expect([namesOf(news), namesOf(old)]).toEqual([[priya.id], []]);
  });
});

describe('numbers that were promised', () => {
  /** Whoever answers does so also in their own words. */
  async function closedWith(change: Partial<SurveyDraft>, answering = people.slice(0, 6)): Promise<readonly Wish[]> {
    await now.plan({ tellsResults: true, ...change });
    await now.checks('2026-11-24T09:00:00Z');
    for (const who of answering) await now.answers(who, { worth: 4, wish: `what ${who.name} wishes` });
    await now.checks('2026-11-30T09:00:00Z');
    return wishedAt('2026-12-01T09:00:00Z', 'surveys.told');
  }

  test.each<[string, Partial<SurveyDraft>, readonly Member[]]>([
    ['with names, to those who answered', { anonymous: false }, people.slice(0, 6)],
    ['with names in the channel, too', { anonymous: false, audience: 'channel' }, people.slice(0, 6)],
    ['anonymous, to everybody whom it was sent, as nobody knows who answered', {}, people],
    ['anonymous in the channel, to nobody by name', { audience: 'channel' }, []],
    ['not promised, to nobody', { anonymous: false, tellsResults: false }, []],
  ])('go %s', async (_reason, change, told) => {
    expect(namesOf(await closedWith(change))).toEqual(told.map(one => one.id));
  });

  test.each([true, false])('of fewer than five answers go to nobody, anonymous or not: %s', async anonymous => {
    expect(await closedWith({ anonymous }, people.slice(0, 4))).toEqual([]);
  });

  test('are no words and not whom it reached, may wait, and lead to the page', async () => {
    // It closes before the morning on which it would have been sent.
    await now.plan({ tellsResults: true, anonymous: false, closesOn: '2026-11-23' });
    for (const who of people.slice(0, 6)) await now.answers(who, { worth: 4, wish: `what ${who.name} wishes` });
    await now.checks('2026-11-24T09:00:00Z');
    const [wish] = await wishedAt('2026-11-25T09:00:00Z', 'surveys.told');

    expect(wish).toMatchObject({ urgency: 'sometime', period: id, opens: `https://example.org/${here.id}/surveys` });
    expect(wish!.line(translateFor(now.feature))).toBe('What came of the survey “How are we doing?”');
    const card = wish!.card(translateFor(now.feature));
    expect(JSON.stringify(card)).not.toContain('wishes');
    expect(textsIn(card).slice(0, 2)).toEqual(['Results: How are we doing?', '6 people answered.']);
  });

  test('go to nobody who left, and once to who coordinates', async () => {
    now = scene([priya, ...people.slice(1)]);
    await now.plan({ tellsResults: true, anonymous: false });
    for (const who of [...people.slice(0, 6), priya]) await now.answers(who, { worth: 4 });
    await now.checks('2026-11-30T09:00:00Z');

    expect(namesOf(await wishedAt('2026-12-01T09:00:00Z', 'surveys.told'))).toEqual(
      people.slice(1, 6).map(one => one.id),
    );
  });
});

describe('a survey of every quarter', () => {
  const quarterLater = '2027-02-23T09:00:00Z';
  async function closedOne(): Promise<void> {
    await now.plan({ everyQuarter: true });
    await now.checks('2026-11-30T09:00:00Z');
  }
  const attempts = async () =>
    (await now.lists.of(here.id).surveys.all()).map(({ value }) => value).filter(({ repeats }) => repeats === id);
  function press(opensOn: string, who = priya) {
    return pressOn(now.feature, 'again', { data: { survey: id, opensOn }, who, community: here });
  }

  test('is proposed to those who coordinate when the quarter has passed, and goes out by nobody', async () => {
    await closedOne();

    const early = await wishedAt('2027-02-22T09:00:00Z', 'surveys.repeat');
    const [wish, ...others] = await wishedAt(quarterLater, 'surveys.repeat');

    expect([early, others, namesOf([wish!])]).toEqual([[], [], [priya.id]]);
    const card = wish!.card(translateFor(now.feature));
    checkCard(card);
    expect(actionsIn(card).map(action => action['verb'])).toEqual(['surveys.again']);
    expect(textsIn(card)).toContain('A quarter has passed since “How are we doing?”. Shall I plan it again?');
    await now.checks(quarterLater);
    expect(await attempts()).toEqual([]);
  });

  test('is planned by a press with the same questions, once for two who press', async () => {
    await closedOne();
    now.clock.moveTo(quarterLater);

    const first = await press('2027-02-24');
    const second = await press('2027-02-24');

    const [next, ...more] = await attempts();
    const earlier = (await now.lists.of(here.id).surveys.find(id))!.value;
    expect(next).toMatchObject({
      questions: earlier.questions,
      anonymous: true,
      everyQuarter: true,
      opensOn: '2027-02-24',
      closesOn: '2027-03-02',
      answered: null,
    });
    expect([more, second]).toEqual([[], first]);
    expect(await wishedAt(quarterLater, 'surveys.repeat')).toEqual([]);
  });

  test('whose next one was taken back can be planned once more', async () => {
    await closedOne();
    now.clock.moveTo(quarterLater);
    await press('2027-02-24');
    const [first] = await attempts();
    await request(now.feature, api.closeSurvey, { who: priya, community: here, params: { survey: first!.key } });

    await press('2027-02-24');

    expect((await attempts()).map(({ closedOn }) => closedOn)).toEqual(['2027-02-23', null]);
  });

  test('is not planned for a day that has come', async () => {
    await closedOne();
    now.clock.moveTo(quarterLater);

    expect(await press('2027-02-23')).toMatchObject({ notice: expect.stringContaining('has come') });
    expect(await attempts()).toEqual([]);
  });

  test('is proposed no more once somebody says so', async () => {
    await closedOne();
    now.clock.moveTo(quarterLater);

    const { body } = await request(now.feature, api.repeatSurvey, {
      who: priya,
      community: here,
      params: { survey: id },
      body: { everyQuarter: false },
    });

    expect(body).toMatchObject({ surveys: [{ id, everyQuarter: false, againOn: null }] });
    expect(await wishedAt(quarterLater, 'surveys.repeat')).toEqual([]);
  });

  test.each([
    ['five both times', 5, [3, 4]],
    ['four the second time', 4, null],
  ])('says what has changed, to whoever may see the numbers: %s', async (_reason, count, average) => {
    await now.plan({ everyQuarter: true });
    for (const who of people.slice(0, 5)) await now.answers(who, { worth: 3 });
    await now.checks('2026-11-30T09:00:00Z');
    now.clock.moveTo(quarterLater);
    await press('2027-02-24');
    const next = (await attempts())[0]!.key;
    now.clock.moveTo('2027-02-24T09:00:00Z');
    for (const who of people.slice(0, count))
      await request(now.feature, api.answerSurvey, {
        who,
        community: here,
        params: { survey: next },
        body: { sheet: { worth: 4 }, token: null },
      });
    await now.checks('2027-03-03T09:00:00Z');

    const { body } = await request(now.feature, api.surveys, { who: ann, community: here });

    const [seen] = (body as SurveysView).surveys;
    expect(seen).toMatchObject({ id: next, trend: { since: '2026-11-29' }, againOn: null });
    expect(seen!.trend!.questions.map(one => one.average && [one.average.before, one.average.now])).toEqual(
      average === null ? [] : [average],
    );
    const told = (await wishedAt('2027-03-03T09:00:00Z', 'surveys.closed')).find(({ period }) => period === next);
    const said = textsIn(told!.card(translateFor(now.feature)));
    expect(said.filter(text => /last time/.test(text))).toEqual(
      average === null
        ? []
        : [
            '5 people answered. The last time was until 29 November 2026.',
            'Since the last time: from 3.0 to 4.0 on average (+1.0).',
          ],
    );
    const file = await request(now.feature, api.exportSurvey, { who: priya, community: here, params: { survey: next } })
      .then(({ body: saved }) => new TextDecoder().decode((saved as FileAnswer).bytes).split('\r\n'))
      .catch(() => []);
    expect(file.filter(line => /last time|Average/i.test(line))).toEqual(
      average === null
        ? []
        : [
            'Question,Answer,Count,"Last time, until 29 November 2026",Now',
            'Is this community worth the time you give it?,"Average, from 1 to 5",,3.0,4.0',
          ],
    );
  });
});
