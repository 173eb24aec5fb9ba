import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { longestSection } from '../../domain/charter/charter.ts';
import { tooComplex } from '../../domain/markdown-complexity.ts';

describe('what is refused', () => {
  test.each([
    { name: 'quotations', text: '>'.repeat(20_000), reason: 'nested' },
    { name: 'quotations with space', text: `one\n${'> '.repeat(30)}deep`, reason: 'nested' },
    { name: 'lists on one line', text: '- '.repeat(30), reason: 'nested' },
    { name: 'numbered lists on one line', text: '1. '.repeat(30), reason: 'nested' },
    {
      name: 'lists by indentation',
      text: Array.from({ length: 40 }, (_, level) => `${'  '.repeat(level)}- a`).join('\n'),
      reason: 'nested',
    },
    {
      name: 'lists by tabs',
      text: Array.from({ length: 40 }, (_, level) => `${'\t'.repeat(level)}* a`).join('\n'),
      reason: 'nested',
    },
    { name: 'footnotes', text: '[^a]: '.repeat(30), reason: 'nested' },
    { name: 'underlined headings', text: 'a\n=\n'.repeat(5_000), reason: 'lines' },
    { name: 'empty lines', text: '\n'.repeat(20_000), reason: 'lines' },
    { name: 'a long table', text: `|a|\n|-|\n${'|1|2|\n'.repeat(800)}`, reason: 'marks' },
    { name: 'emphasis', text: '_*'.repeat(10_000), reason: 'marks' },
    { name: 'brackets', text: '['.repeat(50_000), reason: 'long' },
    { name: 'brackets of a section', text: '['.repeat(20_000), reason: 'marks' },
    { name: 'a wide table', text: `|${'a|'.repeat(3_000)}\n|${'-|'.repeat(3_000)}`, reason: 'marks' },
    { name: 'code', text: '`a`'.repeat(2_000), reason: 'marks' },
    { name: 'definitions of links', text: '[a]: b\n'.repeat(2_000), reason: 'lines' },
  ])('$name: $reason', ({ text, reason }) => {
    expect(tooComplex(text)?.reason).toBe(reason);
  });

  test('it is said where', () => {
    expect(tooComplex(`one\ntwo\n${'>'.repeat(21)}`)).toEqual({ reason: 'nested', line: 3, most: 20 });
  });
});

describe('what people write is taken', () => {
  test.each([
    { name: 'nothing', text: '' },
    { name: 'a long text', text: 'We share what we know, and **ask** early. '.repeat(450) },
    { name: 'many paragraphs', text: 'A paragraph that says something, at some length.\n\n'.repeat(350) },
    { name: 'a list in a list in a quotation', text: '> - a\n>   - b\n>     - c\n>       1. d' },
    {
      name: 'a table of a hundred rows',
      text: `| who | what | when |\n|---|---|---|\n${'| Priya | room | Monday |\n'.repeat(100)}`,
    },
    { name: 'two hundred links', text: '- [a page](https://example.org/a_page) to *read*\n'.repeat(200) },
    { name: 'lines to fill in', text: 'Name: ______________________________\n'.repeat(40) },
    { name: 'code that is indented far', text: '```\n                                              deep\n```' },
  ])('$name', ({ text }) => {
    expect(tooComplex(text)).toBeNull();
  });
});

test('asking takes no time, whatever is asked about', () => {
  const texts = ['>', '- ', '[', '_*', '\n', ' ', '\t- ', '`', '|', '1. ', '[^a]: ', '[^'].map(piece =>
    piece.repeat(2_000_000 / piece.length),
  );
  const start = performance.now();

  for (const text of texts) tooComplex(text.slice(0, 40_000));
  for (const text of texts) tooComplex(text);

  expect(performance.now() - start).toBeLessThan(1_000);
});

test('what is taken is read in a moment, and lies no deeper than anything can follow', () => {
  const pieces = [
    '>',
    '> ',
    '- ',
    '* ',
    '1. ',
    '  ',
    '\t',
    '\n',
    '\n\n',
    'a',
    '_',
    '*',
    '**',
    '~',
    '[',
    ']',
    '](b)',
    '![',
    '`',
    '``',
    '|',
    '|-|\n',
    '=\n',
    '# ',
    '<',
    '<a ',
    '&amp;',
    '[^a]',
    '[^a]: ',
    '[a]: b\n',
    '\\',
    'www.a.co ',
    'http://a.b/',
    '```\n',
    '  \n',
  ];
  const parts = fc.array(
    fc.tuple(fc.constantFrom(...pieces), fc.constantFrom(...pieces), fc.integer({ min: 1, max: 1_000 })),
    { minLength: 1, maxLength: 4 },
  );

  fc.assert(
    fc.property(parts, chosen => {
      const markdown = chosen
        .map(([one, other, times]) => (one + other).repeat(times))
        .join('')
        .slice(0, longestSection);
      fc.pre(tooComplex(markdown) === null);
      const read = (): Nodes => fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
      // The quickest of three: a machine that does other things besides is slow now and then, a text that takes long
      // takes long each time.
      const took = [1, 2, 3].map(() => {
        const before = process.threadCpuUsage();
        read();
        return process.threadCpuUsage(before).user / 1000;
      });
      expect(Math.min(...took)).toBeLessThan(1_000);
      expect(depthOf(read())).toBeLessThan(800);
    }),
    { numRuns: 40 },
  );
});

function depthOf(root: Nodes): number {
  let level: readonly Nodes[] = [root];
  let depth = 0;
  for (; level.length > 0; depth++) level = level.flatMap(node => ('children' in node ? node.children : []));
  return depth;
}
