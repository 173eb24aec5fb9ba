import { expect, test } from '@jest/globals';
import type { Card } from '../../bot/cards.ts';
import { actionsIn, checkCard, faultsOf, textsIn } from './cards.ts';

const press = {
  type: 'Action.Execute',
  style: 'positive',
  title: 'Send',
  verb: 'welcome.answer',
  data: { community: 'c1' },
};
const { style: _, ...plainer } = press;
const good: Card = {
  type: 'AdaptiveCard',
  version: '1.5',
  fallbackText: 'A card',
  body: [
    { type: 'TextBlock', id: 'hello', text: 'Hello', wrap: true },
    { type: 'Input.Text', id: 'words', label: 'In your own words' },
  ],
  actions: [press],
};

test('a good card has no faults', () => {
  expect(faultsOf(good)).toEqual([]);
});

test.each([
  ['another version', { version: '1.6' }, ['version is 1.6, expected 1.5']],
  ['no fallback text', { fallbackText: '' }, ['fallbackText is missing']],
  [
    'two primary buttons',
    { actions: [press, { ...press, title: 'Send to all' }] },
    ['2 buttons are primary, expected one at most'],
  ],
  [
    'nothing that sends what is filled in',
    { actions: [{ ...press, style: 'default' }] },
    ['no button is primary, and something is filled in'],
  ],
  [
    'an unknown element',
    { body: [{ type: 'Video' }] },
    ['Unknown element type "Video". Fallback will be used if present.'],
  ],
  [
    'a link without an address',
    { actions: [{ type: 'Action.OpenUrl', title: 'Open' }] },
    ['Property "url" must be set.'],
  ],
  [
    'an input without a label',
    { body: [{ type: 'Input.Text', id: 'words' }] },
    ['input words has no label for screen readers'],
  ],
  [
    'seven buttons, some in a set',
    {
      body: [{ type: 'ActionSet', actions: [plainer, plainer, plainer, plainer] }],
      actions: [plainer, plainer, plainer],
    },
    ['7 buttons, expected at most 6'],
  ],
  [
    'one id twice',
    {
      body: [
        { type: 'TextBlock', id: 'a', text: '1' },
        { type: 'TextBlock', id: 'a', text: '2' },
      ],
    },
    ['Duplicate Id "a".'],
  ],
  [
    'a toggle without its target',
    { actions: [{ type: 'Action.ToggleVisibility', title: 'More', targetElements: ['more'] }] },
    ['a toggle’s target more is not on the card'],
  ],
  ['a verb without a feature', { actions: [{ ...press, verb: 'send' }] }, ['verb send is not feature.action']],
  [
    'no community in the data',
    { actions: [{ ...press, data: {} }] },
    ['the data of welcome.answer lacks its community'],
  ],
  [
    'null instead of nothing',
    { body: [{ type: 'TextBlock', text: 'Hello', color: null }] },
    ['color of a TextBlock is null, which the schema refuses'],
  ],
  [
    'too much of it',
    { body: [{ type: 'TextBlock', text: 'x'.repeat(25 * 1024) }] },
    ['the card has 25825 bytes, expected fewer than 25600'],
  ],
])('%s is a fault', (_reason, change, expected) => {
  const faults = faultsOf({ ...good, ...change } as Card);

  expect(faults).toEqual(expected);
});

test('checkCard throws with every fault', () => {
  const check = () => checkCard({ ...good, version: '1.6', fallbackText: '' } as Card);

  expect(check).toThrow(
    'the card is not as Teams wants it:\n- version is 1.6, expected 1.5\n- fallbackText is missing',
  );
});

test('textsIn and actionsIn read a card as a person meets it', () => {
  expect(textsIn(good)).toEqual(['Hello', 'In your own words', 'Send']);
  expect(actionsIn(good)).toEqual([press]);
});
