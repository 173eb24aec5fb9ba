import { beforeEach, describe, expect, test } from '@jest/globals';
import type { DigestRhythm } from '../../../../domain/community.ts';
import { CommunityError } from '../../../../domain/errors.ts';
import { checkCard, textsIn } from '../../../support/cards.ts';
import { community, settings } from '../../../support/feature-parts.ts';
import { helen, here, scene, there, type Scene } from './parts.ts';

let now: Scene;
beforeEach(async () => {
  now = scene();
  await now.sponsoredBy(helen);
  await now.plans('Book a room', '2026-12-20');
});

test.each([
  [community(), '2026-11-27T09:00:00Z', '2026-11-30T09:00:00.000Z', 'on working days'],
  [
    community({ settings: settings({ facilitation: { day: 7 } }) }),
    '2026-11-27T09:00:00Z',
    '2026-11-29T09:00:00.000Z',
    'on the community’s own working days',
  ],
])('%#: is due %s → %s: %s', (where, after, expected, _reason) => {
  expect(now.feature.jobs![0]!.next(where, new Date(after))?.toISOString()).toBe(expected);
});

describe('the month’s digest', () => {
  test('is announced once to the coordinators, goes out once on the first working day, and says to others only of when its numbers are', async () => {
    for (const day of ['24', '25', '26', '27', '30']) await now.checks(`2026-11-${day}T09:00:00Z`);
    expect(now.posted('digest.draft')).toEqual([
      ['priya-raman', 'sponsor/2026-11'],
      ['priya-raman', 'members/2026-11'],
    ]);
    expect(now.posted('digest.sponsor')).toEqual([]);

    for (const day of ['01', '02', '03', '04', '07']) await now.checks(`2026-12-${day}T09:00:00Z`);

    expect(now.posted('digest.sponsor')).toEqual([['helen-osei', '2026-11']]);
    expect(now.posted('digest.members')).toEqual([['channel', '2026-11']]);
    for (const { card } of now.messenger.posted) checkCard(card);
    const sent = now.messenger.posted.filter(({ kind }) => kind === 'digest.sponsor' || kind === 'digest.members');
    for (const { card, expires } of sent) {
      expect(textsIn(card)).toContain('Numbers as of 30 November.');
      expect(textsIn(card).join()).not.toMatch(/looked|ticked|tasks/);
      expect(expires).toBe('2026-12-05T00:00:00.000Z');
    }
  });

  test('of which there is nothing to tell is not posted in the channel, and the next one tells of its time', async () => {
    const { plan } = now.lists.of(here.id);
    const [row] = await plan.all();
    await plan.remove(row!);
    for (const day of ['11-26', '12-01', '12-02']) await now.checks(`2026-${day}T09:00:00Z`);
    expect([now.posted('digest.members'), now.posted('digest.sponsor').length]).toEqual([[], 1]);
    expect(now.logged).toContain('no digest for the channel: nothing to tell');

    // Something comes to it in its days of grace.
    await now.plans('Ask a ward', '2026-12-14');
    await now.checks('2026-12-03T09:00:00Z');

    expect(now.posted('digest.members')).toEqual([['channel', '2026-11']]);
    expect(textsIn(now.messenger.posted.at(-1)!.card)).toContain('What comes');
  });

  test('of which there is nothing to tell is posted when somebody writes to it', async () => {
    const { plan } = now.lists.of(here.id);
    const [row] = await plan.all();
    await plan.remove(row!);
    await now.checks('2026-11-26T09:00:00Z');
    await now.writes({}, 'members');

    await now.checks('2026-12-01T09:00:00Z');

    expect(now.posted('digest.members')).toEqual([['channel', '2026-11']]);
  });

  test('carries the words that were saved, and the draft is empty again', async () => {
    await now.checks('2026-11-26T09:00:00Z');
    await now.writes();

    await now.checks('2026-12-01T09:00:00Z');

    const texts = textsIn(now.messenger.posted.find(({ kind }) => kind === 'digest.sponsor')!.card);
    expect(texts).toEqual(
      expect.arrayContaining(['A good month.', 'Open our meeting?', 'A ward redrew its report.', 'Tuesday, 14:00']),
    );
    expect(texts.join()).not.toContain('Numbers as of');
    expect((await now.rows()).find(({ key }) => key === 'sponsor/draft')).toMatchObject({
      intro: '',
      ask: '',
      story: '',
      times: [],
      lookedBy: null,
    });
  });

  test('is not sent on the very day on which the coordinators first hear of it', async () => {
    await now.checks('2026-12-01T09:00:00Z');
    expect([now.posted('digest.draft').length, now.posted('digest.sponsor').length]).toEqual([2, 0]);

    await now.checks('2026-12-02T09:00:00Z');

    expect(now.posted('digest.sponsor')).toEqual([['helen-osei', '2026-11']]);
  });

  test('leaves out words that were written before the coordinators were told, and they wait', async () => {
    await now.writes();
    for (const day of ['11-26', '11-27', '12-01']) await now.checks(`2026-${day}T09:00:00Z`);

    const texts = textsIn(now.messenger.posted.find(({ kind }) => kind === 'digest.sponsor')!.card);

    expect(texts).toContain('Numbers as of 30 November.');
    expect(texts.join()).not.toMatch(/A good month|looked/);
    expect((await now.rows()).find(({ key }) => key === 'sponsor/draft')?.intro).toBe('A good month.');
  });

  test('is not sent when it is more than three open days late; its words wait for the next', async () => {
    await now.checks('2026-11-26T09:00:00Z');
    await now.writes();

    await now.checks('2026-12-07T09:00:00Z');

    expect(now.posted('digest.sponsor')).toEqual([]);
    expect((await now.rows()).find(({ key }) => key === 'sponsor/draft')?.intro).toBe('A good month.');
  });

  test('when it was interrupted after it was written down, is sent as it was written down', async () => {
    await now.checks('2026-11-26T09:00:00Z');
    now.lists.beforeNext('update', 'digests', () => {
      throw new CommunityError('unavailable', 'Graph is away');
    });
    await now.writes().catch(() => undefined);
    await now.checks('2026-12-01T09:00:00Z').catch(() => undefined);

    await now.checks('2026-12-01T09:05:00Z');

    expect(now.posted('digest.sponsor')).toEqual([['helen-osei', '2026-11']]);
    expect((await now.rows()).filter(({ state }) => state === 'sent').map(({ key }) => key)).toEqual([
      'sponsor/2026-11',
      'members/2026-11',
    ]);
  });

  test('waits for the day that somebody chose', async () => {
    await now.checks('2026-11-26T09:00:00Z');
    await now.writes({ sendOn: '2026-12-03' });

    await now.checks('2026-12-01T09:00:00Z');
    expect(now.posted('digest.sponsor')).toEqual([]);
    await now.checks('2026-12-03T09:00:00Z');
    await now.checks('2026-12-04T09:00:00Z');

    expect(now.posted('digest.sponsor')).toEqual([['helen-osei', '2026-11']]);
  });

  test('on a chosen day, when it was interrupted and the next day has come, is not sent twice', async () => {
    await now.writes({ sendOn: '2026-11-12' });
    now.lists.beforeNext('update', 'digests', () => {
      throw new CommunityError('unavailable', 'Graph is away');
    });
    await expect(now.checks('2026-11-12T09:00:00Z')).rejects.toThrow('Graph is away');

    await now.checks('2026-11-13T09:00:00Z');

    expect(now.posted('digest.sponsor')).toEqual([['helen-osei', 'now-2026-11-12']]);
    expect((await now.rows()).find(({ key }) => key === 'sponsor/draft')).toMatchObject({ intro: '', sendOn: null });
  });
});

