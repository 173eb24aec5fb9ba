import { beforeEach, describe, expect, test } from '@jest/globals';
import { charter } from '../../../../bot/features/charter/index.ts';
import { api } from '../../../../domain/api.ts';
import type { CharterView } from '../../../../domain/charter/api.ts';
import { charterSections } from '../../../../domain/charter/method.ts';
import type { VoicesView } from '../../../../domain/charter/voices-api.ts';
import { actionsIn, checkCard, textsIn } from '../../../support/cards.ts';
import { cardOf, community, member, press, textsOf, type TestClock } from '../../../support/feature-parts.ts';
import { sceneOf, type FeatureScene } from '../../../support/feature-scene.ts';
import { failureOf, request } from '../../../support/requests.ts';
import { grantWishes } from '../../../support/wishes.ts';

const here = community();
const priya = member('Priya Raman');
const omar = member('Omar Haddad', { owner: true });
const ann = member('Ann Okafor');
const tuesday = '2026-11-24T09:00:00Z';
let scene: FeatureScene<ReturnType<typeof charter>>;
let clock: TestClock;

beforeEach(() => {
  scene = sceneOf(charter, { members: [priya, omar, ann], communities: [here], at: tuesday });
  ({ clock } = scene);
});

async function asks(at = tuesday, where = here): Promise<void> {
  clock.moveTo(at);
  await grantWishes(scene.feature, scene.messenger, { community: where, now: clock.now() });
}
function save(section: string, text: string, ifMatch: string | null = null): Promise<unknown> {
  return request(scene.feature, api.saveSection, {
    who: priya,
    community: here,
    params: { section },
    body: { text },
    ifMatch,
  });
}
async function voices(who = priya): Promise<VoicesView> {
  return ((await request(scene.feature, api.charter, { who, community: here })).body as CharterView).voices;
}
const first = { period: 'start', section: 'purpose', question: 'lunch' };
const pressed = (name: string, data: object = first, who = priya) =>
  press(scene.feature, name, { data, who, community: here });
/** What would be said on a day, by its period and question. */
async function wished(day: string): Promise<readonly string[]> {
  clock.moveTo(`${day}T09:00:00Z`);
  const rest = await scene.parts.restDays.of(here);
  const all = await scene.feature.wishes!({ community: here, now: clock.now(), today: day, rest });
  return all
    .filter(({ kind }) => kind === 'charter.question')
    .map(({ period, card }) => `${period} ${questionOn(card(textsOf(scene.feature).for('charter', 'en-GB')))}`);
}
const questionOn = (card: object) =>
  /"section":"([\w-]+)","question":"([\w-]+)"/.exec(JSON.stringify(card))?.slice(1).join('/');
const questionsAsked = () => scene.messenger.posted.map(({ period, to, card }) => [period, to, questionOn(card)]);

describe('the question of the week', () => {
  test('comes to those who coordinate, the same one all week, and in the next another of the same section', async () => {
    for (const day of ['23', '24', '25', '27', '28', '30']) await asks(`2026-11-${day}T09:00:00Z`);

    expect(questionsAsked()).toEqual([['start', priya.id, 'purpose/lunch']]);
    const [copy] = scene.messenger.posted;
    checkCard(copy!.card);
    expect(textsIn(copy!.card)).toContain(
      'If somebody asked at lunch why this community exists, what would you answer?',
    );
    expect(copy!.summary).toBe('A question for the charter: Purpose');
    expect(await wished('2026-12-01')).toEqual(['start purpose/reasons']);
  });

  test('waits for its turn as every open question does, however many weeks pass without an answer', async () => {
    await asks();

    const moment = new Date('2027-03-02T09:00:00Z');
    const rest = await scene.parts.restDays.of(here);
    const [wish] = await scene.feature.wishes!({ community: here, now: moment, today: '2027-03-02', rest });
    expect([wish?.period, wish?.again]).toEqual(['start', { since: null }]);
  });

  test('begins anew after something was written, kept as a draft or reviewed, in the week after that', async () => {
    await asks();
    await pressed('answer', { ...first, answer: 'To learn from each other.' });

    expect([await wished('2026-11-25'), await wished('2026-12-01')]).toEqual([[], ['2026-11-24 aims/change']]);
    clock.moveTo('2026-12-02T10:00:00Z');
    await save('aims', 'One redrawn report a month.');
    expect(await wished('2026-12-08')).toEqual(['2026-12-02 scope/need']);
  });

  test('is about what nobody has written, and there is none about a charter that is whole', async () => {
    clock.moveTo('2026-11-20T09:00:00Z');
    for (const { id } of charterSections) if (id !== 'risks') await save(id, 'Said.');
    await asks();
    await save('risks', 'Said.');
    await asks('2026-12-01T09:00:00Z');

    expect(questionsAsked().map(([, to, asked]) => [to, asked])).toEqual([[priya.id, 'risks/history']]);
  });

  test('is the same for a coordinator who comes later in the week, until its section is written', async () => {
    const both = { ...here, settings: { ...here.settings, coordinators: [priya, ann] } };
    await asks();
    await pressed('another');
    await asks('2026-11-25T09:00:00Z', both);
    await save('purpose', 'Said.');
    const three = { ...here, settings: { ...here.settings, coordinators: [priya, ann, omar] } };
    await asks('2026-11-26T09:00:00Z', three);

    expect(questionsAsked().map(([, to, asked]) => [to, asked])).toEqual([
      [priya.id, 'aims/change'],
      [ann.id, 'purpose/lunch'],
    ]);
  });

  test('stays the week’s question when presses come round to it again', async () => {
    clock.moveTo('2026-11-20T09:00:00Z');
    for (const { id } of charterSections) if (id !== 'risks') await save(id, 'Said.');
    await asks();
    const week = async () =>
      (await scene.lists.of(here.id).askedQuestions.all()).find(({ value }) => value.period === '2026-11-23')?.value;
    const chosen = await week();
    let card = scene.messenger.posted[0]!.card;
    for (const minute of [1, 2, 3, 4, 5, 6]) {
      clock.moveTo(`2026-11-24T09:0${minute}:00Z`);
      const data = actionsIn(card).find(({ verb }) => verb === 'charter.another')!.data as object;
      card = cardOf(await pressed('another', data));
    }

    expect((await week())?.question).toBe(chosen!.question);
    expect((await week())!.askedAt > chosen!.askedAt).toBe(true);
  });

  test('nobody to ask is said in the log', async () => {
    await asks(tuesday, { ...here, settings: { ...here.settings, coordinators: [] } });
    expect(questionsAsked().map(([, to]) => to)).toEqual([omar.id]);
    scene = sceneOf(charter, { members: [ann], communities: [here], at: tuesday });
    await grantWishes(scene.feature, scene.messenger, { community: here, now: new Date(tuesday) });

    expect(scene.messenger.posted).toEqual([]);
    expect(scene.warnings).toEqual(['nothing asked about the charter: there is nobody to ask']);
  });
});

