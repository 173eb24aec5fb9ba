import { beforeEach, describe, expect, test } from '@jest/globals';
import { api } from '../../../../domain/api.ts';
import { actionsIn, checkCard, textsIn } from '../../../support/cards.ts';
import { failureOf, request } from '../../../support/requests.ts';
import { noticeOf, press } from '../../../support/feature-parts.ts';
import type { Card } from '../../../../bot/cards.ts';
import type { SurveyDraft } from '../../../../domain/surveys/survey.ts';
import { here, id, people, priya, scene, type Scene } from './parts.ts';

const [ann] = people as [typeof priya];
const draft: SurveyDraft = {
  title: 'How are we?',
  intro: '',
  questions: [
    { id: 'rate', kind: 'rating', text: 'How useful is it?', options: [], low: '', high: '', required: true },
    { id: 'say', kind: 'text', text: 'Why?', options: [], low: '', high: '', required: false },
  ],
  anonymous: true,
  audience: 'members',
  event: null,
  tellsResults: false,
  everyQuarter: false,
  repeats: null,
  opensOn: '2026-11-23',
  closesOn: '2026-11-29',
};
const asked = { who: priya, community: here, params: { survey: id } };
let now: Scene;
beforeEach(() => {
  now = scene();
});

async function previewOf(body: SurveyDraft): Promise<Card> {
  return ((await request(now.feature, api.previewSurvey, { ...asked, body })).body as { card: Card }).card;
}

describe('the preview', () => {
  test('is the card that people get, and nothing is kept of it', async () => {
    const preview = await previewOf(draft);
    await now.plan(draft);
    await now.checks('2026-11-24T09:00:00Z');

    checkCard(preview);
    expect(preview).toEqual(now.messenger.posted.find(({ to }) => to === ann.id)?.card);
  });

  test('writes nothing', async () => {
    await previewOf(draft);

    expect([now.lists.writes, now.messenger.posted]).toEqual([[], []]);
  });

  test('has no button for messages where the survey goes to the channel', async () => {
    const preview = await previewOf({ ...draft, audience: 'channel' });

    expect(actionsIn(preview).map(({ verb }) => verb)).toEqual(['surveys.answer']);
  });

  test.each(['previewSurvey', 'trySurvey'] as const)('%s is for those who may plan', async operation => {
    const failure = await failureOf(request(now.feature, api[operation], { ...asked, who: ann, body: draft }));

    expect([failure.code, now.messenger.posted]).toEqual(['not-allowed', []]);
  });
});

describe('a trial', () => {
  const trial = (body = draft) => request(now.feature, api.trySurvey, { ...asked, body });

  test('comes to whoever asked for it alone, once for a repeated request, and again for another draft', async () => {
    await trial();
    await trial();
    await trial({ ...draft, title: 'How are we, really?' });

    expect(now.messenger.posted.map(({ kind, to }) => [kind, to])).toEqual([
      ['surveys.trial', priya.id],
      ['surveys.trial', priya.id],
    ]);
  });

  test('is the card as it will be, says what it is, and counts nowhere', async () => {
    await trial();
    const card = now.messenger.posted[0]!.card;
    const buttons = actionsIn(card);
    const said = noticeOf(
      await press(now.feature, 'tried', { who: priya, community: here, data: { 'q-rate': '5', community: here.id } }),
    );

    checkCard(card);
    expect(textsIn(card)).toEqual(['A trial, for you alone', ...textsIn(await previewOf(draft))]);
    expect(new Set(buttons.map(({ verb }) => verb))).toEqual(new Set(['surveys.tried']));
    expect(said).toMatch(/nothing is kept/);
    expect([now.lists.writes, now.box.sheets(here.id, id)]).toEqual([[], []]);
  });

  test('is not sent to whoever wants no messages, and says so', async () => {
    await now.messenger.optOut(here.id, priya.id, true);

    const { body } = await trial();

    expect([body, now.messenger.posted]).toEqual([{ sent: false }, []]);
  });
});

describe('a required question', () => {
  const data = { community: here.id, survey: id };

  test.each([true, false])('is asked for by the card and by the server, anonymous: %s', async anonymous => {
    await now.plan({ ...draft, anonymous });
    const said = noticeOf(
      await press(now.feature, 'answer', { who: ann, community: here, data: { ...data, 'q-say': 'Because' } }),
    );
    const failure = await failureOf(now.answers(ann, { say: 'Because' }));

    expect(said).toBe('This question needs an answer before yours can be sent: “How useful is it?”.');
    expect([failure.code, failure.details]).toEqual(['invalid', { current: { kind: 'missing' } }]);
    expect([now.lists.writes.filter(({ list }) => list === 'answers'), now.box.sheets(here.id, id)]).toEqual([[], []]);
  });

  test.each([true, false])('stays answered where its input does not come back, anonymous: %s', async anonymous => {
    await now.plan({ ...draft, anonymous });
    const token = await now.answers(ann, { rate: 4 });
    await press(now.feature, 'answer', {
      who: ann,
      community: here,
      data: { ...data, token: token ?? '', 'q-say': 'Because' },
    });

    const kept = (await now.lists.of(here.id).answers.all({ survey: id })).flatMap(({ value }) => value.sheets);
    expect(anonymous ? now.box.sheets(here.id, id) : kept).toEqual([{ rate: 4, say: 'Because' }]);
  });

  test('is missing under a token that leads nowhere', async () => {
    await now.plan(draft);

    const said = noticeOf(
      await press(now.feature, 'answer', {
        who: ann,
        community: here,
        data: { ...data, token: 'never-given', 'q-say': 'Because' },
      }),
    );

    expect(said).toMatch(/needs an answer/);
    expect(now.box.sheets(here.id, id)).toEqual([]);
  });
});
