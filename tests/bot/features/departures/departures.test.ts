import { beforeEach, describe, expect, test } from '@jest/globals';
import { departuresWaiting } from '../../../../bot/features/departures/index.ts';
import type { Wish } from '../../../../bot/feature.ts';
import type { Person, ReadyCommunity } from '../../../../domain/community.ts';
import { CommunityError } from '../../../../domain/errors.ts';
import { actionsIn, checkCard, samplesOf, textsIn } from '../../../support/cards.ts';
import { cardOf, community, noticeOf, person, rosterOf, settings, textsOf } from '../../../support/feature-parts.ts';
import { amara, gone, here, leftOn, priya, room, scene, shownOf, type Scene } from './parts.ts';

let now: Scene;
beforeEach(() => {
  now = scene();
});

const keysOf = (wishes: readonly Wish[]) =>
  wishes.map(({ kind, period, to }) => `${kind} ${period} ${'person' in to ? to.person.id : 'channel'}`);
async function ownersOf(id: string): Promise<readonly string[] | undefined> {
  return (await now.lists.of(here.id).plan.find(id))?.value.owners.map(({ name }) => name);
}
async function accepts(role: string, name: string): Promise<void> {
  const held = { role, person: person(name), held: true, thankedBy: null };
  await now.lists.of(here.id).acceptances.create({
    key: `${role}/${person(name).id}`,
    ...held,
    changedBy: person('Priya Raman'),
    changedAt: '2026-01-10T10:00:00.000Z',
  });
}

test.each(samplesOf('departures'))('the sample of $name renders', ({ card }) => {
  checkCard(card);

  expect(textsIn(card)).toContain('- They coordinated; Priya Raman still does.');
});

describe('somebody who left', () => {
  test('and held nothing is not spoken of', async () => {
    await now.owns('over-and-done', { state: 'done' });

    expect(await now.wishes()).toEqual([]);
  });

  test.each([
    ['an action', (s: Scene) => s.owns(room), here],
    ['a survey', async (s: Scene) => plans(s), here],
    ['the week', async () => {}, facilitatedBy(gone)],
  ])('and held %s is told of to those in charge, once each', async (_what, holds, where) => {
    await holds(now);

    const wishes = await now.wishes('2026-11-23', where);

    expect(keysOf(wishes)).toEqual([`departures.left ${gone.id}/${leftOn} ${priya.id}`]);
    expect(wishes[0]!.again).toBeUndefined();
    checkCard(shownOf(now, wishes[0]!));
  });

  test('and was the only one who coordinated is told of to the owners of the team', async () => {
    const where = community({ settings: settings({ coordinators: [gone] }) });

    const [wish, ...others] = await now.wishes('2026-11-23', where);

    expect([keysOf([wish!]), others]).toEqual([[`departures.left ${gone.id}/${leftOn} omar-haddad`], []]);
    expect(textsIn(shownOf(now, wish!))).toEqual(
      expect.arrayContaining([
        'Tomasz Nowak has left the team of Data Storytellers (Friday 20 November)',
        '- They coordinated. Nobody else does now, so the owners of the team look after it until somebody is chosen.',
      ]),
    );
  });

  test('is told of for two weeks, and then no more', async () => {
    await now.owns(room);

    expect([(await now.wishes('2026-12-04')).length, (await now.wishes('2026-12-05')).length]).toEqual([1, 0]);
  });
});

describe('the card', () => {
  test('names roles and actions, each with whom to ask', async () => {
    await accepts('member-support', 'Tomasz Nowak');
    await accepts('information-resources', 'Tomasz Nowak');
    await accepts('information-resources', 'Amara Okafor');
    await now.owns(room, { title: 'Book *a* room' });
    await now.owns('ask-a-ward', { title: 'Ask a ward', due: null, owners: [gone, person('Priya Raman')] });

    const [wish] = await now.wishes();
    const card = shownOf(now, wish!);

    checkCard(card);
    expect(textsIn(card)).toEqual(
      expect.arrayContaining([
        '- Member support: nobody else holds this role.',
        '- Information resources: Amara Okafor holds this role, too.',
        '2 open actions',
        'Book \\*a\\* room',
        'due on Friday 27 November · nobody else’s; added by Amara Okafor',
        'Ask a ward',
        'no day yet · also Priya Raman’s',
        'Open the plan',
        'Open the roles',
      ]),
    );
  });

  test('keeps under 25 KB with much of everything', async () => {
    const long = 'नमस्ते '.repeat(30).slice(0, 200);
    for (let index = 0; index < 12; index++) await now.owns(`number-${index}-of-many`, { title: long });

    const [wish] = await now.wishes();

    checkCard(shownOf(now, wish!));
    expect(textsIn(shownOf(now, wish!))).toContain('and 6 more on the plan');
  });
});

