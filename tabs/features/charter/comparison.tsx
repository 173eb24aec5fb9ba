import { useMemo } from 'react';
import { Text, makeStyles, tokens } from '@fluentui/react-components';
import type { HistoryView } from '../../../domain/charter/api.ts';
import { showMoment } from '../../lib/dates.ts';
import { useSession } from '../../lib/session.tsx';
import type { Translate } from '../../lib/text.ts';
import { differences, wordsChanged, type Difference } from './differences.ts';

type Version = HistoryView['versions'][number];

const useStyles = makeStyles({
  comparison: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS, margin: 0 },
  text: {
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    lineHeight: tokens.lineHeightBase400,
    margin: 0,
    padding: tokens.spacingHorizontalM,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  added: {
    color: tokens.colorStatusSuccessForeground3,
    backgroundColor: tokens.colorStatusSuccessBackground1,
    textDecorationLine: 'underline',
    textDecorationThickness: '2px',
    textUnderlineOffset: '2px',
    '@media (forced-colors: active)': { color: 'CanvasText', backgroundColor: 'Canvas' },
  },
  removed: {
    color: tokens.colorStatusDangerForeground3,
    backgroundColor: tokens.colorStatusDangerBackground1,
    textDecorationLine: 'line-through',
    '@media (forced-colors: active)': { color: 'CanvasText', backgroundColor: 'Canvas' },
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  hidden: {
    position: 'absolute',
    width: '1px',
    height: '1px',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  },
});

/**
 * What became of a text: lines and strokes for eyes, words for ears, never colour alone. Without an older text, the
 * text.
 */
export function Comparison({
  older,
  newer,
  t,
}: {
  readonly older: Version | null;
  readonly newer: Version;
  readonly t: Translate;
}) {
  const { texts } = useSession();
  const styles = useStyles();
  const changes = useMemo(() => (older ? differences(older.text, newer.text) : []), [older, newer]);
  if (!older)
    return (
      <div className={styles.text} dir="auto">
        {newer.text.trim() === '' ? t('empty') : newer.text}
      </div>
    );

  const { added, removed } = wordsChanged(changes);
  const equal = changes.every(change => change.kind === 'same');
  return (
    <figure className={styles.comparison}>
      <figcaption className={styles.comparison}>
        <Text weight="semibold">
          {t('comparing', { older: showMoment(older.at, texts.locale), newer: showMoment(newer.at, texts.locale) })}
        </Text>
        <Text>
          {equal
            ? t('same')
            : added + removed === 0
              ? t('marks')
              : t('summary', { added: t('added', { count: added }), removed: t('removed', { count: removed }) })}
        </Text>
        {!equal && (
          <Text size={200} className={styles.quiet}>
            {t('legend')}
          </Text>
        )}
      </figcaption>
      <div className={styles.text} dir="auto">
        {changes.map((change, index) => (
          <Stretch key={index} change={change} t={t} />
        ))}
      </div>
    </figure>
  );
}

/** Few screen readers say `ins` and `del`, so that hidden words do. */
function Stretch({ change: { kind, text }, t }: { readonly change: Difference; readonly t: Translate }) {
  const styles = useStyles();
  if (kind === 'same') return text;
  const Element = kind === 'added' ? 'ins' : 'del';
  return (
    <Element className={styles[kind]}>
      <span className={styles.hidden}>{t(kind === 'added' ? 'insertion' : 'deletion')} </span>
      {text}
      <span className={styles.hidden}> {t('end')}</span>
    </Element>
  );
}
