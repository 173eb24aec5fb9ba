import { beforeEach, describe, expect, test } from '@jest/globals';
import { rowOf as planRow } from '../../../../bot/features/plan/store.ts';
import { added } from '../../../../domain/plan/plan.ts';
import { actionsIn, textsIn } from '../../../support/cards.ts';
import { community, member, person } from '../../../support/feature-parts.ts';
import { amara, daniel, gwen, here, id, priya, scene, type Scene } from './parts.ts';

let now: Scene;
beforeEach(() => {
  now = scene();
});

/** Who was sent what, by its kind and period. */
const sent = (kind: string): readonly (readonly string[])[] =>
  now.messenger.posted.filter(one => one.kind === kind).map(({ period, to }) => [period.replace(`${id}/`, ''), to]);
const cardOf = (kind: string) => now.messenger.posted.find(one => one.kind === kind)!.card;

describe('preparing', () => {
  test('asks hosts 10, 5 and 2 working days before, once each', async () => {
    await now.saves({ day: '2026-12-10' });
    for (const day of ['2026-11-25', '2026-11-26', '2026-11-27', '2026-12-03', '2026-12-08', '2026-12-09'])
      await now.morning(`${day}T09:00:00Z`);

    expect(sent('events.prepare')).toEqual([
      ['10', gwen.id],
      ['5', gwen.id],
      ['2', gwen.id],
    ]);
  });

  test('shows what is open, and what was said after the last ones', async () => {
    await now.announced({ day: '2026-11-23' }, 'the-one-before');
    now.clock.moveTo('2026-11-23T17:00:00Z');
    await now.notes({}, gwen, 'the-one-before');
    const { etag } = await now.sees(gwen, 'the-one-before');
    await now.saves(
      { day: '2026-11-23', change: 'Leave more time for questions' },
      { event: 'the-one-before', ifMatch: etag },
    );
    await now.saves();

    await now.morning('2026-11-24T09:00:00Z');

    const texts = textsIn(cardOf('events.prepare')).join('\n');
    expect(texts).toContain('To change, Monday 23 November: Leave more time for questions');
    expect(texts).toContain('Is it a bad week for anybody we need?');
    expect(actionsIn(cardOf('events.prepare')).map(({ verb }) => verb)).toContain('events.announce');
  });

  test('asks nobody about a coffee that is announced, and whether to announce one that is not', async () => {
    await now.announced({ kind: 'coffee' });
    await now.saves({ kind: 'coffee', title: 'Tea' }, { event: 'a-second-coffee' });

    await now.morning('2026-11-24T09:00:00Z');

    expect(now.messenger.posted.filter(({ kind }) => kind === 'events.prepare').map(({ summary }) => summary)).toEqual([
      'Tea, Thursday 26 November: what is still to be prepared',
    ]);
    expect(textsIn(cardOf('events.prepare')).join('\n')).toContain('Tea: shall we announce it?');
  });

  test('asks those who coordinate where no host is in the team', async () => {
    await now.saves({ hosts: [] });
    await now.morning('2026-11-24T09:00:00Z');

    expect(sent('events.prepare')).toEqual([['2', priya.id]]);
  });

  test('asks nobody about what somebody wrote into SharePoint', async () => {
    await now.announced({ audience: 'named', named: [person('Daniel Fitzgerald')] });
    const row = (await now.lists.of(here.id).events.find(id))!.value;
    await now.lists.byHand(here.id, 'events', { ...row, named: [person('Amara Okafor'), person('Gwen Parry')] });

    await now.morning('2026-11-24T09:00:00Z');

    expect(now.messenger.posted).toEqual([]);
  });
});

describe('those who are invited', () => {
  test('by name hear of it in their own chat, once, unless they have answered', async () => {
    await now.announced({ audience: 'named', named: [person('Amara Okafor'), person('Daniel Fitzgerald')] });
    await now.answers(amara, 'not');
    await now.morning('2026-11-23T09:00:00Z');
    await now.morning('2026-11-24T09:00:00Z');

    expect(sent('events.invite')).toEqual([
      [id, gwen.id],
      [id, daniel.id],
    ]);
    expect(actionsIn(cardOf('events.invite')).map(({ verb }) => verb)).toEqual([
      'events.answer',
      'events.answer',
      'events.answer',
    ]);
  });

  test('with everybody hear of it in the channel alone', async () => {
    await now.announced();
    await now.morning('2026-11-23T09:00:00Z');

    expect(sent('events.invite')).toEqual([]);
  });

  test('as the core group are who coordinates, facilitates or has a role', async () => {
    now = scene([priya, gwen, amara, daniel, member('Tomasz Nowak')]);
    await now.announced({ audience: 'core', hosts: [] });
    await now.morning('2026-11-23T09:00:00Z');

    expect(sent('events.invite').map(([, to]) => to)).toEqual([priya.id, 'tomasz-nowak']);
  });
});

