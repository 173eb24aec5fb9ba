import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Card } from '../../../../bot/cards.ts';
import type { CardReply } from '../../../../bot/feature.ts';
import type { Member } from '../../../../domain/community.ts';
import { actionsIn, checkCard, textsIn } from '../../../support/cards.ts';
import { ask, cardOf, noticeOf, person, press } from '../../../support/feature-parts.ts';
import { amara, daniel, here, priya, scene, type Scene } from './parts.ts';

let now: Scene;
beforeEach(async () => {
  now = scene();
  await now.adds('book-a-room');
  await now.adds('redraw-leaflet', { title: 'Redraw the leaflet', due: null });
  await now.adds('bake-a-cake', { title: 'Bake a cake', owners: [person('Daniel Fitzgerald')], due: '2026-11-20' });
});

function types(command: string, rest: string, who = amara, more: { message?: string; place?: 'channel' } = {}) {
  return ask(now.feature, command, { who, community: here, rest, ...more });
}

/** Presses a button of a card as it stands there. */
function presses(card: Card, title: string, who: Member = amara): Promise<CardReply> {
  const button = actionsIn(card).find(one => one['title'] === title);
  if (!button) throw new Error(`no button ${title} among ${JSON.stringify(actionsIn(card).map(one => one['title']))}`);
  const [, action = ''] = String(button['verb']).split('.');
  return press(now.feature, action, { who, community: here, data: button['data'] });
}

function buttons(card: Card): readonly unknown[] {
  return actionsIn(card).map(({ title }) => title);
}

async function actions() {
  const all = (await now.sees(priya)).actions;
  return Object.fromEntries(all.map(({ id, state, due, notes }) => [id, { state, due, notes }]));
}

const untouched = {
  'book-a-room': { state: 'to-do', due: '2026-11-24', notes: '' },
  'redraw-leaflet': { state: 'to-do', due: null, notes: '' },
  'bake-a-cake': { state: 'to-do', due: '2026-11-20', notes: '' },
};

