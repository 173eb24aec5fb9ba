import { expect, test } from '@jest/globals';
import { cardMarkdown, excerpt, shortened } from '../../bot/card-text.ts';

test.each([
  ['a heading becomes a bold line', '# Why **we** meet #\nText', '**Why we meet**\n\nText'],
  ['an underlined heading too', 'Why we meet\n===\nText', '**Why we meet**\n\nText'],
  ['lists keep their marks', '* one\n+ two\n- three\n1. four', '- one\n- two\n- three\n1. four'],
  ['tasks show whether they are done', '- [ ] open\n- [x] done', '- ☐ open\n- ☑ done'],
  ['a table becomes lines of cells', '| Who | What |\n|---|:--|\n| Ann | notes |', 'Who · What\n\nAnn · notes'],
  ['a quote loses its mark', '> wise words', 'wise words'],
  ['a rule goes', 'one\n\n***\n\ntwo', 'one\n\ntwo'],
  ['a fence goes and its content is text', '```js\na*b*c\n```', 'a\\*b\\*c'],
  ['code in a line is text', 'type `*x*` here', 'type \\*x\\* here'],
  ['bold, italic and links stay', '**b** _i_ [page](https://example.org)', '**b** _i_ [page](https://example.org)'],
  ['a link to something else than a page is text', '[press](javascript:alert(1)) me', 'press me'],
  ['an image leaves its description', '![our logo](https://example.org/logo.png)', 'our logo'],
  ['HTML is shown as it was typed', '<b>bold</b> 1 < 2 <script>', '\\<b>bold\\</b> 1 < 2 \\<script>'],
  ['an address in angle brackets is an address', '<https://example.org>', 'https://example.org'],
  ['what looks like an expression stays as it is', '${json(1)} {{x}} $t(y)', '${json(1)} {{x}} $t(y)'],
  ['line ends of Windows, control characters and many empty lines', 'a\r\n\r\n\r\n\r\nb\u0007', 'a\n\nb'],
  ['nothing', '', ''],
])('%s', (_reason, markdown, expected) => {
  expect(cardMarkdown(markdown)).toBe(expected);
});

test.each([
  ['short enough', 'One.\n\nTwo.', 20, 'One.\n\nTwo.'],
  ['whole lines, and the last cut at a word', 'One.\n\nTwo words more', 16, 'One.\n\nTwo words…'],
  ['no bold that stays open', 'See **the bold words here**', 14, 'See the bold…'],
  ['no link that stays open', 'See [the page of pages](https://example.org/long)', 13, 'See the page…'],
])('an excerpt: %s', (_reason, markdown, longest, expected) => {
  expect(excerpt(markdown, longest)).toBe(expected);
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

test.each([
  { name: 'a heading with a gap', text: `# a${' '.repeat(19_000)}b` },
  { name: 'a line of spaces', text: `${' '.repeat(19_000)}x` },
  { name: 'half an edge of a table', text: `${'--|'.repeat(600)}x` },
  { name: 'a link that never ends', text: `[a](${'x'.repeat(19_000)}` },
  { name: 'many pictures that never begin', text: '![a]('.repeat(600) },
  { name: 'quotations', text: '>'.repeat(20_000) },
  { name: 'brackets', text: '['.repeat(60_000) },
  { name: 'emphasis', text: '_*'.repeat(30_000) },
  { name: 'code that never ends', text: '`'.repeat(1_900) },
  { name: 'lines', text: 'a\n=\n'.repeat(20_000) },
])('$name takes no time, and fits', ({ text }) => {
  const start = performance.now();

  const shown = cardMarkdown(text);

  expect(performance.now() - start).toBeLessThan(300);
  expect(excerpt(shown, 700).length).toBeLessThanOrEqual(700);
});

test('a heading, a rule and the edge of a table are still known', () => {
  expect(cardMarkdown('## Why ##\n\n* * *\n\n| a | b |\n|:--|--:|\n| 1 | 2 |')).toBe('**Why**\n\na · b\n\n1 · 2');
});
