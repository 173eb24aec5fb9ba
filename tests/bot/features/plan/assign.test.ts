import { beforeEach, expect, test } from '@jest/globals';
import type { Card } from '../../../../bot/cards.ts';
import type { CardReply, Found } from '../../../../bot/feature.ts';
import type { Member } from '../../../../domain/community.ts';
import { actionsIn, checkCard, textsIn } from '../../../support/cards.ts';
import { ask, cardOf, member, noticeOf, person, press } from '../../../support/feature-parts.ts';
import { amara, daniel, here, priya, scene, type Scene } from './parts.ts';

const danielToo = member('Daniel Osei');
let now: Scene;
beforeEach(async () => {
  now = scene([priya, amara, daniel, danielToo]);
  await now.adds('book-a-room');
  await now.adds('redraw-leaflet', { title: 'Redraw the leaflet', due: null });
});

function assigns(rest: string, people: readonly Member[], who = priya): Promise<CardReply> {
  const found: Found = { day: null, people, number: null, text: rest, named: [] };
  return ask(now.feature, 'assign', { who, community: here, rest, found });
}

function presses(card: Card, title: string, who: Member = priya): Promise<CardReply> {
  const button = actionsIn(card).find(one => one['title'] === title);
  if (!button) throw new Error(`no button ${title} among ${JSON.stringify(actionsIn(card).map(one => one['title']))}`);
  const [, action = ''] = String(button['verb']).split('.');
  return press(now.feature, action, { who, community: here, data: button['data'] });
}

async function ownersOf(id: string) {
  return (await now.sees(priya)).actions.find(one => one.id === id)?.owners.map(({ name }) => name);
}

test('it is shown before it is done, and Undo gives it back', async () => {
  const shown = cardOf(await assigns('the room to Daniel', [daniel]));
  const before = await ownersOf('book-a-room');
  const given = cardOf(await presses(shown, 'Yes, give it'));
  const after = await ownersOf('book-a-room');
  await presses(given, 'Undo');

  checkCard(shown);
  checkCard(given);
  expect(textsIn(shown)[0]).toBe('Give “Book a room” to Daniel Fitzgerald?');
  expect(before).toEqual(['Amara Okafor']);
  expect(after).toEqual(['Daniel Fitzgerald']);
  expect(await ownersOf('book-a-room')).toEqual(['Amara Okafor']);
});

test('pressed twice it is given once', async () => {
  const shown = cardOf(await assigns('the room to Daniel', [daniel]));
  await presses(shown, 'Yes, give it');
  const again = cardOf(await presses(shown, 'Yes, give it'));

  expect(textsIn(again)[0]).toBe('Who does “Book a room” now: Daniel Fitzgerald');
  expect(await ownersOf('book-a-room')).toEqual(['Daniel Fitzgerald']);
});

test('what somebody else has given since stays', async () => {
  const shown = cardOf(await assigns('the room to Daniel', [daniel]));
  await now.adds('book-a-room', { owners: [person('Priya Raman')] }).catch(() => undefined);
  const other = cardOf(await assigns('the room to Priya', [priya]));
  await presses(other, 'Yes, give it');

  expect(noticeOf(await presses(shown, 'Yes, give it'))).toBe(
    'Somebody has changed Book a room since, so I left it as it is now.',
  );
  expect(await ownersOf('book-a-room')).toEqual(['Priya Raman']);
});

test('of two people with that name it asks which', async () => {
  const asked = cardOf(await assigns('the leaflet to Daniel', [daniel, danielToo]));
  const shown = cardOf(await presses(asked, 'Daniel Osei'));

  checkCard(asked);
  expect(textsIn(asked)[0]).toBe('Who shall do “Redraw the leaflet”?');
  expect(textsIn(shown)[0]).toBe('Give “Redraw the leaflet” to Daniel Osei?');
});

test('of two actions of the same title their days tell which', async () => {
  await now.adds('leaflet-again', { title: 'Redraw the leaflet', due: '2026-12-04' });

  const asked = cardOf(await assigns('the leaflet to Amara', [amara]));

  checkCard(asked);
  expect(actionsIn(asked, 'Action.Execute').map(({ title }) => title)).toEqual([
    'Redraw the leaflet, due Friday 4 December',
    'Redraw the leaflet, no day yet',
  ]);
});

test('of two actions it asks which', async () => {
  await now.adds('book-another', { title: 'Book a bigger room' });
  const asked = cardOf(await assigns('room to Amara', [amara]));
  const shown = cardOf(await presses(asked, 'Book a bigger room'));

  checkCard(asked);
  expect(actionsIn(asked).map(({ title }) => title)).toEqual(
    expect.arrayContaining(['Book a room', 'Book a bigger room']),
  );
  expect(textsIn(shown)[0]).toBe('Give “Book a bigger room” to Amara Okafor?');
});

test.each([
  ['nobody is named', 'the room', [] as Member[], 'To whom?'],
  ['nobody of the team is named', 'the room to Zebedee', [] as Member[], 'To whom?'],
])('when %s it asks to whom', async (_why, rest, people, expected) => {
  expect(noticeOf(await assigns(rest, people))).toContain(expected);
});

test('an action that is not there is not found', async () => {
  const card = cardOf(await assigns('the moon to Daniel', [daniel]));

  expect(textsIn(card)[0]).toContain('I find no open action');
});

test('whoever may not is told who may', async () => {
  const card = cardOf(await assigns('the room to Daniel', [daniel], daniel));
  const forged = press(now.feature, 'give', {
    who: daniel,
    community: here,
    data: { community: here.id, action: 'book-a-room', to: daniel.id, shown: amara.id },
  });

  expect(textsIn(card)[0]).toContain('for Priya Raman, who added it, and for the coordinators to say');
  await expect(forged).rejects.toMatchObject({ code: 'not-allowed' });
  expect(await ownersOf('book-a-room')).toEqual(['Amara Okafor']);
});
