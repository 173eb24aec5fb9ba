import { beforeEach, describe, expect, test } from '@jest/globals';
import { actionsIn, checkCard, textsIn } from '../../../support/cards.ts';
import { ask, cardOf, noticeOf, press } from '../../../support/feature-parts.ts';
import { here, id, people, priya, scene, type Scene } from './parts.ts';

const [ann, ben] = people as [typeof priya, typeof priya];
const data = { community: here.id, survey: id };
let now: Scene;
beforeEach(() => {
  now = scene();
});

describe('answering on the card', () => {
  test('keeps an anonymous answer with neither name nor time, and thanks', async () => {
    await now.plan();

    const card = cardOf(
      await press(now.feature, 'answer', {
        who: ann,
        community: here,
        data: { ...data, 'q-worth': '4', 'q-change': '1', 'q-wish': ' Maps ' },
      }),
    );

    checkCard(card);
    expect(textsIn(card)).toEqual(expect.arrayContaining(['Thank you!']));
    expect(now.box.sheets(here.id, id)).toEqual([{ worth: 4, change: [1], wish: 'Maps' }]);
    expect(now.lists.writes.filter(({ list }) => list === 'answers')).toEqual([]);
  });

  test('again, with the token on the thank-you card, replaces the answer', async () => {
    await now.plan();
    const thanks = cardOf(
      await press(now.feature, 'answer', { who: ann, community: here, data: { ...data, 'q-worth': '4' } }),
    );

    const again = cardOf(
      await press(now.feature, 'change', { who: ann, community: here, data: actionsIn(thanks)[0]!['data'] }),
    );
    await press(now.feature, 'answer', {
      who: ann,
      community: here,
      data: { ...(actionsIn(again)[0]!['data'] as object), 'q-worth': '1' },
    });

    expect(now.box.sheets(here.id, id)).toEqual([{ worth: 1 }]);
  });

  test('again, without the token, is refused with the reason', async () => {
    await now.plan();
    await now.answers(ann, { worth: 4 });

    const notice = noticeOf(
      await press(now.feature, 'answer', { who: ann, community: here, data: { ...data, 'q-worth': '1' } }),
    );

    expect(notice).toMatch(/only where you answered it can you change it/);
    expect(now.box.sheets(here.id, id)).toEqual([{ worth: 4 }]);
  });

  test('under one’s name replaces what that person said, whatever the card claims', async () => {
    await now.plan({ anonymous: false });
    await now.answers(ben, { worth: 5 });

    await press(now.feature, 'answer', {
      who: ann,
      community: here,
      data: { ...data, person: ben.id, 'q-worth': '1' },
    });
    await press(now.feature, 'answer', { who: ann, community: here, data: { ...data, 'q-worth': '2' } });

    expect(
      (await now.lists.of(here.id).answers.all({ survey: id })).map(({ value }) => [
        value.person?.id,
        value.day,
        value.sheets,
      ]),
    ).toEqual([
      [ben.id, '2026-11-23', [{ worth: 5 }]],
      [ann.id, '2026-11-23', [{ worth: 2 }]],
    ]);
    expect(now.lists.writes.filter(({ list }) => list === 'answers').map(({ onBehalfOf }) => onBehalfOf)).toEqual([
      null,
      null,
      null,
    ]);
  });

  test.each<[string, string, Record<string, string>, RegExp]>([
    ['after the last day, while somebody still types', '2026-11-30T00:00:00Z', { 'q-worth': '4' }, /has closed/],
    ['without any answer', '2026-11-24T09:00:00Z', { 'q-wish': '  ' }, /nothing to send/],
    [
      'with ten thousand characters',
      '2026-11-24T09:00:00Z',
      { 'q-wish': 'x'.repeat(10_000) },
      /10000 characters, and I can keep 2000/,
    ],
  ])('is refused %s', async (_reason, moment, inputs, expected) => {
    await now.plan();
    now.clock.moveTo(moment);

    const notice = noticeOf(
      await press(now.feature, 'answer', { who: ann, community: here, data: { ...data, ...inputs } }),
    );

    expect(notice).toMatch(expected);
    expect(now.box.sheets(here.id, id)).toEqual([]);
  });

  test('to a survey that does not exist is not found', async () => {
    await expect(
      press(now.feature, 'answer', { who: ann, community: here, data: { ...data, survey: 'nowhere-1' } }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('who wants no more messages', () => {
  test('gets none, until they want them again', async () => {
    await now.plan({ opensOn: '2026-11-24' });
    const stopped = cardOf(
      await press(now.feature, 'stop', { who: ann, community: here, data: { community: here.id } }),
    );
    await now.checks('2026-11-24T09:00:00Z');

    const resumed = cardOf(
      await press(now.feature, 'resume', { who: ann, community: here, data: actionsIn(stopped)[0]!['data'] }),
    );

    for (const card of [stopped, resumed]) checkCard(card);
    expect(now.messenger.posted.map(({ to }) => to)).not.toContain(ann.id);
    expect(now.messenger.optedOut.size).toBe(0);
  });
});

describe('sharing the results', () => {
  beforeEach(async () => {
    await now.plan();
    for (const [index, who] of people.slice(0, 6).entries())
      await now.answers(who, { worth: 1 + (index % 5), wish: 'A secret wish' });
  });

  test('shows numbers in the channel, once, and no words', async () => {
    await now.checks('2026-11-30T09:00:00Z');

    const notices = [
      await press(now.feature, 'share', { who: priya, community: here, data }),
      await press(now.feature, 'share', { who: priya, community: here, data }),
    ].map(noticeOf);

    const inChannel = now.messenger.posted.filter(({ kind }) => kind === 'surveys.results');
    expect(notices).toEqual(['The results are in the channel.', 'The results are in the channel.']);
    expect(inChannel.map(({ to }) => to)).toEqual(['channel']);
    expect(textsIn(inChannel[0]!.card)).toEqual(
      expect.arrayContaining(['6 people answered.', '2\\.7 of 5 on average, 6 answers'.replace('\\', '')]),
    );
    expect(JSON.stringify(inChannel[0]!.card)).not.toContain('secret');
    checkCard(inChannel[0]!.card);
  });

  test('is not possible before the close', async () => {
    expect(noticeOf(await press(now.feature, 'share', { who: priya, community: here, data }))).toBe(
      'There are no results that may be shown.',
    );
  });

  test('is for coordinators', async () => {
    await expect(press(now.feature, 'share', { who: ann, community: here, data })).rejects.toMatchObject({
      code: 'not-allowed',
    });
  });
});

describe('survey, typed to the bot', () => {
  test('brings what is open and not yet answered', async () => {
    await now.plan();
    const before = cardOf(await ask(now.feature, 'survey', { who: ann, community: here }));
    await now.answers(ann, { worth: 3 });

    const after = noticeOf(await ask(now.feature, 'survey', { who: ann, community: here }));

    expect(textsIn(before)).toContain('How are we doing?');
    expect(after).toBe('You have answered every survey that is open: “How are we doing?”. Thank you!');
  });

  test('in a channel depends on nothing that this person has answered', async () => {
    await now.plan({ anonymous: false });
    const before = await ask(now.feature, 'survey', { who: ann, community: here, place: 'channel' });
    await now.answers(ann, { wish: 'For coordinators only' });

    const after = await ask(now.feature, 'survey', { who: ann, community: here, place: 'channel' });

    expect(after).toEqual(before);
  });

  test('says so when nothing is open', async () => {
    const card = cardOf(await ask(now.feature, 'survey', { who: ann, community: here }));

    expect(textsIn(card)[0]).toMatch(/No survey is open/);
    expect(card['actions']).toMatchObject([{ type: 'Action.OpenUrl', title: 'Open the surveys' }]);
    checkCard(card);
  });
});
