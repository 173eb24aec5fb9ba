import { expect, test } from '@jest/globals';
import chooseForMessageTemplate from '../../../bot/teams/cards/choose-for-message.card.json' with { type: 'json' };
import chooseForMessageSample from '../../../bot/teams/cards/choose-for-message.sample.json' with { type: 'json' };
import noticeTemplate from '../../../bot/teams/cards/notice.card.json' with { type: 'json' };
import noticeSample from '../../../bot/teams/cards/notice.sample.json' with { type: 'json' };
import chooseTemplate from '../../../bot/teams/cards/choose.card.json' with { type: 'json' };
import chooseSample from '../../../bot/teams/cards/choose.sample.json' with { type: 'json' };
import { renderCard } from '../../../bot/cards.ts';
import helpTemplate from '../../../bot/teams/cards/help.card.json' with { type: 'json' };
import helpSample from '../../../bot/teams/cards/help.sample.json' with { type: 'json' };
import { chooseCard, chooseForMessageCard, helpCard } from '../../../bot/teams/help.ts';
import english from '../../../bot/teams/text.en.json' with { type: 'json' };
import { createTexts } from '../../../bot/text.ts';
import { actionsIn, checkCard, textsIn } from '../../support/cards.ts';
import { member, newCommunity } from '../../support/feature-parts.ts';

const t = createTexts({ bot: { en: english } }).for('bot', 'en-GB');
const commands = ['charter', 'week', 'settings', 'a', 'b', 'c', 'd'].map(name => ({
  name,
  shown: name,
  about: `about ${name}`,
}));

test('help greets by first name and offers five buttons', () => {
  const card = helpCard(t, {
    who: member('Priya Raman'),
    community: newCommunity(),
    place: 'chat',
    commands,
  });

  checkCard(card);
  expect(textsIn(card)).toEqual(expect.arrayContaining(['Hello Priya', 'about charter', 'about d']));
  expect(actionsIn(card).map(action => action['title'])).toEqual(['charter', 'week', 'settings', 'a', 'b']);
});

test('a name is shown as it is written, whatever is in it', () => {
  const card = helpCard(t, {
    who: { ...member('x'), name: '**${json(1)}**' },
    community: { ...newCommunity(), name: '[click](https://evil.example)' },
    place: 'channel',
    commands,
  });

  const texts = textsIn(card).join('\n');
  expect(texts).toContain('Hello \\*\\*$\\{json\\(1\\)\\}\\*\\*');
  expect(texts).not.toContain('[click](');
});

test('somebody in several communities is asked which one they mean', () => {
  const communities = Array.from({ length: 8 }, (_, index) => ({
    ...newCommunity(),
    id: `c${index}`,
    name: `Community ${index}`,
  }));

  const card = chooseCard(t, communities, 'charter roles');

  checkCard(card);
  expect(actionsIn(card).map(action => action['data'])).toEqual(
    [0, 1, 2, 3, 4].map(index => ({ community: `c${index}`, text: 'charter roles' })),
  );
  expect(textsIn(card).join(' ')).toContain('more communities than fit here');
});

test('in a dialog all their communities fit, and the message comes along as it is', () => {
  const communities = Array.from({ length: 8 }, (_, index) => ({
    ...newCommunity(),
    id: `c${index}`,
    name: `Community ${index}`,
  }));
  const message = { text: '${json(1)} **now**', author: 'Amara Okafor', link: null };

  const card = chooseForMessageCard(t, communities, message);

  checkCard(card);
  expect(card).toMatchObject({
    body: [{ value: 'c0', choices: communities.map(({ id, name }) => ({ title: name, value: id })) }],
  });
  expect(actionsIn(card, 'Action.Submit').map(action => action['data'])).toEqual([
    { chosen: true, message: { text: '${json(1)} **now**', author: 'Amara Okafor' } },
  ]);
});

test.each([
  { name: 'help', template: helpTemplate, sample: helpSample },
  { name: 'choose', template: chooseTemplate, sample: chooseSample },
  { name: 'notice', template: noticeTemplate, sample: noticeSample },
  { name: 'choose-for-message', template: chooseForMessageTemplate, sample: chooseForMessageSample },
])('the sample of $name renders', ({ template, sample }) => {
  checkCard(renderCard(template, sample));
});
