import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Member } from '../../../../domain/community.ts';
import { longestReply } from '../../../../domain/digest/digest.ts';
import { actionsIn, checkCard, textsIn } from '../../../support/cards.ts';
import { ask, cardOf, member, noticeOf, press } from '../../../support/feature-parts.ts';
import { ann, helen, here, priya, scene, there, type Scene } from './parts.ts';

const sent = 'sponsor/now-2026-11-10';
let now: Scene;
beforeEach(async () => {
  now = scene();
  await now.sponsoredBy(helen);
  await now.writes();
  await now.sends();
});

function reply(data: object, who = helen, where = here) {
  return press(now.feature, 'reply', {
    who,
    community: where,
    data: { community: where.id, digest: sent, choice: 'yes', ...data },
  });
}
const replies = async (where = here) => (await now.lists.of(where.id).replies.all()).map(({ value }) => value);

describe('a sponsor answers', () => {
  test('it is kept, thanked for on the card, and told to the coordinators', async () => {
    const card = cardOf(await reply({ choice: 'talk', times: '1', text: ' Gladly. ' }));

    expect(await replies()).toEqual([
      {
        key: `${sent}/helen-osei`,
        digest: sent,
        person: { id: 'helen-osei', name: 'Helen Osei' },
        choice: 'talk',
        text: 'Gladly.',
        times: ['Friday, 11:00'],
        at: '2026-11-10T09:00:00.000Z',
      },
    ]);
    checkCard(card);
    expect(textsIn(card)).toEqual(
      expect.arrayContaining(['Thank you!', '**Let’s talk**', 'Times that suit: Friday, 11:00', 'Gladly\\.']),
    );
    expect(textsIn(now.messenger.posted.find(({ kind }) => kind === 'digest.sponsor')!.card)).toContain('Thank you!');
    const told = now.messenger.posted.filter(({ kind }) => kind === 'digest.replied');
    expect(told.map(({ to, summary }) => [to, summary])).toEqual([
      ['priya-raman', 'Helen Osei answered the digest: Let’s talk'],
    ]);
    checkCard(told[0]!.card);
  });

  test('the digest stays on the card, below the thanks, and only offers to answer again', async () => {
    const card = cardOf(await reply({}));

    const texts = textsIn(card);
    expect(texts.indexOf('Thank you!')).toBeLessThan(texts.indexOf('What the community did'));
    expect(texts).toEqual(expect.arrayContaining(['A good month.', 'A ward redrew its report.', 'Open our meeting?']));
    expect(actionsIn(card).map(({ verb }) => verb)).toEqual(['digest.again', 'digest.stop']);
    expect(JSON.stringify(card)).not.toContain('Input.');
    expect(textsIn(now.messenger.posted.find(({ kind }) => kind === 'digest.sponsor')!.card)).toEqual(texts);
  });

  test('a yes becomes one action of the coordinators, shown to both; an answer that is changed leaves it to them', async () => {
    const plan = async () => (await now.lists.of(here.id).plan.all()).map(({ value }) => value);
    const card = cardOf(await reply({ text: 'Gladly.', times: '0' }));
    await reply({ text: 'Gladly.', times: '0' });

    expect(await plan()).toMatchObject([
      {
        title: 'Helen Osei said yes: Open our meeting?',
        owners: [{ id: priya.id }],
        state: 'to-do',
        addedBy: { id: helen.id },
        notes: expect.stringMatching(/Tuesday, 14:00\n\nGladly\./),
      },
    ]);
    expect(textsIn(card)).toContain('It is in their plan: “Helen Osei said yes: Open our meeting?”.');
    now.clock.moveTo('2026-11-10T11:00:00Z');
    await reply({ choice: 'later' });

    const told = now.messenger.posted.filter(({ kind }) => kind === 'digest.replied').map(copy => textsIn(copy.card));
    expect(told[0]).toContain('It is in the plan, for the coordinators: “Helen Osei said yes: Open our meeting?”.');
    expect(told[1]!.join()).toContain('The earlier yes is in the plan');
    expect(await plan()).toHaveLength(1);
  });

  test.each([
    [{ choice: 'talk' }, 'Suggest a time soon: an offer to talk goes stale within days.'],
    [{ choice: 'talk', times: '1' }, 'A time that suits is chosen: confirm it soon, before it goes stale.'],
  ])('who wants to talk (%j) is to be written to: %s', async (data, expected) => {
    await reply(data);

    expect(textsIn(now.messenger.posted.find(({ kind }) => kind === 'digest.replied')!.card)).toContain(expected);
  });

  test('without an ask there is nothing to say yes to: a word, or a talk', async () => {
    now = scene();
    await now.sponsoredBy(helen);
    await now.writes({ ask: '' });
    await now.sends();
    const { card } = now.messenger.posted.find(({ kind }) => kind === 'digest.sponsor')!;

    expect(JSON.stringify(card)).not.toMatch(/Yes, gladly|Not this time/);
    expect(actionsIn(card).map(({ title, data }) => [title, (data as { as?: string }).as])).toEqual([
      ['Send to the coordinators', 'word'],
      ['Let’s talk', 'talk'],
      ['No more messages from this community', undefined],
    ]);
    expect(noticeOf(await reply({ choice: undefined, as: 'word', text: ' ' }))).toBe(
      'Write a word first, or press “Let’s talk”.',
    );
    await reply({ choice: undefined, as: 'word', text: 'Well done.' });
    // A card of an earlier version offered a yes all the same.
    await reply({ choice: 'yes', text: 'Well done.' });

    expect((await replies()).map(({ choice, text }) => [choice, text])).toEqual([['word', 'Well done.']]);
    expect(await now.lists.of(here.id).plan.all()).toEqual([]);
  });

  test('an earlier digest can be opened again by whoever got it, and not answered', async () => {
    now.clock.moveTo('2026-11-11T10:00:00Z');
    await now.writes({ intro: 'The next.' });
    await now.sends();
    const data = { community: here.id, digest: sent };

    const card = cardOf(await press(now.feature, 'again', { who: helen, community: here, data }));

    expect(textsIn(card)).toEqual(expect.arrayContaining(['An earlier digest', 'A good month.']));
    expect(JSON.stringify(card)).not.toContain('Input.');
    expect(noticeOf(await press(now.feature, 'again', { who: ann, community: here, data }))).toContain(
      'for its sponsor',
    );
    checkCard(card);
  });

  test('a press that comes twice tells nobody twice; another answer takes its place and is told', async () => {
    await reply({});
    now.clock.moveTo('2026-11-10T10:00:00Z');
    await reply({});
    await reply({ choice: 'later' });

    expect((await replies()).map(({ choice }) => choice)).toEqual(['later']);
    expect(now.posted('digest.replied')).toHaveLength(2);
  });

  test('"answer again" brings the digest back, with what was said', async () => {
    const thanks = cardOf(await reply({ choice: 'talk', times: '0', text: 'Soon?' }));
    const [again] = actionsIn(thanks);

    const card = cardOf(await press(now.feature, 'again', { who: helen, community: here, data: again!['data'] }));

    expect(JSON.stringify(card)).toContain('"value":"Soon?"');
    expect(JSON.stringify(card)).toContain('"value":"talk"');
  });

  test('two sponsors: each answer is kept', async () => {
    now = scene();
    await now.sponsoredBy(helen);
    await now.sponsoredBy(ann);
    await now.writes();
    await now.sends();

    await reply({});
    await reply({ choice: 'later' }, ann);

    expect((await replies()).map(({ person, choice }) => [person.id, choice])).toEqual([
      ['helen-osei', 'yes'],
      ['ann-okafor', 'later'],
    ]);
  });

  test.each([
    [
      'somebody to whom it did not go',
      {},
      priya,
      'This digest was for its sponsor. It seems you are not, so your answer was not kept.',
    ],
    [
      'a digest that does not exist',
      { digest: 'sponsor/2020-01' },
      helen,
      'This digest was for its sponsor. It seems you are not, so your answer was not kept.',
    ],
    [
      'what went to the channel',
      { digest: 'members/now-2026-11-10' },
      helen,
      'This digest was for its sponsor. It seems you are not, so your answer was not kept.',
    ],
    [
      'a digest of a community that did not write to them',
      { about: `${there.id} ${sent}` },
      helen,
      'This digest was for its sponsor. It seems you are not, so your answer was not kept.',
    ],
    [
      'a novel',
      { text: 'x'.repeat(longestReply + 1) },
      helen,
      'That is 2001 characters, and I can keep 2000. Please shorten it a little and send it again.',
    ],
  ])('is refused: %s', async (_reason, data, who, expected) => {
    expect(noticeOf(await reply(data, who))).toBe(expected);
    expect(await replies()).toEqual([]);
  });

  test('not on the card of an earlier digest, once the next has come', async () => {
    now.clock.moveTo('2026-11-11T09:00:00Z');
    await now.writes({ intro: 'The next.' });
    await now.sends();

    expect(noticeOf(await reply({}))).toBe('A newer digest has come since. Please answer on that one.');
  });

  test('of several communities, about the one they choose', async () => {
    now = scene();
    for (const where of [here, there]) {
      await now.sponsoredBy(helen, where);
      await now.checks('2026-11-26T09:00:00Z', where);
    }
    await now.checks('2026-12-01T09:00:00Z');

    // Lost on the way, it must not become an answer to whichever community carried the card.
    for (const about of [undefined, null, ''])
      expect(noticeOf(await reply({ digest: 'sponsor/2026-11', about }))).toBe('Choose a community.');
    const card = cardOf(
      await reply({
        digest: 'sponsor/2026-11',
        about: `${there.id} sponsor/2026-11`,
        as: 'word',
        choice: undefined,
        text: 'For the doctors.',
      }),
    );

    expect(textsIn(card)).toContain(
      'Your answer is with the coordinators of Chart Doctors. You can change it until the next digest.',
    );
    expect([(await replies()).length, (await replies(there)).map(({ text }) => text)]).toEqual([
      0,
      ['For the doctors.'],
    ]);
    const again = cardOf(
      await press(now.feature, 'again', {
        who: helen,
        community: here,
        data: { community: here.id, digest: 'sponsor/2026-11' },
      }),
    );
    expect(textsIn(again)).toContain('What your 2 communities did');
  });
});

