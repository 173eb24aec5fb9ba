import { describe, expect, test } from '@jest/globals';
import type { Card } from '../../../../bot/cards.ts';
import { cardData, facilitationCard } from '../../../../bot/features/facilitation/card.ts';
import sample from '../../../../bot/features/facilitation/cards/facilitation.sample.json' with { type: 'json' };
import en from '../../../../bot/features/facilitation/text.en.json' with { type: 'json' };
import method from '../../../../domain/facilitation/text.en.json' with { type: 'json' };
import { boardFor, weekFrom, type Tick } from '../../../../domain/facilitation/facilitation.ts';
import { facilitationWeek } from '../../../../domain/facilitation/method.ts';
import { actionsIn, checkCard, samplesOf, textsIn } from '../../../support/cards.ts';
import { community, person, settings, translateFor } from '../../../support/feature-parts.ts';

const feature = { name: 'facilitation', text: { en: { ...en, ...method } } };
const week = '2026-11-23';

const said: Readonly<Record<string, string>> = {
  facilitation: '60 of 290 minutes done',
  pause: 'Back to the week',
  choice: 'Back to the week',
  planning: 'Keep in the plan',
  member: 'Only you see this. Nobody counts how much of it you do.',
};

test.each(samplesOf('facilitation'))('the sample of $name renders', ({ name, card }) => {
  checkCard(card);

  expect(textsIn(card)).toContain(said[name]);
});

test('the sample has the shape of what the card is filled with', () => {
  const data = cardData(partsAt('2026-11-24T10:00:00Z', []), translateFor(feature));

  expect(Object.keys(sample)).toEqual(Object.keys(data));
  expect(Object.keys(sample.groups[0]!)).toEqual(Object.keys(data.groups[0]!));
  expect(Object.keys(sample.groups[0]!.rows[0]!)).toEqual(Object.keys(data.groups[0]!.rows[0]!));
});

describe('the fullest card keeps under 25 KB', () => {
  test.each([
    ['nothing ticked, on Monday', '2026-11-23T10:00:00Z', ''],
    ['nothing ticked, on Friday', '2026-11-27T10:00:00Z', ''],
    [
      'all ticked by people with long names',
      '2026-11-27T10:00:00Z',
      'Wolfeschlegelsteinhausenbergerdorff-von Oettingen zu Hohenstein, Maximilian Alexander',
    ],
    ['all ticked by people whose names need escaping', '2026-11-27T10:00:00Z', '_*'.repeat(60)],
    ['all ticked by people with long names in another script', '2026-11-27T10:00:00Z', 'श्रीमती '.repeat(20)],
  ])('%s', (_reason, now, name) => {
    const ticks = name === '' ? [] : facilitationWeek.map(task => ticked(task.id, name, '2026-11-26T10:00:00Z'));
    const notes = Array<string>(9).fill('नमस्ते '.repeat(60));

    const waiting = { lines: notes.map(text => ({ text, more: 3 })), overview: 'https://example.org/overview' };

    const card = facilitationCard({ ...partsAt(now, ticks), notes, waiting }, translateFor(feature));

    checkCard(card);
    expect(rowsOf(card)).toBe(20);
  });
});

describe('what waits for somebody', () => {
  const overview = 'https://example.org/overview';
  const line = (text: string, more = 0) => ({ text, more });
  const shown = (lines: readonly { readonly text: string; readonly more: number }[], now = '2026-11-23T10:00:00Z') =>
    textsIn(facilitationCard({ ...partsAt(now, []), waiting: { lines, overview } }, translateFor(feature)));

  test('stands by name, without a word on more where that is all', () => {
    const texts = shown([line('Overdue: “Book a room” (Lars)')]);

    expect(texts).toEqual(expect.arrayContaining(['Waits for somebody', '- Overdue: “Book a room” (Lars)']));
    expect(texts.filter(text => text.includes('more on Home'))).toEqual([]);
  });

  test('is eight lines at most; the rest is counted, with the way to it', () => {
    const texts = shown([...'abcdefgh'].map(text => line(text, 1)).concat(line('i', 2), line('j')));

    expect(texts).toContain('- a\n- b\n- c\n- d\n- e\n- f\n- g\n- h');
    // One beside each of eight, three of the ninth line, one of the tenth.
    expect(texts).toContain('12 more on Home');
  });

  test('what is due this week is nothing of a week that is over', () => {
    const note = 'The plan: 1 action is due this week.';
    const textsAt = (now: string) =>
      textsIn(facilitationCard({ ...partsAt(now, []), notes: [note] }, translateFor(feature)));

    expect(textsAt('2026-11-27T10:00:00Z')).toContain(note);
    expect(textsAt('2026-12-01T10:00:00Z')).not.toContain(note);
  });

  test('is no debt of a week that is over, and nothing where nothing waits', () => {
    expect(shown([line('a')], '2026-12-01T10:00:00Z')).not.toContain('Waits for somebody');
    expect(shown([])).not.toContain('Waits for somebody');
  });
});

