import { useMemo, type ReactNode } from 'react';
import { Text, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { HistoryView } from '../../../domain/charter/api.ts';
import { Markdown } from '../../components/markdown.tsx';
import type { Run } from '../../components/rich-text/lines.ts';
import { showMoment } from '../../lib/dates.ts';
import { useSession } from '../../lib/session.tsx';
import type { Translate } from '../../lib/text.ts';
import { changedLines, type ChangedLine } from './changed-lines.ts';
import { differences, wordsChanged, type Difference } from './differences.ts';

type Version = HistoryView['versions'][number];

const useStyles = makeStyles({
  comparison: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS, margin: 0 },
  text: {
    overflowWrap: 'anywhere',
    lineHeight: tokens.lineHeightBase400,
    margin: 0,
    padding: tokens.spacingHorizontalM,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  asTyped: { whiteSpace: 'pre-wrap' },
  line: { margin: `0 0 ${tokens.spacingVerticalS}`, ':last-child': { marginBottom: 0 } },
  item: { display: 'flex', columnGap: tokens.spacingHorizontalS },
  heading: { fontWeight: tokens.fontWeightSemibold },
  bold: { fontWeight: tokens.fontWeightBold },
  italic: { fontStyle: 'italic' },
  link: { color: tokens.colorBrandForegroundLink },
  code: { fontFamily: tokens.fontFamilyMonospace, whiteSpace: 'pre-wrap' },
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
  const lines = useMemo(() => (older ? changedLines(older.text, newer.text) : null), [older, newer]);
  if (!older)
    return (
      <div className={styles.text} dir="auto">
        {newer.text.trim() === '' ? t('empty') : <Markdown text={newer.text} />}
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
      <div className={mergeClasses(styles.text, lines === null && styles.asTyped)} dir="auto">
        {lines === null
          ? changes.map(({ kind, text }, index) => (
              <Stretch key={index} kind={kind} t={t}>
                {text}
              </Stretch>
            ))
          : lines.map((line, index) => <ComparedLine key={index} line={line} t={t} />)}
      </div>
    </figure>
  );
}

/** One line as readers see it, with what came and went. */
function ComparedLine({ line, t }: { readonly line: ChangedLine; readonly t: Translate }) {
  const styles = useStyles();
  return (
    <div
      className={mergeClasses(
        styles.line,
        line.kind === 'item' && styles.item,
        line.kind === 'heading' && styles.heading,
      )}
      style={line.depth > 0 ? { paddingInlineStart: `${line.depth * 1.25}rem` } : undefined}
    >
      {line.marker !== '' && <span>{line.marker}</span>}
      <span>
        {line.stretches.map(({ kind, runs }, index) => (
          <Stretch key={index} kind={kind} t={t}>
            {runs.map((run, place) => (
              <Words key={place} run={run} />
            ))}
          </Stretch>
        ))}
      </span>
    </div>
  );
}

function Words({ run: { text, isBold, isItalic, isStruck, isCode, isLink } }: { readonly run: Run }) {
  const styles = useStyles();
  const look = mergeClasses(
    isBold && styles.bold,
    isItalic && styles.italic,
    isCode && styles.code,
    isLink && styles.link,
  );
  return isStruck ? <s className={look}>{text}</s> : <span className={look}>{text}</span>;
}

/** Few screen readers say `ins` and `del`, so that hidden words do. */
function Stretch({
  kind,
  children,
  t,
}: {
  readonly kind: Difference['kind'];
  readonly children: ReactNode;
  readonly t: Translate;
}) {
  const styles = useStyles();
  if (kind === 'same') return children;
  const Element = kind === 'added' ? 'ins' : 'del';
  return (
    <Element className={styles[kind]}>
      <span className={styles.hidden}>{t(kind === 'added' ? 'insertion' : 'deletion')} </span>
      {children}
      <span className={styles.hidden}> {t('end')}</span>
    </Element>
  );
}
