import { expect, test } from '@jest/globals';
import { faultOf, termFrom } from '../../../../tabs/features/roles/term-draft.ts';

test.each([
  { reason: 'both days', draft: { since: '2026-11-22', until: '2027-11-22', note: '' }, fault: null },
  { reason: 'one and the same day', draft: { since: '2026-11-22', until: '2026-11-22', note: '' }, fault: null },
  { reason: 'no last day', draft: { since: '2026-11-22', until: '', note: '' }, fault: null },
  { reason: 'no first day', draft: { since: '', until: '2027-11-22', note: '' }, fault: 'missing' },
  { reason: 'the last day first', draft: { since: '2026-11-22', until: '2026-11-21', note: '' }, fault: 'wrong' },
])('what is wrong with a term: $reason', ({ draft, fault }) => {
  expect(faultOf(draft)).toBe(fault);
});

test('an empty day is saved as none, and a note without the blanks around it', () => {
  expect(termFrom({ since: '2026-11-22', until: '', note: ' Fridays ' })).toEqual({
    since: '2026-11-22',
    until: null,
    note: 'Fridays',
  });
});
