import { beforeEach, expect, test } from '@jest/globals';
import { overview } from '../../../../bot/features/overview/index.ts';
import type { LoggedMessage } from '../../../../bot/ports.ts';
import type { Feature } from '../../../../bot/feature.ts';
import { api } from '../../../../domain/api.ts';
import type { OverviewView } from '../../../../domain/overview/api.ts';
import type { Member } from '../../../../domain/community.ts';
import { createInMemoryBallotBox } from '../../../support/ballot-box.ts';
import { community, member, person } from '../../../support/feature-parts.ts';
import { sceneOf } from '../../../support/feature-scene.ts';
import { type InMemoryLists } from '../../../support/in-memory-lists.ts';
import { actionOfReply } from '../../../../bot/lists/plan.ts';
import { request } from '../../../support/requests.ts';

const here = community();
const priya = member('Priya Raman');
const ann = member('Ann Okafor');
const everyone = [priya, ann, ...Array.from({ length: 5 }, (_, index) => member(`Member ${index}`))];
const survey = {
  key: 'pulse-2026-11',
  title: 'Pulse',
  intro: '',
  anonymous: true,
  audience: 'members' as const,
  event: null,
  tellsResults: false,
  everyQuarter: false,
  repeats: null,
  opensOn: '2026-11-20',
  closesOn: '2026-11-27',
  closedOn: null,
  plannedBy: person('Priya Raman'),
  answered: null,
  sent: null,
  questions: [
    { id: 'mood', kind: 'rating' as const, text: 'How is it going?', options: [], low: '', high: '', required: false },
  ],
};
let lists: InMemoryLists;
let box: ReturnType<typeof createInMemoryBallotBox>;
let refused: readonly LoggedMessage[];
let feature: Feature;

beforeEach(() => {
  refused = [];
  const deliveryLog = { read: async () => ({ lines: refused, next: null }) };
  ({ feature, lists, box } = sceneOf(parts => overview({ ...parts, deliveryLog }), { members: everyone }));
});

async function seenBy(who: Member): Promise<OverviewView> {
  return (await request(feature, api.overview, { who, community: here })).body as OverviewView;
}

test('a community that has just begun is shown as it is: empty, and with what waits', async () => {
  for (const name of ['charter', 'roles', 'ownRoles', 'plan', 'surveys', 'newcomers', 'digests', 'replies'] as const)
    lists.missing.add(name);

  const view = await seenBy(priya);

  expect(view).toMatchObject({
    today: '2026-11-22',
    purpose: null,
    people: { members: 7, newcomers: 0 },
    coming: [{ kind: 'week', on: '2026-11-23', title: '' }],
    roles: { filled: 1, total: 5 },
    plan: { total: 0, done: 0, stuck: 0, overdue: 0, mine: 0 },
    survey: null,
    digest: null,
    waiting: [
      { kind: 'unwritten', count: 1 },
      { kind: 'vacant', count: 4 },
      { kind: 'sections', count: 11 },
    ],
  });
});

test('a sponsor sees what became of a yes, also when that was done long ago', async () => {
  const of = lists.of(here.id);
  const reply = {
    key: 'sponsor/2025-10/ann',
    digest: 'sponsor/2025-10',
    person: { id: ann.id, name: ann.name },
    choice: 'yes' as const,
    text: '',
    times: [],
    at: '2025-11-03T09:00:00Z',
  };
  await of.replies.create(reply);
  await of.digests.create({
    key: 'sponsor/2025-10',
    audience: 'sponsor',
    period: 'month',
    from: '2025-10-01T00:00:00Z',
    to: '2025-11-01T00:00:00Z',
    intro: '',
    ask: 'May we have a room?',
    story: '',
    questions: [],
    times: [],
    sendOn: null,
    toldFor: null,
    toldOn: null,
    lookedBy: null,
    lookedAt: null,
    numbers: null,
    sentTo: [{ id: ann.id, name: ann.name }],
    sentAt: '2025-11-02T09:00:00Z',
    state: 'sent',
  });
  await of.plan.create({
    key: actionOfReply(reply),
    title: 'Book the room',
    owners: [],
    due: null,
    state: 'done',
    weight: 'baseline',
    aim: null,
    notes: '',
    steps: [],
    links: [],
    addedBy: { id: ann.id, name: ann.name },
    addedAt: '2025-11-03T09:00:00Z',
    doneAt: '2025-12-01T09:00:00Z',
    changedBy: { id: ann.id, name: ann.name },
    changedAt: '2025-12-01T09:00:00Z',
  });

  const { mine, plan } = await seenBy(ann);

  expect(mine.asked).toMatchObject({ choice: 'yes', came: [{ title: 'Book the room', state: 'done' }] });
  expect(plan).toMatchObject({ total: 1, done: 1 });
});

test('says what the charter says, and who joined and is still there', async () => {
  const of = lists.of(here.id);
  await of.charter.create({
    key: 'purpose',
    section: 'purpose',
    text: 'Share what works',
    reviewOn: null,
    changedBy: priya,
    changedAt: '2026-11-01T09:00:00Z',
  });
  await of.charter.create({
    key: 'review',
    section: 'review',
    text: '',
    reviewOn: '2026-11-30',
    changedBy: priya,
    changedAt: '2026-11-01T09:00:00Z',
  });
  for (const who of [ann, member('Gone Again')]) {
    await of.newcomers.create({
      key: who.id,
      person: { id: who.id, name: who.name },
      joinedAt: '2026-11-20T09:00:00Z',
      reasons: [],
      inOwnWords: '',
      contributions: [],
      answeredAt: null,
      forSupport: false,
      noMessages: false,
    });
  }

  const { purpose, people, coming } = await seenBy(ann);

  expect({ purpose, people, coming }).toEqual({
    purpose: { section: 'purpose', text: 'Share what works' },
    people: {
      members: 7,
      newcomers: 1,
      inCharge: [{ person: person('Priya Raman'), here: true, roles: ['Coordinator'] }],
    },
    coming: [{ kind: 'review', on: '2026-11-30', title: '' }],
  });
});

