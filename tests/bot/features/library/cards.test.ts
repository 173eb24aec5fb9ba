import { describe, expect, test } from '@jest/globals';
import { checkCard, foundCard, mostFound } from '../../../../bot/features/library/cards.ts';
import { library } from '../../../../bot/features/library/index.ts';
import type { ShelvedResource } from '../../../../bot/features/library/store.ts';
import { added } from '../../../../domain/library/resource.ts';
import { actionsIn, checkCard as isCard, samplesOf, textsIn } from '../../../support/cards.ts';
import { community, person, translateFor } from '../../../support/feature-parts.ts';
import { sceneOf } from '../../../support/feature-scene.ts';
import { here, template } from './parts.ts';

const t = translateFor(sceneOf(library).feature);
const links = { tab: (team: string, page: string) => `https://example.org/${team}/${page}` };
const by = { by: person('Amara Okafor'), now: new Date('2026-11-20T09:00:00Z'), today: '2026-11-20' };
const resource: ShelvedResource = {
  ...added(template, null, by),
  ...{ id: '0'.repeat(32), etag: '"1"', uses: 0, byHand: false },
};
/** What Teams takes of one card, in bytes. */
const most = 28 * 1024;
const size = (card: object) => Buffer.byteLength(JSON.stringify(card));

test.each(samplesOf('library'))('the sample $name is a card', ({ card }) => isCard(card));

test('what has no address is not shown among what was found', () => {
  const card = foundCard(
    { community: here, title: '', text: '', resources: [resource, { ...resource, title: 'Odd', url: null }], links },
    t,
  );

  expect(JSON.stringify(card)).not.toContain('Odd');
});

test('what is looked at leads to where it is, and what has no address has only its name', () => {
  const resources = [resource, { ...resource, title: 'Odd', url: null }];
  const card = checkCard({ community: here, resources, month: '2026-12', links }, t);

  isCard(card);
  expect(actionsIn(card, 'Action.OpenUrl').map(({ url }) => url)).toEqual([
    template.url,
    links.tab(here.id, 'library'),
  ]);
  expect(textsIn(card)).toContain('Odd');
});

const long = 'wörter 🫖 '.repeat(500);
const fullest: ShelvedResource = {
  ...resource,
  title: long.slice(0, 120),
  when: long.slice(0, 300),
  url: `https://example.org/${'x'.repeat(1_970)}`,
  state: 'checked',
  checkedBy: person('Wilhelmina-Konstanze '.repeat(10)),
  checkedAt: '2026-11-20T09:00:00.000Z',
};
const full = community({ name: long.slice(0, 200) });
const many = (count: number) => Array.from({ length: count }, () => fullest);

describe('at their fullest, cards fit into what Teams takes', () => {
  test.each([
    ['what was found', () => foundCard({ community: full, title: '', text: '', resources: many(mostFound), links }, t)],
    ['what is looked at', () => checkCard({ community: full, resources: many(5), month: '2026-12', links }, t)],
  ])('%s', (_name, card) => {
    isCard(card());

    expect(size(card())).toBeLessThan(most);
  });
});
