import { plain } from './cards.ts';

/**
 * Markdown that a person wrote, as a card can show it. Cards know bold, italic, lists and links, and nothing else
 * (Microsoft, "Text features in Adaptive Cards"): headings become bold lines, table rows lines of cells, quotes,
 * code fences and rules lose their marks, images leave their description, and HTML is shown as it was typed.
 */
export function cardMarkdown(markdown: string): string {
  const blocks: string[] = [];
  let fenced = false;
  for (const line of markdown.replace(/\r\n?/g, '\n').replace(unshowable, '').split('\n')) {
    if (/^\s*(```|~~~)/.test(line)) {
      fenced = !fenced;
      continue;
    }
    if (fenced) {
      blocks.push(plain(line));
      continue;
    }
    if (/^\s*(=+|-{2,})\s*$/.test(line) && (blocks.at(-1) ?? '').trim() !== '') {
      blocks.push(bold(blocks.pop() ?? ''), '');
      continue;
    }
    if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line) || /^\s*\|?(\s*:?-{2,}:?\s*\|)+(\s*:?-{2,}:?)?\s*$/.test(line)) continue;
    blocks.push(...blockLines(line));
  }
  return blocks.join('\n').replace(/\n{3,}/g, '\n\n').trim();
}

/** Control characters: cards cannot show them, and JSON spends six bytes on each. */
// eslint-disable-next-line no-control-regex
const unshowable = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

function blockLines(line: string): readonly string[] {
  const heading = /^\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$/.exec(line);
  if (heading) return ['', bold(inline(heading[1] ?? '')), ''];
  const row = /^\s*\|(.*)\|\s*$/.exec(line);
  if (row) return [(row[1] ?? '').split('|').map(cell => inline(cell.trim())).filter(cell => cell !== '').join(' · '), ''];
  const unquoted = line.replace(/^\s*(>\s?)+/, '');
  const listed = unquoted.replace(/^(\s*)[*+]\s+/, '$1- ').replace(/^(\s*- )\[ \]\s/, '$1☐ ').replace(/^(\s*- )\[[xX]\]\s/, '$1☑ ');
  return [inline(listed)];
}

function bold(text: string): string {
  const bare = text.replace(/\*\*|__/g, '').trim();
  return bare === '' ? '' : `**${bare}**`;
}

function inline(text: string): string {
  return text
    .replace(/!\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\[([^\]]*)\]\(((?:[^()\s]|\([^()]*\))*)[^)]*\)/g, (link: string, label: string, address: string) => (/^(https?:\/\/|mailto:)/i.test(address) ? link : label))
    .replace(/<((?:https?:\/\/|mailto:)[^>\s]+)>/gi, '$1')
    .replace(/`+([^`]+)`+/g, (_code, inside: string) => plain(inside))
    .replace(/<(?=[a-z/!?])/gi, '\\<');
}

/** The beginning of a card's Markdown, in at most so many characters: whole lines, and a last one that ends at a word, without marks that would stay open. */
export function excerpt(markdown: string, longest: number): string {
  if (markdown.length <= longest) return markdown;
  let kept = '';
  for (const line of markdown.split('\n')) {
    if (kept.length + line.length + 1 > longest) return (kept + shortened(withoutMarks(line), longest - kept.length)).trim();
    kept += `${line}\n`;
  }
  return kept.trim();
}

/** One line of at most so many characters, cut at a word where there is one. */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  if (longest < 1) return '';
  const room = text.slice(0, longest - 1);
  const atWord = /^(.*\S)\s/s.exec(text.slice(0, longest))?.[1];
  // Half a character (a lone surrogate) is no character.
  const cut = atWord !== undefined && atWord.length > longest / 2 ? atWord : room.replace(/[\ud800-\udbff]$/, '');
  return `${cut.trimEnd()}…`;
}

function withoutMarks(line: string): string {
  return line.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/\*\*|__|(?<![\\\w])[*_](?=\S)|(?<=\S)[*_](?!\w)/g, '');
}
