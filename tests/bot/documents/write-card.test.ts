import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { markdownBlocks, type Block, type Run } from '../../../bot/documents/markdown-blocks.ts';
import { cardMarkdown } from '../../../bot/documents/write-card.ts';
import { tooComplex } from '../../../domain/markdown-complexity.ts';

test.each([
  ['a heading becomes a bold line', '# Why **we** meet #\nText', '**Why we meet**\n\nText'],
  ['an underlined heading too', 'Why we meet\n===\nText', '**Why we meet**\n\nText'],
  ['lists keep their marks', '* one\n+ two\n- three\n1. four', '- one\n- two\n- three\n\n1. four'],
  ['tasks show whether they are done', '- [ ] open\n- [x] done', '- ☐ open\n- ☑ done'],
  ['a table becomes lines of cells', '| Who | What |\n|---|:--|\n| Ann | notes |', 'Who · What\n\nAnn · notes'],
  ['a quote loses its mark', '> wise words', 'wise words'],
  ['a rule goes', 'one\n\n***\n\ntwo', 'one\n\ntwo'],
  ['a fence goes and its content is text', '```js\na*b*c\n```', 'a\\*b\\*c'],
  ['code in a line is text', 'type `*x*` here', 'type \\*x\\* here'],
  ['bold, italic and links stay', '**b** _i_ [page](https://example.org/a)', '**b** _i_ [page](https://example.org/a)'],
  ['a link to something else than a page is text', '[press](javascript:alert(1)) me', 'press me'],
  ['an image becomes a link', '![our logo](https://example.org/logo.png)', '[our logo](https://example.org/logo.png)'],
  ['HTML is shown as it was typed', '<b>bold</b> 1 < 2 <script>', '\\<b>bold\\</b> 1 < 2 \\<script>'],
  ['an address is a link', '<https://example.org>', '[https://example.org](https://example.org/)'],
  ['what looks like an expression stays as it is', '${json(1)} {{x}} $t(y)', '${json(1)} {{x}} $t(y)'],
  ['line ends of Windows, control characters and many empty lines', 'a\r\n\r\n\r\n\r\nb\u0007', 'a\n\nb'],
  [
    'a link by reference',
    'See [the plan][1].\n\n[1]: https://example.org/plan',
    'See [the plan](https://example.org/plan).',
  ],
  ['a bar within a cell', '| a | b |\n|---|---|\n| b \\| c | d |', 'a · b\n\nb \\| c · d'],
  ['a mark of code within code', '``a ` b``', 'a \\` b'],
  ['struck words lose their marks', '~~x~~', 'x'],
  ['a hard line break', 'one\\\ntwo', 'one\ntwo'],
  ['an entity is its character', '&copy; &amp;copy;', '© \\&copy;'],
  ['lists within lists', '- a\n  - b\n\n    more\n1. c\n   - d', '- a\n  - b\n\n    more\n\n1. c\n\n   - d'],
  ['bold around italic', '**a *b* c**', '**a _b_ c**'],
  ['marks that no space surrounds are left out', 'a*b*c d*e*', 'abc de'],
  ['what looks like a mark is text', '1\\. a \\*b\\* \\# c', '1\\. a \\*b\\* # c'],
  ['a day that cards would put in', '{{DATE(2026-11-23T09:00:00Z)}}', '{\\{DATE(2026-11-23T09:00:00Z)}}'],
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
  expect(cardMarkdown(markdown, longest)).toBe(expected);
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
  const start = process.threadCpuUsage();

  const shown = cardMarkdown(text, 700);

  // Of the processor, which others may be using as well.
  expect(process.threadCpuUsage(start).user).toBeLessThan(300_000);
  expect(shown.length).toBeLessThanOrEqual(700);
});

test('a heading, a rule and the edge of a table are still known', () => {
  expect(cardMarkdown('## Why ##\n\n* * *\n\n| a | b |\n|:--|--:|\n| 1 | 2 |')).toBe('**Why**\n\na · b\n\n1 · 2');
});

