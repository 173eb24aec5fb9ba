import { beforeEach, describe, expect, test } from '@jest/globals';
import { welcome, welcomeWaiting } from '../../../../bot/features/welcome/index.ts';
import type { Wish } from '../../../../bot/feature.ts';
import type { ReadyCommunity } from '../../../../domain/community.ts';
import { addDays, localDay } from '../../../../domain/schedule.ts';
import { actionsIn, checkCard, textsIn } from '../../../support/cards.ts';
import {
  cardOf,
  community,
  member,
  person,
  press,
  rosterOf,
  settings,
  textsOf,
} from '../../../support/feature-parts.ts';
import { nothingComes } from '../../../support/wishes.ts';
import { sceneOf, type FeatureScene } from '../../../support/feature-scene.ts';
import { restWith } from '../../../support/rest.ts';

const priya = member('Priya Raman');
const ann = member('Ann Okafor');
const ruth = member('Ruth Abernethy');
const here = community({ settings: settings({ coordinators: [person('Priya Raman')] }) });
const joined = '2026-11-10';
let scene: FeatureScene<ReturnType<typeof welcome>>;

beforeEach(async () => {
  scene = sceneOf(welcome, { members: [priya, ann, ruth], at: `${joined}T10:00:00Z` });
  await scene.feature.events!.membersJoined!({
    community: here,
    people: [person('Ruth Abernethy')],
    at: new Date(`${joined}T10:00:00Z`),
  });
});

async function wishesOn(day: string, where: ReadyCommunity = here): Promise<readonly Wish[]> {
  const now = new Date(`${day}T09:00:00Z`);
  scene.clock.moveTo(now.toISOString());
  return scene.feature.wishes!({
    community: where,
    now,
    today: localDay(now, where.settings.timeZone),
    rest: restWith({}),
  });
}
const keysOf = (wishes: readonly Wish[]) =>
  wishes.map(({ kind, period, to }) => `${kind} ${period} ${'person' in to ? to.person.id : 'channel'}`);
const toRuth = (wishes: readonly Wish[]) => wishes.filter(({ kind }) => kind === 'welcome.card');
const toHosts = (wishes: readonly Wish[]) => wishes.filter(({ kind }) => kind === 'welcome.unanswered');

describe('whoever has not answered', () => {
  test.each([
    [13, false, 'a day too early'],
    [14, true, 'two weeks after they joined'],
    [41, true, 'the last day'],
    [42, false, 'too late'],
  ])('is asked once more after %d days: %s, %s', async (days, asked) => {
    expect(toRuth(await wishesOn(addDays(joined, days))).length === 1).toBe(asked);
  });

  test('gets the same question with words of its own, which count as the first card', async () => {
    const [again] = toRuth(await wishesOn('2026-11-25'));

    const card = again!.card(textsOf(scene.feature).for('welcome', 'en-GB'));

    expect(keysOf([again!])).toEqual([`welcome.card once#2 ${ruth.id}`]);
    checkCard(card);
    expect(textsIn(card).slice(0, 2)).toEqual([
      'Data Storytellers: what brings you here?',
      'Hello Ruth, you have been here for two weeks or more. I ask once more, in case the first time was not the moment; then I leave you in peace with it.',
    ]);
    expect(actionsIn(card).map(({ verb }) => verb)).toEqual(['welcome.answer', 'welcome.stop']);
    // The first card said that it comes.
    expect(textsIn(scene.messenger.posted[0]!.card).join(' ')).toContain('I ask once more after two weeks');
    expect(textsIn(card).join(' ')).not.toContain('I ask once more after two weeks');
  });

  test('and answers it, is asked no more, and both cards turn', async () => {
    const [again] = toRuth(await wishesOn('2026-11-25'));
    const { to, ...message } = again!;
    await scene.messenger.post({ ...message, community: here.id, to: [to] });

    const answer = { reasons: 'tips', inOwnWords: '', contributions: '', readers: 'support' };
    cardOf(await press(scene.feature, 'answer', { who: ruth, community: here, data: answer }));

    expect(await wishesOn('2026-11-26')).toEqual([]);
    expect(scene.messenger.posted.map(({ card }) => textsIn(card)[0])).toEqual(['Thank you, Ruth', 'Thank you, Ruth']);
  });

  test('and has left, or wants no messages, is not asked about', async () => {
    await press(scene.feature, 'stop', { who: ruth, community: here, data: {} });

    expect(await wishesOn('2026-11-25')).toEqual([]);
  });
});

describe('those who welcome people', () => {
  test('hear of whoever has not answered: the coordinators, all of one week together', async () => {
    await scene.feature.events!.membersJoined!({
      community: here,
      people: [person('Ann Okafor')],
      at: new Date('2026-11-12T10:00:00Z'),
    });

    const [wish, ...others] = toHosts(await wishesOn('2026-11-29'));
    const card = wish!.card(textsOf(scene.feature).for('welcome', 'en-GB'));

    expect([keysOf([wish!]), others]).toEqual([[`welcome.unanswered 2026-11-15 ${priya.id}`], []]);
    expect(wish!.again).toEqual({ since: '2026-11-15' });
    checkCard(card);
    expect(textsIn(card)).toEqual(
      expect.arrayContaining([
        '2 newcomers have not said yet what brings them to Data Storytellers',
        'Ruth Abernethy joined on Tuesday 10 November',
        'Ann Okafor joined on Thursday 12 November',
      ]),
    );
  });

  test('are those who hold Member support, where somebody does', async () => {
    const where = { ...here, acceptances: [{ role: 'member-support', person: ann.id }] };

    expect(keysOf(toHosts(await wishesOn('2026-11-29', where)))).toEqual([`welcome.unanswered 2026-11-15 ${ann.id}`]);
  });
});

describe('the line on the week’s card', () => {
  const lines = async (mayReadNewcomers: boolean) => {
    const { lists, clock, feature } = scene;
    const read = welcomeWaiting({ coming: nothingComes, lists, roster: rosterOf(priya, ann, ruth), clock: clock.now });
    return (await read(here))(textsOf(feature).for('facilitation', 'en-GB'), mayReadNewcomers);
  };

  test('names them to those who may know who answered, and to nobody else', async () => {
    expect([await lines(true), await lines(false)]).toEqual([
      [{ text: 'No answer to the welcome yet: Ruth Abernethy', more: 0 }],
      [],
    ]);
  });

  test('says that it is the last, and then lets it go', async () => {
    scene.clock.moveTo('2027-01-04T09:00:00Z');
    const last = await lines(true);
    scene.clock.moveTo('2027-01-11T09:00:00Z');

    expect([last.map(({ text }) => text), await lines(true)]).toEqual([
      ['No answer to the welcome yet: Ruth Abernethy (named here for the last time)'],
      [],
    ]);
  });
});
