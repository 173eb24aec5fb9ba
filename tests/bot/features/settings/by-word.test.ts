import { beforeEach, describe, expect, test } from '@jest/globals';
import { settings as settingsFeature } from '../../../../bot/features/settings/index.ts';
import type { Card } from '../../../../bot/cards.ts';
import type { CardReply } from '../../../../bot/feature.ts';
import type { Settings } from '../../../../domain/community.ts';
import { actionsIn, checkCard, textsIn } from '../../../support/cards.ts';
import { ask, cardOf, community, member, noticeOf, press } from '../../../support/feature-parts.ts';
import { sceneOf, type SceneParts } from '../../../support/feature-scene.ts';
import { settingsIn, type InMemoryLists } from '../../../support/in-memory-lists.ts';

const priya = member('Priya Raman');
const ben = member('Ben Ito');
const here = community();

let lists: InMemoryLists;
let parts: SceneParts;
let feature: ReturnType<typeof settingsFeature>;

beforeEach(() => {
  ({ feature, parts, lists } = sceneOf(made => settingsFeature({ ...made, provision: async () => ({ lists: [] }) }), {
    members: [priya, ben],
    communities: [here],
    at: '2026-11-22T10:00:00Z',
  }));
});

async function says(rest: string, who = priya, locale?: string): Promise<CardReply> {
  const settings = (await settingsIn(lists, here.id)) ?? here.settings;
  return ask(feature, 'change setting', {
    who,
    community: { ...here, settings },
    rest,
    ...(locale === undefined ? {} : { locale }),
  });
}

async function presses(card: Card, title: string, who = priya): Promise<CardReply> {
  const button = actionsIn(card).find(one => one['title'] === title);
  if (!button) throw new Error(`no button ${title} among ${JSON.stringify(actionsIn(card).map(one => one['title']))}`);
  return press(feature, 'set', { who, community: here, data: button['data'] });
}

async function now(): Promise<Settings> {
  return (await settingsIn(lists, here.id)) ?? here.settings;
}

describe('what a sentence says is shown, then changed, and can be undone', () => {
  test.each<[string, Partial<Settings> | { facilitation: Partial<Settings['facilitation']> }]>([
    ['send the digest monthly', { digest: { sponsor: 'monthly', members: 'off' } }],
    ['make the digest to everybody come every month', { digest: { sponsor: 'quarterly', members: 'monthly' } }],
    ['switch the digest off', { digest: { sponsor: 'off', members: 'off' } }],
    ['at most one survey a month', { surveys: { perMonth: 1 } }],
    ['send the weekly card on Thursdays', { facilitation: { day: 4 } }],
    ['send the weekly card at 2 pm', { facilitation: { time: '14:00' } }],
    ['make the week smaller', { facilitation: { size: 'light' } }],
    ['switch the weekly card off', { facilitation: { from: '2026-12-20' } }],
    ['our country is Germany', { country: { code: 'DE', region: null } }],
    ['set the time zone to Berlin', { timeZone: 'Europe/Berlin' }],
    [
      'make 24 December to 2 January quiet days',
      { quiet: [{ from: '2026-12-24', to: '2027-01-02', title: 'Quiet days' }] },
    ],
  ])('%s', async (sentence, expected) => {
    const before = await now();
    const shown = cardOf(await says(sentence));
    const untouched = await now();
    const done = cardOf(await presses(shown, 'Yes, change it'));
    const after = await now();
    const again = cardOf(await presses(shown, 'Yes, change it'));
    await presses(done, 'Undo');

    checkCard(shown);
    checkCard(done);
    expect(textsIn(shown)[0]).toBe('Shall I change this?');
    expect(untouched).toEqual(before);
    expect(after).toMatchObject(expected);
    expect(again).toEqual(done);
    expect(JSON.parse(JSON.stringify(effective(await now())))).toEqual(effective(before));
  });
});

describe('in German', () => {
  test.each<[string, string]>([
    ['die Wochenkarte um 9 Uhr', 'Uhrzeit der Wochenkarte: 09:00'],
    ['die Wochenkarte soll um 8 Uhr 30 kommen', 'Uhrzeit der Wochenkarte: 08:30'],
    ['unser Land ist Österreich', 'Land, dessen Feiertage frei sind: Österreich'],
    ['wir sind in der Schweiz', 'Land, dessen Feiertage frei sind: Schweiz'],
    [
      'unsere Feiertage sind die von Bosnien und Herzegowina',
      'Land, dessen Feiertage frei sind: Bosnien und Herzegowina',
    ],
    ['stell die Zeitzone auf Berlin', 'Zeitzone: Europe/Berlin'],
  ])('%s', async (sentence, value) => {
    expect(JSON.stringify(cardOf(await says(sentence, priya, 'de-DE')))).toContain(value);
  });
});

/** What was never chosen is what is usual: taken back, it stands there. */
function effective({ digest, surveys, quiet = [], facilitation, ...rest }: Settings) {
  return {
    ...rest,
    digest: digest ?? { sponsor: 'quarterly', members: 'off' },
    surveys: surveys ?? { perMonth: 2 },
    quiet,
    facilitation: { ...facilitation, size: facilitation.size ?? 'full' },
  };
}

test('what somebody has chosen since stays', async () => {
  const monthly = cardOf(await says('send the digest monthly'));
  const off = cardOf(await says('switch the digest off'));
  await presses(off, 'Yes, change it');

  expect(noticeOf(await presses(monthly, 'Yes, change it'))).toContain('Somebody has chosen something else since');
  expect((await now()).digest?.sponsor).toBe('off');
});

test('what is so already is said, with nothing to press', async () => {
  const card = cardOf(await says('send the digest quarterly'));

  expect(textsIn(card)[0]).toContain('It is so already');
  expect(actionsIn(card).filter(({ verb }) => verb === 'settings.set')).toEqual([]);
});

test('whoever may not is told who may, and a forged press is refused', async () => {
  const card = cardOf(await says('send the digest monthly', ben));
  const data = { community: here.id, what: 'sponsorDigest', value: 'monthly', shown: 'quarterly' };

  expect(textsIn(card)[0]).toContain('Priya Raman');
  await expect(press(feature, 'set', { who: ben, community: here, data })).rejects.toMatchObject({
    code: 'not-allowed',
  });
  expect((await now()).digest).toBeUndefined();
});

test('the day of the meeting is in the charter', async () => {
  expect(textsIn(cardOf(await says('meetings are on Thursday')))[0]).toContain('the charter says it');
});

test.each([
  ['change something', 'nothing that can be changed'],
  ['turn the weekly question off', 'no setting'],
  ['at most 300 surveys a month', 'more than there can be'],
])('%s shows the settings: %s', async (sentence, _why) => {
  const card = cardOf(await says(sentence));

  expect(actionsIn(card).filter(({ verb }) => verb === 'settings.set')).toEqual([]);
  expect(parts.clock().toISOString()).toBe('2026-11-22T10:00:00.000Z');
});

test.each([
  [{ what: 'surveys', value: '900', shown: '2' }, 'too many'],
  [{ what: 'timeZone', value: 'Nowhere/At all', shown: 'Europe/London' }, 'no zone'],
  [{ what: 'quiet', value: 'x/y/z', shown: '' }, 'no days'],
])('a forged %j changes nothing: %s', async (data, _why) => {
  const before = await now();
  await press(feature, 'set', { who: priya, community: here, data: { community: here.id, ...data } }).catch(
    () => undefined,
  );

  expect(JSON.parse(JSON.stringify(await now()))).toEqual(JSON.parse(JSON.stringify(before)));
});
