import { beforeEach, describe, expect, test } from '@jest/globals';
import { actionsIn, textsIn } from '../../../support/cards.ts';
import { ask, cardOf } from '../../../support/feature-parts.ts';
import type { Found } from '../../../../bot/feature.ts';
import type { Member } from '../../../../domain/community.ts';
import { amara, gwen, here, id, priya, scene, type Scene } from './parts.ts';

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

const onDay = (day: string | null): Found => ({ day, people: [], number: null, text: '', named: [] });

test('a day that is said shows the event on it, and the next one where there is none', async () => {
  await now.announced();
  await now.announced({ day: '2026-12-03', title: 'Second' }, 'another-event');

  expect(textsIn(await types('next', { found: onDay('2026-12-03') }))).toContain('Second');
  expect(textsIn(await types('next', { found: onDay('2026-12-04') }))).toEqual(
    expect.arrayContaining([
      'Chart surgery',
      'No event is announced for Friday 4 December. This one comes next. You have not said yet whether you come.',
    ]),
  );
});

test('what was answered before the event moved is no answer to its new moment', async () => {
  const { etag } = await now.announced();
  await now.answers(amara, 'coming');
  now.clock.moveTo('2026-11-23T10:00:00Z');
  await now.saves({ day: '2026-11-27' }, { ifMatch: etag });

  expect(textsIn(await types('next')).join(' ')).toContain('You have not said yet whether you come.');
});

describe('cancelling by word', () => {
  const cancels = (who: Member, choices: object = {}) => types('cancel event', { who, ...choices });

  test('asks a host first, and says who will be told', async () => {
    await now.announced();
    await now.answers(amara, 'coming');

    const card = await cancels(gwen);

    expect(textsIn(card).join('\n')).toContain('Shall Chart surgery on Thursday 26 November, 15:00, not take place?');
    expect(textsIn(card).join('\n')).toContain('One person said that they come, or may, and is told at once.');
    expect(actionsIn(card)).toContainEqual(
      expect.objectContaining({ verb: 'events.cancel', data: { community: here.id, event: id } }),
    );
    expect((await now.sees(gwen)).state).toBe('announced');
  });

  test('offers nothing to others, and no other event than the one that is meant', async () => {
    await now.announced();

    const [other, wrongDay] = [await cancels(amara), await cancels(gwen, { found: onDay('2026-12-04') })];

    for (const card of [other, wrongDay])
      expect(actionsIn(card).filter(({ verb }) => verb === 'events.cancel')).toEqual([]);
    expect(textsIn(other).join()).toContain('is cancelled by its hosts');
    expect(textsIn(wrongDay).join()).toContain('No event is announced for Friday 4 December.');
  });
});