describe('a sponsor who wants no more messages', () => {
  const quiet = (action: 'stop' | 'resume', who = helen, where = here, digest = sent) =>
    press(now.feature, action, { who, community: where, data: { community: where.id, digest } });

  test('gets none, and can change their mind', async () => {
    const stopped = cardOf(await quiet('stop'));
    expect([...now.messenger.optedOut]).toEqual([`${here.id} helen-osei`]);

    const resumed = cardOf(await quiet('resume'));

    expect([...now.messenger.optedOut]).toEqual([]);
    for (const card of [stopped, resumed]) checkCard(card);
    expect([textsIn(stopped)[0], actionsIn(stopped).map(({ verb }) => verb)]).toEqual([
      'All quiet from now on',
      ['digest.resume'],
    ]);
    expect([textsIn(resumed)[0], actionsIn(resumed).map(({ verb }) => verb)]).toEqual([
      'Welcome back',
      ['digest.again'],
    ]);
  });

  test('of several communities in one card hears of none of them', async () => {
    now = scene();
    for (const where of [here, there]) {
      await now.sponsoredBy(helen, where);
      await now.checks('2026-11-26T09:00:00Z', where);
    }
    await now.checks('2026-12-01T09:00:00Z');

    const card = cardOf(await quiet('stop', helen, here, 'sponsor/2026-11'));

    expect([...now.messenger.optedOut].toSorted()).toEqual(
      [`${here.id} helen-osei`, `${there.id} helen-osei`].toSorted(),
    );
    expect(textsIn(card)[1]).toContain('Data Storytellers, Chart Doctors');
  });

  test('is not somebody to whom it did not go', async () => {
    expect(noticeOf(await quiet('stop', priya))).toBe(
      'This digest was for its sponsor. It seems you are not, so your answer was not kept.',
    );
    expect([...now.messenger.optedOut]).toEqual([]);
  });
});

