import { describe, expect, test } from '@jest/globals';
import { askCard, dataCard, forgottenCard } from '../../../../bot/features/privacy/cards.ts';
import en from '../../../../bot/features/privacy/text.en.json' with { type: 'json' };
import { api } from '../../../../domain/api.ts';
import type { PrivacyView } from '../../../../domain/privacy/api.ts';
import { actionsIn, faultsOf, samplesOf, textsIn } from '../../../support/cards.ts';
import { community, translateFor } from '../../../support/feature-parts.ts';

const t = translateFor({ name: 'privacy', text: { en } });
const here = { ...community(), name: '**Cedar** [x](https://evil.example)' };
const links = { tab: (id: string, page: string) => `https://teams.example.org/${id}/${page}` };
const kinds = [
  'newcomers',
  'roles',
  'plan',
  'participation',
  'digests',
  'messages',
  'audit',
  'voters',
  'answers',
  'ticks',
  'surveys',
  'chats',
];
/** Far more than anybody has, in words that do their worst. */
const view: PrivacyView = api.privacy.answer.parse({
  held: kinds.map((kind, index) => ({
    kind,
    title: `Kind ${kind}`,
    fate: (['goes', 'loses-name', 'stays'] as const)[index % 3],
    why: 'Because.'.repeat(20),
    entries: Array.from({ length: 500 }, () => [
      { name: 'In your words', value: '[click](https://evil.example) '.repeat(200) },
    ]),
  })),
  beyond: Object.values(en.beyond),
  first: null,
  messages: { all: false, stopped: [], offered: [] },
});

test.each(samplesOf('privacy'))('$name, filled with its sample, is a card for Teams', ({ card }) => {
  expect(faultsOf(card)).toEqual([]);
});

describe('however much there is', () => {
  test.each([
    ['my data', dataCard({ community: here, view, links }, t)],
    ['forget me', askCard({ community: here, view, links }, t)],
    ['forgotten', forgottenCard({ community: here, links }, t)],
  ])('%s is a card for Teams, and nothing in it is a link', (_name, card) => {
    expect(faultsOf(card)).toEqual([]);
    expect(textsIn(card).join('\n')).not.toMatch(/(?<!\\)\[(click|x)(?<!\\)\]\(/);
  });
});

test('whoever has to hand over first is given no button to erase', () => {
  const card = askCard({ community: here, view: { ...view, first: 'Hand that over first.' }, links }, t);

  expect(textsIn(card)).toContain('Hand that over first\\.');
  expect(actionsIn(card).map(action => action['verb'])).toEqual([undefined]);
});

test('whoever wanted no messages can get them again here, wherever the card went on which they said so', () => {
  const verbs = (held: PrivacyView['held']) =>
    actionsIn(dataCard({ community: here, view: { ...view, held }, links }, t)).map(action => action['verb']);
  const [some] = view.held;

  expect(verbs([{ ...some!, kind: 'opt_outs' }])).toEqual(['privacy.resume', 'privacy.ask', undefined]);
  expect(verbs(view.held)).toEqual(['privacy.ask', undefined]);
});
