import { beforeEach, describe, expect, test } from '@jest/globals';
import { welcome } from '../../../../bot/features/welcome/index.ts';
import type { Community, Person } from '../../../../domain/community.ts';
import { CommunityError } from '../../../../domain/errors.ts';
import { actionsIn, checkCard, samplesOf, textsIn } from '../../../support/cards.ts';
import {
  community,
  member,
  newCommunity,
  person,
  recordingMessenger,
  rosterOf,
  settings,
  textsOf,
  type RecordingMessenger,
  quietLog,
} from '../../../support/feature-parts.ts';
import { sceneOf } from '../../../support/feature-scene.ts';
import { type InMemoryLists } from '../../../support/in-memory-lists.ts';

const here = community();
const ann = person('Ann Okafor');
const ben = person('Ben Ito');
const owner = member('Omar Haddad', { owner: true });
const at = new Date('2026-11-22T10:00:00Z');
let lists: InMemoryLists;
let messenger: RecordingMessenger;
let feature: ReturnType<typeof welcome>;

beforeEach(() => {
  ({ feature, lists, messenger } = sceneOf(welcome, { members: [owner, member('Priya Raman')] }));
});

test.each(samplesOf('welcome'))('the sample of $name renders', ({ card }) => {
  checkCard(card);

  expect([...actionsIn(card), ...actionsIn(card, 'Action.OpenUrl')].length).toBeGreaterThan(0);
});

describe('who joins', () => {
  test('gets one card in their own chat, and is recorded', async () => {
    await joined([ann]);

    expect(messenger.posted.map(({ kind, period, to, summary }) => ({ kind, period, to, summary }))).toEqual([
      {
        kind: 'welcome.card',
        period: 'once',
        to: ann.id,
        summary: 'Welcome to Data Storytellers: what brings you here?',
      },
    ]);
    expect((await lists.of(here.id).newcomers.find(ann.id))?.value).toEqual({
      key: ann.id,
      person: ann,
      joinedAt: '2026-11-22T10:00:00.000Z',
      reasons: [],
      inOwnWords: '',
      contributions: [],
      answeredAt: null,
      forSupport: false,
      noMessages: false,
    });
  });

  test('together with others: all are served, each by name', async () => {
    await joined([ann, ben]);

    expect(messenger.posted.map(({ to, card }) => [to, textsIn(card)[1]])).toEqual([
      [ann.id, 'Hello Ann, good that you are here. You get this because you have just joined the team.'],
      [ben.id, 'Hello Ben, good that you are here. You get this because you have just joined the team.'],
    ]);
  });

  test('is not welcomed again when the event comes twice', async () => {
    await joined([ann]);
    await joined([ann]);

    expect(messenger.posted).toHaveLength(1);
    expect(lists.writes).toHaveLength(1);
  });

  test('is not new when they were here before, even if our own database is', async () => {
    await joined([ann]);
    messenger = recordingMessenger(() => textsOf(feature));
    feature = welcome({
      log: quietLog,
      roster: rosterOf(),
      lists,
      messenger,
      links: { tab: () => 'https://teams.example' },
      deliveryLog: { read: async () => ({ lines: [], next: null }) },
      clock: () => at,
    });

    await joined([ann]);

    expect(messenger.posted).toEqual([]);
  });

  test('gets nothing after asking for no more messages', async () => {
    await messenger.optOut(here.id, ann.id, true);

    await joined([ann]);

    expect(messenger.posted).toEqual([]);
  });
});

describe('the card', () => {
  test('says what the community is for, who looks after it, and asks', async () => {
    await writePurpose('We **share** what works.\n\n# Really');

    await joined([ann]);

    const card = onlyCard();
    checkCard(card);
    expect(textsIn(card)).toEqual(
      expect.arrayContaining([
        'Welcome to Data Storytellers',
        'We **share** what works.\n\n**Really**',
        'Priya Raman looks after this community and is glad to hear from you.',
        'What brings you here?',
        'How might you like to contribute?',
      ]),
    );
    expect(actionsIn(card).map(({ title, verb }) => [title, verb])).toEqual([
      ['Send', 'welcome.answer'],
      ['No more messages from this community', 'welcome.stop'],
    ]);
  });

  test('of a community without a purpose says that it is still finding its words', async () => {
    await joined([ann]);

    expect(textsIn(onlyCard())).toContain(
      'This community is still finding its words for that. A good moment to join: yours count too.',
    );
  });

  test.each([
    ['nobody is set up yet', newCommunity()],
    ['the coordinators have left the team', community({ settings: settings({ coordinators: [person('Gone Away')] }) })],
  ])('names the owners when %s', async (_reason, where) => {
    await joined([ann], where);

    expect(textsIn(onlyCard())).toContain('Omar Haddad looks after this community and is glad to hear from you.');
  });

  test('shows a purpose with HTML and expressions as they were typed', async () => {
    await writePurpose('<b>hi</b> ${json(1)} {{name}}');

    await joined([person('${json(1)} *Ann*')]);

    const texts = textsIn(onlyCard());
    expect(texts).toContain('\\<b>hi\\</b> ${json(1)} {{name}}');
    expect(texts[1]).toContain('Hello $\\{json\\(1\\)\\}, good');
  });

  test('keeps under 25 KB with the longest purpose, names and community', async () => {
    await writePurpose('श्री '.repeat(4_000));
    const crowd = Array.from({ length: 20 }, (_, index) => member(`${'श्री '.repeat(50)}${index}`));
    feature = welcome({
      log: quietLog,
      lists,
      messenger,
      roster: rosterOf(...crowd),
      links: { tab: () => 'https://teams.example' },
      deliveryLog: { read: async () => ({ lines: [], next: null }) },
      clock: () => at,
    });

    await joined(
      [person('श्री '.repeat(50))],
      community({
        name: 'श्री '.repeat(50),
        settings: settings({ coordinators: crowd.map(({ id, name }) => ({ id, name })) }),
      }),
    );

    checkCard(onlyCard());
    expect(messenger.posted).toHaveLength(1);
  });
});

describe('a community without lists', () => {
  test('welcomes all the same, each once', async () => {
    for (const name of ['settings', 'charter', 'newcomers'] as const) lists.missing.add(name);

    await joined([ann, ben], newCommunity());
    await joined([ann], newCommunity());

    expect(messenger.posted.map(({ to }) => to)).toEqual([ann.id, ben.id]);
  });
});

test('when a list fails for one person, the others are served and recorded, and the event that comes again makes up for it', async () => {
  lists.beforeNext('create', 'newcomers', () => {
    throw new CommunityError('throttled', 'slow down');
  });

  await expect(joined([ann, ben])).rejects.toMatchObject({ code: 'throttled' });

  expect(messenger.posted.map(({ to }) => to)).toEqual([ann.id, ben.id]);
  expect(lists.writes.map(({ key }) => key)).toEqual([ben.id]);

  await joined([ann, ben]);

  expect(messenger.posted.map(({ to }) => to)).toEqual([ann.id, ben.id]);
  expect(lists.writes.map(({ key }) => key)).toEqual([ben.id, ann.id]);
});

async function joined(people: readonly Person[], where: Community = here): Promise<void> {
  await feature.events?.membersJoined?.({ community: where, people, at });
}

function onlyCard() {
  const [copy] = messenger.posted;
  if (!copy) throw new Error('expected one card to be posted');
  return copy.card;
}

async function writePurpose(text: string): Promise<void> {
  await lists.of(here.id).charter.create({
    key: 'purpose',
    section: 'purpose',
    text,
    reviewOn: null,
    changedBy: person('Priya Raman'),
    changedAt: at.toISOString(),
  });
}