test.each([
  ['2026-11-25', 0, 'nothing is to be done'],
  ['2026-11-26', 1, 'the coordinators are told'],
  ['2026-11-30', 0, 'it waits'],
  ['2026-12-01', 1, 'it is sent'],
])('on %s SharePoint is asked %s times for the roles, and once for the digests: %s', async (day, times, _reason) => {
  const toSponsor = { ...here, settings: settings({ digest: { sponsor: 'monthly', members: 'off' } }) };
  if (day > '2026-11-26') await now.checks('2026-11-26T09:00:00Z', toSponsor);
  const { of } = now.lists;
  const asked: string[] = [];
  now.lists.of = id => {
    const { roles, digests, ...others } = of(id);
    return {
      ...others,
      roles: { ...roles, all: async where => (asked.push('roles'), roles.all(where)) },
      digests: { ...digests, all: async where => (asked.push('digests'), digests.all(where)) },
    };
  };

  now.clock.moveTo(`${day}T09:00:00Z`);
  const moment = now.clock.now();
  await now.feature.jobs![0]!.run({ community: toSponsor, due: moment, since: moment, now: moment });

  expect(asked.toSorted()).toEqual(['digests', ...Array<string>(times).fill('roles')]);
});

describe('who gets it', () => {
  test('two sponsors get a card each', async () => {
    await now.sponsoredBy({ id: 'ann-okafor', name: 'Ann Okafor' });
    await now.checks('2026-11-26T09:00:00Z');

    await now.checks('2026-12-01T09:00:00Z');

    expect(now.posted('digest.sponsor')).toEqual([
      ['helen-osei', '2026-11'],
      ['ann-okafor', '2026-11'],
    ]);
  });

  test('a sponsor outside the team cannot be reached: the coordinators are asked to pass it on, and it is ready for that', async () => {
    now = scene();
    await now.sponsoredBy({ id: 'mail:grace@example.org', name: 'Grace Outside', mail: 'grace@example.org' });
    await now.checks('2026-11-26T09:00:00Z');

    await now.checks('2026-12-01T09:00:00Z');

    expect(now.posted('digest.sponsor')).toEqual([]);
    expect(now.posted('digest.byHand')).toEqual([['priya-raman', '2026-11']]);
    expect(textsIn(now.messenger.posted.find(({ kind }) => kind === 'digest.byHand')!.card).join()).toContain(
      'Grace Outside',
    );
    expect((await now.rows()).find(({ key }) => key === 'sponsor/2026-11')).toMatchObject({
      state: 'by-hand',
      sentTo: [],
    });
  });

  test.each<[string, () => void, DigestRhythm]>([
    ['nobody holds the role', () => void (now = scene()), { sponsor: 'monthly', members: 'off' }],
    ['no rhythm is chosen', () => undefined, { sponsor: 'off', members: 'off' }],
  ])('nobody, when %s', async (_reason, arrange, digest) => {
    arrange();
    const where = { ...here, settings: settings({ digest }) };

    await now.checks('2026-11-26T09:00:00Z', where);
    await now.checks('2026-12-01T09:00:00Z', where);

    expect(now.messenger.posted).toEqual([]);
  });

  test('a community whose lists are older is passed over, and that is noted', async () => {
    now.lists.missing.add('digests');

    await now.checks('2026-11-26T09:00:00Z');

    expect(now.logged).toContain('no digest: the community has no list for it yet');
  });
});

