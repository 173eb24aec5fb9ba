import type { Link, List, Nodes, Root, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import type { Mark, Node } from 'prosemirror-model';
import { schema } from './schema.ts';

const { nodes: kinds, marks: styles } = schema;

/** A block of a text, and where it stands there. */
export interface ReadBlock {
  readonly node: Node;
  readonly start: number;
  readonly end: number;
}

/** Something that the editor cannot show as what it is. */
class Unknown extends Error {}

const extensions = [gfm()];
const mdastExtensions = [gfmFromMarkdown()];

/** Reads Markdown as the page shows it. Each block of it is one node; what the editor does not know is `source`. */
export function blocksOf(text: string): readonly ReadBlock[] {
  const root: Root = fromMarkdown(text, { extensions, mdastExtensions });
  return root.children.map(child => {
    const [start, end] = span(child);
    return { node: blockOf(child, text), start, end };
  });
}

/** The document that an editor begins with. */
export function documentOf(blocks: readonly ReadBlock[]): Node {
  return kinds.doc.create(null, blocks.length === 0 ? kinds.paragraph.create() : blocks.map(({ node }) => node));
}

function span(node: Nodes): readonly [number, number] {
  return [node.position?.start.offset ?? 0, node.position?.end.offset ?? 0];
}

function blockOf(child: RootContent, text: string): Node {
  try {
    const node = known(child, text);
    node.check();
    return node;
  } catch (error) {
    if (!(error instanceof Unknown || error instanceof RangeError)) throw error;
    const source = text.slice(...span(child));
    return kinds.source.create(null, source === '' ? null : schema.text(source));
  }
}

function known(node: Nodes, text: string): Node {
  switch (node.type) {
    case 'paragraph':
      return kinds.paragraph.create(null, inlineOf(node.children, [], text));
    case 'heading':
      return kinds.heading.create({ level: node.depth }, inlineOf(node.children, [], text));
    case 'blockquote':
      return kinds.blockquote.create(
        null,
        node.children.map(child => known(child, text)),
      );
    case 'list':
      return listOf(node, text);
    case 'listItem':
      if (typeof node.checked === 'boolean') throw new Unknown();
      return kinds.list_item.create(
        null,
        node.children.length === 0 ? kinds.paragraph.create() : node.children.map(child => known(child, text)),
      );
    default:
      throw new Unknown();
  }
}

function listOf(list: List, text: string): Node {
  const items = list.children.map(child => known(child, text));
  const spread = list.spread === true || list.children.some(item => item.spread === true);
  const first = text.slice(span(list)[0]);
  return list.ordered
    ? kinds.ordered_list.create({ spread, order: list.start ?? 1, marker: /^\d+(.)/.exec(first)?.[1] ?? '.' }, items)
    : kinds.bullet_list.create({ spread, marker: first.charAt(0) }, items);
}

function inlineOf(children: readonly Nodes[], marks: readonly Mark[], text: string): readonly Node[] {
  return children.flatMap((child): readonly Node[] => {
    switch (child.type) {
      case 'text':
        return textOf(child.value, marks);
      case 'break':
        return [kinds.hard_break.create(null, null, marks)];
      case 'inlineCode':
        return [schema.text(child.value, styles.code.create().addToSet(marks))];
      case 'strong':
        return inlineOf(child.children, styles.strong.create().addToSet(marks), text);
      case 'emphasis':
        return inlineOf(child.children, styles.em.create().addToSet(marks), text);
      case 'delete':
        return inlineOf(child.children, styles.strike.create().addToSet(marks), text);
      case 'link':
        return isAddress(child)
          ? inlineOf(child.children, marks, text)
          : inlineOf(
              child.children,
              styles.link.create({ href: child.url, title: child.title ?? null }).addToSet(marks),
              text,
            );
      default:
        throw new Unknown();
    }
  });
}

/** The address that a text is a link to by being one; null for any other text. */
export function addressOf(text: string): string | null {
  if (/^https?:\/\/\S+$/i.test(text)) return text;
  if (/^www\.\S+$/i.test(text)) return `http://${text}`;
  return /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/.test(text) ? `mailto:${text}` : null;
}

/** An address that shows itself: for whoever writes it is a text, as it was when they typed it. */
function isAddress({ url, title, children }: Link): boolean {
  const [words, ...more] = children;
  return !title && more.length === 0 && words?.type === 'text' && addressOf(words.value) === url;
}

function textOf(value: string, marks: readonly Mark[]): readonly Node[] {
  return value
    .split(/(\r\n|\r|\n)/)
    .filter(part => part !== '')
    .map(part => (/^[\r\n]/.test(part) ? kinds.soft_break.create(null, null, marks) : schema.text(part, marks)));
}
