import { beforeEach, describe, expect, test } from '@jest/globals';
import { api } from '../../../../domain/api.ts';
import type { Member } from '../../../../domain/community.ts';
import type { SurveysView } from '../../../../domain/surveys/api.ts';
import { checkCard, textsIn } from '../../../support/cards.ts';
import { templates } from '../../../support/method-text.ts';
import { request } from '../../../support/requests.ts';
import { events } from '../../../../bot/features/events/index.ts';
import { surveys } from '../../../../bot/features/surveys/index.ts';
import { sceneOf } from '../../../support/feature-scene.ts';
import { grantWishes } from '../../../support/wishes.ts';
import { surgery } from '../events/parts.ts';
import { here, id, people, priya, scene, type Scene } from './parts.ts';

const [ann, ben, cleo, dan] = people as [Member, Member, Member, Member];
/** Cleo was accepted as a critical friend. */
const accepted = { ...here, acceptances: [{ role: 'critical-friends', person: cleo.id }] };
const event = templates.find(template => template.id === 'event')!;
const promise = 'goes after the close, shuffled and without your name, to the coordinators and critical friends';
let now: Scene;
beforeEach(async () => {
  now = scene();
  // A row that any member of the team could have written in SharePoint.
  await now.holds(dan, 'critical-friends');
  await now.plan({
    title: event.title,
    intro: event.intro,
    questions: [...event.questions],
    audience: 'members',
    event: 'Chart surgery, 19 November',
  });
  await now.checks('2026-11-24T09:00:00Z', accepted);
});

async function seenBy(who: Member): Promise<SurveysView['surveys'][number]> {
  const { body } = await request(now.feature, api.surveys, { who, community: accepted });
  return (body as SurveysView).surveys[0]!;
}
function closedCards(): readonly { readonly to: string; readonly texts: readonly string[] }[] {
  return now.messenger.posted
    .filter(({ kind }) => kind === 'surveys.closed')
    .map(({ to, card }) => {
      checkCard(card);
      return { to, texts: textsIn(card) };
    });
}

test('the card names the event, and says where words go before the first box', () => {
  const texts = textsIn(now.messenger.posted[0]!.card);
  const at = (part: string): number => texts.findIndex(text => text.includes(part));

  expect(texts).toContain('Chart surgery, 19 November');
  expect(at(promise)).toBeGreaterThan(-1);
  expect(at(promise)).toBeLessThan(at('What should we keep?'));
  expect(texts.join(' ')).not.toContain('all are deleted unread');
});

test('it asks for what to keep and what to change in two boxes', () => {
  expect(event.questions.map(({ id: question, kind }) => [question, kind])).toEqual([
    ['use', 'rating'],
    ['keep', 'text'],
    ['change', 'text'],
  ]);
});

describe('when it closes with two answers', () => {
  beforeEach(async () => {
    await now.answers(ann, { use: 5, keep: 'The sketches' });
    await now.answers(ben, { use: 2, keep: 'Thursdays', change: 'Leave more time for questions' });
    expect(JSON.stringify(await seenBy(priya))).not.toContain('sketches');
    await now.checks('2026-11-30T09:00:00Z', accepted);
  });

  test('its words are with the coordinators and the critical friends, and nobody else; the rating with nobody', () => {
    const cards = closedCards();

    expect(cards.map(({ to }) => to)).toEqual([priya.id, cleo.id]);
    for (const { texts } of cards) {
      expect(texts).toEqual(
        expect.arrayContaining(['The sketches', 'Thursdays', 'Leave more time for questions', '2 people answered.']),
      );
      expect(texts).toContain('Fewer than five answered this question, so its answers stay hidden.');
      expect(texts.join(' ')).not.toContain('of 5');
    }
  });

  test('the tab shows the same to them, and to members that the words are passed on', async () => {
    const [forPriya, forCleo, forAnn] = [await seenBy(priya), await seenBy(cleo), await seenBy(ann)];
    const forDan = await seenBy(dan);

    for (const { results } of [forPriya, forCleo])
      expect(results).toMatchObject({
        state: 'shown',
        questions: [
          { hidden: true, answered: 0, average: null },
          { texts: ['The sketches', 'Thursdays'] },
          { texts: ['Leave more time for questions'] },
        ],
      });
    for (const other of [forAnn, forDan])
      expect([other.results, other.answered]).toEqual([{ state: 'hidden', why: 'words-only' }, 0]);
  });

  test('what is kept has no name and no sheet: each answer stands alone, and no rating of fewer than five', async () => {
    const rows = (await now.lists.of(here.id).answers.all({ survey: id })).map(({ value }) => value);

    expect(rows.map(({ person, sheets }) => [person, sheets.map(sheet => Object.keys(sheet))])).toEqual([
      [null, [['keep'], ['keep']]],
      [null, [['change']]],
    ]);
    expect(JSON.stringify(rows)).not.toContain(ann.id);
    expect(await now.box.look(here.id, id)).toEqual({ state: 'gone' });
  });

  test('nothing of it can be shown in the channel', async () => {
    const actions = JSON.stringify(now.messenger.posted.filter(({ kind }) => kind === 'surveys.closed'));

    expect(actions).not.toContain('surveys.share');
  });
});

test('five answers show the rating to everybody, and the words to nobody more', async () => {
  for (const who of people.slice(0, 5)) await now.answers(who, { use: 4, change: `from ${people.indexOf(who)}` });
  await now.checks('2026-11-30T09:00:00Z', accepted);

  const { results } = await seenBy(ann);

  expect(results).toMatchObject({
    state: 'shown',
    answered: 5,
    questions: [
      { average: 4, hidden: false },
      { answered: 0, texts: [] },
      { answered: 5, texts: [] },
    ],
  });
});

