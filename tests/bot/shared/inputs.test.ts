import { describe, expect, test } from '@jest/globals';
import { enteredChoices, enteredDay, enteredLine, enteredRemark, enteredTime } from '../../../bot/shared/inputs.ts';

describe('absent, empty and given are three things', () => {
  test.each([
    ['a line', enteredLine(10), '', ' a ', 'a'],
    ['a remark', enteredRemark(10), '', ' a\n', 'a'],
    ['several choices', enteredChoices(10), [], 'a,, b', ['a', 'b']],
    ['a day', enteredDay(), '', '2026-12-01', '2026-12-01'],
    ['a time', enteredTime(), '', '09:00', '09:00'],
  ])('for %s', (_what, schema, empty, text, given) => {
    expect([undefined, '', text].map(value => schema.parse(value))).toEqual([undefined, empty, given]);
  });
});

test.each([
  ['2026-12-01', '2026-12-01'],
  ['2026-12-01T00:00:00Z', '2026-12-01'],
  ['2026-12-01T09:30:00.000+01:00', '2026-12-01'],
  ['2026-12-01 00:00:00', '2026-12-01'],
  ['01/12/2026', '01/12/2026'],
  ['tomorrow', 'tomorrow'],
])('the day %s is %s', (typed, expected) => {
  expect(enteredDay().parse(typed)).toBe(expected);
});

test.each([
  ['09:00', '09:00'],
  ['9:00', '09:00'],
  ['9.05', '09:05'],
  ['09:00:00', '09:00'],
  ['09:00:00.000', '09:00'],
  ['9:00 AM', '09:00'],
  ['9:00\u202fPM', '21:00'],
  ['9:00:30 p.m.', '21:00'],
  ['12:15 am', '00:15'],
  ['12:15 PM', '12:15'],
  ['2026-12-01T14:30:00', '14:30'],
  ['2026-12-01T14:30:00.000Z', '14:30'],
  ['14:30+02:00', '14:30'],
  ['25:00', '25:00'],
  ['noon', 'noon'],
])('the time %s is %s', (typed, expected) => {
  expect(enteredTime().parse(typed)).toBe(expected);
});