describe('done', () => {
  test('one’s own is done at once, and Undo takes it back', async () => {
    const card = cardOf(await types('done', 'the leaflet'));
    const after = await actions();
    const undone = cardOf(await presses(card, 'Undo'));

    checkCard(card);
    expect(textsIn(card)[0]).toBe('Done: Redraw the leaflet. Thank you!');
    expect(after['redraw-leaflet']?.state).toBe('done');
    expect(textsIn(undone)[0]).toBe('Redraw the leaflet is as it was before.');
    expect(await actions()).toEqual(untouched);
  });

  test('with several of one’s own it asks which, and the button does it', async () => {
    const card = cardOf(await types('done', ''));
    const before = await actions();
    const done = cardOf(await presses(card, 'Book a room'));

    checkCard(card);
    expect([textsIn(card)[0], buttons(card)]).toEqual(['Which one is done?', ['Book a room', 'Redraw the leaflet']]);
    expect(before).toEqual(untouched);
    expect(textsIn(done)[0]).toBe('Done: Book a room. Thank you!');
  });

  test('two that are called alike are told apart by their days', async () => {
    await now.adds('book-another', { due: null });

    const card = cardOf(await types('done', 'book a room'));

    expect(buttons(card)).toEqual(['Book a room, due Tuesday 24 November', 'Book a room, no day yet']);
    expect((await actions())['book-a-room']?.state).toBe('to-do');
  });

  test('somebody else’s is shown first, with one button, to whoever may', async () => {
    const card = cardOf(await types('done', 'cake', priya));
    const before = await actions();
    const done = cardOf(await presses(card, 'Yes, it is done', priya));

    checkCard(card);
    expect([textsIn(card)[0], buttons(card)]).toEqual(['Is “Bake a cake” done?', ['Yes, it is done']]);
    expect(before).toEqual(untouched);
    expect(textsIn(done)[0]).toBe('Done: Bake a cake. Thank you!');
  });

  test('somebody else’s is nobody’s who may not, neither by word nor by a button of another’s card', async () => {
    const reply = await types('done', 'cake');
    const pressing = presses(cardOf(await types('done', 'cake', priya)), 'Yes, it is done', amara);

    expect(reply.outcome).toBe('refused');
    expect(textsIn(cardOf(reply))[0]).toMatch(/^“Bake a cake” belongs to Daniel Fitzgerald\./);
    await expect(pressing).rejects.toMatchObject({ code: 'not-allowed' });
    expect(await actions()).toEqual(untouched);
  });

  test('what is one’s own goes before what is another’s', async () => {
    await now.adds('cake-stand', { title: 'Buy a cake stand' });

    const card = cardOf(await types('done', 'cake'));

    expect(textsIn(card)[0]).toBe('Done: Buy a cake stand. Thank you!');
  });

  test.each([
    ['the leaflet we printed', /^Which one do you mean\?$/, 'nothing has all the words'],
    ['zebra', /^Which one do you mean\?$/, 'nothing has any of them: one’s own are offered'],
    ['x'.repeat(10_000), /^Which one do you mean\?$/, 'a long word'],
    ['leaflet '.repeat(1250), /^Which one do you mean\?$/, 'a long story'],
    ['ما هذا', /^Which one do you mean\?$/, 'another script'],
    ['Daniel Fitzgerald leaflet', /^Which one do you mean\?$/, 'somebody is mentioned'],
    ['${json(1)} {{title}} **x** <b>', /^Which one do you mean\?$/, 'markup'],
  ])('%.30j is asked about, and nothing is done: %s', async (rest, expected) => {
    const card = cardOf(await types('done', rest));

    checkCard(card);
    expect(textsIn(card)[0]).toMatch(expected);
    expect(await actions()).toEqual(untouched);
  });

  test('who has nothing open is told so', async () => {
    const [nothing, unknown] = [await types('done', '', priya), await types('done', 'a *zebra*', priya)];

    expect([cardOf(nothing), cardOf(unknown)].map(card => textsIn(card)[0])).toEqual([
      'Nothing of yours is open on the plan.',
      'I find no open action with “a \\*zebra\\*”.',
    ]);
  });

  test('answered again after a failure, or pressed twice, it is done once', async () => {
    await types('done', 'leaflet', amara, { message: '1' });
    await now.adds('other-leaflet', { title: 'Print the leaflet', owners: [person('Daniel Fitzgerald')] });
    const again = await types('done', 'redraw the leaflet', amara, { message: '1' });
    const card = cardOf(await types('done', 'cake', priya));
    const both = await Promise.all([1, 2].map(() => presses(card, 'Yes, it is done', priya)));

    expect(again.outcome).toBe('nothing');
    expect((await actions())['other-leaflet']?.state).toBe('to-do');
    expect(both.map(reply => textsIn(cardOf(reply))[0])).toEqual(Array(2).fill('Done: Bake a cake. Thank you!'));
    expect((await actions())['bake-a-cake']?.state).toBe('done');
  });

  test('what somebody has changed since is not undone', async () => {
    const card = cardOf(await types('done', 'leaflet'));
    await presses(card, 'Undo');
    await types('move', 'leaflet to Friday');

    const undone = await presses(card, 'Undo');

    expect(noticeOf(undone)).toBe('Somebody has changed Redraw the leaflet since, so I left it as it is now.');
    expect((await actions())['redraw-leaflet']).toMatchObject({ state: 'to-do', due: '2026-11-27' });
  });
});

describe('stuck', () => {
  test('keeps the reason in the notes, with who said so, and Undo takes both back', async () => {
    const card = cardOf(await types('stuck', 'leaflet because the *printer* is broken'));
    const after = (await actions())['redraw-leaflet'];
    await presses(card, 'Undo');

    checkCard(card);
    expect(textsIn(card)[0]).toBe('Stuck: Redraw the leaflet');
    expect(after).toEqual({
      state: 'stuck',
      due: null,
      notes: 'Stuck: the *printer* is broken (Amara Okafor, Monday 23 November)',
    });
    expect(await actions()).toEqual(untouched);
  });

  test('without a reason it says only that', async () => {
    const card = cardOf(await types('stuck', 'leaflet'));

    expect(textsIn(card)[1]).toBe('The plan shows it as stuck, so that others can see it and help.');
    expect((await actions())['redraw-leaflet']).toEqual({ state: 'stuck', due: null, notes: '' });
  });

  test('answered again, the reason stands there once', async () => {
    await types('stuck', 'leaflet because of rain');
    await types('stuck', 'leaflet because of rain');

    expect((await actions())['redraw-leaflet']?.notes.match(/of rain/g)).toHaveLength(1);
  });

  test('an endless reason is cut, and what does not fit into the notes is not lost silently', async () => {
    await now.adds('full-notes', { title: 'Write minutes', notes: 'n'.repeat(9_950) });

    await types('stuck', `leaflet because ${'y'.repeat(10_000)}`);
    const full = await types('stuck', `minutes because ${'y'.repeat(200)}`);

    expect((await actions())['redraw-leaflet']?.notes.length).toBeLessThan(400);
    expect(noticeOf(full)).toMatch(/^The notes of this action are full/);
    expect((await actions())['full-notes']?.state).toBe('to-do');
  });
});