describe('who is not in the team any more', () => {
  const data = { community: here.id, digest: sent } as never;

  test.each([
    ['may answer a digest that went to them', helen.id, { id: helen.id, name: helen.name }],
    ['but nobody else may', 'a-stranger', undefined],
  ])('%s', async (_reason, person, expected) => {
    expect(await now.feature.actions!['reply']!.guest!({ data, person, community: here })).toEqual(expected);
  });
});

describe('typing digest', () => {
  test.each([
    [
      'a coordinator, in a chat',
      priya,
      'chat',
      'The next digest for the sponsor goes out on Tuesday 1 December.',
      'Look at the draft',
    ],
    [
      'a coordinator, where all read along',
      priya,
      'channel',
      'No digest has gone to the channel yet. When one does the Digest page has it, too.',
      'Open the digests',
    ],
    [
      'a member, before the first',
      member('Ann Okafor'),
      'chat',
      'No digest has gone to the channel yet. When one does the Digest page has it, too.',
      'Open the digests',
    ],
  ] as const)('%s', async (_reason, who, place, expected, button) => {
    const card = cardOf(await ask(now.feature, 'digest', { who, community: here, place }));

    expect(textsIn(card).map(text => text.replace(',', ''))).toContain(expected);
    expect(card['actions']).toEqual([
      { type: 'Action.OpenUrl', title: button, url: `https://example.org/${here.id}/digest` },
    ]);
    checkCard(card);
  });

  test('when the next one comes is said to a sponsor of theirs, to a member of the channel’s', async () => {
    now = scene();
    await now.sponsoredBy(helen, here);
    const said = async (who: Member): Promise<string> =>
      textsIn(cardOf(await ask(now.feature, 'digest', { who, community: here, place: 'chat', rest: 'next' }))).join(
        ' ',
      );

    expect(await said(helen)).toContain('The next digest comes to you here on');
    expect(await said(member('Ann Okafor'))).toContain('for all members');
  });

  test('a sponsor gets theirs again in a chat, a member what went to the channel', async () => {
    await now.sends('members');

    // Nothing was done in it, and nothing is planned.
    expect(textsIn(cardOf(await ask(now.feature, 'digest', { who: helen, community: here })))).toContain(
      'What the community did',
    );
    expect(
      textsIn(cardOf(await ask(now.feature, 'digest', { who: helen, community: here, place: 'channel' }))),
    ).toContain('A quiet time');
    expect(textsIn(cardOf(await ask(now.feature, 'digest', { who: ann, community: here })))).toContain('A quiet time');
  });
});
