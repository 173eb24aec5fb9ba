import { expect, test } from '@jest/globals';
import { plainText } from '../../../bot/documents/write-text.ts';

test.each([
  ['marks go', '**Bold**, _italic_, ~~struck~~ and `code`', 'Bold, italic, struck and code'],
  ['a link has its address', 'See [the *plan*](https://example.org/p).', 'See the plan (https://example.org/p).'],
  ['an address says it already', 'See <https://example.org>.', 'See https://example.org.'],
  ['what is escaped is itself', '1\\. before\\-and\\-after \\*', '1. before-and-after *'],
  ['lists stay lists', 'Two:\n- a\n  1. b\n- [x] c', 'Two:\n\n- a\n  1. b\n☑ c'],
  ['lines stay lines', 'one\ntwo\n\nthree', 'one\ntwo\n\nthree'],
  ['a table is lines of cells', '| a | b |\n|---|---|\n| c | d |', 'a · b\nc · d'],
  ['headings, quotations and rules lose their marks', '# A\n\n> b\n\n---\n\nc', 'A\n\nb\n\nc'],
  ['too complex to be read', `**${'>'.repeat(3)}${'*'.repeat(3_000)}`, `**${'>'.repeat(3)}${'*'.repeat(3_000)}`],
])('%s', (_reason, markdown, expected) => {
  expect(plainText(markdown)).toBe(expected);
});