test('an open survey waits for whoever has not answered, and shows nobody a number', async () => {
  await lists.of(here.id).surveys.create(survey);
  await box.cast({ community: here.id, survey: survey.key, person: ann.id, sheet: { mood: 5 } });

  const [answered, waits] = [(await seenBy(ann)).survey, (await seenBy(priya)).survey];

  expect([answered, waits]).toEqual(
    [true, false].map(mine => ({
      id: survey.key,
      title: 'Pulse',
      phase: 'open',
      closesOn: '2026-11-27',
      answered: mine,
      headline: null,
      why: 'until-close',
    })),
  );
});

test('a survey with names knows from its answers who has given one', async () => {
  await lists.of(here.id).surveys.create({ ...survey, anonymous: false });
  await lists.of(here.id).answers.create({
    key: `${survey.key}/${ann.id}`,
    survey: survey.key,
    person: { id: ann.id, name: ann.name },
    day: '2026-11-21',
    sheets: [{ mood: 4 }],
  });

  expect([(await seenBy(ann)).survey?.answered, (await seenBy(priya)).survey?.answered]).toEqual([true, false]);
});

test.each([
  { reason: 'five answers are shown', answered: 5, headline: 5, why: null },
  { reason: 'four are not, to nobody', answered: 4, headline: null, why: 'too-few' },
])('a closed survey: $reason', async ({ answered, headline, why }) => {
  await lists.of(here.id).surveys.create({ ...survey, closedOn: '2026-11-21', answered });
  await lists.of(here.id).answers.create({
    key: `${survey.key}/mood`,
    survey: survey.key,
    person: null,
    day: '2026-11-21',
    sheets: Array.from({ length: answered }, () => ({ mood: 4 })),
  });

  const shown = (await seenBy(priya)).survey;

  expect([shown?.headline?.answered ?? null, shown?.why]).toEqual([headline, why]);
});

test('what went out, what was answered and what did not arrive: for coordinators all of it, for members the channel’s digest', async () => {
  const words = {
    ask: '',
    story: '',
    questions: [],
    times: [],
    sendOn: null,
    toldFor: null,
    toldOn: null,
    numbers: null,
  };
  const sent = {
    ...words,
    period: 'month' as const,
    from: '2026-10-01T00:00:00Z',
    to: '2026-11-01T00:00:00Z',
    lookedBy: null,
    lookedAt: null,
    sentTo: [],
    state: 'sent' as const,
  };
  const { digests, replies } = lists.of(here.id);
  await digests.create({
    ...sent,
    key: 'members/2026-10',
    audience: 'members',
    intro: 'To all',
    sentAt: '2026-11-02T09:00:00Z',
  });
  await digests.create({
    ...sent,
    key: 'sponsor/2026-10',
    audience: 'sponsor',
    intro: 'To Helen',
    sentAt: '2026-11-03T09:00:00Z',
  });
  await digests.create({
    ...sent,
    key: 'sponsor/draft',
    audience: 'sponsor',
    period: null,
    from: null,
    to: null,
    intro: '',
    sentAt: null,
    toldFor: '2026-Q4',
    toldOn: '2026-11-20',
    state: 'draft',
  });
  await replies.create({
    key: 'sponsor/2026-10/helen',
    digest: 'sponsor/2026-10',
    person: { id: 'helen', name: 'Helen Osei' },
    choice: 'talk',
    text: '',
    times: [],
    at: '2026-11-20T09:00:00Z',
  });
  const message = {
    id: '1',
    community: { id: here.id, name: here.name, timeZone: 'Europe/London', removed: false },
    kind: 'welcome.card',
    period: 'once',
    recipient: ann.id,
    state: 'refused' as const,
    reason: 'blocked' as const,
    detail: null,
    attempts: 1,
    uncertain: 0,
    sentAt: null,
    updatedAt: null,
  };
  refused = [
    { ...message, createdAt: new Date('2026-11-21T09:00:00Z') },
    { ...message, createdAt: new Date('2026-11-15T09:00:00Z') },
  ];

  const [coordinator, anyone] = [await seenBy(priya), await seenBy(ann)];

  expect([coordinator.digest, anyone.digest]).toEqual([
    { audience: 'sponsor', on: '2026-11-03', intro: 'To Helen' },
    { audience: 'members', on: '2026-11-02', intro: 'To all' },
  ]);
  expect(coordinator.waiting.filter(({ kind }) => ['replies', 'draft', 'refused'].includes(kind))).toEqual([
    { kind: 'replies', count: 1, names: ['Helen Osei'] },
    { kind: 'draft', count: 1 },
    { kind: 'refused', count: 1 },
  ]);
  // Once it is out, nothing waits, though the draft still says of which the coordinators were told.
  await digests.create({
    ...sent,
    key: 'sponsor/2026-Q4',
    audience: 'sponsor',
    intro: '',
    sentAt: '2026-11-21T09:00:00Z',
  });
  expect((await seenBy(priya)).waiting.map(({ kind }) => kind)).not.toContain('draft');
  expect(anyone.waiting).toEqual([]);
});