describe('an answer in the card', () => {
  test('is a draft with its author, for those who write the charter alone', async () => {
    await asks();

    const card = cardOf(await pressed('answer', { ...first, answer: ' To learn from each other. ' }));

    checkCard(card);
    expect(textsIn(card).join()).toMatch(/To learn from each other/);
    expect((await voices()).drafts).toEqual([
      {
        id: 'purpose/lunch/priya-raman',
        section: 'purpose',
        question: 'If somebody asked at lunch why this community exists, what would you answer?',
        text: 'To learn from each other.',
        by: { id: priya.id, name: priya.name },
        at: '2026-11-24T09:00:00.000Z',
      },
    ]);
    expect((await voices(ann)).drafts).toEqual([]);
    expect((await scene.lists.of(here.id).charter.all()).length).toBe(0);
  });

  test.each([
    ['nothing', '  ', 'There is nothing to keep yet'],
    ['too much', 'x'.repeat(4_001), 'Your answer has 4001 characters'],
  ])('of %s is asked for again', async (_what, answer, notice) => {
    await asks();

    const reply = await pressed('answer', { ...first, answer });

    expect('notice' in reply && reply.notice).toContain(notice);
    expect((await voices()).drafts).toEqual([]);
  });

  test('is for those who coordinate', async () => {
    const failure = await failureOf(pressed('answer', { ...first, answer: 'Me too' }, ann));

    expect(failure.code).toBe('not-allowed');
  });
});

describe('a draft', () => {
  const putIn = (ifMatch: string | null, who = omar) =>
    request(scene.feature, api.putDraftIn, {
      who,
      community: here,
      params: { section: 'purpose' },
      body: { draft: 'purpose/lunch/priya-raman' },
      ifMatch,
    });
  const text = async () => (await scene.lists.of(here.id).charter.find('purpose'))?.value.text;
  beforeEach(async () => {
    await asks();
    await pressed('answer', { ...first, answer: 'To learn from each other.' });
  });

  test('is put into its section by one press, in the name of who pressed, and goes', async () => {
    await putIn(null);
    await putIn(null);

    const row = await scene.lists.of(here.id).charter.find('purpose');
    expect([row?.value.text, row?.value.changedBy.name]).toEqual(['To learn from each other.', 'Omar Haddad']);
    expect((await voices()).drafts).toEqual([]);
  });

  test('goes below what was written meanwhile, on top of the version that was read', async () => {
    const saved = (await save('purpose', 'We help.')) as { body: { etag: string } };

    const failure = await failureOf(putIn(null));
    expect([failure.code, await text()]).toEqual(['version-conflict', 'We help.']);
    await putIn(saved.body.etag);

    expect(await text()).toBe('We help.\n\nTo learn from each other.');
  });

  test('is let go of by one press', async () => {
    await request(scene.feature, api.dropDraft, {
      who: priya,
      community: here,
      params: { section: 'purpose' },
      body: { draft: 'purpose/lunch/priya-raman' },
    });

    expect([(await voices()).drafts, await text()]).toEqual([[], undefined]);
  });
});

test('another question is another section’s, for this person alone, however often it is pressed', async () => {
  await asks();

  const cards = [cardOf(await pressed('another')), cardOf(await pressed('another'))];

  for (const card of cards) expect(JSON.stringify(card)).toContain('"section":"aims","question":"change"');
  expect(await wished('2026-12-01')).toEqual(['start purpose/reasons']);
});

test('not now, on cards of earlier versions, is fine, and stays so in the chat', async () => {
  await asks();

  const card = cardOf(await pressed('later'));

  expect(textsIn(card)[0]).toMatch(/^That is fine/);
  expect(textsIn(scene.messenger.posted[0]!.card)[0]).toMatch(/^That is fine/);
});
