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

test.each(['facilitation.week', 'plan.reminder', 'surveys.ask', 'charter.question', 'morning.several'])(
  '%s comes unasked, and has the small link',
  kind => {
    const shown = foot(card, { community: 'c', kind }, t);

    checkCard(shown);
    expect(textsIn(shown)).toEqual(['Hello', 'Fewer of these', 'Fewer of these']);
    expect(actionsIn(shown, 'Action.OpenUrl')).toEqual([
      { type: 'Action.OpenUrl', title: 'Fewer of these', url: 'https://teams.example/c/privacy' },
    ]);
    expect(textsIn(card)).toEqual(['Hello']);
  },
);

test.each([
  ['welcome.card', 'a welcome comes once'],
  ['roles.accepted', 'it answers something that the person did'],
  ['digest.sponsor', 'a sponsor need not be in the team'],
  ['nothing.known', 'nothing that can be stopped by itself'],
])('%s has none: %s', (kind, _why) => {
  expect(foot(card, { community: 'c', kind }, t)).toBe(card);
});
