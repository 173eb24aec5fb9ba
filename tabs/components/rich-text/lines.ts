import type { Node } from 'prosemirror-model';
import { blocksOf } from './from-markdown.ts';

/** A piece of a line that looks the same from end to end. */
export interface Run {
  readonly text: string;
  readonly isBold: boolean;
  readonly isItalic: boolean;
  readonly isStruck: boolean;
  /** Code, or what the editor shows as it was typed. */
  readonly isCode: boolean;
  readonly isLink: boolean;
}

/** A line of a text as readers see it. */
export interface Line {
  readonly kind: 'paragraph' | 'heading' | 'item' | 'source';
  /** How deep it stands in lists and quotations. */
  readonly depth: number;
  /** What stands before an item: `•`, `3.`; empty for what goes on in one. */
  readonly marker: string;
  readonly runs: readonly Run[];
}

/** Markdown as lines to compare, without the signs that make it. */
export function linesOf(text: string): readonly Line[] {
  return blocksOf(text).flatMap(({ node }) => lines(node, 0, ''));
}

function lines(node: Node, depth: number, marker: string): readonly Line[] {
  if (node.isTextblock) {
    const name = node.type.name;
    const kind = marker !== '' ? 'item' : name === 'heading' || name === 'source' ? name : 'paragraph';
    return [{ kind, depth, marker, runs: node.children.map(child => runOf(child, name === 'source')) }];
  }
  const first = node.attrs['order'] as number | undefined;
  return node.children.flatMap((child, place) => {
    if (node.type.name === 'list_item') return lines(child, depth, place === 0 ? marker : '');
    if (node.type.name === 'blockquote') return lines(child, depth + 1, '');
    return lines(child, depth + 1, first === undefined ? '•' : `${first + place}.`);
  });
}

function runOf(node: Node, isSource: boolean): Run {
  const has = (name: string): boolean => node.marks.some(({ type }) => type.name === name);
  return {
    text: node.isText ? (node.text ?? '') : (node.type.spec.leafText?.(node) ?? ''),
    isBold: has('strong'),
    isItalic: has('em'),
    isStruck: has('strike'),
    isCode: isSource || has('code'),
    isLink: has('link'),
  };
}
