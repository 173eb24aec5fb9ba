import { Link, Text, makeStyles, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled, CircleRegular } from '@fluentui/react-icons';
import type { SectionId } from '../../../domain/charter/charter.ts';
import { charterSections } from '../../../domain/charter/method.ts';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { headingId, showSection } from './show-section.ts';
import { useCharterText } from './text.ts';

const wide = '@media (min-width: 56rem)';

const useStyles = makeStyles({
  side: { [wide]: { position: 'sticky', top: tokens.spacingVerticalXXL, alignSelf: 'start' } },
  progress: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalXS,
    marginBottom: tokens.spacingVerticalM,
  },
  folded: { [wide]: { display: 'none' } },
  open: { display: 'none', [wide]: { display: 'block' } },
  summary: { cursor: 'pointer', padding: `${tokens.spacingVerticalXS} 0`, color: tokens.colorBrandForegroundLink },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  item: { display: 'flex', alignItems: 'center', columnGap: tokens.spacingHorizontalS, minHeight: '2rem' },
  done: { color: tokens.colorPaletteGreenForeground1, flexShrink: 0 },
  todo: { color: tokens.colorNeutralForeground3, flexShrink: 0 },
});

/** What the charter holds, how far it is, and a way to each section. Folded where there is little room. */
export function Contents({ written }: { readonly written: ReadonlySet<SectionId> }) {
  const t = useCharterText();
  const styles = useStyles();
  const count = charterSections.length;
  const progress = written.size === count ? t('complete', { count }) : t('written', { written: written.size, count });

  const list = (
    <ul className={styles.list}>
      {charterSections.map(({ id }) => (
        <li key={id} className={styles.item}>
          {written.has(id) ? (
            <CheckmarkCircleFilled className={styles.done} title={t('isWritten')} />
          ) : (
            <CircleRegular className={styles.todo} title={t('notWritten')} />
          )}
          <Link
            href={`#${headingId(id)}`}
            onClick={event => {
              event.preventDefault();
              showSection(id);
            }}
          >
            {t(`method.${id}.title`)}
          </Link>
        </li>
      ))}
    </ul>
  );

  return (
    <nav className={styles.side} aria-label={t('contentsLabel')}>
      <div className={styles.progress}>
        <Text size={200}>{progress}</Text>
        <ProgressBar value={written.size} max={count} label={progress} />
      </div>
      <details className={styles.folded}>
        <summary className={styles.summary}>{t('contents')}</summary>
        {list}
      </details>
      <div className={styles.open}>{list}</div>
    </nav>
  );
}
