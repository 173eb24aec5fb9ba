import { beforeEach, describe, expect, test } from '@jest/globals';
import { api } from '../../../../domain/api.ts';
import type { Member } from '../../../../domain/community.ts';
import type { SurveysView } from '../../../../domain/surveys/api.ts';
import { checkCard, textsIn } from '../../../support/cards.ts';
import { templates } from '../../../support/method-text.ts';
import { request } from '../../../support/requests.ts';
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
