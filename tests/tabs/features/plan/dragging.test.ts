import { expect, test } from '@jest/globals';
import { announcementsOf, stateIn } from '../../../../tabs/features/plan/dragging.ts';
import english from '../../../../tabs/features/plan/text.en.json' with { type: 'json' };
import { createTexts } from '../../../../tabs/lib/text.ts';

const t = createTexts('en-GB').for('plan', { en: english });

test('a screen reader hears what is dragged, from where and to where', () => {
  const said = announcementsOf(id => (id === 'book-a-room' ? 'Book a room' : ''), t);
  const active = { id: 'book-a-room', data: { current: { state: 'to-do' } } } as never;
  const over = { id: 'doing' } as never;

  expect([
    said.onDragStart({ active }),
    said.onDragOver({ active, over }),
    said.onDragOver({ active, over: null }),
    said.onDragEnd({ active, over }),
    said.onDragEnd({ active, over: null }),
    said.onDragCancel({ active, over: null }),
  ]).toEqual([
    'Picked up “Book a room” from To do.',
    '“Book a room” is over Doing.',
    '“Book a room” is over no state.',
    '“Book a room” was dropped in Doing.',
    '“Book a room” stays where it was.',
    '“Book a room” stays where it was.',
  ]);
});

test.each([
  ['doing', 'doing'],
  ['nowhere', undefined],
  [7, undefined],
  [undefined, undefined],
])('%j is the state %j', (id, expected) => {
  expect(stateIn(id)).toBe(expected);
});