describe('of an event that was held', () => {
  const [eve, finn] = people.slice(4) as [Member, Member];
  const gwen = dan;
  const there = [ann, ben, cleo, eve];
  let all: ReturnType<typeof held>;

  /** Both features on the same lists: the event is on Thursday, and its host says on Friday who was there. */
  function held() {
    const members = [priya, ...people];
    const scene = sceneOf(parts => surveys(parts), { members, at: '2026-11-23T09:00:00Z' });
    const meetings = events(scene.parts);
    const asked = { community: accepted, params: { event: 'chart-surgery-1' } };
    return {
      ...scene,
      async happens(was: readonly Member[] = there): Promise<void> {
        const body = { ...surgery, hosts: [{ id: gwen.id, name: gwen.name }] };
        await request(meetings, api.saveEvent, { ...asked, who: priya, body, ifMatch: null });
        await request(meetings, api.moveEvent, { ...asked, who: priya, body: { move: 'announce' } });
        scene.clock.moveTo('2026-11-27T08:30:00Z');
        await this.notes(was);
      },
      async notes(was: readonly Member[]): Promise<void> {
        const noted = { people: was.map(({ id: person }) => ({ id: person, was: 'yes' })), guests: [] };
        await request(meetings, api.noteAttendance, { ...asked, who: gwen, body: noted });
      },
      async morning(moment: string): Promise<void> {
        scene.clock.moveTo(moment);
        const now = scene.clock.now();
        await scene.feature.jobs![0]!.run({ community: accepted, due: now, since: now, now });
        await grantWishes(scene.feature, scene.messenger, { community: accepted, now, members });
      },
      cards: (kind: string) => scene.messenger.posted.filter(one => one.kind === kind),
      rows: async () => (await scene.lists.of(here.id).surveys.all()).map(({ value }) => value),
    };
  }
  beforeEach(() => {
    all = held();
  });

  test('those who were there are asked on the next open day, for five days, and are not reminded', async () => {
    await all.happens();
    await all.notes([finn]);
    for (const day of ['2026-11-27', '2026-11-28', '2026-11-29']) await all.morning(`${day}T09:00:00Z`);
    expect(all.cards('surveys.ask')).toEqual([]);

    for (const day of ['2026-11-30', '2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04'])
      await all.morning(`${day}T09:00:00Z`);

    expect(new Set(all.cards('surveys.ask').map(({ to }) => to))).toEqual(new Set([...there, finn].map(one => one.id)));
    expect(all.cards('surveys.reminder')).toEqual([]);
    const [survey] = await all.rows();
    expect(survey).toMatchObject({
      event: 'Chart surgery, Thursday 26 November',
      audience: 'attended',
      anonymous: true,
      opensOn: '2026-11-30',
      closesOn: '2026-12-05',
    });
    const texts = textsIn(all.cards('surveys.ask')[0]!.card).join('\n');
    expect(texts).toContain('to those who hosted it, the coordinators and the critical friends of this community');
    expect(texts).toContain('You get this because you were there.');
  });

  test('its host reads what was said once it has closed, and so do coordinators and critical friends', async () => {
    await all.happens();
    await all.morning('2026-11-30T09:00:00Z');
    const [survey] = await all.rows();
    const sheet = { use: 4, keep: 'The sketches' };
    const body = { sheet, token: null };
    await request(all.feature, api.answerSurvey, {
      who: ann,
      community: accepted,
      params: { survey: survey!.key },
      body,
    });

    await all.morning('2026-12-07T09:00:00Z');

    const told = all.cards('surveys.closed');
    expect(new Set(told.map(({ to }) => to))).toEqual(new Set([priya.id, cleo.id, gwen.id]));
    for (const { card } of told) {
      expect(textsIn(card)).toContain('The sketches');
      expect(textsIn(card).join(' ')).not.toContain('4 of 5');
    }
  });

  test('who becomes a host by a row that somebody wrote in SharePoint reads nothing', async () => {
    await all.happens();
    await all.morning('2026-11-30T09:00:00Z');
    const { events: rows } = all.lists.of(here.id);
    const row = (await rows.find('chart-surgery-1'))!;
    await all.lists.byHand(here.id, 'events', { ...row.value, hosts: [{ id: finn.id, name: finn.name }] });

    await all.morning('2026-12-07T09:00:00Z');

    expect(all.cards('surveys.closed').map(({ to }) => to)).not.toContain(finn.id);
  });

  test('fewer than three are not asked, and nobody is a week later', async () => {
    await all.happens([ann, ben]);
    expect(await all.rows()).toEqual([]);

    all.clock.moveTo('2026-12-04T09:00:00Z');
    await all.notes([cleo]);
    expect(await all.rows()).toEqual([]);
  });

  test('feedback that a coordinator has planned already is not asked twice', async () => {
    const [title, intro, questions] = [event.title, event.intro, [...event.questions]];
    all.clock.moveTo('2026-11-26T18:00:00Z');
    await request(all.feature, api.planSurvey, {
      who: priya,
      community: accepted,
      params: { survey: 'by-hand-1' },
      body: {
        ...{ title, intro, questions, anonymous: true, audience: 'channel', event: 'Our chart surgery' },
        ...{ tellsResults: false, everyQuarter: false, repeats: null, opensOn: '2026-11-26', closesOn: '2026-12-01' },
      },
    });
    all.clock.moveTo('2026-11-23T09:00:00Z');

    await all.happens();

    expect((await all.rows()).map(({ key }) => key)).toEqual(['by-hand-1']);
  });
});
