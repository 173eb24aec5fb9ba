import { beforeEach, describe, expect, test } from '@jest/globals';
import { api } from '../../../../domain/api.ts';
import type { DigestDraftView, DigestShown, DigestView } from '../../../../domain/digest/api.ts';
import type { Member } from '../../../../domain/community.ts';
import { press } from '../../../support/feature-parts.ts';
import { failureOf, request, tokenOf } from '../../../support/requests.ts';
import { textsIn } from '../../../support/cards.ts';
import { templates } from '../../../support/method-text.ts';
import { ann, helen, here, noWords, priya, scene, words, type Scene } from './parts.ts';

let now: Scene;
beforeEach(async () => {
  now = scene();
  await now.sponsoredBy(helen);
});

async function read(who: Member): Promise<DigestView> {
  return (await request(now.feature, api.digest, { who, community: here })).body as DigestView;
}
async function draft(): Promise<DigestDraftView> {
  return (await read(priya)).drafts[0]!;
}

test('what members asked their sponsor is offered to who writes, and goes along when it was chosen', async () => {
  const { title, intro, questions } = templates.find(({ id }) => id === 'sponsor')!;
  const lists = now.lists.of(here.id);
  await lists.surveys.create({
    ...{
      key: 'to-the-sponsor',
      title,
      intro,
      questions: [...questions],
      anonymous: false,
      audience: 'channel' as const,
    },
    ...{
      event: null,
      tellsResults: false,
      everyQuarter: false,
      repeats: null,
      opensOn: '2026-11-01',
      closesOn: '2026-11-05',
      closedOn: null,
      answered: 1,
      sent: null,
    },
    plannedBy: { id: priya.id, name: priya.name },
  });
  await lists.answers.create({
    ...{ key: `to-the-sponsor/${ann.id}`, survey: 'to-the-sponsor', day: '2026-11-03' },
    person: { id: ann.id, name: ann.name },
    sheets: [{ question: 'Will there be time for it?', name: [0] }],
  });
  const question = { text: 'Will there be time for it?', name: 'Ann Okafor' };

  expect((await read(priya)).drafts.map(({ audience, asked }) => [audience, asked])).toEqual([
    ['sponsor', [question]],
    ['members', []],
  ]);
  expect(JSON.stringify(await read(ann))).not.toContain('Will there be time');
  await now.writes({ questions: [question] });
  await now.sends();

  const { card } = now.messenger.posted.find(({ kind }) => kind === 'digest.sponsor')!;
  expect(textsIn(card)).toEqual(
    expect.arrayContaining(['Members ask you', '- “Will there be time for it?” (Ann Okafor)']),
  );
  expect((await read(priya)).drafts[0]!.asked).toEqual([]);
});

describe('who reads what', () => {
  beforeEach(async () => {
    await now.writes();
    await now.sends();
    await now.sends('members');
    await press(now.feature, 'reply', {
      who: helen,
      community: here,
      data: { community: here.id, digest: 'sponsor/now-2026-11-10', choice: 'yes' },
    });
  });

  test.each([
    ['a coordinator: the drafts and everything', priya, ['sponsor', 'members'], ['sponsor', 'members'], 1],
    ['the sponsor: theirs with their answer, and the channel’s', helen, [], ['sponsor', 'members'], 1],
    ['a member: the channel’s', ann, [], ['members'], 0],
  ])('%s', async (_reason, who, drafts, sent, replies) => {
    const view = await read(who);

    expect([
      view.drafts.map(({ audience }) => audience),
      view.sent
        .map(({ audience }) => audience)
        .toSorted()
        .toReversed(),
      view.sent.flatMap(one => one.replies).length,
    ]).toEqual([drafts, sent, replies]);
  });

  test('a member cannot open the sponsor’s, by its address either', async () => {
    const open = (who: Member, audience: string) =>
      request(now.feature, api.sentDigest, { who, community: here, params: { audience, period: 'now-2026-11-10' } });

    expect((await failureOf(open(ann, 'sponsor'))).code).toBe('not-found');
    expect(textsIn(((await open(helen, 'sponsor')).body as DigestShown).card as never)).toContain('A good month.');
    expect(((await open(ann, 'members')).body as DigestShown).text).toContain('How to take part');
  });

  test.each([
    ['save', api.saveDigest, words],
    ['preview', api.previewDigest, words],
    ['send', api.sendDigest, undefined],
  ] as const)('a member cannot %s', async (_act, endpoint, body) => {
    expect(
      (
        await failureOf(
          request(now.feature, endpoint, {
            who: ann,
            community: here,
            params: { audience: 'members' },
            body,
            ifMatch: null,
          }),
        )
      ).code,
    ).toBe('not-allowed');
  });
});

