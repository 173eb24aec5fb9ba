import { useEffect } from 'react';
import {
  Button,
  Text,
  ToggleButton,
  makeStyles,
  mergeClasses,
  tokens,
  typographyStyles,
} from '@fluentui/react-components';
import { Markdown } from '../../components/markdown.tsx';
import { RichTextField } from '../../components/rich-text.tsx';
import { useFocusTarget } from '../../lib/focus.ts';
import { choose, followChoices, openChoices, resultOf, type Choice, type Choosing } from './choices.ts';
import { useEditorText } from './editor-text.ts';

const useStyles = makeStyles({
  chooser: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  title: typographyStyles.subtitle2,
  heading: { margin: 0, ':focus': { outlineStyle: 'none' } },
  same: {
    color: tokens.colorNeutralForeground3,
    overflowWrap: 'anywhere',
    maxHeight: '8rem',
    overflowY: 'auto',
  },
  place: {
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusLarge,
    padding: tokens.spacingHorizontalM,
    margin: 0,
    minWidth: 0,
  },
  legend: { fontWeight: tokens.fontWeightSemibold, padding: `0 ${tokens.spacingHorizontalXS}` },
  sides: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingHorizontalM,
    '@media (min-width: 40rem)': { gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)' },
  },
  side: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', rowGap: tokens.spacingVerticalS },
  version: {
    alignSelf: 'stretch',
    overflowWrap: 'anywhere',
    padding: tokens.spacingHorizontalS,
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
  },
  both: { marginTop: tokens.spacingVerticalS },
});

/** Two versions side by side, one place after the other, and the result below them. */
export function ConflictChooser({
  choosing,
  by,
  decide,
  write,
}: {
  readonly choosing: Choosing;
  /** Who saved the other version, when we know. */
  readonly by: string | null;
  readonly decide: (choosing: Choosing) => void;
  readonly write: (text: string) => void;
}) {
  const t = useEditorText();
  const styles = useStyles();
  const { ref: heading, focus } = useFocusTarget();
  const clashes = choosing.parts.flatMap((part, index) => (part.kind === 'clash' ? [index] : []));
  const open = openChoices(choosing);

  useEffect(focus, [focus]);

  function button(index: number, choice: Choice, label: string) {
    return (
      <ToggleButton
        size="small"
        checked={choosing.choices[index] === choice}
        disabledFocusable={choosing.byHand !== null}
        onClick={() => decide(choose(choosing, index, choice))}
      >
        {label}
      </ToggleButton>
    );
  }

  function shown(text: string) {
    return text.trim() === '' ? t('conflict.nothing') : <Markdown text={text.trim()} />;
  }

  return (
    <div className={styles.chooser}>
      <h3 ref={heading} tabIndex={-1} className={mergeClasses(styles.title, styles.heading)}>
        {by === null ? t('conflict.titleSomebody') : t('conflict.title', { name: by })}
      </h3>
      <Text>{t('conflict.hint')}</Text>
      {choosing.parts.map((part, index) =>
        part.kind === 'same' ? (
          part.text.trim() !== '' && (
            <div key={index} className={styles.same} tabIndex={0} role="group">
              <Markdown text={part.text.trim()} />
            </div>
          )
        ) : (
          <fieldset key={index} className={styles.place}>
            <legend className={styles.legend}>
              {t('conflict.place', { number: clashes.indexOf(index) + 1, count: clashes.length })}
            </legend>
            <div className={styles.sides}>
              <div className={styles.side}>
                <Text weight="semibold">{t('conflict.mine')}</Text>
                <div className={styles.version}>{shown(part.mine)}</div>
                {button(index, 'mine', t('conflict.takeMine'))}
              </div>
              <div className={styles.side}>
                <Text weight="semibold">
                  {by === null ? t('conflict.theirsSomebody') : t('conflict.theirs', { name: by })}
                </Text>
                <div className={styles.version}>{shown(part.current)}</div>
                {button(index, 'current', t('conflict.takeTheirs'))}
              </div>
            </div>
            <div className={styles.both}>{button(index, 'both', t('conflict.takeBoth'))}</div>
          </fieldset>
        ),
      )}
      <RichTextField
        label={t('conflict.result')}
        hint={open > 0 ? t('conflict.open', { count: open }) : null}
        value={resultOf(choosing)}
        change={write}
        isTall
      />
      {choosing.byHand !== null && (
        <div className={styles.side}>
          <Text>{t('conflict.byHand')}</Text>
          <Button onClick={() => decide(followChoices(choosing))}>{t('conflict.follow')}</Button>
        </div>
      )}
    </div>
  );
}
