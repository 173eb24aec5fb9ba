import { expect, test } from '@jest/globals';
import { markdownBlocks, underSection } from '../../../bot/documents/markdown-blocks.ts';

const here = { quote: 0, depth: 0 };

test.each([
  {
    markdown: 'plain **bold** *it* ~~no~~ `x`',
    blocks: [
      {
        ...here,
        kind: 'paragraph',
        runs: [
          { text: 'plain ' },
          { text: 'bold', bold: true },
          { text: ' ' },
          { text: 'it', italic: true },
          { text: ' ' },
          { text: 'no', strike: true },
          { text: ' ' },
          { text: 'x', code: true },
        ],
      },
    ],
    reason: 'looks of words',
  },
  { markdown: '# Big', blocks: [{ ...here, kind: 'heading', runs: [{ text: 'Big' }] }], reason: 'a heading' },
  {
    markdown: '3. c\n4. d\n   - [x] e',
    blocks: [
      { quote: 0, depth: 1, kind: 'item', marker: '3.', runs: [{ text: 'c' }] },
      { quote: 0, depth: 1, kind: 'item', marker: '4.', runs: [{ text: 'd' }] },
      { quote: 0, depth: 2, kind: 'item', marker: '☑', runs: [{ text: 'e' }] },
    ],
    reason: 'numbers as typed, boxes, depth',
  },
  {
    markdown: '> said',
    blocks: [{ quote: 1, depth: 0, kind: 'paragraph', runs: [{ text: 'said' }] }],
    reason: 'a quotation',
  },
  {
    markdown: '|a|\n|-|\n|b|',
    blocks: [{ ...here, kind: 'table', rows: [[[{ text: 'a' }]], [[{ text: 'b' }]]] }],
    reason: 'a table',
  },
  {
    markdown: '[ok](https://example.org/) [no](javascript:alert(1))',
    blocks: [
      {
        ...here,
        kind: 'paragraph',
        runs: [{ text: 'ok', link: 'https://example.org/' }, { text: ' ' }, { text: 'no' }],
      },
    ],
    reason: 'only safe links are links',
  },
  {
    markdown: '![chart](https://example.org/c.png)',
    blocks: [{ ...here, kind: 'paragraph', runs: [{ text: 'chart', link: 'https://example.org/c.png' }] }],
    reason: 'a picture is a link',
  },
  {
    markdown: '<script>x</script>',
    blocks: [{ ...here, kind: 'paragraph', runs: [{ text: '<script>x</script>' }] }],
    reason: 'HTML is text',
  },
  {
    markdown: 'a\u0000\u0008\ud83db',
    blocks: [{ ...here, kind: 'paragraph', runs: [{ text: 'a\ufffdb' }] }],
    reason: 'what no document can hold',
  },
])('$markdown: $reason', ({ markdown, blocks }) => {
  expect(markdownBlocks(markdown)).toEqual(blocks);
});

test.each([
  { markdown: '# One\n\ntext', result: '### One\n\ntext', reason: 'below the section' },
  { markdown: 'One\n===\n\nTwo\n---\n', result: '### One\n\n#### Two\n', reason: 'underlined headings too' },
  { markdown: '##### Five', result: '###### Five', reason: 'six levels are all there are' },
  { markdown: '```\n# no heading\n```', result: '```\n# no heading\n```', reason: 'code stays' },
  { markdown: '#hashtag *as*  typed\\*', result: '#hashtag *as*  typed\\*', reason: 'everything else stays' },
])('under a section $markdown is $result: $reason', ({ markdown, result }) => {
  expect(underSection(markdown)).toBe(result);
});
