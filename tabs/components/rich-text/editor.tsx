import { useCallback, useEffect, useRef, useState } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { EditorState } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { proseStyle } from '../prose-style.ts';
import { linkAt, pluginsOf, setLink } from './commands.ts';
import { LinkForm } from './link-form.tsx';
import { pasted } from './pasted.ts';
import { createEditedText, type EditedText } from './to-markdown.ts';
import { Tools } from './tools.tsx';

const useStyles = makeStyles({
  frame: {
    display: 'flex',
    flexDirection: 'column',
    border: `1px solid ${tokens.colorNeutralStrokeAccessible}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
    ':focus-within': { outline: `2px solid ${tokens.colorCompoundBrandStroke}`, outlineOffset: '-1px' },
    minWidth: 0,
  },
  prose: proseStyle,
  area: {
    minWidth: 0,
    '& > .ProseMirror': {
      minHeight: '6rem',
      padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
      outlineStyle: 'none',
      whiteSpace: 'break-spaces',
      wordWrap: 'break-word',
      fontVariantLigatures: 'none',
      cursor: 'text',
    },
    '& pre': { whiteSpace: 'pre-wrap', fontFamily: tokens.fontFamilyMonospace },
    '& li > p': { marginTop: 0, marginBottom: 0 },
  },
  tall: { '& > .ProseMirror': { minHeight: '9rem' } },
});

export interface EditorProps {
  /** Markdown. */
  readonly value: string;
  readonly change: (value: string) => void;
  /** Ids of what names and describes the text, as `aria-labelledby` and `aria-describedby` take them. */
  readonly labelledBy: string;
  readonly describedBy?: string | undefined;
  /** The label's words, for the toolbar. */
  readonly label: string;
  readonly isInvalid?: boolean;
  readonly readOnly?: boolean;
  readonly isTall?: boolean;
  /** Given what takes the focus. */
  readonly fieldRef?: ((field: HTMLElement | null) => void) | undefined;
}

/** A text as readers will see it, written as such. What it says leaves as Markdown with each change. */
export default function Editor({
  value,
  change,
  labelledBy,
  describedBy,
  label,
  isInvalid = false,
  readOnly = false,
  isTall = false,
  fieldRef,
}: EditorProps) {
  const styles = useStyles();
  const place = useRef<HTMLDivElement | null>(null);
  const view = useRef<EditorView | null>(null);
  /** The text as it last came from outside, and what it was last said to be. */
  const edited = useRef<EditedText | null>(null);
  const said = useRef(value);
  const [state, setState] = useState<EditorState | null>(null);
  const [address, setAddress] = useState<string | null>(null);
  const now = useRef({ change, readOnly, labelledBy, describedBy, isInvalid, prose: styles.prose });
  useEffect(() => {
    now.current = { change, readOnly, labelledBy, describedBy, isInvalid, prose: styles.prose };
    view.current?.setProps({});
  });

  const askForLink = useCallback(() => {
    // Once the browser has told what was selected just now.
    setTimeout(() => {
      if (view.current) setAddress(linkAt(view.current.state) ?? '');
    });
  }, []);

  const begin = useCallback(
    (text: string): EditorState => {
      edited.current = createEditedText(text);
      said.current = text;
      return EditorState.create({
        doc: edited.current.document,
        plugins: pluginsOf({ link: askForLink }),
      });
    },
    [askForLink],
  );

  useEffect(() => {
    if (!place.current) return undefined;
    const editor = new EditorView(place.current, {
      state: begin(said.current),
      editable: () => !now.current.readOnly,
      attributes: () => ({
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-labelledby': now.current.labelledBy,
        'aria-readonly': String(now.current.readOnly),
        dir: 'auto',
        class: now.current.prose,
        // A reader may scroll to it by keyboard, as in a field.
        tabindex: '0',
        ...(now.current.describedBy ? { 'aria-describedby': now.current.describedBy } : {}),
        ...(now.current.isInvalid ? { 'aria-invalid': 'true' } : {}),
      }),
      transformPasted: pasted,
      dispatchTransaction(transaction) {
        const next = editor.state.apply(transaction);
        editor.updateState(next);
        setState(next);
        if (!transaction.docChanged || !edited.current) return;
        said.current = edited.current.markdownOf(next.doc);
        now.current.change(said.current);
      },
    });
    view.current = editor;
    fieldRef?.(editor.dom);
    setState(editor.state);
    return () => {
      fieldRef?.(null);
      view.current = null;
      editor.destroy();
    };
  }, [begin, fieldRef]);

  // Another text from outside: what somebody else saved, or what was there before a draft was thrown away.
  useEffect(() => {
    if (!view.current || value === said.current) return;
    const next = begin(value);
    view.current.updateState(next);
    setState(next);
  }, [value, begin]);

  function apply(href: string | null): void {
    if (view.current) setLink(href)(view.current.state, view.current.dispatch);
    setAddress(null);
    view.current?.focus();
  }

  return (
    <div className={styles.frame}>
      {state && !readOnly && <Tools label={label} state={state} view={view} link={askForLink} />}
      {address !== null && (
        <LinkForm
          address={address}
          apply={apply}
          leave={() => {
            setAddress(null);
            view.current?.focus();
          }}
        />
      )}
      <div ref={place} className={mergeClasses(styles.area, isTall && styles.tall)} />
    </div>
  );
}
