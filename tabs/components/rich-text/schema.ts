import { Schema, type DOMOutputSpec } from 'prosemirror-model';
import { safeLink } from '../../lib/links.ts';

const paragraph: DOMOutputSpec = ['p', 0];

/**
 * What can be written: what Markdown says without HTML. What else Markdown knows, such as a table, stands in `source`
 * as it was typed, so that nothing is lost by editing around it. Whatever is pasted becomes one of these.
 */
export const schema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    paragraph: { content: 'inline*', group: 'block', parseDOM: [{ tag: 'p' }], toDOM: () => paragraph },
    heading: {
      attrs: { level: { default: 2, validate: 'number' } },
      content: 'inline*',
      group: 'block',
      defining: true,
      parseDOM: [1, 2, 3, 4, 5, 6].map(level => ({ tag: `h${level}`, attrs: { level } })),
      // As it is shown to those who read: below the section's title, one level for all.
      toDOM: () => ['h3', 0],
    },
    bullet_list: {
      attrs: { spread: { default: false, validate: 'boolean' }, marker: { default: '-', validate: 'string' } },
      content: 'list_item+',
      group: 'block',
      parseDOM: [{ tag: 'ul' }],
      toDOM: () => ['ul', 0],
    },
    ordered_list: {
      attrs: {
        spread: { default: false, validate: 'boolean' },
        marker: { default: '.', validate: 'string' },
        order: { default: 1, validate: 'number' },
      },
      content: 'list_item+',
      group: 'block',
      parseDOM: [{ tag: 'ol', getAttrs: list => ({ order: startOf(list) }) }],
      toDOM: ({ attrs }) => (attrs['order'] === 1 ? ['ol', 0] : ['ol', { start: attrs['order'] as number }, 0]),
    },
    list_item: {
      content: 'paragraph (paragraph | bullet_list | ordered_list)*',
      defining: true,
      parseDOM: [{ tag: 'li' }],
      toDOM: () => ['li', 0],
    },
    blockquote: {
      content: '(paragraph | heading | bullet_list | ordered_list)+',
      group: 'block',
      defining: true,
      parseDOM: [{ tag: 'blockquote' }],
      toDOM: () => ['blockquote', 0],
    },
    source: {
      content: 'text*',
      group: 'block',
      marks: '',
      code: true,
      defining: true,
      toDOM: () => ['pre', 0],
    },
    text: { group: 'inline' },
    hard_break: {
      inline: true,
      group: 'inline',
      selectable: false,
      leafText: () => '\n',
      parseDOM: [{ tag: 'br' }],
      toDOM: () => ['br'],
    },
    /** The end of a line as it was typed, which Markdown keeps without a mark. */
    soft_break: {
      inline: true,
      group: 'inline',
      selectable: false,
      leafText: () => '\n',
      parseDOM: [{ tag: 'br[data-soft]', priority: 60 }],
      toDOM: () => ['br', { 'data-soft': '' }],
    },
  },
  marks: {
    link: {
      attrs: { href: { validate: 'string' }, title: { default: null, validate: 'string|null' } },
      inclusive: false,
      parseDOM: [{ tag: 'a[href]', getAttrs: link => ({ href: link.getAttribute('href') }) }],
      toDOM: ({ attrs }) => {
        const href = safeLink(attrs['href'] as string);
        return ['a', href === null ? {} : { href, title: href }, 0];
      },
    },
    strong: {
      // Word and Google Docs wrap what they copy into a `b` that is not bold.
      parseDOM: [
        { tag: 'strong' },
        { tag: 'b', getAttrs: bold => bold.style.fontWeight !== 'normal' && null },
        { style: 'font-weight', getAttrs: weight => /^(bold(er)?|[6-9]\d\d)$/.test(weight) && null },
      ],
      toDOM: () => ['strong', 0],
    },
    em: {
      parseDOM: [{ tag: 'em' }, { tag: 'i' }, { style: 'font-style=italic' }],
      toDOM: () => ['em', 0],
    },
    strike: {
      parseDOM: [{ tag: 's' }, { tag: 'del' }, { tag: 'strike' }],
      toDOM: () => ['del', 0],
    },
    code: { excludes: '', parseDOM: [{ tag: 'code' }], toDOM: () => ['code', 0] },
  },
});

function startOf(list: HTMLElement): number {
  const start = Number(list.getAttribute('start') ?? 1);
  return Number.isInteger(start) && start >= 0 && start <= 999_999_999 ? start : 1;
}
