import { beforeEach, describe, expect, test } from '@jest/globals';
import { charter } from '../../../../bot/features/charter/index.ts';
import { api } from '../../../../domain/api.ts';
import type { AnyEndpoint } from '../../../../domain/endpoint.ts';
import type { CharterView, SectionView } from '../../../../domain/charter/api.ts';
import type { VoicesView } from '../../../../domain/charter/voices-api.ts';
import { checkCard, textsIn } from '../../../support/cards.ts';
import { community, member, press } from '../../../support/feature-parts.ts';
import { sceneOf, type FeatureScene } from '../../../support/feature-scene.ts';
import { failureOf, request } from '../../../support/requests.ts';

const here = community();
const priya = member('Priya Raman');
const omar = member('Omar Haddad', { owner: true });
const ann = member('Ann Okafor');
const ben = member('Ben Ito');
const purpose = { section: 'purpose' };
let scene: FeatureScene<ReturnType<typeof charter>>;
let etag: string | null;

beforeEach(async () => {
  scene = sceneOf(charter, { members: [priya, omar, ann, ben], communities: [here] });
  etag = (await save('We help each other.', null)).etag;
});

async function asks(
  who: typeof ann,
  endpoint: AnyEndpoint,
  { params = {}, body, ifMatch }: { params?: Record<string, string>; body?: unknown; ifMatch?: string | null } = {},
): Promise<VoicesView> {
  const asked = { who, community: here, params, body, ...(ifMatch === undefined ? {} : { ifMatch }) };
  return (await request(scene.feature, endpoint, asked)).body as VoicesView;
}
async function save(text: string, ifMatch: string | null): Promise<SectionView> {
  const choices = { who: priya, community: here, params: purpose, body: { text }, ifMatch };
  return (await request(scene.feature, api.saveSection, choices)).body as SectionView;
}
const agree = (who: typeof ann, agrees = true, ifMatch = etag) =>
  asks(who, api.agree, { params: purpose, body: { agrees }, ifMatch });
const comment = (who: typeof ann, id: string, text = 'Well said') =>
  asks(who, api.comment, { params: purpose, body: { id, text } });
const voicesFor = async (who: typeof ann): Promise<VoicesView> =>
  ((await request(scene.feature, api.charter, { who, community: here })).body as CharterView).voices;
const purposeIn = ({ sections }: VoicesView) => sections.find(({ id }) => id === 'purpose')!;
const agreedIn = (view: VoicesView) => purposeIn(view).agreed.map(({ name }) => name);

describe('I agree', () => {
  test('is said by name, once, and taken back as easily', async () => {
    await agree(ann);
    expect(agreedIn(await agree(ann))).toEqual(['Ann Okafor']);
    expect(agreedIn(await agree(ben))).toEqual(['Ann Okafor', 'Ben Ito']);

    expect(agreedIn(await agree(ann, false))).toEqual(['Ben Ito']);
  });

  test('counts no more once the words have changed, and again when they are back', async () => {
    await agree(ann);

    const changed = await save('We compete.', etag);
    expect(agreedIn(await voicesFor(ann))).toEqual([]);
    await save('We help each other.\r\n', changed.etag);

    expect(agreedIn(await voicesFor(ann))).toEqual(['Ann Okafor']);
  });

  test('is not taken of words that have changed since they were read: they are shown first', async () => {
    const changed = await save('We compete.', etag);

    const failure = await failureOf(agree(ann));

    expect(failure).toMatchObject({ code: 'version-conflict', details: { current: { text: 'We compete.' } } });
    expect(agreedIn(await agree(ann, true, changed.etag))).toEqual(['Ann Okafor']);
  });

  test('of two at once both are kept, and nobody agrees with an empty section', async () => {
    await Promise.all([agree(ann), agree(ben)]);

    expect(agreedIn(await voicesFor(ann)).toSorted()).toEqual(['Ann Okafor', 'Ben Ito']);
    const empty = asks(ann, api.agree, { params: { section: 'risks' }, body: { agrees: true }, ifMatch: null });
    expect((await failureOf(empty)).code).toBe('version-conflict');
  });
});

