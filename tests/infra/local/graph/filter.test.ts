import { describe, expect, test } from '@jest/globals';
import {
  compare,
  meets,
  readFilter,
  type Condition,
  type Operand,
  type Value,
} from '../../../../infra/local/graph/filter.ts';

describe('a filter', () => {
  test.each<[string, readonly Condition[], string]>([
    ["fields/week eq '2026-11-23'", [{ path: 'fields/week', operator: 'eq', value: '2026-11-23' }], 'text is quoted'],
    [
      "fields/key eq 'O''Neil and sons'",
      [{ path: 'fields/key', operator: 'eq', value: "O'Neil and sons" }],
      'a quote in text is doubled, and its words are text',
    ],
    ["fields/key eq 'a(b),c'", [{ path: 'fields/key', operator: 'eq', value: 'a(b),c' }], 'so are its signs'],
    ['fields/count lt 600', [{ path: 'fields/count', operator: 'lt', value: 600 }], 'numbers are not'],
    ['fields/done eq true', [{ path: 'fields/done', operator: 'eq', value: true }], 'nor are true and false'],
    ['fields/text ne null', [{ path: 'fields/text', operator: 'ne', value: null }], 'null is what is not set'],
    [
      "startswith(fields/key,'2026')",
      [{ path: 'fields/key', operator: 'startswith', value: '2026' }],
      'startswith is a function',
    ],
    [
      "startswith(fields/key, '2026') eq true",
      [{ path: 'fields/key', operator: 'startswith', value: '2026' }],
      'which may be compared',
    ],
    [
      'createdDateTime ge 2026-11-01T00:00:00Z',
      [{ path: 'createdDateTime', operator: 'ge', value: '2026-11-01T00:00:00Z' }],
      'moments may stand bare',
    ],
    [
      "(fields/a eq '1') and fields/b GT 2",
      [
        { path: 'fields/a', operator: 'eq', value: '1' },
        { path: 'fields/b', operator: 'gt', value: 2 },
      ],
      'conditions are joined by and',
    ],
  ])('%s is read: %j, because %s', (text, conditions) => {
    expect(readFilter(text)).toEqual(conditions);
  });

  test.each([
    ["fields/a eq '1' or fields/b eq '2'", 'or is not among the published operators'],
    ["contains(fields/a,'1')", 'contains is not either'],
    ["not fields/a eq '1'", 'nor is not'],
    ["fields/a eq 'it's'", 'the quote inside is not doubled'],
    ['fields/a eq word', 'text is not quoted'],
    ['fields/a', 'nothing is asked'],
    ["(fields/a eq '1'", 'a bracket stays open'],
    ["fields/a eq '1' and", 'something is missing'],
    ['', 'it is empty'],
  ])('%s is refused, because %s', text => {
    expect(() => readFilter(text)).toThrow('is not valid');
  });
});

test.each<[Value | undefined, Condition['operator'], Value | null, Operand['kind'], boolean, string]>([
  ['Week', 'eq', 'week', 'text', true, 'text is the same in any case'],
  ['Weekly', 'startswith', 'WEEK', 'text', true, 'here too'],
  ['b', 'gt', 'a', 'text', true, 'text is in the order of the alphabet'],
  [10, 'gt', 9, 'number', true, 'numbers are not text'],
  ['2026-11-23T09:00:00Z', 'eq', '2026-11-23T10:00:00+01:00', 'moment', true, 'a moment is the same in any zone'],
  [true, 'eq', 1, 'boolean', true, 'SharePoint writes yes as 1'],
  ['a', 'le', 'a', 'text', true, 'at most includes itself'],
  ['a', 'ne', 'a', 'text', false, 'it is the same'],
  [undefined, 'eq', null, 'text', true, 'it is not set'],
  [undefined, 'ne', 'a', 'text', true, 'what is not set differs'],
  [undefined, 'lt', 5, 'number', false, 'what is not set is not below anything'],
])('%p %s %p as %s: %p, because %s', (given, operator, value, kind, expected) => {
  expect(meets(given, { path: 'x', operator, value }, kind)).toBe(expected);
});

test('what is not set comes first in an order', () => {
  const values = ['b', undefined, 'A'];

  expect(
    values
      .map((value, at) => ({ value, at }))
      .sort((one, other) => compare(one.value, other.value, 'text'))
      .map(({ value }) => value),
  ).toEqual([undefined, 'A', 'b']);
});
