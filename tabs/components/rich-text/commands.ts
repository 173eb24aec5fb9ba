import { baseKeymap, setBlockType, toggleMark } from 'prosemirror-commands';
import { history, redo, undo } from 'prosemirror-history';
import { inputRules, textblockTypeInputRule, wrappingInputRule } from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import { liftListItem, sinkListItem, splitListItem, wrapInList } from 'prosemirror-schema-list';
import type { MarkType, NodeType, ResolvedPos } from 'prosemirror-model';
import { Selection, type Command, type EditorState, type Plugin } from 'prosemirror-state';
import { schema } from './schema.ts';

const { nodes, marks } = schema;

export type Tool = 'bold' | 'italic' | 'heading' | 'bullets' | 'numbers' | 'deeper' | 'shallower' | 'undo' | 'redo';

/** What each button does, its keys (as `aria-keyshortcuts` says them) and where it is on. */
export const tools: Readonly<
  Record<Tool, { command: Command; keys?: string; isOn?: (state: EditorState) => boolean }>
> = {
  bold: { command: toggleMark(marks.strong), keys: 'Control+B', isOn: state => hasMark(state, marks.strong) },
  italic: { command: toggleMark(marks.em), keys: 'Control+I', isOn: state => hasMark(state, marks.em) },
  heading: {
    command: (state, ...rest) =>
      isInside(state, nodes.heading)
        ? setBlockType(nodes.paragraph)(state, ...rest)
        : setBlockType(nodes.heading)(state, ...rest),
    keys: 'Control+Alt+2',
    isOn: state => isInside(state, nodes.heading),
  },
  bullets: {
    command: toggleList(nodes.bullet_list),
    keys: 'Control+Shift+8',
    isOn: state => innermostList(state) === nodes.bullet_list,
  },
  numbers: {
    command: toggleList(nodes.ordered_list),
    keys: 'Control+Shift+7',
    isOn: state => innermostList(state) === nodes.ordered_list,
  },
  deeper: { command: sinkListItem(nodes.list_item), keys: 'Control+]' },
  shallower: { command: liftListItem(nodes.list_item), keys: 'Control+[' },
  undo: { command: undo, keys: 'Control+Z' },
  redo: { command: redo, keys: 'Control+Y' },
};

const breakLine: Command = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
  return true;
};

/** What the editor does beside drawing. Tab goes to the next field, as everywhere. */
export function pluginsOf({ link }: { readonly link: () => void }): Plugin[] {
  return [
    inputRules({
      rules: [
        wrappingInputRule(/^\s*[-*+]\s$/, nodes.bullet_list),
        wrappingInputRule(
          /^(\d{1,9})\.\s$/,
          nodes.ordered_list,
          ([, number]) => ({ order: Number(number) }),
          ([, number], before) => before.childCount + (before.attrs['order'] as number) === Number(number),
        ),
        textblockTypeInputRule(/^#{1,6}\s$/, nodes.heading),
      ],
    }),
    history(),
    keymap({
      'Mod-b': tools.bold.command,
      'Mod-i': tools.italic.command,
      'Mod-k': () => {
        link();
        return true;
      },
      'Mod-Alt-2': tools.heading.command,
      'Mod-Shift-8': tools.bullets.command,
      'Mod-Shift-7': tools.numbers.command,
      'Mod-]': tools.deeper.command,
      'Mod-[': tools.shallower.command,
      'Mod-z': undo,
      'Mod-y': redo,
      'Mod-Shift-z': redo,
      Enter: splitListItem(nodes.list_item),
      'Shift-Enter': breakLine,
      // It saves the form that the text is in.
      'Mod-Enter': () => false,
    }),
    keymap(Object.fromEntries(Object.entries(baseKeymap).filter(([keys]) => keys !== 'Mod-Enter'))),
  ];
}

/** The address of the link that the selection is in; null where there is none. */
export function linkAt(state: EditorState): string | null {
  const { $from, from, to, empty } = state.selection;
  if (empty) {
    const mark = marks.link.isInSet($from.marks()) ?? marks.link.isInSet($from.nodeAfter?.marks ?? []);
    return mark ? (mark.attrs['href'] as string) : null;
  }
  let href: string | null = null;
  state.doc.nodesBetween(from, to, node => {
    href ??= (marks.link.isInSet(node.marks)?.attrs['href'] as string | undefined) ?? null;
  });
  return href;
}

/** Makes a link of what is selected, of the link the cursor is in, or of the address itself; null takes it away. */
export function setLink(href: string | null): Command {
  return (state, dispatch) => {
    const { from, to, empty } = state.selection;
    const [start, end] = empty ? linkAround(state) : [from, to];
    const { tr } = state;
    if (start === end) {
      if (href !== null) tr.insertText(href.replace(/^mailto:/, ''), start);
    } else {
      tr.removeMark(start, end, marks.link);
      if (href !== null) tr.addMark(start, end, marks.link.create({ href }));
    }
    dispatch?.(tr.scrollIntoView());
    return true;
  };
}

function linkAround(state: EditorState): readonly [number, number] {
  const { $from, from } = state.selection;
  const href = linkAt(state);
  if (href === null) return [from, from];
  const start = $from.start();
  let found: readonly [number, number] = [from, from];
  let run: [number, number] | null = null;
  $from.parent.forEach((node, offset) => {
    const isOf = marks.link.isInSet(node.marks)?.attrs['href'] === href;
    if (!isOf) run = null;
    else run = [run?.[0] ?? start + offset, start + offset + node.nodeSize];
    if (run && run[0] <= from && from <= run[1]) found = run;
  });
  return found;
}

function toggleList(type: NodeType): Command {
  return (state, dispatch, view) => {
    const inner = innermostList(state);
    if (inner === type) return liftListItem(nodes.list_item)(state, dispatch, view);
    if (inner === null) return wrapInList(type)(state, dispatch, view);
    return retype(type)(state, dispatch);
  };
}

/** The list that the selection is in becomes one of the other kind. */
function retype(type: NodeType): Command {
  return (state, dispatch) => {
    const $from = placeOf(state);
    for (let depth = $from.depth; depth > 0; depth--) {
      if (!/_list$/.test($from.node(depth).type.name)) continue;
      const { spread } = $from.node(depth).attrs;
      dispatch?.(state.tr.setNodeMarkup($from.before(depth), type, { spread: spread as boolean }));
      return true;
    }
    return false;
  };
}

/** Where the selection begins; where everything is selected, in the first line. */
function placeOf({ selection, doc }: EditorState): ResolvedPos {
  return selection.$from.depth > 0 ? selection.$from : Selection.atStart(doc).$from;
}

function innermostList(state: EditorState): NodeType | null {
  const $from = placeOf(state);
  for (let depth = $from.depth; depth > 0; depth--) {
    const { type } = $from.node(depth);
    if (/_list$/.test(type.name)) return type;
  }
  return null;
}

function isInside(state: EditorState, type: NodeType): boolean {
  return placeOf(state).parent.type === type;
}

function hasMark(state: EditorState, type: MarkType): boolean {
  const { from, to, empty, $from } = state.selection;
  return empty
    ? type.isInSet(state.storedMarks ?? $from.marks()) !== undefined
    : state.doc.rangeHasMark(from, to, type);
}
