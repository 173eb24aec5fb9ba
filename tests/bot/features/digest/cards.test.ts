import { describe, expect, test } from '@jest/globals';
import { digest } from '../../../../bot/features/digest/index.ts';
import { membersCard } from '../../../../bot/features/digest/members-card.ts';
import { periodLine } from '../../../../bot/features/digest/lines.ts';
import { repliedCard } from '../../../../bot/features/digest/note-cards.ts';
import { sponsorCard, sponsorData, type Told } from '../../../../bot/features/digest/sponsor-card.ts';
import {
  longestAsk,
  longestIntro,
  longestStory,
  longestTime,
  type DigestNumbers,
} from '../../../../domain/digest/digest.ts';
import { checkCard, samplesOf, textsIn } from '../../../support/cards.ts';
import { person, translateFor } from '../../../support/feature-parts.ts';
import { here, scene } from './parts.ts';

const t = translateFor(scene().feature as ReturnType<typeof digest>);
const big = (length: number): string => '字'.repeat(length);
const fullest: DigestNumbers = {
  plan: {
    total: 999,
    done: 500,
    stuck: 9,
    overdue: 99,
    aims: Array.from({ length: 30 }, (_, index) => ({
      aim: big(199) + (index % 10),
      total: 30,
      done: 10,
      stuck: 1,
      overdue: 5,
    })),
  },
  roles: { filled: 20, vacant: 20, open: Array.from({ length: 20 }, () => big(80)) },
  newcomers: {
    joined: 99,
    reasons: [
      { id: 'tips', count: 50 },
      { id: 'an-old-reason', count: 6 },
    ],
  },
  surveys: Array.from({ length: 3 }, (_, index) => ({
    id: `s-${index}`,
    title: big(80),
    answered: 50,
    highlights: [
      { text: big(140), answered: 50, average: 4.2, most: null },
      { text: big(140), answered: 50, average: null, most: big(50) },
    ],
  })),
  finished: {
    items: Array.from({ length: 5 }, () => ({ title: big(200), by: Array.from({ length: 10 }, () => big(256)) })),
    more: 9,
  },
  coming: {
    items: Array.from({ length: 4 }, () => ({
      kind: 'term' as const,
      day: '2026-12-24',
      title: big(200),
      name: big(256),
    })),
    more: 9,
  },
  change: { filled: -1 },
};
const told: Told = {
  community: { ...here, name: big(256) },
  digest: {
    key: 'sponsor/2026-11',
    period: { kind: 'month', key: '2026-11', from: '2026-11-01T00:00:00.000Z', to: '2026-12-01T00:00:00.000Z' },
    numbers: fullest,
    lookedBy: { id: 'p', name: 'P' },
    words: {
      intro: big(longestIntro),
      ask: big(longestAsk),
      story: big(longestStory),
      questions: Array.from({ length: 2 }, () => ({ text: big(160), name: big(256) })),
      times: [1, 2, 3].map(() => big(longestTime)),
      sendOn: null,
    },
  },
};
const links = { tab: () => 'https://example.org/digest' };

test.each(samplesOf('digest'))('$name: its sample makes a card that Teams takes', ({ card }) => {
  checkCard(card);
});

test.each([
  ['2026-11-22T09:00:00Z', '2026-11-22T17:00:00Z', '22 November 2026', 'begun and sent on one day'],
  ['2026-11-22T00:00:00Z', '2026-11-23T00:00:00Z', '22 November 2026', 'all of a day'],
  ['2026-11-22T09:00:00Z', '2026-11-22T09:00:00Z', '22 November 2026', 'a moment'],
  ['2026-11-22T09:00:00Z', '2026-11-24T00:00:00Z', '22 November to 23 November 2026', 'two days'],
  ['2026-11-27T09:00:00Z', '2027-02-01T00:00:00Z', '27 November 2026 to 31 January 2027', 'into the next year'],
])('a period from %s until %s is %s wherever it is said: %s', (from, to, days) => {
  const period = { kind: 'now', key: 'now-2026-11-22', from, to } as const;
  const at = '2026-11-23T09:00:00Z';
  const reply = { key: 'r', digest: 'd', person: person('Helen'), choice: 'yes', text: '', times: [], at } as const;
  const card = repliedCard(
    { community: here, digest: { key: 'd', period }, reply: { ...reply, times: [] }, inPlan: null, links },
    t,
  );

  expect(periodLine(here, period, t)).toBe(`Digest of Data Storytellers · ${days}`);
  expect(textsIn(card)).toContain(`Digest of Data Storytellers, ${days}.`);
});

