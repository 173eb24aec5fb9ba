import { beforeEach, expect, test } from '@jest/globals';
import { api } from '../../../../domain/api.ts';
import type { DigestView } from '../../../../domain/digest/api.ts';
import type { DigestNumbers } from '../../../../domain/digest/digest.ts';
import { templates } from '../../../support/method-text.ts';
import { request } from '../../../support/requests.ts';
import { ann, helen, here, priya, scene, type Scene } from './parts.ts';

/**
 * The digest of November, sent on the first of December: each number is counted here once more, by eye, from the rows.
 */
let now: Scene;
let numbers: DigestNumbers;

const actions = [
  // title, state, due, done at, owners
  ['Redraw the bed report', 'done', '2026-11-20', '2026-11-18T10:00:00Z', [ann, priya]],
  ['Set up the shelf', 'done', null, '2026-10-30T10:00:00Z', [priya]],
  ['Book the big room', 'doing', '2026-11-24', null, [ann]],
  ['Agree with governance', 'stuck', '2026-12-04', null, [priya]],
  ['Write the winter letter', 'to-do', null, null, []],
] as const;

beforeEach(async () => {
  now = scene();
  await now.sponsoredBy(helen);
  const lists = now.lists.of(here.id);
  for (const [title, state, due, doneAt, owners] of actions)
    await lists.plan.create({
      ...{ key: title, title, state, due, steps: [], links: [], doneAt, weight: 'baseline', aim: null, notes: '' },
      owners: owners.map(({ id, name }) => ({ id, name })),
      ...{ addedBy: { id: priya.id, name: priya.name }, addedAt: '2026-10-01T09:00:00Z' },
      ...{ changedBy: { id: priya.id, name: priya.name }, changedAt: '2026-11-18T10:00:00Z' },
    });
  for (const [name, joinedAt] of [
    ['Jonas Weber', '2026-10-31T23:00:00Z'],
    ['Ruth Abernethy', '2026-11-05T09:00:00Z'],
    ['Kofi Mensah', '2026-11-29T09:00:00Z'],
  ] as const)
    await lists.newcomers.create({
      ...{ key: name, person: { id: name, name }, joinedAt, reasons: [], inOwnWords: '', contributions: [] },
      ...{ answeredAt: null, noMessages: false, forSupport: false },
    });
  const { questions } = templates.find(({ id }) => id === 'pulse')!;
  const survey = { intro: '', questions: [...questions], audience: 'members' as const, opensOn: '2026-11-02' };
  const over = {
    closesOn: '2026-11-08',
    closedOn: null,
    event: null,
    tellsResults: false,
    everyQuarter: false,
    repeats: null,
    plannedBy: { id: priya.id, name: priya.name },
  };
  await lists.surveys.create({
    ...survey,
    ...over,
    key: 'pulse-2026',
    title: 'Pulse',
    anonymous: true,
    answered: 6,
    sent: 9,
  });
  // With names, and answered by three: nobody but its coordinators may know more.
  await lists.surveys.create({
    ...survey,
    ...over,
    key: 'energy-2026',
    title: 'Energy',
    anonymous: false,
    answered: 3,
    sent: 9,
  });
  await lists.answers.create({
    ...{ key: 'pulse-2026/worth/0', survey: 'pulse-2026', person: null, day: '2026-11-09' },
    sheets: [5, 4, 4, 3, 5, 5].map(worth => ({ worth })),
  });

  for (const day of ['11-26', '12-01']) await now.checks(`2026-${day}T09:00:00Z`);
  const { sent } = (await request(now.feature, api.digest, { who: priya, community: here })).body as DigestView;
  numbers = sent.find(({ audience }) => audience === 'sponsor')!.numbers;
});

test('what was finished, who joined, how the plan stands, what a survey said', () => {
  expect({ finished: numbers.finished, joined: numbers.newcomers.joined, surveys: numbers.surveys }).toEqual({
    // In November only the bed report; the shelf was October's.
    finished: { items: [{ title: 'Redraw the bed report', by: ['Ann Okafor', 'Priya Raman'] }], more: 0 },
    // Jonas came an hour before November began in London.
    joined: 2,
    surveys: [
      {
        id: 'pulse-2026',
        title: 'Pulse',
        answered: 6,
        // (5 + 4 + 4 + 3 + 5 + 5) / 6
        highlights: [{ text: expect.any(String), answered: 6, average: 4.3, most: null }],
      },
    ],
  });
  const { aims: _, ...plan } = numbers.plan;
  // Two of five done; the room was due on 24 November; governance is stuck.
  expect(plan).toEqual({ total: 5, done: 2, overdue: 1, stuck: 1 });
  expect(numbers.coming.items.map(({ day, title }) => [day, title])).toEqual([['2026-12-04', 'Agree with governance']]);
});

test('the next digest tells none of it again', async () => {
  for (const day of ['2026-12-29', '2027-01-01']) await now.checks(`${day}T09:00:00Z`);

  const { sent } = (await request(now.feature, api.digest, { who: priya, community: here })).body as DigestView;
  const next = sent.find(({ audience }) => audience === 'sponsor')!.numbers;
  expect([next.finished, next.newcomers.joined, next.surveys]).toEqual([{ items: [], more: 0 }, 0, []]);
});