describe('move', () => {
  test.each([
    ['leaflet to next Thursday', '2026-12-03'],
    ['the leaflet to Friday', '2026-11-27'],
    ['leaflet tomorrow', '2026-11-24'],
    ['leaflet until 3 December', '2026-12-03'],
  ])('%j: due %s, and Undo takes it back', async (rest, due) => {
    const card = cardOf(await types('move', rest));
    const after = (await actions())['redraw-leaflet'];
    await presses(card, 'Undo');

    expect(after?.due).toBe(due);
    expect(await actions()).toEqual(untouched);
  });

  test('the day it is counts where the community is', async () => {
    const auckland = { ...here, settings: { ...here.settings, timeZone: 'Pacific/Auckland' } };
    now.clock.moveTo('2026-11-23T12:30:00Z');

    await ask(now.feature, 'move', { who: amara, community: auckland, rest: 'leaflet to tomorrow' });

    expect((await actions())['redraw-leaflet']?.due).toBe('2026-11-25');
  });

  test.each([
    ['', /^To which day\?/, 'nothing was said'],
    ['leaflet', /^To which day\?/, 'no day'],
    ['leaflet to a week from Friday', /^To which day\?/, 'a day in two steps'],
    ['leaflet to next month', /^To which day\?/, 'no day of it'],
    ['leaflet to last Friday', /^20 November 2026 is over\./, 'a day that is over'],
    ['leaflet to 1 March 2020', /^1 March 2020 is over\./, 'another year'],
    [`${'x '.repeat(5000)}`, /^To which day\?/, 'a long text'],
  ])('%.40j asks back, and nothing is done: %s', async (rest, expected) => {
    expect(noticeOf(await types('move', rest))).toMatch(expected);
    expect(await actions()).toEqual(untouched);
  });

  test('with several it asks which, and the button knows the day', async () => {
    const card = cardOf(await types('move', 'to Friday'));
    await presses(card, 'Redraw the leaflet');

    expect(textsIn(card)[0]).toBe('Which one is due Friday 27 November?');
    expect((await actions())['redraw-leaflet']?.due).toBe('2026-11-27');
  });

  test('somebody else’s asks the coordinator first', async () => {
    const card = cardOf(await types('move', 'cake to Friday', priya));
    await presses(card, 'Yes, move it', priya);

    expect(textsIn(card)[0]).toBe('Move “Bake a cake” to Friday 27 November?');
    expect((await actions())['bake-a-cake']?.due).toBe('2026-11-27');
  });
});

describe('add', () => {
  test.each([
    ['action Order pens by Friday', 'Order pens', '2026-11-27'],
    ['action Order pens, next Thursday', 'Order pens', '2026-12-03'],
    ['action Order pens tomorrow', 'Order pens', '2026-11-24'],
    ['action Order pens for May', 'Order pens for May', null],
    ['action Invite the guests of Friday', 'Invite the guests of Friday', null],
    ['action Write up what we learnt last Friday', 'Write up what we learnt last Friday', null],
    ['action Give a talk of 10 minutes', 'Give a talk of 10 minutes', null],
  ])('%j: %j, due %s', async (rest, title, due) => {
    await types('add', rest);

    expect((await now.sees(priya)).actions.filter(({ addedBy }) => addedBy.id === amara.id)).toMatchObject([
      { title, due },
    ]);
  });

  test('a day that is over is asked about, and nothing is added', async () => {
    expect(noticeOf(await types('add', 'action Order pens by 1 March 2020'))).toMatch(
      /is over\. Which day do you mean/,
    );
    expect(await actions()).toEqual(untouched);
  });

  test('what was just added can be taken back by whoever added it, that day, while nobody else has touched it', async () => {
    const card = cardOf(await types('add', 'action Order pens'));
    const byAnother = await presses(card, 'Take it back', daniel);
    const removed = await presses(card, 'Take it back');
    const twice = await presses(card, 'Take it back');

    checkCard(card);
    expect(byAnother).toMatchObject({ outcome: 'refused' });
    expect([removed, twice].map(reply => textsIn(cardOf(reply))[0])).toEqual(
      Array(2).fill('Taken back. It is not on the plan any more.'),
    );
    expect(await actions()).toEqual(untouched);
  });

  test('what is older, or was changed by another, stays', async () => {
    const cards = [cardOf(await types('add', 'action Order pens')), cardOf(await types('add', 'action Order ink'))];
    await types('done', 'order pens', priya).then(reply => presses(cardOf(reply), 'Undo', priya));
    const changed = await presses(cards[0]!, 'Take it back');
    now.clock.moveTo('2026-11-24T09:00:00Z');
    const older = await presses(cards[1]!, 'Take it back');

    expect([changed, older].map(noticeOf)).toEqual(
      Array(2).fill(expect.stringMatching(/^This was added on another day/)),
    );
    expect(Object.keys(await actions())).toHaveLength(5);
  });

  test('answered again after a failure it is added once; written twice it is two', async () => {
    await types('add', 'action Order pens', amara, { message: '1' });
    await types('add', 'action Order pens', amara, { message: '1' });
    await types('add', 'action Order pens', amara, { message: '2' });

    expect(Object.keys(await actions())).toHaveLength(5);
  });
});

