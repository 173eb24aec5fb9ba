import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Feature } from '../../../../bot/feature.ts';
import type { Roster } from '../../../../bot/ports.ts';
import { charter } from '../../../../bot/features/charter/index.ts';
import { api } from '../../../../domain/api.ts';
import type { Person, ReadyCommunity } from '../../../../domain/community.ts';
import { actionsIn, checkCard, textsIn } from '../../../support/cards.ts';
import {
  cardOf,
  community,
  member,
  noticeOf,
  person,
  press,
  rosterOf,
  settings,
  type RecordingMessenger,
  type TestClock,
} from '../../../support/feature-parts.ts';
import { sceneOf, type SceneParts } from '../../../support/feature-scene.ts';
import { grantWishes } from '../../../support/wishes.ts';
import { type InMemoryLists } from '../../../support/in-memory-lists.ts';
import { failureOf, request } from '../../../support/requests.ts';

const priya = member('Priya Raman');
const tomasz = member('Tomasz Nowak');
const ben = member('Ben Ito');
const here = community({ settings: settings({ coordinators: [person('Priya Raman'), person('Tomasz Nowak')] }) });
const monday = '2026-11-23T09:00:00Z';
const dueReview = '2026-11-22';

let lists: InMemoryLists;
let messenger: RecordingMessenger;
let clock: TestClock;
let feature: Feature;
/** The feature without its question about what nobody has written. */
const aboutReviews: Feature = {
  name: 'charter',
  text: {},
  wishes: async morning => (await feature.wishes!(morning)).filter(({ kind }) => kind === 'charter.review'),
};
let warnings: readonly string[];
let parts: SceneParts;

beforeEach(() => {
  ({ feature, parts, lists, messenger, clock, warnings } = sceneOf(charter, {
    members: [priya, tomasz, ben],
    at: monday,
  }));
});

describe('the day of the review', () => {
  test.each([
    { on: '2026-11-24', asked: [], reason: 'tomorrow' },
    { on: null, asked: [], reason: 'none is set' },
    { on: '2026-11-23', asked: ['priya-raman', 'tomasz-nowak'], reason: 'today' },
    { on: '2026-11-21', asked: ['priya-raman', 'tomasz-nowak'], reason: 'it was on a Saturday' },
  ])('a review set for $on asks $asked: $reason', async ({ on, asked }) => {
    await setReview(on);

    await run();

    expect(messenger.posted.map(({ to, period }) => ({ to, period }))).toEqual(asked.map(to => ({ to, period: on })));
  });

  test('coordinators are asked once, however often the day is looked at', async () => {
    await setReview(dueReview);

    await run();
    clock.moveTo('2026-11-24T09:00:00Z');
    await run();

    expect(messenger.posted.map(({ to }) => to)).toEqual(['priya-raman', 'tomasz-nowak']);
  });

  test.each<[string, Person[], Roster, readonly string[], readonly string[]]>([
    ['one coordinator has left the team', here.settings.coordinators, rosterOf(tomasz, ben), ['tomasz-nowak'], []],
    ['nobody coordinates: the owners', [], rosterOf(member('Helen Osei', { owner: true }), ben), ['helen-osei'], []],
    [
      'nobody is there to ask',
      [],
      rosterOf(ben),
      [],
      [
        'review of the charter not asked for: the community has nobody to ask',
        'nothing asked about the charter: there is nobody to ask',
      ],
    ],
  ])('%s', async (_reason, coordinators, roster, asked, said) => {
    await setReview(dueReview);
    feature = charter({ ...parts, roster });

    await run({ ...here, settings: { ...here.settings, coordinators } });

    expect(messenger.posted.map(({ to }) => to)).toEqual(asked);
    expect(warnings).toEqual(said);
  });

  test('the card says how the charter stands, and offers the charter and three days', async () => {
    await setReview(dueReview);
    await lists.of(here.id).charter.create({
      key: 'purpose',
      section: 'purpose',
      text: 'We share.',
      reviewOn: null,
      changedBy: person('Ben Ito'),
      changedAt: '2026-09-02T10:00:00Z',
    });

    await run();

    const { card, summary } = messenger.posted[0]!;
    checkCard(card);
    expect(summary).toBe('Time to look at the charter of Data Storytellers');
    expect(textsIn(card)).toEqual(
      expect.arrayContaining(['The day you chose for it was 22 November 2026.', 'Open the charter']),
    );
    expect(JSON.stringify(card)).toContain('"value":"1 of 11 sections"');
    expect(JSON.stringify(card)).toContain('"value":"2 September 2026"');
    expect(actionsIn(card).map(({ title, verb, data }) => ({ title, verb, data }))).toEqual(
      [3, 6, 12].map(months => ({
        title: `Reviewed, next in ${months} months`,
        verb: 'charter.reviewed',
        data: { community: here.id, review: dueReview, months },
      })),
    );
  });
});