describe('the draft', () => {
  test('says when it goes out, to whom, and shows the very card', async () => {
    expect(await draft()).toMatchObject({
      audience: 'sponsor',
      words: noWords,
      etag: null,
      lookedBy: null,
      goesOutOn: '2026-12-01',
      reached: [{ id: 'helen-osei', name: 'Helen Osei' }],
      outside: [],
    });
  });

  test('is saved in the name of whoever wrote it, which counts as having looked', async () => {
    await now.writes();

    expect(await draft()).toMatchObject({ words, lookedBy: { id: 'priya-raman', name: 'Priya Raman' } });
    expect(now.lists.writes.at(-1)).toMatchObject({
      list: 'digests',
      key: 'sponsor/draft',
      onBehalfOf: tokenOf(priya),
    });
  });

  test('is not overwritten: a stale version gets what is stored now', async () => {
    await now.writes();

    const failure = await failureOf(
      request(now.feature, api.saveDigest, {
        who: priya,
        community: here,
        params: { audience: 'sponsor' },
        body: { ...words, intro: 'Mine' },
        ifMatch: null,
      }),
    );

    expect(failure).toMatchObject({ code: 'version-conflict', details: { current: { words } } });
  });

  test('cannot be sent on a day that is over', async () => {
    expect((await failureOf(now.writes({ sendOn: '2026-11-10' }))).code).toBe('invalid');
  });

  test('previews words that are not saved, and keeps none of them', async () => {
    const { body } = await request(now.feature, api.previewDigest, {
      who: priya,
      community: here,
      params: { audience: 'sponsor' },
      body: { ...words, intro: '**Bold** and [safe](https://example.org) _words_' },
    });

    const { card, text } = body as DigestShown;
    expect(textsIn(card as never)).toContain('**Bold** and [safe](https://example.org/) _words_');
    expect(text).toContain('Bold and safe (https://example.org/) words');
    expect(now.lists.writes.filter(({ list }) => list === 'digests')).toEqual([]);
  });

  test('preview and card say the same', async () => {
    await now.writes();
    const before = await draft();

    await now.sends();

    expect(now.messenger.posted.find(({ kind }) => kind === 'digest.sponsor')!.card).toEqual(before.card);
  });
});

describe('sending now', () => {
  test('sends once, whoever presses again, and begins a new draft', async () => {
    await now.writes();
    await now.sends();
    const view = await now.sends();

    expect(now.posted('digest.sponsor')).toEqual([['helen-osei', 'now-2026-11-10']]);
    expect([view.sent.length, view.drafts[0]!.words]).toEqual([1, noWords]);
  });

  test('another one on the same day is for tomorrow', async () => {
    await now.writes();
    await now.sends();
    await now.writes({ intro: 'One more thing.' });

    expect((await failureOf(now.sends())).code).toBe('version-conflict');
    now.clock.moveTo('2026-11-11T09:00:00Z');
    await now.sends();

    expect(now.posted('digest.sponsor').map(([, period]) => period)).toEqual(['now-2026-11-10', 'now-2026-11-11']);
  });

  test('shortly before its day stands for that day’s, which does not come again', async () => {
    now.clock.moveTo('2026-11-27T09:00:00Z');
    await now.writes();
    await now.sends();

    await now.checks('2026-12-01T09:00:00Z');

    expect(now.posted('digest.sponsor')).toEqual([['helen-osei', '2026-11']]);
    expect((await draft()).goesOutOn).toBe('2027-01-01');
  });

  test('shortly before its day sends once, whoever presses again', async () => {
    now.clock.moveTo('2026-11-27T09:00:00Z');
    await now.writes();
    await now.sends();
    now.clock.moveTo('2026-11-27T09:00:05Z');

    const view = await now.sends();

    expect(now.posted('digest.sponsor')).toEqual([['helen-osei', '2026-11']]);
    expect(view.sent).toHaveLength(1);
  });

  test('shortly before its day, what was written meanwhile goes out as one more', async () => {
    now.clock.moveTo('2026-11-27T09:00:00Z');
    await now.writes();
    await now.sends();
    await now.writes({ intro: 'One more thing.' });

    await now.sends();

    expect(now.posted('digest.sponsor')).toEqual([
      ['helen-osei', '2026-11'],
      ['helen-osei', 'now-2026-11-27'],
    ]);
  });

  test('needs a sponsor', async () => {
    now = scene();

    expect((await failureOf(now.sends())).code).toBe('invalid');
  });

  test('to somebody outside the team makes it ready to be mailed', async () => {
    now = scene();
    await now.sponsoredBy({ id: 'mail:grace@example.org', name: 'Grace Outside', mail: 'grace@example.org' });

    const view = await now.sends();

    expect(view.sent).toMatchObject([{ byHand: true, sentTo: [] }]);
    expect(view.drafts[0]!.outside).toEqual([{ name: 'Grace Outside', mail: 'grace@example.org' }]);
  });
});
