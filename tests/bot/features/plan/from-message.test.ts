import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Card } from '../../../../bot/cards.ts';
import type { CardReply, MessageRequest, SharedMessage } from '../../../../bot/feature.ts';
import { mostOffered } from '../../../../bot/features/plan/from-message-cards.ts';
import type { FromMessage } from '../../../../bot/features/plan/from-message-cards.ts';
import { plan } from '../../../../bot/features/plan/index.ts';
import type { Member } from '../../../../domain/community.ts';
import { actionsIn, checkCard, textsIn } from '../../../support/cards.ts';
import { cardOf, community, member, person, translateFor } from '../../../support/feature-parts.ts';
import { sceneOf } from '../../../support/feature-scene.ts';
import { createInMemoryLists, type InMemoryLists } from '../../../support/in-memory-lists.ts';

const cedar = community();
const [priya, amara, lars] = [member('Priya Raman'), member('Amara Okafor'), member('Lars Bergström')];
const message: SharedMessage = {
  text: 'Could somebody book the room?\nFor December.',
  author: 'Lars Bergström',
  link: 'https://teams.microsoft.com/l/message/19:general/1763974800000',
};

let lists: InMemoryLists;
let members: readonly Member[];
beforeEach(() => {
  lists = createInMemoryLists();
  members = [priya, amara, lars];
});

function open(
  again: { typed: FromMessage; problem: string } | null = null,
  shared: SharedMessage = message,
): Promise<CardReply> {
  return asked('open', { again, message: shared });
}
function submit(data: object, shared: SharedMessage = message): Promise<CardReply> {
  return asked('submit', { data: feature().messageActions!['add']!.data.parse(data), message: shared });
}
function feature() {
  const links = { tab: (id: string, page: string): string => `https://teams.example.org/${id}/${page}` };
  return sceneOf(parts => plan({ ...parts, lists, links }), { members, at: '2026-11-23T09:00:00Z' }).feature;
}
async function asked(step: 'open' | 'submit', more: object): Promise<CardReply> {
  const one = feature();
  const request: Partial<MessageRequest> = { who: amara, community: cedar, t: translateFor(one), ...more };
  const reply = await one.messageActions!['add']![step](request as never);
  checkCard(cardOf(reply));
  return reply;
}
function input(card: Card, id: string): Record<string, unknown> {
  return (card['body'] as Record<string, unknown>[]).find(one => one['id'] === id) ?? {};
}
function dataOf(reply: CardReply): FromMessage & { community: string; message: SharedMessage } {
  return actionsIn(cardOf(reply), 'Action.Submit')[0]?.['data'] as never;
}
const stored = async () => (await lists.of(cedar.id).plan.all()).map(({ value }) => value);

describe('the form', () => {
  test('suggests the message’s first line, and me', async () => {
    const reply = await open();

    const card = cardOf(reply);
    expect(['title', 'owner', 'due'].map(id => input(card, id)['value'])).toEqual([
      'Could somebody book the room?',
      'amara-okafor',
      '',
    ]);
    expect(textsIn(card)).toContain(
      'The action’s notes will say that Lars Bergström wrote the message, with a link to it.',
    );
    expect(dataOf(reply)).toEqual({
      community: cedar.id,
      message: { ...message, text: '' },
      action: expect.stringMatching(/^[a-z0-9-]{36}$/),
      suggested: 'Could somebody book the room?',
    });
  });

  test('offers the team, me first and then by name', async () => {
    expect(input(cardOf(await open()), 'owner')['choices']).toEqual([
      { title: 'Amara Okafor (me)', value: 'amara-okafor' },
      { title: 'Nobody yet', value: 'nobody' },
      { title: 'Lars Bergström', value: 'lars-bergström' },
      { title: 'Priya Raman', value: 'priya-raman' },
    ]);
  });

  test('of a team of two thousand offers a hundred and me, says so, and stays small', async () => {
    members = [
      amara,
      ...Array.from({ length: 2000 }, (_, index) =>
        member(`Somebody With Quite A Long Name Number ${String(index).padStart(4, '0')}`),
      ),
    ];
    const someone = members.at(-1)!.id;

    const reply = await open({
      typed: { action: 'action-1', suggested: '', title: 'Book', owner: someone, due: '' },
      problem: '',
    });

    const choices = input(cardOf(reply), 'owner')['choices'] as { value: string }[];
    expect(choices).toHaveLength(mostOffered + 3);
    expect(choices[2]?.value).toBe(someone);
    expect(textsIn(cardOf(reply)).join()).toContain('the first 100 people by name');
  });

  test.each([
    ['${json(1)} **bold** <script>', '${json(1)} **bold** <script>', 'is text and nothing else'],
    ['🎉', '', 'without words leaves the title open'],
    ['לקבוע את החדר', 'לקבוע את החדר', 'right to left'],
  ])('a message %j suggests %j: %s', async (text, title) => {
    expect(input(cardOf(await open(null, { ...message, text })), 'title')['value']).toBe(title);
  });

  test('shows again what was typed, with the reason above it', async () => {
    const typed = {
      action: 'action-1',
      suggested: 'Book',
      title: 'Book **the** room',
      owner: 'priya-raman',
      due: '2026-11-27',
    };

    const reply = await open({ typed, problem: 'Please try again.' });

    const card = cardOf(reply);
    expect(['title', 'owner', 'due'].map(id => input(card, id)['value'])).toEqual([
      'Book **the** room',
      'priya-raman',
      '2026-11-27',
    ]);
    expect(textsIn(card)[0]).toBe('Please try again.');
    expect(dataOf(reply).action).toBe('action-1');
  });
});

