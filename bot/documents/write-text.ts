import { tooComplex } from '../../domain/markdown-complexity.ts';
import { markdownBlocks, printable, type Block, type Run } from './markdown-blocks.ts';

/** Markdown as plain text, for a mail or a chat that reads none: words, lists, and links with their addresses. */
export function plainText(markdown: string): string {
  if (tooComplex(markdown)) return printable(markdown).trim();
  const blocks = markdownBlocks(markdown).filter(block => block.kind !== 'rule');
  return blocks
    .map(
      (block, index) =>
        `${block.kind === 'item' && blocks[index - 1]?.kind === 'item' ? '\n' : '\n\n'}${wordsOf(block)}`,
    )
    .join('')
    .trim();
}

function wordsOf(block: Exclude<Block, { kind: 'rule' }>): string {
  switch (block.kind) {
    case 'item':
      return `${'  '.repeat(block.depth - 1)}${block.marker === '•' ? '-' : block.marker} ${words(block.runs)}`;
    case 'code':
      return block.text;
    case 'table':
      return block.rows.map(cells => cells.map(words).join(' · ')).join('\n');
    default:
      return words(block.runs);
  }
}

function words(runs: readonly Run[]): string {
  return runs
    .map(({ text, link }, index) => {
      const ends = link !== undefined && runs[index + 1]?.link !== link;
      return ends && !sameAddress(text, link) ? `${text} (${link})` : text;
    })
    .join('');
}

/** Whether a link says its own address, with or without what a browser adds to it. */
function sameAddress(text: string, link: string): boolean {
  return URL.canParse(text) && new URL(text).href === link;
}