describe('reviewed', () => {
  beforeEach(async () => {
    await setReview(dueReview);
    await run();
  });

  test('sets the next day, counted from today, one on which somebody is asked: 23 May is a Sunday; all copies say so', async () => {
    const card = cardOf(await reviewed(6));

    checkCard(card);
    expect(textsIn(card)).toContain('Thank you, Priya Raman has done the review. The next one is on 24 May 2027.');
    expect(await stored()).toEqual({
      reviewOn: '2027-05-24',
      changedBy: { id: priya.id, name: priya.name },
      changedAt: '2026-11-23T09:00:00.000Z',
    });
    expect(messenger.posted.map(copy => copy.card)).toEqual([card, card]);
  });

  test('pressed by two: the first day stays, and the second sees it', async () => {
    await reviewed(3);

    const card = cardOf(await reviewed(12, tomasz));

    expect((await stored())?.reviewOn).toBe('2027-02-23');
    expect(textsIn(card)).toContain('Thank you, Priya Raman has done the review. The next one is on 23 February 2027.');
  });

  test('asks again when the next day comes', async () => {
    await reviewed(3);
    clock.moveTo('2027-02-23T09:00:00Z');

    await run();

    expect(messenger.posted.map(({ period }) => period)).toEqual([dueReview, dueReview, '2027-02-23', '2027-02-23']);
  });

  test('somebody who sets the day in the tab answers the card too', async () => {
    const row = await lists.of(here.id).charter.find('review');

    await request(feature, api.saveReview, {
      who: tomasz,
      community: here,
      body: { on: '2027-01-15' },
      ifMatch: row!.etag,
    });

    expect(textsIn(messenger.posted[0]!.card)).toContain(
      'Thank you, Tomasz Nowak has done the review. The next one is on 15 January 2027.',
    );
  });

  test('a day taken away in the tab is said so', async () => {
    const row = await lists.of(here.id).charter.find('review');

    await request(feature, api.saveReview, { who: tomasz, community: here, body: { on: null }, ifMatch: row!.etag });

    const { card } = messenger.posted[0]!;
    checkCard(card);
    expect(textsIn(card)).toContain('Tomasz Nowak has removed the date of the next review, so nobody is asked again.');
  });

  test('is for those who may edit the charter', async () => {
    const failure = await failureOf(reviewed(6, ben));

    expect(failure.code).toBe('not-allowed');
    expect((await stored())?.reviewOn).toBe(dueReview);
  });

  test('without a row to change says that no review is set', async () => {
    const row = await lists.of(here.id).charter.find('review');
    await lists.of(here.id).charter.remove(row!);

    expect(noticeOf(await reviewed(6))).toBe('No review is set any more. Open the charter to choose a day.');
  });

  test('another number of months is refused', async () => {
    await expect(reviewed(1_000)).rejects.toThrow();
  });
});

async function run(where: ReadyCommunity = here): Promise<void> {
  await grantWishes(aboutReviews, messenger, { community: where, now: clock.now() });
}

function reviewed(months: number, who = priya) {
  return press(feature, 'reviewed', { data: { review: dueReview, months }, who, community: here });
}

async function stored() {
  const { value } = (await lists.of(here.id).charter.find('review')) ?? {};
  return value && { reviewOn: value.reviewOn, changedBy: value.changedBy, changedAt: value.changedAt };
}

async function setReview(on: string | null): Promise<void> {
  await lists.of(here.id).charter.create({
    key: 'review',
    section: 'review',
    text: '',
    reviewOn: on,
    changedBy: person('Ben Ito'),
    changedAt: '2026-05-22T10:00:00Z',
  });
}
