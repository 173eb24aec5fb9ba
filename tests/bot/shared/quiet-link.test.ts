import { expect, test } from '@jest/globals';
import type { Card } from '../../../bot/cards.ts';
import { createQuietLink } from '../../../bot/shared/quiet-link.ts';
import { sharedText } from '../../../bot/shared/quiet.ts';
import { createTexts } from '../../../bot/text.ts';
import { actionsIn, checkCard, textsIn } from '../../support/cards.ts';

const foot = createQuietLink({ tab: (community, page) => `https://teams.example/${community}/${page}` });
const t = createTexts(sharedText).for('shared', 'en');
const card: Card = {
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  fallbackText: 'Hello',
  body: [{ type: 'TextBlock', text: 'Hello', wrap: true }],
};

test.each([
  ['facilitation.week', 'week'],
  ['plan.reminder', 'reminders'],
  ['surveys.ask', 'surveys'],
  ['charter.question', 'coordination'],
])('%s comes unasked, and one press stops messages about the %s', (kind, topic) => {
  const shown = foot(card, { community: 'c', kind }, t);

  checkCard(shown);
  expect(textsIn(shown)).toEqual(['Hello', 'No more of these', 'No more of these']);
  expect(actionsIn(shown)).toEqual([
    {
      type: 'Action.Execute',
      title: 'No more of these',
      verb: 'privacy.stop',
      // What is required on the card need not be filled in.
      associatedInputs: 'none',
      data: { community: 'c', what: topic },
    },
  ]);
  expect(textsIn(card)).toEqual(['Hello']);
});

test('a card with several things leads to where each kind has a switch', () => {
  const shown = foot(card, { community: 'c', kind: 'morning.several' }, t);

  checkCard(shown);
  expect(textsIn(shown)).toEqual(['Hello', 'Fewer of these', 'Fewer of these']);
  expect(actionsIn(shown, 'Action.OpenUrl')).toEqual([
    { type: 'Action.OpenUrl', title: 'Fewer of these', url: 'https://teams.example/c/privacy' },
  ]);
});

test.each([
  ['welcome.card', 'a welcome comes once'],
  ['roles.accepted', 'it answers something that the person did'],
  ['digest.sponsor', 'a sponsor need not be in the team'],
  ['nothing.known', 'nothing that can be stopped by itself'],
])('%s has none: %s', (kind, _why) => {
  expect(foot(card, { community: 'c', kind }, t)).toBe(card);
});
