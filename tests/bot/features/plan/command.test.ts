import { beforeEach, describe, expect, test } from '@jest/globals';
import { actionsIn, checkCard, textsIn } from '../../../support/cards.ts';
import { ask, cardOf, noticeOf, person, press } from '../../../support/feature-parts.ts';
import { amara, daniel, here, priya, scene, type Scene } from './parts.ts';

let now: Scene;
beforeEach(() => {
  now = scene();
});

async function adds(rest: string, who = daniel) {
  return ask(now.feature, 'add', { who, community: here, rest });
}

describe('add action', () => {
  test('puts it on the plan in the words of whoever typed it, and shows it', async () => {
    const card = cardOf(await adds('action  Bake a *cake*\n for all '));

    checkCard(card);
    expect(textsIn(card)).toEqual(
      expect.arrayContaining(['On the plan', 'Bake a \\*cake\\* for all', 'To do · no day yet · nobody yet']),
    );
    expect((await now.sees(priya)).actions).toMatchObject([
      { title: 'Bake a *cake* for all', owners: [], due: null, state: 'to-do', addedBy: person('Daniel Fitzgerald') },
    ]);
    expect(now.lists.writes).toMatchObject([{ list: 'plan', operation: 'create', onBehalfOf: null }]);
  });

  test.each([
    ['', /^What is to be done\?/, 'nothing followed'],
    ['action', /^What is to be done\?/, 'no title followed'],
    ['action:   ', /^What is to be done\?/, 'only spaces followed'],
    [`action ${'x'.repeat(201)}`, /^That is 201 characters/, 'the title is too long'],
  ])('%j adds nothing and says what to type: %s', async (rest, expected) => {
    const notice = noticeOf(await adds(rest));

    expect(notice).toMatch(expected);
    expect(now.lists.writes).toEqual([]);
  });

  test.each([': Book a [room](http://x)', 'Book a [room](http://x)'])(
    '%j is asked about, with the button that adds it',
    async rest => {
      const card = cardOf(await adds(rest));

      checkCard(card);
      expect(textsIn(card)).toContain('Put “Book a \\[room\\]\\(http://x\\)” on the plan?');
      expect(actionsIn(card)).toMatchObject([
        { verb: 'bot.choose', data: { text: 'add action Book a [room](http://x)' }, style: 'positive' },
      ]);
      expect(now.lists.writes).toEqual([]);
    },
  );

  test('the card says who does it and until when; what it did not change stays', async () => {
    const card = cardOf(await adds('action Bake a cake'));
    const data = actionsIn(card)[0]?.['data'] as { action: string };

    const set = cardOf(
      await press(now.feature, 'set', {
        who: daniel,
        community: here,
        data: { ...data, due: '2026-11-25', owner: amara.id },
      }),
    );
    const later = cardOf(
      await press(now.feature, 'set', {
        who: daniel,
        community: here,
        data: { ...data, due: '2026-11-26', owner: '' },
      }),
    );

    checkCard(set);
    expect(textsIn(set)).toEqual(
      expect.arrayContaining(['Saved.', 'To do · due Wednesday 25 November · Amara Okafor']),
    );
    expect(textsIn(later)).toContain('To do · due Thursday 26 November · Amara Okafor');
  });

  test('its card, seen by others in a channel, changes nothing for them', async () => {
    const data = actionsIn(cardOf(await adds('action Bake a cake')))[0]?.['data'] as object;

    const pressing = press(now.feature, 'set', {
      who: amara,
      community: here,
      data: { ...data, due: '', owner: amara.id },
    });

    await expect(pressing).rejects.toMatchObject({ code: 'not-allowed' });
    expect((await now.sees(priya)).actions[0]?.owners).toEqual([]);
  });
});

test('plan shows what is mine in a chat, and to all the same in a channel', async () => {
  await now.adds('book-a-room');

  const [chat, channel] = [
    await ask(now.feature, 'plan', { who: amara, community: here }),
    await ask(now.feature, 'plan', { who: amara, community: here, place: 'channel' }),
  ];

  expect([textsIn(cardOf(chat)).includes('Yours'), textsIn(cardOf(channel)).includes('Yours')]).toEqual([true, false]);
});