describe('remind me', () => {
  test.each([
    ['to call Daniel on Friday', 'Call Daniel', 'Friday 27 November'],
    ['on Friday to call Daniel', 'Call Daniel', 'Friday 27 November'],
    ['tomorrow to call Daniel', 'Call Daniel', 'Tuesday 24 November'],
    ['about the report by 3 December', 'The report', 'Thursday 3 December'],
  ])('%j is shown first: %s, due %s', async (rest, title, when) => {
    const card = cardOf(await types('remind me', rest));
    const before = await actions();
    const added = cardOf(await presses(card, 'Put it on the plan'));
    await presses(card, 'Put it on the plan');

    checkCard(card);
    expect([textsIn(card)[0], buttons(card)]).toEqual([`${title}, due ${when}`, ['Put it on the plan']]);
    expect(before).toEqual(untouched);
    expect(textsIn(added)).toContain(title);
    expect((await now.sees(amara)).actions.filter(one => one.title === title)).toMatchObject([
      { owners: [person('Amara Okafor')], addedBy: person('Amara Okafor') },
    ]);
  });

  test.each([
    ['', /^Of what, and when\?/, 'no what'],
    ['on Friday', /^Of what, and when\?/, 'only when'],
    ['of it tomorrow', /^Of what, and when\?/, 'it is nothing'],
    ['to call Daniel', /^On which day\? For example: remind me to call Daniel on Friday/, 'no when'],
    ['to call Daniel last Friday', /^20 November 2026 is over\./, 'over'],
    [`to ${'x'.repeat(10_000)} on Friday`, /^That is 10000 characters/, 'too long'],
  ])('%.30j asks back, and nothing is done: %s', async (rest, expected) => {
    expect(noticeOf(await types('remind me', rest))).toMatch(expected);
    expect(await actions()).toEqual(untouched);
  });

  test('its button is for the person who asked', async () => {
    const card = cardOf(await types('remind me', 'to call Daniel on Friday', amara, { place: 'channel' }));

    expect(await presses(card, 'Put it on the plan', daniel)).toMatchObject({ outcome: 'refused' });
    expect(await actions()).toEqual(untouched);
  });
});

describe('mine and overdue', () => {
  test('mine is what is open of one’s own, with its buttons', async () => {
    const card = cardOf(await types('mine', ''));

    checkCard(card);
    expect(textsIn(card)).toEqual(
      expect.arrayContaining(['Data Storytellers: yours', 'Book a room', 'Redraw the leaflet']),
    );
    expect(textsIn(card)).not.toContain('Bake a cake');
  });

  test('overdue is what is late, whoever it belongs to', async () => {
    const [card, none] = [cardOf(await types('overdue', '')), await doneAndAsked()];

    checkCard(card);
    expect(textsIn(card)).toEqual(expect.arrayContaining(['Overdue', 'Bake a cake']));
    expect(textsIn(card)).not.toContain('Book a room');
    expect(textsIn(none)).toContain('Nothing is overdue.');
  });

  test('who has nothing is told so', async () => {
    expect(textsIn(cardOf(await types('mine', '', priya)))).toContain('Nothing on the plan is waiting for you.');
  });
});

async function doneAndAsked(): Promise<Card> {
  await types('done', 'cake', daniel);
  return cardOf(await types('overdue', ''));
}
