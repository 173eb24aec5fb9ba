import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import {
  cleanLine,
  cleanProse,
  cleanValue,
  identifier,
  isBareText,
  line,
  prose,
  remark,
  shortened,
} from '../../domain/text.ts';

// eslint-disable-next-line no-control-regex
const unwanted = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]/;

describe('prose', () => {
  test.each([
    { text: 'a\u0000b', clean: 'ab', reason: 'PostgreSQL keeps no NUL' },
    { text: 'a\u0008\u001b[31mb', clean: 'a[31mb', reason: 'XML 1.0 has no control characters' },
    { text: 'a\u0085b\u009fc', clean: 'a\nbc', reason: 'nor the second set of them; next line ends a line' },
    { text: 'a\ud800b \udc00', clean: 'a\ufffdb \ufffd', reason: 'half a character is none' },
    { text: '😀', clean: '😀', reason: 'two halves are one' },
    { text: 'a\ufffe\uffff\ufdd0\u{1fffe}\u{10ffff}b', clean: 'ab', reason: 'noncharacters stand for nothing' },
    {
      text: 'Pay \u202eeurt\u202c \u2066x\u2069',
      clean: 'Pay eurt x',
      reason: 'nothing turns the reading direction of what follows',
    },
    { text: 'שלום\u200f (אבג)', clean: 'שלום\u200f (אבג)', reason: 'a mark of direction turns nothing' },
    {
      text: 'نمی\u200cدانم 👨\u200d👩\u200d👧 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
      clean: 'نمی\u200cدانم 👨\u200d👩\u200d👧 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
      reason: 'Persian and emoji need joiners and tags',
    },
    {
      text: 'a\r\nb\rc\u000bd\u2028e\tf',
      clean: 'a\nb\nc\nd\ne\tf',
      reason: 'lines end in one way; Word writes a vertical tab',
    },
    { text: '\u200b\u200d\u2060\ufeff\u00ad\u3164\u2800 \n', clean: '', reason: 'nothing to see is nothing' },
    { text: '\u202e\u0000', clean: '', reason: 'and so is what was only harmful' },
    { text: ' a \n', clean: ' a \n', reason: 'spaces are the author’s' },
  ])('$reason', ({ text, clean }) => {
    expect(cleanProse(text)).toBe(clean);
  });

  test('whatever comes, what is left can be stored anywhere, and cleaning it again changes nothing', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map(code => String.fromCharCode(code)), maxLength: 200 }),
        text => {
          const clean = cleanProse(text);
          expect(clean.isWellFormed()).toBe(true);
          expect(clean).not.toMatch(unwanted);
          expect(cleanProse(clean)).toBe(clean);
          expect(cleanLine(cleanLine(text))).toBe(cleanLine(text));
        },
      ),
    );
  });
});

test('a line is one line, without spaces around it', () => {
  expect(line(20).parse('  Book\u202e a\r\n\troom ')).toBe('Book a room');
});

test('a line of which nothing can be seen is empty, and is refused where one is needed', () => {
  expect([line(5).parse('\u200b\u3164'), line(5).min(1).safeParse('\u200b').success]).toEqual(['', false]);
});

test('what is taken away does not count, what is left does', () => {
  expect([line(2).safeParse('a\u0000\u0000b ').success, line(2).safeParse('abc').success]).toEqual([true, false]);
  expect([prose(2).safeParse('abc').success, remark(1).safeParse(' a ').data]).toEqual([false, 'a']);
});

test.each([
  { id: '19:abc_DEF-1@thread.tacv2;messageid=1763974800000', fits: true, reason: 'a conversation of Teams' },
  { id: '8:orgid:6b7c', fits: true, reason: 'a person of Teams' },
  { id: 'role\u0000', fits: false, reason: 'NUL' },
  { id: 'role\n', fits: false, reason: 'an end of line' },
  { id: '\udc00', fits: false, reason: 'half a character' },
  { id: 'ro\u200ble', fits: false, reason: 'something that cannot be seen' },
  { id: 'x'.repeat(61), fits: false, reason: 'longer than it may be' },
])('an identifier is taken as it is or refused: $reason', ({ id, fits }) => {
  expect(identifier(60).safeParse(id).success).toBe(fits);
});

test('a value is cleaned all through, names too', () => {
  const value = { 'a\u0000': ['b\ud800', { c: '\u202ed', n: 1, t: true, z: null }] };

  expect(cleanValue(value)).toEqual({ a: ['b\ufffd', { c: 'd', n: 1, t: true, z: null }] });
});

test('what lies deeper than anybody reads is left out', () => {
  const deep = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`) as unknown;

  expect(JSON.stringify(cleanValue(deep))).toBe(`${'['.repeat(64)}null${']'.repeat(64)}`);
});

test.each([
  { schema: z.string(), bare: true, reason: 'anything' },
  { schema: z.string().max(10), bare: true, reason: 'anything short' },
  { schema: z.string().trim().max(10), bare: true, reason: 'anything trimmed' },
  { schema: z.string().overwrite(cleanProse), bare: true, reason: 'without an end' },
  { schema: line(10).min(1), bare: false, reason: 'a line' },
  { schema: prose(10), bare: false, reason: 'prose' },
  { schema: remark(10), bare: false, reason: 'a remark' },
  { schema: identifier(10), bare: false, reason: 'an identifier' },
  { schema: z.string().regex(/^[a-z]+$/), bare: false, reason: 'a pattern' },
])('$reason is bare: $bare', ({ schema, bare }) => {
  expect(isBareText(schema)).toBe(bare);
});

test.each([
  ['short enough', 'Ann Okafor', 10, 'Ann Okafor'],
  ['at a word', 'Ann Okafor Smith', 12, 'Ann Okafor…'],
  ['in one long word', 'Donaudampfschifffahrt', 10, 'Donaudamp…'],
  ['whatever takes two units is one character', '🙂🙂🙂', 3, '🙂🙂🙂'],
  ['never half a character', '🙂🙂🙂🙂', 3, '🙂🙂…'],
  ['never half a flag', '🇬🇧🇫🇷🇩🇪', 4, '🇬🇧…'],
  ['never a letter without its accent', 'Ame\u0301lie', 4, 'Am…'],
  ['more accents than there is room', `e${'\u0301'.repeat(9)}`, 4, 'e\u0301\u0301…'],
  ['no room at all', 'Ann', 0, ''],
])('a shortened line: %s', (_reason, text, longest, expected) => {
  expect(shortened(text, longest)).toBe(expected);
});