/** What a card has for marks: nothing else may come out, whatever goes in. */
const known = ['root', 'paragraph', 'text', 'strong', 'emphasis', 'link', 'list', 'listItem'];
const piece = fc.constantFrom(
  ...['a', 'b c', ' ', '  ', '\n', '\n\n', '\t', '\\', '*', '**', '_', '__', '`', '``', '```\n', '~', '~~', '|', '!'],
  ...['[', ']', '(', ')', '[x]', '<', '>', '<b>', '&amp;', '&lt;', '# ', '- ', '+ ', '1. ', '7) ', '===', '---', '> '],
  ...[
    '- [ ] ',
    '| a | b |\n|---|---|\n| c | d |\n',
    '[a](https://example.org/(x))',
    '[a][1]',
    '![p](https://b.example)',
  ],
  ...[
    '\n[1]: https://example.org/1\n',
    '<https://c.example>',
    '[x](javascript:alert(1))',
    'www.d.example',
    '[^1]',
    '\n[^1]: f',
  ],
  ...['é', '🙂', '“', '.', ',', '-', '+', '1', '    '],
);

test('whatever is typed, a card shows its words and links, and no marks but its own', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), pieces => {
      const markdown = pieces.join('');
      fc.pre(tooComplex(markdown) === null);
      const runs = markdownBlocks(markdown).flatMap(runsOf);

      const card = cardMarkdown(markdown);

      const nodes = nodesIn(fromMarkdown(card, reader));

      expect(nodes.map(({ type }) => type).filter(type => !known.includes(type))).toEqual([]);
      expect(bare(nodes.map(node => (node.type === 'text' ? node.value : '')))).toBe(
        bare(runs.map(({ text }) => text)),
      );
      expect(linksIn(nodes)).toEqual(linksOf(runs));
      expect(among(lettersOf(nodes, 'strong'), bare(runs.flatMap(run => (run.bold ? [run.text] : []))))).toBe(true);
      expect(among(lettersOf(nodes, 'emphasis'), bare(runs.flatMap(run => (run.italic ? [run.text] : []))))).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('wherever it is cut, it fits and nothing stays open', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), fc.integer({ min: 0, max: 60 }), (pieces, longest) => {
      const card = cardMarkdown(pieces.join(''), longest);

      const types = nodesIn(fromMarkdown(card, reader)).map(({ type }) => type);
      expect(card.length).toBeLessThanOrEqual(longest);
      expect(types.filter(type => !known.includes(type))).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});

/** Reads more than cards do, such as tables; only addresses are no links by themselves. */
const reader = {
  extensions: [gfm(), { disable: { null: ['wwwAutolink', 'protocolAutolink', 'emailAutolink'] } }],
  mdastExtensions: gfmFromMarkdown().slice(1),
};

function nodesIn(node: Nodes): readonly Nodes[] {
  return [node, ...('children' in node ? node.children.flatMap(nodesIn) : [])];
}

/** Letters, digits and marks in their order; what separates cells and shows boxes is the card's own. */
function bare(texts: readonly string[]): string {
  return texts.join('').replace(/[\s·☐☑]/g, '');
}

function runsOf(block: Block): readonly Run[] {
  switch (block.kind) {
    case 'heading':
      return block.runs.map(run => ({ ...run, bold: true }));
    case 'table':
      return block.rows.flat(2);
    case 'code':
      return [{ text: block.text }];
    case 'rule':
      return [];
    default:
      return block.runs;
  }
}

function linksIn(nodes: readonly Nodes[]): readonly string[] {
  return once(nodes.flatMap(node => (node.type === 'link' ? [comparable(node.url)] : [])));
}

function linksOf(runs: readonly Run[]): readonly string[] {
  return once(runs.flatMap(({ text, link }) => (link === undefined || text.trim() === '' ? [] : [comparable(link)])));
}

/** One link may be made of several runs. */
function once(links: readonly string[]): readonly string[] {
  return links.filter((link, index) => link !== links[index - 1]);
}

function comparable(link: string): string {
  return link.replaceAll('%28', '(').replaceAll('%29', ')');
}

function lettersOf(nodes: readonly Nodes[], type: 'strong' | 'emphasis'): string {
  return bare(
    nodes.flatMap(node =>
      node.type === type ? nodesIn(node).flatMap(inner => (inner.type === 'text' ? [inner.value] : [])) : [],
    ),
  );
}

/** Whether these letters are among those, in their order: marks may be left out, and are never put in. */
function among(some: string, all: string): boolean {
  const letters = [...some];
  for (const letter of all) if (letter === letters[0]) letters.shift();
  return letters.length === 0;
}
