import { beforeEach, describe, expect, test } from '@jest/globals';
import { actionsIn, textsIn } from '../../../support/cards.ts';
import { cardOf, noticeOf, press } from '../../../support/feature-parts.ts';
import { failureOf } from '../../../support/requests.ts';
import { amara, daniel, gwen, here, id, priya, scene, type Scene } from './parts.ts';

let now: Scene;
beforeEach(async () => {
  now = scene();
  await now.announced();
});

const presses = (verb: string, who: typeof gwen, data: object = {}) =>
  press(now.feature, verb, { who, community: here, data: { event: id, ...data } });

describe('the three buttons', () => {
  test.each([
    ['coming', 'You come to Chart surgery: Thursday 26 November, 15:00. Everybody sees it on the card.'],
    ['maybe', 'You may come to Chart surgery. Everybody sees how many may.'],
    ['not', 'You do not come to Chart surgery this time. Thank you for saying so.'],
  ] as const)('%s: %s', async (says, notice) => {
    expect(noticeOf(await presses('answer', amara, { says }))).toBe(notice);
    expect(await now.sees(amara)).toMatchObject({ mine: { says } });
  });

  test('say why nothing can be said any more', async () => {
    await now.moves('cancel');

    expect(noticeOf(await presses('answer', amara, { says: 'coming' }))).toBe('Chart surgery does not take place.');
  });

  test('are for those who are invited', async () => {
    const { etag } = await now.sees(priya);
    await now.saves({ audience: 'core' }, { ifMatch: etag });

    expect(noticeOf(await presses('answer', daniel, { says: 'coming' }))).toMatch(/^This event is for others/);
    expect(await now.sees(daniel)).toMatchObject({ mine: null });
  });
});

describe('preparing', () => {
  test('ticks one of the six Ps, and leaves the others', async () => {
    const card = cardOf(await presses('ready', gwen, { ps: 'place' }));

    expect(await now.sees(gwen)).toMatchObject({ ps: { place: { text: '', done: true } } });
    const open = actionsIn(card).flatMap(({ verb, data }) =>
      verb === 'events.ready' ? [(data as { ps: string }).ps] : [],
    );
    expect(open).toEqual(['purpose', 'people', 'presentation', 'participation']);
    expect((await failureOf(presses('ready', daniel, { ps: 'place' }))).code).toBe('not-allowed');
  });

  test('announces a draft from the card', async () => {
    await now.saves({ title: 'Chart clinic' }, { event: 'another-event' });

    await presses('announce', gwen, { event: 'another-event' });
    await presses('announce', gwen, { event: 'another-event' });

    expect(await now.sees(amara, 'another-event')).toMatchObject({ state: 'announced' });
    expect(now.messenger.posted.filter(({ period }) => period === 'another-event')).toHaveLength(1);
  });
});

describe('afterwards', () => {
  const asked = [amara.id, daniel.id].join(',');
  beforeEach(async () => {
    await now.answers(amara, 'coming');
    now.clock.moveTo('2026-11-26T17:00:00Z');
  });

  test('who was there, what to keep and to change is kept, and what comes next is in the plan', async () => {
    const press = () =>
      presses('after', gwen, {
        asked,
        people: daniel.id,
        guests: 'A guest, St Mary’s\na guest, st mary’s',
        keep: 'Six people, one chart',
        change: 'Leave more time for questions',
        next: 'Share the chart\n\n  Share  the chart \nAsk Lars',
      });
    const card = cardOf(await press());
    await press();

    expect(textsIn(card).join('\n')).toContain('Saved: 2 people were there. 2 steps are in the plan.');
    expect(now.planned.map(({ title }) => title)).toEqual(['Share the chart', 'Ask Lars']);
    expect(await now.sees(gwen)).toMatchObject({
      state: 'held',
      there: 2,
      keep: 'Six people, one chart',
      change: 'Leave more time for questions',
    });
    const { rows } = await now.seesAttendance(gwen);
    expect(rows.map(({ person, guest, was }) => [person?.name ?? guest, was])).toEqual([
      ['A guest', 'yes'],
      ['Amara Okafor', 'no'],
      ['Daniel Fitzgerald', 'yes'],
    ]);
  });

  test('what did not come back from a phone stays as it was', async () => {
    await presses('after', gwen, { asked, people: amara.id, keep: 'Tea' });
    await presses('after', gwen, { asked, change: 'Cake' });

    expect(await now.sees(gwen)).toMatchObject({ keep: 'Tea', change: 'Cake', there: 1 });
  });

  test('nothing at all that came back changes nothing', async () => {
    expect(noticeOf(await presses('after', gwen, { asked }))).toMatch(/nothing/i);
    expect(await now.sees(gwen)).toMatchObject({ state: 'announced' });
  });

  test('that it did not take place is said with one press', async () => {
    const card = cardOf(await presses('cancel', gwen));

    expect(textsIn(card).join('\n')).toContain('Noted: Chart surgery on Thursday 26 November does not take place.');
    expect(await now.sees(amara)).toMatchObject({ state: 'cancelled' });
    expect(noticeOf(await presses('after', gwen, { asked, keep: 'Tea' }))).toBe('Chart surgery does not take place.');
  });

  test('is for hosts, and not before it has begun', async () => {
    expect((await failureOf(presses('after', daniel, { asked, keep: 'Tea' }))).code).toBe('not-allowed');
    now.clock.moveTo('2026-11-26T14:00:00Z');
    expect(noticeOf(await presses('after', gwen, { asked, keep: 'Tea' }))).toBe('Chart surgery has not begun yet.');
  });

  test('turns the card in the channel, and those of the other hosts', async () => {
    await presses('after', gwen, { asked, people: amara.id });

    const [card] = now.messenger.posted.filter(({ kind }) => kind === 'events.card');
    expect(textsIn(card!.card)).toEqual(expect.arrayContaining(['It took place', 'One person was there.']));
    expect(now.messenger.refreshed.map(({ kind }) => kind)).toContain('events.after');
  });
});
