import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { changedFields, type Question } from '../../domain/agenda/question.ts';
import { mergeFields, withField } from '../../domain/merge-fields.ts';

const merge = (base: Question | null, mine: Question, current: Question) =>
  mergeFields({ base, mine, current }, { changed: changedFields, text: 'details' });
const base: Question = { title: 'Who has a template?', details: 'For the board.\nIn December.', topics: ['SPC'] };

test.each<[Partial<Question>, Partial<Question>, Partial<Question>, string[], string[], string]>([
  [{ title: 'A' }, { topics: ['b'] }, { title: 'A', topics: ['b'] }, ['topics'], [], 'different fields'],
  [{ title: 'A' }, { title: 'B' }, { title: 'A' }, [], ['title'], 'the same field, differently'],
  [{ title: 'A' }, { title: 'A' }, { title: 'A' }, [], [], 'the same field, alike'],
  [
    { details: 'For our board.\nIn December.' },
    { details: 'For the board.\nIn January.' },
    { details: 'For our board.\nIn January.' },
    ['details'],
    [],
    'different lines of the details',
  ],
])('%j and %j become %j (theirs %j, to choose %j: %s)', (mine, theirs, merged, taken, clashes) => {
  expect(merge(base, { ...base, ...mine }, { ...base, ...theirs })).toEqual({
    value: { ...base, ...merged },
    theirs: taken,
    clashes,
  });
});

test('where there was none, every difference is to be chosen', () => {
  expect(merge(null, base, { ...base, title: 'B' })).toEqual({ value: base, theirs: [], clashes: ['title'] });
});

test('what nobody changed stays, and what is to be chosen is what both changed', () => {
  const question = fc.record({
    title: fc.constantFrom('a', 'b', 'c'),
    details: fc.constantFrom('', 'x', 'x\ny', 'z'),
    topics: fc.constantFrom<string[]>([], ['t'], ['t', 'u']),
  });
  fc.assert(
    fc.property(question, question, question, (before, mine, theirs) => {
      const merged = merge(before, mine, theirs);
      const chosen = merged.clashes.reduce((one, field) => withField(field, one, theirs), merged.value);

      for (const field of merged.clashes) expect(changedFields(mine, theirs)).toContain(field);
      if (merged.clashes.length === 0) expect(chosen).toEqual(merged.value);
      if (changedFields(before, mine).length === 0) expect(merged.value).toEqual(theirs);
      if (changedFields(before, theirs).length === 0) expect(merged.value).toEqual(mine);
    }),
  );
});
