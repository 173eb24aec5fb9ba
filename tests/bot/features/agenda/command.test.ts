import { beforeEach, describe, expect, test } from '@jest/globals';
import { actionsIn, textsIn } from '../../../support/cards.ts';
import { ask, cardOf, noticeOf, press } from '../../../support/feature-parts.ts';
import { amara, daniel, gwen, here, id, priya, scene, template, type Scene } from './parts.ts';

let now: Scene;
beforeEach(() => {
  now = scene();
});

const types = async (words: string, choices: object = {}) => {
  const [, name = '', rest = ''] = /^(\S+)\s*(.*)$/.exec(words) ?? [];
  return ask(now.feature, name, { who: amara, community: here, rest, ...choices });
};
const presses = async (verb: string, data: object, who = daniel) =>
  press(now.feature, verb, { who, community: here, data: { community: here.id, ...data } });
const titles = async () => (await now.seesAll()).questions.map(({ title }) => title);

describe('park', () => {
  test.each([
    { place: 'channel', buttons: ['I ask that, too', 'I can help'], says: 'says so below' },
    { place: 'chat', buttons: [], says: 'on the Questions page' },
  ] as const)('in a $place it keeps a question, and shows it with $buttons', async ({ place, buttons, says }) => {
    const card = cardOf(await types(`park ${template.title}`, { place }));

    expect(textsIn(card)).toEqual(expect.arrayContaining([template.title, expect.stringContaining(says)]));
    expect(actionsIn(card).map(({ title }) => title)).toEqual(buttons);
    expect(await titles()).toEqual([template.title]);
  });

  test('the same message answered again keeps one', async () => {
    await types('park What is new?', { message: 'one' });
    await types('park What is new?', { message: 'one' });

    expect(await titles()).toHaveLength(1);
  });

  test('what somebody else has asked is no second question, but a voice', async () => {
    await now.asks();

    const card = cardOf(await types('park who has a template for spc charts', { who: daniel }));

    expect(textsIn(card).join('\n')).toContain('I have noted that you ask the same.');
    expect(await now.sees(daniel)).toMatchObject({ meToo: 1, mine: 'me-too' });
    expect(await titles()).toHaveLength(1);
  });

  test('what has an answer shows it', async () => {
    await now.asks();
    await now.answers(gwen, 'In Files');

    const texts = textsIn(cardOf(await types(`park ${template.title}`, { who: daniel }))).join('\n');

    expect(texts).toContain('has an answer');
    expect(texts).toContain('In Files');
  });

  test('what was let go is asked anew', async () => {
    await types('park What is new?', { message: 'one' });
    const [{ id: question } = { id: '' }] = (await now.seesAll()).questions;
    await now.moves('let-go', amara, question);

    await types('park What is new?', { message: 'one' });

    expect(await now.sees(amara, question)).toMatchObject({ state: 'parked' });
  });

  test.each([
    ['park', 'What is the question?', 'nothing is asked'],
    ['park :', 'What is the question?', 'a colon is no question'],
    [`park ${'x'.repeat(201)}`, 'That has 201 characters', 'a report'],
  ])('%s is answered with %j (%s)', async (words, notice) => {
    expect(noticeOf(await types(words))).toContain(notice);
    expect(await titles()).toEqual([]);
  });
});

test('agenda names what is open, what most ask first', async () => {
  await now.asks({ title: 'Quiet?' }, { question: 'quiet-one' });
  await now.asks();
  await now.says(daniel, 'me-too');
  await now.answers(gwen, 'Yes', 'quiet-one');
  await now.asks({ title: 'Another?' }, { question: 'another-one' });

  const texts = textsIn(cardOf(await types('agenda'))).join('\n');

  expect(texts).toContain('2 questions are open');
  expect(texts).not.toContain('Quiet?');
  expect(texts.indexOf('SPC')).toBeLessThan(texts.indexOf('Another'));
});

test('agenda without questions says how to ask one', async () => {
  expect(textsIn(cardOf(await types('agenda'))).join('\n')).toContain('No question is open at the moment');
});

describe('a press', () => {
  test('on the card of a question shows who can help', async () => {
    await now.asks();

    const card = cardOf(await presses('voice', { question: id, says: 'can-help' }));

    expect(textsIn(card).join('\n')).toContain('Daniel Fitzgerald can help.');
  });

  test('on one of several is said above the card', async () => {
    await now.asks();

    expect(noticeOf(await presses('voice', { question: id, says: 'me-too', from: 'list' }))).toContain('Noted');
    expect(noticeOf(await presses('voice', { question: id, says: 'me-too' }, amara))).toContain('your own question');
  });

  test('on what is answered meanwhile changes nothing', async () => {
    await now.asks();
    await now.answers(gwen, 'Yes');

    expect(noticeOf(await presses('voice', { question: id, says: 'me-too' }))).toContain('not open any more');
  });

  test('answers once; whoever comes later sees the answer', async () => {
    await now.asks();
    await presses('answer', { question: id, answer: 'It is in Files' }, gwen);
    const again = cardOf(await presses('answer', { question: id, answer: 'It is in Files' }, gwen));
    const late = cardOf(await presses('answer', { question: id, answer: 'No, in Teams' }, daniel));

    expect(textsIn(again).join('\n')).toContain('Thank you.');
    expect(textsIn(late).join('\n')).toContain('Nothing was saved.');
    expect(await now.sees()).toMatchObject({ answer: 'It is in Files' });
  });

  test('without an answer says that nothing came', async () => {
    await now.asks();

    expect(noticeOf(await presses('answer', { question: id }))).toContain('nothing was changed');
  });

  test('keeps what the bot could not answer, once', async () => {
    await presses('park', { question: 'Who knows Excel?' });
    await presses('park', { question: 'Who knows Excel?' });

    expect(await titles()).toEqual(['Who knows Excel?']);
  });

  test('puts the choice of the month to the channel, once, whoever presses', async () => {
    await now.asks();
    await now.asks({ title: 'Another?' }, { question: 'another-one' });
    await presses('ask', { month: '2026-11' }, priya);
    await presses('ask', { month: '2026-11' }, priya);

    const posted = now.messenger.posted.filter(({ kind }) => kind === 'agenda.next');
    expect(posted.map(({ to }) => to)).toEqual(['channel']);
    expect(actionsIn(posted[0]!.card)).toHaveLength(2);
    expect(noticeOf(await presses('ask', { month: '2026-10' }, priya))).toContain('last month');
  });
});

test('questions are found by their words', async () => {
  await now.asks();
  await now.answers(gwen, 'It is in Files');

  expect(await now.feature.passages?.({ community: here, t: key => key })).toEqual([
    { kind: 'question', id, title: template.title, text: 'It is in Files\nSPC', typed: `agenda ${template.title}` },
  ]);
});
