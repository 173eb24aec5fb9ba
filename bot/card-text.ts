import { tooComplex } from '../domain/markdown-complexity.ts';
import { plain } from './cards.ts';

/**
 * Markdown that a person wrote, as a card can show it. Cards know bold, italic, lists and links, and nothing else
 * (Microsoft, "Text features in Adaptive Cards"): headings become bold lines, table rows lines of cells, quotes,
 * code fences and rules lose their marks, images leave their description, and HTML is shown as it was typed.
 */
export function cardMarkdown(markdown: string): string {
  // What would take anybody too long to read is shown as it was typed, as far as a card has room.
  if (tooComplex(markdown)) return plain(shortened(markdown.slice(0, 2 * longestAsTyped), longestAsTyped));
  const blocks: string[] = [];
  let fenced = false;
  for (const typed of markdown.replace(/\r\n?/g, '\n').replace(unshowable, '').split('\n')) {
    const line = typed.trimEnd();
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
    if (isRule(line) || isEdge(line)) continue;
    blocks.push(...blockLines(line));
  }
  return blocks
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** In characters: more than any card shows of one text. */
const longestAsTyped = 4_000;

/** Control characters: cards cannot show them, and JSON spends six bytes on each. */
// eslint-disable-next-line no-control-regex
const unshowable = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** Of a text that is cut, not of an expression that tries every way to do it: a line of spaces must not take a minute. */
function isRule(line: string): boolean {
  const marks = line.replace(/\s/g, '');
  return marks.length >= 3 && '-*_'.includes(marks[0] ?? ' ') && marks === (marks[0] ?? '').repeat(marks.length);
}

/** The line below the head of a table. */
function isEdge(line: string): boolean {
  const cells = line
    .trim()
    .replace(/^\|/, '')
    .replace(/\|$/, '')
    .split('|')
    .map(cell => cell.trim());
  return line.includes('|') && cells.every(cell => /^:?-{2,}:?$/.test(cell));
}

function headingIn(line: string): string | undefined {
  const found = /^\s{0,3}#{1,6}\s+(\S.*)?$/.exec(line);
  return found ? (found[1] ?? '').replace(/#+$/, '').trimEnd() : undefined;
}

function blockLines(line: string): readonly string[] {
  const heading = headingIn(line);
  if (heading !== undefined) return ['', bold(inline(heading)), ''];
  const row = /^\s*\|(.*)\|\s*$/.exec(line);
  if (row)
    return [
      (row[1] ?? '')
        .split('|')
        .map(cell => inline(cell.trim()))
        .filter(cell => cell !== '')
        .join(' · '),
      '',
    ];
  const unquoted = line.replace(/^\s*(>\s?)+/, '');
  const listed = unquoted
    .replace(/^(\s*)[*+]\s+/, '$1- ')
    .replace(/^(\s*- )\[ \]\s/, '$1☐ ')
    .replace(/^(\s*- )\[[xX]\]\s/, '$1☑ ');
  return [inline(listed)];
}

function bold(text: string): string {
  const bare = text.replace(/\*\*|__/g, '').trim();
  return bare === '' ? '' : `**${bare}**`;
}

function inline(text: string): string {
  return text
    .replace(/!\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(
      /\[([^\]]*)\]\(((?:[^()\s]|\([^()\s]*\))*)(?:\s[^)]*)?\)/g,
      (link: string, label: string, address: string) => (/^(https?:\/\/|mailto:)/i.test(address) ? link : label),
    )
    .replace(/<((?:https?:\/\/|mailto:)[^>\s]+)>/gi, '$1')
    .replace(/`+([^`]+)`+/g, (_code, inside: string) => plain(inside))
    .replace(/<(?=[a-z/!?])/gi, '\\<');
}

/** The beginning of a card's Markdown, in at most so many characters: whole lines, and a last one that ends at a word, without marks that would stay open. */
export function excerpt(markdown: string, longest: number): string {
  if (markdown.length <= longest) return markdown;
  let kept = '';
  for (const line of markdown.split('\n')) {
    if (kept.length + line.length + 1 > longest)
      return (kept + shortened(withoutMarks(line), longest - kept.length)).trim();
    kept += `${line}\n`;
  }
  return kept.trim();
}

/**
 * One line of at most so many characters, cut at a word where there is one. Characters are code points, so that a card's
 * size is bounded; what a reader sees as one, such as a flag or a letter with its accents, is not cut in two.
 */
export function shortened(text: string, longest: number): string {
  const characters = [...text];
  if (characters.length <= longest) return text;
  if (longest < 1) return '';
  const room = characters.slice(0, longest - 1).join('');
  const atWord = /^(.*\S)\s/s.exec(characters.slice(0, longest).join(''))?.[1];
  if (atWord !== undefined && atWord.length > room.length / 2) return `${atWord}…`;
  // Nothing before it: a single one, such as a letter with a hundred accents, does not fit.
  const whole = new Intl.Segmenter().segment(text).containing(room.length)?.index || room.length;
  return `${text.slice(0, whole).trimEnd()}…`;
}

function withoutMarks(line: string): string {
  return line.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/\*\*|__|(?<![\\\w])[*_](?=\S)|(?<=\S)[*_](?!\w)/g, '');
}