describe('the day before', () => {
  test.each([
    ['coming', 'you said that you come'],
    ['maybe', 'you said that you may come'],
  ] as const)('who says %s gets a word, with the link', async (says, words) => {
    await now.announced();
    await now.answers(amara, says);
    await now.answers(daniel, 'not');
    await now.morning('2026-11-24T09:00:00Z');
    await now.morning('2026-11-25T09:00:00Z');
    await now.morning('2026-11-26T09:00:00Z');

    expect(sent('events.soon')).toEqual([['2026-11-26T15:00:00.000Z', amara.id]]);
    expect(textsIn(cardOf('events.soon')).join('\n')).toContain(words);
    expect(actionsIn(cardOf('events.soon'), 'Action.OpenUrl').map(({ url }) => url)).toContain(
      'https://teams.microsoft.com/l/meetup-join/1',
    );
  });

  test('who says so only on its eve hears of it that morning', async () => {
    await now.announced();
    await now.morning('2026-11-25T09:00:00Z');
    await now.answers(amara, 'coming');
    await now.morning('2026-11-26T09:00:00Z');

    expect(sent('events.soon')).toEqual([['2026-11-26T15:00:00.000Z', amara.id]]);
  });

  test('of another moment is another word', async () => {
    await now.announced();
    await now.answers(amara, 'coming');
    await now.morning('2026-11-25T09:00:00Z');
    const { etag } = await now.sees(priya);
    await now.saves({ day: '2026-11-27' }, { ifMatch: etag });
    await now.morning('2026-11-26T09:00:00Z');

    expect(sent('events.soon')).toHaveLength(2);
  });
});

describe('afterwards', () => {
  test('hosts are asked on the next open morning, for five days', async () => {
    await now.announced();
    await now.answers(amara, 'coming');
    await now.morning('2026-11-27T09:00:00Z');

    expect(sent('events.after')).toEqual([[id, gwen.id]]);
    const [people] = actionsInputs(cardOf('events.after'), 'people');
    expect(people).toMatchObject({ value: amara.id });
  });

  test('a server that was down for longer asks nobody', async () => {
    await now.announced();
    await now.morning('2026-12-02T09:00:00Z');

    expect(sent('events.after')).toEqual([]);
  });

  test('nobody is asked who has said so already, or about what did not take place', async () => {
    await now.announced();
    await now.announced({}, 'another-event');
    await now.moves('cancel', priya, 'another-event');
    now.clock.moveTo('2026-11-26T17:00:00Z');
    await now.notes({});
    await now.morning('2026-11-27T09:00:00Z');

    expect(sent('events.after')).toEqual([]);
  });
});

test('a morning without any event brings nothing, also where there is no list', async () => {
  now.lists.missing.add('events');

  await now.morning('2026-11-24T09:00:00Z', community());

  expect(now.messenger.posted).toEqual([]);
});

function actionsInputs(card: object, inputId: string): readonly Record<string, unknown>[] {
  const found: Record<string, unknown>[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (typeof value !== 'object' || value === null) return;
    if ((value as Record<string, unknown>)['id'] === inputId) found.push(value as Record<string, unknown>);
    Object.values(value).forEach(visit);
  };
  visit(card);
  return found;
}

describe('a community with nothing before it', () => {
  const asked = () => now.messenger.posted.filter(({ kind }) => kind === 'events.nothing');

  test('is asked once after a week when it meets again, with three things to meet for and what is stuck', async () => {
    await now.announced();
    await now.lists.of(here.id).plan.create(
      planRow('action-1', {
        ...added(
          {
            ...{ title: 'Redraw the chart', owners: [], due: null, state: 'stuck', weight: 'baseline' },
            aim: null,
            notes: '',
          },
          { by: person('Priya Raman'), now: now.clock.now() },
        ),
      }),
    );
    now.clock.moveTo('2026-11-26T17:00:00Z');
    await now.notes({ people: [{ id: amara.id, was: 'yes' }] });
    await now.morning('2026-11-30T09:00:00Z');
    expect(asked()).toEqual([]);

    for (const day of ['2026-12-04', '2026-12-07']) await now.morning(`${day}T09:00:00Z`);

    expect(new Set(asked().map(({ to }) => to))).toEqual(new Set([priya.id]));
    const texts = textsIn(asked()[0]!.card).join('\n');
    expect(texts).toContain('Nothing is planned since Chart surgery, Thursday 26 November. When do we meet again?');
    expect(texts.match(/^- /gm)).toHaveLength(3);
    expect(texts).toContain('Or look together at what is stuck: Redraw the chart.');
  });

  test('is not asked while a draft is in sight', async () => {
    await now.announced();
    await now.saves({ day: '2026-12-17' }, { event: 'another-event' });
    await now.morning('2026-12-07T09:00:00Z');

    expect(asked()).toEqual([]);
  });
});