describe('what they owned', () => {
  beforeEach(async () => {
    await now.owns(room, { owners: [person('Priya Raman'), gone] });
    await now.owns('ask-a-ward', { title: 'Ask a ward' });
    const [wish] = await now.wishes();
    const { to, ...message } = wish!;
    await now.messenger.post({ ...message, community: here.id, to: [to] });
  });

  test('is passed on to whoever is chosen, and the card shows what is left', async () => {
    const card = cardOf(await now.presses('pass', { action: room, to: amara.id }));

    expect(await ownersOf(room)).toEqual(['Priya Raman', 'Amara Okafor']);
    expect([card, now.messenger.posted[0]!.card].map(each => textsIn(each).includes('1 open action'))).toEqual([
      true,
      true,
    ]);
  });

  test('is made free, and then there is nothing left to say', async () => {
    await now.presses('free', { action: room });
    const card = cardOf(await now.presses('free', { action: 'ask-a-ward' }));

    expect([await ownersOf(room), await ownersOf('ask-a-ward')]).toEqual([['Priya Raman'], []]);
    expect(textsIn(card)).toContain('Nothing here has their name any more. Thank you for seeing to it.');
    expect(actionsIn(card)).toEqual([]);
    checkCard(card);
  });

  test('stays as it is when it is pressed twice, or by two people', async () => {
    await now.presses('pass', { action: room, to: amara.id });
    const before = await now.lists.of(here.id).plan.find(room);
    await now.presses('free', { action: room });
    await now.presses('pass', { action: room, to: amara.id });

    expect(await now.lists.of(here.id).plan.find(room)).toEqual(before);
  });

  test.each([
    ['', 'nobody was chosen'],
    ['gone-away', 'they are not in the team'],
  ])('is not passed on to %j: %s', async to => {
    expect(noticeOf(await now.presses('pass', { action: room, to }))).toMatch(/^Choose first/);
    expect(await ownersOf(room)).toEqual(['Priya Raman', 'Tomasz Nowak']);
  });

  test('is for those who may change the plan of others', async () => {
    const pressing = now.presses('free', { action: room }, amara);

    await expect(pressing).rejects.toThrow(CommunityError);
    expect(await ownersOf(room)).toEqual(['Priya Raman', 'Tomasz Nowak']);
  });

  test('of somebody who did not leave is left alone', async () => {
    const reply = await now.presses('free', { action: room, person: priya.id });

    expect(noticeOf(reply)).toMatch(/Nothing has changed/);
    expect(await ownersOf(room)).toEqual(['Priya Raman', 'Tomasz Nowak']);
  });
});

describe('the line on the week’s card', () => {
  const lines = async () => {
    const departed = { since: async () => [{ person: gone.id, at: new Date(`${leftOn}T15:00:00Z`) }] };
    const read = departuresWaiting({
      lists: now.lists,
      roster: rosterOf(priya, amara),
      departed,
      clock: now.clock.now,
    });
    return (await read(here))(textsOf(now.feature).for('facilitation', 'en-GB'), false);
  };

  test('says who has left, and what still has their name', async () => {
    expect(await lines()).toEqual([]);
    await now.owns(room);
    await now.owns('ask-a-ward', { title: 'Ask a ward', due: null });
    await accepts('member-support', 'Tomasz Nowak');

    expect(await lines()).toEqual([
      { text: 'Has left the team: Tomasz Nowak (Member support, “Book a room” and 1 more)', more: 0 },
    ]);
  });
});

function facilitatedBy(who: Person): ReadyCommunity {
  const { facilitation, ...others } = here.settings;
  return { ...here, settings: { ...others, facilitation: { ...facilitation, facilitators: [who] } } };
}

async function plans({ lists }: Scene): Promise<void> {
  await lists.of(here.id).surveys.create({
    key: 'pulse',
    title: 'How is it going?',
    intro: '',
    questions: [{ id: 'q1', kind: 'text', text: 'How?', options: [], low: '', high: '', required: false }],
    anonymous: false,
    audience: 'members',
    event: null,
    tellsResults: false,
    everyQuarter: false,
    repeats: null,
    opensOn: '2026-11-16',
    closesOn: '2026-11-30',
    closedOn: null,
    plannedBy: gone,
    answered: null,
    sent: null,
  });
}
