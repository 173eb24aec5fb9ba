import type { List, PhrasingContent, Root, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

/** A piece of text that looks the same from end to end. */
export interface Run {
  readonly text: string;
  readonly bold?: true;
  readonly italic?: true;
  readonly code?: true;
  readonly strike?: true;
  /** A whole http, https or mailto address. */
  readonly link?: string;
}

/**
 * Markdown as paper can show it, one block below the other. `quote` says how deep in quotations it stands, `depth` how
 * deep in lists.
 */
export type Block = { readonly quote: number; readonly depth: number } & (
  | { readonly kind: 'paragraph' | 'heading'; readonly runs: readonly Run[] }
  /** `marker` is `•`, a number such as `3.`, or a box. */
  | { readonly kind: 'item'; readonly marker: string; readonly runs: readonly Run[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'table'; readonly rows: readonly (readonly (readonly Run[])[])[] }
  | { readonly kind: 'rule' }
);

/** Reads Markdown the way the tab shows it: HTML stays text, pictures become links, and only safe links stay links. */
export function markdownBlocks(markdown: string): readonly Block[] {
  const root = parse(printable(markdown));
  const addresses = new Map(
    root.children.flatMap(node => (node.type === 'definition' ? [[node.identifier, node.url] as const] : [])),
  );
  return blocksOf(root.children, { quote: 0, depth: 0 }, addresses);
}

/** What fills a dozen pages. */
const mostLinesAsTyped = 500;

/** The blocks of a section: what is too complex to be read stands there as it was typed. */
export function blocksIn({ text, asTyped }: { readonly text: string; readonly asTyped: boolean }): readonly Block[] {
  if (!asTyped) return markdownBlocks(text);
  const words = printable(text);
  // Thousands of lines with nothing on them are thousands of pages: the words stay, their lines do not.
  return [
    {
      quote: 0,
      depth: 0,
      kind: 'paragraph',
      runs: [{ text: words.split('\n').length > mostLinesAsTyped ? words.replace(/\s+/g, ' ') : words }],
    },
  ];
}

/** Moves headings below the document's title and its sections, and leaves everything else as it was typed. */
export function underSection(markdown: string): string {
  let result = markdown;
  for (const heading of headingsIn(parse(markdown).children).toReversed()) {
    const [start, end] = [heading.position?.start.offset, heading.position?.end.offset];
    if (start === undefined || end === undefined) continue;
    const [first, last] = [
      heading.children[0]?.position?.start.offset ?? end,
      heading.children.at(-1)?.position?.end.offset ?? end,
    ];
    const words = markdown.slice(first, last).replace(/\s+/g, ' ');
    result = `${result.slice(0, start)}${'#'.repeat(Math.min(6, heading.depth + 2))} ${words}${result.slice(end)}`;
  }
  return result;
}

// eslint-disable-next-line no-control-regex
const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]/g;

/** Without what no document can hold: control characters, and halves of characters. */
export function printable(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(unprintable, '').toWellFormed();
}

type Place = Pick<Block, 'quote' | 'depth'>;
type Addresses = ReadonlyMap<string, string>;
type Style = Omit<Run, 'text'>;

// Made once: each of them is a dozen parts that are put together.
const extensions = [gfm()];
const mdastExtensions = [gfmFromMarkdown()];

function parse(markdown: string): Root {
  return fromMarkdown(markdown, { extensions, mdastExtensions });
}

function headingsIn(nodes: readonly RootContent[]): readonly Extract<RootContent, { type: 'heading' }>[] {
  return nodes.flatMap(node =>
    node.type === 'heading' ? [node] : node.type === 'blockquote' ? headingsIn(node.children) : [],
  );
}

function blocksOf(nodes: readonly RootContent[], place: Place, addresses: Addresses): readonly Block[] {
  return nodes.flatMap((node): readonly Block[] => {
    switch (node.type) {
      case 'paragraph':
        return [{ ...place, kind: 'paragraph', runs: runsOf(node.children, {}, addresses) }];
      case 'heading':
        return [{ ...place, kind: 'heading', runs: runsOf(node.children, {}, addresses) }];
      case 'list':
        return itemsOf(node, place, addresses);
      case 'blockquote':
        return blocksOf(node.children, { ...place, quote: place.quote + 1 }, addresses);
      case 'code':
        return [{ ...place, kind: 'code', text: node.value }];
      case 'html':
        return [{ ...place, kind: 'paragraph', runs: [{ text: node.value }] }];
      case 'table':
        return [
          {
            ...place,
            kind: 'table',
            rows: node.children.map(row => row.children.map(cell => runsOf(cell.children, {}, addresses))),
          },
        ];
      case 'thematicBreak':
        return [{ ...place, kind: 'rule' }];
      case 'footnoteDefinition':
        return blocksOf(node.children, place, addresses);
      default:
        return [];
    }
  });
}

function itemsOf(list: List, place: Place, addresses: Addresses): readonly Block[] {
  return list.children.flatMap((item, index): readonly Block[] => {
    const [first, ...rest] = blocksOf(item.children, { ...place, depth: place.depth + 1 }, addresses);
    const marker =
      typeof item.checked === 'boolean'
        ? item.checked
          ? '☑'
          : '☐'
        : list.ordered
          ? `${(list.start ?? 1) + index}.`
          : '•';
    if (first?.kind === 'paragraph') return [{ ...first, kind: 'item', marker }, ...rest];
    return [{ ...place, depth: place.depth + 1, kind: 'item', marker, runs: [] }, ...(first ? [first] : []), ...rest];
  });
}

function runsOf(nodes: readonly PhrasingContent[], style: Style, addresses: Addresses): readonly Run[] {
  return nodes.flatMap((node): readonly Run[] => {
    switch (node.type) {
      case 'text':
        return [{ ...style, text: node.value }];
      case 'strong':
        return runsOf(node.children, { ...style, bold: true }, addresses);
      case 'emphasis':
        return runsOf(node.children, { ...style, italic: true }, addresses);
      case 'delete':
        return runsOf(node.children, { ...style, strike: true }, addresses);
      case 'inlineCode':
        return [{ ...style, code: true, text: node.value }];
      case 'break':
        return [{ ...style, text: '\n' }];
      case 'html':
        return [{ ...style, text: node.value }];
      case 'link':
        return runsOf(node.children, { ...style, ...linkTo(node.url) }, addresses);
      case 'linkReference':
        return runsOf(node.children, { ...style, ...linkTo(addresses.get(node.identifier)) }, addresses);
      case 'image':
        return [{ ...style, ...linkTo(node.url), text: node.alt || node.url }];
      case 'imageReference':
        return [{ ...style, ...linkTo(addresses.get(node.identifier)), text: node.alt || node.identifier }];
      case 'footnoteReference':
        return [{ ...style, text: `[${node.identifier}]` }];
    }
  });
}

function linkTo(address: string | undefined): Pick<Run, 'link'> {
  if (address === undefined || !URL.canParse(address)) return {};
  const url = new URL(address);
  return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? { link: url.href } : {};
}