describe('where and when a tick is shown', () => {
  test.each([
    ['en-GB', 'Europe/London', 'Priya Raman, 09:05', 'British time'],
    ['en-US', 'America/New_York', 'Priya Raman, 04:05 AM', 'the community’s zone, the reader’s habit'],
    ['de-DE', 'Asia/Kathmandu', 'Priya Raman, 14:50', 'a language there is'],
    ['fr-FR', 'America/New_York', 'Priya Raman, 04:05', 'no French sentences: an English card throughout'],
    ['not a locale', 'Europe/London', 'Priya Raman, 09:05', 'a locale that is none'],
  ])('%s in %s: %s, %s', (locale, timeZone, expected) => {
    const parts = partsAt('2026-11-23T10:00:00Z', [ticked('content', 'Priya Raman', '2026-11-23T09:05:00Z')], timeZone);

    const card = facilitationCard(parts, translateFor(feature, locale));

    expect(textsIn(card)).toContain(expected);
  });

  test('with its weekday when it was on another day', () => {
    const parts = partsAt('2026-11-25T10:00:00Z', [ticked('content', 'Priya Raman', '2026-11-24T09:05:00Z')]);

    const card = facilitationCard(parts, translateFor(feature));

    expect(textsIn(card)).toContain('Priya Raman, Tue 09:05');
  });
});

test.each([
  [0, '0 of 290 minutes done', 'nothing done'],
  [1, '10 of 290 minutes done', 'the first tick shows'],
  [20, '290 of 290 minutes done', 'everything done'],
])('with %i tasks done it says “%s”: %s', (count, expected) => {
  const ticks = facilitationWeek.slice(0, count).map(task => ticked(task.id, 'Priya Raman', '2026-11-23T09:05:00Z'));

  const card = facilitationCard(partsAt('2026-11-23T10:00:00Z', ticks), translateFor(feature));

  expect(textsIn(card)).toContain(expected);
});

test('on a rest day it says when the next week starts', () => {
  const card = facilitationCard(partsAt('2026-11-28T10:00:00Z', []), translateFor(feature));

  expect(textsIn(card)).toContain('Nothing is planned for today. The next week starts on Monday.');
});

test('thanks when everything of today is done', () => {
  const ticks = facilitationWeek
    .filter(task => task.day === 1)
    .map(task => ticked(task.id, 'Priya Raman', '2026-11-23T09:05:00Z'));

  const card = facilitationCard(partsAt('2026-11-23T10:00:00Z', ticks), translateFor(feature));

  expect(textsIn(card)).toContain('That is everything for today. Thank you!');
});

test('lines from elsewhere are text: nothing in them is evaluated', () => {
  const note = '${json(1)} ${$root.community} {{week}} $t(title)';

  const card = facilitationCard({ ...partsAt('2026-11-23T10:00:00Z', []), notes: [note] }, translateFor(feature));

  expect(textsIn(card)).toContain(note);
});

test('names its source with a link, and says why it comes', () => {
  const card = facilitationCard(partsAt('2026-11-23T10:00:00Z', []), translateFor(feature));

  expect(textsIn(card).at(-1)).toBe(
    'Rhythm and minutes follow [I don’t have time to facilitate the community](https://mik0ton.wordpress.com/2012/08/22/i-dont-have-time-to-faciltiate-the-community/). You get this card because you facilitate here; the settings say who does.',
  );
});

test.each([
  ['light', 'This is a shorter form of the week in [I don’t have time'],
  ['bare', 'This is what nobody should go without of the week in [I don’t have time'],
] as const)('a %s week does not say that its minutes are those of the source', (size, expected) => {
  const chosen = community({ settings: settings({ facilitation: { size } }) });

  const card = facilitationCard({ ...partsAt('2026-11-23T10:00:00Z', []), community: chosen }, translateFor(feature));

  expect(textsIn(card).at(-1)).toContain(expected);
});

test('a row is one button that says all that stands in it, and what it does', () => {
  const card = facilitationCard(
    partsAt('2026-11-23T10:00:00Z', [ticked('content', 'Priya Raman', '2026-11-23T09:05:00Z')]),
    translateFor(feature),
  );

  const buttons = actionsIn(card).filter(action =>
    ['content', 'figures'].includes((action['data'] as { task?: string }).task ?? ''),
  );
  expect(buttons).toEqual([
    {
      type: 'Action.Execute',
      verb: 'facilitation.tick',
      title:
        'Tick: See what people came for, 10 minutes. Which posts drew them in last week, and on which day and hour are most people here?',
      data: { community: community().id, week, task: 'figures' },
    },
    {
      type: 'Action.Execute',
      verb: 'facilitation.untick',
      title: 'Done: Prepare what you will share. Priya Raman, 09:05. Take it back',
      data: { community: community().id, week, task: 'content' },
    },
  ]);
});

function partsAt(moment: string, ticks: readonly Tick[], timeZone = 'Europe/London') {
  const now = new Date(moment);
  return {
    community: community({ settings: settings({ timeZone }) }),
    board: boardFor(weekFrom(week), ticks, now, timeZone),
    notes: [],
    waiting: null,
    earlier: null,
    may: () => true,
    why: 'facilitates' as const,
    mornings: null,
    now,
  };
}

function ticked(task: string, name: string, tickedAt: string): Tick {
  return { week, task, tickedBy: person(name), tickedAt };
}

function rowsOf(card: Card): number {
  return actionsIn(card).filter(action => 'task' in (action['data'] as object)).length;
}
