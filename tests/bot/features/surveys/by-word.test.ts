import { beforeEach, expect, test } from '@jest/globals';
import { actionsIn, checkCard, textsIn } from '../../../support/cards.ts';
import { ask, cardOf, noticeOf, press } from '../../../support/feature-parts.ts';
import { here, people, priya, scene, type Scene } from './parts.ts';

let now: Scene;
beforeEach(() => {
  now = scene();
});

function says(rest: string, who = priya) {
  return ask(now.feature, 'new survey', { who, community: here, rest });
}

async function surveys() {
  return (await now.lists.of(here.id).surveys.all()).map(({ value }) => value);
}

test('it is shown before it is planned, opens another day, and is planned once', async () => {
  const shown = cardOf(await says('ask everybody whether they liked the last meeting'));
  const before = await surveys();
  const button = actionsIn(shown).find(({ verb }) => verb === 'surveys.write')!;
  const done = cardOf(await press(now.feature, 'write', { who: priya, community: here, data: button['data'] }));
  await press(now.feature, 'write', { who: priya, community: here, data: button['data'] });

  checkCard(shown);
  checkCard(done);
  expect(textsIn(shown).join(' ')).toMatch(/How was it for you\?.*What should we keep/s);
  expect(before).toEqual([]);
  expect(await surveys()).toEqual([
    expect.objectContaining({ title: 'How was it for you?', anonymous: true, opensOn: '2026-11-24', closedOn: null }),
  ]);
  expect(now.messenger.posted).toEqual([]);
});

test('one that asks the same comes later', async () => {
  await now.plan();
  const shown = cardOf(await says('make a survey about the mood'));
  const button = actionsIn(shown).find(({ verb }) => verb === 'surveys.write')!;

  expect(button['data']).toMatchObject({ template: 'pulse', opensOn: '2026-12-07' });
});

test('about something else it asks what about', async () => {
  const card = cardOf(await says('ask everybody whether pigs fly'));

  expect(textsIn(card)[0]).toBe('What shall the survey be about?');
  expect(await surveys()).toEqual([]);
});

test('whoever may not is told who may, and a forged press is refused', async () => {
  const [ann] = people;
  const card = cardOf(await says('ask everybody how the meeting was', ann));
  const data = { community: here.id, survey: 'abcdefgh', template: 'event', opensOn: '2026-11-24' };

  expect(textsIn(card)[0]).toContain('Priya Raman');
  await expect(press(now.feature, 'write', { who: ann!, community: here, data })).rejects.toMatchObject({
    code: 'not-allowed',
  });
  expect(await surveys()).toEqual([]);
});

test('a card that waited past its day plans nothing', async () => {
  const data = { community: here.id, survey: 'abcdefgh', template: 'event', opensOn: '2026-11-23' };

  expect(noticeOf(await press(now.feature, 'write', { who: priya, community: here, data }))).toContain('ask me again');
  expect(await surveys()).toEqual([]);
});
