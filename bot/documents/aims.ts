import { tooComplex } from '../../domain/markdown-complexity.ts';
import { longestTitle } from '../../domain/plan/plan.ts';
import { markdownBlocks, type Block } from './markdown-blocks.ts';

/**
 * The aims a charter names: one a list item of the section `aims`, or one a line where there is no list. Only the
 * words, so that an aim reads the same in a card, a calendar and a spreadsheet. None in what is too complex to be read.
 */
export function aimsOf(text: string): readonly string[] {
  if (tooComplex(text)) return [];
  const blocks = markdownBlocks(text);
  const items = blocks.flatMap(block => (block.kind === 'item' ? [wordsOf(block)] : []));
  const lines = blocks.flatMap(block => (block.kind === 'paragraph' ? wordsOf(block).split('\n') : []));
  const aims = (items.length > 0 ? items : lines).map(line =>
    line
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, longestTitle)
      // Half a character is no character, and would not come back as it was stored.
      .replace(/[\ud800-\udbff]$/, '')
      .trim(),
  );
  return [...new Set(aims.filter(aim => aim !== ''))];
}

function wordsOf({ runs }: Extract<Block, { readonly runs: unknown }>): string {
  return runs.map(run => run.text).join('');
}
