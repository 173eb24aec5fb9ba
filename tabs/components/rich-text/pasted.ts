import { Fragment, Slice, type Node } from 'prosemirror-model';
import { safeLink } from '../../lib/links.ts';
import { isBlank } from './writable.ts';

/**
 * What came from Word or a page, as a text of our own: the schema has left out how it looked there; links go only where
 * links may go, and empty paragraphs, which Word makes space with, are none.
 */
export function pasted(slice: Slice): Slice {
  return new Slice(clean(slice.content), slice.openStart, slice.openEnd);
}

function clean(content: Fragment): Fragment {
  const nodes: Node[] = [];
  content.forEach((node, _offset, place) => {
    const isEdge = place === 0 || place === content.childCount - 1;
    if (isBlank(node) && node.type.name !== 'source' && !isEdge) return;
    const kept = node.mark(
      node.marks.filter(({ type, attrs }) => type.name !== 'link' || safeLink(attrs['href'] as string) !== null),
    );
    nodes.push(kept.isText ? kept : kept.copy(clean(kept.content)));
  });
  return Fragment.from(nodes);
}
