import { beforeEach, describe, expect, test } from '@jest/globals';
import { member, person } from '../../../support/feature-parts.ts';
import { failureOf } from '../../../support/requests.ts';
import { amara, daniel, gwen, here, id, priya, scene, template, type Scene } from './parts.ts';

let now: Scene;
beforeEach(() => {
  now = scene();
});

describe('keeping', () => {
  test('everybody asks; the question is parked, and its own', async () => {
    await now.asks();

    expect(await now.sees()).toMatchObject({
      ...template,
      state: 'parked',
      askedBy: person('Amara Okafor'),
      isMine: true,
      moves: ['next', 'let-go'],
      mayChange: true,
      meToo: 0,
      helpers: [],
    });
    expect(await now.sees(daniel)).toMatchObject({ isMine: false, mayChange: false, mayAnswer: true, moves: [] });
  });

  test('asked twice with one id it is one, and other words need the newest version', async () => {
    const { etag } = await now.asks();
    await now.asks();
    await now.asks({ title: 'Who has an SPC template?' }, { ifMatch: etag });

    expect((await now.seesAll()).questions).toHaveLength(1);
    expect(await failureOf(now.asks({ title: 'Something else' }, { ifMatch: etag }))).toMatchObject({
      code: 'version-conflict',
      details: { current: { title: 'Who has an SPC template?' } },
    });
  });

  test('somebody else rewords nothing, and whoever coordinates may', async () => {
    const { etag } = await now.asks();

    expect(await failureOf(now.asks({ title: 'Mine now' }, { who: daniel, ifMatch: etag }))).toMatchObject({
      code: 'not-allowed',
    });
    expect(await now.asks({ title: 'Template for SPC?' }, { who: priya, ifMatch: etag })).toMatchObject({
      askedBy: person('Amara Okafor'),
      changed: { by: person('Priya Raman') },
    });
  });
});

describe('voices', () => {
  test('are everybody’s own, one each, and can be taken back', async () => {
    await now.asks();
    await now.says(daniel, 'me-too');
    await now.says(gwen, 'can-help');
    now.clock.moveTo('2026-11-23T10:00:00Z');
    await now.says(daniel, 'can-help');

    expect(await now.sees(daniel)).toMatchObject({
      meToo: 0,
      mine: 'can-help',
      helpers: [person('Gwen Pritchard'), person('Daniel Fitzgerald')],
    });
    expect(await now.says(daniel, null)).toMatchObject({ mine: null, helpers: [person('Gwen Pritchard')] });
  });

  test('one’s own question, and one with an answer, take none', async () => {
    await now.asks();
    expect(await failureOf(now.says(amara, 'me-too'))).toMatchObject({ code: 'invalid' });

    await now.answers(gwen, 'I have one');
    expect(await failureOf(now.says(daniel, 'me-too'))).toMatchObject({ code: 'invalid' });
  });
});

describe('on the way to an answer', () => {
  test('everybody answers what is open, and then it is whoever asked or answered who changes the answer', async () => {
    await now.asks();
    await now.answers(gwen, 'I have one');

    expect(await now.sees(daniel)).toMatchObject({
      state: 'answered',
      answer: 'I have one',
      answeredBy: person('Gwen Pritchard'),
      mayAnswer: false,
    });
    expect(await failureOf(now.answers(daniel, 'No, I do'))).toMatchObject({ code: 'not-allowed' });
    expect(await now.answers(gwen, 'It is in Files')).toMatchObject({ answer: 'It is in Files' });
    expect(await now.answers(amara, 'It was in Files')).toMatchObject({ answeredBy: person('Amara Okafor') });
  });

  test('an answer may be something in the library, and only what is there', async () => {
    await now.asks();
    const body = { answer: '', resource: 'a'.repeat(32) };

    expect(await failureOf(now.asked('answerQuestion', { who: gwen, body }))).toMatchObject({ code: 'invalid' });
  });

  test('whoever asked moves it, and nobody else', async () => {
    await now.asks();

    expect(await failureOf(now.moves('next', daniel))).toMatchObject({ code: 'not-allowed' });
    expect(await now.moves('next')).toMatchObject({ state: 'next' });
    expect(await now.moves('next')).toMatchObject({ state: 'next' });
    await now.moves('let-go');
    expect(await failureOf(now.moves('next'))).toMatchObject({ code: 'invalid' });
  });

  test('planned, it stands on the agenda of the event, once', async () => {
    await now.asks();
    const plan = async () => now.asked('planQuestion', { who: amara, body: { event: 'chart-surgery' } });

    expect(await plan()).toMatchObject({ state: 'planned' });
    await plan();
    expect(now.onEvents).toEqual([{ event: 'chart-surgery', id, title: template.title }]);
  });

  test('scouts are people of the team', async () => {
    await now.asks();
    const send = async (...scouts: readonly string[]) =>
      now.asked('sendScouts', { who: amara, body: { scouts, backOn: '2026-12-01' } });

    expect(await send(gwen.id, gwen.id)).toMatchObject({ scouts: [person('Gwen Pritchard')], backOn: '2026-12-01' });
    expect(await failureOf(send(member('Somebody Else').id))).toMatchObject({ code: 'invalid' });
    expect(await send()).toMatchObject({ scouts: [], backOn: null });
  });
});

describe('taking away', () => {
  test('by whoever asked takes its voices along, and may be repeated', async () => {
    const { etag } = await now.asks();
    await now.says(daniel, 'me-too');
    const remove = async () => now.asked('removeQuestion', { who: amara, ifMatch: etag });

    await remove();
    await remove();

    expect((await now.seesAll()).questions).toEqual([]);
    expect(await now.lists.of(here.id).voices.all()).toEqual([]);
    expect(now.messenger.posted).toEqual([]);
  });

  test('by somebody else is told to whoever asked', async () => {
    const { etag } = await now.asks();
    await now.asked('removeQuestion', { who: priya, ifMatch: etag });

    expect(now.messenger.posted.map(({ kind, to, summary }) => [kind, to, summary])).toEqual([
      ['agenda.removed', amara.id, 'Priya Raman took a question of yours away'],
    ]);
  });
});

test('what somebody wrote into SharePoint is nobody’s until it is saved here', async () => {
  await now.asks();
  const row = (await now.lists.of(here.id).questions.find(id))!.value;
  await now.lists.byHand(here.id, 'questions', { ...row, askedBy: person('Daniel Fitzgerald') });

  expect(await now.sees(daniel)).toMatchObject({ askedBy: null, isMine: false, mayChange: false, mayAnswer: false });
  expect(await failureOf(now.moves('next', daniel))).toMatchObject({ code: 'not-allowed' });
  expect(await now.moves('next', priya)).toMatchObject({ askedBy: person('Daniel Fitzgerald') });
});

test('topics of several open questions without anything that was checked are a gap', async () => {
  await now.asks();
  await now.asks({ title: 'Which software makes SPC charts?', topics: ['spc'] }, { question: 'spc-software' });

  expect(await now.seesAll()).toMatchObject({ topics: [{ count: 2 }], gaps: [{ count: 2 }] });
});
