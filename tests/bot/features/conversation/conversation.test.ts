import { expect, test } from '@jest/globals';
import { conversation } from '../../../../bot/features/conversation/index.ts';
import type { Card } from '../../../../bot/cards.ts';
import type { CardReply } from '../../../../bot/feature.ts';
import { actionsIn, checkCard, textsIn } from '../../../support/cards.ts';
import { community, member, person, press, settings, translateFor } from '../../../support/feature-parts.ts';
import { sceneOf } from '../../../support/feature-scene.ts';

const priya = member('Priya Raman');
const tomasz = member('Tomasz Nowak');
const amara = member('Amara Okafor');
const here = community({ settings: settings({ coordinators: [person('Priya Raman'), person('Tomasz Nowak')] }) });
const question = 'Who has a **template**?';

function scene() {
  return sceneOf(conversation, { members: [priya, tomasz, amara] });
}

async function says(name: string, rest: string, who = amara): Promise<CardReply> {
  const { feature } = scene();
  const command = feature.commands?.find(one => one.name === name);
  if (!command) throw new Error(`there is no command ${name}`);
  return command.run({
    who,
    community: here,
    place: 'chat',
    rest,
    message: '1',
    locale: null,
    t: translateFor(feature),
  });
}

function cardOf(reply: CardReply): Card {
  if (!('card' in reply)) throw new Error(`expected a card, not ${reply.notice}`);
  checkCard(reply.card);
  return reply.card;
}

test.each(['hello', 'thanks', 'goodbye', 'yes', 'not meant'])('%s is answered in one short line', async name => {
  const reply = await says(name, '');

  expect('notice' in reply && reply.notice.length < 200).toBe(true);
});

test('a question that nobody told the bot is offered to be passed on, to those who coordinate', async () => {
  const card = cardOf(await says('question', question));

  expect(textsIn(card).join('\n')).toContain('Priya Raman and Tomasz Nowak');
  expect(actionsIn(card).map(({ verb, data }) => [verb, data])).toEqual([
    ['conversation.pass', { community: here.id, question }],
    ['agenda.park', { community: here.id, question }],
  ]);
});

test.each([
  ['I can not read the card', 'it asks nothing'],
  [`Who has ${'x'.repeat(200)}?`, 'it is a report'],
])('%s is not offered to be kept (%s)', async words => {
  const card = cardOf(await says('question', words));

  expect(actionsIn(card).map(({ verb }) => verb)).toEqual(['conversation.pass']);
});

test('whoever coordinates alone is offered nobody, and may have it kept', async () => {
  const alone = community({ settings: settings({ coordinators: [person('Priya Raman')] }) });
  const { feature } = sceneOf(conversation, { members: [priya, amara] });
  const command = feature.commands?.find(({ name }) => name === 'question');
  const reply = await command?.run({
    who: priya,
    community: alone,
    place: 'chat',
    rest: question,
    message: '1',
    locale: null,
    t: translateFor(feature),
  });

  expect(actionsIn(cardOf(reply!)).map(({ verb }) => verb)).toEqual(['agenda.park']);
});

test('once it is pressed it comes to each of them, once, with the name and as it was written', async () => {
  const { feature, messenger } = scene();
  const pressing = () => press(feature, 'pass', { data: { question }, who: amara, community: here });

  await pressing();
  const reply = await pressing();

  expect(messenger.posted.map(({ kind, to }) => [kind, to])).toEqual([
    ['conversation.question', priya.id],
    ['conversation.question', tomasz.id],
  ]);
  const [first] = messenger.posted;
  checkCard(first!.card);
  expect(textsIn(first!.card)).toEqual(
    expect.arrayContaining(['Amara Okafor asks', 'Who has a \\*\\*template\\*\\*?']),
  );
  expect(textsIn(cardOf(reply)).join('\n')).toContain('Passed on to Priya Raman and Tomasz Nowak');
});
