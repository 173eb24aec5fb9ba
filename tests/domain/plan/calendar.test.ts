import { describe, expect, test } from '@jest/globals';
import { entriesOf, entryOf, mostEntries, type PlacedAction } from '../../../domain/plan/calendar.ts';

const cedar = { id: 'cedar', name: 'Data Storytellers' };

function action(choices: Partial<PlacedAction> = {}): PlacedAction {
  return {
    id: 'book-room',
    title: 'Book the room',
    owners: [{ id: 'priya-raman', name: 'Priya Raman' }],
    due: '2026-11-27',
    state: 'to-do',
    addedAt: '2026-11-02T09:00:00.000Z',
    changedAt: '2026-11-02T09:00:00.000Z',
    community: cedar,
    ...choices,
  };
}

describe('what stands in a calendar', () => {
  test('what is due and not done, soonest first', () => {
    const entries = entriesOf([
      action({ id: 'late-one', due: '2026-12-01' }),
      action({ id: 'soon-one', due: '2026-11-24', state: 'stuck' }),
      action({ id: 'no-day-one', due: null }),
      action({ id: 'done-one', state: 'done' }),
      action({ id: 'doing-one', due: '2026-11-25', state: 'doing' }),
    ]);

    expect(entries.map(({ uid }) => uid)).toEqual([
      'soon-one.cedar@cop-companion',
      'doing-one.cedar@cop-companion',
      'late-one.cedar@cop-companion',
    ]);
  });

  test('as much of one action as a calendar shows', () => {
    expect(entriesOf([action()])).toEqual([
      {
        uid: 'book-room.cedar@cop-companion',
        sequence: 0,
        changedAt: '2026-11-02T09:00:00.000Z',
        day: '2026-11-27',
        title: 'Book the room',
        owners: ['Priya Raman'],
        community: cedar,
      },
    ]);
  });

  test('no more than a calendar is glad to read', () => {
    const many = Array.from({ length: mostEntries + 5 }, (_, index) => action({ id: `action-${index}` }));

    expect(entriesOf(many)).toHaveLength(mostEntries);
  });
});

describe('one action', () => {
  test.each([
    ['2026-11-02T09:00:00.000Z', 0, 'new'],
    ['2026-11-02T09:00:05.900Z', 5, 'changed after seconds'],
    ['2026-12-02T09:00:00.000Z', 2_592_000, 'changed a month later: below 2³¹ for 68 years'],
    ['2026-11-02T08:59:00.000Z', 0, 'never below nought, whatever a clock said'],
  ])('changed at %s has sequence %i: %s', (changedAt, sequence) => {
    expect(entryOf({ ...action({ changedAt }), due: '2026-11-27' }).sequence).toBe(sequence);
  });

  test('keeps its name when it moves, and the same action elsewhere has another', () => {
    const before = entryOf({ ...action(), due: '2026-11-27' });
    const moved = entryOf({ ...action({ title: 'Another title' }), due: '2026-12-04' });
    const elsewhere = entryOf({ ...action({ community: { id: 'oak', name: 'Oak' } }), due: '2026-11-27' });

    expect(moved.uid).toBe(before.uid);
    expect(elsewhere.uid).not.toBe(before.uid);
  });
});
