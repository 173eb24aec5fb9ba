import { Suspense, useState } from 'react';
import { Button, Subtitle2, Text, makeStyles, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import type { EventsView, RhythmView } from '../../../domain/events/api.ts';
import { showDay } from '../../lib/dates.ts';
import { later } from '../../lib/later.tsx';
import { useSession } from '../../lib/session.tsx';
import { ruleInWords } from './rule-in-words.ts';
import { useEventsText } from './text.ts';

const RhythmForm = later(() => import('./rhythm-form.tsx'));

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS, alignItems: 'flex-start' },
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalS,
    alignSelf: 'stretch',
  },
  item: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXXS, alignItems: 'flex-start' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** What comes again and again, which days it leaves out, and the way to change it. */
export function Rhythms({ view }: { readonly view: EventsView }) {
  const {
    texts: { locale },
  } = useSession();
  const t = useEventsText();
  const styles = useStyles();
  const [editing, setEditing] = useState<RhythmView | 'new' | null>(null);
  if (view.rhythms.length === 0 && !view.mayEdit) return null;

  return (
    <section className={styles.part} aria-labelledby="rhythms-title">
      <Subtitle2 as="h2" id="rhythms-title">
        {t('rhythms.title')}
      </Subtitle2>
      <ul className={styles.list}>
        {view.rhythms.map(rhythm => (
          <li key={rhythm.id} className={styles.item}>
            <Text weight="semibold">{rhythm.title}</Text>
            <Text>
              {[
                ruleInWords(rhythm.rule, { t, locale }),
                t('rhythms.at', { time: rhythm.time, zone: view.timeZone }),
                ...(rhythm.until === null ? [] : [t('rhythms.until', { day: showDay(rhythm.until, locale) })]),
              ].join(' · ')}
            </Text>
            {rhythm.skipped.map(({ day, why }) => (
              <Text key={day} size={200} className={styles.quiet}>
                {t(`rhythms.skipped.${why}`, { day: showDay(day, locale) })}
              </Text>
            ))}
            {view.mayEdit && editing !== rhythm && (
              <Button
                size="small"
                aria-label={t('rhythms.changeOne', { title: rhythm.title })}
                onClick={() => setEditing(rhythm)}
              >
                {t('rhythms.change')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {view.mayEdit && editing === null && (
        <Button icon={<AddRegular />} onClick={() => setEditing('new')}>
          {t('rhythms.add')}
        </Button>
      )}
      {editing !== null && (
        <Suspense fallback={null}>
          <RhythmForm
            key={editing === 'new' ? 'new' : editing.id}
            rhythm={editing === 'new' ? null : editing}
            today={view.today}
            close={() => setEditing(null)}
          />
        </Suspense>
      )}
    </section>
  );
}
