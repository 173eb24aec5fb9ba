import { beforeEach, expect, test } from '@jest/globals';
import { overviewCard } from '../../../../bot/features/overview/card.ts';
import { overview } from '../../../../bot/features/overview/index.ts';
import type { Card } from '../../../../bot/cards.ts';
import { rowOf } from '../../../../bot/features/events/store.ts';
import { nothingSaid } from '../../../../domain/events/attendance.ts';
import { added } from '../../../../domain/events/event.ts';
import type { Feature } from '../../../../bot/feature.ts';
import type { OverviewView } from '../../../../domain/overview/api.ts';
import type { Member } from '../../../../domain/community.ts';
import { checkCard, samplesOf, textsIn } from '../../../support/cards.ts';
import { community, member, translateFor } from '../../../support/feature-parts.ts';
import { type InMemoryLists } from '../../../support/in-memory-lists.ts';
import { sceneOf } from '../../../support/feature-scene.ts';

const here = community();
const priya = member('Priya Raman');
const ann = member('Ann Okafor');
let lists: InMemoryLists;
let feature: Feature;

beforeEach(() => {
  ({ feature, lists } = sceneOf(overview, { members: [priya, ann] }));
});

async function typed(who: Member, place: 'chat' | 'channel'): Promise<string> {
  const reply = await feature.commands![0]!.run({
    who,
    community: here,
    place,
    rest: '',
    message: '1',
    locale: null,
    t: translateFor(feature),
  });
  if (!('card' in reply)) throw new Error('expected a card');
  checkCard(reply.card);
  return textsIn(reply.card).join('\n');
}

test.each(samplesOf('overview'))('the sample of $name is a card as Teams wants it', ({ card }) => checkCard(card));

test('a coordinator reads in their chat what waits, and in the channel what everybody may', async () => {
  const [chat, channel, member] = [await typed(priya, 'chat'), await typed(priya, 'channel'), await typed(ann, 'chat')];

  expect(chat).toContain(
    'Waiting for you\nThe charter does not say yet what the community is for\n4 key roles are free',
  );
  expect(chat).toContain('**Monday 23 November** A new facilitation week begins');
  expect(channel).not.toContain('Waiting for you');
  expect(member).toBe(channel);
});

test('what comes names the next event, and in a chat what its reader answered', async () => {
  const kept = added(
    {
      ...{
        title: 'Chart surgery',
        kind: 'learning',
        activity: null,
        minutes: 60,
        mode: 'online',
        place: '',
        link: null,
      },
      ...{
        audience: 'everybody',
        named: [],
        hosts: [],
        agenda: [],
        keep: '',
        change: '',
        summary: '',
        recording: null,
      },
    },
    { startsAt: '2026-11-26T15:00:00.000Z' },
    { by: { id: priya.id, name: priya.name }, now: new Date('2026-11-20T09:00:00Z') },
  );
  const { events, attendance } = lists.of(here.id);
  await events.create(rowOf('chart-surgery-1', { ...kept, state: 'announced' }));
  await events.create(rowOf('only-for-one', { ...kept, title: 'Private', state: 'announced', audience: 'named' }));
  const says = { ...nothingSaid, says: 'coming' as const, saidAt: '2026-11-21T09:00:00.000Z' };
  const row = { key: `chart-surgery-1/${ann.id}`, event: 'chart-surgery-1', person: { id: ann.id, name: ann.name } };
  await attendance.create({ ...row, ...says });

  const [chat, channel] = [await typed(ann, 'chat'), await typed(ann, 'channel')];

  expect(chat).toContain('**Thursday 26 November** 15:00 Chart surgery · You come.');
  expect(channel).toMatch(/^\*\*Thursday 26 November\*\* 15:00 Chart surgery$/m);
  expect(chat).not.toContain('Private');
});

test('what people wrote is shown and never read as marks', async () => {
  const changed = {
    changedBy: priya,
    changedAt: '2026-11-01T09:00:00Z',
    addedBy: priya,
    addedAt: '2026-11-01T09:00:00Z',
    doneAt: null,
  };
  await lists.of(here.id).plan.create({
    key: 'action-1',
    title: '**Bold** [link](https://evil.example)',
    owners: [],
    due: '2026-11-24',
    state: 'to-do',
    steps: [],
    links: [],
    weight: 'baseline',
    aim: null,
    notes: '',
    ...changed,
  });

  expect(await typed(ann, 'chat')).toContain(String.raw`Due: \*\*Bold\*\* \[link\]\(https://evil\.example\)`);
});

test('the fullest card stays small enough, in any script', () => {
  const wide = '語'.repeat(300);
  const view: OverviewView = {
    today: '2026-11-22',
    purpose: { section: 'purpose', text: '語'.repeat(20_000) },
    mine: { actions: [], roles: [], offered: [], asked: null },
    start: null,
    people: { members: 2_000, newcomers: 50, inCharge: [] },
    coming: Array.from({ length: 6 }, () => ({ kind: 'action', on: '2026-11-24', title: wide })),
    roles: {
      free: Array.from({ length: 5 }, (_, index) => ({ id: String(index), title: wide.slice(0, 80) })),
      filled: 0,
      total: 5,
    },
    plan: { total: 900, done: 1, stuck: 1, overdue: 800, mine: 3 },
    survey: {
      id: 's',
      title: wide,
      phase: 'open',
      closesOn: '2026-11-28',
      answered: false,
      headline: null,
      why: 'until-close',
    },
    digest: { audience: 'sponsor', on: '2026-11-01', intro: wide },
    waiting: (
      [
        'offers',
        'terms',
        'vacant',
        'review',
        'overdue',
        'ownerless',
        'left',
        'unwritten',
        'draft',
        'replies',
        'refused',
      ] as const
    ).map(kind => ({ kind, count: 99 })),
  };

  const card: Card = overviewCard(
    { community: { ...here, name: wide }, view, link: 'https://teams.example' },
    translateFor(feature),
  );

  checkCard(card);
});
