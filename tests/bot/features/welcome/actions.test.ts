import { beforeEach, describe, expect, test } from '@jest/globals';
import { welcome } from '../../../../bot/features/welcome/index.ts';
import { longestWords } from '../../../../domain/welcome/welcome.ts';
import { actionsIn, checkCard, faultsOf, textsIn } from '../../../support/cards.ts';
import {
  cardOf,
  community,
  member,
  noticeOf,
  person,
  press,
  type RecordingMessenger,
  type TestClock,
} from '../../../support/feature-parts.ts';
import { sceneOf } from '../../../support/feature-scene.ts';
import { type InMemoryLists } from '../../../support/in-memory-lists.ts';

const here = community();
const ann = member('Ann Okafor');
let lists: InMemoryLists;
let messenger: RecordingMessenger;
let clock: TestClock;
let feature: ReturnType<typeof welcome>;

beforeEach(() => {
  ({ feature, lists, messenger, clock } = sceneOf(welcome, { members: [member('Priya Raman')] }));
});

describe('an answer', () => {
  test('is kept and replaced by something fitted to it', async () => {
    await writeSection('members');

    const card = await answer({ reasons: 'people,advice', inOwnWords: ' Who uses R? ', contributions: 'story' });

    checkCard(card);
    expect(await rowOf(ann.id)).toEqual({
      key: ann.id,
      person: { id: ann.id, name: ann.name },
      joinedAt: '2026-11-22T10:00:00.000Z',
      reasons: ['advice', 'people'],
      inOwnWords: 'Who uses R?',
      contributions: ['story'],
      answeredAt: '2026-11-22T10:00:00.000Z',
      forSupport: false,
      noMessages: false,
    });
    expect(textsIn(card)).toEqual(
      expect.arrayContaining([
        'Thank you, Ann',
        'Get advice on something I am stuck with',
        'Tell what I tried at work',
        'Would you rather ask a person? Priya Raman will gladly help, or point you to somebody who can.',
        'Worth reading in the charter:',
      ]),
    );
    expect(JSON.stringify(card)).toContain('"title":"Members","url":"https://teams.example/charter/members"');
  });

  test('is for member support where the card said so, and for coordinators alone where an older one did not', async () => {
    const readersAfter = async (data: Record<string, string>) => {
      await answer(data);
      return (await rowOf(ann.id))?.forSupport;
    };

    expect(await readersAfter({ reasons: 'people', readers: 'support' })).toBe(true);
    expect(await readersAfter({ readers: 'support' })).toBe(true);
    expect(await readersAfter({ reasons: 'advice' })).toBe(false);
    expect(await readersAfter({ reasons: 'advice', readers: 'everybody' }).catch(() => 'refused')).toBe('refused');
  });

  test('of nothing at all is fine', async () => {
    const card = await answer({});

    checkCard(card);
    expect(textsIn(card)).toContain('I am just curious');
    expect((await rowOf(ann.id))?.answeredAt).toBe('2026-11-22T10:00:00.000Z');
  });

  test('again replaces the first, and keeps when they joined', async () => {
    await answer({ reasons: 'tips', inOwnWords: 'First' });
    clock.moveTo('2026-11-23T10:00:00Z');

    await answer({ reasons: 'share', inOwnWords: '' });

    expect(await rowOf(ann.id)).toEqual(
      expect.objectContaining({
        joinedAt: '2026-11-22T10:00:00.000Z',
        reasons: ['share'],
        inOwnWords: '',
        answeredAt: '2026-11-23T10:00:00.000Z',
      }),
    );
  });

  test('is of who pressed, whatever the card’s data says', async () => {
    await answer({ reasons: 'tips', person: 'ben-ito', key: 'ben-ito', who: 'ben-ito' });

    expect(await rowOf('ben-ito')).toBeUndefined();
    expect((await rowOf(ann.id))?.reasons).toEqual(['tips']);
  });

  test('survives somebody else’s change at the same moment', async () => {
    await answer({ reasons: 'tips' });
    lists.beforeNext('update', 'newcomers', () => press(feature, 'stop', { data: {}, who: ann, community: here }));

    await answer({ reasons: 'share' });

    expect(await rowOf(ann.id)).toEqual(expect.objectContaining({ reasons: ['share'], noMessages: true }));
  });

  test.each([
    ['unknown and repeated choices are passed over', 'tips,nonsense,tips,__proto__', ['tips']],
    ['no choice', '', []],
  ])('%s', async (_reason, reasons, kept) => {
    await answer({ reasons });

    expect((await rowOf(ann.id))?.reasons).toEqual(kept);
  });

  test('of too many words says so, and keeps nothing', async () => {
    const reply = await press(feature, 'answer', {
      data: { inOwnWords: 'x'.repeat(longestWords + 1) },
      who: ann,
      community: here,
    });

    expect(noticeOf(reply)).toBe(
      'Your own words have 2001 characters, and I can keep 2000. Please shorten them a little and press Send again.',
    );
    expect(lists.writes).toEqual([]);
  });

  test('that does not fit its schema never reaches the feature', async () => {
    await expect(press(feature, 'answer', { data: { reasons: 5 }, who: ann, community: here })).rejects.toThrow();
  });

  test('before the community is set up is thanked for, and honest about not being kept', async () => {
    lists.missing.add('newcomers').add('charter');

    const card = await answer({ reasons: 'tips' });

    expect(textsIn(card)).toContain(
      'This community is still being set up, so I could not keep your answer for the coordinators. Press “Change my answer” in a few days and send it again.',
    );
  });
});

