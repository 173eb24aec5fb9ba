import { type RefObject } from 'react';
import {
  Toolbar,
  ToolbarButton,
  ToolbarDivider,
  ToolbarToggleButton,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import {
  ArrowRedoRegular,
  ArrowUndoRegular,
  LinkRegular,
  TextBoldRegular,
  TextBulletListLtrRegular,
  TextHeader2Regular,
  TextIndentDecreaseLtrRegular,
  TextIndentIncreaseLtrRegular,
  TextItalicRegular,
  TextNumberListLtrRegular,
} from '@fluentui/react-icons';
import type { EditorState } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { linkAt, tools, type Tool } from './commands.ts';
import { useRichText } from './text.ts';

const useStyles = makeStyles({
  bar: {
    flexWrap: 'wrap',
    padding: tokens.spacingHorizontalXXS,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
});

const icons: Readonly<Record<Tool, React.JSX.Element>> = {
  bold: <TextBoldRegular />,
  italic: <TextItalicRegular />,
  heading: <TextHeader2Regular />,
  bullets: <TextBulletListLtrRegular />,
  numbers: <TextNumberListLtrRegular />,
  deeper: <TextIndentIncreaseLtrRegular />,
  shallower: <TextIndentDecreaseLtrRegular />,
  undo: <ArrowUndoRegular />,
  redo: <ArrowRedoRegular />,
};

const toggles = ['bold', 'italic', 'heading', 'bullets', 'numbers'] as const;
/** Shown in a list only. */
const levels = ['deeper', 'shallower'] as const;
const steps = ['undo', 'redo'] as const;

/** The buttons above a text. Its keys are in their names; the arrows go from one to the next. */
export function Tools({
  label,
  state,
  view,
  link,
}: {
  readonly label: string;
  readonly state: EditorState;
  readonly view: RefObject<EditorView | null>;
  readonly link: () => void;
}) {
  const t = useRichText();
  const styles = useStyles();

  function nameOf(tool: Tool | 'link', keys: string | undefined): string {
    return keys ? t('withKey', { name: t(tool), key: keys.replace('Control', 'Ctrl') }) : t(tool);
  }

  function buttonOf(tool: Tool) {
    const { command, keys } = tools[tool];
    return {
      icon: icons[tool],
      title: nameOf(tool, keys),
      'aria-label': t(tool),
      ...(keys ? { 'aria-keyshortcuts': keys } : {}),
      disabledFocusable: !command(state),
      // The cursor stays in the text.
      onMouseDown: (event: React.MouseEvent) => event.preventDefault(),
      onClick: () => {
        if (view.current) command(view.current.state, view.current.dispatch, view.current);
      },
    };
  }

  const isOn = [...toggles.filter(tool => tools[tool].isOn?.(state)), ...(linkAt(state) === null ? [] : ['link'])];
  return (
    <Toolbar
      size="small"
      aria-label={t('toolbar', { label })}
      className={styles.bar}
      checkedValues={{ format: isOn }}
      onCheckedValueChange={() => undefined}
    >
      {toggles.map(tool => (
        <ToolbarToggleButton key={tool} name="format" value={tool} {...buttonOf(tool)} />
      ))}
      {(isOn.includes('bullets') || isOn.includes('numbers')) &&
        levels.map(tool => <ToolbarButton key={tool} {...buttonOf(tool)} />)}
      <ToolbarToggleButton
        name="format"
        value="link"
        icon={<LinkRegular />}
        title={nameOf('link', 'Control+K')}
        aria-label={t('link')}
        aria-keyshortcuts="Control+K"
        onMouseDown={event => event.preventDefault()}
        onClick={link}
      />
      <ToolbarDivider />
      {steps.map(tool => (
        <ToolbarButton key={tool} {...buttonOf(tool)} />
      ))}
    </Toolbar>
  );
}