describe('a comment', () => {
  test('stands under its section with its author, for everybody, once for a repeated press', async () => {
    await comment(ann, 'c0ffee00');
    await comment(ann, 'c0ffee00');

    expect(purposeIn(await voicesFor(ben)).comments).toEqual([
      {
        id: 'c0ffee00',
        by: { id: ann.id, name: ann.name },
        text: 'Well said',
        at: '2026-11-22T10:00:00.000Z',
        settledBy: null,
      },
    ]);
  });

  test('is taken back by its author or removed by a coordinator, by nobody else', async () => {
    await comment(ann, 'c0ffee00');
    await comment(ann, 'c0ffee01');
    const remove = (who: typeof ann, id: string) =>
      asks(who, api.removeComment, { params: { ...purpose, comment: id } });

    expect((await failureOf(remove(ben, 'c0ffee00'))).code).toBe('not-allowed');
    await remove(ann, 'c0ffee00');
    await remove(ann, 'c0ffee00');
    expect(purposeIn(await remove(priya, 'c0ffee01')).comments).toEqual([]);
  });

  test('that somebody else has under the same id stays theirs', async () => {
    await comment(ann, 'c0ffee00');

    const [only] = purposeIn(await comment(ben, 'c0ffee00', 'Mine')).comments;

    expect([only?.by.name, only?.text]).toEqual(['Ann Okafor', 'Well said']);
  });

  test('is dealt with by a coordinator, and says who it was', async () => {
    await comment(ann, 'c0ffee00');
    const settle = (who: typeof ann) => asks(who, api.settleComment, { params: { ...purpose, comment: 'c0ffee00' } });

    expect((await failureOf(settle(ann))).code).toBe('not-allowed');
    await settle(priya);
    expect(purposeIn(await settle(omar)).comments[0]?.settledBy?.name).toBe('Priya Raman');
  });
});

describe('a round of consent', () => {
  const begin = (who = priya, until = '2026-11-30') => asks(who, api.askForConsent, { body: { until } });
  const copy = () => scene.messenger.posted.find(({ kind }) => kind === 'charter.round')!;
  const cardData = () => ({
    round: '2026-11-22',
    version: /"version":"([0-9a-f]{64})"/.exec(JSON.stringify(copy().card))?.[1],
  });
  const pressed = (name: string, data: object, who = ann) => press(scene.feature, name, { data, who, community: here });

  test('goes to the channel by a coordinator’s press, once a day', async () => {
    await begin();
    await begin();

    expect(scene.messenger.posted.map(({ kind, to }) => [kind, to])).toEqual([['charter.round', 'channel']]);
    checkCard(copy().card);
    expect(textsIn(copy().card)).toEqual(
      expect.arrayContaining([
        'Is this the charter of Data Storytellers?',
        'Priya Raman asks everybody to read it until Monday 30 November, to say what is missing, and to agree.',
      ]),
    );
    expect((await failureOf(begin(ann))).code).toBe('not-allowed');
  });

  test.each(['2026-11-21', '2027-01-22'])('that would end on %s is refused', async until => {
    expect(await failureOf(begin(priya, until))).toEqual({ code: 'invalid', details: { fields: ['until'] } });
  });

  test('shows who has looked and who agrees, and of the others only how many; the card counts along', async () => {
    await begin();
    await asks(ben, api.seeCharter);
    await asks(ben, api.seeCharter);

    const { round } = await agree(ann);

    expect(round).toMatchObject({
      open: true,
      seen: [{ name: 'Priya Raman' }, { name: 'Ann Okafor' }, { name: 'Ben Ito' }],
      agreed: [{ name: 'Ann Okafor' }],
      notYet: 1,
    });
    expect(textsIn(copy().card)).toContain('3 people have read it so far. 1 agrees with all of it.');
  });

  test('I agree, on the card, is with all that is written, as it was', async () => {
    await begin();
    const before = cardData();

    await pressed('agree', before);
    expect(agreedIn(await voicesFor(ann))).toEqual(['Ann Okafor']);

    await save('We compete.', etag);
    const reply = await pressed('agree', before, ben);
    expect('notice' in reply && reply.notice).toContain('has changed since this card was made');
    expect(agreedIn(await voicesFor(ann))).toEqual([]);
  });

  test('a word on the card stands under its section, once', async () => {
    await begin();
    const said = { round: '2026-11-22', ...purpose, text: 'Whom do we help?' };

    await pressed('say', said);
    await pressed('say', said);

    expect(purposeIn(await voicesFor(ben)).comments.map(({ by, text }) => [by.name, text])).toEqual([
      ['Ann Okafor', 'Whom do we help?'],
    ]);
  });

  test.each([
    ['without a section', { text: 'Yes' }, 'choose the section'],
    ['without words', { ...purpose, text: ' ' }, 'nothing to keep'],
    ['too long', { ...purpose, text: 'x'.repeat(1_001) }, '1001 characters'],
  ])('a word %s is asked for again', async (_reason, data, notice) => {
    await begin();

    const reply = await pressed('say', { round: '2026-11-22', ...data });

    expect('notice' in reply && reply.notice).toContain(notice);
    expect(purposeIn(await voicesFor(ben)).comments).toEqual([]);
  });

  test('is over after its last day: nothing is counted, and the card says so', async () => {
    await begin();
    const data = cardData();
    scene.clock.moveTo('2026-12-01T09:00:00Z');

    const reply = await pressed('agree', data);

    expect('notice' in reply && reply.notice).toMatch(/^This round is over/);
    expect((await asks(ben, api.seeCharter)).round).toMatchObject({ open: false, seen: [{ name: 'Priya Raman' }] });
  });
});