describe('the fullest digest, in a script of three bytes a letter, fits', () => {
  test.each([
    ['one community', () => sponsorCard({ told: [told] }, t)],
    [
      'one community, answered',
      () =>
        sponsorCard(
          {
            told: [told],
            above: { title: big(30), texts: [big(200), big(200)], quote: [big(20), big(260), big(100)], again: true },
          },
          t,
        ),
    ],
    ['twelve communities', () => sponsorCard({ told: Array.from({ length: 12 }, () => told) }, t)],
    ['forty communities', () => sponsorCard({ told: Array.from({ length: 40 }, () => told) }, t)],
    ['the channel', () => membersCard({ community: told.community, digest: told.digest, links }, t)],
  ])('for %s', (_reason, make) => {
    checkCard(make());
  });
});

test('what people wrote is text: names, aims and asks are never marks, and nothing is evaluated', () => {
  const nasty = '${community} **x** [y](javascript:z)';
  const card = sponsorCard(
    {
      told: [
        {
          community: { ...here, name: nasty },
          digest: {
            ...told.digest,
            words: { ...told.digest.words, intro: nasty, times: [] },
            numbers: {
              ...fullest,
              plan: { ...fullest.plan, aims: [{ aim: nasty, total: 1, done: 0, stuck: 0, overdue: 0 }] },
            },
          },
        },
      ],
    },
    t,
  );

  const texts = textsIn(card).join('\n');
  expect(texts).toContain('${community}');
  expect(texts).not.toContain('](javascript:');
  expect(texts).toContain('\\*\\*x\\*\\*');
});

test.each([
  [2, 0, '20 of the key and own roles filled, 2 more than in the last digest; none open', 'Nobody new this time'],
  [-1, 1, '20 of the key and own roles filled, 1 fewer than in the last digest; none open', '1 person joined'],
  [0, 3, '20 of the key and own roles filled; none open', '3 people joined'],
])('a change of %i roles is said in words, and %i newcomers are compared with nobody', (filled, joined, roles, who) => {
  const numbers: Told['digest']['numbers'] = {
    ...fullest,
    roles: { filled: 20, vacant: 0, open: [] },
    newcomers: { joined, reasons: [] },
    change: { filled },
  };

  const { facts } = sponsorData({ told: [{ ...told, digest: { ...told.digest, numbers } }] }, t);

  expect(facts.slice(1).map(({ value }) => value)).toEqual([roles, who]);
});

test.each([
  [{ role: 'member-support' }, 'Member support', 'a role of the method by its name in the reader’s language'],
  ['Chart doctor', 'Chart doctor', 'an own role by its title'],
  ['Member support', 'Member support', 'what a digest of an earlier version says'],
])('a vacant role %j is shown as "%s": %s', (open, shown, _reason) => {
  const numbers = {
    ...fullest,
    roles: { filled: 0, vacant: 1, open: [open] },
    coming: { items: [{ kind: 'term' as const, day: '2026-12-24', title: open, name: 'Ann Okafor' }], more: 0 },
  };

  const said = textsIn(membersCard({ community: told.community, digest: { ...told.digest, numbers }, links }, t)).join(
    '\n',
  );

  expect(said.split(shown).length - 1).toBe(2);
});
