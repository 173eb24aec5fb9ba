import { beforeEach, expect, test } from '@jest/globals';
import { actionsIn, textsIn } from '../../../support/cards.ts';
import { ask, cardOf } from '../../../support/feature-parts.ts';
import { amara, here, id, priya, scene, type Scene } from './parts.ts';

let now: Scene;
beforeEach(() => {
  now = scene();
});

const types = async (words: string, choices: object = {}) =>
  cardOf(await ask(now.feature, words, { who: amara, community: here, ...choices }));

test('next shows the next event with its buttons, and what I said', async () => {
  await now.announced();
  await now.announced({ day: '2026-12-24', title: 'Later' }, 'another-event');
  await now.answers(amara, 'coming');

  const card = await types('next');

  expect(textsIn(card)).toEqual(expect.arrayContaining(['Chart surgery', 'You come.']));
  expect(actionsIn(card).filter(({ verb }) => verb === 'events.answer')).toHaveLength(3);
});

test('next in a channel says nothing about who asked', async () => {
  await now.announced();
  await now.answers(amara, 'coming');

  expect(textsIn(await types('next', { place: 'channel' }))).not.toContain('You come.');
});

test('events names what is announced, with its moment', async () => {
  await now.announced();
  await now.saves({ title: 'Draft' }, { event: 'another-event' });

  const texts = textsIn(await types('events')).join('\n');

  expect(texts).toContain('One event is announced');
  expect(texts).toContain('Thursday 26 November, 15:00–16:00 (London time)');
  expect(texts).not.toContain('Draft');
});

test.each(['next', 'events'])('%s without any says so, and which was the last', async words => {
  expect(textsIn(await types(words)).join('\n')).toContain('No event is announced at the moment.');

  await now.announced();
  now.clock.moveTo('2026-11-26T17:00:00Z');
  expect(textsIn(await types(words)).join('\n')).toContain('The last one was Chart surgery');
});

test('an event that is announced can be asked for by its title', async () => {
  await now.announced();
  await now.saves({ title: 'Draft' }, { event: 'another-event', who: priya });

  const passages = await now.feature.passages?.({ community: here, t: key => key });

  expect(passages).toEqual([
    {
      kind: 'event',
      id,
      title: 'Chart surgery',
      text: 'Who is new\nOne chart, six people',
      typed: 'next',
    },
  ]);
});