describe('sending it', () => {
  test('adds an action, whose notes say where it comes from; the card leads to the plan', async () => {
    const reply = await submit({
      action: 'action-1',
      title: ' Book\nthe room ',
      owner: 'priya-raman',
      due: '2026-11-27',
    });

    const me = person('Amara Okafor');
    const at = '2026-11-23T09:00:00.000Z';
    expect(await stored()).toEqual([
      {
        key: 'action-1',
        title: 'Book the room',
        steps: [],
        links: [],
        owners: [person('Priya Raman')],
        due: '2026-11-27',
        state: 'to-do',
        weight: 'baseline',
        aim: null,
        notes: `From a message by Lars Bergström\n${message.link}\nAdded by Amara Okafor`,
        addedBy: me,
        addedAt: at,
        doneAt: null,
        changedBy: me,
        changedAt: at,
      },
    ]);
    expect(cardOf(reply)).toMatchObject({
      body: [
        { text: 'It is in the plan' },
        { text: 'Book the room' },
        {
          facts: [
            { title: 'Owner', value: 'Priya Raman' },
            { title: 'Due', value: 'Friday, 27 November 2026' },
          ],
        },
      ],
      actions: [{ type: 'Action.OpenUrl', url: `https://teams.example.org/${cedar.id}/plan` }],
    });
  });

  test('without its inputs, which Teams has lost, keeps what was suggested', async () => {
    const reply = await submit(dataOf(await open()));

    const card = cardOf(reply);
    expect(textsIn(card)[0]).toBe('Please say in a few words what is to be done.');
    expect(['title', 'owner', 'due'].map(id => input(card, id)['value'])).toEqual([
      'Could somebody book the room?',
      'amara-okafor',
      '',
    ]);
    expect(await stored()).toEqual([]);
  });

  test('twice, because the first answer was slow, adds one', async () => {
    const typed = { action: 'action-1', title: 'Book the room', owner: 'nobody', due: '' };
    await submit(typed);

    await submit(typed);

    expect(await stored()).toHaveLength(1);
  });

  test('needs neither owner nor day, nor to know where the message is', async () => {
    const reply = await submit({ action: 'action-1', title: 'Book the room' }, { text: '', author: null, link: null });

    expect(await stored()).toMatchObject([{ owners: [], due: null, notes: '' }]);
    expect(textsIn(cardOf(reply))).toEqual(expect.arrayContaining(['Owner', 'Due']));
    expect(cardOf(reply)).toMatchObject({
      body: [{}, {}, { facts: [{ value: 'nobody yet' }, { value: 'no day yet' }] }],
    });
  });

  test.each<[object, string, string]>([
    [{ title: ' \n ' }, 'Please say in a few words what is to be done.', 'no title'],
    [{ title: 'x'.repeat(201) }, 'That is too long for a title: 200 characters are the most.', 'a long title'],
    [{ due: 'tomorrow' }, 'This is no day. Please choose one from the calendar.', 'a word for a day'],
    [{ due: '2026-02-30' }, 'This is no day. Please choose one from the calendar.', 'a day no calendar has'],
    [
      { owner: 'jonas-weber' },
      'This person is no longer in the team. Please choose somebody else.',
      'somebody who left',
    ],
  ])('%j says so and keeps what was typed: %#', async (change, says) => {
    const typed: FromMessage = {
      action: 'action-1',
      suggested: '',
      title: 'Book the room',
      owner: 'priya-raman',
      due: '2026-11-27',
      ...change,
    };

    const reply = await submit(typed);

    const card = cardOf(reply);
    expect(textsIn(card)[0]).toBe(says);
    expect(['title', 'owner', 'due'].map(id => input(card, id)['value'])).toEqual([
      typed.title,
      typed.owner,
      typed.due,
    ]);
    expect(await stored()).toEqual([]);
  });

  test.each([{ title: 'x' }, { action: '../etc', title: 'x' }, { action: 'action-1', title: 7 }])(
    '%j is not what the form sends',
    data => {
      expect(() => feature().messageActions!['add']!.data.parse(data)).toThrow();
    },
  );
});
