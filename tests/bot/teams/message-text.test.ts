import { expect, test } from '@jest/globals';
import { wordsIn } from '../../../bot/teams/message-text.ts';

test.each([
  ['<div><div>Could you book the room?</div>\n</div>', 'Could you book the room?', 'as Teams sends it'],
  ['<p>One</p><p>Two<br>Three</p>', 'One\nTwo\nThree', 'a line a paragraph'],
  ['<ul><li>Tea</li><li>Cake</li></ul>', 'Tea\nCake', 'a line an item'],
  [
    '<at id="0">CoP Companion</at>&nbsp;please &amp; thank you',
    'CoP Companion please & thank you',
    'mentions and entities',
  ],
  [
    'Done <emoji id="yes" alt="✅" title="Yes"></emoji> <img alt="a chart" src="https://x.example/y.png">',
    'Done ✅ a chart',
    'what a picture stands for',
  ],
  ['Hi <script>alert(1)</script><style>p{}</style>there', 'Hi there', 'nothing that nobody reads'],
  [
    '&lt;script&gt;alert(1)&lt;/script&gt; ${json(1)}',
    '<script>alert(1)</script> ${json(1)}',
    'what looks like code is text',
  ],
  ['<attachment id="1"></attachment>', '', 'a card has no words'],
  ['<p>broken <b>tags', 'broken tags', 'tags left open'],
  ['<div dir="rtl">לקבוע את החדר</div>', 'לקבוע את החדר', 'right to left'],
  ['', '', 'nothing'],
])('wordsIn(%j) is %j: %s', (html, expected) => {
  expect(wordsIn(html)).toBe(expected);
});

test('reads a very long message at once', () => {
  const started = performance.now();

  const words = wordsIn('<div>'.repeat(20_000) + 'deep');

  expect(words).toBe('deep');
  expect(performance.now() - started).toBeLessThan(2000);
});