describe('a sponsor of two communities', () => {
  beforeEach(async () => {
    await now.sponsoredBy(helen, there);
    await now.checks('2026-11-26T09:00:00Z', here);
    await now.checks('2026-11-26T09:00:00Z', there);
  });

  test('gets one card with a line for each, whichever is due first', async () => {
    await now.checks('2026-12-01T09:00:00Z', there);
    await now.checks('2026-12-01T09:00:00Z', here);
    await now.checks('2026-12-02T09:00:00Z', here);

    const cards = now.messenger.posted.filter(({ kind }) => kind === 'digest.sponsor');
    expect(cards.map(({ community: from, to }) => [from, to])).toEqual([[there.id, 'helen-osei']]);
    checkCard(cards[0]!.card);
    expect(textsIn(cards[0]!.card)).toEqual(
      expect.arrayContaining([
        'What your 2 communities did',
        'Which community is this about?',
        'Data Storytellers',
        'Chart Doctors',
      ]),
    );
    for (const where of [here, there])
      expect((await now.rows(where)).some(({ key, state }) => key === 'sponsor/2026-11' && state === 'sent')).toBe(
        true,
      );
  });

  test('gets the other by itself, later, when its lists cannot be read at that moment', async () => {
    await now.checks('2026-11-30T09:00:00Z', here);
    const { of } = now.lists;
    now.lists.of = id =>
      id === there.id
        ? {
            ...of(id),
            plan: {
              ...of(id).plan,
              since: async () => {
                throw new CommunityError('unavailable', 'Graph is away');
              },
            },
          }
        : of(id);
    await now.checks('2026-12-01T09:00:00Z', here);
    now.lists.of = of;

    await now.checks('2026-12-01T09:00:00Z', there);

    const cards = now.messenger.posted.filter(({ kind }) => kind === 'digest.sponsor');
    expect(cards.map(({ community: from }) => from)).toEqual([here.id, there.id]);
    for (const { card } of cards) expect(textsIn(card)).toContain('What the community did');
    expect(now.logged).toContain('the digest of another community could not be brought along');
  });

  test('one for which somebody chose a later day waits for that day', async () => {
    await now.writes({ sendOn: '2026-12-03' }, 'sponsor', there);

    await now.checks('2026-12-01T09:00:00Z', here);
    await now.checks('2026-12-01T09:00:00Z', there);
    const first = now.posted('digest.sponsor').length;
    await now.checks('2026-12-03T09:00:00Z', there);

    const cards = now.messenger.posted.filter(({ kind }) => kind === 'digest.sponsor');
    expect([first, cards.map(({ community: from, period }) => [from, period])]).toEqual([
      1,
      [
        [here.id, '2026-11'],
        [there.id, '2026-11'],
      ],
    ]);
    for (const { card } of cards) expect(textsIn(card)).toContain('What the community did');
  });

  test('one that is sent out of turn goes alone, and is not repeated in the card of the other', async () => {
    now.clock.moveTo('2026-11-27T10:00:00Z');
    await now.writes();
    await now.sends();

    await now.checks('2026-12-01T09:00:00Z', there);
    await now.checks('2026-12-01T09:00:00Z', here);

    const cards = now.messenger.posted.filter(({ kind }) => kind === 'digest.sponsor');
    expect(cards.map(({ community: from }) => from)).toEqual([here.id, there.id]);
    expect(textsIn(cards[1]!.card)).toContain('What the community did');
  });
});
