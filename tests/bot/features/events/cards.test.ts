import { describe, expect, test } from '@jest/globals';
import { afterCard, eventCard, mostTicked, prepareCard } from '../../../../bot/features/events/cards.ts';
import { events } from '../../../../bot/features/events/index.ts';
import type { PlannedEvent } from '../../../../bot/features/events/store.ts';
import { nothingSaid } from '../../../../domain/events/attendance.ts';
import { added, moved } from '../../../../domain/events/event.ts';
import { psIds } from '../../../../domain/events/method.ts';
import { checkCard, samplesOf, textsIn } from '../../../support/cards.ts';
import { community, member, person, translateFor } from '../../../support/feature-parts.ts';
import { sceneOf } from '../../../support/feature-scene.ts';
import { here, surgery } from './parts.ts';

const t = translateFor(sceneOf(parts => events(parts)).feature);
const links = { tab: (team: string, page: string) => `https://example.org/${team}/${page}` };
const by = { by: person('Priya Raman'), now: new Date('2026-11-20T09:00:00Z') };
const { day: _day, time: _time, ...said } = surgery;
const draft = added(said, { startsAt: '2026-11-26T15:00:00.000Z' }, by);
const event: PlannedEvent = {
  ...(moved(draft, 'announce', by) ?? draft),
  id: 'chart-surgery-1',
  etag: '"1"',
  byHand: false,
};
const now = new Date('2026-11-23T09:00:00Z');
/** What Teams takes of one card, in bytes. */
const most = 28 * 1024;
const size = (card: object) => Buffer.byteLength(JSON.stringify(card));

test.each(samplesOf('events'))('the sample $name is a card', ({ card }) => checkCard(card));

const crowd = Array.from({ length: 2000 }, (_, place) => ({
  ...nothingSaid,
  person: member(`${'Wilhelmina-Konstanze '.repeat(3)}${place}`),
  says: 'coming' as const,
  saidAt: '2026-11-21T09:00:00.000Z',
}));
const long = 'wörter 🫖 '.repeat(500);
const fullest: PlannedEvent = {
  ...event,
  title: long.slice(0, 120),
  place: long.slice(0, 200),
  kind: 'launch',
  hosts: crowd.slice(0, 10).map(row => row.person),
  agenda: Array.from({ length: 30 }, (_, place) => ({
    id: `line-${place}`,
    title: long.slice(0, 200),
    minutes: 5,
    who: long.slice(0, 100),
    first: false,
  })),
  keep: long.slice(0, 4000),
  change: long.slice(0, 4000),
  ps: Object.fromEntries(psIds.map(id => [id, { text: long.slice(0, 2000), done: false }])),
};
const full = community({ name: long.slice(0, 200) });

describe('at their fullest, cards fit into what Teams takes', () => {
  test.each([
    [
      'the event',
      () => eventCard({ community: full, event: fullest, rows: crowd, now, links, inChat: true, lead: long }, t),
    ],
    [
      'preparing',
      () => prepareCard({ community: full, event: fullest, open: psIds, lastTimes: [fullest, fullest], links }, t),
    ],
    ['afterwards', () => afterCard({ community: full, event: fullest, rows: crowd, guests: 20, links }, t)],
  ])('%s', (_what, card) => {
    checkCard(card());
    expect(size(card())).toBeLessThan(most);
  });
});

test('the card names the first who come and counts the others', () => {
  const text = textsIn(eventCard({ community: here, event, rows: crowd.slice(0, 12), now, links }, t)).join('\n');

  expect(text).toMatch(/12 people come: .* and 4 more\./);
});

test('after an event, no more are ticked than a card holds, and the card says how many are left', () => {
  const text = textsIn(afterCard({ community: here, event, rows: crowd, guests: 0, links }, t)).join('\n');

  expect(text).toContain(`${(2000 - mostTicked).toLocaleString('en-GB')} more answered`.replace(',', ''));
});

test('what somebody wrote is text, whatever it looks like', () => {
  const hostile = { ...event, title: '[click](https://evil.example) **now** ${title}', place: '<at>all</at>' };

  const card = textsIn(eventCard({ community: here, event: hostile, rows: [], now, links }, t)).join('\n');

  expect(card).not.toContain('[click](');
  expect(card).toContain('title');
});