describe('changing one’s answer', () => {
  test('shows the question again, filled with what was said', async () => {
    await answer({ reasons: 'tips,advice', inOwnWords: '${json(1)} <b>hi</b>', contributions: 'questions' });

    const card = cardOf(await press(feature, 'change', { data: {}, who: ann, community: here }));

    checkCard(card);
    expect(inputsIn(card)).toEqual({
      reasons: 'tips,advice',
      inOwnWords: '${json(1)} <b>hi</b>',
      contributions: 'questions',
    });
  });

  test('keeps under 25 KB with the most words', async () => {
    await answer({ reasons: '', inOwnWords: 'श'.repeat(longestWords) });

    const card = cardOf(await press(feature, 'change', { data: {}, who: ann, community: here }));

    expect(faultsOf(card)).toEqual([]);
  });

  test('offers to take it back, which leaves nothing of it', async () => {
    await answer({ reasons: 'tips', inOwnWords: 'Hello', contributions: 'questions' });
    const card = cardOf(await press(feature, 'change', { data: {}, who: ann, community: here }));
    const takeBack = actionsIn(card).find(({ title }) => title === 'Take my answer back');

    await answer(takeBack?.['data'] as Record<string, unknown>);

    expect(await rowOf(ann.id)).toEqual(expect.objectContaining({ reasons: [], inOwnWords: '', contributions: [] }));
    const again = cardOf(await press(feature, 'change', { data: {}, who: ann, community: here }));
    expect(actionsIn(again).map(({ verb }) => verb)).toEqual(['welcome.answer', 'welcome.stop']);
  });

  test('without one shows the empty question', async () => {
    const card = cardOf(await press(feature, 'change', { data: {}, who: ann, community: here }));

    expect(inputsIn(card)).toEqual({ reasons: '', inOwnWords: '', contributions: '' });
  });
});

describe('no more messages', () => {
  test('is kept in both places, confirmed, and can be taken back', async () => {
    const card = await stop();

    checkCard(card);
    expect(messenger.optedOut).toEqual(new Set([`${here.id} ${ann.id}`]));
    expect((await rowOf(ann.id))?.noMessages).toBe(true);
    expect(actionsIn(card).map(({ title, verb }) => [title, verb])).toEqual([
      ['Send me messages again', 'welcome.resume'],
    ]);
  });

  test('twice is as good as once', async () => {
    await stop();

    await stop();

    expect(messenger.optedOut.size).toBe(1);
  });

  test('works before the community has lists', async () => {
    lists.missing.add('newcomers');

    await stop();

    expect(messenger.optedOut.size).toBe(1);
  });

  test('messages again: with the question for who had not answered', async () => {
    await stop();

    const card = await resume();

    expect(messenger.optedOut.size).toBe(0);
    expect((await rowOf(ann.id))?.noMessages).toBe(false);
    expect(textsIn(card)).toContain('What brings you here?');
  });

  test('messages again: with what was fitted for who had', async () => {
    await answer({ reasons: 'tips' });
    await stop();

    const card = await resume();

    expect(textsIn(card)).toContain('Thank you, Ann');
    expect((await rowOf(ann.id))?.reasons).toEqual(['tips']);
  });
});

async function answer(data: Record<string, unknown>) {
  return cardOf(await press(feature, 'answer', { data: { community: here.id, ...data }, who: ann, community: here }));
}

async function stop() {
  return cardOf(await press(feature, 'stop', { data: { community: here.id }, who: ann, community: here }));
}

async function resume() {
  return cardOf(await press(feature, 'resume', { data: { community: here.id }, who: ann, community: here }));
}

async function rowOf(id: string) {
  return (await lists.of(here.id).newcomers.find(id))?.value;
}

async function writeSection(section: 'members'): Promise<void> {
  await lists.of(here.id).charter.create({
    key: section,
    section,
    text: 'Everybody.',
    reviewOn: null,
    changedBy: person('Priya Raman'),
    changedAt: '2026-11-20T10:00:00Z',
  });
}

function inputsIn(card: object): Record<string, unknown> {
  const { body } = card as { body: { type: string; id?: string; value?: unknown }[] };
  return Object.fromEntries(body.filter(({ type }) => type.startsWith('Input.')).map(({ id, value }) => [id, value]));
}
